"""How a channel's queue makes room for what can't wait, as a pure function. Knows no post, only times."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.errors import NoFreeSlot
from bot.news.plans.rhythm import Taken, first_place
from bot.news.quiet import Rhythm


def pushed_back(
    queue: Sequence[datetime], at: datetime, others: Iterable[datetime], rhythm: Rhythm, zone: str
) -> tuple[datetime, ...]:
    """The times of a queue (in order) once something else goes out at `at`: in the same order.

    `others` are the channel's posts that stay where they are, sent ones among them: they count for the
    spacing and the limits. None of the queue comes earlier than it was, and none moves but for that one's
    sake: what a person has put nearer than the rhythm asks stays so. Where the rhythm has no room for one, it
    keeps its time.
    """
    stay = tuple(others)
    before, after = Taken(stay, zone), Taken((at, *stay), zone)
    last, times = at, list[datetime]()
    for due_at in queue:
        later = due_at
        if due_at < last or _is_crowded(due_at, before, after, rhythm):
            later = _next_place(max(due_at, last), after, rhythm, zone) or due_at
        times.append(later)
        before.add(due_at)
        after.add(later)
        last = max(last, later)
    return tuple(times)


def _is_crowded(due_at: datetime, before: Taken, after: Taken, rhythm: Rhythm) -> bool:
    """Whether the rhythm speaks against a time that it did not speak against before."""
    spacing = timedelta(minutes=rhythm.spacing)
    if not set(after.within(due_at, spacing)) <= set(before.within(due_at, spacing)):
        return True
    hour, day = after.in_hour(due_at), after.on_day(due_at)
    return (rhythm.per_hour is not None and hour >= rhythm.per_hour and hour > before.in_hour(due_at)) or (
        rhythm.per_day is not None and day >= rhythm.per_day and day > before.on_day(due_at)
    )


def _next_place(at: datetime, taken: Taken, rhythm: Rhythm, zone: str) -> datetime | None:
    try:
        return first_place(at, taken, rhythm, zone)
    except NoFreeSlot:
        return None
