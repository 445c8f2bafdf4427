"""A page's parts as copy, and the copy desk's article of it. Knows no network.

The desk reads a page as it reads a paste: spelling, structure, points, and what of the text is furniture.
What markup and machines said for sure (headline, byline, source, tags) is told it by name, or put in its
place afterwards.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.intake.pages import Page
from bot.intake.pages_tree import Block
from bot.news import copydesk
from bot.news.folding import folded
from bot.news.grammar import language
from bot.news.model import Article
from bot.news.spelling import orthography
from bot.news.spelling.house_style import DEFAULT, HouseStyle
from bot.news.structure import intake

_NAMES = {"fa": ("روتیتر", "تیتر", "لید"), "en": ("Kicker", "Headline", "Lead")}
_SIGNS = {"heading": "## ", "item": "• ", "quote": "> "}
_BOLD_HEADING = 14
"""Words of a bold line that heads what follows."""
_ROOM = intake.MAX_COPY - 2_000


def copy_of(page: Page) -> str:
    """The page's words as a person would paste them, its parts by name; at most what one story may hold."""
    spoken = language.detect(" ".join([page.headline, page.lede, *(line.text for line in page.lines[:10])]))
    names = _NAMES["en" if spoken.startswith("en") else "fa"]
    parts = zip(names, (page.kicker, page.headline, page.lede), strict=True)
    top = [f"{name}: {text}" for name, text in parts if text]
    copy = "\n\n".join(["\n".join(top), *_paragraphs(page.lines)]).strip()
    return copy if len(copy) <= _ROOM else copy[:_ROOM].rpartition("\n")[0]


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


def article_of(page: Page, style: HouseStyle = DEFAULT, *, record: bool = False) -> Article:
    """The article that the desk makes of a page; `record` keeps what was repaired.

    Raises:
        CopyError: no story can be made of it.
    """
    read = copydesk.read(copy_of(page), style, record=record)
    if not page.headline:
        return replace(
            read, source=page.source or read.source, source_url=page.url, byline=page.byline or read.byline
        )

    def spelled(text: str) -> str:
        return orthography.repaired(intake.clean(text), style)

    keywords = tuple(dict.fromkeys(map(spelled, page.tags)))
    return replace(
        read,
        headline=spelled(page.headline),
        headline_proposed=False,
        kicker=spelled(page.kicker) if page.kicker else read.kicker,
        byline=spelled(page.byline) if page.byline else read.byline,
        source=spelled(page.source) if page.source else read.source,
        source_url=page.url,
        keywords=keywords or read.keywords,
        related=tuple({folded(link.title): link for link in (*read.related, *page.related)}.values()),
    )
