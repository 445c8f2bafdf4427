"""What a person decides about all posts at once that are held for being late, and the way back."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from bot.desk.logbook import change_of, note
from bot.desk.order import part_of, put_back, require_as_left
from bot.desk.schedule import Schedule
from bot.errors import NoFreeSlot, NotFound
from bot.news.model import Post


class Then(StrEnum):
    """What becomes of them."""

    NOW = "now"
    SLOTS = "slots"
    DROP = "drop"


@dataclass(frozen=True, kw_only=True)
class Decided:
    """The posts as they stand now, and the log's entry to undo by."""

    posts: tuple[Post, ...]
    entry_id: int


async def decide(schedule: Schedule, late: Sequence[Post], then: Then) -> Decided:
    """Do the same with all of them; what finds no slot stays held."""
    done, log = [], []
    for post in late:
        with suppress(NoFreeSlot):
            match then:
                case Then.NOW:
                    after = await schedule.move_to_now(post.id)
                case Then.SLOTS:
                    after = await schedule.move_to_slot(post.id)
                case Then.DROP:
                    after = await schedule.cancel(post.id)
            done.append(after)
            log.append(change_of(post, after))
    entry_id = await note(schedule.desk, "decide_late", then=then, posts=log)
    return Decided(posts=tuple(done), entry_id=entry_id)


async def undo(schedule: Schedule, entry_id: int) -> tuple[Post, ...]:
    """Hold all of them again, as they were held before.

    Raises:
        NotFound: it is no such decision.
        WrongState, NotMoved: one has gone out or was changed since: then nothing is undone.
    """
    entry = await schedule.db.audit.get(entry_id)
    if entry is None or entry.verb != "decide_late":
        raise NotFound("change")
    parts = [await part_of(schedule, about["post"], about) for about in (entry.detail or {})["posts"]]
    for part in parts:
        await require_as_left(schedule, part)
    for part in parts:
        await put_back(schedule, part)
        await schedule.db.cards.touch(part.post.article_id)
    await note(schedule.desk, "undo_decide_late", undid=entry_id)
    return tuple(part.post for part in parts)
