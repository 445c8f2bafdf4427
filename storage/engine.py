"""Engines: which database is reached, and how. Knows no table.

Every transaction is the only one that may write from its first statement on (BEGIN IMMEDIATE, an
advisory lock), so that what it has read is still true when it writes: nothing is lost between two
people who change the same thing. The transactions are short, and a newsroom has few of them.
"""

from typing import TYPE_CHECKING

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import Table

from bot.errors import StorageError
from storage.address import parsed, schema_of, server_of
from storage.connection import Connection, Engine
from storage.sqlite import SqliteEngine

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

    from storage.postgres import Pool

PATIENCE = 5.0
"""Seconds to wait for a lock that another process holds."""

_LONGEST_WAIT = 30.0
"""Seconds to wait for the transactions of this process that were begun before."""


def engine_for(url: str, *, patience: float = PATIENCE, pool: "Pool | None" = None) -> Engine:
    """The engine for `sqlite:///file`, `sqlite://` (in memory) or `postgresql://…`.

    Args:
        url: where it is.
        patience: seconds to wait for a lock that another process holds.
        pool: connections that it shares with other newsrooms of the same server (`pool_for`).

    Raises:
        StorageError: no such kind of database, or its driver is not installed.
        sqlite3.OperationalError: there can be no file there.
    """
    address = parsed(url)
    kind = address.get_backend_name()
    if kind == "sqlite":
        return SqliteEngine(address, patience=patience, longest_wait=_LONGEST_WAIT)
    if kind != "postgresql":
        raise StorageError(f"no storage on {kind!r}: sqlite and postgresql are known")
    from storage.postgres import (
        PostgresEngine,  # late: what it imports takes as long as all else of the storage
    )

    return PostgresEngine(pool or _pool(url, 1, patience), schema_of(url), is_shared=pool is not None)


def pool_for(url: str, size: int, *, patience: float = PATIENCE) -> "Pool | None":
    """So many connections to the server of `url`, for newsrooms with schemas there; None for SQLite.

    Raises:
        StorageError: the driver is not installed.
    """
    return _pool(url, size, patience) if parsed(url).get_backend_name() == "postgresql" else None


def _pool(url: str, size: int, patience: float) -> "Pool":
    from storage.postgres import Pool  # late, as above

    try:
        return Pool(server_of(url), size=size, patience=patience, longest_wait=_LONGEST_WAIT)
    except ModuleNotFoundError as error:
        raise StorageError("PostgreSQL needs asyncpg: install monadi[postgres]") from error


def insert_into(connection: Connection, table: Table) -> "postgresql.Insert | sqlite.Insert":
    """An INSERT that knows ON CONFLICT: both databases have it, each in a class of its own."""
    return insert_for(connection.dialect.name, table)


def insert_for(kind: str, table: Table) -> "postgresql.Insert | sqlite.Insert":
    """The same for the database of that kind."""
    if kind == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    return sqlite.insert(table)
