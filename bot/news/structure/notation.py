"""A story's text as a person writes it by hand: paragraphs, headings, quotations and lists, each marked.

    ## a heading begins a section
    a paragraph is a line; blank lines between them may stand or not
    > a quotation, line by line
    what introduces a list:
    • label: an item
    • another one

What `written` makes is read back as it was. Texts lose line breaks inside a paragraph: each line is one.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from bot.news.model import Block, BulletList, KeyPoint, Paragraph, Quote, Section
from bot.news.structure import sections
from bot.news.structure.intake import clean

HEADING, QUOTE, BULLET = "##", ">", "•"
_BULLETS = ("•", "-", "*", "–", "●", "▪", "🔹")


def written(parts: Iterable[Section]) -> str:
    """The sections as text."""
    chunks: list[str] = []
    for part in parts:
        if part.heading or chunks:
            chunks.append(f"{HEADING} {_line(part.heading or '')}".rstrip())
        chunks += map(_chunk, part.blocks)
    return "\n\n".join(chunk for chunk in chunks if chunk)


def _chunk(block: Block) -> str:
    if isinstance(block, BulletList):
        intro = [_line(block.intro)] if block.intro else []
        return "\n".join([*intro, *(f"{BULLET} {_line(point_text(item))}" for item in block.items)])
    if isinstance(block, Quote):
        return "\n".join(f"{QUOTE} {line}" for line in block.text.split("\n"))
    return block.text


def _line(text: str) -> str:
    return " ".join(text.split())


def point_text(point: KeyPoint) -> str:
    """A point on one line: «label: text»."""
    return f"{point.label}: {point.text}" if point.label else point.text


def point(line: str) -> KeyPoint:
    """What `point_text` wrote, or a person; a mark before it is none of it."""
    return sections.point(_without_mark(line))


def read(text: str) -> tuple[Section, ...]:
    """The sections that a text in that notation has; none where it has no word."""
    found: list[Section] = []
    heading: str | None = None
    blocks: list[Block] = []
    for chunk in _chunks(clean(text).split("\n")):
        if chunk[0].startswith(HEADING):
            if heading or blocks:
                found.append(Section(heading=heading, blocks=tuple(blocks)))
            heading, blocks = chunk[0].lstrip("#").strip() or None, []
            if heading is None and found:  # a bare mark ends a section that the next one has no heading for
                heading = ""
        else:
            blocks += _blocks(chunk)
    if heading or blocks:
        found.append(Section(heading=heading or None, blocks=tuple(blocks)))
    return tuple(Section(heading=part.heading or None, blocks=part.blocks) for part in found)


def _chunks(lines: Iterable[str]) -> Iterator[list[str]]:
    """Lines that stand together; a heading stands alone."""
    chunk: list[str] = []
    for line in (*lines, ""):
        if line.strip() and not line.startswith(HEADING):
            chunk.append(line.strip())
            continue
        if chunk:
            yield chunk
        chunk = []
        if line.strip():
            yield [line.strip()]


def _blocks(chunk: list[str]) -> Iterator[Block]:
    intro: str | None = None
    for kind, group in groupby(chunk, key=_kind):
        lines = list(group)
        if kind == BULLET:
            yield BulletList(intro=intro, items=tuple(map(point, lines)))
            intro = None
            continue
        if intro is not None:
            yield Paragraph(text=intro)
            intro = None
        if kind == QUOTE:
            yield Quote(text="\n".join(line.lstrip(QUOTE).strip() for line in lines))
        else:
            *over, intro = lines
            yield from (Paragraph(text=line) for line in over)
    if intro is not None:
        yield Paragraph(text=intro)


def _kind(line: str) -> str:
    if line.startswith(QUOTE) and line.strip(f"{QUOTE} "):
        return QUOTE
    return BULLET if _without_mark(line) != line else ""


def _without_mark(line: str) -> str:
    """The line without the mark of a list; one that is only a mark stays."""
    for mark in _BULLETS:
        rest = line.removeprefix(mark)
        if rest != line and rest[:1] in {" ", "\t"} and rest.strip():
            return rest.strip()
    return line
