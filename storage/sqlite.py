"""SQLite: statements on the event loop's thread, what may wait in aiosqlite's. Knows no table.

A statement takes SQLite some microseconds, and a trip to another thread ten times as long. So only what may
wait for another process or for the disk is awaited there: opening and closing, BEGIN IMMEDIATE, ROLLBACK,
and the COMMIT of what was written (with `synchronous = FULL` it waits for the disk). Between them an ordinary
SQLAlchemy connection works over the same `sqlite3` connection. What is written stays in SQLite's memory until
the COMMIT; only reading a page that is not in memory makes the loop wait for the disk.

aiosqlite's thread does what it is given in turn, also where nobody waits for it any more. So a ROLLBACK that
is given to it behind a BEGIN or COMMIT of a task that was canceled leaves nothing open, however they ended.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import count
from time import monotonic
from typing import Any, Concatenate, Final

import aiosqlite
from sqlalchemy import (
    Connection,
    CursorResult,
    Dialect,
    Executable,
    ScalarResult,
    StaticPool,
    create_engine,
)
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from bot.errors import StorageError
from storage.columns import to_json
from storage.connection import EVERYTHING, Told, no_one, written_by
from storage.discretion import keep_rows_out_of_errors
from storage.faults import is_busy
from storage.sqlite_reader import Reader

_PRAGMAS: Final = (
    "foreign_keys = ON",
    "journal_mode = WAL",
    # FULL, not NORMAL: a post that was settled must be so after a power cut too, or it is sent twice.
    "synchronous = FULL",
)
_LOOK: Final = 0.06
"""Seconds that SQLite itself waits for a lock: as long as it looks every few milliseconds. Then it would look
ten times a second, and miss the pauses of a busy writer; so it is asked anew until our patience is over."""
_STATEMENTS: Final = 512
"""How many sqlite3 keeps prepared: more than we have, where its own 128 are fewer."""

_PAUSE: Final = 0.005

_memories = count(1)


class SqliteConnection:
    """What `AsyncConnection` would be, but answers at once."""

    def __init__(self, inner: Connection) -> None:
        self._inner: Connection | None = inner
        self.written: set[str] = set()
        """The tables that were written so far."""

    @property
    def dialect(self) -> Dialect:
        return self._open.dialect

    async def execute(self, statement: Executable, parameters: Any = None) -> CursorResult[Any]:
        return self._asked(statement).execute(statement, parameters)

    async def scalar(self, statement: Executable, parameters: Any = None) -> Any:
        return self._asked(statement).scalar(statement, parameters)

    async def scalars(self, statement: Executable, parameters: Any = None) -> ScalarResult[Any]:
        return self._asked(statement).scalars(statement, parameters)

    async def run_sync[**P, T](
        self, fn: Callable[Concatenate[Connection, P], T], *arg: P.args, **kw: P.kwargs
    ) -> T:
        self.written.add(EVERYTHING)
        return fn(self._open, *arg, **kw)

    def end(self) -> None:
        self._inner = None

    def _asked(self, statement: Executable) -> Connection:
        if (table := written_by(statement)) is not None:
            self.written.add(table)
        return self._open

    @property
    def _open(self) -> Connection:
        if self._inner is None:  # else it would be kept at once, or go into another one's transaction
            raise RuntimeError("the transaction is over")
        return self._inner


class SqliteEngine:
    """One connection, opened when it is first needed, and again when it was lost.

    Raises what sqlite3 and SQLAlchemy raise; `storage.faults` tells which of it is a fault.
    """

    def __init__(self, url: URL, *, patience: float, longest_wait: float) -> None:
        self.told: Told = no_one
        self._place, self._keeper = _place(url)
        self._patience, self._longest_wait = patience, longest_wait
        self._turns = asyncio.Lock()  # in the order they were asked for
        self._opened: _Opened | None = None
        self._raw: sqlite3.Connection | None = None
        self._version: int | None = None  # of the file, as this connection counts what others write
        self._reader = Reader(partial(self._open_file, patience))
        self._engine = create_engine(
            "sqlite://",
            creator=lambda: self._raw,
            poolclass=StaticPool,
            json_serializer=to_json,
            hide_parameters=True,
        )
        keep_rows_out_of_errors(self._engine)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[SqliteConnection]:
        """A transaction; who is canceled while it begins or is kept is so when that has ended.

        Raises:
            StorageError: those before it have not ended for very long.
        """
        async with self._turn():
            opened = self._opened or await self._open()
            connection = SqliteConnection(opened.inner)
            try:
                await self._patiently(opened.driver, "BEGIN IMMEDIATE")
                yield connection
                connection.end()
                if connection.written:
                    await opened.driver.commit()
                else:
                    opened.raw.commit()  # nothing goes to the disk
            except BaseException:
                connection.end()
                await _to_the_end(self._undo(opened))
                raise
        if connection.written:
            self.told(frozenset(connection.written))

    def read[T](self, question: Callable[[Connection], T]) -> T:
        return self._reader.read(question)

    def written_elsewhere(self) -> bool:
        """By https://sqlite.org/pragma.html#pragma_data_version; asked between transactions alone.

        SQLite does one thing at a time on a connection: beside a COMMIT the loop would wait for the disk.
        """
        if self._opened is None or self._turns.locked():
            return True
        try:
            (version,) = self._opened.raw.execute("PRAGMA data_version").fetchone()
        except sqlite3.Error:  # whoever looks next finds out what it is
            return True
        before, self._version = self._version, int(version)
        return before != self._version

    async def make_place(self) -> None:
        """Nothing: the file is made when it is opened."""

    async def check_keys(self, *, check: bool) -> None:
        """It listens only between transactions."""
        async with self._turn():
            opened = self._opened or await self._open()
            await opened.driver.execute_fetchall(f"PRAGMA foreign_keys = {'ON' if check else 'OFF'}")

    async def dispose(self) -> None:
        async with self._turn():
            if self._opened is not None:
                await _to_the_end(self._close(self._opened))
            self._reader.close()
            if self._keeper is not None:
                self._keeper.close()

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(self._longest_wait):
                await self._turns.acquire()
        except TimeoutError as error:
            raise StorageError(f"busy with one transaction for {self._longest_wait:g} s") from error
        try:
            yield
        finally:
            self._turns.release()

    async def _open(self) -> "_Opened":
        return await _to_the_end(self._connected())

    async def _connected(self) -> "_Opened":
        driver = aiosqlite.Connection(self._connect, iter_chunk_size=64)
        # As SQLAlchemy has it: a program that ends without closing must not wait for the thread for ever.
        driver._thread.daemon = True  # noqa: SLF001
        await driver
        try:
            for pragma in _PRAGMAS:
                await self._patiently(driver, f"PRAGMA {pragma}")
            self._engine.dispose()  # of what was there before
            inner = self._engine.connect()
            inner.begin()  # in SQLAlchemy's books, once for all: the driver begins and keeps
        except BaseException:
            await driver.close()
            raise
        assert self._raw is not None
        self._version = None
        self._opened = _Opened(driver=driver, raw=self._raw, inner=inner)
        return self._opened

    async def _patiently(self, driver: aiosqlite.Connection, statement: str) -> None:
        """Have it done as soon as no other process is in its way.

        Where SQLite does not wait at all, as when a new file is to be written ahead, we do.
        """
        until = monotonic() + self._patience
        while True:
            try:
                await driver.execute_fetchall(statement)
            except sqlite3.OperationalError as error:
                if not is_busy(error) or monotonic() >= until:
                    raise
                await asyncio.sleep(_PAUSE)
            else:
                return

    def _connect(self) -> sqlite3.Connection:
        """In the thread; SQLAlchemy is given the same."""
        self._raw = self._open_file(min(self._patience, _LOOK))
        return self._raw

    def _open_file(self, patience: float) -> sqlite3.Connection:
        return sqlite3.connect(
            self._place,
            uri=self._keeper is not None,
            timeout=patience,
            isolation_level=None,  # the driver begins nothing by itself
            check_same_thread=False,
            cached_statements=_STATEMENTS,
        )

    async def _undo(self, opened: "_Opened") -> None:
        try:
            await opened.driver.rollback()
        except Exception:  # noqa: BLE001 - of a connection that is of no use any more
            await self._close(opened)

    async def _close(self, opened: "_Opened") -> None:
        self._opened = None
        with suppress(DBAPIError):  # it was lost
            opened.inner.close()  # in SQLAlchemy's books
        await opened.driver.close()


@dataclass(frozen=True, kw_only=True)
class _Opened:
    """The connection as each of the three knows it."""

    driver: aiosqlite.Connection
    raw: sqlite3.Connection
    inner: Connection


async def _to_the_end[T](doing: Coroutine[Any, Any, T]) -> T:
    """Await it whole: who is canceled meanwhile is so afterwards."""
    task = asyncio.ensure_future(doing)
    canceled = None
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError as error:
            canceled = error
    if canceled is not None:
        raise canceled from task.exception()
    return task.result()


def _place(url: URL) -> tuple[str, sqlite3.Connection | None]:
    """What to open and, for a database in memory, the connection that keeps it."""
    if url.database in {None, "", ":memory:"}:
        # A name in memory instead of :memory:, with a connection of its own that keeps it: one that was lost
        # is closed, and the data would be gone with it.
        name = f"file:/monadi-{next(_memories)}?vfs=memdb"
        return name, sqlite3.connect(name, uri=True, check_same_thread=False)
    # Tried here, for a failure in aiosqlite's thread may outlive the event loop and print a traceback.
    sqlite3.connect(str(url.database)).close()
    return str(url.database), None
