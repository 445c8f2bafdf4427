"""Long work of the processor, done in a thread before the transaction that needs it. Knows no newsroom.

Reading a story of 200,000 characters takes the best part of a second: on the event loop nothing else would
move, in a transaction nobody else would get at the database. So a use case that runs `aside` asks for such
work with `worked_out`: where it has not been done, the transaction is undone, the work is done in a thread,
and the use case begins again. It finds the work done if what it was done with is still the same; so nothing
is written that was worked out from what has changed meanwhile.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Self

LITTLE = 800
"""Characters that are worked on at once: some milliseconds at the most."""
_KEPT = 8
"""Of what is worked out: a card asks for four."""
_LATELY_AT_MOST = 20_000
"""Characters up to which a result is remembered for later use cases: thirty-two such are little memory."""
_REMEMBERED = 32
"""Of each kind of work; a story's cards ask for the same one after another."""
_TRIES = 20  # what a use case asks for may change while it is worked on, but not for ever


@dataclass(frozen=True, slots=True)
class Job:
    work: Callable[..., Any]
    given: tuple[Any, ...]
    named: dict[str, Any]


@dataclass(slots=True)
class Done:
    """What has been worked out, each with its result or the error that it ended with; the last few."""

    jobs: deque[tuple[Job, Any, Exception | None]] = field(default_factory=lambda: deque(maxlen=_KEPT))

    @classmethod
    def of(cls, kept: int) -> Self:
        """For so many at the same time: one that is forgotten before it is asked for is worked out again."""
        return cls(jobs=deque(maxlen=kept))

    async def ahead[**P](
        self, work: Callable[P, object], size: int, *given: P.args, **named: P.kwargs
    ) -> None:
        """Have it worked out before a use case asks for it, which then need not begin again."""
        if size > LITTLE:
            await self.work_out(Job(work, given, named))

    async def work_out(self, job: Job) -> None:
        """Do it in a thread."""
        self.jobs.append((job, *await asyncio.to_thread(_outcome, job)))

    @contextmanager
    def at_hand(self) -> Iterator[None]:
        """Within it, `worked_out` finds these, and raises `Wanted` for what is not among them."""
        token = _DONE.set(self)
        try:
            yield
        finally:
            _DONE.reset(token)


class Wanted(BaseException):  # no error, so that nothing takes it for one
    """Something is to be worked out first."""

    def __init__(self, job: Job) -> None:
        super().__init__("to be worked out first")
        self.job = job


_LATELY: dict[Callable[..., Any], deque[tuple[Job, Any]]] = {}  # by the kind of work, the last in front
_DONE: ContextVar[Done | None] = ContextVar("_DONE", default=None)  # of the use case under way


def worked_out[**P, T](work: Callable[P, T], size: int, *given: P.args, **named: P.kwargs) -> T:
    """What `work` returns, or raises; it may be done on another thread, and again.

    Args:
        work: a function of values only.
        size: characters that it goes through; a `LITTLE` is worked on at once.
        given: its arguments, those by position; equal ones have equal results.
        named: those by name.
    """
    done = _DONE.get()
    if done is None:
        return work(*given, **named)
    wanted = Job(work, given, named)
    for job, result, fault in done.jobs:  # also what is little: it may have been done ahead
        if job == wanted:
            if fault is not None:
                raise fault
            return result  # type: ignore[no-any-return]
    if size <= LITTLE:
        return work(*given, **named)
    raise Wanted(wanted)


def worked_out_once[**P, T](work: Callable[P, T], size: int, *given: P.args, **named: P.kwargs) -> T:
    """The same for what use case after use case asks for, as each card of a story: the last are remembered.

    Nobody may change what it returns.
    """
    wanted = Job(work, given, named)
    lately = _LATELY.setdefault(work, deque(maxlen=_REMEMBERED))
    for job, result in lately:
        if job == wanted:
            return result  # type: ignore[no-any-return]
    found = worked_out(work, size, *given, **named)
    if size <= _LATELY_AT_MOST:
        lately.appendleft((wanted, found))
    return found


async def aside[T](use_case: Callable[[], Awaitable[T]], done: Done | None = None) -> T:
    """Run a use case (a transaction with what goes with it), what it wants worked out done off the loop.

    The use case is begun again each time, so all that it does has to be undone when it raises. `done` is what
    was worked out for one before it.
    """
    done = done or Done()
    for _ in range(_TRIES):
        try:
            with done.at_hand():
                return await use_case()
        except Wanted as wanted:
            job = wanted.job
        await done.work_out(job)
    return await use_case()  # it changes all the time: as it is now, then, on the loop


def _outcome(job: Job) -> tuple[Any, Exception | None]:
    try:
        return partial(job.work, *job.given, **job.named)(), None
    except Exception as fault:  # noqa: BLE001 - raised again where it was asked for
        return None, fault
