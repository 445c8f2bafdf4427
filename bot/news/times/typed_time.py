"""Reads the time that a person typed: a strict grammar, where one unread word is a refusal. Knows no clock.

Rules: an hour without a part of the day is on the 24-hour clock («فردا ۸» is 08:00), but a bare 1 to 5 is in
doubt, as nobody publishes at night («فردا ۴»: 04:00 or 16:00?), and so is one up to 11 without a day, whose
morning has gone by today and whose evening has not («۸» at noon: tonight or tomorrow?). Never in doubt is
what is written as on a 24-hour clock: 0, 13 and later, 03:30, and 8:30 or later with a colon. An hour gone by
today is tomorrow's; a weekday that is today is today while the hour is ahead; «آینده» after its name is
never today, and in doubt where this week and the next both have such a day; a day and month gone by are next
year's; hours after midnight in a named day's «شب» are in doubt; of a repeated hour the first is meant.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from bot.errors import FarTime, NoSuchTime, NotATime, PastTime, TypedTimeError, VagueTime
from bot.news.times import typed_zone
from bot.news.times.many_times import is_calendar, sentences
from bot.news.times.time_phrases import DAY, NOON, readings
from bot.news.times.time_said import Said, bare, said_in
from bot.news.times.time_words import Part

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
    Part.EARLY: 7,
    Part.LATE: 23,
}
_DAY_HOURS = (9, 12, 17, 21)
_FIRST_SURE = 6 * 60  # minutes; nobody means an earlier bare hour for the night without saying so
_EXACT = {Part.NOON, Part.MIDNIGHT}  # parts that are an hour


@dataclass(frozen=True, kw_only=True, slots=True)
class _Here:
    """Now, and the zone whose clock people mean."""

    now: datetime
    zone: tzinfo
    today: date

    def at(self, day: date, minute: int) -> datetime:
        """The instant at a minute of a day; the first of two."""
        wall = datetime.combine(day, time(), tzinfo=self.zone) + timedelta(minutes=minute)
        return wall.astimezone(UTC)

    def skips(self, day: date, minute: int) -> bool:
        """Whether the zone's clock jumps over that minute."""
        wall = datetime.combine(day, time()) + timedelta(minutes=minute)
        return self.at(day, minute).astimezone(self.zone).replace(tzinfo=None) != wall

    @property
    def local(self) -> datetime:
        """Now, on the zone's clock, of the day that is called today."""
        return datetime.combine(self.today, self.now.astimezone(self.zone).timetz())

    def reach(self, instants: Iterable[datetime]) -> tuple[datetime, ...]:
        """Those that are ahead, and not too far."""
        return tuple(sorted(at for at in set(instants) if self.now < at <= self.now + _YEAR))


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
        raise NotATime(text[:40], reason="calendar" if is_calendar(text) else "")
    rest, clock = typed_zone.split(text, ZoneInfo(zone))
    days = dict.fromkeys(now.astimezone(one).date() for one in (clock, ZoneInfo(zone)))
    here, *other = (_Here(now=now, zone=clock, today=day) for day in days)
    if other and (options := _of_two_days(rest, here, *other)):
        raise VagueTime(text, options)
    return _on_one_clock(rest, here)


def _of_two_days(text: str, *here: _Here) -> tuple[datetime, ...]:
    """What a day counted from today may mean, where today is another date on the clock that was said."""
    found: set[datetime] = set()
    for each in here:
        try:
            said = said_in(text, each.local)
            if not (said.days or said.weekdays):
                return ()
            found.add(_meant(said, each))
        except TypedTimeError as error:
            found.update(error.options)
    return tuple(sorted(found)) if len(found) > 1 else ()


def _on_one_clock(text: str, here: _Here) -> datetime:
    try:
        return _meant(said_in(text, here.local), here)
    except TypedTimeError as error:
        if several := _several(text, here):
            raise VagueTime(text, several, reason="several") from error
        if isinstance(error, NotATime | VagueTime) and not error.options and is_calendar(text):
            raise NotATime(text[:40], reason="calendar") from error
        raise


def _several(text: str, here: _Here) -> tuple[datetime, ...]:
    """The times of «فردا ۸ و پس‌فردا ۹»: each has its day; of «شنبه و یکشنبه ۸» both have the hour."""
    found: set[datetime] = set()
    try:
        each = [said_in(part, here.local) for part in sentences(text)]
        if len(each) < 2 or not all(said.days or said.weekdays for said in each):
            return ()
        if not set("،,") & set(text):
            last = each[-1]
            each = [
                one if _minutes(one) else replace(one, clocks=last.clocks, parts=one.parts or last.parts)
                for one in each
            ]
        if not all(_minutes(said) for said in each):
            return ()
    except TypedTimeError:
        return ()
    for said in each:
        try:
            found.add(_meant(said, here))
        except TypedTimeError as error:
            found.update(error.options)
    return tuple(sorted(found))


def _meant(said: Said, here: _Here) -> datetime:
    """The one instant that it means; it raises what `parse` does."""
    if said.shifts:
        return _checked(said, here, _shifted(said, here))
    minutes = _minutes(said)
    _require_this_year(said, here, minutes)
    moments = _moments(said, here, minutes)
    twice = said.parts & {Part.AM, Part.PM} and any(clock.hour > 12 for clock in said.clocks)
    if not minutes or len(moments) > 1 or twice or _may_be_no(said):  # `13 pm`
        raise _vague(said, here, moments)
    day, minute = moments[0]
    if here.skips(day, minute):
        raise NoSuchTime(said.text)
    instead = [here.at(day, later) for later in _tonight(said, here) if day == here.today]
    return _checked(said, here, here.at(day, minute), instead)


def _may_be_no(said: Said) -> bool:
    """Whether it may be no hour but a refusal: «فردا نه»."""
    words = said.text.split()
    sharp = all(clock.minute == 0 for clock in said.clocks)
    return "نه" in words and "ساعت" not in words and not said.parts and sharp


def _shifted(said: Said, here: _Here) -> datetime:
    """Now and the span, to the minute before; the hours of a day in between are the calendar's."""
    length = said.shifts[0].span
    local = here.now.astimezone(here.zone).replace(second=0, microsecond=0)
    start = local + timedelta(days=length.days) if length.days else local
    at = start.astimezone(UTC) + timedelta(minutes=length.minutes)
    if said.days or said.weekdays or said.clocks or said.parts or len(said.shifts) > 1:
        raise VagueTime(said.text, (at,) if here.now < at <= here.now + _YEAR else ())
    return at


def _minutes(said: Said) -> tuple[int, ...]:
    """The minutes of the day that were said; none if the hour is open."""
    if not said.clocks:
        return tuple(_USUAL_HOURS[part] * 60 for part in sorted(said.parts & _EXACT))
    each = {clock: readings(clock, said.parts) for clock in said.clocks}
    found = {minute for minutes in each.values() for minute in minutes}
    if not found or any(not minutes for clock, minutes in each.items() if clock.hour > 12):  # «۸ صبح ۲۰:۰۰»
        raise NoSuchTime(said.text)
    nightly = {clock.minutes for clock in bare(said) if clock.minutes < _FIRST_SURE}
    return tuple(sorted(found | {minute + NOON for minute in nightly}))


def _tonight(said: Said, here: _Here) -> list[int]:
    """The evening readings, still ahead today, of bare hours whose morning is over."""
    return [
        clock.minutes + NOON
        for clock in bare(said)
        if here.at(here.today, clock.minutes) <= here.now < here.at(here.today, clock.minutes + NOON)
    ]


def _require_this_year(said: Said, here: _Here, minutes: tuple[int, ...]) -> None:
    """Raises PastTime for a date whose year is over, with the same day of this year and the weekday's."""
    over, anew = (said.days[0].dates[0], said.days[0].anew) if len(said.days) == 1 else (here.today, None)
    if anew is None or over >= here.today:
        return
    minutes = minutes or tuple(hour * 60 for hour in _DAY_HOURS)
    days = {anew}
    if {fact.day for fact in said.weekdays} - {anew.weekday()}:
        days.update(day for fact in said.weekdays for day in fact.dates(here.today))
    options = here.reach(here.at(day, minute) for day in days for minute in minutes)
    raise PastTime(said.text, here.at(over, minutes[-1]), options)


def _moments(said: Said, here: _Here, minutes: tuple[int, ...]) -> list[tuple[date, int]]:
    """The days and minutes that it may mean: one if it is clear."""
    if not minutes:
        hours = [_USUAL_HOURS[part] for part in sorted(said.parts)] or _DAY_HOURS
        minutes = tuple(hour * 60 for hour in hours)
    days = _days(said, here)
    if days is None:
        coming = [_first_ahead(here, minute, 1) for minute in minutes]
        return list(dict.fromkeys([*coming, *((here.today, minute) for minute in _tonight(said, here))]))
    if days == (here.today,):
        moments = [_first_ahead(here, minute, 0) for minute in minutes]
    else:
        moments = [(day, minute) for day in days for minute in _of_day(minutes, said)]
        if here.today in days:
            moments += [(here.today, minute) for minute in _tonight(said, here)]
    return moments if said.days else [_ahead(here, *moment) for moment in moments]


def _date_of_another_weekday(said: Said) -> date | None:
    """The one date that was said, where the weekday that was said is not its."""
    dates = {day for fact in said.days for day in fact.dates}
    if len(dates) != 1 or any(fact.eve for fact in said.weekdays):
        return None
    return next((day for day in dates if {fact.day for fact in said.weekdays} - {day.weekday()}), None)


def _days(said: Said, here: _Here) -> tuple[date, ...] | None:
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


def _of_day(minutes: tuple[int, ...], said: Said) -> list[int]:
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


def _vague(said: Said, here: _Here, moments: list[tuple[date, int]]) -> TypedTimeError:
    """What can be offered; where all of it is over or too far, that is the trouble."""
    there = [moment for moment in moments if not here.skips(*moment)]
    all_of_them = sorted({here.at(*moment) for moment in there})
    options = here.reach(all_of_them)
    if len(options) > _MAX_OPTIONS:
        return VagueTime(said.text)
    if said.clocks and len(there) < len(moments):
        return NoSuchTime(said.text, options)
    if not options and all_of_them:
        at = all_of_them[-1]
        return PastTime(said.text, at) if at <= here.now else FarTime(said.text, at)
    day = _date_of_another_weekday(said)
    return VagueTime(said.text, options, reason="weekday" if day else "", day=day)


def _checked(said: Said, here: _Here, at: datetime, instead: Iterable[datetime] = ()) -> datetime:
    if at <= here.now:
        raise PastTime(said.text, at, here.reach(instead))
    if at > here.now + _YEAR:
        raise FarTime(said.text, at)
    return at
