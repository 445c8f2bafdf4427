"""How stories spell words is kept, found by its letters and forgotten."""

from datetime import timedelta

from storage import Storage
from tests.storage.newsroom import NOW

JOINED, APART = "پیش\u200cبینی", "پیش بینی"


async def test_counts_are_kept_changed_and_forgotten(storage: Storage) -> None:
    async with storage.begin() as db:
        await db.spellings.keep({"پیشبینی": {JOINED: 1}, "کتابخانه": {"کتابخانه": 3}}, now=NOW)
        await db.spellings.keep({"پیشبینی": {JOINED: 2, APART: 1}}, now=NOW + timedelta(hours=1))

        assert await db.spellings.of(["پیشبینی", "دیگر"]) == {"پیشبینی": {JOINED: 2, APART: 1}}
        assert list(await db.spellings.newest(1, since=NOW)) == ["پیشبینی"]
        assert await db.spellings.forget("پیشبینی")
        assert not await db.spellings.forget("پیشبینی")


async def test_many_words_are_asked_for_at_once(storage: Storage) -> None:
    many = {f"واژه{number}": {"الف": number} for number in range(1000)}
    async with storage.begin() as db:
        await db.spellings.keep(many, now=NOW)

        assert await db.spellings.of(many) == many
        assert await db.spellings.of([]) == {}
        await db.spellings.keep({}, now=NOW)
