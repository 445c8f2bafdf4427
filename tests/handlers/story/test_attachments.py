"""What a message carries besides words: taken as the story's, or said with what to do; never in silence."""

from typing import Any

import pytest

from bot.news.media import MediaKind
from bot.news.model import Article, ArticleState
from bot.news.structure.captions import sorted_out, tells_a_story
from bot.simulator.chats import FILES, UNSENT
from tests.files_sent import file_in
from tests.newsroom import COPY, House, newsroom


async def receives(house: House, content: dict[str, Any]) -> list[str]:
    """The reporter sends something that the simulator does not know; what the bot says to it."""
    before = len(house.reporter.reads())
    chat = house.world.chats[house.reporter.id]
    stored = house.world.write(chat, content, sender=house.reporter.id)
    house.world.tell_bot(chat, stored.message)
    await house.settles()
    return [str(m.get("text") or m.get("caption")) for m in house.reporter.reads()[before + 1 :]]


UNKNOWN: dict[str, Any] = {"something_new": {}}


@pytest.mark.parametrize("kind", UNSENT)
async def test_what_can_not_be_posted_is_said_with_what_to_do(kind: str) -> None:
    async with newsroom() as house:
        said = await house.reporter.sends(**{kind: "نمونه"})

        assert said.startswith("چیزی از آن برنداشتم")
        assert said.count(".") >= 2, "what was not taken, and what to do instead"
        assert not await drafts(house)


async def test_what_telegram_brings_tomorrow_is_not_dropped_in_silence() -> None:
    async with newsroom() as house:
        assert "چیزی از آن برنداشتم" in (await receives(house, UNKNOWN))[-1]
        rich = {"rich_message": {"blocks": [{"type": "paragraph", "text": "خبر"}]}}
        assert "متنش را کپی کنید" in (await receives(house, rich))[-1]


@pytest.mark.parametrize("kind", FILES)
async def test_a_file_with_a_story_under_it_is_the_storys(kind: str) -> None:
    async with newsroom() as house:
        [sent] = house.reporter.phone.send(COPY, **{kind: f"نمونه.{kind}"})
        await house.settles()

        [draft] = await drafts(house)
        assert [(each.kind, each.file_id) for each in draft.media] == [(kind, file_in(sent).file_id)]
        assert draft.headline == COPY.split("\n", 1)[0]
        assert kind in house.reporter.card(), "the card is the post"


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("minutes", [0, 9])
async def test_a_file_without_words_waits_for_its_story(kind: str, minutes: int) -> None:
    async with newsroom() as house:
        [sent] = house.reporter.phone.send(**{kind: f"نمونه.{kind}"})
        await house.settles()
        await house.passes(3 + 60 * minutes)
        assert "منتظر خبر است" in house.reporter.text()
        await house.reporter.sends(COPY)
        await house.passes(3)

        [draft] = await drafts(house)
        assert [each.file_id for each in draft.media] == [file_in(sent).file_id]


@pytest.mark.parametrize(
    "caption", ["", "خبر امروز در فایل", "متن خبر امروز در فایل پیوست شده است، لطفاً بررسی کنید", "خبر"]
)
async def test_of_a_file_the_text_is_asked_for_and_the_file_waits(caption: str) -> None:
    async with newsroom() as house:
        await house.reporter.sends(caption, document="khabar.xlsx")
        await house.passes(3)
        said = "\n".join(m.get("text", "") for m in house.reporter.reads())
        assert "درون فایل را نمی‌توانم بخوانم" in said
        assert caption in said
        assert not await drafts(house)

        await house.reporter.sends(COPY)
        await house.passes(3)
        [draft] = await drafts(house)
        assert [(each.kind, each.name) for each in draft.media] == [(MediaKind.DOCUMENT, "khabar.xlsx")]


@pytest.mark.parametrize("caption", ["", COPY])
async def test_of_a_picture_sent_as_a_file_it_is_said_that_it_stays_one(caption: str) -> None:
    async with newsroom() as house:
        await house.reporter.sends(caption, document="photo1.png")
        await house.passes(3)

        said = [m.get("text", "") for m in house.reporter.reads()]
        assert any("به‌شکل فایل" in each for each in said)
        assert len(await drafts(house)) == bool(caption)


async def test_an_answer_with_an_attachment_says_what_was_not_taken() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("ویرایش تیتر")
        await house.reporter.sends("تیتری تازه برای خبر", photo="a.jpg")
        await house.reporter.presses("تیتر تازه")

        assert any("متن را برداشتم" in m.get("text", "") for m in house.reporter.reads())


async def test_the_question_for_files_takes_every_kind_and_numbers() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        for caption, kind in (("", "video"), ("+", "photo"), ("+ عکس از آرشیو", "document")):
            await house.reporter.presses("🖼")
            await house.reporter.sends(caption, **{kind: "x"})
        assert "عکس از آرشیو" in "".join(m.get("text", "") for m in house.reporter.reads())
        assert await kinds(house) == ["video", "photo", "document"]

        await house.reporter.presses("🖼")
        assert "لطفاً عکس" in await house.reporter.sends("۴")
        assert "برنداشتم" in await house.reporter.sends(sticker="🙂")
        await house.reporter.sends("۳ ۱ ۲")
        assert await kinds(house) == ["document", "video", "photo"]
        await house.reporter.presses("🖼")
        await house.reporter.sends("2")
        assert await kinds(house) == ["document", "photo"]
        await house.reporter.presses("🖼")
        await house.reporter.sends("هیچ")
        assert await kinds(house) == []


async def kinds(house: House) -> list[str]:
    [draft] = await drafts(house)
    return [each.kind.value for each in draft.media]


async def drafts(house: House) -> tuple[Article, ...]:
    async with house.newsroom.storage.begin() as db:
        return await db.articles.in_states(ArticleState.DRAFT)


def test_a_lone_caption_is_the_albums_and_the_same_words_are_said_once() -> None:
    assert sorted_out(["", "پیش از سیل", ""]) == ("پیش از سیل", ())
    assert sorted_out([COPY, COPY, COPY]) == (COPY, ())
    assert sorted_out(["شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید", "نمای ایستگاه", ""]) == (
        "شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید",
        ("نمای ایستگاه",),
    )
    assert tells_a_story(COPY)
    assert not tells_a_story("نمای بازار. صف خریداران.")
