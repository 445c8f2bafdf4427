"""What comes back by itself, as both databases keep it: stories every week, and digests."""

from dataclasses import replace
from datetime import timedelta

from bot.news.model import PostState, Slot
from bot.news.plans.recurrence import Recurrence
from bot.news.talk import ChangeKind
from storage import Db, Storage
from tests.storage.newsroom import ADMIN, CALL, MINUTE, NEWS, NOW, stored_channel, stored_story

TIMES = (Slot(weekday=5, minute=600), Slot(weekday=0, minute=0))


async def coming_back(db: Db) -> Recurrence:
    return await db.recurrences.add(
        article_id=1,
        channel_id=NEWS,
        times=TIMES,
        until=NOW + timedelta(days=30),
        planned_until=NOW,
        by=ADMIN,
        now=NOW,
    )


async def test_what_comes_back_is_planned_once_and_not_while_its_channel_is_paused(storage: Storage) -> None:
    await stored_story(storage)
    await stored_channel(storage)
    async with storage.begin() as db:
        plan = await coming_back(db)
        assert await db.recurrences.get(plan.id) == plan
        assert plan.times == TIMES
        assert await db.recurrences.next_to_plan(NOW) == plan

        await db.channels.pause(NEWS, NOW)
        assert await db.recurrences.next_to_plan(NOW) is None
        await db.channels.pause(NEWS, None)

        assert await db.recurrences.planned(plan.id, NOW + MINUTE, frm=NOW, now=NOW)
        assert not await db.recurrences.planned(plan.id, NOW + MINUTE, frm=NOW, now=NOW)


async def test_one_with_a_post_ahead_needs_none_until_that_is_canceled_or_due(storage: Storage) -> None:
    await stored_story(storage)
    await stored_channel(storage)
    async with storage.begin() as db:
        plan = await coming_back(db)
        number = await db.recurrences.next_number(1, NEWS)
        post = await db.posts.add(
            article_id=1,
            channel_id=NEWS,
            due_at=NOW + MINUTE,
            by=ADMIN,
            now=NOW,
            occurrence=number,
            recurrence_id=plan.id,
        )
        await db.recurrences.planned(plan.id, NOW + MINUTE, frm=NOW, now=NOW)
        assert await db.recurrences.next_number(1, NEWS) == number + 1
        assert await db.recurrences.next_to_plan(NOW) is None
        assert await db.recurrences.next_to_plan(NOW + MINUTE) is not None

        await db.posts.change(post.id, PostState.CANCELED, frm={PostState.PENDING}, now=NOW)
        assert await db.recurrences.next_to_plan(NOW) is not None

        assert await db.recurrences.end(plan.id, now=NOW)
        assert not await db.recurrences.end(plan.id, now=NOW)
        assert await db.recurrences.going() == ()
        again = replace(plan, times=TIMES[:1], until=None, planned_until=NOW + MINUTE)
        await db.recurrences.put(again, now=NOW)
        assert await db.recurrences.going() == (again,)


async def test_a_turn_with_another_text_is_found_from_both_stories(storage: Storage) -> None:
    await stored_story(storage)
    other = await stored_story(storage)
    await stored_channel(storage)
    async with storage.begin() as db:
        plan = await coming_back(db)
        post = await db.posts.add(
            article_id=1, channel_id=NEWS, due_at=NOW, by=ADMIN, now=NOW, occurrence=1, recurrence_id=plan.id
        )
        assert await db.posts.of_story(1) == await db.posts.of_article(1) == (post,)
        assert await db.recurrences.stories_of([1]) == {1: (1,)}

        assert await db.posts.set_article(post.id, other.id, 1, now=NOW)
        assert await db.posts.of_article(1) == ()
        assert await db.posts.of_story(1) == (replace(post, article_id=other.id),)
        assert await db.recurrences.stories_of([1, other.id]) == {other.id: (1,)}
        assert await db.recurrences.stories_of([1]) == {}

        await db.posts.claim(post.id, now=NOW)
        assert not await db.posts.set_article(post.id, 1, 2, now=NOW), "it is on its way"


async def test_a_digest_goes_on_from_where_the_last_one_told(storage: Storage) -> None:
    await stored_channel(storage)
    async with storage.begin() as db:
        await db.digests.put(NEWS, TIMES, by=ADMIN, now=NOW)
        assert await db.digests.told(NEWS, NOW + MINUTE, frm=NOW)
        assert not await db.digests.told(NEWS, NOW + MINUTE, frm=NOW)
        await db.digests.put(NEWS, TIMES[:1], by=ADMIN, now=NOW + 2 * MINUTE)
        digest = await db.digests.get(NEWS)

        assert digest is not None
        assert (digest.times, digest.told_until) == (TIMES[:1], NOW + MINUTE)
        assert await db.digests.going() == (digest,)
        assert await db.digests.drop(NEWS)
        assert not await db.digests.drop(NEWS)
        assert await db.digests.get(NEWS) is None


async def test_what_was_published_is_there_with_its_first_message_unless_it_is_taken_down(
    storage: Storage,
) -> None:
    await stored_story(storage)
    await stored_channel(storage)
    async with storage.begin() as db:
        for number in range(3):
            at = NOW + number * MINUTE
            post = await db.posts.add(
                article_id=1, channel_id=NEWS, due_at=NOW, by=ADMIN, now=NOW, occurrence=number
            )
            await db.posts.claim(post.id, now=at)
            await db.posts.parts.plan(post.id, [CALL, CALL])
            for part in range(2):
                await db.posts.parts.sent(post.id, part, [10 * number + part], at)
            await db.posts.settle(post.id, PostState.SENT, now=at)

        async def found() -> list[int]:
            told = await db.digests.published(NEWS, NOW, NOW + 2 * MINUTE, now=NOW + 3 * MINUTE)
            return [post.message_id for post in told]

        assert await found() == [20, 10]  # the newest first, the one at `after` is of the last digest
        await db.changes.add(2, ChangeKind.DELETE, NOW + 9 * MINUTE, by=ADMIN, now=NOW)
        assert await found() == [20, 10]
        await db.changes.add(2, ChangeKind.DELETE, NOW, by=ADMIN, now=NOW)
        assert await found() == [20]
