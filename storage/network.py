"""Who carries which newsroom: the table of a network on PostgreSQL, in a schema that is no newsroom's.

It only says who should try. That two never publish from the same newsroom is its own lease's work:
whoever trusts this table wrongly waits there. No secret stands here: a newsroom's settings name the file of
its token.
"""

import json
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    false,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert as insert_or
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StorageError
from storage.address import NETWORK
from storage.faults import fault_of
from storage.postgres import Pool

_LOCK: Final = 0x6D6F6E61646E  # "monadn": of a network's tables one writes at a time, too
_metadata = MetaData(schema=NETWORK)
_newsrooms = Table(
    "newsrooms",
    _metadata,
    Column("name", String, primary_key=True),
    Column("own", Text),  # settings of one that was added, as JSON; null: they stand in the configuration
    Column("paused", Boolean, nullable=False, server_default=false()),
    Column("holder", String, nullable=False, server_default=""),
)
_processes = Table(
    "processes",
    _metadata,
    Column("id", String, primary_key=True),
    Column("host", String, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("until", DateTime(timezone=True), nullable=False),
)


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A newsroom in the network; `holder` is the process that shall carry it, empty for none."""

    name: str
    own: Mapping[str, Any] | None
    paused: bool
    holder: str


@dataclass(frozen=True, kw_only=True)
class Member:
    """A process that carries newsrooms, as many as its capacity; it counts as dead after `until`."""

    id: str
    host: str
    pid: int
    capacity: int
    until: datetime


class Books:
    """What one transaction can read and write of the network."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def newsrooms(self) -> tuple[Placed, ...]:
        """All, by name."""
        rows = await self._connection.execute(select(_newsrooms).order_by(_newsrooms.c.name))
        return tuple(
            Placed(
                name=row.name,
                own=None if row.own is None else json.loads(row.own),
                paused=row.paused,
                holder=row.holder,
            )
            for row in rows
        )

    async def declare(self, names: Iterable[str]) -> None:
        """These stand in the configuration."""
        rows = [{"name": name} for name in names]
        if rows:
            await self._connection.execute(insert_or(_newsrooms).values(rows).on_conflict_do_nothing())

    async def add(self, name: str, own: Mapping[str, Any]) -> bool:
        """Add one with settings of its own; False if there is one of that name."""
        added = insert_or(_newsrooms).values(name=name, own=json.dumps(own)).on_conflict_do_nothing()
        return (await self._connection.execute(added)).rowcount > 0

    async def remove(self, name: str) -> bool:
        """Forget it; what it holds stays. False if there is none."""
        return (await self._connection.execute(delete(_newsrooms).filter_by(name=name))).rowcount > 0

    async def pause(self, name: str, *, paused: bool) -> bool:
        """Have nobody carry it, or somebody again; False if there is none."""
        values = update(_newsrooms).filter_by(name=name).values(paused=paused)
        return (await self._connection.execute(values)).rowcount > 0

    async def give(self, names: Iterable[str], holder: str) -> None:
        """From now on it is that process's to carry; the empty one: nobody's."""
        moved = update(_newsrooms).where(_newsrooms.c.name.in_(list(names))).values(holder=holder)
        await self._connection.execute(moved)

    async def members(self) -> tuple[Member, ...]:
        """All that have been heard of, also those that are dead."""
        rows = await self._connection.execute(select(_processes).order_by(_processes.c.id))
        return tuple(Member(**row) for row in rows.mappings())

    async def here(self, me: Member) -> None:
        """Say that a process lives."""
        values = {"host": me.host, "pid": me.pid, "capacity": me.capacity, "until": me.until}
        written = insert_or(_processes).values(id=me.id, **values)
        await self._connection.execute(
            written.on_conflict_do_update(index_elements=[_processes.c.id], set_=values)
        )

    async def gone(self, ids: Iterable[str]) -> None:
        """Forget processes; what they carried is nobody's."""
        dead = list(ids)
        await self._connection.execute(
            update(_newsrooms).where(_newsrooms.c.holder.in_(dead)).values(holder="")
        )
        await self._connection.execute(delete(_processes).where(_processes.c.id.in_(dead)))


class Network:
    """The network that a database holds."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    @classmethod
    async def open(cls, pool: Pool) -> "Network":
        """Open it, and make its tables where they are missing.

        Raises:
            StorageError: the database is away, or lets us make no schema.
        """
        network = cls(pool)
        async with network._transaction() as connection:
            there = text("SELECT to_regclass(:table)").bindparams(table=f"{NETWORK}.processes")
            if await connection.scalar(there) is None:
                await connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{NETWORK}"'))
                await connection.run_sync(_metadata.create_all)
        return network

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Books]:
        """One transaction, the only one there: kept when the block ends, undone when it raises.

        Raises:
            StorageError: the database is locked or away; nothing of the block was kept.
        """
        async with self._transaction() as connection:
            yield Books(connection)

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[AsyncConnection]:
        try:
            async with self._pool.engine.begin() as connection:
                await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
                yield connection
        except (SQLAlchemyError, OSError) as error:
            fault = fault_of(error)
            if fault is None:
                raise
            raise StorageError(str(fault) or type(fault).__name__) from fault
