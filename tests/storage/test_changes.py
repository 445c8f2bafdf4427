"""What is to be done to posts that are out, and how long Telegram has asked us to wait."""

import pytest

from bot.news.model import PostState
from bot.news.talk import Change, ChangeKind, ChangeState
from storage import Db, Storage
from storage.pauses import EVERYWHERE
from tests.storage.newsroom import ADMIN, EDITOR, MINUTE, NEWS, NOW, SPORT, stored_channel, stored_story

K, S = ChangeKind, ChangeState
LATER = NOW + 10 * MINUTE
NEWS_POST, OTHER_POST, SPORT_POST = 1, 2, 3


@pytest.fixture
async def storage(storage: Storage) -> Storage:
    """With three posts that are out."""
    await stored_channel(storage)
    await stored_channel(storage, SPORT, username="sport")
    await stored_story(storage)
    async with storage.begin() as db:
        for channel_id, occurrence in ((NEWS, 0), (NEWS, 1), (SPORT, 0)):
            post = await db.posts.add(
                article_id=1, channel_id=channel_id, due_at=NOW, by=ADMIN, now=NOW, occurrence=occurrence
            )
            await db.posts.claim(post.id, now=NOW)
            await db.posts.settle(post.id, PostState.SENT, now=NOW)
    return storage


async def states(db: Db, post_id: int = NEWS_POST) -> dict[int, ChangeState]:
    return {change.id: change.state for change in await db.changes.of_post(post_id)}


async def test_a_change_comes_back_as_it_was_asked_for(storage: Storage) -> None:
    async with storage.begin() as db:
        id = await db.changes.add(NEWS_POST, K.EDIT, LATER, by=EDITOR, now=NOW, version=2)
        change = Change(
            id=id,
            post_id=NEWS_POST,
            channel_id=NEWS,
            kind=K.EDIT,
            state=S.PENDING,
            due_at=LATER,
            asked_by=EDITOR,
            version=2,
        )

        assert await db.changes.get(id) == change
        assert await db.changes.of_post(NEWS_POST) == (change,)
        assert await db.changes.get(404) is None
        assert await db.changes.of_post(OTHER_POST) == ()


async def test_a_newer_wish_of_the_same_kind_takes_the_place_of_one_that_waits(storage: Storage) -> None:
    async with storage.begin() as db:
        pin = await db.changes.add(NEWS_POST, K.PIN, NOW, by=EDITOR, now=NOW)
        elsewhere = await db.changes.add(OTHER_POST, K.EDIT, NOW, by=EDITOR, now=NOW, version=2)
        old = await db.changes.add(NEWS_POST, K.EDIT, NOW, by=EDITOR, now=NOW, version=2)
        new = await db.changes.add(NEWS_POST, K.EDIT, NOW, by=EDITOR, now=NOW, version=3)
        assert await states(db) == {pin: S.PENDING, old: S.CANCELED, new: S.PENDING}
        assert await states(db, OTHER_POST) == {elsewhere: S.PENDING}

        await db.changes.claim(new, now=NOW)
        newest = await db.changes.add(NEWS_POST, K.EDIT, NOW, by=EDITOR, now=NOW, version=4)
        assert (await states(db))[new] is S.SENDING, "what is under way ends first"
        assert (await states(db))[newest] is S.PENDING


async def test_each_channel_has_the_change_that_is_due_longest(storage: Storage) -> None:
    async with storage.begin() as db:
        await db.changes.add(NEWS_POST, K.UNPIN, LATER, by=EDITOR, now=NOW)
        await db.changes.add(OTHER_POST, K.PIN, NOW, by=EDITOR, now=NOW)
        first = await db.changes.add(NEWS_POST, K.EDIT, NOW - MINUTE, by=EDITOR, now=NOW)
        sport = await db.changes.add(SPORT_POST, K.DELETE, NOW, by=EDITOR, now=NOW)

        assert [change.id for change in await db.changes.heads(NOW)] == [first, sport]
        assert await db.changes.heads(NOW - 2 * MINUTE) == ()
        await db.channels.set_trouble(NEWS, "kicked", connected=False)
        assert [change.id for change in await db.changes.heads(NOW)] == [sport]


async def test_a_change_is_claimed_once_and_settled_once(storage: Storage) -> None:
    async with storage.begin() as db:
        id = await db.changes.add(NEWS_POST, K.PIN, NOW, by=EDITOR, now=NOW)
        assert not await db.changes.settle(id, S.DONE, now=NOW)
        assert await db.changes.claim(id, now=NOW)
        assert not await db.changes.claim(id, now=NOW)
        assert await db.changes.heads(NOW) == ()

        assert await db.changes.settle(id, S.FAILED, now=NOW, reason="gone")
        assert not await db.changes.settle(id, S.DONE, now=NOW)
        change = await db.changes.get(id)
        assert change is not None
        assert (change.state, change.reason, change.attempt) == (S.FAILED, "gone", 1)


async def test_what_is_put_off_waits_for_its_time(storage: Storage) -> None:
    async with storage.begin() as db:
        id = await db.changes.add(NEWS_POST, K.PIN, NOW, by=EDITOR, now=NOW)
        await db.changes.claim(id, now=NOW)
        assert await db.changes.settle(id, S.PENDING, now=NOW, not_before=LATER)

        assert await db.changes.heads(LATER - MINUTE) == ()
        assert [change.id for change in await db.changes.heads(LATER)] == [id]


async def test_the_next_time_to_wake_up_lies_ahead(storage: Storage) -> None:
    async with storage.begin() as db:
        assert await db.changes.next_due(NOW) is None
        id = await db.changes.add(NEWS_POST, K.PIN, NOW, by=EDITOR, now=NOW)
        assert await db.changes.next_due(NOW) is None, "it is due already"
        await db.changes.add(NEWS_POST, K.UNPIN, LATER, by=EDITOR, now=NOW)
        assert await db.changes.next_due(NOW) == LATER
        await db.changes.claim(id, now=NOW)
        await db.changes.settle(id, S.PENDING, now=NOW, not_before=NOW + MINUTE)
        assert await db.changes.next_due(NOW) == NOW + MINUTE
        assert await db.changes.next_due(LATER) is None


async def test_what_waits_can_be_called_off(storage: Storage) -> None:
    async with storage.begin() as db:
        edit, pin, unpin = [
            await db.changes.add(NEWS_POST, kind, NOW, by=EDITOR, now=NOW)
            for kind in (K.EDIT, K.PIN, K.UNPIN)
        ]
        await db.changes.claim(edit, now=NOW)
        await db.changes.cancel(NEWS_POST, K.UNPIN, now=NOW)
        assert await states(db) == {edit: S.SENDING, pin: S.PENDING, unpin: S.CANCELED}
        await db.changes.cancel(NEWS_POST, now=NOW)
        assert await states(db) == {edit: S.SENDING, pin: S.CANCELED, unpin: S.CANCELED}


async def test_what_a_crash_has_cut_off_is_done_again(storage: Storage) -> None:
    async with storage.begin() as db:
        cut_off = await db.changes.add(NEWS_POST, K.EDIT, NOW, by=EDITOR, now=NOW)
        done = await db.changes.add(NEWS_POST, K.PIN, NOW, by=EDITOR, now=NOW)
        for id in (cut_off, done):
            await db.changes.claim(id, now=NOW)
        await db.changes.settle(done, S.DONE, now=NOW)

        await db.changes.put_back(now=NOW)
        assert await states(db) == {cut_off: S.PENDING, done: S.DONE}


async def test_a_longer_pause_stays_and_what_is_over_is_forgotten(storage: Storage) -> None:
    async with storage.begin() as db:
        await db.pauses.put(NEWS, LATER)
        await db.pauses.put(NEWS, NOW + MINUTE)
        await db.pauses.put(EVERYWHERE, NOW + MINUTE)
        await db.pauses.put(EVERYWHERE, NOW + 2 * MINUTE)
        await db.pauses.put(SPORT, NOW)

        assert await db.pauses.since(NOW) == {NEWS: LATER, EVERYWHERE: NOW + 2 * MINUTE}
        assert await db.pauses.since(NOW + 2 * MINUTE) == {NEWS: LATER}
        await db.pauses.forget_before(NOW + 2 * MINUTE)
        assert await db.pauses.since(NOW) == {NEWS: LATER}, "what was over is gone"
