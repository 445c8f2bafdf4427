"""Three days of a newsroom: six people, three channels, two languages, and the process killed at every step.

What stands in the channels at the end, and at which minute it came, is judged; on the way, what the people see.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.simulator import places
from tests.dying_newsroom import DyingHouse, dying_newsroom
from tests.newsroom import COPY, NEWS, SPORT

pytestmark = pytest.mark.plays

HOUR, DAY = 3600, 24 * 3600
TEHRAN = ZoneInfo("Asia/Tehran")

BRIDGE = (
    "پل تازهٔ سپیدکوه از فردا باز می‌شود\n"
    "مدیر راه‌های سپیدکوه گفت: پل تازهٔ رودخانه از فردا صبح به روی خودروها باز می‌شود.\n"
    "ساخت این پل سه سال طول کشید و ۴۰ میلیارد تومان هزینه داشت. کامیون‌ها تا پایان ماه از پل پیشین می‌گذرند."
)
QUAKE = (
    "فوری/ زمین‌لرزه‌ای به بزرگی ۴٫۸ سپیدکوه را لرزاند\n"
    "مرکز لرزه‌نگاری سپیدکوه گفت: زمین‌لرزه ساعت ۱۰:۰۵ در ژرفای ۱۲ کیلومتری روی داد و تاکنون خسارتی گزارش نشده است."
)
LIBRARY = (
    "New library opens in Sepidkuh\n"
    "The city's fourth library opens on Tuesday with 30,000 books, the mayor said on Monday.\n"
    "It took two years to build and cost 2 million dollars. Opening hours are from 8 am to 8 pm."
)


MUSEUM = LIBRARY.replace("library", "museum").replace("30,000 books", "400 paintings")


class Newsroom:
    """Those who work here, and their channels."""

    def __init__(self, house: DyingHouse) -> None:
        self.house = house
        self.reporter, self.editor, self.admin, self.owner = (
            house.anyone(number) for number in (101, 102, 103, 104)
        )
        self.lena, self.omar = house.anyone(106), house.anyone(107)
        self.city = places.found(house.world, "channel", "شهر سپیدکوه", "city", by=self.admin.id)["id"]

    def headlines(self, channel: int) -> list[str]:
        """First lines of what stands in a channel."""
        return [post.split("\n")[0] for post in self.house.posts(channel)]

    def minutes(self, channel: int) -> list[str]:
        """When they came, in Tehran."""
        read = self.house.reader.reads(channel)
        return [datetime.fromtimestamp(m["date"], TEHRAN).strftime("%H:%M") for m in read]


async def _the_house_is_furnished(room: Newsroom) -> None:
    """Channels, slots and people, all in the chat."""
    places.enroll(room.house.world, room.city, "bot", "administrator", by=room.admin.id)
    for name, slots in (
        ("@news", "هر روز ۸ و ۱۲:۳۰ و ۱۸"),
        ("@sport", "هر روز ۱۳ و ۲۰"),
        ("@city", "هر روز ۱۷"),
    ):
        await room.admin.sends(f"/connect {name}")
        await room.admin.sends(f"/slots {name} {slots}")
    await room.lena.sends("Hello, I work for you")
    await room.owner.presses("خبرنگار")
    await room.owner.sends("/staff")
    await room.owner.presses("پیوند دعوت")
    await room.owner.presses("دبیر")
    await room.omar.sends("/start " + room.owner.text().split("?start=")[1].split()[0])
    for newcomer in (room.lena, room.omar):
        await newcomer.sends("/language en")


async def _the_first_day(room: Newsroom) -> None:
    """A paste, an edit, changes asked for and made, an approval, the next slot; and a story in English."""
    await room.reporter.sends(COPY)
    await room.reporter.presses("ویرایش تیتر")
    await room.reporter.sends("بیست اتوبوس برقی به سپیدکوه رسید")
    await room.reporter.presses("ارسال به دبیر")
    await room.editor.presses("درخواست اصلاح")
    await room.editor.sends("نام مدیر ناوگان را هم بنویسید")
    assert room.reporter.has_heard("نام مدیر ناوگان را هم بنویسید")
    await room.reporter.presses("ویرایش لید")
    await room.reporter.sends("بیست اتوبوس برقی از هفتهٔ آینده در خط یک سپیدکوه کار می‌کنند.")
    await room.reporter.presses("ارسال به دبیر")
    await room.editor.presses("تأیید")
    await room.admin.presses("خبر: امروز ۱۲:۳۰")

    await room.lena.sends(LIBRARY)
    await room.lena.presses("Submit")
    await room.omar.presses("Approve")
    await room.admin.presses("ورزش: امروز ۱۳:۰۰")
    await room.house.passes(DAY)


async def _the_second_day(room: Newsroom) -> None:
    """A flash with a second person, an edited message, a picture before its text, a question forgotten, a spike undone."""
    told = room.reporter.phone.send(QUAKE)[0]
    await room.house.passes(10)
    room.reporter.phone.edit(told, QUAKE.replace("۱۲ کیلومتری", "۱۴ کیلومتری"))
    await room.house.settles()
    await room.reporter.presses("ارسال به دبیر")
    await room.editor.presses("تأیید به‌عنوان فوری")
    await room.admin.presses("🚨")
    await room.owner.presses("تأیید و انتشار فوری")
    await room.house.passes(90)
    assert "ژرفای ۱۴ کیلومتری" in room.house.posts(NEWS)[-1]

    await room.reporter.sends(photo="bridge.jpg")
    await room.reporter.sends(BRIDGE)
    await room.house.passes(10)
    await room.reporter.presses("ارسال به دبیر")
    await room.editor.presses("تأیید")
    await room.admin.presses("خبر: امروز ۱۲:۳۰")
    await room.editor.presses("ویرایش تیتر")
    await room.house.passes(10 * 60)
    await room.editor.sends(MUSEUM)
    assert "هنوز کاری با آن نکرده‌ام" in room.editor.text()
    await room.editor.presses("خبر تازه است")
    bridge = room.editor.shows("پل تازه")
    await room.editor.presses("کنار بگذار", message=bridge)
    await room.editor.presses("بله")
    await room.editor.presses("برگردان")
    await room.house.passes(DAY)


async def _the_third_day(room: Newsroom) -> None:
    """A colleague's edit by hand, which stays, and a post that somebody deletes."""
    flash, bridge = room.house.reader.reads(NEWS)[-2:]
    room.admin.phone.edits_post(flash, flash["text"].replace("۴٫۸", "۴٫۹"))
    await room.house.settles()
    await room.house.passes(90)
    assert "دستی ویرایش کرده است" in room.editor.text()
    await room.editor.presses("بماند")
    room.admin.phone.deletes_post(bridge)
    await room.house.passes(2 * HOUR)
    assert room.reporter.has_heard("کسی آن را آنجا دستی حذف کرده است")
    await room.owner.sends("/posts")
    assert "دستی حذف شده" in room.owner.text()
    assert "در کانال دستی ویرایش شده" in room.owner.text()


@pytest.mark.parametrize("seed", range(3))
async def test_three_days_bring_every_post_once_at_its_minute_whatever_dies(seed: int) -> None:
    async with dying_newsroom(seed) as house:
        room = Newsroom(house)
        await _the_house_is_furnished(room)
        await _the_first_day(room)
        await _the_second_day(room)

        assert room.headlines(NEWS) == [
            "بیست اتوبوس برقی به سپیدکوه رسید",
            "فوری/ زمین‌لرزه‌ای به بزرگی ۴٫۸ سپیدکوه را لرزاند",
            "پل تازهٔ سپیدکوه از فردا باز می‌شود",
        ]
        assert room.headlines(SPORT) == ["New library opens in Sepidkuh"]
        assert room.minutes(NEWS)[0] == "12:30"
        assert room.minutes(SPORT) == ["13:00"]

        await _the_third_day(room)
        assert room.headlines(NEWS) == [
            "بیست اتوبوس برقی به سپیدکوه رسید",
            "فوری/ زمین‌لرزه‌ای به بزرگی ۴٫۹ سپیدکوه را لرزاند",
        ]
        assert house.deaths >= 20
