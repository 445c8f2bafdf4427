"""What one transaction is asked through, and what gives transactions, on either database. Knows neither."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, Concatenate, Protocol, overload

import sqlalchemy
from sqlalchemy import CursorResult, Dialect, Executable, ScalarResult
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import TypedReturnsRows

type Told = Callable[[frozenset[str]], object]
"""Hears the names of the tables that a transaction has written, when it is kept."""

EVERYTHING = "*"
"""Stands for all tables where nobody can tell which were written."""


def no_one(_tables: frozenset[str]) -> None:
    """Nobody listens."""


def written_by(statement: Executable) -> str | None:
    """The table that a statement writes; None if it only reads."""
    if isinstance(statement, UpdateBase):
        return str(getattr(statement.table, "name", EVERYTHING))
    return None if statement.is_select else EVERYTHING


class Connection(Protocol):
    """A connection inside its transaction: what is used of SQLAlchemy's `AsyncConnection`."""

    @property
    def dialect(self) -> Dialect: ...

    @overload
    async def execute[*Ts](
        self, statement: TypedReturnsRows[*Ts], parameters: Any = None
    ) -> CursorResult[*Ts]: ...
    @overload
    async def execute(
        self, statement: Executable, parameters: Any = None
    ) -> CursorResult[*tuple[Any, ...]]: ...

    @overload
    async def scalar[T](self, statement: TypedReturnsRows[T], parameters: Any = None) -> T | None: ...
    @overload
    async def scalar(self, statement: Executable, parameters: Any = None) -> Any: ...

    @overload
    async def scalars[T](self, statement: TypedReturnsRows[T], parameters: Any = None) -> ScalarResult[T]: ...
    @overload
    async def scalars(self, statement: Executable, parameters: Any = None) -> ScalarResult[Any]: ...

    async def run_sync[**P, T](
        self, fn: Callable[Concatenate[sqlalchemy.Connection, P], T], *arg: P.args, **kw: P.kwargs
    ) -> T:
        """What is written for a plain connection (Alembic), on this one."""
        ...


class Engine(Protocol):
    """A database, and one transaction at a time on it, in the order they were asked for."""

    told: Told

    def begin(self) -> AbstractAsyncContextManager[Connection]:
        """A transaction: kept when the block ends, undone when it raises."""
        ...

    def read[T](self, question: Callable[[sqlalchemy.Connection], T]) -> T:
        """Ask what is kept, beside the transactions: blocks its thread, which is not the event loop's."""
        ...

    def written_elsewhere(self) -> bool:
        """Whether another process may have written since it was last asked; does not wait."""
        ...

    async def make_place(self) -> None:
        """Make what the tables stand in, where that is not there with the database."""
        ...

    async def check_keys(self, *, check: bool) -> None:
        """Have foreign keys checked, or not, where a table must be copied and dropped to be altered."""
        ...

    async def dispose(self) -> None:
        """Close what is open; asked again, it opens again."""
        ...
