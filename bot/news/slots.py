"""A channel's weekly slots: how they are shown, when they come round, and which one is free. Knows no queue.

A slot in an hour that the zone's clock skips comes round at the end of the gap; in an hour that comes twice,
the first time only.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.errors import NoFreeSlot
from bot.news.calendar import WEEKDAYS, persian_digits
from bot.news.model import Slot
from bot.news.quiet import ANY_TIME, Rhythm
from bot.news.rhythm import FURTHEST, Taken, fits
from bot.news.walltime import instant

_AND = {"fa": ("، ", " و "), "en": (", ", " and ")}
_TO = {"fa": " تا ", "en": " to "}
_EVERY_DAY = {"fa": "هر روز", "en": "every day"}


def show(slots: Collection[Slot], language: str = "fa") -> str:
    """A line for the days that have the same hours: «شنبه تا چهارشنبه: ۰۸:۰۰، ۱۲:۳۰ و ۱۸:۰۰»."""
    tongue = "fa" if language == "fa" else "en"
    hours: dict[int, set[int]] = {}
    for slot in slots:
        hours.setdefault(_place(slot.weekday), set()).add(slot.minute)
    days: dict[tuple[int, ...], list[int]] = {}
    for place in sorted(hours):
        days.setdefault(tuple(sorted(hours[place])), []).append(place)
    lines = [
        f"{_show_days(places, tongue)}: {_show_hours(minutes, tongue)}" for minutes, places in days.items()
    ]
    return "\n".join(lines)


def occurrences(slots: Collection[Slot], after: datetime, zone: str) -> Iterator[datetime]:
    """When the slots come round, strictly after an instant: rising, UTC, endless if there are slots."""
    by_weekday: dict[int, list[int]] = {}
    for weekday, minute in sorted({(slot.weekday, slot.minute) for slot in slots}):
        by_weekday.setdefault(weekday, []).append(minute)
    if not by_weekday:
        return
    place = ZoneInfo(zone)
    last = after.astimezone(UTC)
    day = after.astimezone(place).date()
    while True:
        for at in _on_day(day, by_weekday.get(day.weekday(), ()), place):
            if at > last:  # two slots in one gap come round once
                yield at
                last = at
        day += timedelta(days=1)


def next_free(
    slots: Collection[Slot],
    taken: Iterable[datetime],
    now: datetime,
    zone: str,
    *,
    not_before: datetime | None = None,
    rhythm: Rhythm = ANY_TIME,
) -> datetime:
    """The first occurrence after `now`, and not before `not_before`, that is free and fits the rhythm.

    Raises:
        NoFreeSlot: there are no slots, or none fits within two years after the last post.
    """
    used = Taken(taken, zone)
    after = now if not_before is None else max(now, not_before - timedelta(microseconds=1))
    for at in occurrences(slots, after, zone):
        if at not in used and fits(at, used, rhythm, zone):
            return at
        if at - max(after, used.last or after) > FURTHEST:
            break
    raise NoFreeSlot


def _on_day(day: date, minutes: Iterable[int], zone: ZoneInfo) -> list[datetime]:
    """The instants at those minutes of a day."""
    midnight, next_midnight = (
        datetime.combine(day + timedelta(days=n), time(), tzinfo=zone).astimezone(UTC) for n in (0, 1)
    )
    if next_midnight - midnight == timedelta(days=1):  # almost every day, and ten times as fast
        return [midnight + timedelta(minutes=minute) for minute in minutes]
    return [instant(day, minute, zone) for minute in minutes]


def _place(weekday: int) -> int:
    """A weekday's place in the Persian week, which begins on Saturday."""
    return (weekday + 2) % 7


def _show_hours(minutes: tuple[int, ...], language: str) -> str:
    shown = [f"{minute // 60:02}:{minute % 60:02}" for minute in minutes]
    return _list([persian_digits(hour) for hour in shown] if language == "fa" else shown, language)


def _show_days(places: list[int], language: str) -> str:
    """Three days or more in a row as «شنبه تا دوشنبه», else one by one."""
    if len(places) == 7:
        return _EVERY_DAY[language]
    shown: list[str] = []
    for _, group in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0]):
        run = [WEEKDAYS[language][(place + 5) % 7] for _, place in group]
        shown += [f"{run[0]}{_TO[language]}{run[-1]}"] if len(run) > 2 else run
    return _list(shown, language)


def _list(items: list[str], language: str) -> str:
    comma, last = _AND[language]
    return last.join([comma.join(items[:-1]), items[-1]] if len(items) > 1 else items)
