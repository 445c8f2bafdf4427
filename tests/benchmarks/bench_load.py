"""What 200 requests a second of health and metrics do to posts that fall due meanwhile.

In real time and in one run, by turns: a newsroom with a queue, with nobody who asks and with somebody who does, over
real sockets and from a process of its own, so that only answering is in the figures.
"""

import asyncio
import json
import sys
import tempfile
from asyncio.subprocess import PIPE, Process, create_subprocess_exec
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median, quantiles
from time import process_time

from bot import logs, outlets
from bot.config import LogSettings
from bot.news.model import PostState
from bot.simulator.world import World
from bot.web.settings import ServerSettings
from tests.benchmarks.bench_lateness import APART, FIRST_ID, _newsroom, _open_channels, _queue
from tests.benchmarks.timing import Line

ROUNDS, WATCHED, QUEUED = 3, 200, 5_000
A_SECOND = 200
"""Requests: as issue 16 has it."""
PATHS = ("/healthz", "/readyz", "/metrics")

_ASKER = """
import asyncio, json, sys, time

PORT, RATE, PATHS = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
CONNECTIONS = 16

async def ask(reader, writer, path):
    began = time.perf_counter()
    writer.write(f"GET {path} HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n".encode())
    head = await reader.readuntil(b"\\r\\n\\r\\n")
    length = int(head.lower().split(b"content-length:")[1].split(b"\\r\\n")[0])
    await reader.readexactly(length)
    return head.split()[1].decode(), time.perf_counter() - began

async def one(number, began, found):
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    turn = number
    while True:
        await asyncio.sleep(max(0, began + turn / RATE - time.perf_counter()))
        found.append(await ask(reader, writer, PATHS[turn % len(PATHS)]))
        turn += CONNECTIONS

async def main():
    found, began = [], time.perf_counter()
    askers = [asyncio.create_task(one(number, began, found)) for number in range(CONNECTIONS)]
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    took = time.perf_counter() - began
    failed = [str(each.exception()) for each in askers if each.done()]
    statuses = [status for status, _ in found]
    waits = sorted(wait for _, wait in found)
    print(json.dumps({
        "rate": len(found) / took, "failed": failed, "count": len(found),
        "good": statuses.count("200"), "p99": waits[int(len(waits) * 0.99)],
    }), flush=True)

asyncio.run(main())
"""


@dataclass(frozen=True, kw_only=True)
class Phase:
    """Seconds from due to arrival of each post, seconds of the processor in all, and what the asker saw."""

    late: list[float]
    used: float
    asked: dict[str, float]


async def phase(*, asking: bool) -> Phase:
    world = World()
    _open_channels(world)
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        newsroom = await _newsroom(stack, world, folder)
        now = world.clock.now()
        first = now + timedelta(seconds=8)
        dues = [first + number * APART for number in range(WATCHED)]
        later = [first + timedelta(days=1, seconds=number) for number in range(QUEUED - WATCHED)]
        await _queue(newsroom.storage, dues + later, PostState.PENDING, now)
        settings = ServerSettings(address="127.0.0.1:0", metrics=True)
        port = await stack.enter_async_context(outlets.served(newsroom, settings))
        stop = asyncio.Event()
        running = asyncio.create_task(newsroom.run(stop))
        asker = await _asker(port) if asking else None
        await asyncio.sleep(max((first - world.clock.now()).total_seconds() - 1, 0))  # the wall clock's
        used, seen, arrived = process_time(), world.transcript.count, list[datetime]()
        while len(arrived) < WATCHED:
            await asyncio.sleep(0.5)
            calls, seen = world.transcript.since(seen), world.transcript.count
            arrived += [
                datetime.fromisoformat(call["time"])
                for call in calls
                if int(call["parameters"].get("chat_id", 0)) <= FIRST_ID
            ]
        used = process_time() - used
        told = await _told(asker) if asker else {}
        stop.set()
        await running
    late = [(at - due).total_seconds() for at, due in zip(sorted(arrived), dues, strict=True)]
    return Phase(late=late, used=used, asked=told)


async def _asker(port: int | None) -> Process:
    words = ("-c", _ASKER, str(port), str(A_SECOND), *PATHS)
    return await create_subprocess_exec(sys.executable, *words, stdin=PIPE, stdout=PIPE)


async def _told(asker: Process) -> dict[str, float]:
    said, _ = await asker.communicate(b"\n")
    told: dict[str, float] = json.loads(said)
    if told["failed"]:
        raise RuntimeError(str(told["failed"]))
    return told


def measure() -> Iterator[Line]:
    logs.set_up(LogSettings(level="error"))
    alone, asked = list[Phase](), list[Phase]()
    for _ in range(ROUNDS):
        alone.append(asyncio.run(phase(asking=False)))
        asked.append(asyncio.run(phase(asking=True)))
    told = [each.asked for each in asked]
    rate, p99 = median(each["rate"] for each in told), max(each["p99"] for each in told)
    good, count = (sum(each[name] for each in told) for name in ("good", "count"))
    before, after = _cuts(alone), _cuts(asked)
    yield Line(
        what=f"lateness of due posts, 10 a second, beside {A_SECOND} requests a second of health and metrics",
        figure=f"p50 {after[0] * 1000:.0f} ms, p99 {after[1] * 1000:.0f} ms",
        beside=f"with nobody who asks: p50 {before[0] * 1000:.0f} ms, p99 {before[1] * 1000:.0f} ms",
        ratio=after[1] / before[1],
        goal="p99 ≤ 1.5×",
        holds=after[1] <= 1.5 * before[1],
    )
    seconds = WATCHED * APART.total_seconds()
    more = [(two.used - one.used) for one, two in zip(alone, asked, strict=True)]
    yield Line(
        what="what they cost: share of a core",
        figure=f"{median(more) / seconds:.0%} ({median(more) / seconds / rate * 1000:.2f} ms a request)",
        beside=f"without them, posts and simulator: {median(each.used for each in alone) / seconds:.0%}",
    )
    yield Line(
        what="what the asker saw",
        figure=f"{rate:.0f} a second, p99 {p99 * 1000:.0f} ms",
        beside=f"{good:.0f} of {count:.0f} answered 200",
        goal="all of them",
        holds=good == count,
    )


def _cuts(phases: list[Phase]) -> tuple[float, float]:
    """p50 and p99 of all rounds' posts."""
    cuts = quantiles([each for one in phases for each in one.late], n=100)
    return cuts[49], cuts[98]
