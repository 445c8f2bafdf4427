"""Any part of a story written anew by hand, moved or taken out: what changes of the story. Knows no chat.

A part is named by its place: a field (`kicker`), an item of a list (`point.2`, `link.0`, `button.1`; `new`
for one more), or a stretch of the text (`text.SECTION.FIRST.END`, its blocks as `pages.Page` has them, or
`text.all`).
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.news.model import Article, KeyPoint, RelatedLink, Section, UrlButton
from bot.news.posts import links
from bot.news.posts.fields import text_of
from bot.news.structure import notation
from bot.news.structure.intake import MAX_COPY, clean

NEW: Final = "new"
LIMITS: Final = {
    "kicker": 150,
    "headline": 300,
    "lede": 3000,
    "byline": 150,
    "author_bio": 600,
    "dateline": 150,
    "source": 150,
    "source_url": links.MAX_LENGTH,
    "category": 40,
    "keywords": 600,
    "language": 20,
    "ed_note": 3000,
}
"""Fields of one text each, and how many characters they take."""
LISTS: Final = {"point": "key_points", "link": "related", "button": "buttons"}
MOST: Final = {"point": 20, "link": 20, "button": 10}
POINT, TITLE, LABEL = 600, 300, 60
"""Characters of a point, of a link's title, of a button's words."""


class NotWritten(Exception):
    """What was written can't stand there.

    `reason`: `empty`, `long` (with the `limit`), `many` (likewise), `url` (no address that Telegram takes),
    `language` (none that posts are written in).
    """

    def __init__(self, reason: str, limit: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.limit = limit


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place, taken apart: `at` is an item's number, None for one more; `span` the blocks of a section."""

    name: str
    kind: str
    at: int | None = None
    span: tuple[int, int, int] | None = None


def place_of(article: Article, name: str) -> Place | None:
    """The part of that name; None where the story has none."""
    kind, _, rest = name.partition(".")
    if kind in LIMITS and not rest:
        return Place(name=name, kind=kind)
    if kind in LISTS:
        count = len(getattr(article, LISTS[kind]))
        if rest == NEW:
            return Place(name=name, kind=kind)
        at = _number(rest)
        return Place(name=name, kind=kind, at=at) if at is not None and at < count else None
    if name == "text.all":
        return Place(name=name, kind="text")
    numbers = [_number(each) for each in rest.split(".")] if kind == "text" else []
    if len(numbers) != 3 or None in numbers:
        return None
    section, first, end = (each or 0 for each in numbers)
    there = section < len(article.sections) and first <= end <= len(article.sections[section].blocks)
    return Place(name=name, kind="text", span=(section, first, end)) if there else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None


def usual(name: str) -> int:
    """How many characters such a part has at the most; 0 where it has no limit of its own."""
    kind = name.partition(".")[0]
    return LIMITS.get(kind) or {"point": POINT, "link": TITLE + 300, "button": LABEL + 300}.get(kind, 0)


def present(article: Article, place: Place) -> str:
    """The part as it stands, as a text that `rewritten` takes back; "" where it is to come."""
    if place.kind in LIMITS:
        return text_of(article, place.kind)
    if place.kind in LISTS:
        items = getattr(article, LISTS[place.kind])
        return "" if place.at is None else _ITEMS[place.kind].told(items[place.at])
    if place.span is None:
        return notation.written(article.sections)
    number, first, end = place.span
    section = article.sections[number]
    heading = section.heading if not first else None
    return notation.written([Section(heading=heading, blocks=section.blocks[first:end])])


def rewritten(article: Article, place: Place, text: str) -> dict[str, Any]:
    """The fields that change where `text` takes the part's place; an empty text takes it out.

    Raises:
        NotWritten: it can't stand there.
    """
    text = clean(text)
    if place.kind in LIMITS:
        return {place.kind: _field(place.kind, text)}
    if place.kind == "text":
        return {"sections": _sections(article, place, text)}
    if not text:
        return removed(article, place)
    items = list(getattr(article, LISTS[place.kind]))
    made = _ITEMS[place.kind].made(text)
    if place.at is None:
        items.append(made)
    else:
        items[place.at] = made
    if len(items) > MOST[place.kind]:
        raise NotWritten("many", MOST[place.kind])
    return {LISTS[place.kind]: tuple(items)}


def removed(article: Article, place: Place) -> dict[str, Any]:
    """The fields that change where an item is taken out."""
    items = getattr(article, LISTS[place.kind])
    return {LISTS[place.kind]: tuple(each for at, each in enumerate(items) if at != place.at)}


def moved(article: Article, place: Place, step: int) -> dict[str, Any]:
    """The fields that change where an item goes so many places down; at the edge it stays."""
    items = list(getattr(article, LISTS[place.kind]))
    to = (place.at or 0) + step
    if place.at is not None and 0 <= to < len(items):
        items.insert(to, items.pop(place.at))
    return {LISTS[place.kind]: tuple(items)}


LANGUAGES: Final = {"fa": ("farsi", "persian", "فارسی", "پارسی"), "en": ("english", "انگلیسی", "لاتین")}
"""The languages of posts, and what else they are called."""


def _field(kind: str, text: str) -> str | tuple[str, ...] | None:
    limit = LIMITS[kind]
    if kind == "language":
        return _language(text)
    if kind == "keywords":
        return _keywords(text, limit)
    if kind not in {"lede", "author_bio", "ed_note"}:
        text = " ".join(text.split())
    if len(text) > limit:
        raise NotWritten("long", limit)
    if kind == "headline" and not text:
        raise NotWritten("empty")
    if kind == "source_url" and text:
        return _address(text)
    return text or (None if kind != "lede" else "")


def _language(text: str) -> str:
    said = text.casefold().strip()
    found = next((code for code, names in LANGUAGES.items() if said == code or said in names), None)
    if found is None:
        raise NotWritten("language")
    return found


def _keywords(text: str, limit: int) -> tuple[str, ...]:
    """One a line, or with commas between them; each once."""
    if len(text) > limit:
        raise NotWritten("long", limit)
    words = (" ".join(each.split()).lstrip("#") for each in re.split(r"[\n,،;؛]", text))
    return tuple(dict.fromkeys(filter(None, words)))


def _address(text: str) -> str:
    found = links.usable(text)
    if found is None:
        raise NotWritten("url")
    return found


def _sections(article: Article, place: Place, text: str) -> tuple[Section, ...]:
    """All sections with a stretch of one written anew; where its heading is gone, it joins the one before."""
    written = list(notation.read(text))
    if place.span is None:
        found = written
    else:
        number, first, end = place.span
        section = article.sections[number]
        head = [replace(section, blocks=section.blocks[:first])] if first else []
        tail = section.blocks[end:]
        rest = [Section(blocks=tail)] if tail else []
        found = [*article.sections[:number], *head, *written, *rest, *article.sections[number + 1 :]]
    if sum(len(notation.written([each])) for each in found) > MAX_COPY:
        raise NotWritten("long", MAX_COPY)
    return tuple(_merged(found))


def _merged(parts: Iterable[Section]) -> list[Section]:
    whole: list[Section] = []
    for part in parts:
        if whole and not part.heading:
            whole[-1] = replace(whole[-1], blocks=(*whole[-1].blocks, *part.blocks))
        elif part.heading or part.blocks:
            whole.append(part)
    return whole


def _made_point(text: str) -> KeyPoint:
    line = " ".join(text.split())
    if len(line) > POINT:
        raise NotWritten("long", POINT)
    return notation.point(line)


def _titled(text: str, limit: int) -> tuple[str, str | None]:
    """A title and the address behind it, on the same line or the next."""
    words = text.split()
    url = links.usable(words[-1]) if "." in words[-1] else None
    title = " ".join(words[:-1] if url else words)
    if len(title) > limit:
        raise NotWritten("long", limit)
    return title, url


def _made_link(text: str) -> RelatedLink:
    title, url = _titled(text, TITLE)
    return RelatedLink(title=title or (links.site(url) if url else ""), url=url)


def _made_button(text: str) -> UrlButton:
    title, url = _titled(text, LABEL)
    if url is None:
        raise NotWritten("url")
    if not title:
        raise NotWritten("empty")
    return UrlButton(text=title, url=url)


@dataclass(frozen=True)
class _Item:
    told: Callable[[Any], str]
    made: Callable[[str], Any]


_ITEMS: Final = {
    "point": _Item(notation.point_text, _made_point),
    "link": _Item(lambda link: "\n".join(filter(None, [link.title, link.url])), _made_link),
    "button": _Item(lambda button: f"{button.text}\n{button.url}", _made_button),
}
