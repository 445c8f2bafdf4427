"""How many are in each channel, asked of Telegram once a day, and where the channel is talked about.

Two calls for each channel and day (`getChatMemberCount`, `getChat`). Knows no reader.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from telegram import Bot

from bot.clock import Clock
from bot.errors import Flooded, SendError, Unreachable
from bot.line import calls
from bot.news.model import Channel
from storage import Storage

log = structlog.get_logger(__name__)

AFTER_START = timedelta(minutes=15)
"""So long after a start nobody is asked: a process that starts again and again asks nothing."""
AGAIN = timedelta(minutes=5)
"""How long nobody is asked where Telegram is away, or has asked for patience: feeds are read meanwhile."""
EACH = timedelta(hours=1)
"""How often it is looked whether a channel's day has begun, or one has failed before."""


@dataclass
class Census:
    """Asks for one channel at a time. A day that was asked for is in the database: a restart asks no more."""

    bot: Bot
    storage: Storage
    clock: Clock
    _next_at: datetime | None = None
    _failed: set[int] = field(default_factory=set)  # in this round

    async def look(self) -> bool | datetime:
        """Count one channel that was not counted today; else when to look again."""
        now = await self.clock()
        if self._next_at is None:
            self._next_at = now + AFTER_START
        if now < self._next_at <= now + EACH:
            return self._next_at
        channel = await self._uncounted(now)
        if channel is None:
            self._next_at = now + EACH
            self._failed.clear()
            return self._next_at
        try:
            await self._count(channel, now)
        except (Flooded, Unreachable):
            self._next_at = now + AGAIN
            return self._next_at
        return True

    async def _uncounted(self, now: datetime) -> Channel | None:
        async with self.storage.begin() as db:
            for channel in await db.channels.all():
                if channel.connected and channel.id not in self._failed:
                    day = _day(channel, now)
                    if not await db.numbers.members_between(channel.id, day, day):
                        return channel
        return None

    async def _count(self, channel: Channel, now: datetime) -> None:
        here = {"chat_id": channel.id}
        try:
            members = await calls.call(self.bot, "getChatMemberCount", here)
            told = await calls.call(self.bot, "getChat", here)
        except (Flooded, Unreachable):
            raise
        except SendError as error:
            log.info("members_not_counted", channel_id=channel.id, why=error.description)
            members = told = None
        if not isinstance(members, int) or not isinstance(told, dict):
            self._failed.add(channel.id)
            return
        group = told.get("linked_chat_id")
        async with self.storage.begin() as db:
            await db.numbers.members(channel.id, _day(channel, now), members)
            if isinstance(group, int):
                await db.numbers.discussed(group, channel.id)


def _day(channel: Channel, now: datetime) -> str:
    return now.astimezone(ZoneInfo(channel.time_zone)).date().isoformat()
