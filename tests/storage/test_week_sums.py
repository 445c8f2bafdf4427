"""What is counted of a week, and what was told of the house: the same on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.news.model import PostState
from bot.news.talk import ChangeKind, ChangeState
from bot.news.upkeep import Kind, Mark, Trouble
from storage import Storage
from tests.storage.newsroom import MINUTE, NEWS, NOW, SPORT, claim_first, stored_channel, stored_story

WEEK = timedelta(days=7)
LATE = 5 * MINUTE


async def test_what_went_out_what_was_late_and_what_failed_is_counted_by_channel(storage: Storage) -> None:
    await stored_channel(storage)
    await stored_channel(storage, SPORT, username="sport")
    article = await stored_story(storage)
    lateness = (timedelta(), LATE - timedelta(seconds=1), LATE, 10 * MINUTE)
    async with storage.begin() as db:
        for occurrence, late in enumerate(lateness):
            post = await db.posts.add(
                article_id=article.id, channel_id=NEWS, due_at=NOW, by=1, now=NOW, occurrence=occurrence
            )
            claimed = await claim_first(db)
            assert claimed is not None
            await db.posts.settle(post.id, PostState.SENT, now=NOW + late)
        failed = await db.posts.add(
            article_id=article.id, channel_id=NEWS, due_at=NOW, by=1, now=NOW, occurrence=9
        )
        await db.posts.change(failed.id, PostState.FAILED, frm=(PostState.PENDING,), now=NOW)
        change = await db.changes.add(1, ChangeKind.EDIT, NOW, by=1, now=NOW)
        await db.changes.claim(change, now=NOW)
        await db.changes.settle(change, ChangeState.DONE, now=NOW)

    async with storage.begin() as db:
        asked = NOW, NOW + WEEK
        assert await db.week_sums.out(NEWS, *asked, LATE) == (4, 2)
        assert await db.week_sums.out(SPORT, *asked, LATE) == (0, 0)
        assert await db.week_sums.out(NEWS, NOW + WEEK, NOW + 2 * WEEK, LATE) == (0, 0)
        assert await db.week_sums.failed(NEWS, *asked) == 1
        assert await db.week_sums.failed(SPORT, *asked) == 0
        assert await db.week_sums.corrected(*asked) == {NEWS: 1}
        assert await db.week_sums.drafts() == 1
        assert await db.week_sums.database_bytes() > 10_000


async def test_a_trouble_is_noted_once_and_ends_once(storage: Storage) -> None:
    disk = Trouble(kind=Kind.DISK_LOW, about="/srv", since=NOW)
    async with storage.begin() as db:
        assert await db.troubles.begin(disk)
        assert not await db.troubles.begin(replace(disk, since=NOW + MINUTE))
        assert await db.troubles.begin(replace(disk, about="/mnt"))
        assert len(await db.troubles.all()) == 2
        assert await db.troubles.end(Kind.DISK_LOW, "/srv") == NOW
        assert await db.troubles.end(Kind.DISK_LOW, "/srv") is None


@pytest.mark.parametrize("times", [1, 2])
async def test_the_mark_is_one_row(storage: Storage, times: int) -> None:
    mark = Mark(told_until=NOW, database_bytes=1 << 40, faults=1)
    async with storage.begin() as db:
        assert await db.week_sums.mark() is None
        for _ in range(times):
            await db.week_sums.put(mark)
        await db.week_sums.add_faults(2)
        assert await db.week_sums.mark() == replace(mark, faults=3)
