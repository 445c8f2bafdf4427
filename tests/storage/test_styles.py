"""Decisions about spelling are kept, changed and forgotten."""

from storage import Storage
from tests.storage.newsroom import NOW


async def test_a_decision_is_kept_changed_and_forgotten(storage: Storage) -> None:
    async with storage.begin() as db:
        await db.styles.decide("digits", "latin", by=1, now=NOW)
        await db.styles.decide("word:همزمان", "هم\u200cزمان", by=1, now=NOW)
        await db.styles.decide("digits", "persian", by=2, now=NOW)
        assert await db.styles.all() == {"digits": "persian", "word:همزمان": "هم\u200cزمان"}
        assert await db.styles.forget("digits")
        assert not await db.styles.forget("digits")

        assert await db.styles.all() == {"word:همزمان": "هم\u200cزمان"}
