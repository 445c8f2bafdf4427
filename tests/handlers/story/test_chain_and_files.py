"""What a card says of the stories around it, what its files are called, and what no edit can do to a post that is out."""

from typing import Any

import pytest

from bot.news.media import Media, MediaKind
from bot.words import words
from handlers.story import kinds
from tests.handlers.posts.test_by_hand import published
from tests.newsroom import COPY, House, newsroom, story

MORE = (
    "اتوبوس‌های برقی سپیدکوه به خط دو هم می‌رسند\n"
    "شهرداری سپیدکوه گفت از ماه آینده ده اتوبوس دیگر در خط دو کار می‌کنند و بلیت آن‌ها گران نمی‌شود."
)


async def followed(house: House) -> None:
    """The second story goes on with the first, which is out."""
    await published(house)
    await house.reporter.sends(MORE)
    await house.reporter.presses("دنبالهٔ خبرِ", message=house.reporter.card())
    await house.reporter.presses("شهرداری سپیدکوه ۲۰")
    await house.reporter.presses("بدون نقل")


async def test_both_cards_show_the_chain_and_lose_it_with_it() -> None:
    async with newsroom() as house:
        await followed(house)
        await house.reporter.forges("open:2")
        assert "دنبالهٔ: 📄 شهرداری سپیدکوه ۲۰" in house.reporter.foot()
        await house.editor.forges("open:1")
        assert "دنباله‌اش: 📄 اتوبوس‌های برقی" in house.editor.foot()
        await house.reporter.forges("story.follow_none:2")
        assert "دنبالهٔ" not in house.reporter.foot()
        assert "دنباله‌اش" not in house.editor.foot()


@pytest.mark.parametrize(
    ("place", "sent", "field", "stands"),
    [
        ("author_bio", "خبرنگار شهری از سال ۱۳۹۰", "author_bio", "خبرنگار شهری از سال ۱۳۹۰"),
        (
            "keywords",
            "اتوبوس برقی، حمل‌ونقل\nسپیدکوه، اتوبوس برقی",
            "keywords",
            ("اتوبوس برقی", "حمل‌ونقل", "سپیدکوه"),
        ),
        ("keywords", "هیچ", "keywords", ()),
        ("language", "انگلیسی", "language", "en"),
        ("language", "FA", "language", "fa"),
    ],
)
async def test_every_field_has_a_button(place: str, sent: str, field: str, stands: Any) -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        labels = await house.reporter.page("✏️ ویرایش ▾")
        assert {"✏️ دربارهٔ نویسنده", "✏️ کلیدواژه‌ها", "🌐 زبان", "🖼 عکس یا فایل"} <= set(labels)
        await house.reporter.presses(f"story.write:1:1:{place}")
        await house.reporter.sends(sent)
        assert getattr(await story(house), field) == stands


async def test_a_language_that_nobody_knows_is_asked_for_again() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.page("✏️ ویرایش ▾")
        await house.reporter.presses("🌐 زبان")
        assert "به دو زبان می‌شناسم" in await house.reporter.sends("کلینگونی")
        await house.reporter.sends("en")
        assert (await story(house)).language == "en"


async def test_who_adds_a_file_to_what_is_out_hears_what_to_do_instead() -> None:
    async with newsroom() as house:
        await published(house)
        await house.editor.forges("open:1")
        await house.editor.presses("🖼 عکس")
        await house.editor.sends(photo="late.jpg")
        assert any("دوباره منتشر کنید" in str(m.get("text")) for m in house.editor.reads()[-4:])


def test_files_are_called_by_their_kinds() -> None:
    say = words("fa")
    photo, video = Media(file_id="a"), Media(file_id="b", kind=MediaKind.VIDEO)
    document = Media(file_id="c", kind=MediaKind.DOCUMENT)
    assert kinds.counted([photo], say) == "یک عکس"
    assert kinds.counted([photo, photo, video], say) == "۲ عکس و یک ویدیو"
    assert kinds.counted([photo, video, document], words("en")) == "one photo, one video and one document"
    assert kinds.counted([], say) == "هیچ"
    assert [kinds.label(each, say) for each in ([video], [document], [photo, document], [])] == [
        "🖼 ویدیو",
        "🖼 فایل",
        "🖼 فایل‌ها",
        "🖼 عکس یا فایل",
    ]
