"""How a channel's queue makes room for what can't wait, as a pure function. Knows no post, only times."""

from collections.abc import Sequence
from datetime import datetime

from bot.errors import NoFreeSlot
from bot.news.quiet import Rhythm
from bot.news.rhythm import Taken, first_place


def pushed_back(queue: Sequence[datetime], at: datetime, rhythm: Rhythm, zone: str) -> tuple[datetime, ...]:
    """The times of a queue (in order) once something else goes out at `at`: spaced, in the same order.

    None comes earlier than it was. From the first one that needn't move on, all keep their times; so they do
    where the rhythm has no room.
    """
    taken, last, times = Taken((at,), zone), at, list[datetime]()
    for place, due_at in enumerate(queue):
        try:
            later = first_place(max(due_at, last), taken, rhythm, zone)
        except NoFreeSlot:
            later = due_at
        if later == due_at:
            return (*times, *queue[place:])
        times.append(later)
        taken.add(later)
        last = later
    return tuple(times)
