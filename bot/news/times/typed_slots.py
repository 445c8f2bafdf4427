"""Reads the weekly slots that a person typed: days, then hours, or the other way round. Knows no dates.

«شنبه تا چهارشنبه ۸ و ۱۲:۳۰ و ۱۸», «جمعه‌ها ۱۰», «هر روز به جز جمعه ۹ و ۲۱», «هر روز ۸ تا ۲۰ هر دو ساعت»,
«هر دو ساعت یک بار از ۸ تا ۲۲», «آخر هفته‌ها ۱۰ و نیم», `sat-wed 08:00,12:30`, `weekdays 6am`; «جمعه‌ها تعطیل»
are days without any, «بقیه روزها» those that were not told. Working days are Saturday to Wednesday and the
weekend Thursday and Friday; an English weekend, and two hours with a dash between them (a span?), are
asked about.
Behind the hours a sentence may say which stories its slots are for (`bot.news.times.typed_kind`).
Sentences end with a new line, «؛», `;` or a dash between blanks, or where the days of the next begin.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.errors import NoSuchTime, NotATime, VagueTime
from bot.news.model import Slot
from bot.news.times.slot_lines import spelled_out
from bot.news.times.time_phrases import DAY, Clock, Span, clocks, number, readings, span
from bot.news.times.time_words import Kind, Part
from bot.news.times.typed_days import EVERY_DAY, SPANS, all_but, others, typed_days
from bot.news.times.typed_kind import StoryKind, split
from bot.news.times.typed_words import Typed, read, with_parts, with_ranges

MAX_CHARACTERS = 4_000
MAX_SLOTS = 200
_LINES = re.compile(r"[\n؛;]")
_EXACT = {Part.NOON: frozenset[Part](), Part.MIDNIGHT: frozenset({Part.MIDNIGHT})}  # parts that are an hour
_SAYS_NOTHING = {Kind.FILLER, Kind.PUBLISH, Kind.WEEKLY}
_DASH = re.compile(r"\s[-–—]\s")
_SPAN = re.compile(r"\d\s*[-–—]\s*\d+(?![\s\u200c]*شنبه)")  # «۷:۳۰ - ۲۲», but not «۸ - ۵شنبه»


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


@dataclass(frozen=True, kw_only=True, slots=True)
class _Told:
    """A sentence of hours and days in turn, the days that it calls closed, and what its slots are for."""

    text: str
    pieces: tuple[_Piece, ...]
    closed: frozenset[int]
    kind: StoryKind

    @property
    def days(self) -> frozenset[int]:
        """The days of which it says anything."""
        return self.closed.union(*_days_of(self.pieces))


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Slots, each once, in the order of the Persian week; the weekdays that are to have none."""

    slots: tuple[Slot, ...]
    closed: frozenset[int]


def parse(text: str) -> tuple[Slot, ...]:
    """The slots that `text` names, each once, in the order of the Persian week.

    Raises:
        NotATime: a word was not understood, or it is far too much.
        VagueTime: days without hours or hours without days, a part of the day that may be meant for several
            hours, a range from an hour or a day to the same, one slot of two kinds, two hours that may be a
            span.
        NoSuchTime: 25:00.
    """
    found = wanted(text)
    if not found.slots:
        raise NotATime(text[:40])
    return found.slots


def wanted(text: str) -> Wanted:
    """As `parse`, for where days may also be closed: then there may be no slot."""
    if len(text) > MAX_CHARACTERS:
        raise NotATime(text[:40])
    told: list[_Told] = []
    for sentence in _sentences(spelled_out(text)):
        told.append(_told(sentence, frozenset[int]().union(*(each.days for each in told))))
    closed = frozenset[int]().union(*(each.closed for each in told))
    found: dict[tuple[int, int], StoryKind] = {}
    for each in told:
        for time in _times(each, closed):
            if found.setdefault(time, each.kind) != each.kind:
                raise VagueTime(each.text)  # one slot, two kinds
    if not (found or closed) or len(found) > MAX_SLOTS:
        raise NotATime(text[:40])
    slots = tuple(
        Slot(weekday=weekday, minute=minute, category=kind.category, urgency=kind.urgency)
        for (weekday, minute), kind in sorted(
            found.items(), key=lambda each: ((each[0][0] + 2) % 7, each[0][1])
        )
    )
    return Wanted(slots=slots, closed=closed)


def _sentences(text: str) -> list[str]:
    """Lines, and what dashes between blanks part; not the dash of a span."""
    found: list[str] = []
    for line in _LINES.split(text):
        if not _SPAN.search(line):
            found += _DASH.split(line)
        elif _is_regular(read(split(line.strip())[0])):
            found.append(line)
        else:
            raise VagueTime(line.strip(), reason="span")
    return [sentence.strip() for sentence in found if sentence.strip()]


def _is_regular(typed: Typed) -> bool:
    return any(_every(typed, at) for at in range(len(typed)))


def _told(sentence: str, before: frozenset[int]) -> _Told:
    """A sentence; `before` are the days that those before it have told."""
    hours, kind = split(sentence)
    typed = with_parts(read(hours))
    pieces, closed = _pieces(with_ranges(typed) if _is_regular(typed) else typed, before)
    if not (pieces or closed):
        raise NotATime(sentence)
    counts = {count[0] for at in range(len(typed)) if (count := _count(typed, at))}
    if counts - {sum(len(piece.hours) for piece in pieces if isinstance(piece, _Hours))}:
        raise VagueTime(hours)  # «روزی سه بار ۸ و ۲۰»
    if pieces and not any(isinstance(piece, frozenset) for piece in pieces):
        once = any(word.kind is Kind.ONCE for word in typed.words)
        lead = 1 if typed.words[0].kind is Kind.FILLER else 0  # «سر هر ساعت»
        if not (once or _every(typed, lead)):
            raise VagueTime(hours, reason="no days")
        pieces.insert(0, EVERY_DAY)  # «هر دو ساعت از ۸ تا ۲۲»
    return _Told(text=hours, pieces=tuple(pieces), closed=closed, kind=kind)


def _times(told: _Told, closed: frozenset[int]) -> set[tuple[int, int]]:
    if len(told.pieces) % 2:
        raise VagueTime(told.text)
    found: set[tuple[int, int]] = set()
    for one, two in zip(told.pieces[::2], told.pieces[1::2], strict=True):
        if isinstance(one, _Hours) and isinstance(two, frozenset):
            one, two = two, one  # noqa: PLW2901 - «ساعت ۸ شنبه‌ها»
        if not (isinstance(one, frozenset) and isinstance(two, _Hours)) or not one - closed:
            raise VagueTime(told.text)
        days = one - closed
        for minute in _minutes(told.text, days, two.hours):
            found |= {((day + minute // DAY) % 7, minute % DAY) for day in days}
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


def _pieces(typed: Typed, before: frozenset[int]) -> tuple[list[_Piece], frozenset[int]]:
    """Days and hours as they stand, and the days that are closed."""
    pieces: list[_Piece] = []
    closed: frozenset[int] = frozenset()
    nightly: frozenset[Part] = frozenset()  # «هر شب ۹»
    at = 0
    while at < len(typed):
        word = typed.words[at]
        if at == len(typed) - 1 and word.kind in {Kind.FILLER, Kind.AND, Kind.WEEKLY}:
            raise NotATime(typed.chunk(at))
        told = before.union(closed, *_days_of(pieces))
        if days := _days(typed, at, told) or (None if pieces else all_but(typed, at)):
            chosen, nightly, at = days
            if typed.words[at].kind is Kind.CLOSED:
                closed, at = closed | chosen, at + 1
            else:
                pieces.append(chosen)
        elif without := _without(typed, at, pieces):
            pieces[-2], at = without
        elif passed := _passed(typed, at, after_any=bool(pieces)):
            at = passed
        elif hours := _hours(typed, at, nightly):
            found, at = hours
            pieces.append(_Hours(hours=found))
        else:
            raise NotATime(typed.chunk(at))
    return pieces, closed


def _days(typed: Typed, at: int, told: frozenset[int]) -> tuple[frozenset[int], frozenset[Part], int] | None:
    if typed.words[at].kind is Kind.REST:
        return others(typed, at, told), frozenset(), at + 1
    return typed_days(typed, at)


def _days_of(pieces: Iterable[_Piece]) -> list[frozenset[int]]:
    return [piece for piece in pieces if isinstance(piece, frozenset)]


def _count(typed: Typed, at: int) -> tuple[int, int] | None:
    """«سه بار»."""
    found = number(typed, at)
    return (found[0], found[1] + 1) if found and typed.words[found[1]].kind is Kind.TIMES else None


def _passed(typed: Typed, at: int, *, after_any: bool) -> int | None:
    """The index after what says neither days nor hours: «در», «سه بار», «منتشر شود», «و» between them."""
    kind = typed.words[at].kind
    if kind in _SAYS_NOTHING or (kind is Kind.AND and after_any):
        return at + 1
    count = _count(typed, at)
    return count and count[1]


def _without(typed: Typed, at: int, pieces: list[_Piece]) -> tuple[frozenset[int], int] | None:
    """The days of «هر روز ۹ به جز جمعه», where the exception comes behind the hours."""
    days = pieces[-2] if len(pieces) > 1 else None
    if typed.words[at].kind is not Kind.EXCEPT or not isinstance(days, frozenset):
        return None
    without = typed_days(typed, at + 1)
    if without is None or not days - without[0]:
        raise NotATime(typed.chunk(at))
    return days - without[0], without[2]


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
    """«۸ تا ۲۰ هر دو ساعت», «هر دو ساعت از ۸ تا ۲۰»: every so many minutes, the last hour included."""
    leading = _every(typed, at)
    at = leading[1] if leading else at
    at += typed.words[at].kind is Kind.FROM
    first = _some_hours(typed, at, nightly)
    if first is None or typed.words[first[1]].kind not in SPANS:
        return None
    last = _some_hours(typed, first[1] + 1, nightly)
    if last is None:
        return None
    every = leading or _every(typed, last[1])
    begin, end = (_whole(said) for said, _ in (first, last))
    if begin is not None and begin == end:
        raise VagueTime(typed.part(at, last[1]), reason="empty")
    if every and _may_share(first[0][-1], last[0][0]):
        raise VagueTime(typed.part(at, last[1]))
    if begin is None or end is None or every is None or not every[0].minutes or every[0].days:
        return None
    times = [divmod(minute, 60) for minute in range(begin, end + 1, every[0].minutes)]
    hours = (_Hour(clock=Clock(hour=h, minute=m), parts=frozenset(), plain=False) for h, m in times)
    return (tuple(hours), last[1] if leading else every[1]) if times else None


def _may_share(first: _Hour, last: _Hour) -> bool:
    """Whether the part of the day that stands at the end of a range may be meant for its beginning too."""
    shared = readings(first.clock, last.parts)
    return first.plain and not first.parts and bool(shared) and shared != (first.clock.minutes,)


def _every(typed: Typed, at: int) -> tuple[Span, int] | None:
    """«هر دو ساعت», «هر ساعت», «هر دو ساعت یک بار»."""
    if typed.words[at].kind is not Kind.EVERY:
        return None
    if typed.words[at + 1].kind is Kind.HOUR or typed.words[at + 1].text == "hour":
        length, end = Span(minutes=60), at + 2
    elif found := span(typed, at + 1):
        length, end = found
    else:
        return None
    return length, end + (typed.words[end].kind is Kind.ONCE)


def _whole(hours: tuple[_Hour, ...]) -> int | None:
    """The minute of the day of one hour; None of several, or where it is in doubt."""
    found = [minute for hour in hours for minute in readings(hour.clock, hour.parts)]
    return found[0] if len(found) == 1 else None


def _some_hours(typed: Typed, at: int, nightly: frozenset[Part]) -> tuple[tuple[_Hour, ...], int] | None:
    """One hour; two in «۹ و ۱۰»."""
    before = typed.words[at]
    if before.kind is Kind.PART:  # «صبح ساعت ۸»; «ظهر» alone is an hour
        found = clocks(typed, at + 1)
        if before.value in _EXACT and found is None:
            parts = nightly | _EXACT[Part(before.value)]
            return (_Hour(clock=Clock(hour=12), parts=parts, plain=False),), at + 1
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
