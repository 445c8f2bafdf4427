"""Ten minutes in some seconds: an event loop whose clock leaps to what comes next. Knows no newsroom.

What would run in a thread is done at once, so that a run comes out alike each time; its time is counted apart.
"""

import asyncio
import selectors
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from time import thread_time
from types import SimpleNamespace
from typing import Any, Self, override

import pytest


class _InTurn:
    """Where aiosqlite puts what its thread is to do: done at once, and heard of when the loop comes round."""

    def put_nowait(self, job: tuple[asyncio.Future[Any] | None, Callable[[], Any]]) -> None:
        future, does = job
        loop = asyncio.get_running_loop()
        try:
            result = does()
        except Exception as error:
            if future is None:
                raise
            loop.call_soon(_unless_done, future, future.set_exception, error)
        else:
            if future is not None:
                loop.call_soon(_unless_done, future, future.set_result, result)


def _unless_done(future: asyncio.Future[Any], ends: Callable[[Any], None], how: Any) -> None:
    if not future.done():
        ends(how)


class _Leaping(selectors.SelectSelector):
    """Waits for nothing: where nothing is ready, the clock is put forward instead."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0

    @override
    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready and timeout is None:
            raise RuntimeError("everybody waits, and nothing will ever happen")
        if not ready and timeout:
            self.now += timeout
        return ready


class Hours(asyncio.SelectorEventLoop):
    """The event loop of an afternoon; `time()` begins at 0."""

    def __init__(self) -> None:
        self._leaping = _Leaping()
        self.beside = 0.0  # seconds of this processor's for what a thread would do
        super().__init__(self._leaping)

    @override
    def time(self) -> float:
        return self._leaping.now

    @override
    def run_in_executor(  # type: ignore[override]
        self, executor: Any, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        done, began = self.create_future(), thread_time()
        try:
            result = func(*args)
        except Exception as fault:  # noqa: BLE001 - raised where it is waited for
            self.call_soon(_unless_done, done, done.set_exception, fault)
        else:
            self.call_soon(_unless_done, done, done.set_result, result)
        self.beside += thread_time() - began
        return done


@contextmanager
def telling_time(loop: Hours, began: datetime) -> Iterator[None]:
    """Within it, whoever asks what time it is goes by the loop; SQLite works in the loop's own thread."""

    class Today(datetime):
        @classmethod
        @override
        def now(cls, tz: tzinfo | None = None) -> Self:
            at = began + timedelta(seconds=loop.time())
            return at.astimezone(tz) if tz else at.replace(tzinfo=None)  # type: ignore[return-value]

    told = SimpleNamespace(monotonic=loop.time)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("aiosqlite.core.SimpleQueue", _InTurn)
        patch.setattr("aiosqlite.core.Thread", lambda **_: SimpleNamespace(start=lambda: None))
        patch.setattr("bot.simulator.clock.time", told)
        patch.setattr("bot.simulator.updates.time", told)
        patch.setattr("bot.loops.monotonic", loop.time)
        for module in ("schedulers.base", "executors.base", "triggers.interval"):
            patch.setattr(f"apscheduler.{module}.datetime", Today)
        yield


@dataclass
class Longest:
    """The longest that one piece of the bot's work held the loop: seconds of the processor, and what it was."""

    found: list[tuple[float, str]] = field(default_factory=list)

    def note(self, seconds: float, what: str) -> None:
        self.found = sorted([*self.found, (seconds, what)], reverse=True)[:8]


@contextmanager
def timed(loop: Hours, is_ours: Callable[[str], bool]) -> Iterator[Longest]:
    """Within it, each callback of the bot's is timed; `is_ours` tells whose it is by its name."""
    longest, run = Longest(), asyncio.Handle._run

    def running(handle: asyncio.Handle) -> None:
        began, beside = thread_time(), loop.beside
        run(handle)
        took = thread_time() - began - (loop.beside - beside)
        if took > 0.01 and is_ours(what := repr(handle)):
            longest.note(took, f"at {loop.time():.1f} {what[:300]}")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio.Handle, "_run", running)
        yield longest
