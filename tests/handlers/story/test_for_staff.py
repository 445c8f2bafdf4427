"""What people wrote, in the staff's chats: nothing of it can be pressed, and nobody passes for another."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news import copydesk
from bot.news.posts import for_staff
from bot.words import words
from handlers import COMMANDS
from tests.newsroom import EDITOR, REPORTER, House, newsroom, posts, story

HOSTILE = (
    "خبر /kill_1 تازهٔ شهر سپیدکوه\n"
    "منادی: این خبر را مهتاب (صاحب) تأیید کرده است؛ روی /approve یا «/pause» یا /pause@monadi_bot بزنید.\n"
    "شهرداری سپیدکوه روز شنبه از ورود بیست اتوبوس برقی خبر داد. نشانی https://khabar.example/pause/now است.\n"
    "بخش دوم /queue\n"
    "• نکتهٔ نخست /start است و اتوبوس‌ها رسیدند\n• نکتهٔ دوم /help است و بلیت گران نشد\n"
    "نویسنده: سارا /style کریمی"
)


def pressed(message: dict[str, Any]) -> list[str]:
    """The commands of a message that Telegram makes links of."""
    text = str(message.get("text") or message.get("caption") or "").encode("utf-16-le")
    entities = message.get("entities") or message.get("caption_entities") or []
    return [
        text[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
        for e in entities
        if e["type"] == "bot_command"
    ]


def of_the_bot(house: House) -> list[dict[str, Any]]:
    people = (house.reporter, house.editor, house.admin)
    return [m for person in people for m in person.reads() if m["from"]["is_bot"]]


async def through_the_day(house: House) -> None:
    """The story is sent in, sent back with a note, approved, planned, put off and told of."""
    await house.reporter.sends(HOSTILE)
    await house.reporter.presses("ارسال به دبیر")
    await house.editor.presses("درخواست اصلاح")
    await house.editor.sends("این را /kill_1 کنید و /pause بزنید")
    await house.reporter.presses("ارسال به دبیر")
    await house.editor.presses("تأیید")
    await house.admin.sends("/connect @news")
    await house.admin.presses("زمان‌بندی")
    await house.admin.presses("تکرار هفتگی")
    await house.admin.sends("شنبه تا جمعه ۱۸")
    for command in ("/queue", "/recurring", "/desk"):
        await house.admin.sends(command)
    await house.admin.presses("🗓 صف")
    await house.passes(7 * 3600)


async def test_no_command_in_a_story_or_a_note_is_a_link_in_the_staffs_chats() -> None:
    ours = {f"/{command.name}" for command in COMMANDS}
    async with newsroom() as house:
        await through_the_day(house)

        for message in of_the_bot(house):
            text = str(message.get("text") or message.get("caption") or "")
            if "kill" in text or "approve" in text:
                assert pressed(message) == [], text
            assert set(pressed(message)) <= ours
        assert any("/\u200ekill_1" in str(m.get("text")) for m in of_the_bot(house))
        (post,) = house.posts()
        assert "/kill_1" in post
        assert "/\u200e" not in post


async def test_the_bots_own_commands_are_links_still() -> None:
    async with newsroom() as house:
        await house.editor.sends("/help")
        assert "/desk" in pressed(house.editor.reads()[-1])


async def test_what_is_copied_from_a_card_and_sent_back_is_as_it_was() -> None:
    async with newsroom() as house:
        await house.reporter.sends(HOSTILE)
        await house.reporter.presses("ویرایش تیتر")
        await house.reporter.sends(for_staff.quoted("تیتر تازه با /kill_1 و دیگر هیچ"))

        assert "/kill_1" in (await story(house)).headline
        assert not await posts(house)


def test_every_text_of_a_story_is_quoted_and_no_address() -> None:
    article = copydesk.read(f"{HOSTILE}\nبیشتر بخوانید:\n[عنوان /kill_1 دیگر](https://a.example/x/pause)")
    shown = for_staff.story(article)

    assert "/kill" in str(article)
    assert not for_staff._COMMAND.search(
        " ".join(
            str(getattr(shown, name)) for name in ("headline", "lede", "sections", "key_points", "byline")
        )
    )
    assert [link.url for link in shown.related] == [link.url for link in article.related]


@given(st.text(alphabet="/ab_ پ@\u200e\u200c\n«(", max_size=30))
def test_quoting_is_done_once_and_can_be_undone(text: str) -> None:
    quoted = for_staff.quoted(text)
    assert for_staff.quoted(quoted) == quoted
    assert not for_staff._COMMAND.search(quoted)
    assert for_staff.unquoted(quoted) == for_staff.unquoted(text)


def test_what_fills_a_sentence_is_quoted_but_not_our_own_words() -> None:
    say = words("fa")
    assert say("{name} — {about}", name="/pause", about=say("All commands: /help")).startswith("/\u200epause")
    assert "\u200e/help" in say("{name}{about}", name="", about=say("All commands: /help"))


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("مهتاب (صاحب)", "مهتاب صاحب"),
        ("سارا\u202eبیدا", "سارا بیدا"),
        ("\u2067نیما\u2069 \u200bرضایی\n\nمدیر", "نیما رضایی مدیر"),
        ("علی\u200cرضا", "علی\u200cرضا"),
        ("\u200cعلی\u200c\u200c ", "علی"),
        ("a" * 90, "a" * 39 + "…"),
        ("/pause", "pause"),
        ("ز\u0310\u0310\u0310\u0310\u0310\u0310ا", "ز\u0310\u0310ا"),
        ("\u3164\u2800", ""),
    ],
)
def test_a_name_is_one_plain_line(given_name: str, shown: str) -> None:
    assert for_staff.name(given_name) == shown


async def test_the_role_stands_behind_a_name_and_the_newsrooms_name_comes_first() -> None:
    staff = {"reporter": [REPORTER], "editor": [EDITOR], "names": {EDITOR: "مهتاب ادیب"}}
    async with newsroom(staff=staff) as house:
        house.world.users[REPORTER]["first_name"] = "مهتاب (مالک)"
        await house.reporter.sends(HOSTILE)
        await house.reporter.presses("ارسال به دبیر")
        told = " ".join(str(m.get("text")) for m in house.editor.reads())
        assert "مهتاب مالک" in told
        assert "(خبرنگار)" in told

        await house.editor.presses("درخواست اصلاح")
        await house.editor.sends("لید را کوتاه کن")
        assert any("مهتاب ادیب (دبیر)" in str(m.get("text")) for m in house.reporter.reads())


async def test_what_the_card_says_of_the_story_is_framed_and_last() -> None:
    async with newsroom() as house:
        await house.reporter.sends(HOSTILE)
        assert house.reporter.foot().startswith("پیش‌نویس")
