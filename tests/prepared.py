"""Databases in memory that are ready at once: tables copied, statements compiled once. Knows no table.

For tests that open a newsroom each: the migrations and the compiling of SQL would take longer than most of them do.
What they assert is not touched by it: the statements run, and tests/storage opens databases as the bot does.
"""

import sqlite3
from typing import TYPE_CHECKING

import pytest

from storage import engine as engines
from storage import migrations
from storage.connection import Engine
from storage.sqlite import SqliteEngine

if TYPE_CHECKING:
    from storage.postgres import Pool

_tables = sqlite3.connect(":memory:")  # as the migrations have made them, once one newsroom was opened
_first: list[
    SqliteEngine
] = []  # its dialect is part of the key by which SQLAlchemy finds what it has compiled


def with_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let storages open with a copy of the tables; only for memory, and together with `without_threads`."""
    monkeypatch.setattr("storage.database.engine_for", _engine_for)
    monkeypatch.setattr("storage.database.migrate", _copy_tables)


def _engine_for(url: str, *, patience: float, pool: "Pool | None") -> Engine:
    engine = engines.engine_for(url, patience=patience, pool=pool)
    assert isinstance(engine, SqliteEngine)
    if _first:
        engine._engine.dialect = _first[0]._engine.dialect
        engine._engine._compiled_cache = _first[0]._engine._compiled_cache
    return engine


async def _copy_tables(engine: SqliteEngine) -> None:
    if not _first:
        await migrations.migrate(engine)
    opened = engine._opened or await engine._open()
    if _first:
        _tables.backup(opened.raw)
    else:
        opened.raw.backup(_tables)
        _first.append(engine)
