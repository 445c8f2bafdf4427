"""Looks into a database and leaves no trace: nothing is made, migrated, locked or written. Knows no noun.

SQLite makes `-wal` and `-shm` beside a file as soon as somebody reads it, also with `mode=ro`. Where they
are (the bot runs, or was killed), they are read as they are (`readonly_shm`); where only a `-wal` is left, a
private copy is looked into; where none is, nobody writes, and `immutable` says so (sqlite.org/wal.html).
"""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import AsyncAdaptedQueuePool, Connection, event, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import StorageError
from storage.address import file_of, parsed, schema_of, server_of
from storage.connection import Told, no_one
from storage.database import Storage
from storage.discretion import keep_rows_out_of_errors
from storage.faults import fault_of
from storage.migrations import revision_of, revisions
from storage.schema import metadata


@dataclass(frozen=True, kw_only=True)
class Look:
    """What was found: its `revision` (None: no tables of ours), and what is wrong.

    `missing` names tables, columns and indexes of this program's schema; `damage` is SQLite's own word.
    `storage` may be read if the revision is the newest and nothing is wrong.
    """

    storage: Storage
    revision: str | None
    is_empty: bool
    missing: tuple[str, ...] = ()
    damage: str = ""

    @property
    def is_older(self) -> bool:
        return self.revision in revisions()[:-1]

    @property
    def is_newer(self) -> bool:
        return self.revision is not None and self.revision not in revisions()

    @property
    def is_sound(self) -> bool:
        return self.revision == revisions()[-1] and not (self.missing or self.damage)


class _Reader:
    """An engine whose transactions only read, and wait for nobody."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self.told: Told = no_one  # for nothing is written

    def begin(self) -> AbstractAsyncContextManager[AsyncConnection]:
        return self._engine.begin()

    def read[T](self, question: Callable[[Connection], T]) -> T:  # noqa: ARG002 - nobody who only looks asks it
        """Nothing is asked of the archive."""
        raise StorageError("only a bot that runs is asked for its archive")

    def written_elsewhere(self) -> bool:
        """Who looks once waits for nothing."""
        return False

    async def make_place(self) -> None:
        """Nothing is made."""

    async def check_keys(self, *, check: bool) -> None:
        """Nothing is written, so nothing is checked."""

    async def dispose(self) -> None:
        await self._engine.dispose()


@asynccontextmanager
async def looking(url: str) -> AsyncIterator[Look | None]:
    """The database as it is; None if there is none yet (a file that is not there, or memory).

    Raises:
        StorageError: it can't be reached or read.
    """
    file = file_of(url)
    if parsed(url).get_backend_name() == "sqlite" and (
        file is None or not await asyncio.to_thread(file.exists)
    ):
        yield None
        return
    with ExitStack() as leftovers:
        try:
            engine = _Reader(
                _sqlite(await asyncio.to_thread(_readable, file, leftovers)) if file else _postgres(url)
            )
            try:
                look = await _looked(engine)
            except BaseException:
                await engine.dispose()
                raise
        except Exception as error:
            fault = fault_of(error)
            if fault is None:
                raise
            raise StorageError(str(fault) or type(fault).__name__) from fault
        try:
            yield look
        finally:
            await engine.dispose()


def _readable(file: Path, leftovers: ExitStack) -> str:
    """The URI by which SQLite reads the file and touches nothing beside it."""
    wal, shm = Path(f"{file}-wal"), Path(f"{file}-shm")
    if wal.exists() and shm.exists():
        return f"{file.as_uri()}?mode=ro&readonly_shm=1"
    if wal.exists() and wal.stat().st_size:
        folder = leftovers.enter_context(tempfile.TemporaryDirectory(prefix="monadi-check-"))
        shutil.copy(wal, f"{folder}/copy.db-wal")
        return f"{Path(shutil.copy(file, f'{folder}/copy.db')).as_uri()}?mode=ro"
    return f"{file.as_uri()}?mode=ro&immutable=1"


def _sqlite(uri: str) -> AsyncEngine:
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    def connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None

    url = parsed("sqlite+aiosqlite://").set(database=uri, query={"uri": "true"})
    engine = create_async_engine(url, hide_parameters=True, poolclass=AsyncAdaptedQueuePool)
    event.listen(engine.sync_engine, "connect", connected)
    event.listen(engine.sync_engine, "begin", begin)
    keep_rows_out_of_errors(engine.sync_engine)
    return engine


def _postgres(url: str) -> AsyncEngine:
    address = parsed(url)
    if address.get_backend_name() != "postgresql":
        raise StorageError(f"no storage on {address.get_backend_name()!r}: sqlite and postgresql are known")
    reading = {"default_transaction_read_only": "on", "application_name": "monadi check"}
    if schema := schema_of(url):
        reading["search_path"] = f'"{schema}"'
    try:
        engine = create_async_engine(
            server_of(url).set(drivername="postgresql+asyncpg"),
            hide_parameters=True,
            connect_args={"server_settings": reading},
        )
    except ModuleNotFoundError as error:
        raise StorageError("PostgreSQL needs asyncpg: install monadi[postgres]") from error
    keep_rows_out_of_errors(engine.sync_engine)
    return engine


async def _looked(engine: _Reader) -> Look:
    async with engine.begin() as connection:
        damage = ""
        if connection.dialect.name == "sqlite":
            (said,) = (await connection.execute(text("PRAGMA quick_check(1)"))).one()
            damage = "" if said == "ok" else str(said)
        revision = await connection.run_sync(revision_of)
        tables = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
        missing = await connection.run_sync(_missing) if revision == revisions()[-1] else ()
    return Look(
        storage=Storage(engine), revision=revision, is_empty=not tables, missing=missing, damage=damage
    )


def _missing(connection: Connection) -> tuple[str, ...]:
    """Of the schema, what the database has not: tables, and columns and indexes of those that are there."""
    found = inspect(connection)
    there = set(found.get_table_names())
    missing = [f"table {name}" for name in metadata.tables if name not in there]
    for name, table in metadata.tables.items():
        if name in there:
            columns = {column["name"] for column in found.get_columns(name)}
            missing += [
                f"column {name}.{column.name}" for column in table.columns if column.name not in columns
            ]
            indexes = {index["name"] for index in found.get_indexes(name)}
            missing += [f"index {index.name}" for index in table.indexes if index.name not in indexes]
    return tuple(sorted(missing))
