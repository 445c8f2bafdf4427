"""Writing down what has happened to a post: to the end, whatever stops or refuses. Knows no post."""

import asyncio
from dataclasses import dataclass, field

import structlog

from bot.clock import Clock
from bot.delivery.doubt import Settling
from bot.errors import StorageError
from bot.loops import Complaints
from storage import Storage

log = structlog.get_logger(__name__)

LAST_WORD = 1.0
"""Seconds that a stop waits for what is being written down."""
KEEP_TRYING = 1.0
"""Seconds between two tries to write down what has happened, when the database refuses."""


@dataclass(kw_only=True)
class Noting:
    """Writes into the database what is known of a post, in a transaction of its own."""

    storage: Storage
    clock: Clock
    _under_way: set[asyncio.Future[None]] = field(default_factory=set)

    async def down(self, settle: Settling) -> None:
        """Write down what has happened: not interrupted by a stop, and again until the database takes it."""
        writing = asyncio.ensure_future(self._write(settle))
        self._under_way.add(writing)
        writing.add_done_callback(self._under_way.discard)
        await asyncio.shield(writing)

    async def last_words(self) -> None:
        """Wait a little for what is being written down."""
        if self._under_way:
            await asyncio.wait(list(self._under_way), timeout=LAST_WORD)

    async def _write(self, settle: Settling) -> None:
        complaints = Complaints()
        while True:
            now = await self.clock()
            try:
                async with self.storage.begin() as db:
                    await settle(db, now)
            except StorageError as error:
                if complaints.is_new(str(error)):
                    log.error("not_written", why=str(error))  # noqa: TRY400 - the fault is the database's
                await asyncio.sleep(KEEP_TRYING)
            else:
                return
