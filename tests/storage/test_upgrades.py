"""From every earlier version, with rows in all of its tables, to this one: on both databases, and nothing lost.

The rows are those of a newsroom of today, as far as the tables of then have their columns: so a migration of
tomorrow is tried with rows that nobody had to write down for it.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import (
    JSON,
    Connection,
    Select,
    Table,
    TableClause,
    column,
    insert,
    inspect,
    select,
    table,
    text,
)

from bot.errors import StorageError
from storage import Db, Storage, migrations
from storage.address import file_of
from storage.columns import Packed
from storage.connection import Engine
from storage.engine import engine_for
from storage.migrations import HERE, migrate, revision_of, revisions
from storage.schema import metadata
from tests.storage.calls import READS, WRITES, fill
from tests.storage.test_migrations import add_migration, state_of
from tests.storage.test_migrations import here as here  # noqa: PLC0414 - a fixture

type Rows = Mapping[str, Sequence[Mapping[str, Any]]]

BESIDE: Final = {"archive_words"}
"""Each database has its own kind of that table, and it is made of the others."""


class _Undone(Exception):
    """Nothing of a call is kept."""


def everything(name: str, *columns: str) -> Select[Any]:
    """All rows, told to `tests.plans` as a test's."""
    of = metadata.tables[name]
    asked = select(*(of.c[column] for column in columns or of.c.keys()))
    return asked.where(text("'a test' = 'a test'")).order_by(*of.primary_key)


async def all_of(db: Db, name: str) -> list[dict[str, Any]]:
    return [dict(row) for row in (await db._connection.execute(everything(name))).mappings()]


@pytest.fixture(scope="module")
def today(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """A row or more of each table."""

    async def made() -> Rows:
        storage = await Storage.open(f"sqlite:///{tmp_path_factory.mktemp('today')}/newsroom.db")
        await fill(storage)
        async with storage.begin() as db:
            found = {name: await all_of(db, name) for name in metadata.tables if name not in BESIDE}
        for call in WRITES.values():  # what is not filled is written by one of them at the least
            empty = [name for name, rows in found.items() if not rows]
            with suppress(_Undone):
                async with storage.begin() as db:
                    await call(db)
                    found |= {name: await all_of(db, name) for name in empty}
                    raise _Undone
        await storage.close()
        return found

    return asyncio.run(made())


def put(connection: Connection, rows: Rows) -> None:
    """The rows, as far as there are tables and columns for them."""
    found = inspect(connection)
    there = {name: {each["name"] for each in found.get_columns(name)} for name in found.get_table_names()}
    for of in metadata.sorted_tables:
        for row in rows.get(of.name, ()):
            if of.name in there:
                known = {name: value for name, value in row.items() if name in there[of.name]}
                connection.execute(insert(as_then(of)).values(known))


def as_then(of: Table) -> TableClause:
    """A table whose JSON is plain: today it is kept compressed, and what is plain is read all the same."""
    plain = JSON(none_as_null=True)
    return table(of.name, *(column(c.name, plain if isinstance(c.type, Packed) else c.type) for c in of.c))


async def at(url: str, revision: str, rows: Rows) -> None:
    """A database of that version."""
    engine = engine_for(url)
    async with engine.begin() as connection:
        await connection.run_sync(migrations._upgrade, HERE, revision)
        assert await connection.run_sync(revision_of) == revision
        await connection.run_sync(put, rows)
    await engine.dispose()


def test_a_newsroom_of_today_has_rows_in_every_table(today: Rows) -> None:
    """Else a migration would be tried with nothing in it."""
    assert [name for name, rows in today.items() if not rows] == []


@pytest.mark.parametrize("revision", revisions()[:-1])
async def test_an_older_database_becomes_one_of_today_with_all_that_was_in_it(
    empty_url: str, today: Rows, revision: str
) -> None:
    await at(empty_url, revision, today)
    before = await seen(empty_url)
    assert before["articles"], "there is nothing to lose"

    storage = await Storage.open(empty_url)

    after = await seen(empty_url)
    for name, rows in before.items():
        kept = [{column: row[column] for column in rows[0]} for row in after[name]] if rows else []
        assert kept == rows, name
    async with storage.begin() as db:
        for name, call in READS.items():
            try:
                await call(db)
            except Exception as fault:
                raise AssertionError(f"{name} can't read what revision {revision} has written") from fault
    await storage.close()


async def seen(url: str) -> dict[str, list[dict[str, Any]]]:
    """Every row, with the columns that there are."""

    def look(connection: Connection) -> dict[str, list[dict[str, Any]]]:
        found = inspect(connection)
        rows = dict[str, list[dict[str, Any]]]()
        for name in sorted(set(found.get_table_names()) & set(metadata.tables) - BESIDE):
            columns = [each["name"] for each in found.get_columns(name)]
            rows[name] = [dict(row) for row in connection.execute(everything(name, *columns)).mappings()]
        return rows

    engine = engine_for(url)
    async with engine.begin() as connection:
        found = await connection.run_sync(look)
    await engine.dispose()
    return found


async def test_an_upgrade_that_fails_on_its_way_leaves_all_as_it_was_and_says_how_to_go_back(
    empty_url: str, today: Rows, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what the migrations before the faulty one have done: half-way no program would know it."""
    first = revisions()[0]
    await at(empty_url, first, today)
    engine = engine_for(empty_url)
    before = await state_of(engine)
    add_migration(here, 'op.execute("SELECT * FROM no_such_table")')

    async def broken(engine: Engine) -> None:
        await migrate(engine, here)

    monkeypatch.setattr("storage.database.migrate", broken)
    with pytest.raises(StorageError, match=rf"no_such_table.*as it was \(revision {first}\)") as said:
        await Storage.open(empty_url)

    assert await state_of(engine) == before
    await engine.dispose()
    if empty_url.startswith("sqlite"):
        copy = Path(f"{file_of(empty_url)}.before-{revisions()[-1]}")
        assert str(copy) in str(said.value)
        again = engine_for(f"sqlite:///{copy}")
        assert await state_of(again) == before
        await again.dispose()
    monkeypatch.undo()
    await (await Storage.open(empty_url)).close()
