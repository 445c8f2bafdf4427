"""Labelled lines made into sections: headings over paragraphs, lists and quotes. Knows no frame words."""

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

import regex

from bot.news.model import Block, BulletList, KeyPoint, Paragraph, Quote, Section
from bot.news.structure import related
from bot.news.structure.labels import Label
from bot.news.structure.marks import Shape, labelled, shape

_EMPHASIS = regex.compile(r"(?<![\w*])(?P<stars>\*{1,2})(?=\S)(?P<text>[^*\n]+?)(?<=\S)(?P=stars)(?![\w*])")
_OUTER_QUOTES = regex.compile(r"«([^«»]*)»[.،]?|“([^“”]*)”[.،]?|\"([^\"]*)\"[.،]?")


def plain(text: str) -> str:
    """The text without Markdown's emphasis and addresses, which Telegram would show as stars and brackets."""
    return _EMPHASIS.sub(r"\g<text>", related.unlinked(text))


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
    """Lists with the line that introduces them; where two do, or none follows, it is a paragraph."""
    blocks: list[Block] = []
    lines = _joined(lines)
    intro: str | None = None
    for label, group in groupby(lines, key=itemgetter(0)):
        shapes = [line for _, line in group]
        if label is Label.BULLET:
            blocks.append(BulletList(intro=intro, items=tuple(point(line.body) for line in shapes)))
            intro = None
            continue
        if label is Label.LIST_INTRO:
            *over, intro = (plain(line.body) for line in shapes)
            blocks += [Paragraph(text=text) for text in over]
            continue
        if intro:
            blocks.append(Paragraph(text=intro))
            intro = None
        blocks += (
            _quotes(shapes) if label is Label.QUOTE else [Paragraph(text=plain(line.text)) for line in shapes]
        )
    return (*blocks, Paragraph(text=intro)) if intro else tuple(blocks)


def _joined(lines: Iterable[tuple[Label, Shape]]) -> list[tuple[Label, Shape]]:
    """Points with what continues them («شاهین ۳ - پولاد صفر», «گل‌ها: …»)."""
    joined: list[tuple[Label, Shape]] = []
    for label, line in lines:
        if label is Label.CONTINUED and joined:
            over, point = joined.pop()
            joined.append((over, shape(f"{point.text} – {line.text}")))
        else:
            joined.append((label, line))
    return joined


def _quotes(shapes: Iterable[Shape]) -> list[Quote]:
    """One for each line in quotation marks; verses, which have none, stay together."""
    quotes: list[Quote] = []
    for spoken, group in groupby(shapes, key=lambda line: line.quote):
        texts = [plain(line.body if spoken else line.text) for line in group]
        quotes += (
            [Quote(text=_unquoted(text)) for text in texts] if spoken else [Quote(text="\n".join(texts))]
        )
    return quotes


def point(text: str) -> KeyPoint:
    label, rest = labelled(text)
    return KeyPoint(label=plain(label) if label else None, text=plain(rest))


def _unquoted(text: str) -> str:
    """A quotation without the marks round the whole of it."""
    found = _OUTER_QUOTES.fullmatch(text)
    return next(filter(None, found.groups()), text) if found else text
