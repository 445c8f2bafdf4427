"""A newsroom whose process is killed again and again, in the midst of what its people have begun. Knows no story.

Each doing of a person is followed by the bot until it dies at a drawn moment (`tests.mortal`); then another process
takes up what the database holds. People notice nothing but that they wait.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from random import Random
from typing import Any

import pytest
from pydantic import SecretStr

from bot import demo
from bot.app import Newsroom
from bot.config import FixedSettings, TelegramSettings
from bot.demo.newsroom import OURS, STAFF, TOKEN, UNHURRIED
from bot.line.wire import telegram_bot
from bot.simulator.world import World
from storage import Storage
from tests.at_once import without_threads
from tests.mortal import Life, MortalRequest, MortalStorage
from tests.newsroom import IN_MEMORY, NOON, House, Person
from tests.prepared import with_tables

LONGEST = 24
"""Moments (calls, commits) of which one is drawn; after a press there are seldom more."""


class DyingHouse(House):
    """A house in which every doing of a person meets a death of the process."""

    def __init__(self, world: World, lasting: Storage, seed: int) -> None:
        self.lasting = lasting
        self.deaths = 0
        self.drawn = Random(seed)  # noqa: S311: no secret
        self.life = Life()
        self.waiting: set[asyncio.Task[Any]] = set()
        super().__init__(world, None)  # type: ignore[arg-type]

    def anyone(self, person_id: int) -> "Waiting":
        """Somebody at their telephone, staff or not."""
        return Waiting(self, person_id)

    async def rises(self) -> None:
        """A new process over what the last one left."""
        self.life = Life()
        settings = FixedSettings(
            database=IN_MEMORY,
            staff=STAFF,
            telegram=TelegramSettings(token=SecretStr(TOKEN)),
            pacing=UNHURRIED,
            desk=OURS,
        )
        requests = (MortalRequest(self.world, self.life), MortalRequest(self.world, self.life))
        bot = telegram_bot(settings, request=requests[0], polling=requests[1])
        storage = MortalStorage(self.lasting, self.life)
        self.newsroom = await Newsroom.open(settings, bot=bot, clock=self.now, storage=storage)
        await self.newsroom.greet()

    async def now(self) -> Any:
        return self.world.clock.now()

    async def settles(self) -> None:
        self.life.left = self.drawn.randrange(LONGEST)
        if not await self.life.survives(demo.settle(self.world, self.newsroom), self.waiting):
            self.deaths += 1
            await self.rises()
            await demo.settle(self.world, self.newsroom)
        self.life.left = None


class Waiting(Person):
    """Someone whose press is answered by another process than the one that heard it, or by none."""

    house: DyingHouse

    def has_heard(self, words: str) -> bool:
        """Whether any message of the chat says so: whatever came since, and how often."""
        return any(words in _words(one) for one in self.reads())

    def shows(self, beginning: str) -> dict[str, Any]:
        """The newest message that begins so."""
        return next(one for one in reversed(self.reads()) if _words(one).startswith(beginning))

    async def _pushes(self, label: str, **more: Any) -> str:
        pressing = asyncio.create_task(self.phone.press(label, **more))
        self.house.waiting.add(pressing)
        await asyncio.sleep(0)
        await self.house.settles()
        await asyncio.sleep(0)
        self.house.waiting.discard(pressing)
        if not pressing.done():  # its answer died with the process: an app gives up after a while
            pressing.cancel()
            return ""
        return str((pressing.result() or {}).get("text") or "")


def _words(message: dict[str, Any]) -> str:
    return str(message.get("text") or message.get("caption") or "")


@contextlib.asynccontextmanager
async def dying_newsroom(seed: int, world: World | None = None) -> AsyncIterator[DyingHouse]:
    """The newsroom in a world, with its data in memory that outlives the processes."""
    world = world or World(frozen=True, now=NOON)
    with pytest.MonkeyPatch.context() as patch:
        without_threads(patch)
        with_tables(patch)
        lasting = await Storage.open(IN_MEMORY)
        house = DyingHouse(world, lasting, seed)
        await house.rises()
        await demo.settle(world, house.newsroom)
        yield house
        await lasting.close()
