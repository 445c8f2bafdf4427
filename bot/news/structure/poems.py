"""Verse as pages print it: half-lines with blank lines between, or both on one line. Knows no poem.

`verse` knows half-lines that adjoin, which the spelling leaves alone.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

import regex

from bot.news.spelling import arabic, verse
from bot.news.structure.labels import Label, Labels, next_line, previous_line, unlabelled
from bot.news.structure.marks import Shape

_HALF = range(3, 11)  # words of a half-line
_WHOLE = range(6, 17)  # of a couplet
_HALF_LENGTH = 60  # characters
_PROSE = regex.compile(r"[\p{Nd}A-Za-z:@#_|•▪◾■«»]")
_MIDDLE = regex.compile(r"\s*(?:[/|;؛*]+|\.{3}|…)\s*")
_MIDDLES = ("/", "|", ";", "؛", "*", "...", "…")
_LETTERS = regex.compile(r"\p{L}+")
_RHYME = 3  # letters
_SAME_LENGTH = 1.6
_RECITED = regex.compile(
    r"(?:خواند|سرود|سروده|بیت|ابیات|شعر|غزل|رباعی|قصیده|مثنوی|دوبیتی|گوید|فرماید|گفته است|نوحه)\p{L}*"
)
_RUN = 4
_LONGEST_STRING = 400  # characters of a poem on one line
_ARABIC_WORDS, _MOST_ARABIC_WORDS = 4, 60
_TOP = {Label.KICKER, Label.HEADLINE, Label.LEDE}
_POETRY = regex.compile(r"(?<!\p{L})(?:شعر|غزل|سروده|ترانه|مثنوی|رباعی|قصیده|نوحه|شاعر)\p{L}{0,3}(?!\p{L})")
_VOWELS = regex.compile(r"[\u064b-\u0652\u0670]")
_LETTERS_ONE = regex.compile(r"\p{L}")
_FEWEST_SIGNS = 8
_NAME_OF_GOD = regex.compile(r"\W*بسم الل?ه الرحمن الرحیم\W*")


def mark(shapes: Sequence[Shape], labels: Labels) -> None:
    """Lines that rhyme or stand in halves are quoted from a poem."""
    _mark_adjoining(shapes, labels)
    for run in _runs(shapes, labels):
        if _is_poem(shapes, labels, run):
            for at in run:
                labels[at] = Label.QUOTE
    for at in unlabelled(labels):
        if _is_scripture(shapes[at].text):
            labels[at] = Label.QUOTE
    _mark_couplets(shapes, labels)
    _mark_strings(shapes, labels)
    _mark_arabic(shapes, labels)
    _mark_rhymed(shapes, labels)
    _mark_beside(shapes, labels)
    _mark_free(shapes, labels)


def begins(shapes: Sequence[Shape], labels: Labels, at: int) -> bool:
    """Whether a line is a poem's first couplet: its halves rhyme, or it does with the next."""
    halves, under = _halves(shapes[at].text), next_line(labels, at)
    if not halves:
        return False
    if _ending(halves[0], _RHYME) == _ending(halves[1], _RHYME):
        return True
    following = _halves(shapes[under].text) if under is not None else None
    return bool(following) and _ending(halves[1], 2) == _ending(following[1], 2) if following else False


def _mark_adjoining(shapes: Sequence[Shape], labels: Labels) -> None:
    texts = [line.text for line in shapes]
    starts = {start: at for at, start in enumerate(accumulate((len(text) + 1 for text in texts), initial=0))}
    text = "\n".join(texts)
    for start, end in verse.layout_spans(text):
        if start not in starts or text[end : end + 1].strip():  # the gaps in a table's row
            continue
        for at in range(starts[start], starts[start] + text.count("\n", start, end) + 1):
            labels[at] = labels[at] or Label.QUOTE


def _runs(shapes: Sequence[Shape], labels: Labels) -> Iterator[list[int]]:
    """Half-lines that follow each other, blank lines aside."""
    run: list[int] = []
    for at in list(unlabelled(labels)):
        if run and next_line(labels, run[-1]) != at:
            yield run
            run = []
        if _is_half(shapes[at]) and (run or not _stops(shapes[at])):
            run.append(at)
        elif run:
            yield run
            run = []
    yield run


def _is_half(line: Shape) -> bool:
    text = line.text.strip(" /«»")
    if line.heading or line.mark or line.introduces:
        return False
    return len(text.split()) in _HALF and len(text) <= _HALF_LENGTH and not _PROSE.search(text)


def _is_poem(shapes: Sequence[Shape], labels: Labels, run: Sequence[int]) -> bool:
    """An even number of half-lines of one length: that rhyme, or of which each other one ends in «/»."""
    if len(run) < 2 or len(run) % 2:
        return False
    lengths = [len(shapes[at].text) for at in run]
    if max(lengths) > _SAME_LENGTH * min(lengths) or sum(shapes[at].asks for at in run) * 2 > len(run):
        return False
    if all(shapes[at].text.endswith("/") for at in run[::2]):
        return True
    recited = _is_recited(shapes, labels, run[0])
    if not recited and (len(run) < _RUN or any(_stops(shapes[at]) for at in run[:-1])):
        return False
    ends = [_ending(shapes[at].text, 1 if recited and len(run) >= _RUN else 2) for at in run]
    pairs = [ends[at] == ends[at + 1] for at in range(0, len(ends), 2)]
    ghazal = len(run) >= _RUN and all(one == other for one, other in pairwise(ends[1::2]))
    return all(pairs) or ghazal


def _stops(line: Shape) -> bool:
    """Whether a line ends as sentences do; verse trails off («…») as well."""
    return line.body.endswith(".") and not line.body.endswith("..")


def _ending(line: str, letters: int) -> str:
    return "".join(_LETTERS.findall(line[-24:]))[-letters:]


def _is_recited(shapes: Sequence[Shape], labels: Labels, at: int) -> bool:
    over = previous_line(labels, at)
    return over is not None and bool(_RECITED.search(shapes[over].body[-_HALF_LENGTH:]))


def _is_scripture(line: str) -> bool:
    """Whether a line is Arabic with its vowel signs, as the Quran is: one for every third letter."""
    if len(line) <= _HALF_LENGTH and _NAME_OF_GOD.fullmatch(_VOWELS.sub("", line)):
        return True
    signs = len(_VOWELS.findall(line))
    return signs >= _FEWEST_SIGNS and signs * 3 >= len(_LETTERS_ONE.findall(line))


def _mark_free(shapes: Sequence[Shape], labels: Labels) -> None:
    """Verse without rhyme in a story about verse: short lines that adjoin, or that somebody recites."""
    top = " ".join(line.body for line, each in zip(shapes, labels, strict=True) if each in _TOP)
    about = bool(_POETRY.search(top))
    for run in _short_runs(shapes, labels):
        if len(run) >= _RUN and (about or _is_recited(shapes, labels, run[0])):
            for at in run:
                labels[at] = Label.QUOTE


def _short_runs(shapes: Sequence[Shape], labels: Labels) -> Iterator[list[int]]:
    run: list[int] = []
    for at in list(unlabelled(labels)):
        if run and next_line(labels, run[-1]) != at:
            yield run
            run = []
        line = shapes[at]
        if line.words < _HALF.stop and not (
            line.heading or line.mark or _PROSE.search(line.text) or line.body.endswith(".")
        ):
            run.append(at)
        else:
            yield run
            run = []
    yield run


def _mark_beside(shapes: Sequence[Shape], labels: Labels) -> None:
    """What goes on with a poem's radif: a couplet on one line, or two half-lines."""
    over: int | None = None
    for at in range(len(labels)):
        if over is not None and labels[at] is None:
            end, under = _ending(shapes[over].text, 4), next_line(labels, at)
            if _is_long_verse(shapes[at]) and _ending(shapes[at].text, 4) == end:
                labels[at] = Label.QUOTE
            elif under is not None and labels[under] is None and _are_couplet(shapes[at], shapes[under], end):
                labels[at] = labels[under] = Label.QUOTE
        ruled = labels[at] is Label.META and not any(map(str.isalnum, shapes[at].text))  # «***»
        if labels[at] is not Label.BLANK and not ruled:
            over = at if labels[at] is Label.QUOTE and not shapes[at].quote else None


def _are_couplet(one: Shape, other: Shape, end: str) -> bool:
    """Whether two half-lines go on with a poem: with its radif, or a rhyme of their own and one length."""
    if not (_is_half(one) and _is_half(other)):
        return False
    if _ending(other.text, 4) == end:
        return True
    less, more = sorted((len(one.text), len(other.text)))
    return _ending(one.text, 2) == _ending(other.text, 2) and more <= _SAME_LENGTH * less


def _mark_rhymed(shapes: Sequence[Shape], labels: Labels) -> None:
    """Whole couplets below each other that end in one word (a radif): three, or two that somebody recites."""
    run: list[int] = []
    for at in [*unlabelled(labels), None]:
        if at is not None and run and _rhymes_on(shapes, labels, run[-1], at):
            run.append(at)
            continue
        if len(run) > 2 or (len(run) > 1 and _is_recited(shapes, labels, run[0])):
            for line in run:
                labels[line] = Label.QUOTE
        run = [at] if at is not None and _is_long_verse(shapes[at]) else []


def _rhymes_on(shapes: Sequence[Shape], labels: Labels, over: int, at: int) -> bool:
    one, other = shapes[over].text, shapes[at].text
    if next_line(labels, over) != at or not _is_long_verse(shapes[at]):
        return False
    alike = max(len(one), len(other)) <= _SAME_LENGTH * min(len(one), len(other))
    return alike and _ending(one, 4) == _ending(other, 4)


def _is_long_verse(line: Shape) -> bool:
    if line.words not in _WHOLE or line.heading or line.mark or line.introduces:
        return False
    return not (line.body.endswith((".", "؟")) or _PROSE.search(line.text))


def _mark_couplets(shapes: Sequence[Shape], labels: Labels) -> None:
    """Couplets on one line each: that rhyme in themselves or with the next one, or that somebody recites."""
    found = {at: halves for at in unlabelled(labels) if (halves := _halves(shapes[at].text))}
    for at, (one, other) in found.items():
        over = previous_line(labels, at)
        announced = over is not None and shapes[over].introduces
        prose = "/" in shapes[at].text or "|" in shapes[at].text or "؛" in shapes[at].text
        rhyme = _RHYME if prose and not announced else _RHYME - 1
        if _ending(one, rhyme) == _ending(other, rhyme) or _is_recited(shapes, labels, at):
            labels[at] = Label.QUOTE
    for at, under in pairwise(found):
        goes_on = labels[at] is Label.QUOTE and _ending(found[under][0], 2) == _ending(found[under][1], 2)
        if next_line(labels, at) == under and goes_on:
            labels[under] = Label.QUOTE
        if next_line(labels, at) == under and _ending(found[at][1], 2) == _ending(found[under][1], 2):
            labels[at] = labels[under] = Label.QUOTE


def _mark_strings(shapes: Sequence[Shape], labels: Labels) -> None:
    """Whole poems on one line («… / … / … / …»): an even number of halves that rhyme."""
    for at in unlabelled(labels):
        text = shapes[at].text.strip(" ./؛;*«»")
        if len(text) > _LONGEST_STRING or not any(map(text.__contains__, "/*;؛")) or _PROSE.search(text):
            continue
        halves = [half.strip() for half in _MIDDLE.split(text)]
        if len(halves) < _RUN or len(halves) % 2 or not all(len(half.split()) in _HALF for half in halves):
            continue
        ends = [_ending(half, 2) for half in halves]
        pairs = sum(ends[place] == ends[place + 1] for place in range(0, len(ends), 2))
        rhymed = pairs * 2 >= len(halves) // 2 or ends[1] == ends[3]
        if max(map(len, halves)) <= _SAME_LENGTH * min(map(len, halves)) and rhymed:
            labels[at] = Label.QUOTE


def _mark_arabic(shapes: Sequence[Shape], labels: Labels) -> None:
    """Arabic that stands on lines of its own in Persian, and is no title: scripture, prayers, verse."""
    found = [at for at in unlabelled(labels) if _is_arabic(shapes[at])]
    for at in found:
        labels[at] = Label.QUOTE
    for at in found:
        for beside in (previous_line(labels, at), next_line(labels, at)):
            if beside is not None and labels[beside] is None and _is_half(line := shapes[beside]):
                labels[beside] = Label.QUOTE if arabic.may_be_arabic(line.text) else None


def _is_arabic(line: Shape) -> bool:
    if line.heading or line.mark or not _ARABIC_WORDS <= line.words <= _MOST_ARABIC_WORDS:
        return False
    return arabic.is_arabic(line.text.strip(" «».،"))


def _halves(line: str) -> tuple[str, str] | None:
    """The halves of a couplet on one line, which a mark parts; None of other lines."""
    if len(line) > 2 * _HALF_LENGTH + 8 or not any(map(line.__contains__, _MIDDLES)):
        return None
    halves = _MIDDLE.split(line.strip(" ./|؛;*«»"))
    if len(halves) != 2 or _PROSE.search(line.replace("|", " ").strip(" «»")):
        return None
    one, other = halves
    if not all(len(half.split()) in _HALF and len(half) <= _HALF_LENGTH for half in halves):
        return None
    return (one, other) if max(len(one), len(other)) <= _SAME_LENGTH * min(len(one), len(other)) else None
