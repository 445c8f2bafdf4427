"""Reads the time that a person typed: a strict grammar, where one unread word is a refusal. Knows no clock.

Rules: an hour without a part of the day is on the 24-hour clock («فردا ۸» is 08:00); one that has gone by
today is tomorrow's; a weekday that is today is today while the hour is ahead; «آینده» after its name is
never today, and in doubt where this week and the next both have such a day; a day and month gone by are next
year's; hours after midnight in a named day's «شب» are in doubt; of a repeated hour the first is meant.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import FarTime, NoSuchTime, NotATime, PastTime, VagueTime
from bot.news.day_phrases import DayFact, Days, Weekday, read_day
from bot.news.time_phrases import DAY, Clock, Span, clocks, readings, span
from bot.news.time_words import Kind, Part
from bot.news.typed_words import Typed, read

MAX_CHARACTERS = 200
_YEAR = timedelta(days=366)
_MAX_OPTIONS = 8  # more are no help
_USUAL_HOURS = {  # offered where a day or a part of it was named without an hour
    Part.DAWN: 6,
    Part.MORNING: 9,
    Part.AM: 9,
    Part.NOON: 12,
    Part.AFTERNOON: 15,
    Part.PM: 15,
    Part.EVENING: 17,
    Part.DUSK: 18,
    Part.NIGHT: 21,
    Part.MIDNIGHT: 24,
}
_DAY_HOURS = (9, 12, 17, 21)
_EXACT = {Part.NOON, Part.MIDNIGHT}  # parts that are an hour


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shift:
    """Counted from now: «نیم ساعت دیگر»."""

    span: Span


type _Fact = DayFact | Clock | _Shift


@dataclass(frozen=True, kw_only=True, slots=True)
class _Said:
    """What was understood, before it is put on the calendar."""

    text: str
    days: tuple[Days, ...]
    weekdays: tuple[Weekday, ...]
    clocks: tuple[Clock, ...]
    parts: frozenset[Part]
    shifts: tuple[_Shift, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Here:
    """Now, and the zone whose clock people mean."""

    now: datetime
    zone: ZoneInfo
    today: date

    def at(self, day: date, minute: int) -> datetime:
        """The instant at a minute of a day; the first of two."""
        wall = datetime.combine(day, time(), tzinfo=self.zone) + timedelta(minutes=minute)
        return wall.astimezone(UTC)

    def skips(self, day: date, minute: int) -> bool:
        """Whether the zone's clock jumps over that minute."""
        wall = datetime.combine(day, time()) + timedelta(minutes=minute)
        return self.at(day, minute).astimezone(self.zone).replace(tzinfo=None) != wall


def parse(text: str, now: datetime, zone: str) -> datetime:
    """The instant (UTC) that `text` means to someone on the clock of `zone` at `now`.

    Raises:
        NotATime: a word of it was not understood.
        VagueTime: it may mean several times, or names none.
        NoSuchTime: a day or an hour that does not exist.
        PastTime: it is over.
        FarTime: it is more than a year ahead.
    """
    if len(text) > MAX_CHARACTERS:
        raise NotATime(text[:40])
    here = _Here(now=now, zone=ZoneInfo(zone), today=now.astimezone(ZoneInfo(zone)).date())
    typed = read(text)
    said = _said(text, _facts(typed, here))
    if said.shifts:
        return _checked(text, here, _shifted(said, here))
    minutes = _minutes(said)
    moments = _moments(said, here, minutes)
    if not minutes or len(moments) > 1:
        raise _vague(said, here, moments)
    day, minute = moments[0]
    if here.skips(day, minute):
        raise NoSuchTime(text)
    return _checked(text, here, here.at(day, minute))


def _facts(typed: Typed, here: _Here) -> list[_Fact]:
    if not len(typed):
        raise NotATime(typed.text)
    facts: list[_Fact] = []
    at = 0
    while at < len(typed):
        found = _shift(typed, at, here) or read_day(typed, at, here.today) or _hour(typed, at, here)
        if found is None and not _is_filler(typed, at):
            raise NotATime(typed.chunk(at))
        facts += found[0] if found else ()
        at = found[1] if found else at + 1
    return facts


def _said(text: str, facts: list[_Fact]) -> _Said:
    if not facts:
        raise NotATime(text)
    once = tuple(dict.fromkeys(facts))
    return _Said(
        text=text,
        days=tuple(fact for fact in once if isinstance(fact, Days)),
        weekdays=tuple(fact for fact in once if isinstance(fact, Weekday)),
        clocks=tuple(fact for fact in once if isinstance(fact, Clock)),
        parts=frozenset(fact for fact in once if isinstance(fact, Part)),
        shifts=tuple(fact for fact in once if isinstance(fact, _Shift)),
    )


def _shift(typed: Typed, at: int, here: _Here) -> tuple[tuple[_Fact, ...], int] | None:
    """«دو ساعت دیگر», `in 45m`, `+1d`; «سه روز دیگر» is a day, whose hour is still to be said."""
    first = typed.words[at].kind
    prefixed = first in {Kind.PLUS, Kind.IN, Kind.FROM_NOW}
    found = span(typed, at + prefixed)
    if found is None:
        return None
    length, end = found
    last = typed.words[end].kind
    suffixed = last in {Kind.LATER, Kind.AFTER, Kind.AGO, Kind.FROM_NOW}
    if not (prefixed or suffixed):
        return None
    sign = -1 if last is Kind.AGO else 1
    if length.days and not length.minutes and first is not Kind.PLUS:
        day = here.today + timedelta(days=sign * length.days)
        return (Days(dates=(day,)),), end + suffixed
    counted = Span(days=sign * length.days, minutes=sign * length.minutes)
    return (_Shift(span=counted),), end + suffixed


def _hour(typed: Typed, at: int, here: _Here) -> tuple[tuple[_Fact, ...], int] | None:
    """An hour with the part of the day after it, or a part by itself."""
    word = typed.words[at]
    if word.kind is Kind.PART:
        return (Part(word.value),), at + 1
    if word.kind is Kind.SAME_HOUR:
        local = here.now.astimezone(here.zone)
        return (Clock(hour=local.hour, minute=local.minute),), at + 1
    found = clocks(typed, at)
    if found is None:
        return None
    part = typed.words[found[1]]
    if part.kind is Kind.PART:
        return (*found[0], Part(part.value)), found[1] + 1
    return found


def _is_filler(typed: Typed, at: int) -> bool:
    """Words that change nothing: «در», «روز» before a day, `in` before a part of it, a dash with blanks."""
    word, following = typed.words[at], typed.words[at + 1]
    if word.kind is Kind.DASH:
        return typed.text[word.start - 1 : word.end + 1].strip() == word.text
    if word.kind is Kind.IN:
        return following.kind in {Kind.FILLER, Kind.PART}
    if word.kind is Kind.THIS:
        return following.kind in {Kind.DAY, Kind.NIGHT_OF}
    if word.text == "روز":
        return following.kind in {Kind.WEEKDAY, Kind.DIGITS, Kind.NUMBER, Kind.ORDINAL, Kind.DATE, Kind.THIS}
    return word.kind is Kind.FILLER and following.kind is not Kind.END


def _shifted(said: _Said, here: _Here) -> datetime:
    """Now and the span, to the minute before; the hours of a day in between are the calendar's."""
    length = said.shifts[0].span
    local = here.now.astimezone(here.zone).replace(second=0, microsecond=0)
    start = local + timedelta(days=length.days) if length.days else local
    at = start.astimezone(UTC) + timedelta(minutes=length.minutes)
    if said.days or said.weekdays or said.clocks or said.parts or len(said.shifts) > 1:
        raise VagueTime(said.text, (at,) if here.now < at <= here.now + _YEAR else ())
    return at


def _minutes(said: _Said) -> tuple[int, ...]:
    """The minutes of the day that were said; none if the hour is open."""
    if not said.clocks:
        return tuple(_USUAL_HOURS[part] * 60 for part in sorted(said.parts & _EXACT))
    found = {minute for clock in said.clocks for minute in readings(clock, said.parts)}
    if not found:
        raise NoSuchTime(said.text)
    return tuple(sorted(found))


def _moments(said: _Said, here: _Here, minutes: tuple[int, ...]) -> list[tuple[date, int]]:
    """The days and minutes that it may mean: one if it is clear."""
    if not minutes:
        hours = [_USUAL_HOURS[part] for part in sorted(said.parts)] or _DAY_HOURS
        minutes = tuple(hour * 60 for hour in hours)
    days = _days(said, here)
    if days is None:
        return [_first_ahead(here, minute, 1) for minute in minutes]
    if days == (here.today,):
        moments = [_first_ahead(here, minute, 0) for minute in minutes]
    else:
        moments = [(day, minute) for day in days for minute in _of_day(minutes, said)]
    return moments if said.days else [_ahead(here, *moment) for moment in moments]


def _days(said: _Said, here: _Here) -> tuple[date, ...] | None:
    """The days that all phrases agree on; all their days if they don't; None if no day was said."""
    named = [set(fact.dates) for fact in said.days]
    weekdays = {fact.day for fact in said.weekdays}
    if not named:
        return tuple(day for fact in said.weekdays for day in fact.dates(here.today)) or None
    agreed = {day for day in set.intersection(*named) if weekdays <= {day.weekday()}}
    if agreed:
        return tuple(sorted(agreed))
    coming = {day for fact in said.weekdays for day in fact.dates(here.today)}
    return tuple(sorted(coming.union(*(days for days in named if len(days) < 7))))


def _of_day(minutes: tuple[int, ...], said: _Said) -> list[int]:
    """With the hours after midnight that «شب» may put on either side of the named day."""
    early = [minute - DAY for minute in minutes if minute >= DAY and said.parts]
    return [*early, *minutes]


def _first_ahead(here: _Here, minute: int, last: int) -> tuple[date, int]:
    """The first day, from last night's on, where the minute is ahead; at most `last` days from today."""
    first = -1 if minute >= DAY else 0
    days = [here.today + timedelta(days=n) for n in range(first, last + 1)]
    return next(((day, minute) for day in days if here.at(day, minute) > here.now), (days[-1], minute))


def _ahead(here: _Here, day: date, minute: int) -> tuple[date, int]:
    """A weekday that is today is the next week's once its hour is over."""
    return (day, minute) if here.at(day, minute) > here.now else (day + timedelta(days=7), minute)


def _vague(said: _Said, here: _Here, moments: list[tuple[date, int]]) -> VagueTime | PastTime | FarTime:
    """What can be offered; where all of it is over or too far, that is the trouble."""
    all_of_them = sorted({here.at(day, minute) for day, minute in moments if not here.skips(day, minute)})
    options = tuple(at for at in all_of_them if here.now < at <= here.now + _YEAR)
    if len(options) > _MAX_OPTIONS:
        return VagueTime(said.text)
    if not options and all_of_them:
        at = all_of_them[-1]
        return PastTime(said.text, at) if at <= here.now else FarTime(said.text, at)
    return VagueTime(said.text, options)


def _checked(text: str, here: _Here, at: datetime) -> datetime:
    if at <= here.now:
        raise PastTime(text, at)
    if at > here.now + _YEAR:
        raise FarTime(text, at)
    return at
