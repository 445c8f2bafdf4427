"""`/look`: the post of a real story changes with every press; what is scheduled follows, what is undone is back."""

from dataclasses import replace
from typing import Any

import pytest

from bot.desk.looks import revision
from bot.news.model import Channel, Form, Look, Piece, UrlButton
from tests.newsroom import COPY, NEWS, SPORT, House, newsroom


async def look_of(house: House, channel: int = NEWS) -> Look:
    return (await channel_of(house, channel)).look


async def channel_of(house: House, channel: int = NEWS) -> Channel:
    async with house.newsroom.storage.begin() as db:
        found = await db.channels.get(channel)
    assert found is not None
    return found


async def opened(house: House, *, sport: bool = False) -> None:
    """An approved story, a channel or two, and the board of the first."""
    await house.approved()
    if sport:
        await house.admin.sends("/connect @sport")
    await house.admin.sends("/look @news")


def board(house: House) -> dict[str, Any]:
    """The newest message with a look's buttons."""
    return next(
        message
        for message in reversed(house.admin.reads())
        if "channels.look" in str(message.get("reply_markup", {}))
    )


def text(house: House) -> str:
    return str(board(house).get("text") or board(house).get("rich_message"))


def labels(house: House) -> str:
    return " | ".join(house.admin.buttons(board(house)))


async def test_the_board_is_the_post_of_a_real_story_and_each_press_shows_in_it() -> None:
    async with newsroom() as house:
        await opened(house)
        assert "شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید" in text(house)
        assert "ظاهر پست\u200cهای «خبر»" in text(house)
        count = len(house.admin.reads())

        assert "روتیتر" not in text(house)
        await house.admin.presses("🧩")
        await house.admin.presses("روتیتر")
        assert Piece.KICKER in (await look_of(house)).pieces
        assert "محیط زیست" in text(house)  # the story has no kicker: what stands for it
        await house.admin.presses("✅ روتیتر")
        assert "محیط زیست" not in text(house)
        assert len(house.admin.reads()) == count  # in place


async def test_pieces_move_and_the_last_that_tells_of_the_story_stays() -> None:
    async with newsroom() as house:
        await opened(house)
        await house.admin.presses("🧩")
        first, second, *_ = (await look_of(house)).pieces
        await house.admin.presses("⬇️", message=board(house))
        assert (await look_of(house)).pieces[:2] == (second, first)
        lines = text(house)
        assert lines.index("روز شنبه از ورود") < lines.index("شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید")

        for name in ("نکته", "لید"):
            await house.admin.presses(f"✅ {name}")
        before = await look_of(house)
        assert "چیزی نمی\u200cگوید" in await house.admin.presses("✅ تیتر")
        assert await look_of(house) == before


async def test_points_and_links_never_get_the_same_sign() -> None:
    async with newsroom() as house:
        await opened(house)
        assert "🔗 دریاچه چگونه جان گرفت" in text(house)
        assert "▫️ راهنمای پرنده\u200cنگری" in text(house)
        await house.admin.presses("🔹 نشانه")
        await house.admin.presses("▪️")
        assert (await look_of(house)).bullet == "▪️"
        assert "▪️ " in text(house)
        await house.admin.presses("نشانهٔ دیگر برای پیوندها")
        assert "یک نشانه" in await house.admin.sends("▪️") or "بازنمی\u200cشناسد" in house.admin.text()
        assert (await look_of(house)).related_bullet == "🔗"
        await house.admin.sends("◽️")
        assert (await look_of(house)).related_bullet == "◽️"
        await house.admin.presses("عنوان بی\u200cپیوند")
        assert "راهنمای پرنده\u200cنگری" not in text(house)


async def test_signature_buttons_hashtags_sound_and_the_place_of_the_text() -> None:
    async with newsroom() as house:
        await opened(house)
        await house.admin.presses("✍️")
        await house.admin.presses("امضای دیگر")
        await house.admin.sends("خبرهای شهر | @news")
        assert text(house).rstrip("\u200e").endswith("@news")
        assert (await look_of(house)).signature == "خبرهای شهر | @news"
        await house.admin.presses("‹", message=board(house))
        await house.admin.presses("🔗 دکمه", message=board(house))
        await house.admin.presses("➕")
        await house.admin.sends("سایت ما: https://example.com")
        assert (await look_of(house)).buttons == (UrlButton(text="سایت ما", url="https://example.com/"),)
        assert "سایت ما" in labels(house)
        await house.admin.presses("✖️ سایت ما", message=board(house))
        assert (await look_of(house)).buttons == ()
        await house.admin.presses("‹", message=board(house))
        assert "#" in text(house)
        for button in ("#️⃣", "🔔", "🖼"):
            await house.admin.presses(button, message=board(house))
        look = await look_of(house)
        assert (Piece.HASHTAGS in look.pieces, look.silent, look.above) == (False, True, True)
        assert "#" not in text(house)


async def test_a_rich_look_is_shown_as_a_rich_post() -> None:
    async with newsroom() as house:
        await opened(house)
        await house.admin.presses("📝")
        assert (await look_of(house)).form is Form.RICH
        assert "rich_message" in board(house)
        assert "شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید" in str(board(house)["rich_message"])
        await house.admin.presses("📝", message=board(house))
        assert "rich_message" not in board(house)
        await house.admin.sends("/look")
        assert "شهرداری" in text(house)


async def test_a_scheduled_post_follows_and_goes_out_silently_with_the_text_above() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY, photo="a.jpg")
        await house.reporter.presses("ارسال به دبیر")
        await house.editor.presses("تأیید")
        await house.admin.sends("/connect @news")
        await house.admin.sends("/slots شنبه تا چهارشنبه ۱۲:۳۰")
        await house.admin.presses("زمان\u200cبندی")
        await house.admin.presses("نوبت آزاد بعدی")
        await house.admin.sends("/look")
        assert "🖼" in text(house)
        for button in ("🔔", "🖼 متن", "#️⃣"):
            await house.admin.presses(button, message=board(house))
        await house.passes(1800)
        [post] = house.reader.reads(NEWS)
        calls = [call for call in house.world.transcript.since() if call["method"].startswith("send")]
        [sent] = [call for call in calls if call["parameters"]["chat_id"] == NEWS]

        assert post["show_caption_above_media"] is True
        assert sent["parameters"]["disable_notification"] is True


async def test_a_look_is_copied_by_one_button_and_taken_back_by_one() -> None:
    async with newsroom() as house:
        await opened(house, sport=True)
        before = await look_of(house, SPORT)
        await house.admin.presses("🔔", message=board(house))
        await house.admin.presses("📋", message=board(house))
        assert "۱ کانال" in await house.admin.presses("📣 ورزش", message=board(house))
        copied = await look_of(house, SPORT)
        assert copied == replace(await look_of(house), signature="@sport")  # its own name stays
        await house.admin.presses("↶", message=board(house))
        assert await look_of(house, SPORT) == before
        await house.admin.presses("↷", message=board(house))
        assert await look_of(house, SPORT) == copied


async def test_undo_brings_back_what_was_and_an_old_board_is_drawn_anew_not_obeyed() -> None:
    async with newsroom() as house:
        await opened(house)
        first = await look_of(house)
        old = board(house)
        await house.admin.presses("🔔", message=old)
        changed = await look_of(house)
        async with house.newsroom.storage.begin() as db:
            await db.channels.set_look(NEWS, replace(changed, bullet="•"))
        said = await house.admin.presses("#️⃣", message=board(house))
        assert "عوض شده" in said
        assert (await look_of(house)).bullet == "•"
        assert Piece.HASHTAGS in (await look_of(house)).pieces
        async with house.newsroom.storage.begin() as db:
            await db.channels.set_look(NEWS, changed)
        await house.admin.sends("/look")
        await house.admin.presses("🖼", message=board(house))
        await house.admin.presses("↶", message=board(house))
        assert await look_of(house) == changed
        assert first != changed


async def test_the_whole_post_is_sent_to_who_asks_as_the_channel_gets_it() -> None:
    async with newsroom() as house:
        await opened(house)
        await house.admin.presses("👁", message=board(house))
        assert house.admin.text().startswith("شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید")
        assert house.posts() == []


async def test_before_any_story_a_made_up_one_stands_there_and_many_channels_are_asked_about() -> None:
    async with newsroom() as house:
        await house.admin.sends("/connect @news")
        await house.admin.sends("/look")
        assert "درناها" in text(house)
        await house.admin.sends("/connect @sport")
        assert "کدام کانال" in await house.admin.sends("/look")
        await house.admin.presses("📣 ورزش")
        assert "ظاهر پست\u200cهای «ورزش»" in text(house)


@pytest.mark.parametrize("who", ["reporter", "editor"])
async def test_only_who_schedules_changes_a_look(who: str) -> None:
    async with newsroom() as house:
        await opened(house)
        person = getattr(house, who)
        before = await look_of(house)
        seen = revision(before)
        await person.sends("/look")
        for data in (
            f"channels.look_turn:{NEWS}:{seen}:silent",
            f"channels.look_piece:{NEWS}:{seen}:lede",
            f"channels.look_bullet:{NEWS}:{seen}:1",
            f"channels.look_unsigned:{NEWS}:{seen}",
            f"channels.look_copy:{NEWS}:{seen}:0",
            f"channels.look_ask:{NEWS}:looksignature",
            f"channels.look_post:{NEWS}",
        ):
            await person.forges(data)
        assert await look_of(house) == before
        assert "ظاهر" not in str([message.get("text") for message in person.reads()])


async def test_forged_presses_change_nothing() -> None:
    async with newsroom() as house:
        await opened(house)
        before = await look_of(house)
        seen = revision(before)
        for data in (
            f"channels.look_turn:{NEWS}:{seen}:money",
            f"channels.look_piece:{NEWS}:{seen}:everything",
            f"channels.look_move:{NEWS}:{seen}:lede:99",
            f"channels.look_move:{NEWS}:{seen}:kicker:1",
            f"channels.look_bullet:{NEWS}:{seen}:99",
            f"channels.look_no_button:{NEWS}:{seen}:0",
            f"channels.look_page:{NEWS}:nowhere",
            f"channels.look_ask:{NEWS}:money",
            "channels.look:-1",
            "channels.undo_look:1",
            f"channels.look_turn:{NEWS}:old:silent",
        ):
            await house.admin.forges(data)
        assert await look_of(house) == before


async def test_a_button_that_telegram_would_not_take_is_refused_and_the_question_stays() -> None:
    async with newsroom() as house:
        await opened(house)
        await house.admin.presses("🔗 دکمه", message=board(house))
        await house.admin.presses("➕", message=board(house))
        for wrong in (
            "سایت ما",
            "javascript:alert(1)",
            "سایت ما file:///etc/passwd",
            f"{'ا' * 60} https://x.ir",
        ):
            await house.admin.sends(wrong)
            assert (await look_of(house)).buttons == ()
        await house.admin.sends("سایت https://x.ir")
        assert [one.text for one in (await look_of(house)).buttons] == ["سایت"]


async def test_the_configs_look_is_the_first_look_of_new_channels_only() -> None:
    async with newsroom() as house:
        await opened(house)
        await house.admin.presses("🔔", message=board(house))
        await house.admin.sends("/connect @news")
        assert (await look_of(house)).silent is True
