"""What is claimed and under way in a channel, and what is written down where we fail at it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.delivery.doubt import Settling
from bot.delivery.pacing import Pause
from bot.news.model import Post
from bot.news.talk import Change
from storage import Db
from storage.pauses import EVERYWHERE

NO_CHANNEL = 0
"""Stands for the channel of what is done in none."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """Something claimed that is to be done in a channel, and what is written down if we fail at it."""

    channel_id: int
    do: Callable[[], Awaitable[None]]
    fault: Settling


def turn(head: Post | Change) -> tuple[int, datetime]:
    """What goes first: the more urgent, then what is due longest."""
    return (head.urgency if isinstance(head, Post) else 5), head.due_at


async def keep(pauses: tuple[Pause, ...], db: Db, _now: datetime) -> None:
    """What Telegram asked us to wait is not forgotten at a restart."""
    for pause in pauses:
        await db.pauses.put(EVERYWHERE if pause.chat_id is None else pause.chat_id, pause.until)
