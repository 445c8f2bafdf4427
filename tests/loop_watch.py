"""How long the event loop's thread works without a pause: processor time, so that a busy machine does not count."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import thread_time

import pytest


@dataclass
class Watch:
    """The longest stretches so far, in seconds, each with what ran."""

    longest: list[tuple[float, str]] = field(default_factory=list)

    def note(self, seconds: float, what: str) -> None:
        self.longest = sorted([*self.longest, (seconds, what)], reverse=True)[:5]

    @property
    def worst(self) -> float:
        return self.longest[0][0] if self.longest else 0.0


@contextmanager
def watched() -> Iterator[Watch]:
    """Within it, every callback of the event loop is timed."""
    watch = Watch()
    run = asyncio.Handle._run

    def timed(handle: asyncio.Handle) -> None:
        began = thread_time()
        run(handle)
        took = thread_time() - began
        if took > 0.005:
            watch.note(took, repr(handle)[:300])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio.Handle, "_run", timed)
        yield watch
