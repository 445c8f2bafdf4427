"""Readers are told that a post was corrected, or is out of date, where the newsroom chooses so; seen before it goes."""

from bot.news.model import Form, Look
from tests.handlers.posts.test_by_hand import post, published
from tests.newsroom import NEWS, House, newsroom, story

DATED, PLAIN = "✅ همین‌طور منتشر شود، با خط تاریخ‌دار", "✅ بدون این خط منتشر شود"
LINE = "اصلاحیه: یکشنبه ۱ آذر ۱۴۰۵"
OLD = "این خبر دیگر به‌روز نیست: یکشنبه ۱ آذر ۱۴۰۵"


async def edits(house: House) -> None:
    await house.editor.forges("open:1")
    await house.editor.presses("✏️ ویرایش")
    await house.editor.presses("تیتر", message=house.editor.card())
    await house.editor.sends("سپیدکوه اتوبوس برقی خرید")


async def test_a_correction_with_a_dated_line_is_seen_before_it_goes_out() -> None:
    async with newsroom() as house:
        await published(house)
        await edits(house)
        await house.editor.presses("با خط «اصلاحیه»")
        shown = house.editor.card()
        assert LINE in shown["text"]
        assert LINE not in post(house)["text"], "it was only shown"
        await house.editor.presses(DATED)
        await house.settles()
        text = post(house)["text"]
        assert LINE in text
        assert "سپیدکوه اتوبوس برقی خرید" in text
        assert text.index(LINE) < text.index("@news"), "above the signature"
        article = await story(house)
        assert article.version == article.approved_version


async def test_a_correction_without_the_line_leaves_none() -> None:
    async with newsroom() as house:
        await published(house)
        await edits(house)
        await house.editor.presses("با خط «اصلاحیه»")
        await house.editor.presses(PLAIN)
        await house.settles()
        assert "اصلاحیه" not in post(house)["text"]
        assert "سپیدکوه اتوبوس برقی خرید" in post(house)["text"]


async def test_out_of_date_marks_a_post_without_withdrawing_it_and_comes_off_again() -> None:
    async with newsroom() as house:
        before = (await published(house))["text"]
        await house.editor.forges("open:1")
        await house.editor.presses("بیشتر")
        await house.editor.presses("علامت «دیگر به‌روز نیست»")
        assert OLD in house.editor.card()["text"]
        await house.editor.presses("✅ در کانال‌ها همین گفته شود")
        await house.settles()
        text = post(house)["text"]
        assert OLD in text.split("\n")[0]
        assert "شهرداری سپیدکوه ۲۰ اتوبوس" in text
        await house.editor.presses("بیشتر")
        await house.editor.presses("هنوز به‌روز است")
        await house.editor.presses("این یادداشت برداشته شود")
        await house.settles()
        assert post(house)["text"] == before


async def test_a_rich_post_has_the_dated_line_too() -> None:
    async with newsroom() as house:
        await house.approved()
        async with house.newsroom.storage.begin() as db:
            await db.channels.set_look(NEWS, Look(form=Form.RICH))
        await house.admin.presses("زمان‌بندی", message=house.admin.card())
        await house.admin.presses("همین حالا")
        await house.admin.presses("بله، همین حالا")
        await edits(house)
        await house.editor.presses("با خط «اصلاحیه»")
        await house.editor.presses(DATED)
        await house.settles()
        assert LINE in str(post(house)["rich_message"])


async def test_nobody_but_an_editor_leaves_such_a_word() -> None:
    async with newsroom() as house:
        await published(house)
        version = (await story(house)).version
        for press in ("outdate", "correct_dated"):
            assert await house.admin.forges(f"story.{press}:1:{version}")
        assert "به‌روز" not in post(house)["text"]
