"""A day of all kinds of dialogue; at its end every button that still stands in a chat does what it says.

What is out of date says so before it is pressed: its message has lost those buttons.
"""

import re
from typing import Any

import pytest

from bot.config import StaffSettings
from bot.errors import NotStaff
from bot.news.talk import Sought
from bot.words import words
from handlers.record import verbs
from tests.every_button import Pressed, pressed
from tests.newsroom import (
    ADMIN,
    COPY,
    EDITOR,
    NEWS,
    OWNER,
    REPORTER,
    House,
    Person,
    newsroom,
)

MINUTE, HOUR = 60, 3600
COLLEAGUE, OTHER_ADMIN, STRANGER, ANOTHER = 106, 107, 777, 778
STAFF = StaffSettings(
    reporter=(REPORTER,), editor=(EDITOR, COLLEAGUE), channel_admin=(ADMIN, OTHER_ADMIN), owner=(OWNER,)
)
BRIDGE = (
    "پل تازهٔ سپیدکوه از فردا باز می‌شود\n"
    "مدیر راه‌های سپیدکوه گفت: پل تازهٔ رودخانه از فردا صبح به روی خودروها باز می‌شود.\n"
    "ساخت این پل سه سال طول کشید و ۴۰ میلیارد تومان هزینه داشت. کامیون‌ها تا پایان ماه از پل پیشین می‌گذرند."
)
MUSEUM = (
    "موزهٔ سپیدکوه پس از دو سال بازگشایی شد\n"
    "این موزه از فردا هر روز از ساعت ۹ تا ۱۷ پذیرای بازدیدکنندگان است و ورود دانش‌آموزان رایگان خواهد بود.\n"
    "مدیر موزه گفت سه تالار تازه برای نمایش سفالینه‌های کهن ساخته شده است."
)
QUAKE = (
    "فوری/ زمین‌لرزه‌ای به بزرگی ۴٫۸ سپیدکوه را لرزاند\n"
    "مرکز لرزه‌نگاری سپیدکوه گفت: زمین‌لرزه ساعت ۱۰:۰۵ در ژرفای ۱۲ کیلومتری روی داد و تاکنون خسارتی گزارش نشده است."
)
LIBRARY = MUSEUM.replace("موزه", "کتابخانه")
TOO_LATE = ("از وقتی", "در این میان عوض شده", "دیگر باز نیست", "گذشته یا پر شده")
"""What the box over a button says that does not do what it says any more."""


class Day:
    """Those who work that day."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.reporter, self.editor = house.reporter, house.editor
        self.admin, self.owner = house.admin, house.owner
        self.colleague, self.other_admin, self.stranger, self.another = (
            Person(house, number) for number in (COLLEAGUE, OTHER_ADMIN, STRANGER, ANOTHER)
        )


def card_of(person: Person, article_id: int) -> Any:
    """The newest card of a story in somebody's chat."""
    for message in reversed(person.reads()):
        for row in message.get("reply_markup", {}).get("inline_keyboard", []):
            for one in row:
                verb, *rest = one.get("callback_data", "").split(":")
                if verb in {"story.view", "story.status"} and rest[0] == str(article_id):
                    return message
    raise AssertionError("no card")


async def _on(person: Person, article_id: int, button: str) -> str:
    """Press a button of a story's newest card, or of a page behind it."""
    return await person.presses(button, message=card_of(person, article_id))


async def _the_house_opens(day: Day) -> None:
    """Guide, channels, slots, quiet hours, zone, look, people: also what is changed again, and decided twice."""
    for newcomer in (day.colleague, day.other_admin):
        await newcomer.sends("/start")
    await day.owner.sends("/guide")
    for channel in ("@news", "@sport"):
        await day.admin.sends(f"/connect {channel}")
    await day.admin.sends("/slots @news هر روز ۸ و ۱۲:۳۰ و ۱۸ و ۲۱")
    await day.other_admin.sends("/slots @news جمعه ۱۰")
    await day.admin.sends("/slots @sport هر روز ۱۳ و ۲۰")
    await day.admin.presses("تک‌تک نوبت‌ها")
    await day.other_admin.sends("/slots @sport جمعه ۱۰")
    await day.other_admin.presses("سکوت")
    for who in (day.admin, day.other_admin):
        await who.sends("/look @news")
    await day.admin.presses("باصدا")
    await day.other_admin.presses("وضع کنونی", message=day.other_admin.reads()[-1])
    await day.other_admin.presses("زیر عکس")
    await day.admin.sends("/look @sport")
    await day.admin.presses("🔹 نشانه‌ها")
    await day.stranger.sends("سلام، خبرنگار ورزشی هستم")
    await day.owner.presses("📝 خبرنگار")
    await day.another.sends("سلام، از بخش عکس هستم")
    await day.owner.sends("/staff")
    await day.owner.presses("پیوند دعوت")
    await day.owner.presses("دبیر")
    await day.another.sends("/start " + day.owner.text().split("?start=")[1].split()[0])
    await day.owner.sends("/staff")
    await day.owner.presses("کیان")


async def _questions(day: Day) -> None:
    """Answered, dropped, left for something else, forgotten."""
    await day.reporter.sends(COPY)
    await day.reporter.presses("ویرایش تیتر")
    await day.reporter.sends("بیست اتوبوس برقی به سپیدکوه رسید")
    await day.reporter.presses("ویرایش لید")
    await day.reporter.sends("/cancel")
    await day.reporter.presses("ویرایش لید")
    await day.reporter.presses("انصراف")
    await day.reporter.presses("ویرایش تیتر")
    await day.reporter.sends(BRIDGE)
    await day.reporter.presses("خبر تازه")
    await day.reporter.presses("ویرایش تیتر")
    await day.house.passes(2 * HOUR)


async def _a_story_is_reviewed_and_planned(day: Day) -> None:
    """Claimed, taken over, changed, approved, planned; edited since, held, undone in a colleague's chat."""
    await _on(day.reporter, 1, "ارسال به دبیر")
    await _on(day.editor, 1, "✋ دست من")
    await _on(day.colleague, 1, "✋ دست")
    await day.colleague.presses("✋ بله")
    await _on(day.colleague, 1, "درخواست اصلاح")
    await day.colleague.sends("نام مدیر ناوگان را هم بنویسید")
    await _on(day.reporter, 1, "ویرایش لید")
    await day.reporter.sends("بیست اتوبوس برقی از هفتهٔ آینده در خط یک سپیدکوه کار می‌کنند.")
    await _on(day.reporter, 1, "ارسال به دبیر")
    await _on(day.colleague, 1, "تأیید")
    await _on(day.admin, 1, "خبر: ")
    await _on(day.editor, 1, "ویرایش تیتر")
    await day.editor.sends("بیست اتوبوس برقی در راه سپیدکوه")
    await day.admin.presses("⏸ نگه دار")
    await _on(day.colleague, 1, "واگرد ویرایش")
    for who in (day.admin, day.other_admin):
        await who.sends("/queue @news")
        await who.presses("plan.post:1")
    await day.admin.presses("آزاد کن")
    await day.other_admin.sends("/week")


async def _others_are_withdrawn(day: Day) -> None:
    """Spiked and brought back, an approval withdrawn, posts canceled and restored, moved and exchanged."""
    await _on(day.reporter, 2, "ارسال به دبیر")
    await _on(day.editor, 2, "تأیید")
    await _on(day.admin, 2, "خبر: ")
    await _on(day.editor, 2, "کنار بگذار")
    await day.editor.presses("بله")
    await day.editor.presses("برگردان")
    await _on(day.colleague, 2, "پس‌گرفتن تأیید")
    await day.colleague.presses("↩️ بله")
    await _on(day.editor, 2, "تأیید")
    await day.other_admin.sends("/queue @news")
    await day.other_admin.presses("plan.post:2")
    await day.admin.sends("/queue @news")
    await day.admin.presses("plan.post:2")
    await day.admin.presses("⬆️ زودتر")
    await day.other_admin.sends("/queue @news")
    await day.other_admin.presses("plan.post:2")
    await day.other_admin.presses("✖️ لغو")
    await day.other_admin.presses("✖️ بله")
    await day.other_admin.presses("بازگرداندن")


async def _urgent_and_doubtful(day: Day) -> None:
    """A second person's word, a lost answer, a post that fails and is sent again, a pause and its end."""
    await day.reporter.sends(QUAKE)
    await day.house.passes(10)
    await _on(day.reporter, 3, "ارسال به دبیر")
    await _on(day.editor, 3, "تأیید به‌عنوان فوری")
    await _on(day.admin, 3, "🚨")
    await day.owner.presses("تأیید و انتشار فوری")
    await day.house.passes(2 * MINUTE)
    await day.reporter.sends(MUSEUM)
    await day.house.passes(10)
    await _on(day.reporter, 4, "ارسال به دبیر")
    await _on(day.editor, 4, "تأیید")
    day.house.world.faults.add(
        method="sendMessage", chat=NEWS, kind="refusal", description="Bad Request: message is too long"
    )
    await _on(day.admin, 4, "زمان‌بندی")
    await day.admin.presses("📣 خبر")
    await day.admin.presses("همین حالا")
    await day.admin.presses("بله، همین حالا")
    await day.house.passes(MINUTE)
    await day.admin.presses("دوباره بفرست")
    await day.house.passes(MINUTE)
    await day.admin.sends("/pause @sport")
    await day.admin.presses("⏸ بله")
    await day.other_admin.sends("/queue @sport")
    await day.other_admin.presses("▶️")


async def _afterwards(day: Day) -> None:
    """Corrected, looked up, marked; a weekly return, a digest, a brief, people who go."""
    await _on(day.editor, 3, "ویرایش تیتر")
    await day.editor.sends("زمین‌لرزهٔ ۴٫۹ در سپیدکوه")
    await _on(day.editor, 3, "انتشار اصلاح")
    await day.house.passes(MINUTE)
    await _on(day.colleague, 3, "🕘 تاریخچه")
    await day.owner.sends("/posts")
    await day.reporter.sends("/drafts")
    await day.editor.sends("/desk")
    await day.editor.sends("/brief")
    await day.owner.sends("/log")
    await day.admin.sends("/digest @news هر روز ۲۳")
    await day.admin.presses("روشن شود")
    await _on(day.admin, 4, "زمان‌بندی")
    await day.admin.presses("📣 ورزش")
    await day.admin.presses("تکرار هفتگی")
    await day.admin.sends("هر روز ۱۹")
    await _on(day.editor, 4, "⛔️")
    await day.editor.presses("⛔️ بله")
    await day.owner.sends("/staff")
    await day.owner.presses("778")
    await day.owner.presses("کنار گذاشتن")
    await day.owner.presses("بله")
    await day.house.passes(9 * HOUR)


def dead(found: list[Pressed]) -> list[str]:
    """Those that are refused, or answered that it is too late; who was removed is refused whatever they press."""
    return [
        f"{one.chat} | {one.message[:60]} | {one.label} | {one.data} | {one.refused!r} {one.said}"
        for one in found
        if (one.refused is not None and not isinstance(one.refused, NotStaff))
        or any(late in one.said for late in TOO_LATE)
    ]


def idle(found: list[Pressed]) -> list[str]:
    """Those that change nothing and say nothing; the heads and gaps of a calendar are no buttons to anybody."""
    return [
        f"{one.chat} | {one.message[:60]} | {one.label} | {one.data}"
        for one in found
        if one.idle and not one.data.startswith("plan.no_day")
    ]


@pytest.mark.timeout(240)  # seconds: some hundred presses
async def test_after_a_day_every_button_does_what_it_says() -> None:
    async with newsroom(staff=STAFF) as house:
        day = Day(house)
        await _the_house_opens(day)
        await _questions(day)
        await _a_story_is_reviewed_and_planned(day)
        await _others_are_withdrawn(day)
        await _says_nothing_untrue(house)
        await _urgent_and_doubtful(day)
        await _afterwards(day)
        await _says_nothing_untrue(house)
        await _the_record_reads_as_persian(house)


async def _the_record_reads_as_persian(house: House) -> None:
    async with house.newsroom.storage.begin() as db:
        entries = await db.audit.page(Sought(), limit=1_000)
    told = {entry.verb: verbs.named(entry, words("fa")) for entry in entries}
    assert len(told) > 30
    assert not {verb: said for verb, said in told.items() if re.search("[a-z]", said)}


async def _says_nothing_untrue(house: House) -> None:
    found = await pressed(house)
    assert len(found) > 100
    assert not dead(found), "\n".join(dead(found))
    assert not idle(found), "\n".join(idle(found))
