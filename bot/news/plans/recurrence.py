"""What comes round by itself, a story or a channel's digest, and which time is next. Knows no queue."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice, takewhile
from typing import Any
from zoneinfo import ZoneInfo

from bot.news.model import Slot
from bot.news.plans.slots import occurrences
from bot.news.times.walltime import same_hour

_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True)
class Recurrence:
    """A story that comes back every week; its posts are made one ahead."""

    id: int
    article_id: int
    channel_id: int
    times: tuple[Slot, ...]
    until: datetime | None  # no occurrence after it
    planned_until: datetime  # up to here its occurrences have been made or skipped
    ended: bool
    asked_by: int


@dataclass(frozen=True, kw_only=True)
class Digest:
    """A channel's digest: when it comes, and up to where the last one told."""

    channel_id: int
    times: tuple[Slot, ...]
    told_until: datetime
    asked_by: int
    changed_at: datetime  # its times, by a person


@dataclass(frozen=True, kw_only=True)
class Upcoming:
    """What is next: the occurrence to make (None: there is none any more), and those that are left out."""

    at: datetime | None
    skipped: tuple[datetime, ...] = ()


def next_one(plan: Recurrence, now: datetime, zone: str, lateness: timedelta) -> Upcoming:
    """The occurrence that is to be made next.

    Of those that were missed only the last is made up for, and only while it is not more than `lateness`
    late: readers want no burst of the same.
    """
    missed = _missed(plan.times, plan.planned_until, now, zone, plan.until)
    if missed and now - missed[-1] <= lateness:
        return Upcoming(at=missed[-1], skipped=missed[:-1])
    ahead = coming(plan, max(now, plan.planned_until), zone, 1)
    return Upcoming(at=ahead[0] if ahead else None, skipped=missed)


def coming(plan: Recurrence, after: datetime, zone: str, count: int) -> tuple[datetime, ...]:
    """The next `count` occurrences strictly after an instant; fewer where the end comes first."""
    first = islice(occurrences(plan.times, after, zone), count)
    return tuple(takewhile(lambda at: plan.until is None or at <= plan.until, first))


def rezoned(plan: Recurrence, old: str, new: str, now: datetime, *, keep_hour: bool) -> Recurrence:
    """What comes back, on the clock of another zone: at the same hours there, or at the same instants.

    Zones differ by other amounts in summer: what the next occurrence of each time differs by is what counts.
    """
    if keep_hour:
        planned = same_hour(plan.planned_until, old, new)
        if plan.planned_until > now:  # a turn whose hour is over on the new clock is not made up for
            planned = max(planned, now)
        return replace(plan, planned_until=planned, until=plan.until and same_hour(plan.until, old, new))
    begin = max(now, plan.planned_until - _MOMENT)
    times = {_on_clock(next(occurrences((time,), begin, old)), new) for time in plan.times}
    return replace(plan, times=tuple(sorted(times, key=lambda time: (time.weekday, time.minute))))


def _on_clock(at: datetime, zone: str) -> Slot:
    wall = at.astimezone(ZoneInfo(zone))
    return Slot(weekday=wall.weekday(), minute=wall.hour * 60 + wall.minute)


def to_json(plan: Recurrence) -> dict[str, Any]:
    """What of it can change, as JSON to undo by."""
    return {
        "times": times_to_json(plan.times),
        "until": plan.until.isoformat() if plan.until else None,
        "planned_until": plan.planned_until.isoformat(),
        "ended": plan.ended,
    }


def from_json(plan: Recurrence, stored: dict[str, Any]) -> Recurrence:
    """It as it was when `to_json` wrote that."""
    return replace(
        plan,
        times=times_from_json(stored["times"]),
        until=datetime.fromisoformat(stored["until"]) if stored["until"] else None,
        planned_until=datetime.fromisoformat(stored["planned_until"]),
        ended=stored["ended"],
    )


def times_to_json(times: tuple[Slot, ...]) -> list[list[int]]:
    """Weekly times as [[weekday, minute], …]."""
    return [[time.weekday, time.minute] for time in times]


def times_from_json(stored: list[list[int]]) -> tuple[Slot, ...]:
    """What `times_to_json` wrote."""
    return tuple(Slot(weekday=weekday, minute=minute) for weekday, minute in stored)


def digest_due(digest: Digest, now: datetime, zone: str, lateness: timedelta) -> datetime | None:
    """The time of the digest that is to be made now; None: none is.

    One that was missed by more than `lateness` is none: the next one tells all of it.
    """
    missed = _missed(digest.times, max(digest.told_until, digest.changed_at), now, zone, None)
    return missed[-1] if missed and now - missed[-1] <= lateness else None


def _missed(
    times: tuple[Slot, ...], after: datetime, now: datetime, zone: str, until: datetime | None
) -> tuple[datetime, ...]:
    """The occurrences after one instant and up to another."""
    last = now if until is None else min(now, until)
    return tuple(takewhile(lambda at: at <= last, occurrences(times, after, zone)))
