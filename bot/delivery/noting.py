"""Writing down what has happened to posts: to the end, whatever stops or refuses. Knows no post."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import structlog

from bot.booking import book
from bot.clock import Clock
from bot.delivery.doubt import Settling
from bot.errors import StorageError
from bot.loops import Complaints
from storage import Db, Storage

log = structlog.get_logger(__name__)

LAST_WORD = 1.0
"""Seconds that a stop waits for what is being written down."""
KEEP_TRYING = 1.0
"""Seconds between two tries to write down what has happened, when the database refuses."""


@dataclass(frozen=True, kw_only=True)
class _Waiting:
    settle: Settling
    written: asyncio.Future[None]

    def end(self, fault: Exception | None) -> None:
        if self.written.done():  # nobody waits for it any more
            return
        if fault is None:
            self.written.set_result(None)
        else:
            self.written.set_exception(fault)


@dataclass(kw_only=True)
class Noting:
    """Writes into the database what is known of posts: what comes while a commit is under way, together.

    Twenty answers that arrive at the same time wait for the disk once or twice, not twenty times.
    """

    storage: Storage
    clock: Clock
    _waiting: list[_Waiting] = field(default_factory=list)
    _writing: asyncio.Task[None] | None = None

    async def down(self, settle: Settling) -> None:
        """Write down what has happened: not interrupted by a stop, and again until the database takes it."""
        one = _Waiting(settle=settle, written=asyncio.get_running_loop().create_future())
        self._waiting.append(one)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        await asyncio.shield(one.written)

    async def last_words(self) -> None:
        """Wait a little for what is being written down."""
        if self._writing is not None:
            await asyncio.wait([self._writing], timeout=LAST_WORD)

    async def _write(self) -> None:
        """All that waits, and what comes meanwhile."""
        complaints = Complaints()
        while self._waiting:
            together, self._waiting = self._waiting, []
            for one, fault in zip(together, await self._faults(together), strict=True):
                if not isinstance(fault, StorageError):
                    one.end(fault)
                    continue
                self._waiting.append(one)
                if complaints.is_new(str(fault)):
                    log.error("not_written", why=str(fault))
            if any(one in self._waiting for one in together):
                await asyncio.sleep(KEEP_TRYING)

    async def _faults(self, together: list[_Waiting]) -> Sequence[Exception | None]:
        try:
            now = await self.clock()
            return await book(self.storage, [partial(_settled, one.settle, now) for one in together])
        except Exception as fault:  # noqa: BLE001 - for whoever waits for it
            return [fault] * len(together)


async def _settled(settle: Settling, now: datetime, db: Db) -> None:
    await settle(db, now)
