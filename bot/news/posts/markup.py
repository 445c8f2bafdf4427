"""Text with styled stretches, as values. Knows how Telegram counts offsets, and nothing of posts.

Inside, positions are Python's (code points), which slice at the speed of C; `entities` turns them into
the Bot API's UTF-16 units once, at the end.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from bot.news.model import Entity

QUOTE = "expandable_blockquote"


class Span(NamedTuple):
    """A stretch from `start` up to `end`, in code points, with the Bot API's name for its style."""

    start: int
    end: int
    type: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Styled:
    """A text and its spans, by rising start; a span that holds others comes before them."""

    text: str
    spans: tuple[Span, ...] = ()

    def part(self, start: int, end: int) -> "Styled":
        """The text from `start` up to `end`; spans that reach over an edge are cut there."""
        return Styled(
            self.text[start:end],
            tuple(
                span._replace(start=max(span.start, start) - start, end=min(span.end, end) - start)
                for span in self.spans
                if span.start < end and span.end > start
            ),
        )


def styled(text: str, type_: str, url: str | None = None) -> Styled:
    """The whole of `text` in one style."""
    return Styled(text, (Span(0, len(text), type_, url),))


def wrapped(inner: Styled, type_: str) -> Styled:
    """`inner` with one more style around all of it."""
    return Styled(inner.text, (Span(0, len(inner.text), type_), *inner.spans))


def joined(separator: str, pieces: Iterable[Styled]) -> Styled:
    """The pieces one after another, spans moved along."""
    texts: list[str] = []
    spans: list[Span] = []
    at = 0
    for piece in pieces:
        texts.append(piece.text)
        spans.extend(Span(at + start, at + end, type_, url) for start, end, type_, url in piece.spans)
        at += len(piece.text) + len(separator)
    return Styled(separator.join(texts), tuple(spans))


def utf16_length(text: str) -> int:
    """Length in UTF-16 units: what the Bot API counts, and never less than the server's code points."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def fitting(text: str, units: int) -> int:
    """How many characters from the start fit into so many UTF-16 units."""
    head = text[:units]
    if utf16_length(head) == len(head):
        return len(head)
    return len(head.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))


def entities(post: Styled) -> tuple[Entity, ...]:
    """The spans as the Bot API wants them."""
    if not post.spans:
        return ()
    edges = sorted({0, *(edge for span in post.spans for edge in span[:2])})
    at = {0: 0}
    for before, edge in pairwise(edges):
        at[edge] = at[before] + utf16_length(post.text[before:edge])
    return tuple(
        Entity(type=type_, offset=at[start], length=at[end] - at[start], url=url)
        for start, end, type_, url in post.spans
    )
