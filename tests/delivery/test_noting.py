"""What has happened to posts that are answered at the same time is written down together."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.delivery import noting
from bot.delivery.doubt import Settling
from bot.delivery.noting import Noting
from bot.errors import StorageError
from storage import Db, Storage

NOON = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


async def clock() -> datetime:
    return NOON


def answer(chat_id: int, *faults: Exception) -> Settling:
    coming = list(faults)

    async def settle(db: Db, _now: datetime) -> None:
        await db.notices.add(chat_id, "sendMessage", {"text": "سلام"})
        if coming:
            raise coming.pop(0)

    return settle


async def settled(answers: list[Settling]) -> tuple[list[object], int, list[int]]:
    """What each one hears, in how many transactions that were kept, and which are written down."""
    storage = await Storage.open("sqlite://")
    heard: list[frozenset[str]] = []
    storage.tell(heard.append)
    note = Noting(storage=storage, clock=clock)
    results = await asyncio.gather(*map(note.down, answers), return_exceptions=True)
    kept = len(heard)
    async with storage.begin() as db:
        written = [chat for chat in range(1, len(answers) + 1) if await db.notices.unsaid(chat)]
    await storage.close()
    return list(results), kept, written


async def test_answers_that_arrive_together_are_one_transaction() -> None:
    results, kept, written = await settled([answer(number) for number in range(1, 26)])
    assert results == [None] * 25
    assert kept <= 2
    assert len(written) == 25


async def test_where_one_fails_each_is_written_down_alone() -> None:
    bug = ValueError("a bug")
    results, _, written = await settled([answer(1), answer(2, bug, bug), answer(3)])
    assert results == [None, bug, None]
    assert written == [1, 3]


async def test_what_the_database_refuses_is_written_down_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noting, "KEEP_TRYING", 0)
    results, _, written = await settled([answer(1), answer(2, StorageError("full")), answer(3)])
    assert results == [None] * 3
    assert written == [1, 2, 3]
