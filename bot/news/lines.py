"""What each line of a paste is: headline, lede, heading, bullet, related link. Knows no articles.

First what a line says about itself (an end mark, a byline, a heading over related links), then what its place
says (the first line that is left is the headline, a short line over a paragraph a heading).
"""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum

import regex

from bot.news import bylines, frames
from bot.news.frames import Frame
from bot.news.marks import Shape, labelled, shape


class Label(StrEnum):
    BLANK = "blank"
    KICKER = "kicker"
    HEADLINE = "headline"
    LEDE = "lede"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_INTRO = "list_intro"
    BULLET = "bullet"
    QUOTE = "quote"
    RELATED_HEADING = "related_heading"
    RELATED = "related"
    AUTHOR = "author"
    META = "meta"


type Labels = list[Label | None]

_RELATED_HEADING_WORDS = 7
_ITEM_WORDS = 25
_INTRO_WORDS = 30
_HEADING_WORDS = 18
_HEADLINE_WORDS = 40
_KICKER_WORDS = 10
_MANY_QUESTIONS = 3

_KICKER = regex.compile(
    r"(?:یادداشت|گزارش|مصاحبه|گفت ?و ?گو|تحلیل|سرمقاله|خبر|پرونده|اختصاصی|فوری|ویژه|مقاله|حاشیه|نقد|دیدگاه)"
    r"(?: (?:ویژه|روز|فوری|اختصاصی|تصویری|خبری|تحلیلی|.{2,20}))?"
    r"|.{0,60}(?:مطرح شد|اعلام شد|خبر داد|تاکید شد|بررسی شد|عنوان کرد|گفت ?و ?گو با .{2,40})"
)


def label(lines: Sequence[str]) -> tuple[Label, ...]:
    """One label for each line."""
    shapes = [shape(line) for line in lines]
    labels: Labels = [_certain(each) for each in shapes]
    for mark in _PASSES:
        mark(shapes, labels)
    return tuple(each or Label.PARAGRAPH for each in labels)


def _certain(line: Shape) -> Label | None:
    if not any(char.isalnum() for char in line.text):
        return Label.META if frames.frame(line.text) else Label.BLANK
    if line.words <= _RELATED_HEADING_WORDS and frames.is_related_heading(line.body):
        return Label.RELATED_HEADING
    if frames.inline_related(line.body):
        return Label.RELATED
    if not line.heading and frames.frame(line.text):
        return Label.META
    return Label.AUTHOR if bylines.credited(line.body) else None


def _open(labels: Labels, start: int = 0) -> Iterator[int]:
    """The places that are not labelled yet."""
    return (at for at in range(start, len(labels)) if labels[at] is None)


def _related(shapes: Sequence[Shape], labels: Labels) -> None:
    """What follows a heading over related links: short lines, as long as they keep the first one's mark."""
    for at, each in enumerate(labels):
        if each is Label.RELATED_HEADING:
            _related_items(shapes, labels, at + 1)


def _related_items(shapes: Sequence[Shape], labels: Labels, start: int) -> None:
    items: list[int] = []
    links: list[int] = []
    for at in range(start, len(shapes)):
        line = shapes[at]
        if labels[at] is Label.BLANK:
            continue
        if labels[at] is Label.META and frames.frame(line.text) is Frame.LINK:
            (links if items else items).append(at)
        elif labels[at] is None and _is_item(line, shapes[items[0]] if items else None):
            items.append(at)
        else:
            break
    addressed = len(links) == len(items) or any("://" in shapes[at].text for at in items)
    for at in items:
        labels[at] = Label.RELATED
    for at in links:  # an address under the last of titles that have none is the story's own
        if addressed or at < items[-1]:
            labels[at] = Label.RELATED


def _is_item(line: Shape, first: Shape | None) -> bool:
    if line.words > _ITEM_WORDS or line.introduces or line.heading:
        return False
    if bylines.is_note(line.body):
        return False
    return first is None or (line.mark is None) == (first.mark is None)


def _head(shapes: Sequence[Shape], labels: Labels) -> None:
    """Kicker, headline and lede: the first lines that are left."""
    opening = list(_open(labels))[:3] or [at for at, line in enumerate(shapes) if line.words][:1]
    if not opening:
        return
    first, *rest = opening
    if rest and _is_kicker(shapes, first, rest):
        labels[first] = Label.KICKER
        first, *rest = rest
    labels[first] = Label.HEADLINE
    if rest and not _begins_body(shapes, labels, rest[0]):
        labels[rest[0]] = Label.LEDE


def _is_kicker(shapes: Sequence[Shape], first: int, rest: Sequence[int]) -> bool:
    """A short line over the headline, which is over the lede."""
    kicker, headline = shapes[first], shapes[rest[0]]
    if kicker.words > _KICKER_WORDS or kicker.heading or rest[0] > first + 1:
        return False
    if headline.words > _ITEM_WORDS or headline.body.endswith((".", ":")) or headline.mark:
        return False
    if kicker.body.endswith((":", "؛")) or _KICKER.fullmatch(frames.fold(kicker.body)):
        return True
    return headline.heading


def _begins_body(shapes: Sequence[Shape], labels: Labels, at: int) -> bool:
    """Whether the line after the headline is the body's first, so that there is no lede."""
    line = shapes[at]
    if line.heading or (line.quote and line.text.startswith(">")):
        return True
    following = next(_open(labels, at + 1), None)
    if following is None:
        return False
    after = shapes[following]
    return bool(after.mark) and (line.introduces or line.mark == after.mark)


def _lists(shapes: Sequence[Shape], labels: Labels) -> None:
    """Lists: two marked lines or more, or what follows a line that ends in a colon."""
    for at in list(_open(labels)):
        if labels[at] is not None:
            continue
        line = shapes[at]
        if line.introduces and line.words <= _INTRO_WORDS and not line.mark:
            items = _marked(shapes, labels, at + 1, least=1) or _unmarked(shapes, labels, at + 1)
            if items:
                labels[at] = Label.LIST_INTRO
        elif line.mark:
            items = _marked(shapes, labels, at, least=2)
        else:
            continue
        for item in items:
            labels[item] = Label.BULLET


def _marked(shapes: Sequence[Shape], labels: Labels, start: int, *, least: int) -> list[int]:
    """The run of lines with one kind of mark that begins at `start`, blank lines aside."""
    items: list[int] = []
    for at in range(start, len(shapes)):
        if labels[at] is Label.BLANK:
            continue
        if labels[at] is not None or not shapes[at].mark:
            break
        if items and shapes[at].mark != shapes[items[0]].mark:
            break
        items.append(at)
    return items if len(items) >= least else []


def _unmarked(shapes: Sequence[Shape], labels: Labels, start: int) -> list[int]:
    """Lines «label: text» without marks, two or more; a blank line ends them."""
    while start < len(shapes) and labels[start] is Label.BLANK:
        start += 1
    items: list[int] = []
    for at in range(start, len(shapes)):
        line = shapes[at]
        if labels[at] is not None or line.introduces or line.mark or labelled(line.body)[0] is None:
            break
        if items and shapes[items[0]].finished and not shapes[at].finished:
            break
        items.append(at)
    return items if len(items) >= 2 else []


def _author_notes(shapes: Sequence[Shape], labels: Labels) -> None:
    """What stands under «درباره نویسنده», and the last paragraph of all when it presents who writes."""
    for at, line in enumerate(shapes[:-1]):
        if labels[at] is Label.AUTHOR and bylines.is_bare_heading(line.body) and labels[at + 1] is None:
            labels[at + 1] = Label.AUTHOR
    last = next((at for at in reversed(range(len(labels))) if labels[at] is None), None)
    if last is not None and bylines.is_note(shapes[last].body):
        labels[last] = Label.AUTHOR


def _headings(shapes: Sequence[Shape], labels: Labels) -> None:
    """Short unfinished lines over a paragraph; where the copy leaves more room over some, only those."""
    for at in _open(labels):
        if shapes[at].heading:
            labels[at] = Label.HEADING
    candidates = [at for at in _open(labels) if _may_head(shapes, labels, at)]
    roomy = [at for at in candidates if _blanks_before(labels, at) >= 2]
    if roomy:
        candidates = roomy
    elif sum(shapes[at].body.endswith(("؟", "?")) for at in candidates) >= _MANY_QUESTIONS:
        candidates = [at for at in candidates if not shapes[at].body.endswith(("؟", "?"))]
    for at in candidates:
        labels[at] = Label.HEADING


def _may_head(shapes: Sequence[Shape], labels: Labels, at: int) -> bool:
    """Whether a line looks like a heading, and what stands under it like text."""
    if not _short(shapes[at]) or shapes[at].quote:
        return False
    following = next((to for to in range(at + 1, len(labels)) if labels[to] is not Label.BLANK), None)
    if following is None:
        return False
    if labels[following] in {Label.LIST_INTRO, Label.QUOTE, Label.BULLET}:
        return True
    return labels[following] is None and not _short(shapes[following])


def _short(line: Shape) -> bool:
    if line.words > _HEADING_WORDS or line.introduces:
        return False
    return not line.finished or line.body.endswith(("؟", "?", "!"))


def _blanks_before(labels: Labels, at: int) -> int:
    count = 0
    while at - count - 1 >= 0 and labels[at - count - 1] is Label.BLANK:
        count += 1
    return count


def _quotes(shapes: Sequence[Shape], labels: Labels) -> None:
    for at in _open(labels):
        if shapes[at].quote:
            labels[at] = Label.QUOTE


_PASSES: tuple[Callable[[Sequence[Shape], Labels], None], ...] = (
    _related,
    _author_notes,
    _head,
    _lists,
    _quotes,
    _headings,
)
