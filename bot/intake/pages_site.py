"""The name of a page's site, and headlines without it.

Knows a few ways in which sites write the two together.
"""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.intake.pages_peers import best_of
from bot.intake.pages_said import Said, texts
from bot.news.folding import folded
from bot.news.structure import outlets

_PARTED = re.compile(r"\s+[|–—•»«:/\\-]+\s+|\s*[|»«•]\s*|\s+::\s+")
_SLOGAN = 5
"""Words from which what a site calls itself is more than its name."""


def site_name(said: Said, url: str, titles: Sequence[str], names: Sequence[str]) -> str:
    """What the site calls itself; its host where it does not say.

    `titles`: headings of the page; `names`: those that lead to its front page.
    """
    publisher = texts(said.article.get("publisher"))
    voices = [(_name(text), 2.0) for text in publisher[:1]]
    voices += [(_name(text), 1.8) for text in said.of("og:site_name")[:1]]
    voices += [(_name(text), 1.0) for text in said.of("application-name", "apple-mobile-web-app-title",
    "dc.publisher", "publisher", "dcterms.publisher", "author_site")[:2]]  # fmt: skip
    voices += [(part, 0.5) for part in _PARTED.split(said.title)[1:] if outlets.alone(part)]
    if found := best_of((text, weight) for text, weight in voices if text and "/" not in text):
        return found
    shown = {folded(title) for title in titles}
    ends = [part.strip() for part in _PARTED.split(said.title) if part.strip()]
    rest = [part for part in ends if folded(part) not in shown and len(part.split()) <= _SLOGAN]
    called = {folded(name) for name in names}
    if named := [part for part in rest if folded(part) in called] or (rest[-1:] if len(ends) > 1 else []):
        return named[0]
    if names:
        return names[0]
    return (urlsplit(url).hostname or "").removeprefix("www.") if url else ""


def _name(text: str) -> str:
    """The name without its slogan: «خبرگزاری مهر | اخبار ایران و جهان | Mehr News Agency»."""
    parts = [part.strip() for part in _PARTED.split(text) if part.strip()]
    if len(parts) < 2:
        return text.strip()
    named = [part for part in parts if outlets.alone(part)]
    return named[0] if named else parts[0]


def without_site(title: str, site: str) -> str:
    """A title without the site's name before it or behind."""
    parts = _PARTED.split(title)
    if len(parts) < 2:
        return title.strip()
    names = folded(site)
    kept = list(parts)
    while len(kept) > 1 and _is_site(kept[-1], names):
        kept.pop()
    while len(kept) > 1 and _is_site(kept[0], names):
        kept.pop(0)
    first, last = kept[0], kept[-1]
    start = title.index(first)
    return title[start : title.rindex(last) + len(last)].strip()


def _is_site(part: str, names: str) -> bool:
    letters = folded(part)
    return (
        not letters
        or letters in names
        or (bool(names) and names in letters)
        or bool(outlets.alone(part.strip()))
    )
