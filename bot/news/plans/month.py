"""A month as people look at it: weeks from Saturday, in the Jalali or the Gregorian calendar. Knows no now.

Also what a channel's days and hours have room for, for those who choose a time by pressing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.news.model import Channel
from bot.news.plans.rhythm import Taken, fits, quiet_until
from bot.news.plans.slots import occurrences
from bot.news.times.calendar import (
    GREGORIAN_MONTHS,
    JALALI_MONTHS,
    JALALI_MONTHS_LATIN,
    gregorian,
    jalali,
    persian_digits,
    show_day,
)
from bot.news.times.walltime import instant

QUARTERS = (0, 15, 30, 45)
FURTHEST = timedelta(days=366)
"""How far ahead a time can be chosen."""
_WEEK = 7


class Calendar(StrEnum):
    JALALI = "j"
    GREGORIAN = "g"

    @property
    def other(self) -> "Calendar":
        return Calendar.GREGORIAN if self is Calendar.JALALI else Calendar.JALALI


@dataclass(frozen=True, kw_only=True, order=True)
class Month:
    """A month of a calendar."""

    calendar: Calendar
    year: int
    number: int  # 1 … 12

    @property
    def first(self) -> date:
        """Its first day.

        Raises:
            ValueError, OverflowError: no calendar reaches that far.
        """
        if self.calendar is Calendar.JALALI:
            return gregorian(self.year, self.number, 1)
        return date(self.year, self.number, 1)

    @property
    def days(self) -> tuple[date, ...]:
        first, end = self.first, self.shifted(1).first
        return tuple(first + timedelta(days=number) for number in range((end - first).days))

    @property
    def weeks(self) -> tuple[tuple[date | None, ...], ...]:
        """Rows of seven from Saturday on, empty before the first day and after the last."""
        days: list[date | None] = [None] * ((self.first.weekday() + 2) % _WEEK)
        days += self.days
        days += [None] * (-len(days) % _WEEK)
        return tuple(tuple(days[start : start + _WEEK]) for start in range(0, len(days), _WEEK))

    def shifted(self, months: int) -> "Month":
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(calendar=self.calendar, year=year, number=number + 1)


def month_of(day: date, calendar: Calendar) -> Month:
    year, number, _ = jalali(day) if calendar is Calendar.JALALI else (day.year, day.month, day.day)
    return Month(calendar=calendar, year=year, number=number)


def number_of(day: date, calendar: Calendar) -> int:
    """The day's number in its month."""
    return jalali(day)[2] if calendar is Calendar.JALALI else day.day


def title(month: Month, language: str) -> str:
    """«آذر ۱۴۰۵», «نوامبر ۲۰۲۶», `Azar 1405`, `November 2026`."""
    if month.calendar is Calendar.JALALI:
        name = (JALALI_MONTHS if language == "fa" else JALALI_MONTHS_LATIN)[month.number - 1]
    else:
        name = GREGORIAN_MONTHS["fa" if language == "fa" else "en"][month.number - 1]
    return persian_digits(f"{name} {month.year}") if language == "fa" else f"{name} {month.year}"


def both(day: date, language: str) -> str:
    """«پنج‌شنبه ۵ آذر ۱۴۰۵ (۲۶ نوامبر ۲۰۲۶)», or `Thursday 26 November 2026 (1405/09/05)`."""
    if language == "fa":
        western = f"{day.day} {GREGORIAN_MONTHS['fa'][day.month - 1]} {day.year}"
        return f"{show_day(day, 'fa')} ({persian_digits(western)})"
    year, month, number = jalali(day)
    return f"{show_day(day, language)} ({year}/{month:02}/{number:02})"


class Room(StrEnum):
    """What a day has for one more post."""

    PAST = "past"
    FAR = "far"  # more than a year ahead
    FULL = "full"  # its slots are taken, or it has as many posts as the channel wants
    FREE = "free"


def rooms(month: Month, channel: Channel, taken: Taken, now: datetime) -> dict[date, Room]:
    """What each day of the month has room for."""
    place = ZoneInfo(channel.time_zone)
    today, last = now.astimezone(place).date(), furthest(now, channel).date()
    slots = _slots_by_day(month.days, channel, taken, now)
    found: dict[date, Room] = {}
    for day in month.days:
        if day < today:
            found[day] = Room.PAST
        elif day > last:
            found[day] = Room.FAR
        elif _is_full(day, channel, taken) or (day in slots and not any(slots[day])):
            found[day] = Room.FULL
        else:
            found[day] = Room.FREE
    return found


def furthest(now: datetime, channel: Channel) -> datetime:
    """The last moment that can be chosen, on the channel's clock."""
    return (now + FURTHEST).astimezone(ZoneInfo(channel.time_zone))


def _is_full(day: date, channel: Channel, taken: Taken) -> bool:
    most = channel.rhythm.per_day
    return most is not None and taken.on_day(instant(day, 12 * 60, ZoneInfo(channel.time_zone))) >= most


def _slots_by_day(
    days: tuple[date, ...], channel: Channel, taken: Taken, now: datetime
) -> dict[date, list[bool]]:
    """For each day with slots ahead, whether each could still be had."""
    found: dict[date, list[bool]] = {}
    for at in _slots(days[0], days[-1], channel, now):
        local = at.astimezone(ZoneInfo(channel.time_zone)).date()
        found.setdefault(local, []).append(_is_free(at, channel, taken))
    return found


def _slots(first: date, last: date, channel: Channel, now: datetime) -> Iterator[datetime]:
    place = ZoneInfo(channel.time_zone)
    begin, end = instant(first, 0, place), instant(last + timedelta(days=1), 0, place)
    for at in occurrences(channel.slots, max(now, begin - timedelta(microseconds=1)), channel.time_zone):
        if at >= end:
            return
        yield at


def _is_free(at: datetime, channel: Channel, taken: Taken) -> bool:
    return at.astimezone(UTC) not in taken and fits(at, taken, channel.rhythm, channel.time_zone)


def free_slots(day: date, channel: Channel, taken: Taken, now: datetime) -> tuple[datetime, ...]:
    """The day's slots that one more post can have."""
    return tuple(at for at in _slots(day, day, channel, now) if _is_free(at, channel, taken))


def hours(day: date, channel: Channel, now: datetime) -> tuple[int, ...]:
    """The hours of a day in which there is a quarter still ahead, and not quiet."""
    return tuple(hour for hour in range(24) if quarters(day, hour, channel, now))


def quarters(day: date, hour: int, channel: Channel, now: datetime) -> tuple[datetime, ...]:
    """The quarters of an hour that are ahead, that the zone's clock has, and that are not quiet."""
    times = [_at(day, hour * 60 + minute, channel) for minute in QUARTERS]
    return tuple(at for at in times if at is not None and can_be(at, channel, now))


def can_be(at: datetime, channel: Channel, now: datetime) -> bool:
    """Whether a post could be meant for that moment."""
    return now < at <= now + FURTHEST and quiet_until(at, channel.rhythm, channel.time_zone) is None


def _at(day: date, minute: int, channel: Channel) -> datetime | None:
    """The moment, the first of two; None where the clock skips it."""
    place = ZoneInfo(channel.time_zone)
    at = instant(day, minute, place)
    local = at.astimezone(place)
    return at if (local.date(), local.hour * 60 + local.minute) == (day, minute) else None


def weekdays_short(language: str) -> Iterable[str]:
    """Heads of a month's columns, from Saturday on."""
    return (
        ("ش", "ی", "د", "س", "چ", "پ", "ج")
        if language == "fa"
        else ("Sa", "Su", "Mo", "Tu", "We", "Th", "Fr")
    )
