"""Words and files that are passed on: their channel is the story's source, anybody else is told to the staff."""

from typing import Any

import pytest

from bot.news.model import Article, ArticleState
from tests.newsroom import ADMIN, COPY, EDITOR, NEWS, House, newsroom

AGENCY = "کانال سپیدکوه"
NAMED = f"{COPY}\nمنبع: خبرگزاری دریا"


async def story(house: House) -> Article:
    async with house.newsroom.storage.begin() as db:
        [article] = await db.articles.in_states(*ArticleState)
    return article


def channel(house: House, *, username: str | None = "sepid") -> int:
    """A channel that is not ours."""
    from bot.simulator import places

    made = places.found(house.world, "channel", AGENCY, username=username, by=ADMIN)
    return int(made["id"])


async def passes_on(house: House, words: str, **more: Any) -> None:
    house.reporter.phone.send(words, **more)
    await house.settles()
    await house.passes(3)


@pytest.mark.parametrize("username", ["sepid", None])
async def test_a_channel_is_the_source_of_what_names_none(username: str | None) -> None:
    async with newsroom() as house:
        where = channel(house, username=username)
        house.admin.phone.send("نخستین", chat=where)
        await passes_on(house, COPY, forward_from_chat=where, forward_from_message_id=1)

        article = await story(house)
        assert article.source == AGENCY
        assert article.source_url == (f"https://t.me/{username}/1" if username else None)
        assert AGENCY in str(house.reporter.card())


async def test_a_source_that_the_copy_names_stays_and_the_channel_is_noted() -> None:
    async with newsroom() as house:
        where = channel(house)
        await passes_on(house, NAMED, forward_from_chat=where, forward_from_message_id=7)

        article = await story(house)
        assert article.source == "خبرگزاری دریا"
        assert AGENCY in (article.ed_note or "")
        assert "https://t.me/sepid/7" in (article.ed_note or "")


async def test_a_person_is_noted_for_the_staff_and_never_published() -> None:
    async with newsroom() as house:
        await passes_on(house, COPY, forward_from_chat=EDITOR)

        article = await story(house)
        assert article.source is None
        assert "بازارسال از" in (article.ed_note or "")


async def test_what_our_own_channel_has_and_what_is_ones_own_has_no_origin() -> None:
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        await passes_on(house, COPY, forward_from_chat=NEWS, forward_from_message_id=1)
        article = await story(house)
        assert (article.source, article.ed_note) == (None, None)


async def test_an_album_that_is_passed_on_keeps_its_origin_and_all_its_files() -> None:
    async with newsroom() as house:
        where = channel(house)
        for number in range(3):
            house.admin.phone.send(COPY if not number else "", chat=where, video=f"{number}.mp4")
        for number in range(3):
            house.reporter.phone.send(
                "", forward_from_chat=where, forward_from_message_id=number + 1, media_group_id="f"
            )
        await house.settles()
        await house.passes(3)

        article = await story(house)
        assert (article.source, article.source_url) == (AGENCY, "https://t.me/sepid/1")
        assert [each.kind for each in article.media] == ["video"] * 3


async def test_files_passed_on_with_words_of_ones_own_are_noted_only() -> None:
    async with newsroom() as house:
        where = channel(house)
        house.admin.phone.send("", chat=where, photo="a.jpg")
        await passes_on(house, "", forward_from_chat=where, forward_from_message_id=1)
        await passes_on(house, COPY)

        article = await story(house)
        assert (article.source, len(article.media)) == (None, 1)
        assert AGENCY in (article.ed_note or "")


async def test_files_passed_on_to_a_story_that_is_there_are_noted_in_it() -> None:
    async with newsroom() as house:
        where = channel(house)
        house.admin.phone.send("", chat=where, photo="a.jpg")
        await passes_on(house, COPY)
        await passes_on(house, "", forward_from_chat=where, forward_from_message_id=1)

        article = await story(house)
        assert (article.source, len(article.media)) == (None, 1)
        assert AGENCY in (article.ed_note or "")


async def test_a_long_forward_in_parts_keeps_its_origin() -> None:
    async with newsroom() as house:
        where = channel(house)
        await passes_on(house, f"{COPY}\n" + "بند دیگری از همین خبر است. " * 300, forward_from_chat=where)

        article = await story(house)
        assert article.source == AGENCY
        assert sum(map(len, (p for s in article.sections for p in s.paragraphs))) > 5000
