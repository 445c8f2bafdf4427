"""How time goes by in the demo: from one moment at which something is due to the next, never over it."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.app import Newsroom
from bot.simulator.world import World

STRIDE = timedelta(minutes=5)
"""At the most at once: what comes back, digests and the daily brief have their hour on such a minute."""
SHORTEST = timedelta(seconds=5)
"""At the least: who waits for a second after a fault has it over all the sooner."""
PATIENCE = 5.0
"""Seconds by a real clock until time goes on although somebody is still at work: a slow Telegram is one
of the troubles that can be made on the page."""
_GLANCE = 0.01


@dataclass(kw_only=True)
class Walk:
    """Moves a world's clock through all that its newsroom has to do on the way; one walk at a time."""

    world: World
    newsroom: Newsroom
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def __call__(self, seconds: float) -> None:
        """Let so many seconds go by; whoever listens hears of each stride, and where it will end."""
        async with self._turn:
            await self._rest()
            until = self.world.clock.now() + timedelta(seconds=seconds)
            while (now := self.world.clock.now()) < until:
                await self._stride(min(self._next(now), until), until)

    async def _stride(self, at: datetime, until: datetime) -> None:
        self.world.clock.set(at)
        self.newsroom.publisher.heard_at = at
        self.newsroom.publisher.passes_over(at)  # before anybody can read the clock
        self.newsroom.publisher.woken.set()
        self.world.events.tell({"clock": at.isoformat(), "until": until.isoformat()})
        await self.newsroom.rota.tick()
        await self._rest()

    def _next(self, now: datetime) -> datetime:
        past = timedelta(minutes=now.minute % 5, seconds=now.second, microseconds=now.microsecond)
        due = self.newsroom.publisher.again_at
        at = now - past + STRIDE
        return max(min(at, due or at), now + SHORTEST)

    async def _rest(self) -> None:
        """Wait until the newsroom has done what there is to do now."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + PATIENCE
        while loop.time() < deadline:
            await asyncio.sleep(_GLANCE)
            if self._is_idle():
                return

    def _is_idle(self) -> bool:
        """Nobody is at work, and nothing that is known of waits to be looked at."""
        woken = any(event.is_set() for event in self.newsroom.woken.values())
        looking = self.newsroom.rota.looking or not self.newsroom.publisher.is_idle
        return not (woken or looking or self.world.updates.pending)
