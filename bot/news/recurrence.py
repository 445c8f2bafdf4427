"""What comes round by itself, a story or a channel's digest, and which time is next. Knows no queue."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice, takewhile

from bot.news.model import Slot
from bot.news.slots import occurrences


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
