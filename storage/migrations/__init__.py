"""Brings a database's tables up to date, all of the way in one transaction or not at all. Knows no table.

The migrations are the files in `versions/`, named by their revision; `down_revision` says which comes
before. To write the next one, change `storage/schema.py`, add a file whose `down_revision` is the last one,
and run the tests: they compare what the migrations make with the schema.
"""

import asyncio
import re
from pathlib import Path
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, inspect, text

from bot.errors import StorageError
from storage.connection import Engine
from storage.faults import fault_of, is_busy
from storage.schema import metadata

HERE: Final = Path(__file__).parent
_CHAINED: Final = re.compile(r'^revision = "(\w+)"\ndown_revision = (?:None|"(\w+)")$', re.MULTILINE)

_TURNS: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()


class UpgradeFailed(Exception):
    """A migration has failed in a database of ours, which is at `revision` as before."""

    def __init__(self, why: str, revision: str) -> None:
        super().__init__(why)
        self.revision = revision


async def migrate(engine: Engine, here: Path = HERE) -> None:
    """Take the database from whichever revision it has to the newest in `here`.

    On SQLite it stops the event loop for as long as it takes: nobody is served before it has ended.

    Raises:
        UpgradeFailed: a migration did, and nothing of any was kept.
        StorageError: its revision is not known here (a newer program has made it), or a table is missing.
    """
    await engine.check_keys(check=False)
    try:
        if await _step(engine, here, only_look=True):
            async with _turn():
                while await _step(engine, here):
                    pass
    finally:
        await engine.check_keys(check=True)


def revisions(here: Path = HERE) -> tuple[str, ...]:
    """All revisions, oldest first: in the order of their chain, which their numbers need not be in."""
    files = [file.read_text(encoding="utf-8") for file in (here / "versions").glob("[0-9]*.py")]
    after = {before: of for text in files for of, before in _CHAINED.findall(text)}
    found = [after[""]] if "" in after else []
    while found and found[-1] in after:
        found.append(after[found[-1]])
    return tuple(found)


def revision_of(connection: Connection) -> str | None:
    """The revision that the database is at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _turn() -> asyncio.Lock:
    """For one migration at a time: Alembic's `op` and `context` are the process's, not a connection's.

    On PostgreSQL another newsroom's would begin while this one waits for the server.
    """
    return _TURNS.setdefault(asyncio.get_running_loop(), asyncio.Lock())


async def _step(engine: Engine, here: Path, *, only_look: bool = False) -> bool:
    """Run the migrations that are wanting, or only look; False if none is."""
    known = revisions(here)
    async with engine.begin() as connection:  # before the revision is read: two processes may open it at once
        found = await connection.run_sync(revision_of)
        if found == known[-1]:
            await connection.run_sync(_check_tables)
            return False
        if found is not None and found not in known:
            made = f"a newer version of the program has made this database (revision {found})"
            raise StorageError(f"{made}: run that version, or restore a backup from before it")
        if only_look:
            return True
        # All of them in one transaction: half-way no program would know the database.
        try:
            await connection.run_sync(_upgrade, here)
        except Exception as error:
            if found is None or ((fault := fault_of(error)) is not None and is_busy(fault)):
                raise
            raise UpgradeFailed(_said(error), found) from error
    return True


def _said(error: Exception) -> str:
    """The driver's own word, without the statement."""
    said = str(getattr(error, "orig", None) or error)
    return said.splitlines()[0] if said else type(error).__name__


def _check_tables(connection: Connection) -> None:
    there = set(inspect(connection).get_table_names())
    missing = [name for name in metadata.tables if name not in there]
    if missing:
        raise StorageError(f"the database lacks the table {', '.join(missing)}: go back to a backup")


def _upgrade(connection: Connection, here: Path, target: str = "head") -> None:
    from alembic import command  # late: 0.5 s, and an up-to-date database does without
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(here).replace("%", "%%"))
    command.upgrade(config, target)
    if connection.dialect.name == "sqlite" and connection.execute(text("PRAGMA foreign_key_check")).all():
        raise RuntimeError("the migration has left rows that point nowhere")
