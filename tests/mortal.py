"""A process that can die at any moment between two of its effects. Knows no post.

The moments are those around every call to Telegram and every commit. At the drawn one the process stands
still, with all its tasks, and whoever drives it cancels them: nothing is settled, as after `kill -9`.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from typing import Any

from bot.simulator.request import SimulatorRequest
from bot.simulator.world import World
from storage import Db, Storage


class Life:
    """How many moments a process has left; None: it dies of nothing."""

    def __init__(self) -> None:
        self.left: int | None = None
        self.over = asyncio.Event()
        self.meanwhile: Callable[[], Awaitable[object]] | None = None  # what happens while Telegram is asked

    async def moment(self) -> None:
        if self.left is not None and not self.over.is_set():
            self.left -= 1
            if self.left < 0:
                self.over.set()
        if self.over.is_set():
            await asyncio.Event().wait()

    async def waits(self) -> None:
        """Telegram was asked, and has not answered yet."""
        happens, self.meanwhile = self.meanwhile, None
        if happens is not None:
            await happens()

    async def survives(self, doing: Awaitable[Any], spared: Collection[asyncio.Task[Any]] = ()) -> bool:
        """Do it, unless death comes first: then nothing goes on but who is spared, being no part of it."""
        mine = asyncio.current_task()
        work, death = asyncio.ensure_future(doing), asyncio.create_task(self.over.wait())
        await asyncio.wait([work, death], return_when=asyncio.FIRST_COMPLETED)
        if work.done():
            death.cancel()
            work.result()
            return True
        others = asyncio.all_tasks() - {mine, *spared}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        return False


class MortalStorage(Storage):
    """The storage as one process has it; the data outlives the process."""

    def __init__(self, lasting: Storage, life: Life) -> None:
        super().__init__(lasting._engine)
        self._life = life

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[Db]:
        async with super()._transaction() as db:
            yield db
            await self._life.moment()  # before the commit
        await self._life.moment()


class MortalRequest(SimulatorRequest):
    """The line to Telegram as one process has it."""

    def __init__(self, world: World, life: Life) -> None:
        super().__init__(world)
        self._life = life

    async def do_request(self, *args: Any, **more: Any) -> tuple[int, bytes]:
        await self._life.moment()
        try:
            return await super().do_request(*args, **more)
        finally:
            await self._life.waits()
            await self._life.moment()  # it was done, or was not: the answer is heard by nobody
