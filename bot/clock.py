"""Where "now" comes from: the system, or a simulated world over HTTP. The one place that reads a clock."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

type Clock = Callable[[], Awaitable[datetime]]
"""Answers the present as aware UTC."""


async def system_clock() -> datetime:
    return datetime.now(UTC)


def world_clock(url: str) -> Clock:
    """The clock of a simulated world: `url` answers `{"now": "…"}` (ISO 8601)."""
    import httpx  # late: only a simulated world needs it here

    alone = httpx.Limits(max_keepalive_connections=0)  # nobody closes a clock: it keeps no line open
    client = httpx.AsyncClient(timeout=5.0, trust_env=False, limits=alone)

    async def now() -> datetime:
        answer = await client.get(url)
        return datetime.fromisoformat(answer.json()["now"]).astimezone(UTC)

    return now


def clock_of(url: str | None) -> Clock:
    """The clock of the world at `url`, or the system's."""
    return world_clock(url) if url else system_clock


async def first_of(*events: asyncio.Event, seconds: float) -> None:
    """Wait for the first of the events, or so long."""
    waits = [asyncio.create_task(event.wait()) for event in events]
    await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for wait in waits:
        wait.cancel()
