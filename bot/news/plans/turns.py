"""Which post of a queue goes before which: two posts exchange their times. Knows no database and no clock.

The times stay, only who has them changes, so spacing and slots hold as they did. A time that two posts
share can't say which of them goes first: those are not exchanged, and so every exchange is undone by the
opposite one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import Contradiction, Embargoed, NotMoved
from bot.news.model import Channel
from bot.news.plans.rhythm import quiet_until
from bot.news.plans.slots import coming_round, takes


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A waiting post's place in the queue: its time, and what binds it.

    `category` and `urgency` are its story's: a slot may ask for them.
    """

    id: int
    due_at: datetime
    embargoed_until: datetime | None = None
    category: str | None = None
    urgency: int = 5
    passes_quiet: bool = False


def in_order(queue: Sequence[Turn]) -> list[Turn]:
    """By time; those of one time by age."""
    return sorted(queue, key=lambda turn: (turn.due_at, turn.id))


def earlier(queue: Sequence[Turn], id: int, where: Channel) -> tuple[Turn, Turn]:
    """The post and the one before it with their times exchanged.

    Raises:
        NotMoved: it is the first, or shares its time; and all that `swapped` raises.
    """
    return _beside(queue, id, -1, where)


def later(queue: Sequence[Turn], id: int, where: Channel) -> tuple[Turn, Turn]:
    """The post and the one after it with their times exchanged; raises as `earlier`."""
    return _beside(queue, id, 1, where)


def _beside(queue: Sequence[Turn], id: int, step: int, where: Channel) -> tuple[Turn, Turn]:
    order = in_order(queue)
    place = next(number for number, turn in enumerate(order) if turn.id == id)
    if not 0 <= place + step < len(order):
        raise NotMoved("first" if step < 0 else "last")
    one, other = order[place], order[place + step]
    for turn in (one, other):
        if sum(each.due_at == turn.due_at for each in order) > 1:
            raise NotMoved("tied")
    return swapped(one, other, where)


def is_kept_quiet(at: datetime, where: Channel, *, passes_quiet: bool) -> bool:
    """Whether a post may not have that time because the channel is quiet then."""
    return not passes_quiet and quiet_until(at, where.rhythm, where.time_zone) is not None


def swapped(one: Turn, other: Turn, where: Channel) -> tuple[Turn, Turn]:
    """Both with their times exchanged.

    Raises:
        NotMoved: they have the same time, or one would be in quiet hours.
        Embargoed: one would go out too early.
        Contradiction: one would be in a slot that does not take its story.
    """
    if one.due_at == other.due_at:
        raise NotMoved("tied")
    exchanged = replace(one, due_at=other.due_at), replace(other, due_at=one.due_at)
    for turn in exchanged:
        if turn.embargoed_until is not None and turn.due_at < turn.embargoed_until:
            raise Embargoed(turn.embargoed_until)
        if is_kept_quiet(turn.due_at, where, passes_quiet=turn.passes_quiet):
            raise NotMoved("quiet")
        slot = coming_round(where.slots, turn.due_at, where.time_zone)
        if slot is not None and not takes(slot, category=turn.category, urgency=turn.urgency):
            raise Contradiction("other_story", (slot,))
    return exchanged
