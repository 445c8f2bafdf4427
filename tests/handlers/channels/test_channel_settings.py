"""A channel's times as its admin decides them: slots of a kind, quiet hours, spacing, limits, time zone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.news.model import Channel, Post
from tests.newsroom import COPY, NEWS, NOON, House, newsroom

NIGHT = "هر شب ۲۳ تا ۷"
SPARSE = "/slots شنبه تا چهارشنبه ۸ و ۱۲:۳۰ و ۱۸"


async def channel(house: House) -> Channel:
    async with house.newsroom.storage.begin() as db:
        found = await db.channels.get(NEWS)
    assert found is not None
    return found


async def queue(house: House) -> tuple[Post, ...]:
    async with house.newsroom.storage.begin() as db:
        return await db.posts.of_channel(NEWS)


async def settle_article(house: House, **content: Any) -> None:
    """Give the newest story what no desk asks for yet."""
    async with house.newsroom.storage.begin() as db:
        article = await db.articles.get(1)
        assert article is not None
        saved = await db.articles.save(replace(article, **content), by=103, now=NOON)
        await db.articles.set_state(1, article.state, now=NOON, approved_version=saved.version)
        await db.cards.touch(1)
    await house.settles()


async def quiet(house: House, typed: str = NIGHT) -> str:
    await house.admin.sends("/slots")
    await house.admin.presses("ساعت\u200cهای سکوت")
    await house.admin.presses("➕")
    return await house.admin.sends(typed)


async def test_the_page_shows_slots_and_which_of_the_coming_week_are_taken() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.forges(f"plan.into_slot:1:1:{NEWS}")

        page = await house.admin.sends("/slots")

        assert "شنبه تا چهارشنبه: ۸:۰۰، ۱۲:۳۰ و ۱۸:۰۰" in page
        assert "منطقهٔ زمانی: تهران" in page
        assert "آزاد" not in page.partition("هفتهٔ پیشِ رو")[2].partition("\n")[2], "what is free has no mark"
        assert "یکشنبه ۱ آذر ۱۴۰۵: ۱۲:۳۰ (پر)، ۱۸:۰۰" in page


async def test_slots_of_a_kind_are_added_by_sentence_and_shown() -> None:
    async with newsroom() as house:
        await house.approved()
        page = await house.admin.sends("/slots جمعه\u200cها ۱۰، دسته: ورزش؛ پنجشنبه ۹ فوری")
        assert "جمعه: ۱۰:۰۰، دسته: ورزش" in page
        assert "پنج\u200cشنبه: ۹:۰۰، فوریت ۲" in page

        await house.admin.presses("واگرد")
        assert "ورزش" not in house.admin.text()
        assert len((await channel(house)).slots) == 15


async def test_a_story_does_not_get_a_slot_of_another_kind() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.reporter.presses("ارسال به دبیر")
        await house.editor.presses("تأیید")
        await house.admin.sends("/connect @news")
        await house.admin.sends("/slots دوشنبه ۹، دسته: ورزش؛ سه\u200cشنبه ۹")
        await house.admin.presses("story.view:1:1:plan")
        await house.admin.forges(f"plan.into_slot:1:1:{NEWS}")

        (post,) = await queue(house)
        assert post.due_at == datetime(2026, 11, 24, 5, 30, tzinfo=UTC)
        assert post.zone == "Asia/Tehran"


async def test_the_embargo_decides_the_first_slot() -> None:
    async with newsroom() as house:
        await house.approved()
        await settle_article(house, embargoed_until=NOON + timedelta(days=2))
        await house.admin.forges(f"plan.into_slot:1:2:{NEWS}")

        (post,) = await queue(house)
        assert post.due_at == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


async def test_quiet_hours_are_added_shown_and_removed() -> None:
    async with newsroom() as house:
        await house.approved()
        page = await quiet(house)
        assert "🌙 سکوت: هر روز: ۲۳:۰۰ تا ۷:۰۰" in page

        await house.admin.presses("ساعت\u200cهای سکوت")
        await house.admin.presses("✖️ هر روز: ۲۳")
        assert (await channel(house)).rhythm.quiet == ()
        await house.admin.presses("واگرد")
        assert len((await channel(house)).rhythm.quiet) == 1


async def test_a_time_in_quiet_hours_goes_to_their_end_and_that_is_said() -> None:
    async with newsroom() as house:
        await house.approved()
        await quiet(house)
        await house.admin.forges(f"plan.ask_time:1:1:{NEWS}")
        said = await house.admin.sends("امشب ۲۳:۳۰")

        assert "۲۳:۳۰ در ساعت سکوت است" in said
        assert "۷:۰۰" in said
        (post,) = await queue(house)
        assert post.due_at == datetime(2026, 11, 23, 3, 30, tzinfo=UTC)


async def test_now_in_quiet_hours_waits_for_their_end() -> None:
    async with newsroom() as house:
        await house.approved()
        await quiet(house, "هر روز ۹ تا ۱۲:۱۵")
        await house.admin.forges(f"plan.now:1:1:{NEWS}")

        assert "در ساعت سکوت است" in house.admin.text()
        assert house.posts() == []
        await house.passes(16 * 60)
        assert len(house.posts()) == 1


async def test_a_time_near_another_post_is_taken_with_a_warning() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.sends("/slots")
        await house.admin.presses("فاصله و سقف")
        await house.admin.presses("↔️ ۳۰")
        await house.admin.presses("📅 ۳")
        await house.admin.forges(f"plan.ask_time:1:1:{NEWS}")
        await house.admin.sends("امروز ۱۷:۵۰")
        await house.reporter.sends(COPY.replace("سپیدکوه", "کوهپایه"))
        await house.reporter.presses("ارسال به دبیر")
        await house.editor.presses("تأیید")
        await house.admin.forges(f"plan.ask_time:2:1:{NEWS}")
        said = await house.admin.sends("امروز ۱۸:۰۵")

        assert "⚠️ پست دیگری ساعت ۱۷:۵۰" in said
        assert "۳۰ دقیقه" in said
        assert [post.due_at.minute for post in await queue(house)] == [20, 35]


async def test_the_next_free_slot_keeps_the_spacing() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.sends("/slots")
        await house.admin.presses("فاصله و سقف")
        await house.admin.presses("↔️ ۶۰")
        await house.admin.forges(f"plan.ask_time:1:1:{NEWS}")
        await house.admin.sends("امروز ۱۲:۱۰")  # twenty minutes before a slot
        await house.reporter.sends(COPY.replace("سپیدکوه", "کوهپایه"))
        await house.reporter.presses("ارسال به دبیر")
        await house.editor.presses("تأیید")
        await house.admin.forges(f"plan.into_slot:2:1:{NEWS}")

        assert (await queue(house))[1].due_at == datetime(2026, 11, 22, 14, 30, tzinfo=UTC)


CANNOT_BE_QUIET = [
    ("هر روز ۷ تا ۱۳", "شنبه تا چهارشنبه: ۸:۰۰ و ۱۲:۳۰"),
    ("هر روز ۰ تا ۲۴", "همهٔ هفته سکوت"),
    ("هر شب ۲۳ تا ۷ لطفاً", "لطفاً"),
    ("هر روز ۱۱ تا ۷", "۱۱ تا ۷"),
    ("۲۵:۰۰ تا ۷", "۲۵:۰۰"),
    ("شنبه ۸\n" * 100, "۱۰۰ سطر"),
]


async def test_quiet_hours_that_cannot_be_are_answered_and_change_nothing() -> None:
    async with newsroom() as house:
        await house.approved()
        before = await channel(house)
        for typed, told in CANNOT_BE_QUIET:
            assert told in await quiet(house, typed)
            assert await channel(house) == before


async def test_slots_in_the_way_of_quiet_hours_can_go() -> None:
    async with newsroom() as house:
        await house.approved()
        said = await quiet(house, "هر روز ۷ تا ۱۳")
        assert "هر روز: ۷:۰۰ تا ۱۳:۰۰" in said
        await house.admin.presses("این نوبت\u200cها حذف")

        found = await channel(house)
        assert {slot.minute for slot in found.slots} == {18 * 60}
        assert found.rhythm.quiet
        await house.admin.presses("واگرد")
        assert len((await channel(house)).slots) == 15


CANNOT_BE_SLOTS = [
    ("شنبه ۲۳:۳۰", "در ساعت سکوت"),
    ("شنبه ۸:۱۰", "نزدیک\u200cتر"),
    ("شنبه ۸ دسته: ورزش", "برای خبرهای دیگری"),
    ("شنبه ۸ ورزشی", "ورزشی"),
    ("شنبه ۹ دسته: ورزش جمعه", "ورزش جمعه"),
    ("شنبه ۲۵:۰۰", "۲۵:۰۰"),
    ("\n".join(f"شنبه {n % 24}:{n % 60:02}" for n in range(250)), "۲۵۰ سطر"),
    ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261122T083000Z", "تقویم"),
    ("۱۴۰۵/۹/۱ ۸:۰۰\n۱۴۰۵/۹/۲ ۸:۰۰", "تقویم"),
]


async def test_slots_that_cannot_be_are_answered_and_change_nothing() -> None:
    async with newsroom() as house:
        await house.approved()
        await quiet(house)
        await house.admin.sends("/slots")
        await house.admin.presses("فاصله و سقف")
        await house.admin.presses("↔️ ۲۰")
        before = await channel(house)
        for typed, told in CANNOT_BE_SLOTS:
            assert told in await house.admin.sends(f"/slots {typed}")
            assert await channel(house) == before


async def test_a_spacing_wider_than_two_slots_are_apart_is_refused() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.sends("/slots جمعه ۱۰ و ۱۰:۳۰")
        await house.admin.presses("فاصله و سقف")
        assert "۱۰:۳۰" in await house.admin.presses("↔️ ۶۰")
        assert (await channel(house)).rhythm.spacing == 0


@pytest.mark.parametrize(("way", "hour"), [("روی ساعت", 15), ("لحظهٔ", 13)])
async def test_a_change_of_zone_asks_about_the_posts_and_can_be_undone(way: str, hour: int) -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.forges(f"plan.ask_time:1:1:{NEWS}")
        await house.admin.sends("فردا ۱۶:۳۰")  # 13:00 UTC
        await house.admin.sends("/slots")
        await house.admin.presses("منطقهٔ زمانی")
        await house.admin.presses("برلین")
        await house.admin.presses(way)

        (post,) = await queue(house)
        assert post.due_at.hour == hour
        assert post.zone == (await channel(house)).time_zone == "Europe/Berlin"

        await house.admin.presses("واگرد")
        (post,) = await queue(house)
        assert (post.due_at.hour, post.zone) == (13, "Asia/Tehran")
        assert (await channel(house)).time_zone == "Asia/Tehran"


async def test_what_would_be_over_on_the_new_clock_is_held() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.forges(f"plan.ask_time:1:1:{NEWS}")
        await house.admin.sends("امروز ۱۳:۰۰")
        await house.admin.sends("/slots")
        await house.admin.presses("منطقهٔ زمانی")
        await house.admin.sends("Asia/Kabul")  # an hour ahead of Tehran
        await house.admin.presses("روی ساعت")
        await house.passes(3600)

        assert house.posts() == []
        (post,) = await queue(house)
        assert (post.state, post.reason) == ("held", "zone")


async def test_two_admins_one_wins_and_the_other_hears_of_it() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.forges(f"plan.into_slot:1:1:{NEWS}")
        await house.admin.sends("/slots")
        await house.admin.presses("منطقهٔ زمانی")
        await house.admin.presses("برلین")
        offered = next(m for m in reversed(house.admin.reads()) if "لحظهٔ" in str(m.get("reply_markup")))
        await house.owner.sends("/slots")
        await house.owner.presses("منطقهٔ زمانی")
        await house.owner.presses("کابل")
        await house.owner.presses("لحظهٔ")

        assert "لحظهٔ" not in str(house.admin.reads()[-1].get("reply_markup")), "it is not offered any more"
        assert "در این میان عوض شده" in await house.admin.presses_as_seen("روی ساعت", offered)
        assert (await channel(house)).time_zone == "Asia/Kabul"


async def test_a_zone_that_does_not_exist_is_refused() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.sends("/slots")
        await house.admin.presses("منطقهٔ زمانی")
        for typed in ["تهرون", "Europe/Nowhere", "+03:30"]:
            assert typed in await house.admin.sends(typed)
        assert (await channel(house)).time_zone == "Asia/Tehran"


FORGED = [
    f"channels.spacing:{NEWS}:17",
    f"channels.daily:{NEWS}:-1",
    f"channels.quiet_cut:{NEWS}:0:0:10",
    f"channels.quiet_cut:{NEWS}:127:5000:10",
    f"channels.drop_quiet:{NEWS}:127:0:10",
    f"channels.zone_for:{NEWS}:Mars",
    f"channels.zone_to:{NEWS}:x:1:Asia/Kabul",
    "channels.undo_timetable:1",
    "channels.undo_timetable:99999",
    "channels.slots:5",
]


async def test_forged_buttons_change_nothing() -> None:
    async with newsroom() as house:
        await house.approved()
        before = await channel(house)
        for data in FORGED:
            assert await house.admin.forges(data)
        assert await channel(house) == before


async def test_a_reporter_decides_nothing_here() -> None:
    async with newsroom() as house:
        await house.approved()
        before = await channel(house)
        for data in (
            f"channels.spacing:{NEWS}:30",
            f"channels.quiet_cut:{NEWS}:127:0:60",
            f"channels.zone_for:{NEWS}:Asia/Kabul",
        ):
            assert "مدیر کانال" in await house.reporter.forges(data)
        assert await channel(house) == before


async def test_every_change_is_logged_with_what_was_before() -> None:
    async with newsroom() as house:
        await house.approved()
        await quiet(house)
        async with house.newsroom.storage.begin() as db:
            entries = [entry for n in range(1, 40) if (entry := await db.audit.get(n))]
        change = next(entry for entry in entries if entry.verb == "add_quiet")
        assert change.detail is not None
        assert change.detail["timetable"]["was"]["rhythm"]["quiet"] == []
        assert change.detail["timetable"]["now"]["rhythm"]["quiet"][0]["start"] == 23 * 60


async def test_two_hundred_slots_of_a_kind_still_fit_a_message() -> None:
    async with newsroom() as house:
        await house.approved()
        for day in ("پنج\u200cشنبه", "جمعه"):
            for half in range(2):
                lines = [
                    f"{day} {hour}:{minute:02}، دسته: دستهٔ بسیار درازی به نام {'ابپتثج'[hour % 6]}{'دذرز'[hour % 4]}"
                    for hour in range(half * 12, half * 12 + 12)
                    for minute in (10, 40)
                ]
                await house.admin.sends("/slots " + "\n".join(lines))
        assert len((await channel(house)).slots) == 15 + 96
        assert len(await house.admin.sends("/slots")) < 4096


async def test_a_post_moved_into_quiet_hours_goes_to_their_end_and_that_is_said() -> None:
    async with newsroom() as house:
        await house.approved()
        await quiet(house)
        await house.admin.forges(f"plan.into_slot:1:1:{NEWS}")
        (post,) = await queue(house)
        await house.admin.forges(f"plan.move_time:{post.id}")
        await house.admin.sends("امشب ۲۳:۳۰")

        assert any("۲۳:۳۰ در ساعت سکوت است" in house.admin.text(-n) for n in range(1, 4))
        (post,) = await queue(house)
        assert post.due_at == datetime(2026, 11, 23, 3, 30, tzinfo=UTC)


async def test_undoing_a_change_of_zone_leaves_what_was_moved_since() -> None:
    async with newsroom() as house:
        await house.approved()
        await house.admin.forges(f"plan.ask_time:1:1:{NEWS}")
        await house.admin.sends("فردا ۱۶:۳۰")
        await house.admin.sends("/slots")
        await house.admin.presses("منطقهٔ زمانی")
        await house.admin.presses("برلین")
        await house.admin.presses("روی ساعت")
        page = house.admin.reads()[-1]
        (post,) = await queue(house)
        await house.admin.forges(f"plan.move_time:{post.id}")
        await house.admin.sends("فردا ۲۰:۰۰")
        await house.admin.presses("↶ واگرد", message=page)

        assert (await channel(house)).time_zone == "Asia/Tehran"
        (post,) = await queue(house)
        assert post.due_at == datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
