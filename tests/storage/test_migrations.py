"""Migrations: they make what the schema says, all of it or nothing, and never touch what is newer."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import IntegrityError

from bot.errors import StorageError
from storage import Storage
from storage.connection import Engine
from storage.engine import engine_for
from storage.migrations import HERE, UpgradeFailed, migrate, revision_of, revisions
from storage.schema import metadata
from tests.storage.newsroom import stored_channel, stored_story

NEXT = f"{max(map(int, revisions())) + 1:04}"


@pytest.fixture
async def engine(empty_url: str) -> AsyncIterator[Engine]:
    engine = engine_for(empty_url)
    yield engine
    await engine.dispose()


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Our migrations, where a test can add one."""
    return Path(shutil.copytree(HERE, tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__")))


def add_migration(here: Path, *lines: str) -> None:
    body = "\n".join(f"    {line}" for line in lines)
    (here / "versions" / f"{NEXT}_next.py").write_text(
        f'from alembic import op\nrevision = "{NEXT}"\ndown_revision = "{revisions()[-1]}"\n'
        f"def upgrade():\n{body}\n"
    )


async def state_of(engine: Engine) -> dict[str, Any]:
    """The revision, the tables with their columns, and how many rows each has."""

    def look(connection: Connection) -> dict[str, Any]:
        found: dict[str, Any] = {"revision": revision_of(connection)}
        for table in inspect(connection).get_table_names():
            columns = [column["name"] for column in inspect(connection).get_columns(table)]
            found[table] = columns, connection.scalar(text(f"SELECT count(*) FROM {table}"))
        return found

    async with engine.begin() as connection:
        return await connection.run_sync(look)


async def test_the_migrations_make_what_the_schema_says(engine: Engine) -> None:
    def differences(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        found: list[Any] = compare_metadata(context, metadata)
        return [
            each for each in found if "archive_words" not in str(each) and "archive_index" not in str(each)
        ]  # each database's own kind of table

    await migrate(engine)

    async with engine.begin() as connection:
        assert await connection.run_sync(differences) == []


async def test_unique_and_foreign_keys_are_those_of_the_schema(engine: Engine) -> None:
    """What `compare_metadata` does not look at: partial indexes and the actions of foreign keys."""

    def constraints(connection: Connection) -> dict[str, Any]:
        found = {}
        for table in sorted(metadata.tables):
            indexes = inspect(connection).get_indexes(table)
            keys = inspect(connection).get_foreign_keys(table)
            found[table] = (
                sorted(
                    (index["name"] or "", index["unique"], *_texts(index.get("dialect_options", {})))
                    for index in indexes
                ),
                sorted((key["name"] or "", str(key["options"])) for key in keys),
            )
        return found

    await migrate(engine)
    async with engine.begin() as connection:
        migrated = await connection.run_sync(constraints)
        await connection.execute(text("DROP TABLE archive_words"))
        await connection.execute(text("DROP TABLE IF EXISTS archive_index"))
        await connection.run_sync(metadata.drop_all)
        await connection.run_sync(metadata.create_all)
        created = await connection.run_sync(constraints)

    assert migrated == created


def _texts(options: Mapping[str, Any]) -> list[tuple[str, str]]:
    return sorted((name, str(value)) for name, value in options.items())


async def test_migrating_again_changes_nothing(engine: Engine) -> None:
    await migrate(engine)
    before = await state_of(engine)

    await migrate(engine)

    assert await state_of(engine) == before
    assert before["revision"] == revisions()[-1]


async def test_a_failing_migration_leaves_all_as_it_was(engine: Engine, here: Path) -> None:
    await migrate(engine)
    before = await state_of(engine)
    add_migration(
        here,
        'op.execute("CREATE TABLE half (id INTEGER)")',
        'op.execute("INSERT INTO half VALUES (1)")',
        "op.execute(\"INSERT INTO holidays VALUES ('01-01', 'half', 1, '2026-01-01')\")",
        'op.execute("ALTER TABLE staff ADD COLUMN half INTEGER")',
        'op.execute("SELECT * FROM no_such_table")',
    )

    with pytest.raises(UpgradeFailed, match="no_such_table"):
        await migrate(engine, here)

    assert await state_of(engine) == before
    add_migration(here, 'op.execute("CREATE TABLE whole (id INTEGER)")')
    await migrate(engine, here)
    assert await state_of(engine) == {**before, "revision": NEXT, "whole": (["id"], 0)}


async def test_a_failing_first_migration_leaves_the_database_empty(engine: Engine, here: Path) -> None:
    first = next((here / "versions").glob("0001*"))
    last = "    _create_inbox_and_audit()\n"
    first.write_text(first.read_text().replace(last, last + '    raise RuntimeError("on purpose")\n'))

    with pytest.raises(RuntimeError, match="on purpose"):
        await migrate(engine, here)

    assert await state_of(engine) == {"revision": None}


async def test_a_table_that_is_rebuilt_keeps_the_rows_that_point_to_it(
    engine: Engine, empty_url: str, here: Path
) -> None:
    """SQLite copies and drops a table to alter it; with foreign keys on, the slots would go with it."""
    storage = await Storage.open(empty_url)
    await stored_channel(storage)
    article = await stored_story(storage)
    async with storage.begin() as db:
        await db.cards.show(article.id, 1)
    await storage.close()
    before = await state_of(engine)
    add_migration(
        here,
        "with op.batch_alter_table('articles') as table:",
        "    table.alter_column('state', new_column_name='editorial_state')",
    )

    await migrate(engine, here)

    after = await state_of(engine)
    assert "editorial_state" in after["articles"][0]
    assert {table: found[1] for table, found in after.items() if table != "revision"} == {
        table: found[1] for table, found in before.items() if table != "revision"
    }


async def test_foreign_keys_hold_after_migrating(empty_url: str) -> None:
    storage = await Storage.open(empty_url)

    with pytest.raises(IntegrityError):
        async with storage.begin() as db:
            await db.cards.show(404, 1)

    await storage.close()


async def test_a_migration_that_leaves_orphans_is_undone(tmp_path: Path, here: Path) -> None:
    engine = engine_for(f"sqlite:///{tmp_path}/orphans.db")
    await migrate(engine)
    before = await state_of(engine)
    add_migration(here, "op.execute(\"INSERT INTO staff_roles VALUES (404, 'owner')\")")

    with pytest.raises(UpgradeFailed, match="point nowhere"):
        await migrate(engine, here)

    assert await state_of(engine) == before
    await engine.dispose()


async def test_a_database_of_a_newer_program_is_refused(engine: Engine, empty_url: str) -> None:
    await migrate(engine)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = await state_of(engine)

    with pytest.raises(StorageError, match=r"newer version .*9999"):
        await Storage.open(empty_url)

    assert await state_of(engine) == before


async def test_two_programs_open_an_empty_database_at_once(empty_url: str) -> None:
    first, second = await asyncio.gather(Storage.open(empty_url), Storage.open(empty_url))

    article = await stored_story(first)
    async with second.begin() as db:
        assert await db.articles.get(article.id) == article
    await first.close()
    await second.close()


def test_each_revision_follows_the_one_before() -> None:
    """One chain holds all of them: their numbers are set aside beforehand, and need not come in order."""
    named = {file.stem.partition("_")[0]: file.read_text() for file in HERE.glob("versions/[0-9]*.py")}
    follows = [re.findall(r"^down_revision.* = (.*)$", named[number], re.MULTILINE) for number in revisions()]

    assert sorted(revisions()) == sorted(named)
    assert [found[0].strip('"') for found in follows] == ["None", *revisions()[:-1]]
