"""A story's versions against a model: random edits, undos, restores by random people; no word of any is lost."""

import asyncio
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk import versions
from bot.errors import DeskError, NotAllowed, NotFound, StaleCard
from bot.news.model import RECORD_FIELDS, Article, KeyPoint, Paragraph, RelatedLink, Section
from bot.news.posts import rewriting
from bot.news.posts.rewriting import NotWritten
from bot.news.switches import Preview, Switches
from storage import Db
from tests.at_once import without_threads
from tests.desk.test_desk import desk, draft, house
from tests.prepared import with_tables

PLACES = (
    "headline",
    "lede",
    "byline",
    "ed_note",
    "point.0",
    "point.1",
    "point.new",
    "link.0",
    "link.new",
    "button.new",
    "text.all",
    "text.0.0.1",
    "text.0.1.2",
    "text.1.0.1",
)
TEXTS = (
    "واژهٔ نو",
    "",
    "## سرخط\nبند\n\nبند دیگر",
    "• یک\n• دو",
    "عنوان\nhttps://example.com/a",
    "> نقل",
    "یک.\nدو.",
)
WRITES = st.tuples(st.just("write"), st.sampled_from(PLACES), st.sampled_from(TEXTS))
MOVES = st.tuples(
    st.just("move"), st.sampled_from(["point.0", "point.1", "link.0"]), st.sampled_from([-1, 1])
)
SWITCHED = st.tuples(st.just("switch"), st.sampled_from(list(Preview)), st.booleans())
OTHERS = st.tuples(
    st.sampled_from(["undo", "restore", "submit", "approve", "old"]), st.integers(1, 12), st.just(None)
)
STEPS = st.lists(st.tuples(st.sampled_from([1, 2]), st.one_of(WRITES, MOVES, SWITCHED, OTHERS)), max_size=14)
STORY: dict[str, Any] = {
    "key_points": (KeyPoint(text="نکتهٔ یک"), KeyPoint(label="دو", text="نکته")),
    "related": (RelatedLink(title="خبر دیگر"),),
    "sections": (
        Section(blocks=(Paragraph(text="بند یک."), Paragraph(text="بند دو."))),
        Section(heading="سرخط", blocks=(Paragraph(text="بند سه."),)),
    ),
}


def content(article: Article) -> dict[str, Any]:
    return {
        each.name: getattr(article, each.name) for each in fields(Article) if each.name not in RECORD_FIELDS
    }


def changed(article: Article, what: tuple[str, Any, Any]) -> dict[str, Any]:
    verb, name, value = what
    if verb == "switch":
        return {"switches": Switches(preview=name, silent=value)}
    place = rewriting.place_of(article, name)
    if place is None:
        return {}
    if verb == "move":
        return rewriting.moved(article, place, value)
    try:
        return rewriting.rewritten(article, place, value)
    except NotWritten:
        return {}


async def does(db: Db, person: int, article: Article, what: tuple[str, Any, Any]) -> Article:
    """One step of one person; the story as it is then."""
    verb, at, _ = what
    who, key = desk(db, person), (article.id, article.version)
    try:
        match verb:
            case "undo":
                return await who.undo(*key)
            case "restore":
                return await versions.restore(who, *key, at)
            case "submit":
                return await who.submit(*key)
            case "approve":
                return await who.approve(*key)
            case "old":
                await who.edit(article.id, article.version - 1, lede="دیر رسید")
            case _:
                return await who.edit(*key, **changed(article, what))
    except DeskError:
        pass
    found = await db.articles.get(article.id)
    assert found is not None
    return found


@settings(deadline=None, max_examples=40)
@given(STEPS)
def test_every_version_stays_as_it_was_and_comes_back_whole(
    steps: list[tuple[int, tuple[str, Any, Any]]],
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        without_threads(patch)
        with_tables(patch)
        asyncio.run(_play(steps))


async def _play(steps: list[tuple[int, tuple[str, Any, Any]]]) -> None:
    async with house() as db:
        article = await draft(db, **STORY)
        model = [content(article)]
        for person, what in steps:
            before, article = article, await does(db, person, article, what)
            if article.version != before.version:
                assert article.version == before.version + 1
                model.append(content(article))
                if what[0] == "undo":
                    assert model[-1] == model[-3]
                if what[0] == "restore":
                    assert model[-1] == model[what[1] - 1]
            assert content(article) == model[-1]
        for number, kept in enumerate(model, start=1):
            at = await db.articles.at_version(article.id, number)
            assert at is not None
            assert content(at) == kept
        story = await versions.past(desk(db, 1), article.id)
        assert [each.version for each in story.revisions] == list(range(1, len(model) + 1))


async def test_a_version_is_brought_back_by_whoever_may_edit_only() -> None:
    async with house() as db:
        article = await draft(db, **STORY)
        article = await desk(db, 1).edit_headline(article.id, 1, "تیتر دوم")
        for person, error in ((3, NotAllowed), (5, NotFound)):
            with pytest.raises(error):
                await versions.restore(desk(db, person), article.id, 2, 1)
            with pytest.raises(error):
                await versions.past(desk(db, person), article.id)
        with pytest.raises(NotFound):
            await versions.restore(desk(db, 1), article.id, 2, 7)
        with pytest.raises(StaleCard):
            await versions.restore(desk(db, 1), article.id, 1, 1)
        back = await versions.restore(desk(db, 2), article.id, 2, 1)
        assert (back.headline, back.version) == ("تیتر", 3)
        assert (await versions.past(desk(db, 1), article.id)).made(3) == (
            "restore",
            {"version": 3, "earlier": 1},
        )


async def test_bringing_back_what_is_there_makes_no_version_and_an_embargo_stays() -> None:
    async with house() as db:
        article = await draft(db)
        same = await versions.restore(desk(db, 1), article.id, 1, 1)
        assert same.version == 1

        until = (await db.articles.history(article.id))[0].saved_at
        article = await desk(db, 2).edit(article.id, 1, embargoed_until=until, lede="لید دوم")
        back = await versions.restore(desk(db, 2), article.id, 2, 1)
        assert (back.lede, back.embargoed_until) == ("لید", until)
        assert replace(back, version=1, embargoed_until=None) == replace(
            article, version=1, lede="لید", embargoed_until=None
        )
