"""Articles of before brought into the archive from files: in steps that are kept, so it can be gone on with.

What the archive has already is passed over, so whoever was interrupted says the same again.
"""

import json
from asyncio import to_thread
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import batched
from pathlib import Path

from bot.archive.formats import Row, rows
from bot.news.archive.entry import Entry, Indexed, indexed
from storage import Storage

_STEP = 200
"""Articles of one transaction: the bot that runs beside it waits for one at the most."""


@dataclass(kw_only=True)
class Count:
    """What became of the rows of a file."""

    brought: int = 0
    known: int = 0
    faulty: int = 0
    faults: Path | None = None  # where the faulty ones stand, with why


async def bring(
    storage: Storage | None, path: Path, told: Callable[[int, Count], object], *, place: str | None = None
) -> Count:
    """Bring in the articles of a file; without a storage only look.

    Args:
        storage: where to.
        path: JSON Lines, ninjs, CSV, WXR or Telegram Desktop's `result.json`.
        told: hears after each step how many bytes have been read, and the count.
        place: the channel of them all.

    Raises:
        ValueError: the file is none of these, or cut off.
        OSError: it can't be read, or its faults not be written.
        StorageError: nothing of the step was kept.
    """
    count, at = Count(), [0]
    found = rows(path, lambda read: at.__setitem__(0, read))
    for step in _steps(found):
        _keep_faults(path, [row for row in step if row.entry is None], count)
        entries = {row.entry.key: row.entry for row in step if row.entry is not None}
        await _add(storage, list(entries.values()), count, place)
        told(at[0], count)
    return count


def _steps(found: Iterable[Row]) -> Iterator[tuple[Row, ...]]:
    return batched(found, _STEP)


async def _add(storage: Storage | None, entries: list[Entry], count: Count, place: str | None) -> None:
    if storage is None:
        count.brought += len(entries)
        return
    async with storage.begin() as db:
        known = await db.archive.known([each.key for each in entries if each.key])
    new = [each for each in entries if each.key not in known]
    read = await to_thread(_read, new, place)
    async with storage.begin() as db:
        await db.archive.add(read)
    count.brought += len(new)
    count.known += len(entries) - len(new)


def _read(entries: list[Entry], place: str | None) -> list[tuple[Entry, Indexed]]:
    placed = [replace(each, place=place or each.place) for each in entries]
    return [(each, indexed(each)) for each in placed]


def _keep_faults(path: Path, faulty: list[Row], count: Count) -> None:
    if not faulty:
        return
    first, count.faults = count.faults is None, path.with_name(path.name + ".faults.jsonl")
    with count.faults.open("w" if first else "a", encoding="utf-8") as file:
        for row in faulty:
            told = {"row": row.number, "why": row.why, "raw": row.raw}
            file.write(json.dumps(told, ensure_ascii=False, default=str) + "\n")
    count.faulty += len(faulty)
