"""A copy of a database before its tables are brought up to date, to go back to. Knows no noun."""

import asyncio
import shutil
from pathlib import Path

from bot.errors import StorageError
from storage import sqlite_file
from storage.address import file_of
from storage.migrations import UpgradeFailed, revisions


async def copy_before(url: str) -> Path | None:
    """The copy of an older SQLite database that is about to be migrated; None where none is needed.

    That of an upgrade which did not come to its end stays, for it is from before the first step; those of
    earlier upgrades go.

    Raises:
        StorageError: it can't be written, so nothing should be migrated.
    """
    place = file_of(url)
    if place is None:
        return None
    with sqlite_file.spoken(place):
        return await asyncio.to_thread(_kept_before, place)


def _kept_before(place: Path) -> Path | None:
    if not place.exists() or not place.stat().st_size:
        return None
    found = sqlite_file.revision_of(place)
    if found not in revisions()[:-1]:
        return None
    copy = Path(f"{place}.before-{revisions()[-1]}")
    if copy.exists() and sqlite_file.revision_of(copy) != found:
        return copy
    _room_for(place)
    fresh = Path(f"{copy}.copying")
    try:
        sqlite_file.copy(place, fresh)
        fresh.replace(copy)
        sqlite_file.keep(place.parent)
    finally:
        sqlite_file.let_go(fresh)
    for older in place.parent.glob(f"{place.name}.before-[0-9][0-9][0-9][0-9]_*"):
        if older != copy:
            older.unlink()
    return copy


def explain(error: BaseException, before: Path | None) -> None:
    """Where an upgrade failed, say how to go back.

    Raises:
        StorageError: it did, with that sentence.
    """
    if not isinstance(error, UpgradeFailed):
        return
    why = f"the database could not be brought up to date ({error})"
    back = f"it is as it was (revision {error.revision}), and the program that ran before runs with it"
    copy = f"; a copy of it from before this try is in {before}" if before else ""
    raise StorageError(f"{why}: {back}{copy}") from error


def _room_for(place: Path) -> None:
    free, needed = shutil.disk_usage(place.parent).free, 2 * place.stat().st_size
    if free < needed:  # the copy, and what the migration itself writes anew
        what = f"a copy from before the upgrade needs {needed >> 20} MB"
        raise StorageError(f"{place.parent}: {what}, {free >> 20} MB are free")
