"""A database into one file while it is in use, and back in its place. Knows no noun.

SQLite's is copied as `sqlite3_backup` does (sqlite.org/backup.html): in one step, so it is the state of one
moment, and in WAL mode nobody waits for it. Of PostgreSQL it is what pg_dump writes. What is copied is
checked before anybody relies on it, and once more before it is put back.
"""

import asyncio
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.errors import StorageError
from storage import dumping, packed, sqlite_file
from storage.address import file_of, parsed

SQLITE: Final = "sqlite"


async def write(url: str, file: Path, now: datetime) -> packed.Manifest:
    """Copy the database into `file`, which is there only when all of it is.

    Raises:
        StorageError: there is nothing to copy, it can't be read, is damaged, or the copy can't be written.
    """
    with sqlite_file.spoken(file):
        await asyncio.to_thread(file.parent.mkdir, parents=True, exist_ok=True)
        copy, archive = Path(f"{file}.copying"), Path(f"{file}.packing")
        try:
            revision = await _copied(url, copy)
            manifest = await asyncio.to_thread(packed.manifest_of, copy, _kind(url), revision, now)
            await asyncio.to_thread(packed.pack, copy, archive, file, manifest)
            return manifest
        finally:
            await asyncio.to_thread(sqlite_file.let_go, copy, archive)


async def restore(url: str, file: Path, now: datetime) -> Path | None:
    """Put the backup in the place of the database; where that kept the one that was there, if there was one.

    It is not the one that was published from last, so the bot starts on hold (`storage.witness`).
    Nobody may have the database open meanwhile.

    Raises:
        StorageError: it is no backup of ours, is damaged, of another kind of database, or of a newer
            program; the place can't be written. What was there stays.
    """
    with sqlite_file.spoken(file):
        manifest = await asyncio.to_thread(packed.said, file)
    if manifest.kind != _kind(url):
        raise StorageError(f"{file.name} is a backup of {manifest.kind}, and `database` names {_kind(url)}")
    place = file_of(url)
    if _kind(url) == SQLITE and place is None:
        raise StorageError("a database in memory can't take a backup")
    with sqlite_file.spoken(place or file):
        if place is None:
            unpacked = Path(f"{file}.unpacked")
            try:
                await asyncio.to_thread(packed.unpack, file, unpacked)
                await dumping.put_back(parsed(url), unpacked)
            finally:
                await asyncio.to_thread(sqlite_file.let_go, unpacked)
            return None
        return await asyncio.to_thread(_put_in_place, file, place, now)


def _kind(url: str) -> str:
    return parsed(url).get_backend_name()


async def _copied(url: str, into: Path) -> str:
    """The revision of what was copied."""
    place = file_of(url)
    if _kind(url) == SQLITE and place is None:
        raise StorageError("a database in memory has nothing to keep")
    if place is not None:
        return await asyncio.to_thread(sqlite_file.copy, place, into)
    await dumping.dump(parsed(url), into)
    return await dumping.revision(url)


def _put_in_place(file: Path, place: Path, now: datetime) -> Path | None:
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(f"{place}.restoring")
    try:
        packed.unpack(file, fresh)
        with closing(sqlite3.connect(fresh)) as database:
            sqlite_file.sound(database, file)
        before = _set_aside(place, now)
        fresh.replace(place)
        sqlite_file.keep(place.parent)
    finally:
        sqlite_file.let_go(fresh)
    return before


def _set_aside(place: Path, now: datetime) -> Path | None:
    """Give the database that is there another name, with what SQLite had not yet taken into it.

    Raises:
        StorageError: somebody has it open.
    """
    if not place.exists():
        return None
    sqlite_file.into_one(place)
    before = Path(f"{place}.before-{now:%Y%m%d-%H%M%S}")
    # A -wal that stayed would be played into the database that comes here (sqlite.org/howtocorrupt.html).
    for suffix in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            Path(f"{place}{suffix}").rename(f"{before}{suffix}")
    return before
