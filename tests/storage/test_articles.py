"""Articles: versions rise, nothing saved is ever lost, and an old card changes nothing."""

from dataclasses import replace

import pytest

from bot.errors import StaleCard
from bot.news.model import ArticleState
from bot.news.talk import Revision
from storage import Storage
from tests.storage.newsroom import EDITOR, MINUTE, NOW, REPORTER, stored_story, story


async def test_an_article_comes_back_as_it_was_stored(storage: Storage) -> None:
    created = await stored_story(storage, state=ArticleState.SUBMITTED, headline="خبر \ud800 «تازه»\x00")

    async with storage.begin() as db:
        found = await db.articles.get(created.id)

    assert created == story(
        id=created.id, version=1, state=ArticleState.SUBMITTED, headline="خبر \ud800 «تازه»\x00"
    )
    assert found == created


async def test_there_is_no_article_under_an_unknown_id(storage: Storage) -> None:
    async with storage.begin() as db:
        assert await db.articles.get(404) is None
        assert await db.articles.at_version(404, 1) is None
        assert await db.articles.history(404) == ()


async def test_a_saved_change_is_the_next_version_and_the_old_one_stays(storage: Storage) -> None:
    first = await stored_story(storage)

    async with storage.begin() as db:
        second = await db.articles.save(
            replace(first, headline="تیتر دوم", state=ArticleState.APPROVED, approved_version=2),
            by=EDITOR,
            now=NOW + MINUTE,
        )
        old = await db.articles.at_version(first.id, 1)
        newest = await db.articles.get(first.id)
        history = await db.articles.history(first.id)

    assert (second.version, second.headline, second.approved_version) == (2, "تیتر دوم", 2)
    assert newest == second
    assert old == replace(second, version=1, headline=first.headline)
    assert history == (
        Revision(version=1, saved_by=REPORTER, saved_at=NOW),
        Revision(version=2, saved_by=EDITOR, saved_at=NOW + MINUTE),
    )


async def test_who_has_read_an_old_version_saves_nothing(storage: Storage) -> None:
    read = await stored_story(storage)
    async with storage.begin() as db:
        newest = await db.articles.save(replace(read, headline="از دبیر"), by=EDITOR, now=NOW)

    with pytest.raises(StaleCard):
        async with storage.begin() as db:
            await db.articles.save(replace(read, headline="از خبرنگار"), by=REPORTER, now=NOW)

    async with storage.begin() as db:
        assert await db.articles.get(read.id) == newest
        assert len(await db.articles.history(read.id)) == 2


async def test_the_state_changes_without_a_new_version(storage: Storage) -> None:
    article = await stored_story(storage)

    async with storage.begin() as db:
        await db.articles.set_state(article.id, ArticleState.APPROVED, now=NOW, approved_version=1)
        approved = await db.articles.get(article.id)
        await db.articles.set_state(article.id, ArticleState.PUBLISHED, now=NOW)
        published = await db.articles.get(article.id)
        await db.articles.set_state(article.id, ArticleState.SUBMITTED, now=NOW, approved_version=None)
        back = await db.articles.get(article.id)

    assert approved == replace(article, state=ArticleState.APPROVED, approved_version=1)
    assert published == replace(article, state=ArticleState.PUBLISHED, approved_version=1)
    assert back == replace(article, state=ArticleState.SUBMITTED)


async def test_lists_begin_with_the_newest_change(storage: Storage) -> None:
    draft = await stored_story(storage)
    submitted = await stored_story(storage, state=ArticleState.SUBMITTED)
    others = await stored_story(storage, reporter_id=EDITOR)
    await stored_story(storage, state=ArticleState.SPIKED)
    async with storage.begin() as db:
        draft = await db.articles.save(draft, by=REPORTER, now=NOW + MINUTE)

        open_ones = await db.articles.in_states(ArticleState.DRAFT, ArticleState.SUBMITTED)
        own = await db.articles.in_states(ArticleState.DRAFT, ArticleState.SUBMITTED, reporter_id=REPORTER)
        latest = await db.articles.in_states(*ArticleState, limit=1)

    assert open_ones == (draft, others, submitted)
    assert own == (draft, submitted)
    assert latest == (draft,)
