"""Engines: how each database is reached and how a transaction begins. Knows no table.

Every transaction is the only one that may write from its first statement on (BEGIN IMMEDIATE, an
advisory lock), so that what it has read is still true when it writes: nothing is lost between two
people who change the same thing. The transactions are short, and a newsroom has few of them.
"""

import sqlite3
from collections.abc import Callable
from itertools import count
from typing import Any, Final

from sqlalchemy import AsyncAdaptedQueuePool, Connection, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.schema import Table

from bot.errors import StorageError
from storage.columns import to_json
from storage.discretion import keep_rows_out_of_errors

PATIENCE = 5.0
"""Seconds to wait for a lock that another process holds."""

_POOL: Final[dict[str, Any]] = {"pool_size": 1, "max_overflow": 0, "pool_timeout": 30.0}
"""One connection: as every transaction excludes the others, more would only wait in the database, where
the longest wait is eight times as long as in the pool's queue. That ends after so many seconds."""

_WRITERS_LOCK = 0x6D6F6E616469  # "monadi"; PostgreSQL's advisory locks are numbers

_memories = count(1)


def engine_for(url: str, *, patience: float = PATIENCE) -> AsyncEngine:
    """The engine for `sqlite:///file`, `sqlite://` (in memory) or `postgresql://…`.

    Raises:
        StorageError: no such kind of database, or its driver is not installed.
        sqlite3.OperationalError: there can be no file there.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StorageError("not a database URL") from error  # without the URL: it may hold a password
    kind = parsed.get_backend_name()
    if kind == "sqlite":
        return _sqlite_engine(parsed, patience)
    if kind == "postgresql":
        return _postgres_engine(parsed, patience)
    raise StorageError(f"no storage on {kind!r}: sqlite and postgresql are known")


def _sqlite_engine(url: URL, patience: float) -> AsyncEngine:
    url = url.set(drivername="sqlite+aiosqlite")
    keeper = None
    if url.database in {None, "", ":memory:"}:
        # A name in memory instead of :memory:, with a connection of its own that keeps it: SQLAlchemy
        # closes the pool's connection when a task is canceled, and the data would be gone with it.
        name = f"file:/monadi-{next(_memories)}?vfs=memdb"
        keeper = sqlite3.connect(name, uri=True, check_same_thread=False)
        url = url.set(database=name, query={"uri": "true"})
    else:
        # Tried here, for a failure in aiosqlite's thread may outlive the event loop and print a traceback.
        sqlite3.connect(str(url.database)).close()
    engine = create_async_engine(
        url,
        json_serializer=to_json,
        hide_parameters=True,
        poolclass=AsyncAdaptedQueuePool,
        **_POOL,
    )
    keep_rows_out_of_errors(engine.sync_engine)
    event.listen(engine.sync_engine, "connect", _sqlite_pragmas(patience))
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    if keeper is not None:
        event.listen(engine.sync_engine, "engine_disposed", lambda _: keeper.close())
    return engine


def _sqlite_pragmas(patience: float) -> Callable[[Any, Any], None]:
    def connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself; `_begin_immediate` does
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA journal_mode = WAL")
        # FULL, not NORMAL: a post that was settled must be so after a power cut too, or it is sent twice.
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.close()

    return connected


def _begin_immediate(connection: Connection) -> None:
    # One trip to aiosqlite's thread, where a cursor of SQLAlchemy's makes three.
    connection.connection.run_async(lambda driver: driver.execute_fetchall("BEGIN IMMEDIATE"))


def _postgres_engine(url: URL, patience: float) -> AsyncEngine:
    try:
        engine = create_async_engine(
            url.set(drivername="postgresql+asyncpg"),
            json_serializer=to_json,
            hide_parameters=True,
            **_POOL,
            pool_pre_ping=True,  # the server may have restarted since
            connect_args={
                "server_settings": {
                    "lock_timeout": str(max(1, int(patience * 1000))),  # 0 would be for ever
                    "application_name": "monadi",
                },
            },
        )
    except ModuleNotFoundError as error:
        raise StorageError("PostgreSQL needs asyncpg: install monadi[postgres]") from error
    keep_rows_out_of_errors(engine.sync_engine)
    event.listen(engine.sync_engine, "begin", _lock_out_writers)
    return engine


def _lock_out_writers(connection: Connection) -> None:
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")


def insert_into(connection: AsyncConnection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that knows ON CONFLICT: both databases have it, each in a class of its own."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
