"""How near posts come to the shortest time that Telegram's limits allow, beside python-telegram-bot's AIORateLimiter.

Both send the same calls to a simulated Telegram that enforces the limits; its clock jumps to whenever somebody
wants to go on, so nobody waits. Channels are served by the publisher from its queue, private chats, to which it
never posts, by the pace alone. The shortest time is by the Bot FAQ: a message a second to one chat, 20 a minute to a
channel, and to all chats 25 a second, which is what the reserve leaves to posts, or 30 for the peer, which has none.
"""

import asyncio
import selectors
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil
from typing import Any

from pydantic import SecretStr
from telegram.ext import AIORateLimiter, ExtBot

from bot import demo, logs
from bot.app import Newsroom
from bot.config import FixedSettings, LogSettings, PacingSettings, TelegramSettings
from bot.delivery.pacing import Limits, Pace
from bot.delivery.publisher import Publisher
from bot.line import calls
from bot.line.wire import telegram_bot
from bot.news import copydesk
from bot.news.model import ArticleState, Channel
from bot.simulator.beginning import NEWS, chats, private_chat
from bot.simulator.clock import WorldClock
from bot.simulator.request import SimulatorRequest
from bot.simulator.world import World
from tests.benchmarks.timing import Line

STORY = "شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید\nاین اتوبوس‌ها از هفتهٔ آینده در خط یک کار می‌کنند."
SETTINGS = FixedSettings(telegram=TelegramSettings(token=SecretStr(demo.TOKEN)))
RETRIES = 1000  # the peer's default is none: whatever is refused once would be lost
GOAL = 1.02

type Calls = dict[int, list[tuple[str, dict[str, Any]]]]
"""What each chat is sent, in order."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """So many posts to each of so many chats."""

    name: str
    chats: int
    posts: int
    private: bool = False

    def world(self) -> World:
        """A world with these chats, in which Telegram's limits hold."""
        world = World(frozen=True, rates=1)
        for number in range(self.chats):
            person = {"id": 1000 + number, "is_bot": False, "first_name": "خواننده"}
            new = (
                private_chat(person)
                if self.private
                else replace(chats()[NEWS], id=NEWS - 10 - number, username=None)
            )
            world.chats[new.id] = new
        return world

    def chat_ids(self, world: World) -> list[int]:
        return list(world.chats)[-self.chats :]

    def shortest(self, overall: int) -> float:
        """Seconds from the first message to the last, at so many a second to all chats."""
        own = self.posts - 1 if self.private else (self.posts - 1) // 20 * 60 + (self.posts - 1) % 20
        return max(own, ceil(self.chats * self.posts / overall) - 1)


WORKS = (
    Work(name="1 channel × 100 posts", chats=1, posts=100),
    Work(name="100 channels × 20 posts", chats=100, posts=20),
    Work(name="5,000 private chats × 1 post", chats=5000, posts=1, private=True),
)


@dataclass(frozen=True, kw_only=True)
class Run:
    """How long it took on the world's clock, and how often Telegram said no."""

    seconds: float
    floods: int


async def by_the_pace(work: Work) -> tuple[Run, Calls]:
    """One message after the other, each when the pace lets it; with what was sent, for the peer."""
    world, pace = work.world(), Pace(Limits())
    planned: Calls = {
        id: [("sendMessage", {"chat_id": id, "text": STORY})] * work.posts for id in work.chat_ids(world)
    }
    start = world.clock.now()
    request = SimulatorRequest(world)
    async with telegram_bot(SETTINGS, request=request, polling=request) as bot:
        for chat_id, own in planned.items():
            for method, parameters in own:
                world.clock.advance(pace.wait(chat_id, world.clock.now()))
                pace.take(chat_id, world.clock.now())
                await calls.call(bot, method, parameters)
    return _outcome(work, world, 0, start), planned


async def by_the_publisher(work: Work) -> tuple[Run, Calls]:
    """The publisher empties its queue; with what it sent, for the peer."""
    world = work.world()
    with tempfile.TemporaryDirectory() as folder:
        async with demo.newsroom_on(
            world, f"sqlite:///{folder}/newsroom.db", pacing=PacingSettings()
        ) as newsroom:
            await _queue_up(newsroom, world, work)
            before, start = world.transcript.count, world.clock.now()
            await _drain(newsroom.publisher, world)
    planned: Calls = defaultdict(list)
    for call in world.transcript.since(before):
        if call["status"] == 200:
            planned[call["parameters"]["chat_id"]].append((call["method"], call["parameters"]))
    return _outcome(work, world, before, start), planned


async def _queue_up(newsroom: Newsroom, world: World, work: Work) -> None:
    now = world.clock.now()
    story = replace(copydesk.read(STORY), state=ArticleState.APPROVED, approved_version=1, reporter_id=101)
    async with newsroom.storage.begin() as db:
        for number in work.chat_ids(world):
            await db.channels.put(Channel(id=number, title="خبر"), by=103, now=now)
        for _ in range(work.posts):
            article = await db.articles.create(story, by=101, now=now)
            for number in work.chat_ids(world):
                await db.posts.add(article_id=article.id, channel_id=number, due_at=now, by=103, now=now)


async def _drain(publisher: Publisher, world: World) -> None:
    """Publish all; where the publisher would sleep, the clock jumps."""
    while True:
        before = world.transcript.count
        again_at = await publisher.start()
        await publisher.close(60)
        if world.transcript.count > before:
            continue
        if again_at is None:
            return
        world.clock.set(again_at)


class Leap(selectors.SelectSelector):
    """Where an event loop would wait for its next timer, the world's clock jumps there."""

    def __init__(self, clock: WorldClock) -> None:
        super().__init__()
        self._clock = clock

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise RuntimeError("all wait for something that will not come")
        # A turn of the loop takes a microsecond: the peer waits for smaller parts, which would never pass.
        self._clock.advance(max(ceil(timeout * 1e6), 1) / 1e6)
        return super().select(0)


class WorldLoop(asyncio.SelectorEventLoop):
    """An event loop that lives on a world's clock; only for what does without threads and sockets."""

    def __init__(self, clock: WorldClock) -> None:
        self._clock, self._start = clock, clock.now()
        super().__init__(Leap(clock))

    def time(self) -> float:
        return (self._clock.now() - self._start).total_seconds()


def theirs(work: Work, planned: Calls) -> Run:
    """The same calls by python-telegram-bot alone: a task for each chat, at the pace of its AIORateLimiter."""
    world = work.world()
    start = world.clock.now()

    async def send_all() -> None:
        request = SimulatorRequest(world)
        limiter = AIORateLimiter(max_retries=RETRIES)
        async with ExtBot(
            demo.TOKEN, request=request, get_updates_request=request, rate_limiter=limiter
        ) as bot:

            async def send(own: list[tuple[str, dict[str, Any]]]) -> None:
                for method, parameters in own:
                    await bot.do_api_request(method, api_kwargs=parameters)

            await asyncio.gather(*(send(own) for own in planned.values()))

    with asyncio.Runner(loop_factory=lambda: WorldLoop(world.clock)) as runner:
        runner.run(send_all())
    return _outcome(work, world, 0, start)


def _outcome(work: Work, world: World, before: int, start: datetime) -> Run:
    for number in work.chat_ids(world):
        if len(world.seen(world.chat(number))) != work.posts:
            raise RuntimeError(f"{len(world.seen(world.chat(number)))} posts of {work.posts} in {number}")
    planned = [call for call in world.transcript.since(before) if call["parameters"].get("chat_id")]
    last = max(datetime.fromisoformat(call["time"]) for call in planned if call["status"] == 200)
    return Run(seconds=(last - start).total_seconds(), floods=sum(call["status"] == 429 for call in planned))


def measure() -> Iterator[Line]:
    logs.set_up(LogSettings(level="error"))
    for work in WORKS:
        ours = by_the_pace if work.private else by_the_publisher
        run, planned = asyncio.run(ours(work))
        peer = theirs(work, planned)
        limits = Limits()
        shortest, without_reserve = (
            work.shortest(limits.overall - limits.reserved),
            work.shortest(limits.overall),
        )
        times = run.seconds / shortest
        yield Line(
            what=f"{work.name}; shortest {shortest:g} s (without a reserve {without_reserve:g} s)",
            figure=f"{run.seconds:.1f} s, {run.floods} × 429",
            beside=f"AIORateLimiter: {peer.seconds:.1f} s ({peer.seconds / without_reserve:.2f} × its shortest), "
            f"{peer.floods} × 429",
            ratio=times,
            goal=f"≤ {GOAL}, 0 × 429",
            holds=times <= GOAL and run.floods == 0,
        )
