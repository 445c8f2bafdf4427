"""What this process has done, in numbers: no names, no texts. Knows no work, and nobody it is told to.

A process has one set of them, as it has one log. Counting is an addition in memory: nothing is written down,
and with a new process all begin at nought, as counters do.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Final


@dataclass(kw_only=True)
class Spread:
    """How many of what was measured lay below each bound (seconds), and their sum."""

    bounds: tuple[float, ...]
    total: float = 0.0
    counts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.counts = [0] * (len(self.bounds) + 1)  # the last one lies above all bounds

    def add(self, seconds: float) -> None:
        seconds = max(seconds, 0.0)
        self.counts[bisect_left(self.bounds, seconds)] += 1
        self.total += seconds

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Add how long the block took."""
        began = perf_counter()
        try:
            yield
        finally:
            self.add(perf_counter() - began)


CALLS: Final[Counter[tuple[str, str]]] = Counter()
"""To Telegram, by method and answer: "ok", or the name of the error."""
UPDATES: Final[Counter[str]] = Counter()
"""Taken in, by what they are (`bot.line.sieve.Kind`)."""
FAULTS: Final[Counter[str]] = Counter()
"""Errors that were logged, by their level."""
CARDS: Final[Counter[str]] = Counter()
"""Brought up to date: "shown", or "failed"."""
POSTS: Final[Counter[str]] = Counter()
"""Settled, by the state they came to."""
LATENESS: Final = Spread(bounds=(1, 2, 5, 10, 30, 60, 300, 900, 3600))
"""Of posts, from when they were due until their last message was out."""
COPYDESK: Final = Spread(bounds=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5))
"""Of reading raw copy into an article."""
