"""Many tasks, and two programs, on one database: nothing is lost, nothing is done twice, nobody is turned away."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, select

from bot.errors import AlreadyPosted
from storage import Storage
from storage.schema import metadata
from storage.schema_talk import inbox
from tests.storage.newsroom import ADMIN, EDITOR, NEWS, NOW, stored_channel, stored_story


@pytest.fixture
async def programs(url: str, storage: Storage) -> AsyncIterator[tuple[Storage, Storage]]:
    """Two processes' view of the same database."""
    second = await Storage.open(url)
    yield storage, second
    await second.close()


async def test_what_many_read_and_write_at_once_is_not_lost(programs: tuple[Storage, Storage]) -> None:
    article = await stored_story(programs[0], headline="0")

    async def raise_by_ten(storage: Storage) -> None:
        for _ in range(10):
            async with storage.begin() as db:
                read = await db.articles.get(article.id)
                assert read is not None
                await db.articles.save(
                    replace(read, headline=str(int(read.headline) + 1)), by=EDITOR, now=NOW
                )

    await asyncio.gather(*(raise_by_ten(programs[number % 2]) for number in range(5)))

    async with programs[1].begin() as db:
        last = await db.articles.get(article.id)
        assert last is not None
        assert (last.headline, last.version) == ("50", 51)
        assert len(await db.articles.history(article.id)) == 51


async def test_every_post_is_claimed_by_one(programs: tuple[Storage, Storage]) -> None:
    article = await stored_story(programs[0])
    for number in range(1, 16):
        await stored_channel(programs[0], -number, username=None)
        async with programs[0].begin() as db:
            await db.posts.add(article_id=article.id, channel_id=-number, due_at=NOW, by=ADMIN, now=NOW)

    async def claim_all(storage: Storage) -> list[int]:
        async with storage.begin() as db:
            seen = await db.posts.heads(NOW)
        claimed: list[int] = []
        for post in seen:
            async with storage.begin() as db:
                if await db.posts.claim(post.id, now=NOW):
                    claimed.append(post.id)
        return claimed

    claims = await asyncio.gather(*(claim_all(programs[number % 2]) for number in range(6)))

    assert sorted(id for claimed in claims for id in claimed) == list(range(1, 16))


async def test_of_many_who_post_an_article_one_does(programs: tuple[Storage, Storage]) -> None:
    await stored_channel(programs[0])
    article = await stored_story(programs[0])

    async def post(storage: Storage) -> bool:
        try:
            async with storage.begin() as db:
                await db.posts.add(article_id=article.id, channel_id=NEWS, due_at=NOW, by=ADMIN, now=NOW)
        except AlreadyPosted:
            return False
        return True

    assert sum(await asyncio.gather(*(post(programs[number % 2]) for number in range(10)))) == 1


async def test_nobody_is_turned_away_from_a_busy_database(programs: tuple[Storage, Storage]) -> None:
    async def store(number: int) -> bool:
        async with programs[number % 2].begin() as db:
            await db.inbox.payload(1)
            return await db.inbox.store(number // 2, {"n": number}, NOW)

    stored = await asyncio.gather(*(store(number) for number in range(100)))

    assert sum(stored) == 50


async def cancel_in_the_middle(storage: Storage) -> None:
    article = await stored_story(storage)
    inside = asyncio.Event()

    async def change() -> None:
        async with storage.begin() as db:
            read = article
            while True:
                read = await db.articles.save(read, by=EDITOR, now=NOW)
                inside.set()
                await asyncio.sleep(0)

    for _ in range(5):
        inside.clear()
        task = asyncio.create_task(change())
        await inside.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    async with storage.begin() as db:
        assert await db.articles.get(article.id) == article


async def test_a_canceled_task_leaves_nothing_half_done(storage: Storage) -> None:
    await cancel_in_the_middle(storage)


async def test_a_canceled_task_does_not_wipe_a_database_in_memory() -> None:
    storage = await Storage.open("sqlite://")
    await cancel_in_the_middle(storage)
    await storage.close()


async def test_reopening_keeps_everything(url: str, storage: Storage) -> None:
    article = await stored_story(storage)
    known = await stored_channel(storage)
    async with storage.begin() as db:
        post = await db.posts.add(article_id=article.id, channel_id=NEWS, due_at=NOW, by=ADMIN, now=NOW)
    await storage.close()

    again = await Storage.open(url)
    async with again.begin() as db:
        assert await db.articles.get(article.id) == article
        assert await db.channels.get(NEWS) == known
        assert await db.posts.get(post.id) == post
    await again.close()


async def test_memories_are_apart_and_end_with_their_storage() -> None:
    first, second = await Storage.open("sqlite://"), await Storage.open("sqlite://")
    await stored_story(first)
    async with second.begin() as db:
        assert await db.articles.get(1) is None
    await first.close()
    await second.close()


def _round_trip(engine: Engine) -> Callable[[datetime], datetime]:
    metadata.create_all(engine, [inbox])

    def trip(at: datetime) -> datetime:
        with engine.begin() as connection:
            connection.execute(inbox.delete())
            connection.execute(inbox.insert().values(update_id=1, payload={}, received_at=at, state="done"))
            found: datetime = connection.scalars(select(inbox.c.received_at)).one()
        return found

    return trip


def test_any_zone_goes_in_and_utc_comes_out() -> None:
    engine = create_engine("sqlite://")
    trip = _round_trip(engine)
    zones = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
    whole = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1))  # noqa: DTZ001 - the zones come next
    moments = st.builds(lambda at, zone: at.replace(tzinfo=zone), whole, zones)

    @settings(max_examples=50, deadline=None)
    @given(moments)
    def holds(at: datetime) -> None:
        back = trip(at)

        assert (back, back.tzinfo) == (at, UTC)

    holds()
    engine.dispose()
