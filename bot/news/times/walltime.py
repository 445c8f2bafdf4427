"""Wall time made an instant, in zones whose clocks skip hours and have some twice. Knows no week."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def instant(day: date, minute: int, zone: ZoneInfo, *, fold: int = 0) -> datetime:
    """The UTC instant at a minute of a day: the end of the gap for one that is skipped.

    Of two it is the first, or with `fold` 1 the second.
    """
    wall = datetime.combine(day, time(minute // 60, minute % 60, fold=fold), tzinfo=zone)
    at = wall.astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return at
    return _transition(wall.replace(fold=1).astimezone(UTC), wall.replace(fold=0).astimezone(UTC), zone)


def same_hour(at: datetime, old: str, new: str) -> datetime:
    """The instant at which a clock of the zone `new` shows what one of `old` shows at `at`, to the second."""
    wall = at.astimezone(ZoneInfo(old))
    within = wall - wall.replace(second=0, microsecond=0)
    return instant(wall.date(), wall.hour * 60 + wall.minute, ZoneInfo(new)) + within


def _transition(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first second of the new offset; both ends are of a skipped wall time, read with either offset."""
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after
