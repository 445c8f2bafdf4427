"""A story's whole text as pages that a person reads in a chat, one section after another. Knows no look.

A page is at most `ROOM` long: a screen or two of a telephone, with room in the message for a title.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.news.model import Article, Block, BulletList, KeyPoint, Section
from bot.news.posts.direction import marked, right_to_left
from bot.news.posts.markup import Styled, fitting, joined, styled, utf16_length
from bot.news.structure.intake import clean

ROOM = 2200
"""UTF-16 units of a page's text."""
MOST_SPANS = 60
"""Stretches in a style on one page: Telegram drops the 101st without a word."""
_BULLET = "•"
_BLANKS = " \n"
_NEAR = 300  # code points before a cut in which a blank is looked for


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page: of `section` the blocks from `first` up to `end`; None is the head, over the first section.

    A block that is longer than a page has several, each with the whole of it in `first` and `end`.
    """

    text: Styled
    section: int | None = None
    first: int = 0
    end: int = 0


def pages(article: Article) -> tuple[Page, ...]:
    """All that a story tells: its head, then its sections. There is at least the head, which may be empty."""
    head = _head(article)
    found = [page for at, section in enumerate(article.sections) for page in _of_section(at, section)]
    heads = [Page(text=part) for part in cut(head)] or [Page(text=Styled(""))]
    rtl = right_to_left(article.language)
    return tuple(
        Page(text=marked(page.text, rtl=rtl), section=page.section, first=page.first, end=page.end)
        for page in (*heads, *found)
    )


def _head(article: Article) -> Styled:
    """What stands over the text, and the points."""
    pieces = [Styled(clean(article.kicker or "")), _bold(article.headline), Styled(clean(article.lede))]
    pieces.append(joined("\n", map(_point, article.key_points)))
    return joined("\n\n", [piece for piece in pieces if piece.text])


def _of_section(at: int, section: Section) -> Iterator[Page]:
    """A section's pages; its heading, or its number of blocks if it has none, is in the first."""
    heading = _bold(section.heading or "")
    shown, first = heading, 0
    for number, block in enumerate(section.blocks):
        told = _block(block)
        longer = joined("\n\n", [piece for piece in (shown, told) if piece.text])
        if shown.text and not _fits(longer):
            yield from _numbered(shown, at, first, number)
            longer, first = told, number
        shown = longer
    if shown.text:
        yield from _numbered(shown, at, first, len(section.blocks))


def _numbered(shown: Styled, section: int, first: int, end: int) -> Iterator[Page]:
    return (Page(text=part, section=section, first=first, end=end) for part in cut(shown))


def _block(block: Block) -> Styled:
    if isinstance(block, BulletList):
        intro = [Styled(clean(block.intro))] if block.intro else []
        return joined("\n", [*intro, *map(_point, block.items)])
    text = clean(block.text)
    return Styled(text) if block.type == "paragraph" or not text else styled(text, "italic")


def _point(point: KeyPoint) -> Styled:
    label = [_bold(point.label), Styled(": ")] if point.label else []
    return joined("", [Styled(_BULLET + " "), *label, Styled(clean(point.text))])


def _bold(text: str) -> Styled:
    text = clean(text)
    return styled(text, "bold") if text else Styled("")


def _fits(page: Styled) -> bool:
    return utf16_length(page.text) <= ROOM and len(page.spans) <= MOST_SPANS


def cut(text: Styled) -> Iterator[Styled]:
    """The text in parts that fit, cut at blanks where there are some; nothing but blanks is lost."""
    start = 0
    for end in _ends(text.text, [span.start for span in text.spans]):
        part = text.part(start, end)
        if part.text.strip():
            yield part
        start = end


def _ends(text: str, starts: list[int]) -> Iterator[int]:
    at = passed = 0
    while at < len(text):
        end = at + fitting(text[at : at + ROOM], ROOM)
        if end < len(text):
            blank = max(text.rfind(sign, max(at, end - _NEAR), end) for sign in _BLANKS)
            end = blank + 1 if blank > at else end
        while passed < len(starts) and starts[passed] < at:
            passed += 1
        if passed + MOST_SPANS < len(starts) and starts[passed + MOST_SPANS] < end:
            end = max(at + 1, starts[passed + MOST_SPANS])
        yield end
        at = end
