"""All who have no business here, and all that is no proper mail: strangers, chatter, forged presses, odd updates. Knows no bot."""

import asyncio
from collections.abc import Callable
from random import Random
from typing import Any

from bot.simulator.beginning import DESK
from bot.simulator.world import World
from tests.hostile.staff import forged
from tests.hostile.world import EDITOR, REPORTERS
from tests.line.test_strange_updates import ODD, USUAL

STRANGERS = range(9_000, 9_030)
FLOOD, CHATTER, PARTS = 1_000, 1_000, 2_550
"""Messages that come at once: of one stranger, of the desk's group, of a paste of ten megabytes."""
PART = ("شهرداری سپیدکوه روز شنبه از ورود بیست اتوبوس برقی خبر داد. " * 70)[:4090]


class Crowd:
    def __init__(self, world: World, seed: int) -> None:
        self.world, self.lot = world, Random(f"crowd {seed}")
        self._number = 100_000
        for person_id in STRANGERS:
            world.arrive(person_id)

    def says(self, person_id: int, chat_id: int, text: str) -> None:
        """An update that leaves nothing in the chat, so that only the bot's memory grows."""
        self._number += 1
        message = {
            "message_id": self._number,
            "date": self.world.clock.unix(),
            "chat": self.world.chats[chat_id].brief(),
            "from": self.world.user(person_id),
            "text": text,
        }
        self.world.updates.queue("message", message)

    def presses(self, person_id: int, data: str) -> None:
        self._number += 1
        press = {
            "id": str(self._number),
            "from": self.world.user(person_id),
            "chat_instance": "1",
            "data": data,
        }
        self.world.updates.queue("callback_query", press)

    def sends_something_odd(self) -> None:
        """An update as Telegram may never send it: one of the usual ones with something wrong in its place."""
        [(kind, body)] = self.lot.choice(USUAL).items()
        self.world.updates.queue(kind, _spoiled(body, self.lot))

    async def streams(self, over: Callable[[], bool]) -> None:
        """All the time a little of everything."""
        lot = self.lot
        while not over():
            await asyncio.sleep(lot.uniform(0.1, 0.5))
            does = lot.random()
            if does < 0.4:
                self.says(EDITOR, DESK, "گپ در گروه میز")
            elif does < 0.6:
                self.says(lot.choice(STRANGERS), lot.choice(STRANGERS), "سلام! کسی هست؟")
            elif does < 0.85:
                self.presses(lot.choice(STRANGERS), forged(lot))
            else:
                self.sends_something_odd()

    async def floods(self, at: tuple[float, float, float]) -> None:
        """At their times: a stranger's flood, the group's chatter, a paste of ten megabytes."""
        stranger, chatter, paste = at
        await asyncio.sleep(stranger)
        for number in range(FLOOD):
            self.says(STRANGERS[0], STRANGERS[0], f"سلام {number}")
        await asyncio.sleep(chatter - stranger)
        for number in range(CHATTER):
            self.says(EDITOR, DESK, f"گپ {number}")
        await asyncio.sleep(paste - chatter)
        for _ in range(PARTS):
            self.says(REPORTERS[2], REPORTERS[2], PART)


def _spoiled(body: Any, lot: Random) -> Any:
    """The same with one of its values, however deep, put wrong."""
    if not isinstance(body, dict) or not body or lot.random() < 0.2:
        return lot.choice([odd for odd in ODD if odd == odd])
    name = lot.choice(list(body))
    return {**body, name: _spoiled(body[name], lot)}
