"""PostgreSQL, by SQLAlchemy's asyncio side: imported for it alone, as that brings the ORM. Knows no table.

Several newsrooms may share a database, each in a schema of its own, and a process that carries many of them
shares its connections between them. So the schema is said with each transaction, for it alone: a connection
that comes back to the pool is nobody's. PostgreSQL reads a prepared statement anew when the path has changed
since (its manual, PREPARE), so one newsroom's plan is never another's.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Executable, NullPool, event, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.columns import to_json
from storage.connection import Told, no_one, written_by
from storage.discretion import keep_rows_out_of_errors

_WRITTEN = "written"  # under this a connection remembers the tables
_WRITERS_LOCK = 0x6D6F6E616469  # "monadi"; PostgreSQL's advisory locks are numbers
_IS_THERE = text("SELECT 1 FROM pg_namespace WHERE nspname = :name")


class Pool:
    """Connections to one database, at most `size`; whoever waits longer than `longest_wait` gives up."""

    def __init__(self, url: URL, *, size: int, patience: float, longest_wait: float) -> None:
        self.longest_wait = longest_wait
        self.engine: AsyncEngine = create_async_engine(
            url.set(drivername="postgresql+asyncpg"),
            json_serializer=to_json,
            hide_parameters=True,
            pool_size=size,
            max_overflow=0,
            pool_timeout=longest_wait,
            pool_pre_ping=True,  # the server may have restarted since
            connect_args={
                "server_settings": {
                    "lock_timeout": str(max(1, int(patience * 1000))),  # 0 would be for ever
                    "application_name": "monadi",
                },
            },
        )
        keep_rows_out_of_errors(self.engine.sync_engine)
        event.listen(self.engine.sync_engine, "before_execute", _note_what_is_written)

    async def close(self) -> None:
        await self.engine.dispose()


class PostgresEngine:
    """Raises what asyncpg and SQLAlchemy raise; `storage.faults` tells which of it is a fault.

    One transaction at a time: as each excludes the others, more would only wait in the database, where the
    longest wait is eight times as long as here, and keep other newsrooms from the connections.
    """

    def __init__(self, pool: Pool, schema: str | None, *, is_shared: bool) -> None:
        self._pool = pool
        self._schema = schema
        self._is_shared = is_shared
        self._turn = asyncio.Lock()
        self._first = _first_words(schema)
        self.told: Told = no_one

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        await self._wait_for_turn()
        try:
            async with self._pool.engine.begin() as connection:
                await connection.exec_driver_sql(self._first)
                written = connection.info[_WRITTEN] = set[str]()
                yield connection
        finally:
            self._turn.release()
        if written:
            self.told(frozenset(written))

    def read[T](self, question: Callable[[Connection], T]) -> T:
        """With a connection and an event loop of its own: what is made of the rows is not for the bot's."""
        return asyncio.run(self._read(question))

    async def _read[T](self, question: Callable[[Connection], T]) -> T:
        settings = {"search_path": f'"{self._schema}"'} if self._schema else {}
        engine = create_async_engine(
            self._pool.engine.url,
            poolclass=NullPool,
            hide_parameters=True,
            connect_args={"server_settings": settings},
        )
        async with engine.connect() as connection:
            return await connection.run_sync(question)

    def written_elsewhere(self) -> bool:
        """Nobody tells: it may have."""
        return True

    async def make_place(self) -> None:
        """The schema. Only where it is missing: whoever may not make one may still use one that is there."""
        if self._schema is None:
            return
        async with self.begin() as connection:
            if await connection.scalar(_IS_THERE, {"name": self._schema}) is None:
                await connection.execute(text(f'CREATE SCHEMA "{self._schema}"'))

    async def check_keys(self, *, check: bool) -> None:
        """Nothing: it alters a table where it stands."""

    async def dispose(self) -> None:
        if not self._is_shared:
            await self._pool.close()

    async def _wait_for_turn(self) -> None:
        try:
            async with asyncio.timeout(self._pool.longest_wait):
                await self._turn.acquire()
        except TimeoutError:
            raise PoolTimeoutError("the transactions that were begun before take too long") from None


def _first_words(schema: str | None) -> str:
    """What each transaction begins with: where its tables are, and that it is the only one there."""
    if schema is None:
        return f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})"
    number = blake2b(f"monadi {schema}".encode(), digest_size=8).digest()
    lock = int.from_bytes(number, signed=True)
    return f"SELECT set_config('search_path', '\"{schema}\"', true), pg_advisory_xact_lock({lock})"


def _note_what_is_written(connection: Connection, statement: Executable, *_: Any) -> None:
    table = written_by(statement)
    if table is not None and _WRITTEN in connection.info:
        connection.info[_WRITTEN].add(table)
