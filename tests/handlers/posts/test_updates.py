"""An update replies to the earlier story's post in each channel, with an exact quote; both know each other."""

from typing import Any

from bot.delivery.following import quoted
from bot.news.talk import PostPart
from tests.handlers.posts.test_by_hand import published
from tests.newsroom import NEWS, House, newsroom

MORE = "شهرداری سپیدکوه ده اتوبوس دیگر خرید\nبه گفتهٔ شهردار سپیدکوه، ده اتوبوس برقی دیگر از هفتهٔ آینده در خط دو کار می‌کنند."
LEDE = "شهرداری سپیدکوه روز شنبه از ورود بیست اتوبوس برقی به ناوگان شهر خبر داد."


async def updated(house: House, choice: str) -> None:
    """A second story goes on with the first, and is out."""
    await house.reporter.sends(MORE)
    await house.reporter.presses("بیشتر")
    await house.reporter.presses("🔗")
    await house.reporter.presses("شهرداری سپیدکوه ۲۰")
    await house.reporter.presses(choice)
    await house.reporter.presses("ارسال به دبیر", message=house.reporter.card())
    await house.editor.presses("تأیید", message=house.editor.card())
    await house.admin.presses("زمان‌بندی", message=house.admin.card())
    await house.admin.presses("همین حالا")
    await house.admin.presses("بله، همین حالا")


def newest(house: House) -> dict[str, Any]:
    return house.reader.reads(NEWS)[-1]


async def test_it_replies_with_the_sentence_that_has_changed() -> None:
    async with newsroom() as house:
        first = await published(house)
        await updated(house, "شهرداری سپیدکوه روز شنبه")
        post = newest(house)
        assert post["reply_to_message"]["message_id"] == first["message_id"]
        assert post["quote"]["text"] == LEDE
        await house.editor.sends("/posts")
        assert "↩︎ دنبالهٔ: 📄 شهرداری سپیدکوه ۲۰" in house.editor.text()
        assert "↪︎ دنباله‌اش: 📄 شهرداری سپیدکوه ده" in house.editor.text()


async def test_a_correction_of_it_keeps_the_reply() -> None:
    async with newsroom() as house:
        first = await published(house)
        await updated(house, "بدون نقل")
        await house.editor.forges("open:2")
        await house.editor.presses("✏️ ویرایش")
        await house.editor.presses("تیتر", message=house.editor.card())
        await house.editor.sends("سپیدکوه اتوبوس بیشتری خرید")
        await house.editor.presses("انتشار اصلاح")
        await house.settles()
        post = newest(house)
        assert "سپیدکوه اتوبوس بیشتری خرید" in post["text"]
        assert post["reply_to_message"]["message_id"] == first["message_id"]


async def test_it_goes_out_without_a_reply_where_the_earlier_post_is_gone_or_edited() -> None:
    async with newsroom() as house:
        first = await published(house)
        house.owner.phone.deletes_post(first)
        await updated(house, "شهرداری سپیدکوه روز شنبه")
        assert "reply_to_message" not in newest(house)
        assert len(house.posts()) == 1


def test_a_quote_is_word_for_word_with_its_bold_or_left_out() -> None:
    params = {"text": "🔹 تیتر: متن خبر", "entities": [{"type": "bold", "offset": 3, "length": 4}]}
    part = PostPart(number=0, method="sendMessage", params=params, message_ids=(1,))
    assert quoted(part, "تیتر: متن") == {
        "quote": "تیتر: متن",
        "quote_position": 3,
        "quote_entities": [{"type": "bold", "offset": 0, "length": 4}],
    }
    assert quoted(part, "تیتر دیگر") == {}
    assert quoted(part, "") == {}
    long = PostPart(number=0, method="sendMessage", params={"text": "خ" * 2000}, message_ids=(1,))
    assert quoted(long, "خ" * 1025) == {}
    assert quoted(long, "خ" * 1024)["quote_position"] == 0
