"""What a line of a paste can be. Knows no lines."""

from collections.abc import Iterator
from enum import StrEnum


class Label(StrEnum):
    BLANK = "blank"
    DATELINE = "dateline"
    KICKER = "kicker"
    HEADLINE = "headline"
    LEDE = "lede"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_INTRO = "list_intro"
    BULLET = "bullet"
    QUOTE = "quote"
    CONTINUED = "continued"  # of the point over it: who scored in a match
    RELATED_HEADING = "related_heading"
    RELATED = "related"
    AUTHOR = "author"
    META = "meta"
    SOURCE = "source"  # an outlet that stands under «منبع:»
    KEYWORD = "keyword"  # a tag that stands under «برچسب‌ها»
    REPEATED = "repeated"  # the headline or the lede once more


type Labels = list[Label | None]
"""One for each line; None where it is not known yet."""


def unlabelled(labels: Labels, start: int = 0) -> Iterator[int]:
    """The places that have no label yet."""
    return (at for at in range(start, len(labels)) if labels[at] is None)


def next_line(labels: Labels, after: int) -> int | None:
    """The next place that is not blank."""
    return next((at for at in range(after + 1, len(labels)) if labels[at] is not Label.BLANK), None)


def previous_line(labels: Labels, before: int) -> int | None:
    """The last place before it that is not blank."""
    return next((at for at in reversed(range(before)) if labels[at] is not Label.BLANK), None)
