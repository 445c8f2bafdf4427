"""The staff's verbs and rights, on a real database without Telegram."""

import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk import spiking
from bot.desk.schedule import Schedule
from bot.desk.stories import Desk
from bot.errors import (
    AlreadyPosted,
    Embargoed,
    NotAllowed,
    NotFound,
    NotStaff,
    PastTime,
    StaleCard,
    WrongState,
)
from bot.news.model import Article, ArticleState, KeyPoint, Look, PostState, Role, Slot, Staff
from storage import Db, Storage

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
NEWS = -1001000000001
PEOPLE = {
    1: frozenset({Role.REPORTER}),
    2: frozenset({Role.EDITOR}),
    3: frozenset({Role.CHANNEL_ADMIN}),
    4: frozenset({Role.OWNER}),
    5: frozenset({Role.REPORTER}),
}


@contextlib.asynccontextmanager
async def house() -> AsyncIterator[Db]:
    storage = await Storage.open("sqlite://")
    try:
        async with storage.begin() as db:
            await db.staff.sync(PEOPLE, NOW)
            yield db
    finally:
        await storage.close()


def desk(db: Db, person_id: int, now: datetime = NOW) -> Desk:
    return Desk(db=db, who=Staff(id=person_id, name="", roles=PEOPLE.get(person_id, frozenset())), now=now)


def schedule(db: Db, person_id: int = 3, now: datetime = NOW) -> Schedule:
    return Schedule(desk=desk(db, person_id, now))


async def draft(db: Db, person_id: int = 1, **fields: Any) -> Article:
    return await desk(db, person_id).write(Article(**{"headline": "تیتر", "lede": "لید", **fields}))


async def approved(db: Db, **fields: Any) -> Article:
    article = await draft(db, **fields)
    await desk(db, 1).submit(article.id, article.version)
    return await desk(db, 2).approve(article.id, article.version)


async def connected(db: Db) -> None:
    await schedule(db).connect(NEWS, "خبر", "news", Look())
    await db.channels.add_slots(NEWS, [Slot(weekday=day, minute=540) for day in range(7)])


@pytest.mark.parametrize(
    ("verb", "allowed"),
    [
        ("submit", {1, 2, 4}),
        ("approve", {2, 4}),
        ("edit_headline", {1, 2, 4}),
        ("spike", {1, 2, 4}),
    ],
)
async def test_who_may_do_what_with_a_reporters_draft(verb: str, allowed: set[int]) -> None:
    for person_id in (1, 2, 3, 4, 5, 99):
        async with house() as db:
            article = await draft(db)
            words = ("تیتر دیگر",) if verb == "edit_headline" else ()
            who, key = desk(db, person_id), (article.id, article.version)
            acting = spiking.spike(who, *key) if verb == "spike" else getattr(who, verb)(*key, *words)
            if person_id in allowed:
                assert await acting
            else:
                with pytest.raises((NotAllowed, NotFound, NotStaff)):
                    await acting
                assert await db.articles.get(article.id) == article


async def test_a_reporter_sees_only_their_own() -> None:
    async with house() as db:
        article = await draft(db)
        with pytest.raises(NotFound):
            await desk(db, 5).article(article.id)

        assert await desk(db, 3).article(article.id) == article
        assert await desk(db, 1).drafts() == (article,)
        assert await desk(db, 5).drafts() == ()


async def test_a_channel_admin_does_not_write_and_an_editor_does_not_schedule() -> None:
    async with house() as db:
        with pytest.raises(NotAllowed):
            await draft(db, 3)
        await connected(db)
        article = await approved(db)
        with pytest.raises(NotAllowed):
            await schedule(db, 2).into_slot(article.id, article.version, NEWS)


async def test_every_saved_change_raises_the_version_and_an_old_one_is_refused() -> None:
    async with house() as db:
        article = await draft(db)
        changed = await desk(db, 1).edit_lede(article.id, 1, "لید دیگر")

        assert (changed.version, changed.lede) == (2, "لید دیگر")
        with pytest.raises(StaleCard):
            await desk(db, 1).edit_headline(article.id, 1, "دیر رسید")
        with pytest.raises(StaleCard):
            await desk(db, 2).approve(article.id, 1)
        assert (await desk(db, 1).edit_lede(article.id, 2, "لید دیگر")).version == 2  # nothing changed


async def test_an_edit_by_a_reporter_returns_an_approved_story_but_not_what_was_approved() -> None:
    async with house() as db:
        article = await approved(db)
        edited = await desk(db, 1).edit_key_points(article.id, 1, (KeyPoint(text="نکته"),))

        assert (edited.state, edited.approved_version) == (ArticleState.SUBMITTED, 1)
        by_editor = await desk(db, 2).approve(article.id, 2)
        by_editor = await desk(db, 2).edit_headline(article.id, 2, "تیتر دبیر")
        assert (by_editor.state, by_editor.approved_version) == (ArticleState.APPROVED, 3)


async def test_only_what_is_approved_is_scheduled_and_only_once_a_channel() -> None:
    async with house() as db:
        await connected(db)
        article = await draft(db)
        with pytest.raises(WrongState):
            await schedule(db).into_slot(article.id, 1, NEWS)
        article = await approved(db)
        post = await schedule(db).into_slot(article.id, 1, NEWS)

        assert post.due_at == datetime(2026, 11, 23, 5, 30, tzinfo=UTC)  # tomorrow 9:00 in Tehran
        with pytest.raises(AlreadyPosted):
            await schedule(db).publish_now(article.id, 1, NEWS)
        await schedule(db).cancel(post.id)
        assert (await schedule(db).publish_now(article.id, 1, NEWS)).due_at == NOW
        with pytest.raises(AlreadyPosted):
            await schedule(db).restore(post.id)


async def test_two_stories_get_two_slots() -> None:
    async with house() as db:
        await connected(db)
        posts = [await schedule(db).into_slot((await approved(db)).id, 1, NEWS) for _ in range(3)]

        assert [post.due_at - posts[0].due_at for post in posts] == [timedelta(days=day) for day in range(3)]


async def test_no_verb_puts_a_story_out_before_its_embargo() -> None:
    async with house() as db:
        await connected(db)
        until = NOW + timedelta(days=2)
        article = await approved(db, embargoed_until=until)
        for putting in (
            schedule(db).publish_now(article.id, 1, NEWS),
            schedule(db).at(article.id, 1, NEWS, until - timedelta(minutes=1)),
        ):
            with pytest.raises(Embargoed):
                await putting
        post = await schedule(db).at(article.id, 1, NEWS, until)
        for moving in (
            schedule(db).move(post.id, until - timedelta(hours=1)),
            schedule(db).move_to_now(post.id),
        ):
            with pytest.raises(Embargoed):
                await moving
        assert (await schedule(db).move_to_slot(post.id)).due_at >= until


async def test_an_embargoed_story_gets_the_first_slot_after_its_embargo() -> None:
    async with house() as db:
        await connected(db)
        until = NOW + timedelta(days=2)
        article = await approved(db, embargoed_until=until)
        post = await schedule(db).into_slot(article.id, 1, NEWS)

        assert until <= post.due_at < until + timedelta(days=1)
        assert post.zone == "Asia/Tehran"


async def test_a_past_time_is_refused_and_changes_nothing() -> None:
    async with house() as db:
        await connected(db)
        article = await approved(db)
        with pytest.raises(PastTime):
            await schedule(db).at(article.id, 1, NEWS, NOW - timedelta(minutes=1))
        post = await schedule(db).at(article.id, 1, NEWS, NOW + timedelta(hours=1))
        with pytest.raises(PastTime):
            await schedule(db).move(post.id, NOW)

        assert await schedule(db).queue(NEWS) == (post,)


async def test_spiking_cancels_what_waits_and_comes_back_as_it_was() -> None:
    async with house() as db:
        await connected(db)
        article = await approved(db)
        post = await schedule(db).into_slot(article.id, 1, NEWS)
        await spiking.spike(desk(db, 2), article.id, 1)

        assert (await schedule(db).post(post.id)).state is PostState.CANCELED
        assert (await spiking.unspike(desk(db, 2), article.id, 1))[0].state is ArticleState.APPROVED
        assert (await schedule(db).post(post.id)).state is PostState.PENDING


async def test_a_reporter_can_not_spike_what_is_with_the_editors() -> None:
    async with house() as db:
        article = await draft(db)
        await desk(db, 1).submit(article.id, 1)
        with pytest.raises(NotAllowed):
            await spiking.spike(desk(db, 1), article.id, 1)


VERBS = st.sampled_from(
    ["submit", "approve", "spike", "unspike", "edit", "undo", "changes", "slot", "now", "cancel", "hold"]
)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([1, 2, 3, 4, 5]), VERBS), max_size=14))
def test_whatever_the_staff_does_only_approved_versions_wait_and_versions_only_rise(
    moves: list[tuple[int, str]],
) -> None:
    import asyncio

    asyncio.run(_play(moves))


async def _play(moves: list[tuple[int, str]]) -> None:
    async with house() as db:
        await connected(db)
        article = await draft(db)
        seen = 1
        for person_id, verb in moves:
            current = await db.articles.get(article.id)
            assert current is not None
            with contextlib.suppress(NotAllowed, NotFound, WrongState, AlreadyPosted, StaleCard):
                await _do(db, person_id, verb, current)
            after = await db.articles.get(article.id)
            assert after is not None
            posts = [
                post for post in await db.posts.of_article(article.id) if post.state is PostState.PENDING
            ]
            assert seen <= after.version
            assert after.approved_version is None or after.approved_version <= after.version
            assert len(posts) <= 1
            assert not posts or after.approved_version is not None
            assert after.state is not ArticleState.APPROVED or after.approved_version == after.version
            seen = after.version


async def _do(db: Db, person_id: int, verb: str, article: Article) -> None:
    who, plan, key = desk(db, person_id), schedule(db, person_id), (article.id, article.version)
    posts = await db.posts.of_article(article.id)
    match verb:
        case "edit":
            await who.edit_headline(*key, article.headline + "۱")
        case "changes":
            await who.request_changes(*key, "لطفاً")
        case "slot":
            await plan.into_slot(*key, NEWS)
        case "now":
            await plan.publish_now(*key, NEWS)
        case "cancel" | "hold" if posts:
            await getattr(plan, verb)(posts[-1].id)
        case "spike" | "unspike":
            await getattr(spiking, verb)(who, *key)
        case "submit" | "approve" | "undo":
            await getattr(who, verb)(*key)
