"""When a channel may post at all: its quiet hours, how far apart posts stand and how many. Knows no queue.

All is counted on the channel's own clock: an hour is an hour of that clock (10:00 to 10:59), a day its day.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.errors import NoFreeSlot
from bot.news.quiet import DAY, Quiet, Rhythm
from bot.news.times.walltime import instant

FURTHEST = timedelta(days=800)
"""How far beyond the last post a place is looked for: a little over two years."""


_TWO_HOURS, _LONG_DAY = timedelta(hours=2), timedelta(hours=26)
"""No hour of a clock and no day lasts longer, also where it is set back."""


class Taken:
    """The times at which a channel has posts, counted by its hours and days."""

    def __init__(self, times: Iterable[datetime], zone: str) -> None:
        self.place = ZoneInfo(zone)
        self.times = sorted(at.astimezone(UTC) for at in times)

    def __contains__(self, at: datetime) -> bool:
        where = bisect_left(self.times, at)
        return where < len(self.times) and self.times[where] == at

    @property
    def last(self) -> datetime | None:
        return self.times[-1] if self.times else None

    def add(self, at: datetime) -> None:
        insort(self.times, at.astimezone(UTC))

    def near(self, at: datetime) -> Iterator[datetime]:
        """The last one at or before, and the first one after."""
        where = bisect_left(self.times, at)
        yield from self.times[max(0, where - 1) : where + 1]

    def within(self, at: datetime, reach: timedelta) -> list[datetime]:
        """Those that are nearer than that, before and after."""
        return self.times[bisect_right(self.times, at - reach) : bisect_left(self.times, at + reach)]

    def in_hour(self, at: datetime) -> int:
        """How many are in that hour of the clock; one that it has twice is one."""
        hour = self._hour(at)
        return sum(self._hour(other) == hour for other in self.within(at, _TWO_HOURS))

    def on_day(self, at: datetime) -> int:
        day = self._day(at)
        return sum(self._day(other) == day for other in self.within(at, _LONG_DAY))

    def _hour(self, at: datetime) -> datetime:
        return at.astimezone(self.place).replace(minute=0, second=0, microsecond=0, tzinfo=None)

    def _day(self, at: datetime) -> date:
        return at.astimezone(self.place).date()


def quiet_until(at: datetime, rhythm: Rhythm, zone: str) -> datetime | None:
    """The end of the quiet hours that an instant falls into, those that follow at once included; else None.

    Raises:
        NoFreeSlot: they never end.
    """
    place, end = ZoneInfo(zone), at.astimezone(UTC)
    while following := _one_quiet_end(end, rhythm, place):
        end = following
        if end - at > FURTHEST:
            raise NoFreeSlot
    return end if end > at else None


def _one_quiet_end(at: datetime, rhythm: Rhythm, place: ZoneInfo) -> datetime | None:
    today = at.astimezone(place).date()
    ends = [
        end
        for quiet in rhythm.quiet
        for begun in (today - timedelta(days=1), today)
        if begun.weekday() in quiet.weekdays
        for start, end in _stretches(begun, quiet, place)
        if start <= at < end
    ]
    return max(ends, default=None)


def _stretches(day: date, quiet: Quiet, place: ZoneInfo) -> tuple[tuple[datetime, datetime], ...]:
    """From start to end; where the clock has one of them twice, both times."""
    last = day if quiet.end > quiet.start else day + timedelta(days=1)
    return (
        (instant(day, quiet.start, place), instant(last, quiet.end, place)),
        (instant(day, quiet.start, place, fold=1), instant(last, quiet.end, place, fold=1)),
    )


def first_place(at: datetime, taken: Taken, rhythm: Rhythm, zone: str) -> datetime:
    """The first instant from `at` on at which the channel may have one more post.

    Raises:
        NoFreeSlot: there is none in two years.
    """
    end = max(at, taken.last or at) + FURTHEST
    while (later := _not_before(at, taken, rhythm, zone)) != at:
        at = later
        if at > end:
            raise NoFreeSlot
    return at


def fits(at: datetime, taken: Taken, rhythm: Rhythm, zone: str) -> bool:
    """Whether the channel may have one more post at that instant."""
    return _not_before(at, taken, rhythm, zone) == at


def _not_before(at: datetime, taken: Taken, rhythm: Rhythm, zone: str) -> datetime:
    """`at`, or a later instant before which none would do."""
    if rhythm.quiet and (end := quiet_until(at, rhythm, zone)):
        return end
    spacing = timedelta(minutes=rhythm.spacing)
    for other in taken.near(at) if spacing else ():
        if abs(other - at) < spacing:
            return other + spacing
    local = at.astimezone(taken.place)
    if rhythm.per_hour is not None and taken.in_hour(at) >= rhythm.per_hour:
        return _clock_after(at, local.date(), (local.hour + 1) * 60, taken.place)
    if rhythm.per_day is not None and taken.on_day(at) >= rhythm.per_day:
        return _clock_after(at, local.date(), DAY, taken.place)
    return at


def _clock_after(at: datetime, day: date, minute: int, place: ZoneInfo) -> datetime:
    """When the clock shows a minute of a day (1440: the next midnight) after `at`; some it shows twice."""
    day, minute = day + timedelta(days=minute // DAY), minute % DAY
    first = instant(day, minute, place)
    return first if first > at else instant(day, minute, place, fold=1)


class Unfit(StrEnum):
    """Why a channel's rhythm speaks against a time."""

    QUIET = "quiet"
    NEAR = "near"  # to another post
    HOUR_FULL = "hour_full"
    DAY_FULL = "day_full"


def unfit(at: datetime, taken: Taken, rhythm: Rhythm, zone: str) -> tuple[Unfit, ...]:
    """All that speaks against one more post at that instant."""
    spacing = timedelta(minutes=rhythm.spacing)
    found = {
        Unfit.QUIET: bool(rhythm.quiet) and quiet_until(at, rhythm, zone) is not None,
        Unfit.NEAR: any(abs(other - at) < spacing for other in taken.near(at)),
        Unfit.HOUR_FULL: rhythm.per_hour is not None and taken.in_hour(at) >= rhythm.per_hour,
        Unfit.DAY_FULL: rhythm.per_day is not None and taken.on_day(at) >= rhythm.per_day,
    }
    return tuple(why for why, speaks_against in found.items() if speaks_against)
