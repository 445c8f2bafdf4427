"""A story's way through the house, as its people see it."""

import pytest

from bot.simulator import places
from tests.newsroom import COPY, NEWS, newsroom


async def test_a_story_goes_from_paste_to_channel_at_its_minute() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)

        assert house.reporter.card()["text"].startswith("شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید\n\n")

        assert await house.reporter.presses("ارسال به دبیر") == "به دست دبیران رسید."
        assert house.editor.post() == house.reporter.post()
        assert house.editor.foot() == "در انتظار دبیر · نسخهٔ ۱ · نوشتهٔ ریحانه (خبرنگار)"

        await house.editor.presses("تأیید")
        await house.admin.sends("/connect @news")
        await house.admin.sends("/slots شنبه تا چهارشنبه ۸ و ۱۲:۳۰ و ۱۸")
        await house.admin.presses("زمان‌بندی")
        assert "🕰 نوبت آزاد بعدی: امروز ۱۲:۳۰" in house.admin.buttons()
        await house.admin.presses("نوبت آزاد")
        assert (
            house.admin.text().startswith("در صف «خبر»: یک‌شنبه ۱ آذر ۱۴۰۵") or "۱۲:۳۰" in house.admin.text()
        )
        assert house.posts() == []

        await house.passes(29 * 60)
        assert house.posts() == []
        await house.passes(60)
        [post] = house.posts()

        assert post.startswith("شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید")
        assert post.endswith("@news")
        assert house.reporter.foot().startswith("منتشرشده"), "their card tells it, at the bottom of the chat"
        assert house.reporter.reads()[-1] == house.reporter.card()


async def test_the_card_is_exactly_the_post() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.presses("زمان‌بندی")
        shown = house.admin.post()
        await house.admin.presses("همین حالا")
        await house.admin.presses("بله، همین حالا")
        post = house.reader.reads(NEWS)[0]

        assert (post["text"], post["entities"]) == shown


@pytest.mark.parametrize(
    ("button", "answer"),
    [("ویرایش تیتر", "بیست اتوبوس برقی به سپیدکوه رسید"), ("ویرایش لید", "لید تازه‌ای نوشتیم.")],
)
async def test_an_edit_changes_the_card_in_place(button: str, answer: str) -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        before = house.reporter.card()
        await house.reporter.presses(button)
        assert "کنونی" in house.reporter.text()
        await house.reporter.sends(answer)
        after = house.reporter.card()

        assert after["message_id"] == before["message_id"]
        assert answer in after["text"]
        assert "نسخهٔ ۲" in house.reporter.foot()


async def test_undo_brings_the_text_before_back() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        before = house.reporter.post()
        await house.reporter.presses("ویرایش تیتر")
        await house.reporter.sends("تیتری دیگر")
        assert await house.reporter.presses("واگرد ویرایش") == "آخرین ویرایش واگرد شد."

        assert house.reporter.post() == before


async def test_what_was_undone_can_be_done_again_and_the_button_says_which() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("ویرایش تیتر")
        await house.reporter.sends("تیتری دیگر")
        after, before = "↶ واگرد ویرایش", "↷ انجام دوبارهٔ ویرایش"
        for shown, other, said in ((after, before, "واگرد شد"), (before, after, "دوباره انجام شد")) * 2:
            labels = await house.reporter.page()
            assert (shown in labels, other in labels) == (True, False)
            assert said in await house.reporter.presses(shown)
        assert "تیتری دیگر" in house.reporter.card()["text"]


async def test_key_points_are_edited_a_line_each() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("ویرایش نکته‌ها")
        await house.reporter.sends("برد: ۲۵۰ کیلومتر با یک شارژ\n- آغاز کار از هفتهٔ آینده")

        assert "🔹 برد: ۲۵۰ کیلومتر با یک شارژ\n🔹 آغاز کار از هفتهٔ آینده" in house.reporter.card()["text"]


async def test_changes_are_requested_with_a_note_to_the_reporter() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("ارسال به دبیر")
        await house.editor.presses("درخواست اصلاح")
        await house.editor.sends("نام مدیر ناوگان را هم بنویسید")

        assert any("نام مدیر ناوگان را هم بنویسید" in m.get("text", "") for m in house.reporter.reads())
        assert "📤 ارسال به دبیر" in house.reporter.buttons()


async def test_a_reporters_edit_returns_an_approved_story_and_the_post_sends_what_was_approved() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.presses("زمان‌بندی")
        await house.admin.presses("نوبت آزاد")
        await house.reporter.presses("ویرایش تیتر")
        await house.reporter.sends("تیتری که کسی تأیید نکرده")
        assert "در انتظار دبیر" in house.reporter.foot()
        await house.passes(30 * 60)

        assert [post.split("\n")[0] for post in house.posts()] == ["شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید"]


async def test_an_editors_own_edit_is_approved_with_it() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.presses("زمان‌بندی")
        await house.admin.presses("نوبت آزاد")
        await house.editor.presses("ویرایش تیتر")
        await house.editor.sends("تیتر دبیر")
        await house.passes(30 * 60)

        assert [post.split("\n")[0] for post in house.posts()] == ["تیتر دبیر"]


async def test_a_typed_time_is_echoed_in_both_calendars_and_kept() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.presses("زمان‌بندی")
        await house.admin.presses("در زمانی دیگر")
        await house.admin.sends("فردا ۸:۳۰")
        assert "۲ آذر ۱۴۰۵" in house.admin.text()
        assert "۲۳ نوامبر ۲۰۲۶" in house.admin.text()
        await house.passes(20.5 * 3600 - 1)
        assert house.posts() == []
        await house.passes(1)

        assert len(house.posts()) == 1


async def test_the_queue_moves_holds_releases_and_cancels() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.presses("زمان‌بندی")
        await house.admin.presses("نوبت آزاد")
        await house.admin.sends("/queue")
        assert "شهرداری سپیدکوه" in house.admin.text()
        await house.admin.presses("۱ · ۱۲:۳۰")
        await house.admin.presses("نگه دار")
        page = house.admin.reads()[-1]
        await house.passes(3600)
        assert house.posts() == []
        assert "گذشته است" in await house.admin.presses_as_seen("آزاد کن", page)
        await house.admin.presses("🔄 وضع کنونی", message=page)
        await house.admin.presses("زمان دیگر")
        await house.admin.sends("+2h")
        await house.admin.presses("لغو")
        await house.admin.presses("✖️ بله، از صف بردار")
        page = house.admin.reads()[-1]
        await house.passes(3 * 3600)
        assert house.posts() == []
        assert "گذشته است" in await house.admin.presses_as_seen("بازگرداندن", page)
        await house.admin.presses("🗓 زمان‌بندی")
        await house.admin.presses("همین حالا", message=house.admin.card())
        await house.admin.presses("بله، همین حالا")

        assert len(house.posts()) == 1


async def test_the_same_story_is_not_queued_twice_in_a_channel() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.presses("زمان‌بندی")
        await house.admin.presses("نوبت آزاد")
        await house.admin.presses("زمان‌بندی")

        assert not [label for label in house.admin.buttons(house.admin.card()) if "🕰" in label], (
            "it has its place"
        )
        assert (
            await house.admin.forges(f"plan.into_slot:1:1:{NEWS}")
            == "این خبر هم‌اکنون در آن کانال یا در صف آن هست."
        )
        await house.passes(24 * 3600)
        assert len(house.posts()) == 1


async def test_two_channels_get_a_story_each_once() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.sends("/connect @sport")
        for channel in ("خبر", "ورزش"):
            await house.admin.presses("زمان‌بندی")
            await house.admin.presses(f"📣 {channel}")
            await house.admin.presses("همین حالا")
            await house.admin.presses("بله، همین حالا")

        assert [len(house.posts(chat)) for chat in (NEWS, NEWS - 1)] == [1, 1]


async def test_the_bot_is_connected_by_being_made_an_administrator_and_lost_with_its_rights() -> None:
    async with newsroom() as house:
        world = house.world
        places.enroll(world, NEWS, world.me["id"], "left", by=103)
        await house.settles()
        places.enroll(world, NEWS, world.me["id"], "administrator", by=103)
        await house.settles()
        assert "کانال «خبر» وصل شد." in house.admin.text()
        places.enroll(world, NEWS, world.me["id"], "kicked", by=103)
        await house.settles()

        assert "مدیر «خبر» نیستم" in house.admin.text()


async def test_hashtags_are_offered_and_set() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("🏷 هشتگ")
        await house.reporter.presses("✍️ نوشتن")
        assert "#" in house.reporter.text()
        await house.reporter.sends("#اتوبوس_برقی سپیدکوه،")

        assert house.reporter.post()[0].endswith("#اتوبوس_برقی #سپیدکوه")
