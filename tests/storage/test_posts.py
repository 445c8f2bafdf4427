"""Posts: never twice, claimed by one, changed only from the state they are in."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.errors import AlreadyPosted
from bot.news.model import Post, PostState
from bot.news.talk import PartState, PostPart
from storage import Db, Storage
from tests.storage.newsroom import ADMIN, MINUTE, NEWS, NOW, SPORT, stored_channel, stored_story

P = PostState
LATER = NOW + 10 * MINUTE


@pytest.fixture
async def article_id(storage: Storage) -> int:
    await stored_channel(storage)
    await stored_channel(storage, SPORT, username="sport")
    return (await stored_story(storage)).id


async def add(
    db: Db, article_id: int, *, due_at: datetime = NOW, channel_id: int = NEWS, occurrence: int = 0
) -> Post:
    return await db.posts.add(
        article_id=article_id, channel_id=channel_id, due_at=due_at, by=ADMIN, now=NOW, occurrence=occurrence
    )


async def in_state(db: Db, article_id: int, state: PostState, **where: int) -> Post:
    """A post that came to `state` as posts do."""
    post = await add(db, article_id, **where)  # type: ignore[arg-type]  # only ids are given
    if state in {P.HELD, P.CANCELED}:
        assert await db.posts.change(post.id, state, frm=[P.PENDING], now=NOW)
    elif state is not P.PENDING:
        claimed = await db.posts.claim_due(NOW)
        assert claimed is not None
        assert claimed.id == post.id
        if state is not P.SENDING:
            assert await db.posts.settle(post.id, state, now=NOW)
    found = await db.posts.get(post.id)
    assert found is not None
    assert found.state is state
    return found


async def test_a_new_post_waits_for_its_time(storage: Storage, article_id: int) -> None:
    async with storage.begin() as db:
        post = await add(db, article_id, due_at=LATER)

        assert post == Post(
            id=post.id,
            article_id=article_id,
            channel_id=NEWS,
            state=P.PENDING,
            due_at=LATER,
            scheduled_by=ADMIN,
        )
        assert await db.posts.get(post.id) == post
        assert await db.posts.get(post.id + 1) is None


@pytest.mark.parametrize("state", [P.PENDING, P.SENDING, P.SENT, P.HELD, P.UNCONFIRMED])
async def test_an_article_is_in_a_channel_once(storage: Storage, article_id: int, state: PostState) -> None:
    async with storage.begin() as db:
        post = await in_state(db, article_id, state)

        with pytest.raises(AlreadyPosted):
            await add(db, article_id)

        # The transaction goes on: PostgreSQL would refuse to, had it seen an error.
        again = await add(db, article_id, occurrence=1)
        elsewhere = await add(db, article_id, channel_id=SPORT)
    assert len({post.id, again.id, elsewhere.id}) == 3


@pytest.mark.parametrize("state", [P.CANCELED, P.FAILED])
async def test_what_was_canceled_or_failed_makes_room(
    storage: Storage, article_id: int, state: PostState
) -> None:
    async with storage.begin() as db:
        gone = await in_state(db, article_id, state)
        post = await add(db, article_id)

        with pytest.raises(AlreadyPosted):
            await db.posts.change(gone.id, P.PENDING, frm=[state], now=NOW)
        assert await db.posts.of_article(article_id) == (gone, post)
        assert await db.posts.change(post.id, P.CANCELED, frm=[P.PENDING], now=NOW)
        assert await db.posts.change(gone.id, P.PENDING, frm=[state], now=NOW)


async def test_a_queue_is_in_the_order_of_time(storage: Storage, article_id: int) -> None:
    async with storage.begin() as db:
        second = await add(db, article_id, due_at=LATER)
        first = await add(db, article_id, due_at=NOW, occurrence=1)
        third = await add(db, article_id, due_at=LATER, occurrence=2)
        await add(db, article_id, channel_id=SPORT)
        await db.posts.change(third.id, P.HELD, frm=[P.PENDING], now=NOW, reason="صبر")

        assert await db.posts.of_channel(NEWS, P.PENDING) == (first, second)
        assert await db.posts.of_channel(NEWS) == (
            first,
            second,
            replace(third, state=P.HELD, reason="صبر"),
        )
        assert await db.posts.of_channel(404) == ()


async def test_a_slot_is_taken_by_what_is_sent_or_still_to_come(storage: Storage, article_id: int) -> None:
    async with storage.begin() as db:
        for number, state in enumerate(
            [P.SENDING, P.SENT, P.UNCONFIRMED, P.FAILED, P.CANCELED, P.HELD, P.PENDING]
        ):
            post = await in_state(db, article_id, state, occurrence=number)
            # A statement of the test's own: posts that are past it can't be moved.
            from sqlalchemy import update

            from storage.schema import posts

            await db.posts._connection.execute(
                update(posts).where(posts.c.id == post.id).values(due_at=NOW + number * MINUTE)
            )

        taken = await db.posts.taken(NEWS, NOW + MINUTE)

    assert taken == {NOW + number * MINUTE for number in (1, 2, 5, 6)}


async def test_the_post_that_is_due_longest_is_claimed_first(storage: Storage, article_id: int) -> None:
    async with storage.begin() as db:
        late = await add(db, article_id, due_at=LATER)
        second = await add(db, article_id, due_at=NOW, occurrence=1)
        third = await add(db, article_id, due_at=NOW, occurrence=2)
        first = await add(db, article_id, due_at=NOW - MINUTE, occurrence=3)

        claimed = [await db.posts.claim_due(NOW) for _ in range(4)]

        assert claimed == [replace(post, state=P.SENDING, attempt=1) for post in (first, second, third)] + [
            None
        ]
        assert await db.posts.get(late.id) == late
        assert await db.posts.stranded() == tuple(post for post in claimed if post is not None)


@pytest.mark.parametrize("state", [state for state in PostState if state is not P.PENDING])
async def test_only_pending_posts_are_claimed(storage: Storage, article_id: int, state: PostState) -> None:
    async with storage.begin() as db:
        await in_state(db, article_id, state)

        assert await db.posts.claim_due(LATER) is None
        assert await db.posts.next_due() is None


async def test_posts_of_a_channel_in_trouble_wait(storage: Storage, article_id: int) -> None:
    async with storage.begin() as db:
        await add(db, article_id)
        elsewhere = await add(db, article_id, channel_id=SPORT, due_at=LATER)
        await db.channels.set_trouble(NEWS, "kicked", connected=False)

        assert await db.posts.next_due() == LATER
        claimed = await db.posts.claim_due(LATER)
        assert claimed is not None
        assert claimed.id == elsewhere.id
        await db.channels.set_trouble(NEWS, None, connected=True)
        assert await db.posts.next_due() == NOW


async def test_waiting_burns_no_attempt(storage: Storage, article_id: int) -> None:
    async with storage.begin() as db:
        post = await add(db, article_id)
        assert await db.posts.next_due() == NOW
        assert not await db.posts.release(post.id, LATER, now=NOW)

        await db.posts.claim_due(NOW)
        assert await db.posts.release(post.id, LATER, now=NOW)

        assert await db.posts.get(post.id) == replace(post, not_before=LATER)
        assert await db.posts.next_due() == LATER
        assert await db.posts.claim_due(LATER - timedelta(seconds=1)) is None
        claimed = await db.posts.claim_due(LATER)
        assert claimed is not None
        assert claimed.attempt == 1


async def test_a_failed_attempt_is_tried_again_and_counted(storage: Storage, article_id: int) -> None:
    async with storage.begin() as db:
        post = await in_state(db, article_id, P.SENDING)
        assert await db.posts.settle(post.id, P.PENDING, now=NOW, reason="502", not_before=LATER)

        again = await db.posts.claim_due(LATER)

        assert again == replace(post, attempt=2, reason="502", not_before=LATER)


@pytest.mark.parametrize("state", [P.PENDING, P.HELD])
async def test_a_waiting_post_is_moved_and_waits_again(
    storage: Storage, article_id: int, state: PostState
) -> None:
    async with storage.begin() as db:
        post = await add(db, article_id)
        await db.posts.claim_due(NOW)
        await db.posts.release(post.id, LATER, now=NOW)
        await db.posts.change(post.id, state, frm=[P.PENDING], now=NOW, reason="صبر")

        assert await db.posts.move(post.id, NOW + MINUTE, now=NOW)

        assert await db.posts.get(post.id) == replace(post, due_at=NOW + MINUTE)


@pytest.mark.parametrize("state", [P.SENDING, P.SENT, P.FAILED, P.CANCELED, P.UNCONFIRMED])
async def test_a_post_past_that_is_not_moved(storage: Storage, article_id: int, state: PostState) -> None:
    async with storage.begin() as db:
        post = await in_state(db, article_id, state)

        assert not await db.posts.move(post.id, LATER, now=NOW)
        assert await db.posts.get(post.id) == post


async def test_a_state_changes_only_from_where_it_is_thought_to_be(storage: Storage, article_id: int) -> None:
    async with storage.begin() as db:
        post = await add(db, article_id)

        assert not await db.posts.change(post.id, P.PENDING, frm=[P.HELD], now=NOW)
        assert await db.posts.change(post.id, P.HELD, frm=[P.PENDING], now=NOW, reason="صبر")
        assert await db.posts.change(post.id, P.CANCELED, frm=[P.PENDING, P.HELD], now=NOW)
        assert not await db.posts.change(404, P.CANCELED, frm=list(P), now=NOW)
        assert await db.posts.get(post.id) == replace(post, state=P.CANCELED)


async def test_only_what_is_being_sent_is_settled(storage: Storage, article_id: int) -> None:
    async with storage.begin() as db:
        post = await add(db, article_id)
        assert not await db.posts.settle(post.id, P.SENT, now=NOW, version=1)

        await db.posts.claim_due(NOW)
        assert await db.posts.settle(post.id, P.SENT, now=LATER, version=3)
        assert not await db.posts.settle(post.id, P.FAILED, now=LATER, reason="دیر")

        assert await db.posts.get(post.id) == replace(post, state=P.SENT, attempt=1, version=3, sent_at=LATER)


async def test_the_reason_of_a_failure_stays_with_the_post(storage: Storage, article_id: int) -> None:
    async with storage.begin() as db:
        post = await in_state(db, article_id, P.SENDING)
        await db.posts.settle(post.id, P.UNCONFIRMED, now=NOW, reason="no answer")

        assert await db.posts.get(post.id) == replace(post, state=P.UNCONFIRMED, reason="no answer")


async def test_parts_say_how_far_the_sending_has_come(storage: Storage, article_id: int) -> None:
    async with storage.begin() as db:
        post = await in_state(db, article_id, P.SENDING)
        planned = await db.posts.plan_parts(post.id, 3)
        await db.posts.part_sending(post.id, 0)
        await db.posts.part_sent(post.id, 0, 2**40, NOW)
        await db.posts.part_sending(post.id, 1)
        cut_off = await db.posts.parts(post.id)
        await db.posts.part_pending(post.id, 1)
        again = await db.posts.plan_parts(post.id, 3)
        await db.posts.part_sent(post.id, 2, 9, NOW)
        await db.posts.part_sent(post.id, 1, 8, NOW)

        assert planned == tuple(PostPart(number=number, state=PartState.PENDING) for number in range(3))
        assert cut_off == (
            PostPart(number=0, state=PartState.SENT, message_id=2**40),
            PostPart(number=1, state=PartState.SENDING),
            PostPart(number=2, state=PartState.PENDING),
        )
        assert again == (cut_off[0], PostPart(number=1, state=PartState.PENDING), cut_off[2])
        found = await db.posts.get(post.id)
        assert found is not None
        assert found.message_ids == (2**40, 8, 9)
        assert (await db.posts.of_channel(NEWS))[0].message_ids == (2**40, 8, 9)


async def test_a_shorter_plan_drops_only_what_was_not_sent(storage: Storage, article_id: int) -> None:
    async with storage.begin() as db:
        post = await in_state(db, article_id, P.SENDING)
        await db.posts.plan_parts(post.id, 4)
        await db.posts.part_sent(post.id, 2, 5, NOW)

        assert [part.number for part in await db.posts.plan_parts(post.id, 1)] == [0, 2]
