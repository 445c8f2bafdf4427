"""A page's parts as copy, and the copy desk's article of it. Knows no network.

The desk reads a page as it reads a paste: spelling, structure, points, and what of the text is furniture.
What markup and machines said for sure (headline, byline, source, tags) is told it by name, or put in its
place afterwards.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Self

from bot.errors import PageError
from bot.intake.pages import Page
from bot.intake.pages_tree import Block
from bot.news import copydesk
from bot.news.folding import folded
from bot.news.grammar import language
from bot.news.model import Article, RelatedLink
from bot.news.spelling import orthography
from bot.news.spelling.house_style import DEFAULT, HouseStyle
from bot.news.structure import intake

_NAMES = {"fa": ("روتیتر", "تیتر", "لید"), "en": ("Kicker", "Headline", "Lead")}
_SIGNS = {"heading": "## ", "item": "• ", "quote": "> "}
_BOLD_HEADING = 14
"""Words of a bold line that heads what follows."""
_SAMPLE = 4_000
_ROOM = intake.MAX_COPY - 2_000


def copy_of(page: Page) -> str:
    """The page's words as a person would paste them, its parts by name; at most what one story may hold."""
    spoken = language.detect(" ".join([page.headline, page.lede, *(line.text for line in page.lines[:10])]))
    names = _NAMES["en" if spoken.startswith("en") else "fa"]
    parts = zip(names, (page.kicker, page.headline, page.lede), strict=True)
    top = [f"{name}: {text}" for name, text in parts if text]
    copy = "\n\n".join(["\n".join(top), *_paragraphs(page.lines)]).strip()
    return copy if len(copy) <= _ROOM else copy[:_ROOM].rpartition("\n")[0]


def written(lines: Iterable[Block]) -> str:
    """Lines of a page as copy."""
    return "\n\n".join(_paragraphs(lines))


def _paragraphs(lines: Iterable[Block]) -> Iterator[str]:
    items: list[str] = []
    for line in lines:
        if line.kind in ("item", "row"):
            items.append(_written(line))
            continue
        if items:
            yield "\n".join(items)
            items = []
        yield _written(line)
    if items:
        yield "\n".join(items)


def _written(line: Block) -> str:
    sign = _SIGNS.get(line.kind, "")
    is_heading = line.kind == "paragraph" and line.bold > 0.95 and len(line.text.split()) <= _BOLD_HEADING
    if is_heading and not line.text.endswith((".", "،", "؛")):
        sign = "## "
    return f"{sign}{line.text}"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a page or a file tells, in plain values: its copy, and what is known of it for sure."""

    copy: str
    url: str = ""
    headline: str = ""
    kicker: str = ""
    byline: str = ""
    source: str = ""
    published: str = ""  # ISO 8601, with its zone
    image: str = ""
    tags: tuple[str, ...] = ()
    related: tuple[tuple[str, str], ...] = ()  # titles and addresses
    doubtful: bool = False  # letters may be wrong: a person has to compare

    @classmethod
    def of(cls, values: dict[str, Any]) -> Self:
        """What `asdict` made of it, back from JSON."""
        related = tuple((title, url) for title, url in values.pop("related", ()))
        return cls(**{**values, "tags": tuple(values.pop("tags", ()))}, related=related)


def told(page: Page) -> Told:
    """A page in plain values.

    Raises:
        PageError: it is in a language that the desk can't read.
    """
    copy = copy_of(page)
    if not _is_readable(copy):
        raise PageError("language")
    return Told(
        copy=copy,
        url=page.url,
        headline=page.headline,
        kicker=page.kicker,
        byline=page.byline,
        source=page.source,
        published=page.published.isoformat() if page.published else "",
        image=page.image or "",
        tags=page.tags,
        related=tuple((link.title, link.url or "") for link in page.related),
    )


def _is_readable(copy: str) -> bool:
    """Whether it is in the Arabic script, or English."""
    letters = [char for char in copy[:_SAMPLE] if char.isalpha()]
    arabic = sum("\u0600" <= char <= "\u06ff" for char in letters)
    if arabic * 2 >= len(letters):
        return True
    return language.detect(copy[:_SAMPLE]) == "en"


def article_of(told: Told, style: HouseStyle = DEFAULT, *, record: bool = False) -> Article:
    """The article that the desk makes of it; `record` keeps what was repaired.

    Raises:
        CopyError: no story can be made of it.
    """
    read = copydesk.read(told.copy, style, record=record)

    def spelled(text: str) -> str:
        return orthography.repaired(intake.clean(text), style)

    known: dict[str, Any] = {
        "kicker": spelled(told.kicker),
        "byline": spelled(told.byline),
        "source": spelled(told.source),
        "source_url": told.url,
        "keywords": tuple(dict.fromkeys(map(spelled, told.tags))),
    }
    if told.headline:
        known |= {"headline": spelled(told.headline), "headline_proposed": False}
    links = [RelatedLink(title=spelled(title), url=url or None) for title, url in told.related]
    named = {folded(link.title): link for link in (*read.related, *links)}
    return replace(
        read, **{name: value for name, value in known.items() if value}, related=tuple(named.values())
    )
