"""`./run crash --network`: several processes share newsrooms on one PostgreSQL, and are killed at random. Then all
is judged: each post stands in its channel once, and no newsroom was without a living process for long.

Processes and kills run on the wall clock: what is looked at can only be polled.
"""

import asyncio
import contextlib
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import text

from bot.news.model import ArticleState, Channel, PostState
from bot.simulator import places
from bot.simulator.chats import administrator
from bot.simulator.people import Person
from bot.simulator.serving import serving
from bot.simulator.world import World
from storage import Storage
from storage.address import of_newsroom
from storage.engine import pool_for
from storage.postgres import Pool
from tests.crash.process import Bot
from tests.crash.world import PACE
from tests.storage.conftest import Server
from tests.storage.newsroom import STORY

ADMIN, OWNER = 103, 104
CHANNELS = 5
TAKEN_UP_WITHIN = 20.0
"""Seconds, by docs/network.md."""
SETTLES_WITHIN = 150.0
"""Seconds in which all that is due must be out once nobody is killed any more."""


@dataclass(frozen=True, kw_only=True)
class NetworkPlan:
    kills: int
    newsrooms: int
    processes: int
    seed: int
    folder: Path
    server: Server


@dataclass(kw_only=True)
class NetworkOutcome:
    """What became of it; `away` are the seconds for which a killed process's newsrooms were nobody's."""

    posts: int = 0
    kills: int = 0
    away: list[float] = field(default_factory=list)
    states: Counter[str] = field(default_factory=Counter)
    spread: list[int] = field(default_factory=list)  # newsrooms by process, at the end
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)  # another newsroom's, or nobody's
    raised: Counter[str] = field(default_factory=Counter)
    died: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def clean(self) -> bool:
        late = [seconds for seconds in self.away if seconds > TAKEN_UP_WITHIN]
        return not (self.lost or self.doubled or self.strange or self.raised or self.died or late)


@dataclass(kw_only=True)
class Room:
    """A newsroom of the network, with its own Telegram; `asked` names a post's channel by its mark."""

    name: str
    world: World
    storage: Storage
    channels: list[int]
    asked: dict[str, int] = field(default_factory=dict)

    async def found(self) -> None:
        async with self.storage.begin() as db:
            for id in self.channels:
                name = str(self.world.chat(id).username)
                await db.channels.put(Channel(id=id, title=name, username=name), by=ADMIN, now=_now())
        for person_id in (ADMIN, OWNER):
            Person(self.world, person_id).send("/start")
        for id in self.channels:  # else of the very first post only a person could say whether it is there
            Person(self.world, ADMIN).send("سطر نخست", id)

    async def post(self, lot: Random) -> None:
        """One more story, due within some seconds."""
        mark, channel_id = f"«{self.name} {len(self.asked) + 1}»", lot.choice(self.channels)
        due_at = _now() + timedelta(seconds=lot.uniform(0, 6))
        async with self.storage.begin() as db:
            story = replace(STORY, headline=f"خبر {mark} رسید")
            article = await db.articles.create(story, by=ADMIN, now=_now())
            await db.articles.set_state(
                article.id, ArticleState.APPROVED, now=_now(), approved_version=article.version
            )
            await db.posts.add(
                article_id=article.id, channel_id=channel_id, due_at=due_at, by=ADMIN, now=_now()
            )
        self.asked[mark] = channel_id

    def judge(self, outcome: NetworkOutcome) -> None:
        stands = Counter(
            (id, mark)
            for id in self.channels
            for message in places.seen(self.world, id)
            if (mark := _mark(message))
        )
        wanted = {(id, mark) for mark, id in self.asked.items()}
        outcome.posts += len(wanted)
        outcome.lost += [mark for id, mark in sorted(wanted) if not stands[id, mark]]
        outcome.doubled += [mark for (_, mark), times in stands.items() if times > 1]
        outcome.strange += [mark for id, mark in stands if (id, mark) not in wanted]


async def run(plan: NetworkPlan) -> NetworkOutcome:
    """Play it, and judge it."""
    began, outcome, lot = time.monotonic(), NetworkOutcome(), Random(plan.seed)
    url = await plan.server.create("crash")
    pool = pool_for(url, 4, patience=30)
    assert pool is not None
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(pool.close)
        rooms, config = await _rooms(plan, url, pool, stack)
        enough = asyncio.Event()
        writing = asyncio.create_task(_write(rooms, Random(f"posts {plan.seed}"), enough))
        bots = [await _begun(plan, config) for _ in range(plan.processes)]
        await _all_carried(pool, rooms, {bot.pid for bot in bots})
        for life in range(plan.kills):
            await asyncio.sleep(lot.uniform(0.5, 4))
            number = lot.randrange(len(bots))
            bots[number] = await _killed(plan, config, bots[number], outcome)
            watching = _all_carried(pool, rooms, {bot.pid for bot in bots})
            outcome.away.append(await watching)
            if (life + 1) % 10 == 0:
                print(
                    f"{life + 1} of {plan.kills} kills, {sum(len(room.asked) for room in rooms)} posts",
                    flush=True,
                )
        enough.set()
        await writing
        await _settled(rooms)
        await _end(bots, pool, rooms, outcome)
        for room in rooms:
            outcome.states += await _states(room)
            room.judge(outcome)
    outcome.seconds = time.monotonic() - began
    return outcome


async def _rooms(
    plan: NetworkPlan, url: str, pool: Pool, stack: contextlib.AsyncExitStack
) -> tuple[list[Room], Path]:
    """Newsrooms with their Telegrams served, and the settings of all."""
    rooms, tables = [], ""
    for number in range(plan.newsrooms):
        name, world = f"room{number}", World(rates=PACE)
        channels = [channel_of(world, f"{name}_{each}") for each in range(CHANNELS)]
        port = await stack.enter_async_context(serving(world))
        storage = await Storage.open(of_newsroom(url, name), pool=pool, patience=30)
        rooms.append(Room(name=name, world=world, storage=storage, channels=channels))
        await rooms[-1].found()
        tables += (
            f'[[newsrooms]]\nname = "{name}"\n'
            f'telegram = {{ token = "{number + 1}:crash", base_url = "http://127.0.0.1:{port}" }}\n'
        )
    config = plan.folder / "config.toml"
    config.write_text(
        f'database = "{url}"\n[staff]\nchannel_admin = [{ADMIN}]\nowner = [{OWNER}]\n'
        f'[pacing]\nspeed = {PACE}\n[log]\nformat = "json"\n{tables}',
        encoding="utf-8",
    )
    return rooms, config


def channel_of(world: World, name: str) -> int:
    chat = world.chats[places.found(world, "channel", name, name, by=ADMIN)["id"]]
    chat.bot = administrator("channel")
    return chat.id


async def _begun(plan: NetworkPlan, config: Path) -> Bot:
    bot = await Bot.spawn(config, plan.folder / "bot.log")
    await bot.begin()
    return bot


async def _killed(plan: NetworkPlan, config: Path, bot: Bot, outcome: NetworkOutcome) -> Bot:
    """Its successor, begun at once, as a supervisor would."""
    if bot.alive:
        bot.kill()
        outcome.kills += 1
    else:
        outcome.died.append("a process ended by itself")
    await bot.gone()
    outcome.raised += bot.raised
    return await _begun(plan, config)


async def _write(rooms: list[Room], lot: Random, enough: asyncio.Event) -> None:
    """Somebody has something to publish; none is cut off between the database and the books."""
    while not enough.is_set():
        await lot.choice(rooms).post(lot)
        await asyncio.sleep(lot.uniform(0.1, 0.5))


async def _all_carried(pool: Pool, rooms: list[Room], pids: set[int]) -> float:
    """Wait until living processes have the leases of all newsrooms; how long that took."""
    began = time.monotonic()
    while (await _holders(pool, rooms)).keys() - pids:
        if time.monotonic() - began > 6 * TAKEN_UP_WITHIN:
            break
        await asyncio.sleep(0.05)
    return time.monotonic() - began


async def _holders(pool: Pool, rooms: list[Room]) -> Counter[int]:
    """How many leases each process has, 0 for nobody."""
    leases = " UNION ALL ".join(
        f"SELECT coalesce((SELECT pid FROM {room.name}.lease WHERE holder <> ''), 0) AS pid" for room in rooms
    )
    async with pool.engine.connect() as connection:
        return Counter((await connection.execute(text(leases))).scalars())


async def _settled(rooms: list[Room]) -> None:
    began = time.monotonic()
    while time.monotonic() - began < SETTLES_WITHIN:
        states = [await _states(room) for room in rooms]
        if all(set(found) <= {"sent"} for found in states):
            return
        await asyncio.sleep(0.5)


async def _states(room: Room) -> Counter[str]:
    async with room.storage.begin() as db:
        found = {state: await db.posts.counts(room.channels, state) for state in PostState}
    return +Counter({state.value: sum(counts.values()) for state, counts in found.items()})


async def _end(bots: list[Bot], pool: Pool, rooms: list[Room], outcome: NetworkOutcome) -> None:
    outcome.spread = sorted((await _holders(pool, rooms)).values())
    for bot in bots:
        code, seconds = await bot.stop()
        outcome.raised += bot.raised
        if code or seconds > 10:
            outcome.died.append(f"SIGTERM: ended with {code} after {seconds:.1f} s")


def _mark(message: dict[str, Any]) -> str:
    words = str(message.get("text") or message.get("caption") or "")
    inside = words.partition("«")[2].partition("»")[0]
    return f"«{inside}»" if inside else ""


def _now() -> datetime:
    return datetime.now(UTC)


def report(outcome: NetworkOutcome) -> str:
    """The verdict in words."""
    away = sorted(outcome.away) or [0.0]
    lines = {
        "kills": str(outcome.kills),
        "posts": f"{outcome.posts}: {dict(outcome.states)}",
        "taken up": f"half within {away[len(away) // 2]:.1f} s, all within {away[-1]:.1f} s",
        "spread": f"{outcome.spread} newsrooms by process",
        "seconds": f"{outcome.seconds:.0f}",
        "verdict": f"{'CLEAN' if outcome.clean else 'BROKEN'}: lost {len(outcome.lost)}, doubled {len(outcome.doubled)}, "
        f"strange {len(outcome.strange)}, raised {outcome.raised.total()}",
    }
    found = [*outcome.lost[:9], *outcome.doubled[:9], *outcome.strange[:9], *outcome.raised, *outcome.died]
    return "\n".join([*(f"{name:>14}  {said}" for name, said in lines.items()), *found])
