"""A database's file as a file: copied while it is in use, looked into, kept from others. Knows no noun.

It is never opened but by SQLite: closing it would end the locks that SQLite holds on it in this process.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from bot.errors import StorageError


def copy(place: Path, into: Path) -> str:
    """Copy what is committed, as it is at one moment; its revision.

    Raises:
        StorageError: there is none, it is damaged, or holds no newsroom.
    """
    if not place.exists():
        raise StorageError(f"{place}: there is no database")
    private(into)
    with (
        closing(sqlite3.connect(f"{place.as_uri()}?mode=rw", uri=True)) as source,
        closing(sqlite3.connect(into)) as copy,
    ):
        source.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
        return sound(copy, place)


def sound(database: sqlite3.Connection, named: Path) -> str:
    """Its revision, if it is whole and ours."""
    (said,) = database.execute("PRAGMA integrity_check(1)").fetchone()
    if said != "ok":
        raise StorageError(f"{named}: the database is damaged ({said})")
    found = _revision(database)
    if found is None:
        raise StorageError(f"{named}: holds no newsroom")
    return found


def _revision(database: sqlite3.Connection) -> str | None:
    with suppress(sqlite3.OperationalError):  # no such table
        row = database.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else None
    return None


def revision_of(place: Path) -> str | None:
    """The revision of its tables; None if they are not ours."""
    with closing(sqlite3.connect(f"{place.as_uri()}?mode=rw", uri=True)) as database:
        return _revision(database)


def into_one(place: Path) -> None:
    """Have SQLite take its -wal into the database, which it does for who has it alone.

    Raises:
        StorageError: somebody else has it open.
    """
    try:
        with closing(sqlite3.connect(f"{place.as_uri()}?mode=rw", uri=True, timeout=1.0)) as database:
            database.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise StorageError(f"{place} is in use: stop the bot first") from error
    except sqlite3.DatabaseError:  # damaged, which is why a backup comes in its place: kept as it is
        return


def private(file: Path) -> None:
    """An empty file that only we may read: copy that nobody has published comes into it."""
    file.unlink(missing_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def keep(folder: Path) -> None:
    """Have a file's new name outlive a power cut."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def let_go(*files: Path) -> None:
    for file in files:
        file.unlink(missing_ok=True)


@contextmanager
def spoken(file: Path) -> Iterator[None]:
    """What goes wrong with a file or a database, as a sentence that names the file."""
    try:
        yield
    except OSError as error:
        raise StorageError(f"{file}: {error.strerror or type(error).__name__}") from error
    except sqlite3.Error as error:
        raise StorageError(f"{file}: {error}") from error
