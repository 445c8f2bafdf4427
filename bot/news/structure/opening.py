"""The first lines of a paste: dateline, kicker, headline and lede. Knows no body."""

from collections.abc import Sequence

import regex

from bot.news.grammar import sentences
from bot.news.structure import attribution, frames, lists, outlets, poems
from bot.news.structure.labels import Label, Labels, unlabelled
from bot.news.structure.marks import Shape

_HEADLINE_WORDS = 18  # of one under a kicker; a longer line is the lede
_RUBRIC_HEADLINE_WORDS = 12
_KICKER_WORDS = 10
_PAPER_WORDS = 14
_QUOTES = ("«", '"', "“")
_RUBRIC_WORDS = 2
_FIRST_LINES = 5  # a dateline, a kicker, a headline, a dateline, a lede
_SALUTATION_WORDS = 6
_CALL_WORDS = 9
_SMALL_WORD = 2  # letters
_WORD = regex.compile(r"\p{L}+")

_GENRE = (
    "یادداشت|گزارش|مصاحبه|گفت ?و ?گو|گپ|تحلیل|سرمقاله|خبر|پرونده|اختصاصی|فوری|ویژه|مقاله|حاشیه|نقد|دیدگاه"
)
_KICKER = regex.compile(
    rf"(?:{_GENRE})(?: .{{2,40}})?"
    r"|(?:(?:در|از|با|به|طی|ضمن|پس از) .{2,50} )?(?:مطرح شد|اعلام شد|تاکید شد|بررسی شد)"
    r"|.{0,60}(?:گفت ?و ?گو با .{2,40}|(?:خبر|هشدار|پاسخ|توضیح|نوید|وعده|گزارش) داد"
    r"|(?:مطرح|تاکید|اعلام|تشریح|عنوان|بیان|اظهار|تصریح|تبیین"
    r"|خاطرنشان|تکذیب|تایید|پیشنهاد|درخواست|بررسی) (?:کرد|شد))"
    r"|(?:گفت ?و ?گوی?|گزارشی?|روایت|یادداشت|پرونده) ?[«\"].{2,30}[»\"] (?:با|از|درباره) .{2,70}"
    r"|روابط عمومی .{2,60}|(?:گفت ?و ?گو|مصاحبه) با .{2,70}"
    r"|feature|opinion|analysis|exclusive|breaking(?: news)?|interview|report|review|live|editorial"
    r"|comment(?:ary)?|explainer|profile"
)
_PAPER_REPORTS = regex.compile(r"[^.؟!]{2,110} (?:(?:گزارش|روایت|خبر) می ?دهد|بررسی می ?کند|می ?نویسد)")
_SALUTATION = regex.compile(
    r".*(?:گرامی|عزیز|ارجمند|محترم|بزرگوار|شریف)|(?:با )?سلام(?: .*)?|dear .*", regex.IGNORECASE
)


_CALL = regex.compile(
    r"(?:[\p{L}\u200c]+ ){1,3}(?:گرامی|عزیز|ارجمند|محترم|بزرگوار|شریف) و (?:[\p{L}\u200c]+[ !،]+){1,5}$"
)


def mark(shapes: Sequence[Shape], labels: Labels) -> None:
    """Headline first, whatever it looks like; what stands over it and under it by its looks."""
    if Label.HEADLINE in labels:
        _round_named(shapes, labels, labels.index(Label.HEADLINE))
        return
    lede = labels.index(Label.LEDE) if Label.LEDE in labels else len(labels)
    places = [at for at in unlabelled(labels) if at < lede][:_FIRST_LINES]
    places = places or [at for at, line in enumerate(shapes) if line.words][:1]
    if not places:
        return
    first, *rest = _without_dateline(shapes, labels, places)
    if rest and _is_kicker(shapes, labels, first, rest):
        labels[first] = Label.KICKER
        first, *rest = rest
    labels[first] = Label.HEADLINE
    _mark_lede(shapes, labels, rest)


def _round_named(shapes: Sequence[Shape], labels: Labels, headline: int) -> None:
    """Kicker and lede where the copy says which line is the headline."""
    over = [at for at in unlabelled(labels) if at < headline]
    if len(over) == 1 and shapes[over[0]].words <= _KICKER_WORDS and Label.KICKER not in labels:
        labels[over[0]] = Label.KICKER
    _mark_lede(shapes, labels, list(unlabelled(labels, headline))[:_FIRST_LINES])


def _mark_lede(shapes: Sequence[Shape], labels: Labels, places: list[int]) -> None:
    """The line after the headline, unless the copy names another or the body begins there."""
    places = _without_dateline(shapes, labels, places)
    if places and Label.LEDE not in labels and not _begins_body(shapes, labels, places[0]):
        labels[places[0]] = Label.LEDE


def is_salutation(line: Shape) -> bool:
    if line.words <= _SALUTATION_WORDS and _SALUTATION.fullmatch(line.body.strip(" :،!؛.")):
        return True
    called = line.body.endswith(("!", "،")) and line.words <= _CALL_WORDS  # «همکاران گرامی و مردم نوده!»
    return called and bool(_CALL.match(line.body))


def _without_dateline(shapes: Sequence[Shape], labels: Labels, places: list[int]) -> list[int]:
    """The places but for a first one that says where the story comes from, if others follow."""
    if len(places) < 2 or not attribution.is_dateline(shapes[places[0]].text):
        return places
    labels[places[0]] = Label.DATELINE
    return places[1:]


def is_genre(line: Shape) -> bool:
    """Whether a line's words are a kicker's wherever it stands over a headline («یادداشت», «… مطرح شد»)."""
    folded = frames.fold(line.body)
    if line.words <= _PAPER_WORDS and _PAPER_REPORTS.fullmatch(folded):  # «اعتماد» از … گزارش می‌دهد
        return line.body[:1] in _QUOTES or bool(outlets.alone(line.body.split()[0]))
    return line.words <= _KICKER_WORDS and bool(_KICKER.fullmatch(folded))


def _is_kicker(shapes: Sequence[Shape], labels: Labels, first: int, rest: Sequence[int]) -> bool:
    """A short line over the headline, which is over the lede and no farther from it."""
    kicker, headline = shapes[first], shapes[rest[0]]
    if kicker.words > _KICKER_WORDS or kicker.heading:
        return False
    room = _room(labels, first, rest[0])
    if room and (len(rest) < 2 or room > _room(labels, rest[0], rest[1])):
        return False
    if not _heads(headline):
        return False
    if kicker.body.endswith((":", "؛")):
        return True
    if kicker.words > 1 and (len(rest) < 2 or _repeats(kicker, headline)):
        return False
    if _KICKER.fullmatch(frames.fold(kicker.body)):
        return True
    return headline.heading or _is_rubric(shapes, rest, kicker)


def _room(labels: Labels, above: int, below: int) -> int:
    """The blank lines between two; what machinery stands there is no room."""
    return sum(label is Label.BLANK for label in labels[above:below])


def _repeats(title: Shape, lede: Shape) -> bool:
    """Whether a line says again what the one over it says, as a lede does its headline."""
    said = {word for word in _words(title) if len(word) > _SMALL_WORD}
    return bool(said) and len(said & _words(lede)) * 2 >= len(said)


def _words(line: Shape) -> set[str]:
    return set(_WORD.findall(frames.fold(line.body)))


def _heads(line: Shape) -> bool:
    """Whether a line reads as a headline under a kicker, and not as a lede under a short headline."""
    if line.words > _HEADLINE_WORDS or line.body.endswith((".", ":")) or line.mark:
        return False
    return len(sentences.split(line.body)) < 2


def _is_rubric(shapes: Sequence[Shape], rest: Sequence[int], kicker: Shape) -> bool:
    """A word or two («نگاه») over a longer line that ends no sentence, over one that does."""
    if len(rest) < 2 or kicker.words > _RUBRIC_WORDS or kicker.finished:
        return False
    headline, lede = shapes[rest[0]], shapes[rest[1]]
    if headline.words > _RUBRIC_HEADLINE_WORDS or _repeats(kicker, headline):
        return False
    return kicker.words < headline.words < lede.words and lede.finished and not headline.finished


def _begins_body(shapes: Sequence[Shape], labels: Labels, at: int) -> bool:
    """Whether the line after the headline is the body's first, so that there is no lede."""
    line = shapes[at]
    if line.heading or (line.quote and line.text.startswith(">")) or is_salutation(line):
        return True
    following = next(unlabelled(labels, at + 1), None)
    if following is None:
        return False
    if poems.begins(shapes, labels, at):
        return True
    return lists.begins(shapes, labels, at) or (line.introduces and bool(shapes[following].mark))
