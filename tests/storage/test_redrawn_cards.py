"""Which cards a change of a channel draws anew: those on which it can show, however many others there are."""

import pytest

from bot.news.model import ArticleState, PostState
from storage import Db, Storage
from storage.cards import NEWEST
from tests.storage.newsroom import EDITOR, NEWS, NOW, SPORT, channel, story


@pytest.fixture
async def archive(storage: Storage) -> Storage:
    """1 is out, 2 waits in the news, 3 waits in the sport, 4 is being planned, 5 is a draft."""
    async with storage.begin() as db:
        for id_ in (NEWS, SPORT):
            await db.channels.put(channel(id_, username=None), by=1, now=NOW)
        for number in range(1, 6):
            article = await db.articles.create(story(), by=1, now=NOW)
            await db.articles.set_state(article.id, ArticleState.PUBLISHED, now=NOW)
            await db.cards.show(article.id, EDITOR, view="plan" if number == 4 else "main")
        for article_id, where in ((1, NEWS), (2, NEWS), (3, SPORT)):
            await db.posts.add(article_id=article_id, channel_id=where, due_at=NOW, by=1, now=NOW)
        await db.posts.change(1, PostState.SENT, frm=[PostState.PENDING], now=NOW)
        await db.articles.set_state(5, ArticleState.DRAFT, now=NOW)
        await _delivered(db)
    return storage


async def _delivered(db: Db) -> None:
    while stale := (await db.cards.next_stale()).cards:
        for card in stale:
            await db.cards.delivered(card.id, message_ids=(1,), shown="x", seen=card.revision)


async def _stale(db: Db) -> set[int]:
    cards = [card for id_ in range(1, 6) for card in await db.cards.of_article(id_)]
    return {card.article_id for card in cards if card.stale}


async def test_a_change_of_a_channels_times_shows_where_stories_wait_and_where_one_plans(
    archive: Storage,
) -> None:
    async with archive.begin() as db:
        await db.cards.touch_planned(NEWS)
        assert await _stale(db) == {2, 4}

        await db.cards.touch_planned()
        assert await _stale(db) == {2, 3, 4}


async def test_a_channel_that_comes_shows_on_what_is_not_out_and_on_what_it_had(archive: Storage) -> None:
    async with archive.begin() as db:
        await db.cards.touch_shown(NEWS)

        assert await _stale(db) == {1, 2, 4, 5}


async def test_of_pages_that_somebody_has_left_open_only_the_newest_are_drawn_anew(storage: Storage) -> None:
    async with storage.begin() as db:
        for _ in range(NEWEST + 5):
            article = await db.articles.create(story(), by=1, now=NOW)
            await db.cards.show(article.id, EDITOR, view="plan")
        await _delivered(db)

        await db.cards.touch_planned()

        stale = [id_ for id_ in range(1, NEWEST + 6) if any(c.stale for c in await db.cards.of_article(id_))]
        assert stale == list(range(6, NEWEST + 6))
