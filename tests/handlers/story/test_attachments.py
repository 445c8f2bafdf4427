"""What is neither words nor photos: never dropped in silence, and no story by its caption alone."""

from typing import Any

import pytest
from telegram import Message

from bot.news.model import Article, ArticleState
from bot.news.structure.captions import sorted_out, tells_a_story
from handlers.story.attachments import kind_of
from tests.newsroom import COPY, House, newsroom

WHO = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}
FILE = {"file_id": "f", "file_unique_id": "u"}
SEEN = {**FILE, "width": 1, "height": 1, "duration": 1}
CONTENT: dict[str, Any] = {
    "file": {"document": {**FILE, "file_name": "khabar.docx"}},
    "video": {"video": SEEN},
    "animation": {"animation": SEEN, "document": FILE},
    "sound file": {"audio": {**FILE, "duration": 1}},
    "voice message": {"voice": {**FILE, "duration": 1}},
    "video message": {"video_note": {**FILE, "length": 1, "duration": 1}},
    "sticker": {
        "sticker": {
            **FILE,
            "width": 1,
            "height": 1,
            "type": "regular",
            "is_animated": False,
            "is_video": False,
        }
    },
    "location": {"location": {"longitude": 1.0, "latitude": 1.0}},
    "contact": {"contact": {"phone_number": "1", "first_name": "a"}},
    "dice": {"dice": {"value": 1, "emoji": "🎲"}},
    "message of that kind": {"something_new": {}},
}


@pytest.mark.parametrize("kind", CONTENT)
def test_each_kind_has_its_name(kind: str) -> None:
    message = Message.de_json({**WHO, **CONTENT[kind]}, None)
    assert message is not None
    assert kind_of(message) == kind


async def receives(house: House, content: dict[str, Any]) -> list[str]:
    """The reporter sends something that the simulator does not know; what the bot says to it."""
    before = len(house.reporter.reads())
    chat = house.world.chats[house.reporter.id]
    stored = house.world.write(chat, content, sender=house.reporter.id)
    house.world.tell_bot(chat, stored.message)
    await house.settles()
    return [str(m.get("text") or m.get("caption")) for m in house.reporter.reads()[before + 1 :]]


@pytest.mark.parametrize("kind", [kind for kind in CONTENT if kind != "file"])
async def test_without_words_it_is_said_what_was_not_taken(kind: str) -> None:
    async with newsroom() as house:
        said = await receives(house, CONTENT[kind])

        assert any("چیزی از آن برنداشتم" in each for each in said)
        assert not await drafts(house)


@pytest.mark.parametrize("kind", ["video", "animation", "sound file", "voice message", "file"])
async def test_a_story_under_it_is_taken_and_it_is_said_that_it_is_not(kind: str) -> None:
    async with newsroom() as house:
        said = await receives(house, {**CONTENT[kind], "caption": COPY})

        assert any("متن را برداشتم" in each for each in said)
        assert len(await drafts(house)) == 1


@pytest.mark.parametrize(
    "caption", ["", "خبر امروز در فایل", "متن خبر امروز در فایل پیوست شده است، لطفاً بررسی کنید", "خبر"]
)
async def test_of_a_file_the_text_is_asked_for(caption: str) -> None:
    async with newsroom() as house:
        said = await house.reporter.sends(caption, document="khabar.docx")

        assert "فایل‌ها را نمی‌توانم بخوانم" in said
        assert not await drafts(house)


@pytest.mark.parametrize("caption", ["", COPY])
async def test_a_picture_sent_as_a_file_is_asked_for_as_a_photo(caption: str) -> None:
    async with newsroom() as house:
        await house.reporter.sends(caption, document="photo1.png")

        assert any("به‌شکل فایل" in m.get("text", "") for m in house.reporter.reads())
        assert len(await drafts(house)) == bool(caption)


async def test_an_answer_with_an_attachment_says_what_was_not_taken() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("ویرایش تیتر")
        await house.reporter.sends("تیتری تازه برای خبر", photo="a.jpg")
        await house.reporter.presses("تیتر تازه")

        assert any("متن را برداشتم" in m.get("text", "") for m in house.reporter.reads())
        await house.reporter.presses("🖼")
        assert "به‌شکل فایل" in await house.reporter.sends("", document="photo1.png")


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
