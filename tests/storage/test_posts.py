"""Posts: never twice, claimed by one, changed only from the state they are in."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import update

from bot.errors import AlreadyPosted
from bot.news.model import Post, PostState
from storage import Db, Storage
from storage.schema import posts
from tests.storage.newsroom import (
    ADMIN,
    CALL,
    MINUTE,
    NEWS,
    NOW,
    SECOND,
    SPORT,
    claim_first,
    stored_channel,
    stored_story,
)

P = PostState
LATER = NOW + 10 * MINUTE


@pytest.fixture
async def article_id(storage: Storage) -> int:
    await stored_channel(storage)
    await stored_channel(storage, SPORT, username="sport")
    return (await stored_story(storage)).id


async def add(
    db: Db,
    article_id: int,
    *,
    due_at: datetime = NOW,
    channel_id: int = NEWS,
    occurrence: int = 0,
    urgency: int = 5,
) -> Post:
    return await db.posts.add(
        article_id=article_id,
        channel_id=channel_id,
        due_at=due_at,
        by=ADMIN,
        now=NOW,
        occurrence=occurrence,
        urgency=urgency,
    )


async def in_state(db: Db, article_id: int, state: PostState, **where: Any) -> Post:
    """A post that came to `state` as posts do."""
    post = await add(db, article_id, **where)
    if state in {P.HELD, P.CANCELED}:
        assert await db.posts.change(post.id, state, frm=[P.PENDING], now=NOW)
    elif state is not P.PENDING:
        assert await db.posts.claim(post.id, now=NOW)
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
            await db.posts._connection.execute(
                update(posts).where(posts.c.id == post.id).values(due_at=NOW + number * MINUTE)
            )

        taken = await db.posts.taken(NEWS, NOW + MINUTE)

    assert taken == {NOW + number * MINUTE for number in (1, 2, 5, 6)}


async def test_the_most_urgent_goes_first_then_the_one_due_longest(storage: Storage, article_id: int) -> None:
    async with storage.begin() as db:
        late = await add(db, article_id, due_at=LATER, urgency=1)
        third = await add(db, article_id, due_at=NOW, occurrence=1)
        fourth = await add(db, article_id, due_at=NOW, occurrence=2)
        second = await add(db, article_id, due_at=NOW - MINUTE, occurrence=3)
        first = await add(db, article_id, due_at=NOW, occurrence=4, urgency=4)

        order: list[Post] = []
        while post := await claim_first(db):
            order.append(post)
            await db.posts.settle(post.id, P.SENT, now=NOW)

        assert order == [replace(post, state=P.SENDING, attempt=1) for post in (first, second, third, fourth)]
        assert await db.posts.get(late.id) == late


async def test_what_is_half_out_goes_on_before_all_others(storage: Storage, article_id: int) -> None:
    async with storage.begin() as db:
        half_out = await in_state(db, article_id, P.SENDING, urgency=9)
        await db.posts.parts.plan(half_out.id, [CALL, CALL])
        await db.posts.parts.sent(half_out.id, 0, [1], NOW)
        await add(db, article_id, occurrence=1, urgency=1)
        assert await db.posts.settle(half_out.id, P.PENDING, now=NOW)

        assert [post.id for post in await db.posts.heads(NOW)] == [half_out.id]


async def test_each_channel_has_its_own_first(storage: Storage, article_id: int) -> None:
    async with storage.begin() as db:
        news = await add(db, article_id)
        await add(db, article_id, occurrence=1)
        sport = await add(db, article_id, channel_id=SPORT, due_at=NOW - MINUTE)

        assert await db.posts.heads(NOW) == (sport, news)
        assert await db.posts.heads(NOW - 2 * MINUTE) == ()


async def test_a_channel_in_which_something_is_under_way_has_none(storage: Storage, article_id: int) -> None:
    async with storage.begin() as db:
        first = await in_state(db, article_id, P.SENDING)
        second = await add(db, article_id, occurrence=1)
        sport = await add(db, article_id, channel_id=SPORT)
        assert await db.posts.heads(NOW) == (sport,)

        assert await db.posts.doubt(first.id, LATER, now=NOW, reason="lost")
        assert await db.posts.heads(NOW) == (sport,), "it is being looked for"

        assert await db.posts.doubt(first.id, None, now=NOW, reason="lost")
        assert await db.posts.heads(NOW) == (second, sport), "a person decides when they have time"


async def test_a_claim_counts_the_attempt_and_is_seen_after_a_crash(
    storage: Storage, article_id: int
) -> None:
    async with storage.begin() as db:
        post = await add(db, article_id)
        assert await db.posts.claim(post.id, now=NOW)
        assert not await db.posts.claim(post.id, now=NOW)

        assert await db.posts.stranded() == (replace(post, state=P.SENDING, attempt=1),)


@pytest.mark.parametrize("state", [state for state in PostState if state is not P.PENDING])
async def test_only_pending_posts_are_claimed(storage: Storage, article_id: int, state: PostState) -> None:
    async with storage.begin() as db:
        post = await in_state(db, article_id, state)

        assert not await db.posts.claim(post.id, now=LATER)
        assert await db.posts.heads(LATER) == ()
        assert await db.posts.next_due(NOW - MINUTE) is None


async def test_posts_of_a_channel_in_trouble_wait(storage: Storage, article_id: int) -> None:
    async with storage.begin() as db:
        waiting = await add(db, article_id)
        elsewhere = await add(db, article_id, channel_id=SPORT, due_at=LATER)
        await db.channels.set_trouble(NEWS, "kicked", connected=False)

        assert await db.posts.heads(LATER) == (elsewhere,)
        assert await db.posts.hold_late(NOW + 100 * MINUTE) == (
            replace(elsewhere, state=P.HELD, reason="late"),
        ), "what waits for its channel is settled when that comes back"
        await db.channels.set_trouble(NEWS, None, connected=True)
        assert await db.posts.heads(LATER) == (waiting,)


async def test_what_is_too_late_for_its_channel_is_held(storage: Storage, article_id: int) -> None:
    async with storage.begin() as db:
        await db.channels.set_max_lateness(NEWS, 60)
        late = await add(db, article_id, due_at=NOW - MINUTE - SECOND)
        just_in_time = await add(db, article_id, due_at=NOW - MINUTE, occurrence=1)
        patient = await add(db, article_id, due_at=NOW - 59 * MINUTE, channel_id=SPORT)
        canceled = await in_state(db, article_id, P.CANCELED, occurrence=2, due_at=NOW - 5 * MINUTE)

        held = replace(late, state=P.HELD, reason="late")
        assert await db.posts.hold_late(NOW) == (held,)
        assert await db.posts.hold_late(NOW) == (), "each is told of once"
        for post in (held, just_in_time, patient, canceled):
            assert await db.posts.get(post.id) == post


async def test_what_is_half_out_is_never_too_late(storage: Storage, article_id: int) -> None:
    async with storage.begin() as db:
        post = await in_state(db, article_id, P.SENDING)
        await db.posts.parts.plan(post.id, [CALL, CALL])
        await db.posts.parts.sent(post.id, 0, [1], NOW)
        await db.posts.settle(post.id, P.PENDING, now=NOW)

        assert await db.posts.hold_late(NOW + 1000 * MINUTE) == ()


async def test_the_next_time_to_wake_up_lies_ahead(storage: Storage, article_id: int) -> None:
    async with storage.begin() as db:
        assert await db.posts.next_due(NOW) is None
        await add(db, article_id, due_at=NOW - MINUTE)
        assert await db.posts.next_due(NOW) is None, "it is due already"
        await add(db, article_id, due_at=LATER, occurrence=1)
        assert await db.posts.next_due(NOW) == LATER

        waits = await in_state(db, article_id, P.SENDING, occurrence=2)
        await db.posts.release(waits.id, NOW + 2 * MINUTE, now=NOW)
        assert await db.posts.next_due(NOW) == NOW + 2 * MINUTE
        lost = await in_state(db, article_id, P.SENDING, occurrence=3)
        await db.posts.doubt(lost.id, NOW + MINUTE, now=NOW, reason="lost")
        assert await db.posts.next_due(NOW) == NOW + MINUTE
        assert await db.posts.next_due(LATER) is None


async def test_what_is_in_doubt_is_looked_for_at_its_time(storage: Storage, article_id: int) -> None:
    async with storage.begin() as db:
        post = await in_state(db, article_id, P.SENDING)
        asked = await in_state(db, article_id, P.SENDING, channel_id=SPORT)
        assert await db.posts.doubt(post.id, LATER, now=NOW, reason="lost")
        assert await db.posts.doubt(asked.id, None, now=NOW, reason="lost")

        assert await db.posts.in_doubt(LATER - SECOND) == ()
        doubtful = replace(post, state=P.UNCONFIRMED, not_before=LATER, reason="lost")
        assert await db.posts.in_doubt(LATER) == (doubtful,)
        assert await db.posts.change(post.id, P.CANCELED, frm=[P.UNCONFIRMED], now=NOW)
        assert not await db.posts.doubt(post.id, LATER, now=NOW, reason="late answer")
        assert await db.posts.in_doubt(LATER) == ()


async def test_form_and_version_stay_with_the_post(storage: Storage, article_id: int) -> None:
    async with storage.begin() as db:
        post = await add(db, article_id)
        await db.posts.set_form(post.id, "plain")
        await db.posts.begin_with(post.id, 3)

        assert await db.posts.get(post.id) == replace(post, form="plain", version=3)


async def test_waiting_burns_no_attempt(storage: Storage, article_id: int) -> None:
    async with storage.begin() as db:
        post = await add(db, article_id)
        assert not await db.posts.release(post.id, LATER, now=NOW)

        await claim_first(db)
        assert await db.posts.release(post.id, LATER, now=NOW)

        assert await db.posts.get(post.id) == replace(post, not_before=LATER)
        assert await claim_first(db, LATER - SECOND) is None
        claimed = await claim_first(db, LATER)
        assert claimed is not None
        assert claimed.attempt == 1


async def test_a_failed_attempt_is_tried_again_and_counted(storage: Storage, article_id: int) -> None:
    async with storage.begin() as db:
        post = await in_state(db, article_id, P.SENDING)
        assert await db.posts.settle(post.id, P.PENDING, now=NOW, reason="502", not_before=LATER)

        again = await claim_first(db, LATER)

        assert again == replace(post, attempt=2, reason="502", not_before=LATER)


@pytest.mark.parametrize("state", [P.PENDING, P.HELD])
async def test_a_waiting_post_is_moved_and_waits_again(
    storage: Storage, article_id: int, state: PostState
) -> None:
    async with storage.begin() as db:
        post = await add(db, article_id)
        await claim_first(db)
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

        await claim_first(db)
        assert await db.posts.settle(post.id, P.SENT, now=LATER, version=3)
        assert not await db.posts.settle(post.id, P.FAILED, now=LATER, reason="دیر")

        assert await db.posts.get(post.id) == replace(post, state=P.SENT, attempt=1, version=3, sent_at=LATER)


async def test_the_reason_of_a_failure_stays_with_the_post(storage: Storage, article_id: int) -> None:
    async with storage.begin() as db:
        post = await in_state(db, article_id, P.SENDING)
        await db.posts.settle(post.id, P.UNCONFIRMED, now=NOW, reason="no answer")

        assert await db.posts.get(post.id) == replace(post, state=P.UNCONFIRMED, reason="no answer")
