"""What is written down together, and alone where one of it can't be."""

from collections.abc import Awaitable, Callable

import pytest

from bot.booking import book
from bot.errors import StorageError
from storage import Db, Storage


def note(chat_id: int, fault: Exception | None = None) -> Callable[[Db], Awaitable[None]]:
    async def write(db: Db) -> None:
        await db.notices.add(chat_id, "sendMessage", {"text": "سلام"})
        if fault is not None:
            raise fault

    return write


async def kept(storage: Storage) -> list[int]:
    async with storage.begin() as db:
        return [chat for chat in (1, 2, 3) if await db.notices.unsaid(chat)]


async def transactions(storage: Storage) -> list[frozenset[str]]:
    heard: list[frozenset[str]] = []
    storage.tell(heard.append)
    return heard


async def test_what_comes_together_is_one_transaction(storage: Storage) -> None:
    heard = await transactions(storage)
    assert await book(storage, [note(1), note(2), note(3)]) == [None, None, None]
    assert len(heard) == 1
    assert await kept(storage) == [1, 2, 3]


async def test_one_that_fails_spoils_no_other(storage: Storage) -> None:
    fault = ValueError("ما")
    assert await book(storage, [note(1), note(2, fault), note(3)]) == [None, fault, None]
    assert await kept(storage) == [1, 3]


async def test_a_database_that_takes_nothing_is_told_of(storage: Storage) -> None:
    with pytest.raises(StorageError):
        await book(storage, [note(1), note(2, StorageError("full"))])
    assert await kept(storage) == []
