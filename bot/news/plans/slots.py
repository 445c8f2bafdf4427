"""A channel's weekly slots: how they are shown, when they come round, and which one is free. Knows no queue.

A slot in an hour that the zone's clock skips comes round at the end of the gap; in an hour that comes twice,
the first time only.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.errors import NoFreeSlot
from bot.news.model import Slot
from bot.news.plans.rhythm import FURTHEST, Taken, fits
from bot.news.quiet import ANY_TIME, DAY, WEEK, Quiet, Rhythm
from bot.news.times.calendar import WEEKDAYS, persian_digits, show_minute
from bot.news.times.time_words import fold
from bot.news.times.walltime import instant

_AND = {"fa": ("، ", " و "), "en": (", ", " and ")}
_TO = {"fa": " تا ", "en": " to "}
_KINDS = {"fa": ("دسته", "فوریت"), "en": ("category", "urgency")}
_A_DAY = timedelta(days=1)
_EVERY_DAY = {"fa": "هر روز", "en": "every day"}


def show(slots: Collection[Slot], language: str = "fa") -> str:
    """A line for the days that have the same hours: «شنبه تا چهارشنبه: ۰۸:۰۰، ۱۲:۳۰ و ۱۸:۰۰».

    Slots of a kind have lines of their own: «جمعه: ۱۰:۰۰، دسته: ورزش، فوریت ۲».
    """
    tongue = "fa" if language == "fa" else "en"
    kinds: dict[tuple[int | None, str | None], list[Slot]] = {}
    for slot in slots:
        kinds.setdefault((slot.urgency, slot.category), []).append(slot)
    return "\n".join(
        _AND[tongue][0].join(filter(None, [line, show_kind(kinds[kind][0], tongue)]))
        for kind in sorted(kinds, key=lambda kind: (kind[0] or 0, kind[1] or ""))
        for line in _show_alike(kinds[kind], tongue)
    )


def show_kind(slot: Slot, language: str = "fa") -> str:
    """What a slot of a kind asks of stories: «فوریت ۲، دسته: ورزش»; else nothing."""
    tongue = "fa" if language == "fa" else "en"
    category, urgency = _KINDS[tongue]
    number = f"{urgency} {slot.urgency}" if slot.urgency is not None else ""
    number = persian_digits(number) if tongue == "fa" else number
    named = f"{category}: {slot.category}" if slot.category else ""
    return _AND[tongue][0].join(filter(None, [number, named]))


def _show_alike(slots: Collection[Slot], language: str) -> list[str]:
    hours: dict[int, set[int]] = {}
    for slot in slots:
        hours.setdefault(_place(slot.weekday), set()).add(slot.minute)
    days: dict[tuple[int, ...], list[int]] = {}
    for place in sorted(hours):
        days.setdefault(tuple(sorted(hours[place])), []).append(place)
    return [
        f"{_show_days(places, language)}: {_show_hours(minutes, language)}"
        for minutes, places in days.items()
    ]


def show_quiet(quiet: Quiet, language: str = "fa") -> str:
    """«هر روز: ۲۳:۰۰ تا ۰۷:۰۰»."""
    tongue = "fa" if language == "fa" else "en"
    start, end = _show_hours((quiet.start,), tongue), _show_hours((quiet.end or DAY,), tongue)
    return f"{show_days(quiet.weekdays, tongue)}: {start}{_TO[tongue]}{end}"


def show_days(weekdays: Iterable[int], language: str = "fa") -> str:
    """«شنبه تا چهارشنبه», «پنجشنبه و جمعه», «هر روز»."""
    return _show_days(sorted(map(_place, weekdays)), "fa" if language == "fa" else "en")


def open_to(slots: Iterable[Slot], *, category: str | None, urgency: int) -> tuple[Slot, ...]:
    """The slots that take a story of that category and urgency; those of no kind take every one."""
    return tuple(slot for slot in slots if takes(slot, category=category, urgency=urgency))


def takes(slot: Slot, *, category: str | None, urgency: int) -> bool:
    """Whether a story of that category and urgency may have the slot."""
    of_category = slot.category is None or folded(slot.category) == folded(category or "")
    return of_category and (slot.urgency is None or urgency <= slot.urgency)


def folded(category: str) -> str:
    """A category without what makes no difference: case, blanks, ZWNJ, Arabic ي and ك."""
    return "".join(fold(category).casefold().replace("\u200c", "").split())


def resting(slots: Iterable[Slot], rhythm: Rhythm) -> tuple[Slot, ...]:
    """The slots in quiet hours."""
    week = rhythm.quiet_minutes
    return tuple(slot for slot in slots if week[slot.weekday * DAY + slot.minute])


def woken(slots: Iterable[Slot], rhythm: Rhythm) -> tuple[Slot, ...]:
    """The slots with those in quiet hours moved to their end; two that meet there are one."""
    quiet, moved = rhythm.quiet_minutes, []
    if all(quiet):
        return tuple(slots)
    for slot in slots:
        at = _minute_of_week(slot)
        while quiet[at]:
            at = (at + 1) % WEEK
        moved.append(replace(slot, weekday=at // DAY, minute=at % DAY))
    return tuple(dict.fromkeys(moved))


def awake(weekdays: Iterable[int], rhythm: Rhythm) -> tuple[int, ...]:
    """The quarters of an hour, as minutes since midnight, that are quiet on none of those days."""
    week, days = rhythm.quiet_minutes, tuple(weekdays)
    return tuple(minute for minute in range(0, DAY, 15) if not any(week[day * DAY + minute] for day in days))


def too_near(slots: Iterable[Slot], spacing: int) -> tuple[Slot, Slot] | None:
    """Two slots that follow each other in fewer than `spacing` minutes, so only one could be used."""
    ordered = sorted(slots, key=_minute_of_week)
    for one, two in zip(ordered, ordered[1:] + ordered[:1], strict=True):
        if 0 < (_minute_of_week(two) - _minute_of_week(one)) % WEEK < spacing:
            return one, two
    return None


def _minute_of_week(slot: Slot) -> int:
    return slot.weekday * DAY + slot.minute


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
    midnight = _midnight(day, place)
    while True:
        next_midnight = _midnight(day + _A_DAY, place)
        minutes = by_weekday.get(day.weekday(), ())
        if next_midnight - midnight == _A_DAY:  # almost every day, and ten times as fast
            times = [midnight + timedelta(minutes=minute) for minute in minutes]
        else:
            times = [instant(day, minute, place) for minute in minutes]
        for at in times:
            if at > last:  # two slots in one gap come round once
                yield at
                last = at
        day, midnight = day + _A_DAY, next_midnight


def coming_round(slots: Iterable[Slot], at: datetime, zone: str) -> Slot | None:
    """The slot that comes round at that instant, if one does."""
    place = ZoneInfo(zone)
    day = at.astimezone(place).date()
    there = (slot for slot in slots if slot.weekday == day.weekday())
    return next((slot for slot in there if instant(day, slot.minute, place) == at), None)


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


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def _place(weekday: int) -> int:
    """A weekday's place in the Persian week, which begins on Saturday."""
    return (weekday + 2) % 7


def _show_hours(minutes: tuple[int, ...], language: str) -> str:
    return _list([show_minute(minute, language) for minute in minutes], language)


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
