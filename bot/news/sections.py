"""Labelled lines made into sections: headings over paragraphs, lists and quotes. Knows no frame words."""

from collections.abc import Iterable

import regex

from bot.news.lines import Label
from bot.news.marks import Shape, labelled
from bot.news.model import Block, BulletList, KeyPoint, Paragraph, Quote, Section

_EMPHASIS = regex.compile(r"(?<![\w*])(?P<stars>\*{1,2})(?=\S)(?P<text>[^*\n]+?)(?<=\S)(?P=stars)(?![\w*])")
_OUTER_QUOTES = regex.compile(r"«([^«»]*)»[.،]?|“([^“”]*)”[.،]?|\"([^\"]*)\"[.،]?")


def plain(text: str) -> str:
    """The text without Markdown's emphasis, which Telegram would show as stars."""
    return _EMPHASIS.sub(r"\g<text>", text)


def build(body: Iterable[tuple[Label, Shape]]) -> tuple[Section, ...]:
    """The sections in order; what stands before the first heading has none."""
    sections: list[Section] = []
    heading: str | None = None
    lines: list[tuple[Label, Shape]] = []
    for label, line in body:
        if label is Label.HEADING:
            if heading or lines:
                sections.append(Section(heading=heading, blocks=_blocks(lines)))
            heading, lines = plain(line.title), []
        else:
            lines.append((label, line))
    if heading or lines:
        sections.append(Section(heading=heading, blocks=_blocks(lines)))
    return tuple(sections)


def _blocks(lines: Iterable[tuple[Label, Shape]]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    intro: str | None = None
    items: list[KeyPoint] = []
    for label, line in lines:
        if items and label is not Label.BULLET:
            blocks.append(BulletList(intro=intro, items=tuple(items)))
            intro, items = None, []
        if label is Label.LIST_INTRO:
            intro = plain(line.body)
        elif label is Label.BULLET:
            items.append(point(line.body))
        elif label is Label.QUOTE:
            blocks.append(Quote(text=_unquoted(plain(line.body))))
        else:
            blocks.append(Paragraph(text=plain(line.text)))
    if items:
        blocks.append(BulletList(intro=intro, items=tuple(items)))
    return tuple(blocks)


def point(text: str) -> KeyPoint:
    label, rest = labelled(text)
    return KeyPoint(label=plain(label) if label else None, text=plain(rest))


def _unquoted(text: str) -> str:
    """A quotation without the marks round the whole of it."""
    found = _OUTER_QUOTES.fullmatch(text)
    return next(filter(None, found.groups()), text) if found else text
