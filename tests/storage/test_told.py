"""Who hears what a transaction has written."""

from contextlib import suppress
from datetime import UTC, datetime

from storage import Storage
from tests.storage.newsroom import next_of_chats

NOON = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


async def test_the_storage_tells_what_was_written_once_it_is_kept(storage: Storage) -> None:
    heard: list[frozenset[str]] = []
    storage.tell(heard.append)
    async with storage.begin() as db:
        await next_of_chats(db, NOON)
    assert heard == []
    async with storage.begin() as db:
        await db.notices.add(1, "sendMessage", {"text": "سلام"})
        await db.pauses.put(1, NOON)
        assert heard == []
    assert heard == [{"notices", "pauses"}]
    with suppress(ZeroDivisionError):
        async with storage.begin() as db:
            await db.notices.add(1, "sendMessage", {})
            raise ZeroDivisionError
    assert len(heard) == 1, "what is undone was not written"
