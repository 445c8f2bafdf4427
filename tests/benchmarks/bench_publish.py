"""Posts per second from the queue into two channels, and the bare calls that Telegram sees of them."""

import asyncio
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from pydantic import SecretStr

from bot import demo, logs
from bot.app import Newsroom
from bot.config import FixedSettings, LogSettings, TelegramSettings
from bot.line import calls
from bot.line.wire import telegram_bot
from bot.news import copydesk
from bot.news.model import ArticleState, Channel, Look
from bot.simulator.request import SimulatorRequest
from bot.simulator.world import World
from tests.benchmarks.timing import Line, ratio

ROUNDS, STORIES = 3, 100
CHANNELS = (-1001000000001, -1001000000002)
SAMPLE = (Path(__file__).parents[2] / "bot" / "demo" / "sample.txt").read_text(encoding="utf-8")


async def publish() -> tuple[float, float]:
    """Seconds for all due posts, and for the same calls alone in another world."""
    world = World(frozen=True)
    with tempfile.TemporaryDirectory() as folder:
        async with demo.newsroom_on(world, f"sqlite:///{folder}/newsroom.db") as newsroom:
            await demo.settle(world, newsroom)
            await _queue_up(newsroom, world)
            before, start = world.transcript.count, perf_counter()
            while await newsroom.publisher.step():
                pass
            took = perf_counter() - start
    arrived = [len(world.seen(world.chat(number))) for number in CHANNELS]
    if arrived != [STORIES] * len(CHANNELS):
        raise RuntimeError(f"{arrived} posts arrived instead of {STORIES} in each channel")
    return took, await _bare([(one["method"], one["parameters"]) for one in world.transcript.since(before)])


async def _queue_up(newsroom: Newsroom, world: World) -> None:
    now = world.clock.now()
    story = replace(copydesk.read(SAMPLE), state=ArticleState.APPROVED, approved_version=1, reporter_id=101)
    async with newsroom.storage.begin() as db:
        for number in CHANNELS:
            look = replace(Look(), signature="@news")
            await db.channels.put(Channel(id=number, title="خبر", look=look), by=103, now=now)
        for number in range(STORIES):
            headline = f"{story.headline} ({number})"
            article = await db.articles.create(replace(story, headline=headline), by=101, now=now)
            for where in CHANNELS:
                await db.posts.add(article_id=article.id, channel_id=where, due_at=now, by=103, now=now)


async def _bare(planned: list[tuple[str, dict[str, Any]]]) -> float:
    world = World(frozen=True)
    request = SimulatorRequest(world)
    settings = FixedSettings(telegram=TelegramSettings(token=SecretStr(demo.TOKEN)))
    async with telegram_bot(settings, request=request, polling=request) as bot:
        start = perf_counter()
        for method, parameters in planned:
            await calls.call(bot, method, parameters)
        return perf_counter() - start


def measure() -> Iterator[Line]:
    logs.set_up(LogSettings(level="error"))
    rounds = [asyncio.run(publish()) for _ in range(ROUNDS)]
    ours, bare = zip(*rounds, strict=True)
    posts = STORIES * len(CHANNELS)
    yield Line(
        what=f"publish {posts} due posts into {len(CHANNELS)} channels",
        figure=f"{posts / median(ours):.0f} posts/s",
        beside=f"the same calls alone, no database: {posts / median(bare):.0f} posts/s",
        ratio=ratio(list(ours), list(bare)),
    )
