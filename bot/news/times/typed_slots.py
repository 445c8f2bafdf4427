"""Reads the weekly slots that a person typed: days, then hours, or the other way round. Knows no dates.

«شنبه تا چهارشنبه ۸ و ۱۲:۳۰ و ۱۸», «جمعه‌ها ۱۰», «هر روز به جز جمعه ۹ و ۲۱», «هر روز ۸ تا ۲۰ هر دو ساعت»,
`sat-wed 08:00,12:30`.
Behind the hours a sentence may say which stories its slots are for (`bot.news.times.typed_kind`).
Sentences end with a new line, «؛», `;` or a dash between blanks, or where the days of the next begin.
"""

import re
from dataclasses import dataclass

from bot.errors import NoSuchTime, NotATime, VagueTime
from bot.news.model import Slot
from bot.news.times.time_phrases import DAY, Clock, Span, clocks, readings, span
from bot.news.times.time_words import Kind, Part
from bot.news.times.typed_kind import StoryKind, split
from bot.news.times.typed_words import Typed, read, with_ranges

MAX_CHARACTERS = 4_000
MAX_SLOTS = 200
_SENTENCES = re.compile(r"[\n؛;]|\s[-–—]\s")
EVERY_DAY = frozenset(range(7))
_BY_TURNS = (frozenset({5, 0, 2}), frozenset({6, 1, 3}))  # «روزهای زوج», «روزهای فرد»
_TO = {Kind.UNTIL, Kind.TO, Kind.DASH}
_DAY_KINDS = {Kind.WEEKDAY, Kind.WEEKDAYS}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Hour:
    """An hour of a list; `plain` as in «۸», which a part of the day said later might be meant for too."""

    clock: Clock
    parts: frozenset[Part]
    plain: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class _Hours:
    hours: tuple[_Hour, ...]


type _Piece = frozenset[int] | _Hours


def parse(text: str) -> tuple[Slot, ...]:
    """The slots that `text` names, each once, in the order of the Persian week.

    Raises:
        NotATime: a word was not understood, or it is far too much.
        VagueTime: days without hours or hours without days, a part of the day that may be meant for several
            hours, a range from an hour or a day to the same, one slot of two kinds.
        NoSuchTime: 25:00.
    """
    if len(text) > MAX_CHARACTERS:
        raise NotATime(text[:40])
    found: dict[tuple[int, int], StoryKind] = {}
    for sentence in _SENTENCES.split(text):
        if sentence.strip():
            hours, kind = split(sentence.strip())
            for time in _sentence(hours):
                if found.setdefault(time, kind) != kind:
                    raise VagueTime(sentence.strip())  # one slot, two kinds
    if not found or len(found) > MAX_SLOTS:
        raise NotATime(text[:40])
    return tuple(
        Slot(weekday=weekday, minute=minute, category=kind.category, urgency=kind.urgency)
        for (weekday, minute), kind in sorted(
            found.items(), key=lambda each: ((each[0][0] + 2) % 7, each[0][1])
        )
    )


def _sentence(sentence: str) -> set[tuple[int, int]]:
    typed = read(sentence)
    regular = any(_every(typed, at) for at in range(1, len(typed)))
    pieces = _pieces(with_ranges(typed) if regular else typed)
    if not pieces:
        raise NotATime(sentence)
    if not any(isinstance(piece, frozenset) for piece in pieces):
        raise VagueTime(sentence, reason="no days")
    if len(pieces) % 2:
        raise VagueTime(sentence)
    found: set[tuple[int, int]] = set()
    for one, two in zip(pieces[::2], pieces[1::2], strict=True):
        if isinstance(one, _Hours) and isinstance(two, frozenset):
            one, two = two, one  # noqa: PLW2901 - «ساعت ۸ شنبه‌ها»
        if not (isinstance(one, frozenset) and isinstance(two, _Hours)):
            raise VagueTime(sentence)
        for minute in _minutes(sentence, one, two.hours):
            found |= {((day + minute // DAY) % 7, minute % DAY) for day in one}
    return found


def _minutes(sentence: str, days: frozenset[int], hours: tuple[_Hour, ...]) -> set[int]:
    minutes: set[int] = set()
    waiting: tuple[Clock, ...] = ()  # plain hours before one with a part: «۸ و ۱۰ شب»
    for hour in hours:
        if hour.parts and any(readings(clock, hour.parts) for clock in waiting):
            raise VagueTime(sentence)
        found = readings(hour.clock, hour.parts)
        if not found:
            raise NoSuchTime(sentence)
        if len(found) > 1 or (hour.parts and found[0] >= DAY and days != EVERY_DAY):
            raise VagueTime(sentence)  # after midnight: whose night?
        minutes |= set(found)
        waiting = (*waiting, hour.clock) if hour.plain and not hour.parts else ()
    return minutes


def _pieces(typed: Typed) -> list[_Piece]:
    pieces: list[_Piece] = []
    nightly: frozenset[Part] = frozenset()  # «هر شب ۹»
    at = 0
    while at < len(typed):
        if at == len(typed) - 1 and typed.words[at].kind in {Kind.FILLER, Kind.AND}:
            raise NotATime(typed.chunk(at))
        if days := typed_days(typed, at):
            chosen, nightly, at = days
            pieces.append(chosen)
        elif without := _without(typed, at, pieces):
            pieces[-2], at = without
        elif hours := _hours(typed, at, nightly):
            found, at = hours
            pieces.append(_Hours(hours=found))
        elif typed.words[at].kind is Kind.FILLER or (typed.words[at].kind is Kind.AND and pieces):
            at += 1
        else:
            raise NotATime(typed.chunk(at))
    return pieces


def _without(typed: Typed, at: int, pieces: list[_Piece]) -> tuple[frozenset[int], int] | None:
    """The days of «هر روز ۹ به جز جمعه», where the exception comes behind the hours."""
    days = pieces[-2] if len(pieces) > 1 else None
    if typed.words[at].kind is not Kind.EXCEPT or not isinstance(days, frozenset):
        return None
    without = typed_days(typed, at + 1)
    if without is None or not days - without[0]:
        raise NotATime(typed.chunk(at))
    return days - without[0], without[2]


def typed_days(typed: Typed, at: int) -> tuple[frozenset[int], frozenset[Part], int] | None:
    """A list of days: the days, the part of the day in «هر شب», and the index after it."""
    word, following = typed.words[at], typed.words[at + 1]
    if word.kind is Kind.EVERY and following.kind is Kind.PART:
        return EVERY_DAY, frozenset({Part(following.value)}), at + 2
    found = _some_days(typed, at)
    if found is None:
        return None
    days, at = found
    while more := _some_days(typed, at + (typed.words[at].kind is Kind.AND)):
        days, at = days | more[0], more[1]
    if typed.words[at].kind is Kind.EXCEPT:
        without = typed_days(typed, at + 1)
        if without is None or not days - without[0]:
            raise NotATime(typed.chunk(at))
        return days - without[0], frozenset(), without[2]
    return days, frozenset(), at


def _some_days(typed: Typed, at: int) -> tuple[frozenset[int], int] | None:
    """«هر روز», «روزهای زوج», «جمعه‌ها», «شنبه تا چهارشنبه»."""
    word = typed.words[at]
    if word.kind is Kind.EVERY_DAY:
        return EVERY_DAY, at + 1
    if word.kind is Kind.ODD_DAYS:
        return _BY_TURNS[word.value], at + 1
    at += word.kind in {Kind.EVERY, Kind.FROM, Kind.FILLER} or word.text == "روز"
    first = typed.words[at]
    if first.kind not in _DAY_KINDS:
        return None
    last = typed.words[at + 2]
    if typed.words[at + 1].kind not in _TO or last.kind not in _DAY_KINDS:
        return frozenset({first.value}), at + 1
    length = (last.value - first.value) % 7
    if not length:
        raise VagueTime(typed.part(at, at + 3), reason="empty")
    return frozenset((first.value + n) % 7 for n in range(length + 1)), at + 3


def _hours(typed: Typed, at: int, nightly: frozenset[Part]) -> tuple[tuple[_Hour, ...], int] | None:
    """A list of hours, each with the part of the day beside it."""
    if regular := _regular(typed, at, nightly):
        return regular
    found = _some_hours(typed, at, nightly)
    if found is None:
        return None
    hours, at = found
    while more := _some_hours(typed, at + (typed.words[at].kind is Kind.AND), nightly):
        hours, at = (*hours, *more[0]), more[1]
    return hours, at


def _regular(typed: Typed, at: int, nightly: frozenset[Part]) -> tuple[tuple[_Hour, ...], int] | None:
    """«۸ تا ۲۰ هر دو ساعت»: every so many hours or minutes, the last hour included."""
    at += typed.words[at].kind is Kind.FROM
    first = _some_hours(typed, at, nightly)
    if first is None or typed.words[first[1]].kind not in _TO:
        return None
    last = _some_hours(typed, first[1] + 1, nightly)
    if last is None:
        return None
    begin, end = (_whole(said) for said, _ in (first, last))
    if begin is not None and begin == end:
        raise VagueTime(typed.part(at, last[1]), reason="empty")
    every = _every(typed, last[1])
    if begin is None or end is None or every is None or not every[0].minutes or every[0].days:
        return None
    times = [divmod(minute, 60) for minute in range(begin, end + 1, every[0].minutes)]
    hours = (_Hour(clock=Clock(hour=h, minute=m), parts=frozenset(), plain=False) for h, m in times)
    return (tuple(hours), every[1]) if times else None


def _every(typed: Typed, at: int) -> tuple[Span, int] | None:
    """«هر دو ساعت», «هر ساعت»."""
    if typed.words[at].kind is not Kind.EVERY:
        return None
    if typed.words[at + 1].kind is Kind.HOUR or typed.words[at + 1].text == "hour":
        return Span(minutes=60), at + 2
    return span(typed, at + 1)


def _whole(hours: tuple[_Hour, ...]) -> int | None:
    """The minute of the day of one hour; None of several, or where it is in doubt."""
    found = [minute for hour in hours for minute in readings(hour.clock, hour.parts)]
    return found[0] if len(found) == 1 else None


def _some_hours(typed: Typed, at: int, nightly: frozenset[Part]) -> tuple[tuple[_Hour, ...], int] | None:
    """One hour; two in «۹ و ۱۰»."""
    before = typed.words[at]
    if before.kind is Kind.PART:  # «صبح ساعت ۸»; «ظهر» alone is an hour
        found = clocks(typed, at + 1)
        if before.value == Part.NOON and found is None:
            return (_Hour(clock=Clock(hour=12), parts=nightly, plain=False),), at + 1
    else:
        at += before.kind is Kind.FILLER
        found = clocks(typed, at)
    if found is None:
        return None
    said, end = found
    if len(said) == 1 and 0 < said[0].minute < 25 and typed.words[end - 1].kind is Kind.NUMBER:
        raise VagueTime(typed.part(at, end))  # «هشت و ده»: 8:10, or 8 and 10
    parts = nightly | ({Part(before.value)} if before.kind is Kind.PART else set())
    after = typed.words[end].kind is Kind.PART and typed.words[end - 1].kind is not Kind.PART
    last = parts | {Part(typed.words[end].value)} if after else parts
    plain = all(typed.words[n].kind is not Kind.TIME for n in range(at, end))
    each = said[1:] or said
    hours = [_Hour(clock=clock, parts=parts, plain=plain) for clock in each[:-1]]
    return (*hours, _Hour(clock=each[-1], parts=last, plain=plain)), end + after
