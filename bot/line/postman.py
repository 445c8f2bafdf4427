"""Fetches the mail for as long as the bot runs, and tells of what keeps it away. Knows no update."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from bot.clock import Clock
from bot.errors import MonadiError, SendError, StorageError
from bot.line import ingest
from bot.loops import Complaints, pause

log = structlog.get_logger(__name__)

LONG_POLL = 25
"""Seconds that one `getUpdates` may wait."""
LONGEST_REST = 30.0
"""Seconds between two tries while there is no mail to be had."""
BEFORE_WORK = 0.3
"""Seconds that the desk leaves to the mail before each thing it does while Telegram has more: who waits
behind a flood is known only once it is read. On a slow line the desk works in between."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """Who is told that mail was brought, when it was last read to its end, and what keeps it away."""

    brought: Callable[[], object]
    heard: Callable[[datetime], object]
    trouble: Callable[[MonadiError], Awaitable[object]]


@dataclass(kw_only=True)
class Postman:
    """`pull` fetches once (waiting so many seconds) and tells how many came."""

    pull: Callable[[int], Awaitable[int]]
    clock: Clock
    told: Told
    _complaints: Complaints = field(default_factory=Complaints)
    _read: asyncio.Event = field(default_factory=asyncio.Event)  # all that waited at Telegram is here

    async def run(self, stop: asyncio.Event) -> None:
        """Fetch until `stop`."""
        wait, poll = 1.0, 0  # the first look does not wait: what came meanwhile helps to find lost posts
        while not stop.is_set():
            try:
                new = await self.pull(poll)
                if new:
                    self.told.brought()
                if new < ingest.FULL:
                    self._read.set()
                    self.told.heard(await self.clock())
                else:
                    self._read.clear()
                wait, poll = 1.0, LONG_POLL
            except Exception as error:  # noqa: BLE001 - whatever comes, there is mail behind it
                self._read.set()
                await self._say(error, wait)
                await pause(stop, wait)
                wait = min(wait * 2, LONGEST_REST)

    async def after_mail(self) -> None:
        """Wait until the mail is read, though not for long."""
        if not self._read.is_set():
            await pause(self._read, BEFORE_WORK)

    async def _say(self, error: Exception, again_in: float) -> None:
        is_new = self._complaints.is_new(type(error).__name__, str(error))
        if not isinstance(error, SendError | StorageError):
            if is_new:
                log.error("mail_failed", exc_info=error)
            return
        if is_new:
            log.warning("no_mail", why=str(error), again_in=again_in)
        await self.told.trouble(error)
