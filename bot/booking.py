"""What has happened at the same time, written down together. Knows neither what nor where to.

A commit waits for the disk; twenty that are made one after the other wait twenty times. Where one of them
meets a fault, each is written down by itself, so that it spoils no other's.
"""

from collections.abc import Awaitable, Callable, Sequence

from bot.errors import StorageError
from storage import Db, Storage

type Note = Callable[[Db], Awaitable[object]]
"""Writes one thing down; it may be asked to again, if the transaction was undone."""


async def book(storage: Storage, notes: Sequence[Note]) -> list[Exception | None]:
    """Write them down, in one transaction if that can be; for each the fault that kept it from being kept.

    Raises:
        StorageError: the database took nothing: to be tried again as a whole.
    """
    if not notes:
        return []
    try:
        await _kept(storage, notes)
    except StorageError:
        raise
    except Exception as fault:  # noqa: BLE001 - for whoever asked to tell
        if len(notes) == 1:
            return [fault]
        return [await _fault_of(storage, note) for note in notes]
    return [None] * len(notes)


async def _fault_of(storage: Storage, note: Note) -> Exception | None:
    try:
        await _kept(storage, [note])
    except Exception as fault:  # noqa: BLE001 - what was kept before it stays so
        return fault
    return None


async def _kept(storage: Storage, notes: Sequence[Note]) -> None:
    async with storage.begin() as db:
        for note in notes:
            await note(db)
