"""One run: the bot lives and is killed so many times, is let to finish, and what is left is judged."""

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bot.simulator.serving import serving
from storage import Storage
from tests.crash.judge import Evidence, Fault, Finding, Message, judge
from tests.crash.killing import Hunt, cut_off, moment
from tests.crash.ledger import Ledger
from tests.crash.newsroom import ADMIN, STAFF, Newsroom
from tests.crash.process import STOPS_WITHIN, Bot
from tests.crash.world import PACE, Scene

MOVES_WITHIN = 40.0
"""Seconds in which something must come nearer to its end, once the bot is left alone."""
BESIDE = 0.15
"""How often the next bot begins before its predecessor is killed: a second copy, which has to wait."""
LONGEST_START = 3.0
"""Seconds: what takes longer was waiting for its turn."""
LOOK_EVERY = 0.25
"""Seconds between two looks whether there is something left to do."""


@dataclass(kw_only=True)
class Outcome:
    """What happened, and what the judge found."""

    seed: int
    kills: Counter[str] = field(default_factory=Counter)
    cut_off: Counter[str] = field(default_factory=Counter)  # sends that were under way
    states: Counter[str] = field(default_factory=Counter)
    struck: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    changes: Counter[str] = field(default_factory=Counter)
    messages: int = 0
    asked: Counter[str] = field(default_factory=Counter)  # of people, by the state it was in
    left_behind: int = 0  # forwards that a look back did not delete
    stopped_in: float = 0.0
    seconds: float = 0.0
    findings: list[Finding] = field(default_factory=list)
    raised: Counter[str] = field(default_factory=Counter)  # by the bot, where it did not expect it
    bot_died: list[str] = field(default_factory=list)  # by itself

    @property
    def clean(self) -> bool:
        return not (self.findings or self.raised or self.bot_died or self.left_behind)

    def heard(self, bot: Bot) -> None:
        """Take in what a bot has said."""
        self.events += bot.events
        self.raised += bot.raised

    def count(self, fault: Fault) -> int:
        return sum(finding.fault is fault for finding in self.findings)


@dataclass(frozen=True, kw_only=True)
class Plan:
    kills: int
    posts: int
    seed: int
    folder: Path


async def run(plan: Plan) -> Outcome:
    """Play it, and judge it."""
    began = time.monotonic()
    scene, outcome = Scene(plan.seed), Outcome(seed=plan.seed)
    file = plan.folder / "newsroom.db"
    storage = await Storage.open(f"sqlite:///{file}", patience=30)
    ledger = Ledger(file)
    newsroom = Newsroom(scene, storage, ledger, plan.seed)
    try:
        async with serving(scene.world) as port:
            config = _config(plan.folder, file, port)
            await newsroom.found()
            async with _busy(scene, newsroom, plan.seed):
                last = await _lives(plan, config, newsroom, outcome)
            await _finish(last, newsroom, outcome)
    finally:
        await storage.close()
    _judge(newsroom, outcome)
    outcome.seconds = time.monotonic() - began
    return outcome


def _config(folder: Path, file: Path, port: int) -> Path:
    config = folder / "config.toml"
    config.write_text(
        f"""
database = "sqlite:///{file}"
[telegram]
token = "1:crash"
base_url = "http://127.0.0.1:{port}"
[staff]
reporter = [101]
editor = [102]
channel_admin = [103]
owner = [104]
[pacing]
speed = {PACE}
[log]
format = "json"
""",
        encoding="utf-8",
    )
    return config


@contextlib.asynccontextmanager
async def _busy(scene: Scene, newsroom: Newsroom, seed: int) -> AsyncIterator[None]:
    """Bad weather, and people at work, while the block runs."""
    scene.weather.fair = False
    people = [
        asyncio.create_task(newsroom.at_work()),
        asyncio.create_task(scene.colleague(Random(f"colleague {seed}"))),
    ]
    try:
        yield
        for person in people:
            if person.done():
                person.result()  # a harness that has lost its people proves nothing
    finally:
        for person in people:
            person.cancel()
        await asyncio.gather(*people, return_exceptions=True)
        scene.weather.fair = True


async def _lives(plan: Plan, config: Path, newsroom: Newsroom, outcome: Outcome) -> Bot:
    """Kill one after the other; the bot that would be next."""
    lot, scene = Random(f"kills {plan.seed}"), newsroom.scene
    start_takes = 1.0
    following = await Bot.spawn(config, plan.folder / "bot.log")
    for life in range(plan.kills):
        while len(newsroom.orders) < plan.posts * (life + 1) / plan.kills:
            await newsroom.write(within=start_takes + 3)
        bot, following = following, await Bot.spawn(config, plan.folder / "bot.log")
        await bot.begin()
        async with _second_copy(following, beside=lot.random() < BESIDE):
            hunt = Hunt(bot=bot, scene=scene, ledger=newsroom.ledger, lot=lot, start_takes=start_takes)
            await _one_life(hunt, outcome, life)
        start_takes = min(bot.started_in or start_takes, LONGEST_START)
        scene.note_calls()
        outcome.heard(bot)
        if (life + 1) % 10 == 0:
            print(f"{life + 1} of {plan.kills} kills, {len(newsroom.orders)} posts asked for", flush=True)
    return following


@contextlib.asynccontextmanager
async def _second_copy(bot: Bot, *, beside: bool) -> AsyncIterator[None]:
    """While the block runs, perhaps the next bot already waits for its turn."""
    beginning = asyncio.create_task(bot.begin()) if beside else None
    try:
        yield
    finally:
        if beginning:
            await beginning


async def _one_life(hunt: Hunt, outcome: Outcome, life: int) -> None:
    async with asyncio.TaskGroup() as group:
        killing = group.create_task(hunt.kill())
        code = await hunt.bot.gone()
        killing.cancel()
    if hunt.bot.killed:
        outcome.kills[moment(hunt)] += 1
        outcome.cut_off += cut_off(hunt)
    else:
        outcome.bot_died.append(f"life {life + 1} ended by itself with {code}")


async def _finish(bot: Bot, newsroom: Newsroom, outcome: Outcome) -> None:
    """In fair weather all is brought to its end; then a person answers what only a person can."""
    await bot.begin()
    await _until_idle(bot, newsroom)
    _judge(newsroom, outcome)
    outcome.asked = newsroom.answer(newsroom.ledger.entries())
    await newsroom.rest()
    await _until_idle(bot, newsroom)
    if not bot.alive:
        outcome.bot_died.append("the last life ended by itself")
    code, outcome.stopped_in = await bot.stop()
    if code or outcome.stopped_in > STOPS_WITHIN:
        outcome.bot_died.append(f"SIGTERM: ended with {code} after {outcome.stopped_in:.1f} s")
    outcome.heard(bot)


async def _until_idle(bot: Bot, newsroom: Newsroom) -> None:
    """Until nothing is left to do, or nothing has moved for long: the judge will say what is missing."""
    before, quiet, since = "", 0, time.monotonic()
    while bot.alive and quiet < 4 and time.monotonic() - since < MOVES_WITHIN:
        await asyncio.sleep(LOOK_EVERY)  # the bot is a process on the wall clock: it can only be looked at
        newsroom.scene.note_calls()
        left = newsroom.ledger.open_work() | {"updates": len(newsroom.scene.world.updates.pending)}
        if str(left) != before:
            before, since = str(left), time.monotonic()
        quiet = 0 if any(left.values()) else quiet + 1


def _judge(newsroom: Newsroom, outcome: Outcome) -> None:
    scene = newsroom.scene
    scene.note_calls()
    entries = newsroom.ledger.entries()
    seen = Evidence(
        channels={id: scene.reads(id) for id in scene.channels},
        ledger=entries,
        sent=scene.sent,
        told=scene.reads(ADMIN),
        others=frozenset(scene.others),
        pinned={id: scene.world.chat(id).pinned for id in scene.channels},
    )
    outcome.findings += [new for new in judge(newsroom.orders, seen) if new not in outcome.findings]
    outcome.struck = scene.weather.struck
    outcome.states = Counter(entry.state for entry in entries)
    outcome.changes = Counter(
        f"{change.kind} {change.state}" for entry in entries for change in entry.changes
    )
    outcome.messages = sum(map(len, seen.channels.values())) - len(scene.others)
    outcome.left_behind = sum(map(_is_of_a_look, (message for id in STAFF for message in scene.reads(id))))


def _is_of_a_look(message: Message) -> bool:
    """Nothing else that people are sent is a forward, or protected."""
    return "forward_origin" in message or bool(message.get("has_protected_content"))
