"""How often somebody may ask, and how much they may send."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from starlette.requests import Request

_REMEMBERED = 10_000
PATIENCE = 30.0
"""Seconds in which a body has to be there."""


@dataclass(kw_only=True)
class Bucket:
    """So many a minute for each key, a minute's worth at once."""

    per_minute: int
    now: Callable[[], float] = monotonic
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)

    def wait(self, key: str) -> float:
        """Take one; 0, or how many seconds to wait where there is none."""
        now, rate = self.now(), self.per_minute / 60
        left, since = self._left.get(key, (float(self.per_minute), now))
        left = min(self.per_minute, left + (now - since) * rate)
        if len(self._left) >= _REMEMBERED and key not in self._left:
            self._forget(now)
        if left < 1:
            self._left[key] = (left, now)
            return (1 - left) / rate
        self._left[key] = (left - 1, now)
        return 0.0

    def _forget(self, now: float) -> None:
        """Who is back at a full bucket need not be remembered; of a crowd that is not, the oldest half."""
        rate = self.per_minute / 60
        kept = {
            key: (left, since)
            for key, (left, since) in self._left.items()
            if left + (now - since) * rate < self.per_minute
        }
        if len(kept) >= _REMEMBERED:
            newest = sorted(kept.items(), key=lambda each: each[1][1])[_REMEMBERED // 2 :]
            kept = dict(newest)
        self._left = kept


async def body_of(request: Request, most: int) -> bytes | None:
    """The body; None where it is larger.

    Raises:
        TimeoutError: it did not come in time.
        ClientDisconnect: nobody is there any more.
    """
    told = request.headers.get("content-length", "0")
    if told.isdecimal() and int(told[:18]) > most:
        return None
    body = bytearray()
    async with asyncio.timeout(PATIENCE):
        async for piece in request.stream():
            body += piece
            if len(body) > most:
                return None
    return bytes(body)
