"""What keeps the work going: a loop for each kind of it, and what a fault does to it. Knows no newsroom.

A fault ends no loop, stops nobody else's work, and fills no log: it is told once, and its step rests for
longer each time.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

import structlog

from bot.clock import Clock
from bot.errors import Flooded, SendError, StorageError

log = structlog.get_logger(__name__)

FIRST_REST = 3.0
"""Seconds that a step rests after a fault; twice as long after each further one, up to the longest."""
LONGEST_REST = 300.0
TOLD_AGAIN = 600.0
"""Seconds until the same fault is worth another line in the log."""
_REMEMBERED = 200  # faults, and things that rest

type Step = Callable[[], Awaitable[bool | datetime]]
"""Does one thing that waits to be done, and says True; False if there is none, or when there will be one."""


@dataclass(slots=True)
class Complaints:
    """Which faults have been told of lately: two hundred lines of one are as good as none."""

    _told: dict[tuple[str, ...], float] = field(default_factory=dict)

    def is_new(self, *fault: str) -> bool:
        now = monotonic()
        if now - self._told.get(fault, now - TOLD_AGAIN) < TOLD_AGAIN:
            return False
        if len(self._told) >= _REMEMBERED:
            self._told.clear()
        self._told[fault] = now
        return True


@dataclass(slots=True)
class Resting:
    """What has met a fault and is left alone for a while, each longer than the last time."""

    _until: dict[Hashable, tuple[datetime, float]] = field(default_factory=dict)

    def rest(self, thing: Hashable, now: datetime) -> datetime:
        """Let it rest; until when."""
        _, last = self._until.get(thing, (now, FIRST_REST / 2))
        if len(self._until) >= _REMEMBERED:
            self._until = {each: (until, rest) for each, (until, rest) in self._until.items() if until > now}
        seconds = min(2 * last, LONGEST_REST)
        self._until[thing] = (until := now + timedelta(seconds=seconds), seconds)
        return until

    def is_resting(self, thing: Hashable, now: datetime) -> bool:
        return self.until(thing, now) is not None

    def until(self, thing: Hashable, now: datetime) -> datetime | None:
        """When it is over; None if it does not rest."""
        until = self._until[thing][0] if thing in self._until else None
        return until if until is not None and now < until else None

    def ids(self, kind: str, now: datetime) -> tuple[int, ...]:
        """The numbers of those of a kind that rest: things are then (kind, number)."""
        return tuple(
            thing[1]
            for thing, (until, _) in self._until.items()
            if isinstance(thing, tuple) and thing[0] == kind and now < until
        )

    def is_new(self, thing: Hashable) -> bool:
        """Whether it has met no fault before."""
        return thing not in self._until

    def woke(self, thing: Hashable) -> None:
        """It went well again."""
        self._until.pop(thing, None)


@dataclass(kw_only=True)
class InTurn:
    """Several kinds of work in one loop: where one meets a fault, the others go on."""

    kinds: Mapping[str, Step]
    clock: Clock
    _resting: Resting = field(default_factory=Resting)

    async def __call__(self) -> bool | datetime:
        """Do one thing of the first kind that has one; else when there will be one, if that is known.

        Raises:
            SendError, StorageError: nobody's fault here, and everybody's trouble.
        """
        moments: list[datetime] = []
        for name, step in self.kinds.items():
            if until := self._resting.until(name, await self.clock()):
                moments.append(until)
                continue
            try:
                found = await step()
            except (SendError, StorageError):
                raise
            except Exception:  # a bug in one kind of work must not end the others
                if self._resting.is_new(name):
                    log.exception("step_failed", step=name)
                moments.append(self._resting.rest(name, await self.clock()))
                continue
            self._resting.woke(name)
            if found is True:
                return True
            if isinstance(found, datetime):
                moments.append(found)
        return min(moments, default=False)


@dataclass(kw_only=True)
class Loop:
    """One kind of work, done until `stop`: whenever it is woken, and again while there is any, or a fault."""

    name: str
    step: Step
    woken: asyncio.Event
    stop: asyncio.Event
    _complaints: Complaints = field(default_factory=Complaints)
    _rest: float = FIRST_REST

    async def run(self) -> None:
        while not self.stop.is_set():
            try:
                busy = await self.step() is True
                self._rest = FIRST_REST
                if not busy:
                    await self.woken.wait()
                    self.woken.clear()
            except (SendError, StorageError) as error:
                if self._complaints.is_new(type(error).__name__, str(error)):
                    log.warning("waiting", loop=self.name, why=str(error))
                await pause(self.stop, error.retry_after if isinstance(error, Flooded) else FIRST_REST)
            except Exception as fault:  # a bug in one step must not end the loop
                if self._complaints.is_new(type(fault).__name__, str(fault)):
                    log.exception("step_failed", loop=self.name)
                await pause(self.stop, self._rest)
                self._rest = min(2 * self._rest, LONGEST_REST)


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Wait, unless the end comes first."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
