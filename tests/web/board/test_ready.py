"""Approved stories beside the week board: each is put in as by a typed time, or it is said why not."""

from datetime import timedelta
from typing import Any

from bot.news.model import Article, ArticleState, PostState
from tests.newsroom import ADMIN, NEWS, NOON, House
from tests.web.board.hands import Hand, board, enters, key, planned

HOUR = timedelta(hours=1)
SLOT = NOON + timedelta(minutes=30)


async def approved(house: House, headline: str = "پل تازه گشوده شد", **more: Any) -> Article:
    async with house.newsroom.storage.begin() as db:
        story = Article(headline=headline, state=ArticleState.APPROVED, approved_version=1, **more)
        return await db.articles.create(story, by=house.owner.id, now=house.world.clock.now())


async def puts(hand: Hand, story: Article, where: str, **more: Any) -> Any:
    return await hand.asks("drop", story=story.id, seen=f"v{story.version}", key=where, **more)


async def test_an_approved_story_is_put_into_a_slot_and_taken_out_and_put_back() -> None:
    async with board() as (house, hand):
        story = await approved(house)
        assert f'data-post="s{story.id}"' in await hand.sees()
        told = (await puts(hand, story, key(SLOT))).json()
        assert told["done"], told
        assert f'data-post="s{story.id}"' not in told["html"]
        async with house.newsroom.storage.begin() as db:
            (post,) = await db.posts.of_article(story.id)
        assert (post.due_at, post.channel_id, post.scheduled_by) == (SLOT, NEWS, ADMIN)

        out = (await hand.asks("drop", **told["put"], key="cancel")).json()
        assert out["done"], out
        assert f'data-post="s{story.id}"' in out["html"]
        back = (await hand.asks("undo", entry=out["undo"])).json()
        assert back["done"], back
        async with house.newsroom.storage.begin() as db:
            (post,) = await db.posts.of_article(story.id)
        assert (post.state, post.due_at) == (PostState.PENDING, SLOT)


async def test_what_is_told_of_its_places_is_what_is_done() -> None:
    async with board() as (house, hand):
        other = await planned(house, NOON + 3 * HOUR)
        bound = await approved(house, embargoed_until=NOON + 4 * HOUR)
        answer = await hand.asks("places", story=bound.id, seen="v1", key="")
        told = answer.json()["places"]
        late = key(NOON + 6 * HOUR)

        assert "منتشر نشود" in told[key(SLOT)]["no"]
        assert not told[late]["no"]
        assert told["held"]["no"]
        assert told[f"p{other.id}"]["no"]
        for where in (key(SLOT), "held", f"p{other.id}"):
            refused = await puts(hand, bound, where)
            assert refused.status_code == 409, where
        assert (await puts(hand, bound, late)).status_code == 200
        assert (await puts(hand, bound, key(NOON + 30 * HOUR))).status_code == 409  # it is in that queue


async def test_a_story_that_was_changed_since_or_is_not_approved_is_not_put_in() -> None:
    async with board() as (house, hand):
        story = await approved(house)
        old = await hand.asks("drop", story=story.id, seen="v0", key=key(SLOT))
        none = await hand.asks("drop", story=99, seen="v1", key=key(SLOT))
        async with house.newsroom.storage.begin() as db:
            draft = await db.articles.create(Article(headline="پیش‌نویس"), by=ADMIN, now=NOON)
        unfinished = await puts(hand, draft, key(SLOT))

        assert [each.status_code for each in (old, none, unfinished)] == [409] * 3
        assert all("html" in each.json() for each in (old, none, unfinished))
        async with house.newsroom.storage.begin() as db:
            assert await db.posts.of_articles([story.id, draft.id]) == ()


async def test_two_people_put_in_one_story_and_one_is_told() -> None:
    async with board() as (house, hand):
        story, boss = await approved(house), await enters(hand.client, house, house.owner.id)
        first, second = await puts(hand, story, key(SLOT)), await puts(boss, story, key(NOON + 6 * HOUR))

        assert (first.status_code, second.status_code) == (200, 409)
        assert second.json()["said"]
