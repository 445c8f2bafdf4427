"""The names that newsrooms write before a story's parts («تیتر:», "Lead:"). Knows no other rules of place.

A name stands on the line of its part or alone over it. It counts where the copy names its first line, or its
second and another part; else «خلاصه: …» or a book's «عنوان: …» is a line like any other.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import regex

from bot.news.structure.frames import fold
from bot.news.structure.labels import Label, Labels, next_line, unlabelled
from bot.news.structure.marks import Shape, shape

_OF_STORY = r"(?: ?(?:اصلی|پیشنهادی|اول|یک|[1۱]|کامل|خبر|مطلب|گزارش|یادداشت|مصاحبه|گفت ?و ?گو)){0,2}"
_NAMES = {
    Label.KICKER: rf"رو ?تیتر{_OF_STORY}|kicker|overline|eyebrow",
    Label.HEADLINE: rf"(?:سر ?)?تیتر{_OF_STORY}|عنوان{_OF_STORY}|head ?line|title",
    Label.LEDE: rf"لید{_OF_STORY}|lead|lede|intro(?:duction)?|standfirst",
    Label.HEADING: rf"(?:میان|سو|زیر|ریز) ?تیتر{_OF_STORY}|sub-?(?:head(?:ing|line)?|title)|cross-?head",
    Label.PARAGRAPH: rf"(?:متن|بدنه|شرح|مشروح){_OF_STORY}|body(?: text)?|(?:full |main )?text|story",
}
_SUMMARY = rf"(?:خلاصه|چکیده){_OF_STORY}|summary|abstract"
_PATTERNS = [(part, regex.compile(names)) for part, names in _NAMES.items()]
_SUMMARY_NAME = regex.compile(_SUMMARY)
_WORDS = r"[\p{L}\p{Nd}\u200c -]{3,30}?"
_NAME = regex.compile(
    rf"[*_]*(?:(?P<name>{_WORDS})\s*[:：]|[\[(«](?P<name>{_WORDS})[\])»]\s*[:：]?)[*_\s]*(?P<rest>.*)",
    regex.DOTALL,
)
_MAY_NAME = re.compile(r"[*_]*+(?:[\[(«]|[^:：]{3,30}\s*+[:：])")  # few lines, and quick to say
_BODY = frozenset({Label.LEDE, Label.PARAGRAPH, Label.QUOTE})


class Named(NamedTuple):
    """The part that a line names (PARAGRAPH stands for the body), and what follows on the line."""

    part: Label
    rest: str
    summary: bool = False  # a lede only where nothing else is one


def named(line: Shape) -> Named | None:
    """What part a line names, or None."""
    found = _NAME.fullmatch(line.body) if _MAY_NAME.match(line.body) else None
    if not found:
        return None
    name, rest = fold(found["name"]), found["rest"]
    if _SUMMARY_NAME.fullmatch(name):
        return Named(Label.LEDE, rest, summary=True)
    part = next((part for part, pattern in _PATTERNS if pattern.fullmatch(name)), None)
    return Named(part, rest) if part else None


def mark(shapes: Sequence[Shape], labels: Labels) -> None:
    """Each named part, once; names that stand alone are machinery."""
    open_lines = list(unlabelled(labels))
    found = {at: name for at in open_lines if (name := named(shapes[at]))}
    parts = {name.part for name in found.values()}
    if not found or not (open_lines[0] in found or (open_lines[1] in found and len(parts) > 1)):
        return
    lede_named = any(name.part is Label.LEDE and not name.summary for name in found.values())
    given: set[Label] = set()
    for at, name in found.items():
        place = at if name.rest else _part_below(shapes, labels, at)
        if place is None or name.part in given or (name.summary and lede_named):
            continue
        if not name.rest:
            labels[at] = Label.META
        if name.part is not Label.PARAGRAPH:
            labels[place] = name.part
        given |= {name.part} - {Label.HEADING}


def _part_below(shapes: Sequence[Shape], labels: Labels, at: int) -> int | None:
    """The line that a name stands over; a list has the name for its introduction."""
    below = next_line(labels, at)
    if below is None or labels[below] is not None or shapes[below].mark or named(shapes[below]):
        return None
    return below


def is_name(line: str) -> bool:
    """Whether a line names a part and says no more."""
    found = named(shape(line))
    return bool(found and not found.rest)


def unnamed(line: Shape, label: Label) -> Shape:
    """The line without its part's name, if it is what that says («تیتر: …» the headline)."""
    found = named(line)
    if not found or not found.rest:
        return line
    told = found.part is label or (found.part is Label.PARAGRAPH and label in _BODY)
    return shape(found.rest) if told else line
