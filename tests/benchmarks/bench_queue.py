"""`/queue` with 5,000 posts in the channel, beside one with a day's: the board, its last leaf, a post's page."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from time import perf_counter
from types import SimpleNamespace
from typing import Any

from bot import logs
from bot.config import LogSettings
from bot.news.model import Channel, Post, PostState, Role, Staff
from handlers.plan import board, queue
from handlers.talk import House, Talk
from storage import Db, Storage
from tests.benchmarks.timing import Line, compared
from tests.delivery.test_publisher import SHORT
from tests.newsroom import ADMIN, NEWS, NOON

FEW, MANY, ROUNDS = 20, 5_000, 15

type Drawing = Callable[[Talk, Channel, Post], Awaitable[object]]

DRAWINGS: dict[str, Drawing] = {
    "/queue": lambda talk, where, _: board.board(talk, where),
    "its last leaf": lambda talk, where, _: board.board(talk, where, 10**6),
    "a post's page": lambda talk, _, post: queue.page(talk, post),
}


async def _filled(storage: Storage, count: int) -> None:
    async with storage.begin() as db:
        await db.staff.sync({ADMIN: frozenset({Role.CHANNEL_ADMIN})}, NOON)
        await db.channels.put(Channel(id=NEWS, title="خبر"), by=ADMIN, now=NOON)
        for number in range(count):
            article = await db.articles.create(replace(SHORT, headline=f"خبر {number}"), by=ADMIN, now=NOON)
            due_at = NOON + timedelta(minutes=10 * (number + 1))
            await db.posts.add(article_id=article.id, channel_id=NEWS, due_at=due_at, by=ADMIN, now=NOON)


async def _drawn(db: Db, draw: Drawing) -> float:
    who = Staff(id=ADMIN, name="مدیر", roles=frozenset({Role.CHANNEL_ADMIN}))
    update: Any = SimpleNamespace(callback_query=None)
    talk = Talk(db=db, house=House(), update=update, who=who, now=NOON)
    where, post = (
        await db.channels.get(NEWS),
        (await db.posts.page_of(NEWS, PostState.PENDING, skip=9, limit=1))[0],
    )
    assert where is not None
    start = perf_counter()
    await draw(talk, where, post)
    return perf_counter() - start


async def _measured() -> dict[str, dict[int, list[float]]]:
    took: dict[str, dict[int, list[float]]] = {name: {FEW: [], MANY: []} for name in DRAWINGS}
    with tempfile.TemporaryDirectory() as folder:
        opened = {count: await Storage.open(f"sqlite:///{folder}/{count}.db") for count in (FEW, MANY)}
        for count, storage in opened.items():
            await _filled(storage, count)
        for _ in range(ROUNDS):
            for name, draw in DRAWINGS.items():
                for count, storage in opened.items():
                    async with storage.begin() as db:
                        took[name][count].append(await _drawn(db, draw))
        for storage in opened.values():
            await storage.close()
    return took


def measure() -> Iterator[Line]:
    logs.set_up(LogSettings(level="error"))
    for name, took in asyncio.run(_measured()).items():
        what = f"{name} with {MANY:,} posts queued"
        yield compared(what, took[MANY], f"with {FEW}", took[FEW], goal=3)
