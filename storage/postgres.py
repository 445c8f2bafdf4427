"""PostgreSQL, by SQLAlchemy's asyncio side: imported for it alone, as that brings the ORM. Knows no table."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, Executable, NullPool, event
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from storage.columns import to_json
from storage.connection import Told, no_one, written_by
from storage.discretion import keep_rows_out_of_errors

_WRITTEN = "written"  # under this a connection remembers the tables
_WRITERS_LOCK = 0x6D6F6E616469  # "monadi"; PostgreSQL's advisory locks are numbers


class PostgresEngine:
    """Raises what asyncpg and SQLAlchemy raise; `storage.faults` tells which of it is a fault.

    One connection: as every transaction excludes the others, more would only wait in the database, where
    the longest wait is eight times as long as in the pool's queue.
    """

    def __init__(self, url: URL, *, patience: float, longest_wait: float) -> None:
        self._engine = create_async_engine(
            url.set(drivername="postgresql+asyncpg"),
            json_serializer=to_json,
            hide_parameters=True,
            pool_size=1,
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
        keep_rows_out_of_errors(self._engine.sync_engine)
        event.listen(self._engine.sync_engine, "begin", _lock_out_writers)
        event.listen(self._engine.sync_engine, "before_execute", _note_what_is_written)
        self.told: Told = no_one

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        async with self._engine.begin() as connection:
            written = connection.info[_WRITTEN] = set[str]()
            yield connection
        if written:
            self.told(frozenset(written))

    def read[T](self, question: Callable[[Connection], T]) -> T:
        """With a connection and an event loop of its own: what is made of the rows is not for the bot's."""
        return asyncio.run(self._read(question))

    async def _read[T](self, question: Callable[[Connection], T]) -> T:
        engine = create_async_engine(self._engine.url, poolclass=NullPool, hide_parameters=True)
        async with engine.connect() as connection:
            return await connection.run_sync(question)

    def written_elsewhere(self) -> bool:
        """Nobody tells: it may have."""
        return True

    async def check_keys(self, *, check: bool) -> None:
        """Nothing: it alters a table where it stands."""

    async def dispose(self) -> None:
        await self._engine.dispose()


def _lock_out_writers(connection: Connection) -> None:
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")


def _note_what_is_written(connection: Connection, statement: Executable, *_: Any) -> None:
    table = written_by(statement)
    if table is not None and _WRITTEN in connection.info:
        connection.info[_WRITTEN].add(table)
