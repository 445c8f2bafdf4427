"""The afternoon itself: the bot as `run` runs it, on a Telegram with its rates, and everything at once upon it."""

import asyncio
import contextlib
import ctypes
import gc
import io
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from time import process_time
from typing import Any, override

import pytest

from bot import logs
from bot.app import Newsroom
from bot.config import LogSettings, PacingSettings, StaffSettings
from bot.demo.newsroom import TOKEN, newsroom_on
from bot.loops import Step
from bot.news import copydesk
from bot.news.model import ArticleState, Channel, Post, Role
from bot.news.posts import message
from bot.simulator.request import SimulatorRequest
from tests.crash import stories
from tests.hostile import staff
from tests.hostile.crowd import Crowd
from tests.hostile.hours import Hours, Longest, telling_time, timed
from tests.hostile.staff import Notes, Worker
from tests.hostile.weather import Spell
from tests.hostile.world import ADMIN, EDITOR, OWNER, REMOVED, REPORTERS, Place, Scene, kind
from tests.news.test_hostile_texts import of_length
from tests.newsroom import NOON
from tests.storage.newsroom import next_of_chats

ON_THE_WAY = 0.03
"""Seconds that each call to Telegram takes."""
QUICK = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Where a commit need not wait for a disk: the afternoon makes thousands."""
EVERY = 12.0
"""Seconds between two posts of a channel."""
AFTERWARDS = 240.0
"""Seconds in which nothing new happens, and what waits is done."""
BROKEN_COPY, BROKEN_CARD = "متن شکننده", "کارت شکننده"
"""Words with which our own code fails, as by a bug."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """A post that was planned: due at a time, with these sentences in this order."""

    story: int
    place: Place
    due: float
    sentences: tuple[int, ...]


@dataclass(kw_only=True)
class Seen:
    """All that there is to judge by."""

    scene: Scene
    notes: Notes
    orders: list[Order]
    longest: Longest
    log: str = ""
    memory: list[int] = field(default_factory=list)  # bytes at the middle and at the end
    removed_heard: list[str] = field(default_factory=list)  # by the one who was removed, afterwards
    posts: list[Post] = field(default_factory=list)
    waiting: int = 0  # updates, notices and the like that are still to be done
    thrown: set[str] = field(default_factory=set)
    ended: bool = True
    took: float = 0.0  # seconds of the processor


class Wire(SimulatorRequest):
    """The line to Telegram, on which each call takes its time."""

    @override
    async def do_request(self, *given: Any, **named: Any) -> tuple[int, bytes]:
        await asyncio.sleep(ON_THE_WAY)
        return await super().do_request(*given, **named)


def play(seed: int, minutes: float, folder: Path) -> Seen:
    """An afternoon of so many minutes, and what is to be seen of it."""
    began = process_time()
    with asyncio.Runner(loop_factory=Hours) as runner:
        loop = runner.get_loop()
        assert isinstance(loop, Hours)
        said = io.StringIO()
        with telling_time(loop, NOON), timed(loop, _is_ours) as longest, contextlib.redirect_stderr(said):
            logs.set_up(LogSettings(level="info"), secret=TOKEN)
            seen = runner.run(_afternoon(loop, seed, minutes * 60, folder, longest))
    seen.log, seen.took = said.getvalue(), process_time() - began
    return seen


def _is_ours(what: str) -> bool:
    """Whether a callback is the bot's own work, not the simulator's or its people's."""
    return not any(others in what for others in ("tests/", "dispatch", "simulator"))


async def _afternoon(loop: Hours, seed: int, length: float, folder: Path, longest: Longest) -> Seen:
    scene = Scene(seed, NOON, loop.time, _spells(length))
    notes, orders = Notes(), list[Order]()
    people = StaffSettings(reporter=REPORTERS, editor=(EDITOR,), channel_admin=(ADMIN,), owner=(OWNER,))
    database = f"sqlite:///{folder}/newsroom.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.demo.newsroom.SimulatorRequest", Wire)
        async with newsroom_on(scene.world, database, staff=people, pacing=PacingSettings()) as newsroom:
            seen = Seen(scene=scene, notes=notes, orders=orders, longest=longest)
            _with_bugs(patch, newsroom, length, seen)
            orders += await _planned(newsroom, scene, Random(f"plan {seed}"), length)
            longest.found.clear()  # what a start loads
            async with _running(newsroom):
                await _lived(newsroom, seen, seed, length)
            await _looked_at(newsroom, seen)
    return seen


def _spells(length: float) -> tuple[Spell, ...]:
    """When nothing at all goes: the token is refused, and the line is dead."""
    return (
        Spell(kind="401", begins=0.40 * length, ends=0.40 * length + 25),
        Spell(kind="drop", begins=0.70 * length, ends=0.70 * length + 20),
    )


@contextlib.asynccontextmanager
async def _running(newsroom: Newsroom) -> AsyncIterator[None]:
    stop = asyncio.Event()
    task = asyncio.create_task(newsroom.run(stop))
    try:
        yield
    finally:
        stop.set()
        await task


async def _planned(newsroom: Newsroom, scene: Scene, lot: Random, length: float) -> list[Order]:
    """Channels are connected, and a post is due in each every few seconds."""
    orders, now = list[Order](), scene.world.clock.now()
    async with newsroom.storage.begin() as db:
        for place in scene.places:
            name = scene.world.chats[place.id].username
            channel = Channel(id=place.id, title=place.name, username=name, look=place.look)
            await db.channels.put(channel, by=ADMIN, now=now)
        for place in scene.places:
            for turn in range(int(length / EVERY)) if place is not scene.desk else ():
                what, number = kind(lot, place), len(orders) + 1
                due = scene.seconds() + turn * EVERY + lot.uniform(3, EVERY)
                article = await db.articles.create(
                    stories.article(what, number, scene.picture), by=REPORTERS[0], now=now
                )
                assert article.id == number
                await db.articles.set_state(number, ArticleState.APPROVED, now=now, approved_version=1)
                due_at = now + timedelta(seconds=due - scene.seconds())
                await db.posts.add(article_id=number, channel_id=place.id, due_at=due_at, by=ADMIN, now=now)
                orders.append(
                    Order(story=number, place=place, due=due, sentences=stories.sentences(what, place.look))
                )
    return orders


async def _lived(newsroom: Newsroom, seen: Seen, seed: int, length: float) -> None:
    """Everything at once, then a while in which nothing new comes."""
    scene, loop = seen.scene, asyncio.get_running_loop()
    ends = loop.time() + length

    def over() -> bool:
        return loop.time() >= ends

    crowd = Crowd(scene.world, seed)
    scene.weather.fair = False
    at_work = [asyncio.create_task(each) for each in _everybody(seen, seed, length, over)]
    at_work += [
        asyncio.create_task(crowd.streams(over)),
        asyncio.create_task(crowd.floods((0.05 * length, 0.15 * length, 0.3 * length))),
        asyncio.create_task(_hooked(scene, (0.25 * length, 0.65 * length))),
        asyncio.create_task(_removed(newsroom, seen, 0.5 * length)),
        asyncio.create_task(_measured(seen, (0.5 * length, length))),
    ]
    await asyncio.sleep(length)
    scene.weather.fair = True
    await asyncio.gather(*at_work)
    await asyncio.sleep(AFTERWARDS)


def _everybody(seen: Seen, seed: int, length: float, over: Callable[[], bool]) -> Iterator[Any]:
    for person_id in REPORTERS:
        worker = Worker(seen.scene, person_id, seen.notes, seed)
        if person_id == REMOVED:
            yield staff.reporting(worker, lambda: over() or asyncio.get_running_loop().time() > 0.45 * length)
        elif person_id != REPORTERS[2]:
            yield staff.reporting(worker, over)
        else:
            for part, what in ((0.1, "letters and half-spaces"), (0.35, "fractions"), (0.8, "one line")):
                yield staff.pasting(worker, part * length, of_length(what, 120_000), f"a long one: {what}")
            yield staff.pasting(
                worker, 0.2 * length, BROKEN_COPY + staff.copy(9_001, 0), "one that meets a bug"
            )
            yield staff.pasting(
                worker, 0.22 * length, BROKEN_CARD + staff.copy(9_002, 0), "one without a card"
            )
    yield staff.editing(Worker(seen.scene, EDITOR, seen.notes, seed), over)
    yield staff.publishing(Worker(seen.scene, ADMIN, seen.notes, seed), over)
    yield staff.owning(Worker(seen.scene, OWNER, seen.notes, seed), over)


async def _hooked(scene: Scene, times: tuple[float, ...]) -> None:
    """Another program sets a webhook, and leaves it."""
    began = scene.seconds()
    for at in times:
        await asyncio.sleep(began + at - scene.seconds())
        scene.world.updates.hook({"url": "https://elsewhere.example/hook/letmein"})


async def _removed(newsroom: Newsroom, seen: Seen, at: float) -> None:
    """One of the staff leaves it; they go on pressing what they have, and pasting."""
    await asyncio.sleep(at)
    seen.scene.weather.fair, was = True, seen.scene.weather.fair
    everyone = {EDITOR: Role.EDITOR, ADMIN: Role.CHANNEL_ADMIN, OWNER: Role.OWNER}
    everyone |= dict.fromkeys([each for each in REPORTERS if each != REMOVED], Role.REPORTER)
    async with newsroom.storage.begin() as db:
        await db.staff.sync(
            {person: frozenset({role}) for person, role in everyone.items()}, seen.scene.world.clock.now()
        )
    seen.scene.weather.fair = was
    chat = seen.scene.world.chats[REMOVED]
    last = chat.last_message_id
    worker = Worker(seen.scene, REMOVED, Notes(), 0)
    for button in list(worker.buttons("submit", "edit", "status", "view"))[:3]:
        await worker.press(*button)
    worker.phone.send(staff.copy(9_003, 0))
    await asyncio.sleep(120)
    heard = [each.message for number, each in chat.messages.items() if each.by_bot and number > last]
    seen.removed_heard = [str(each.get("text") or each) for each in heard]


async def _measured(seen: Seen, times: tuple[float, ...]) -> None:
    began = seen.scene.seconds()
    for at in times:
        await asyncio.sleep(began + at - seen.scene.seconds())
        gc.collect()
        seen.memory.append(_resident())


def _resident() -> int:
    """Bytes that this process has in memory; what is free in it is given back first."""
    with contextlib.suppress(OSError, AttributeError):  # not every system has this one
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096


def _with_bugs(patch: pytest.MonkeyPatch, newsroom: Newsroom, length: float, seen: Seen) -> None:
    """Our own code fails: with one copy, with one story's card, and once in each of the loops."""
    read, compose = copydesk.read, message.compose

    def reading(copy: str, *given: Any, **named: Any) -> Any:
        if BROKEN_COPY in copy:
            raise ValueError("a bug in reading")
        return read(copy, *given, **named)

    def composing(article: Any, *given: Any, **named: Any) -> Any:
        if BROKEN_CARD in article.headline:
            raise ValueError("a bug in drawing")
        return compose(article, *given, **named)

    patch.setattr(copydesk, "read", reading)
    patch.setattr(message, "compose", composing)
    for number, (name, step) in enumerate(newsroom.steps.items()):
        newsroom.steps[name] = _failing(step, name, (0.84 + number / 100) * length, seen)


def _failing(step: Step, name: str, at: float, seen: Seen) -> Step:
    async def once() -> Any:
        if seen.scene.seconds() >= at and name not in seen.thrown:
            seen.thrown.add(name)
            raise ValueError(f"a bug in {name}")
        return await step()

    return once


async def _looked_at(newsroom: Newsroom, seen: Seen) -> None:
    """What is left in the books."""
    async with newsroom.storage.begin() as db:
        for story in [order.story for order in seen.orders]:
            seen.posts += await db.posts.of_article(story)
        for article, _ in seen.notes.published:
            seen.posts += await db.posts.of_article(article)
        pending = await db.inbox.next_pending()
        waiting = await next_of_chats(db, seen.scene.world.clock.now(), limit=8)
    seen.waiting = (pending is not None) + len(waiting)
