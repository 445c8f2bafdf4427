"""What a page offers besides its story, under it: its most read, its latest. Knows no single buttons."""

from collections.abc import Sequence

import regex

from bot.news.structure import frames, titles
from bot.news.structure.labels import Label, Labels, unlabelled
from bot.news.structure.marks import Shape

_WORDS = 7
_SENTENCE_WORDS = 7
_NEWS = (
    r"(?:خبر|اخبار|خبر ?ها|خبر ?های|مطالب|عناوین|عنوان ?ها|گزارش ?ها|ویدئو ?ها"
    r"|ویدیو ?ها|فیلم ?ها|یادداشت ?ها|مقالات)"
)
_OTHERS = regex.compile(
    rf"(?:{_NEWS} )?پر ?(?:بازدید|بیننده|مخاطب|خواننده|بحث|طرفدار"
    rf"|لایک)(?: ?ترین)?(?: ?ها| ?های)?(?: .{{0,25}})?"
    rf"|(?:بیشترین|بیش ترین) (?:بازدید|نظر|بیننده).{{0,20}}|داغ ?ترین ?(?:ها)?(?: .{{0,25}})?"
    rf"|(?:آخرین|تازه ?ترین|جدید ?ترین|مهم ?ترین|سایر|دیگر|همه|برگزیده) {_NEWS}(?: .{{0,25}})?"
    r"|تازه ?ها(?:ی .{2,20})?|پیشنهاد (?:سردبیر|ویژه|روز|ما|امروز)|تیتر(?: یک| خبر ?ها| ?های .{2,15})"
    r"|(?:اخبار|خبر ?های) (?:روز|برگزیده|ویژه|داغ|مهم)|(?:از )?(?:دیگر|سایر) رسانه ?ها|وب ?گردی|موضوع روز"
    r"|most (?:read|viewed|popular)|trending(?: now)?|latest(?: news"
    r"| stories)?|editor'?s'? picks?|top stories"
    r"|recommended(?: for you)?|popular(?: posts)?"
)


def mark(shapes: Sequence[Shape], labels: Labels, running: Sequence[int]) -> None:
    """All that follows such a heading, if the story is longer and no sentence of it stands below."""
    start = next((at for at in range(running[0] + 1, len(shapes)) if _heads(shapes[at], labels[at])), None)
    if start is None:
        return
    below = list(unlabelled(labels, start))
    if any(_tells(shapes[at]) for at in below):
        return
    told = sum(shapes[at].words for at in unlabelled(labels) if at < start)
    if sum(shapes[at].words for at in below) <= told:
        for at in below:
            labels[at] = Label.META


def _heads(line: Shape, label: Label | None) -> bool:
    return (
        label in {None, Label.META}
        and line.words <= _WORDS
        and bool(_OTHERS.fullmatch(frames.fold(line.body)))
    )


def _tells(line: Shape) -> bool:
    """Whether a line is a sentence of a story, and no title."""
    return titles.is_text(line) and line.words >= _SENTENCE_WORDS and line.finished
