"""The public holidays: those built in, and those that an owner adds, names and strikes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NoSuchTime, NotATime
from bot.news.times import calendar, holidays
from tests.newsroom import newsroom


@pytest.mark.parametrize(
    ("jalali", "name"),
    [
        ((1405, 1, 1), "نوروز"),
        ((1406, 1, 4), "نوروز"),
        ((1405, 1, 13), "روز طبیعت"),
        ((1405, 3, 14), "رحلت امام خمینی"),
        ((1405, 11, 22), "پیروزی انقلاب اسلامی"),
        ((1403, 12, 29), "روز ملی شدن صنعت نفت"),
    ],
)
def test_the_fixed_ones_come_every_year(jalali: tuple[int, int, int], name: str) -> None:
    assert holidays.names(calendar.gregorian(*jalali)) == (name,)


def test_fridays_and_lunar_days_are_none() -> None:
    year = [date(2026, 3, 21) + timedelta(days=n) for n in range(365)]
    assert sum(bool(holidays.names(day)) for day in year) == len(holidays.FIXED)


def test_the_owners_table_adds_strikes_and_names_anew() -> None:
    day = calendar.gregorian(1405, 4, 5)
    assert holidays.names(day, {day.isoformat(): "عاشورا"}) == ("عاشورا",)
    assert holidays.names(day + timedelta(days=366), {day.isoformat(): "عاشورا"}) == ()
    assert holidays.names(calendar.gregorian(1405, 3, 15), {"03-15": None}) == ()
    assert holidays.names(calendar.gregorian(1405, 1, 1), {"01-01": "آغاز سال"}) == ("آغاز سال",)
    first = calendar.gregorian(1405, 1, 1)
    assert holidays.names(first, {first.isoformat(): "عید فطر"}) == ("نوروز", "عید فطر")


@pytest.mark.parametrize(
    ("text", "key", "name"),
    [
        ("۵ تیر ۱۴۰۵ عاشورا", "2026-06-26", "عاشورا"),
        ("5 تیر 1405 عاشورا", "2026-06-26", "عاشورا"),
        ("۱۴۰۵/۴/۵ عاشورای حسینی", "2026-06-26", "عاشورای حسینی"),
        ("2026-06-26 Ashura", "2026-06-26", "Ashura"),
        ("5 Tir 1405 Ashura", "2026-06-26", "Ashura"),
        ("15 mordad Journalists' Day", "05-15", "Journalists' Day"),
        ("۵ تير ماه ۱۴۰۵  عاشورا", "2026-06-26", "عاشورا"),
        ("۱۵ مرداد روز خبرنگار", "05-15", "روز خبرنگار"),
        ("۳۰ اسفند ۱۴۰۳ نوروز", "2025-03-20", "نوروز"),
    ],
)
def test_a_day_and_its_name_are_read(text: str, key: str, name: str) -> None:
    assert holidays.read(text) == (key, name)


@pytest.mark.parametrize(
    "text", ["", "عاشورا", "۵ تیر", "۵ تیر ۱۴۰۵", "۵ زحل ۱۴۰۵ عاشورا", "فردا تعطیل", "۵ تیر ۱۴۰۵ !"]
)
def test_what_is_no_day_with_a_name_is_refused(text: str) -> None:
    with pytest.raises(NotATime):
        holidays.read(text)


@pytest.mark.parametrize("text", ["۳۰ اسفند ۱۴۰۵ نوروز", "۳۲ تیر عاشورا", "2026-13-01 x", "۱۴۰۵/۱۳/۱ عید"])
def test_days_that_do_not_exist_are_refused(text: str) -> None:
    with pytest.raises(NoSuchTime):
        holidays.read(text)


@given(st.dates(date(2011, 3, 21), date(2041, 3, 19)))
def test_what_is_shown_can_be_typed(day: date) -> None:
    shown = holidays.show(day.isoformat()).split(maxsplit=1)[1]
    assert holidays.read(f"{shown} روز ما") == (day.isoformat(), "روز ما")


async def test_in_english_no_holiday_is_named_in_persian_but_the_owners() -> None:
    async with newsroom() as house:
        await house.owner.sends("/language en")
        await house.owner.sends("/holidays ۱۰ دی ۱۴۰۵ عاشورا")
        listed = await house.owner.sends("/holidays")
        assert "Sunday 21 March 2027: Nowruz" in listed
        assert "✖️ 22 Bahman · Victory of the Islamic Revolution" in house.owner.buttons()
        shown = "\n".join([listed, *house.owner.buttons(house.owner.reads()[-1])]).replace("عاشورا", "")
        assert not [letter for letter in shown if "\u0600" <= letter <= "\u06ff"]


async def test_the_owner_adds_sees_strikes_and_brings_back_and_nobody_else_may() -> None:
    async with newsroom() as house:
        assert "پیروزی انقلاب" in await house.owner.sends("/holidays")
        await house.owner.presses("➕ افزودن تعطیلی")
        assert "نتوانستم" in await house.owner.sends("یک روز خوب")
        assert "وجود ندارد" in await house.owner.sends("۳۰ اسفند ۱۴۰۵ روز کبیسه")
        assert "عاشورا" in await house.owner.sends("۱۰ دی ۱۴۰۵ عاشورا")
        listed = await house.owner.sends("/holidays")
        assert "پنج\u200cشنبه ۱۰ دی ۱۴۰۵: عاشورا" in listed
        await house.owner.presses("✖️ ۲۲ بهمن")
        assert "پیروزی انقلاب" not in house.owner.text()
        await house.owner.presses("↶ دوباره تعطیل")
        assert "پیروزی انقلاب" in house.owner.text()
        await house.owner.presses("✖️ پنج\u200cشنبه ۱۰ دی")
        assert "عاشورا" not in house.owner.text()
        assert "پیروزی" in await house.admin.sends("/holidays")
        assert not [text for text in house.admin.buttons() if "✖️" in text]
        assert "مالک" in await house.admin.sends("/holidays ۵ تیر ۱۴۰۵ عاشورا")
        await house.owner.sends("/holidays")
        assert await house.owner.forges("channels.no_holiday:99-99")
