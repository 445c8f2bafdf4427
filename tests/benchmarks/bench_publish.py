"""What a post costs from the claim to the settled row, and with the notices and cards that follow it.

Processor time. 200 stories with three cards each, one post each, into 40 channels, all due at once. Beside it the very same
calls alone, in another world, without a database; and the very same statements on `sqlite3` alone.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from pydantic import SecretStr

from bot import demo, logs
from bot.app import Newsroom
from bot.config import FixedSettings, LogSettings, TelegramSettings
from bot.line import calls
from bot.line.wire import telegram_bot
from bot.news import copydesk
from bot.news.model import ArticleState, Channel, Look
from bot.simulator.chats import Chat
from bot.simulator.request import SimulatorRequest
from bot.simulator.world import World
from tests.benchmarks.recorded import Recording, recording
from tests.benchmarks.timing import Line, compared

ROUNDS, STORIES, CHANNELS = 3, 200, 40
SHOWN_TO = (101, 102, 103)
A_SECOND = 25
"""Posts: what Telegram lets a bot send, and we do not keep for conversations."""
FIRST_ID = -1002000000000
SAMPLE = (Path(__file__).parents[2] / "bot" / "demo" / "sample.txt").read_text(encoding="utf-8")


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Seconds of the processor: posts until settled, with all that follows, and their calls alone."""

    settled: float
    whole: float
    bare: float


async def publish() -> Cost:
    with tempfile.TemporaryDirectory() as folder:
        async with _due(folder) as (world, newsroom):
            before, start = world.transcript.count, process_time()
            await _send(newsroom)
            settled, end = process_time() - start, world.transcript.count
            await demo.settle(world, newsroom)
            whole = process_time() - start
    arrived = sum(len(world.seen(world.chat(FIRST_ID - number))) for number in range(CHANNELS))
    if arrived != STORIES:
        raise RuntimeError(f"{arrived} posts arrived instead of {STORIES}")
    made = [(one["method"], one["parameters"]) for one in world.transcript.since(before)]
    return Cost(settled=settled, whole=whole, bare=await _bare(made[: end - before]))


async def _send(newsroom: Newsroom) -> None:
    while await newsroom.publisher.step():
        pass


async def recorded(folder: str) -> tuple[Recording, Recording]:
    """What is asked of the database until the posts are settled, and with what follows."""
    (Path(folder) / "whole").mkdir()
    async with _due(folder) as (world, newsroom):
        with recording(newsroom.storage, Path(folder)) as settled:
            await _send(newsroom)
        with recording(newsroom.storage, Path(folder) / "whole") as whole:
            await demo.settle(world, newsroom)
    return settled, replace(settled, asked=settled.asked + whole.asked)


@asynccontextmanager
async def _due(folder: str) -> AsyncIterator[tuple[World, Newsroom]]:
    """A newsroom whose posts are due, and whose cards stand in the chats."""
    world = _world()
    async with demo.newsroom_on(world, f"sqlite:///{folder}/newsroom.db") as newsroom:
        await demo.settle(world, newsroom)
        await _write(newsroom, world)
        await demo.settle(world, newsroom)
        world.clock.advance(60)
        yield world, newsroom


def _world() -> World:
    world = World(frozen=True)
    news = world.chat(-1001000000001)
    for id_ in range(FIRST_ID, FIRST_ID - CHANNELS, -1):
        world.chats[id_] = Chat(id=id_, type="channel", title=f"کانال {-id_}", bot=news.bot)
    return world


async def _write(newsroom: Newsroom, world: World) -> None:
    """Stories with their cards, and a post of each in a minute."""
    now = world.clock.now()
    story = replace(copydesk.read(SAMPLE), state=ArticleState.APPROVED, approved_version=1, reporter_id=101)
    async with newsroom.storage.begin() as db:
        for number in range(CHANNELS):
            look = replace(Look(), signature="@news")
            channel = Channel(id=FIRST_ID - number, title=f"کانال {number}", look=look)
            await db.channels.put(channel, by=103, now=now)
        for number in range(STORIES):
            article = await db.articles.create(
                replace(story, headline=f"{story.headline} ({number})"), by=101, now=now
            )
            for chat in SHOWN_TO:
                await db.cards.show(article.id, chat)
            await db.posts.add(
                article_id=article.id,
                channel_id=FIRST_ID - number % CHANNELS,
                due_at=now + timedelta(seconds=30),
                by=103,
                now=now,
            )


async def _bare(planned: list[tuple[str, dict[str, Any]]]) -> float:
    world = _world()
    request = SimulatorRequest(world)
    settings = FixedSettings(telegram=TelegramSettings(token=SecretStr(demo.TOKEN)))
    async with telegram_bot(settings, request=request, polling=request) as bot:
        start = process_time()
        for method, parameters in planned:
            await calls.call(bot, method, parameters)
        return process_time() - start


def measure() -> Iterator[Line]:
    logs.set_up(LogSettings(level="error"))
    costs, raw, whole_raw = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        settled, whole = asyncio.run(recorded(folder))
        for _ in range(ROUNDS):
            costs.append(asyncio.run(publish()))
            raw.append(settled.replayed())
            whole_raw.append(whole.replayed())
    bare = [each.bare for each in costs]
    settling, all_of_it = [each.settled for each in costs], [each.whole for each in costs]
    yield _line("a post, from the claim to the settled row", settling, bare, 7)
    yield _beside_raw(settling, raw, settled)
    yield _line("a post with its notices and three cards", all_of_it, bare, 22)
    yield _beside_raw(all_of_it, whole_raw, whole)
    share = median(all_of_it) / STORIES * A_SECOND
    yield Line(
        what=f"{A_SECOND} posts a second with all that follows: share of a core",
        figure=f"{share:.0%}",
        beside="reckoned from the line above; the simulator's part is in it",
        goal="≤ 55 %",
        holds=share <= 0.55,
    )


def _line(what: str, ours: list[float], bare: list[float], goal: float) -> Line:
    posts, call = [each / STORIES for each in ours], [each / STORIES for each in bare]
    return compared(what, posts, "the post's call alone, no database", call, goal)


def _beside_raw(ours: list[float], raw: list[float], asked: Recording) -> Line:
    each, alone = [one / STORIES for one in ours], [one / STORIES for one in raw]
    counted = (
        f"{asked.statements / STORIES:.1f} statements in {asked.transactions / STORIES:.2f} transactions"
    )
    return compared("the same", each, f"its {counted} on sqlite3 alone", alone)
