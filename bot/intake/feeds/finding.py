"""The feeds that a page names as its own, and those of a list (OPML)."""

import html
import re

from bot.intake.feeds.wording import address, is_whole
from bot.news.feeds import canonical

_LINK = re.compile(r"<link\b([^<>]*+)>", re.IGNORECASE)
_BASE = re.compile(r"<base\b([^<>]*+)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""")
_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_OF_COMMENTS = re.compile(r"comment|دیدگاه|نظرات", re.IGNORECASE)
_HEAD = 300_000
_OUTLINE = re.compile(r"""<outline\b(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+>""", re.IGNORECASE)
_URL = re.compile(r"""\bxmlUrl\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)


def listed_in(document: str) -> tuple[str, ...]:
    """The feeds that an OPML file names, each once."""
    urls: dict[str, str] = {}
    for outline in _OUTLINE.finditer(document):
        if found := _URL.search(outline[0]):
            url = html.unescape(found[1] or found[2] or "").strip()
            if url.lower().startswith(("http://", "https://")):
                urls.setdefault(canonical(url), url)
    return tuple(urls.values())


def feeds_of(page: str, fetched_from: str) -> tuple[str, ...]:
    """Their addresses, the page's first choice first; those of readers' comments are left out."""
    head = page[:_HEAD]
    base = fetched_from
    if found := _BASE.search(head):
        base = address(_attributes(found[1]).get("href", ""), fetched_from) or base
    named = []
    for link in _LINK.finditer(head):
        told = _attributes(link[1])
        if (
            "alternate" not in told.get("rel", "").lower().split()
            or told.get("type", "").lower() not in _TYPES
        ):
            continue
        url = address(told.get("href", ""), base)
        if url and is_whole(url) and not _OF_COMMENTS.search(f"{told.get('title', '')} {url}"):
            named.append(url)
    return tuple(dict.fromkeys(named))


def _attributes(written: str) -> dict[str, str]:
    return {
        name.lower(): html.unescape(double or single or bare)
        for name, double, single, bare in _ATTRIBUTE.findall(written)
    }
