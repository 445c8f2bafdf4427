"""What is asked of the storage, counted where it is asked."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from sqlalchemy import Connection, Executable

from storage.sqlite import SqliteConnection, SqliteEngine


@dataclass
class Count:
    transactions: int = 0
    statements: int = 0


def counting(monkeypatch: pytest.MonkeyPatch) -> Count:
    """What is asked from now on."""
    counted = Count()
    begin, asked = SqliteEngine.begin, SqliteConnection._asked

    @asynccontextmanager
    async def begun(engine: SqliteEngine) -> AsyncIterator[SqliteConnection]:
        counted.transactions += 1
        async with begin(engine) as connection:
            yield connection

    def noted(connection: SqliteConnection, statement: Executable) -> Connection:
        counted.statements += 1
        return asked(connection, statement)

    monkeypatch.setattr(SqliteEngine, "begin", begun)
    monkeypatch.setattr(SqliteConnection, "_asked", noted)
    return counted
