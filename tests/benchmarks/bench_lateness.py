"""How late due posts reach Telegram with a large queue, and how soon the first goes out after a start.

In real time: the posts are due at moments of their own, and the simulated Telegram notes when each came.
"""

import asyncio
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import quantiles
from time import perf_counter

from sqlalchemy import insert

from bot import demo, logs
from bot.app import Newsroom
from bot.config import LogSettings
from bot.news import copydesk
from bot.news.model import ArticleState, Channel, PostState
from bot.simulator.chats import Chat
from bot.simulator.people import Person
from bot.simulator.world import World
from storage import Storage
from storage.schema import posts
from tests import years
from tests.benchmarks.timing import Line

CHANNELS, QUEUED, OLD = 500, 10_000, 100_000
NEWS, SPORT = -1001000000001, -1001000000002
WATCHED, APART = 400, timedelta(milliseconds=97)
"""Posts that fall due while we look, and how far from each other: ten a second, well under Telegram's limit."""
FIRST_ID = -1002000000000
SAMPLE = (Path(__file__).parents[2] / "bot" / "demo" / "sample.txt").read_text(encoding="utf-8")


async def _newsroom(stack: AsyncExitStack, world: World, folder: str) -> Newsroom:
    url = f"sqlite:///{folder}/newsroom.db"
    newsroom = await stack.enter_async_context(demo.newsroom_on(world, url))
    await demo.settle(world, newsroom)
    return newsroom


async def _queue(storage: Storage, dues: list[datetime], state: PostState, now: datetime) -> None:
    """One story for each channel; a row of `posts` for each time, round the channels."""
    story = replace(copydesk.read(SAMPLE), state=ArticleState.APPROVED, approved_version=1, reporter_id=101)
    async with storage.begin() as db:
        known = {channel.id for channel in await db.channels.all()}
        for number in range(CHANNELS):
            if FIRST_ID - number not in known:
                where = Channel(id=FIRST_ID - number, title=f"کانال {number}")
                await db.channels.put(where, by=103, now=now)
        article = await db.articles.create(story, by=101, now=now)
        await db.articles.set_state(article.id, ArticleState.PUBLISHED, now=now, approved_version=1)
        rows = [
            {
                "article_id": article.id,
                "channel_id": FIRST_ID - number % CHANNELS,
                "occurrence": number,
                "state": state,
                "due_at": due,
                "attempt": 0,
                "scheduled_by": 103,
                "created_at": now,
                "changed_at": now,
            }
            for number, due in enumerate(dues)
        ]
        # A statement of the benchmark's own: the desk would take minutes for so many.
        await db.posts._connection.execute(insert(posts), rows)


def _open_channels(world: World) -> None:
    news = world.chat(-1001000000001)
    for number in range(CHANNELS):
        id = FIRST_ID - number
        world.chats[id] = Chat(id=id, type="channel", title=f"کانال {number}", bot=news.bot)


async def _talk(world: World, stop: asyncio.Event) -> None:
    """A reporter pastes a story every three seconds; in between the others look at their boards."""
    reporter, editor, admin = (Person(world, number) for number in (101, 102, 103))
    while not stop.is_set():
        for person, text in ((reporter, SAMPLE), (editor, "/desk"), (reporter, "/drafts"), (admin, "/queue")):
            person.send(text)
            await asyncio.sleep(0.75)  # real time is what is measured


async def lateness(*, talking: bool) -> list[float]:
    """Seconds from due to arrival of each watched post."""
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
        stop = asyncio.Event()
        running = asyncio.create_task(newsroom.run(stop))
        talk = asyncio.create_task(_talk(world, stop)) if talking else None
        arrived: list[datetime] = []
        seen = world.transcript.count
        while len(arrived) < WATCHED:
            await asyncio.sleep(0.5)  # of the wall clock, which is measured; the world knows when each came
            calls = world.transcript.since(seen)
            seen = world.transcript.count
            arrived += [
                datetime.fromisoformat(call["time"])
                for call in calls
                if int(call["parameters"].get("chat_id", 0)) <= FIRST_ID
            ]
        stop.set()
        await running
        if talk:
            await talk
    return [(at - due).total_seconds() for at, due in zip(sorted(arrived), dues, strict=True)]


_FIRST = """
import asyncio, sys
from bot import demo
from bot.simulator.world import World

async def main():
    world = World()
    async with demo.newsroom_on(world, sys.argv[1]) as newsroom:
        await demo.settle(world, newsroom)
        if not world.seen(world.chat(int(sys.argv[2]))):
            raise SystemExit("the due post did not go out")
        print("out", flush=True)

asyncio.run(main())
"""


async def _old_newsroom(file: Path) -> None:
    """A newsroom's years with one post that is due."""
    now = datetime.now(UTC)
    storage = await Storage.open(f"sqlite:///{file}")
    years.fill(file, now=now - timedelta(days=1), stories=OLD, channel_id=NEWS)
    async with storage.begin() as db:
        await db.channels.put(Channel(id=SPORT, title="ورزش"), by=103, now=now)
        await db.posts.add(article_id=1, channel_id=SPORT, due_at=now, by=103, now=now)
    await storage.close()


def first_post() -> tuple[float, float]:
    """Seconds of the wall clock from a process's begin to the due post's arrival, and of the processor."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "newsroom.db"
        asyncio.run(_old_newsroom(file))
        command = (sys.executable, "-c", _FIRST, f"sqlite:///{file}", str(SPORT))
        used, start = getrusage(RUSAGE_CHILDREN), perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        took, now = perf_counter() - start, getrusage(RUSAGE_CHILDREN)
    return took, now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime


def measure() -> Iterator[Line]:
    logs.set_up(LogSettings(level="error"))
    for desk in ("silent", "talking"):
        late = sorted(asyncio.run(lateness(talking=desk == "talking")))
        cuts = quantiles(late, n=100)
        yield Line(
            what=f"lateness of due posts, {CHANNELS} channels, {QUEUED:,} queued, 10 a second, a {desk} desk",
            figure=f"p50 {cuts[49] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms",
            beside=f"the latest of {WATCHED}: {late[-1] * 1000:.0f} ms (the wall clock: other work counts)",
            goal="p99 ≤ 60 ms",
            holds=cuts[98] <= 0.06,
        )
    took, used = first_post()
    yield Line(
        what=f"a process from nothing until the first due post is out, {OLD:,} old posts with parts and articles",
        figure=f"{took:.2f} s, {used:.2f} s of the processor",
        beside="imports, opening, staff and menus included",
    )
