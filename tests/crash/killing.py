"""When to kill: at moments drawn by lot, and at moments that chance would seldom meet. Knows no story."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random

from bot.simulator.faults import Fault
from tests.crash.ledger import Ledger
from tests.crash.process import Bot
from tests.crash.world import CHANGES, LOOKS_BACK, SENDS, Call, Scene

PATIENCE = 6.0
"""Seconds that a moment is waited for; if it does not come, the bot dies all the same."""


@dataclass(frozen=True, kw_only=True)
class Hunt:
    """A bot that is to be killed, and what there is to see of it. Timers and polling are this tool's nature."""

    bot: Bot
    scene: Scene
    ledger: Ledger
    lot: Random
    start_takes: float

    async def kill(self) -> None:
        """Kill it, at a moment of a kind drawn by lot."""
        aim = self.lot.choice(AIMS)
        try:
            async with asyncio.timeout(self.start_takes + PATIENCE):
                await aim(self)
        except TimeoutError:
            pass
        self.scene.weather.watch = lambda _: None
        self.bot.kill()

    async def on(
        self,
        wanted: Callable[[Call], bool],
        strike: Callable[[], Fault | None] = lambda: None,
        *,
        nth: int = 1,
    ) -> None:
        """Wait for the nth call of some kind, and do `strike` before Telegram does anything."""
        struck, left = asyncio.Event(), nth

        def watch(call: Call) -> Fault | None:
            nonlocal left
            left -= wanted(call)
            if left or struck.is_set():
                return None
            struck.set()
            return strike()

        self.scene.weather.watch = watch
        await struck.wait()

    async def has_worked(self) -> None:
        """Let it send a little: not every life may end at its first call."""
        await self.bot.running.wait()
        if sends := self.lot.randrange(12):
            await self.on(_sends, nth=sends)

    def at_once(self) -> Fault | None:
        """The call is carried out, or dies on its way with its bot."""
        self.bot.kill()
        return self.lot.choice((None, Fault(kind="drop")))


async def _in_its_start(hunt: Hunt) -> None:
    # The process runs on the wall clock, and a start says nothing before its end: any moment of it is drawn.
    await asyncio.sleep(hunt.lot.uniform(0.4, 1.3) * hunt.start_takes)


async def _anywhen(hunt: Hunt) -> None:
    await hunt.bot.running.wait()
    await asyncio.sleep(hunt.lot.uniform(0, 3))  # to die also at moments that nothing marks


async def _on_a_claim(hunt: Hunt) -> None:
    await hunt.has_worked()
    while not hunt.ledger.in_flight():  # noqa: ASYNC110 - another process writes it: nothing to wait for
        await asyncio.sleep(0.001)


async def _in_a_send(hunt: Hunt) -> None:
    await hunt.has_worked()
    await hunt.on(_sends, hunt.at_once)


async def _after_an_answer(hunt: Hunt) -> None:
    await hunt.has_worked()
    await hunt.on(_sends)
    await asyncio.sleep(hunt.lot.uniform(0, 0.02))  # about as long as the bot needs to keep it


async def _in_a_change(hunt: Hunt) -> None:
    await hunt.bot.running.wait()
    await hunt.on(_changes, hunt.at_once, nth=hunt.lot.randint(1, 3))


async def _in_a_look_back(hunt: Hunt) -> None:
    await hunt.bot.running.wait()
    await hunt.on(_looks_back, hunt.at_once, nth=hunt.lot.randint(1, 12))


async def _after_a_look_back(hunt: Hunt) -> None:
    await hunt.bot.running.wait()
    await hunt.on(_looks_back, nth=hunt.lot.randint(1, 12))
    await asyncio.sleep(hunt.lot.uniform(0, 0.02))  # about as long as the bot needs to keep it


def _sends(call: Call) -> bool:
    return call.channel_id is not None and call.method in SENDS


def _changes(call: Call) -> bool:
    return call.channel_id is not None and call.method in CHANGES


def _looks_back(call: Call) -> bool:
    return call.method in LOOKS_BACK


AIMS: tuple[Callable[[Hunt], Awaitable[None]], ...] = (
    _in_its_start,
    _in_its_start,
    _anywhen,
    _on_a_claim,
    _in_a_send,
    _in_a_send,
    _after_an_answer,
    _in_a_change,
    _in_a_look_back,
    _after_a_look_back,
)


def moment(hunt: Hunt) -> str:
    """Where it really died, by what it left in the ledger."""
    if not hunt.bot.running.is_set():
        return "while starting"
    entries = hunt.ledger.entries()
    if any(entry.state == "sending" for entry in entries):
        return "in a send"
    if any(change.state == "sending" for entry in entries for change in entry.changes):
        return "in a change"
    return "looking back" if hunt.scene.weather.last_method in LOOKS_BACK else "between things"


def cut_off(hunt: Hunt) -> Counter[str]:
    """What became of the sends that were under way: the bot can't know."""
    calls = [
        (entry.channel_id, part.call[1])
        for entry in hunt.ledger.entries()
        if entry.state == "sending"
        for part in entry.parts
        if part.state == "sending"
    ]
    return Counter("carried out" if hunt.scene.stands(*call) else "not carried out" for call in calls)
