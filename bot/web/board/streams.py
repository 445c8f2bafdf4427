"""Boards that are open, and what tells them to look again: a table that they show was written."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

SHOWN = frozenset({"posts", "channels", "slots", "articles", "recurrences", "holidays", "staff_roles"})
"""The tables of which something stands on a board."""
OF_ONE = 4
"""Boards of one person that hear at once; who opens more of them reloads by hand."""
MOST = 80
"""Boards that hear at once: others still work, and are told when they ask."""
BEAT = 20.0
"""Seconds between two signs of life: by them a board that is gone is noticed, and a session that is over."""
REST = 0.4
"""Seconds after a word in which what comes is one word more: a paste writes a hundred times."""


@dataclass(kw_only=True)
class Streams:
    """Who hears."""

    beat: float = BEAT
    rest: float = REST
    _open: set[asyncio.Event] = field(default_factory=set)
    _of: Counter[int] = field(default_factory=Counter)

    def written(self, tables: frozenset[str]) -> None:
        """These have just been written."""
        if tables & SHOWN:
            for each in self._open:
                each.set()

    def has_room(self, person_id: int) -> bool:
        return len(self._open) < MOST and self._of[person_id] < OF_ONE

    @property
    def count(self) -> int:
        """How many are open."""
        return len(self._open)

    async def of(self, person_id: int, still: Callable[[], Awaitable[bool]]) -> AsyncIterator[str]:
        """What one board hears, as server-sent events, as long as it is `still` somebody's."""
        woken = asyncio.Event()
        self._open.add(woken)
        self._of[person_id] += 1
        try:
            yield ": open\n\n"
            while True:
                with suppress(TimeoutError):
                    async with asyncio.timeout(self.beat):
                        await woken.wait()
                if not await still():
                    yield "event: over\ndata: \n\n"
                    return
                is_news = woken.is_set()
                woken.clear()  # before it is told: what comes while it goes out is another word
                yield "event: changed\ndata: \n\n" if is_news else ": \n\n"
                await asyncio.sleep(self.rest)
        finally:
            self._open.discard(woken)
            self._of[person_id] -= 1
