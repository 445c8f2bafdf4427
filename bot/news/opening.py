"""The first lines of a paste: dateline, kicker, headline and lede. Knows no body."""

from collections.abc import Sequence

import regex

from bot.news import frames, lists, provenance
from bot.news.labels import Label, Labels, unlabelled
from bot.news.marks import Shape

_HEADLINE_WORDS = 25
_KICKER_WORDS = 10
_RUBRIC_WORDS = 2
_FIRST_LINES = 5  # a dateline, a kicker, a headline, a dateline, a lede
_SALUTATION_WORDS = 6

_GENRE = (
    "یادداشت|گزارش|مصاحبه|گفت ?و ?گو|گپ|تحلیل|سرمقاله|خبر|پرونده|اختصاصی|فوری|ویژه|مقاله|حاشیه|نقد|دیدگاه"
)
_KICKER = regex.compile(
    rf"(?:{_GENRE})(?: .{{2,40}})?"
    r"|.{0,60}(?:مطرح شد|اعلام شد|خبر داد|تاکید شد|بررسی شد|عنوان کرد|گفت ?و ?گو با .{2,40})"
    r"|روابط عمومی .{2,60}"
    r"|feature|opinion|analysis|exclusive|breaking(?: news)?|interview|report|review|live|editorial"
    r"|comment(?:ary)?|explainer|profile"
)
_SALUTATION = regex.compile(
    r".*(?:گرامی|عزیز|ارجمند|محترم|بزرگوار|شریف)|(?:با )?سلام(?: .*)?|dear .*", regex.IGNORECASE
)


def mark(shapes: Sequence[Shape], labels: Labels) -> None:
    """Headline first, whatever it looks like; what stands over it and under it by its looks."""
    places = list(unlabelled(labels))[:_FIRST_LINES]
    places = places or [at for at, line in enumerate(shapes) if line.words][:1]
    if not places:
        return
    first, *rest = _without_dateline(shapes, labels, places)
    if rest and _is_kicker(shapes, first, rest):
        labels[first] = Label.KICKER
        first, *rest = rest
    labels[first] = Label.HEADLINE
    rest = _without_dateline(shapes, labels, rest)
    if rest and not _begins_body(shapes, labels, rest[0]):
        labels[rest[0]] = Label.LEDE


def is_salutation(line: Shape) -> bool:
    return line.words <= _SALUTATION_WORDS and bool(_SALUTATION.fullmatch(line.body.strip(" :،!؛.")))


def _without_dateline(shapes: Sequence[Shape], labels: Labels, places: list[int]) -> list[int]:
    """The places but for a first one that says where the story comes from, if others follow."""
    if len(places) < 2 or not provenance.is_dateline(shapes[places[0]].text):
        return places
    labels[places[0]] = Label.DATELINE
    return places[1:]


def _is_kicker(shapes: Sequence[Shape], first: int, rest: Sequence[int]) -> bool:
    """A short line over the headline, which is over the lede and no farther from it."""
    kicker, headline = shapes[first], shapes[rest[0]]
    if kicker.words > _KICKER_WORDS or kicker.heading:
        return False
    if rest[0] > first + 1 and (len(rest) < 2 or rest[0] - first > rest[1] - rest[0]):
        return False
    if headline.words > _HEADLINE_WORDS or headline.body.endswith((".", ":")) or headline.mark:
        return False
    if kicker.body.endswith((":", "؛")) or _KICKER.fullmatch(frames.fold(kicker.body)):
        return True
    return headline.heading or _is_rubric(shapes, rest, kicker)


def _is_rubric(shapes: Sequence[Shape], rest: Sequence[int], kicker: Shape) -> bool:
    """A word or two («نگاه») over a longer line that ends no sentence, over one that does."""
    if len(rest) < 2 or kicker.words > _RUBRIC_WORDS or kicker.finished:
        return False
    headline, lede = shapes[rest[0]], shapes[rest[1]]
    return kicker.words < headline.words < lede.words and lede.finished and not headline.finished


def _begins_body(shapes: Sequence[Shape], labels: Labels, at: int) -> bool:
    """Whether the line after the headline is the body's first, so that there is no lede."""
    line = shapes[at]
    if line.heading or (line.quote and line.text.startswith(">")) or is_salutation(line):
        return True
    following = next(unlabelled(labels, at + 1), None)
    if following is None:
        return False
    return lists.begins(shapes, labels, at) or (line.introduces and bool(shapes[following].mark))
