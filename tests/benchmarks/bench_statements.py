"""A statement through the storage, beside the very same one on the driver alone and on sqlite3 alone.

Processor time of all threads, for a wait is no cost. The statements are those that the storage makes, recorded;
with ours come the noun that asks and what it makes of the rows.
"""

import asyncio
import sqlite3
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

import aiosqlite
from sqlalchemy import event

from bot.news.model import Role
from storage import Db, Storage
from storage.sqlite import SqliteEngine
from tests.benchmarks.timing import Line, compared
from tests.newsroom import NOON
from tests.storage.conftest import Server

ROUNDS, TRANSACTIONS, STATEMENTS = 15, 200, 400
WHO = 7

type Call = Callable[[Db], Awaitable[Any]]
type Statement = tuple[str, Any]

CALLS: dict[str, tuple[Call, float]] = {
    "read": (lambda db: db.staff.get(WHO), 2),
    "insert": (lambda db: db.audit.log(at=NOON, person_id=WHO, verb="done", detail={"n": 1}), 3),
    "update": (lambda db: db.notices.postpone(1, NOON), 3),
}


@dataclass(frozen=True, kw_only=True)
class Peers:
    """The three ways to a database of the same content."""

    ours: Storage
    driver: aiosqlite.Connection
    plain: sqlite3.Connection


def measure() -> Iterator[Line]:
    took = asyncio.run(_measured())
    goals = {"empty transaction": 1.3, **{name: goal for name, (_, goal) in CALLS.items()}}
    for name, goal in goals.items():
        what = (
            f"an {name}, begun and kept" if name.startswith("empty") else f"one {name} inside a transaction"
        )
        ours, driver, plain = took[name]
        yield compared(f"{what}, processor time", ours, "aiosqlite alone", driver, goal)
        yield compared("the same", ours, "sqlite3 alone", plain)
    with suppress(FileNotFoundError):
        yield from _on_postgres()


async def _measured() -> dict[str, tuple[list[float], list[float], list[float]]]:
    took: dict[str, tuple[list[float], list[float], list[float]]] = {
        name: ([], [], []) for name in ("empty transaction", *CALLS)
    }
    with tempfile.TemporaryDirectory() as folder:
        peers = await _opened(Path(folder))
        recorded = {name: await _recorded(peers.ours, call) for name, (call, _) in CALLS.items()}
        for _ in range(ROUNDS):
            for figures, figure in zip(took["empty transaction"], await _empty(peers), strict=True):
                figures.append(figure)
            for name, (call, _) in CALLS.items():
                for figures, figure in zip(
                    took[name], await _inside(peers, call, recorded[name]), strict=True
                ):
                    figures.append(figure)
        await peers.ours.close()
        await peers.driver.close()
        peers.plain.close()
    return took


async def _opened(folder: Path) -> Peers:
    files = [f"{folder}/{name}.db" for name in ("ours", "driver", "plain")]
    for file in files:
        storage = await Storage.open(f"sqlite:///{file}")
        await _fill(storage)
        await storage.close()
    ours = await Storage.open(f"sqlite:///{files[0]}")
    driver = await aiosqlite.connect(files[1], isolation_level=None)
    plain = sqlite3.connect(files[2], isolation_level=None)
    for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL"):
        await driver.execute_fetchall(f"PRAGMA {pragma}")
        plain.execute(f"PRAGMA {pragma}")
    return Peers(ours=ours, driver=driver, plain=plain)


async def _fill(storage: Storage) -> None:
    async with storage.begin() as db:
        await db.staff.sync({WHO: frozenset({Role.EDITOR})}, NOON)
        await db.notices.add(WHO, "sendMessage", {"text": "خبر"})


async def _recorded(storage: Storage, call: Call) -> Statement:
    """The one statement that a call makes."""
    engine = storage._engine
    assert isinstance(engine, SqliteEngine)
    seen: list[Statement] = []

    def record(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        seen.append((statement, parameters))

    event.listen(engine._engine, "before_cursor_execute", record)
    async with storage.begin() as db:
        await call(db)
    event.remove(engine._engine, "before_cursor_execute", record)
    (statement,) = seen
    return statement


async def _empty(peers: Peers) -> tuple[float, float, float]:
    async def ours() -> None:
        async with peers.ours.begin():
            pass

    async def drivers() -> None:
        await peers.driver.execute_fetchall("BEGIN IMMEDIATE")
        await peers.driver.commit()

    async def plains() -> None:
        peers.plain.execute("BEGIN IMMEDIATE")
        peers.plain.commit()

    return (
        await _each(ours, TRANSACTIONS),
        await _each(drivers, TRANSACTIONS),
        await _each(plains, TRANSACTIONS),
    )


async def _inside(peers: Peers, call: Call, statement: Statement) -> tuple[float, float, float]:
    async def plainly() -> None:
        peers.plain.execute(*statement).fetchall()

    async with peers.ours.begin() as db:
        ours = await _each(lambda: call(db), STATEMENTS)
    await peers.driver.execute_fetchall("BEGIN IMMEDIATE")
    drivers = await _each(lambda: peers.driver.execute_fetchall(*statement), STATEMENTS)
    await peers.driver.commit()
    peers.plain.execute("BEGIN IMMEDIATE")
    plains = await _each(plainly, STATEMENTS)
    peers.plain.commit()
    return ours, drivers, plains


async def _each(does: Callable[[], Awaitable[Any]], times: int) -> float:
    start = process_time()
    for _ in range(times):
        await does()
    return (process_time() - start) / times


# ── PostgreSQL ──────────────────────────────────────────────────────────────────────────────────────


def _on_postgres() -> Iterator[Line]:
    """The bot's processor time only; the server has a process of its own."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    if not found:
        return
    server = Server(found[-1].parent)
    server.start()
    try:
        took = asyncio.run(_postgres(server))
    finally:
        server.stop()
    for what, (ours, driver) in took.items():
        yield compared(f"PostgreSQL: {what}, processor time", ours, "asyncpg alone", driver)


async def _postgres(server: Server) -> dict[str, tuple[list[float], list[float]]]:
    import asyncpg

    url = await server.create("benchmark")
    ours = await Storage.open(url)
    await _fill(ours)
    driver = await asyncpg.connect(user="t", database="benchmark", host=str(server.home))
    query = "SELECT id, name, language, role FROM staff LEFT JOIN staff_roles ON id = person_id WHERE id = $1"
    took: dict[str, tuple[list[float], list[float]]] = {
        "an empty transaction": ([], []),
        "one read inside it": ([], []),
    }

    async def empty() -> None:
        async with ours.begin():
            pass

    async def drivers_empty() -> None:
        async with driver.transaction():
            await driver.execute("SELECT pg_advisory_xact_lock(1)")

    for _ in range(ROUNDS):
        of_ours, of_drivers = took["an empty transaction"]
        of_ours.append(await _each(empty, TRANSACTIONS))
        of_drivers.append(await _each(drivers_empty, TRANSACTIONS))
        of_ours, of_drivers = took["one read inside it"]
        async with ours.begin() as db:
            of_ours.append(await _each(lambda: db.staff.get(WHO), STATEMENTS))
        async with driver.transaction():
            of_drivers.append(await _each(lambda: driver.fetch(query, WHO), STATEMENTS))
    await driver.close()
    await ours.close()
    return took
