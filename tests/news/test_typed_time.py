"""The times that people type mean what they meant, or are refused with the word that stood in the way."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.errors import FarTime, NoSuchTime, NotATime, PastTime, TypedTimeError, VagueTime
from bot.news.times import typed_time, typed_until

TEHRAN = "Asia/Tehran"
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=ZoneInfo(TEHRAN))  # یکشنبه ۱ آذر ۱۴۰۵

PHRASES = json.loads((Path(__file__).parents[1] / "data" / "typed_times.json").read_text(encoding="utf-8"))


def read(text: str, now: datetime = NOW, zone: str = TEHRAN) -> str:
    return f"{typed_time.parse(text, now, zone).astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def refused(text: str, now: datetime = NOW, zone: str = TEHRAN) -> TypedTimeError:
    with pytest.raises(TypedTimeError) as caught:
        typed_time.parse(text, now, zone)
    return caught.value


def local(options: tuple[datetime, ...], zone: str = TEHRAN) -> list[str]:
    return [f"{at.astimezone(ZoneInfo(zone)):%m-%d %H:%M}" for at in options]


@pytest.mark.parametrize(
    ("text", "meant"),
    [(text, meant) for name in ("known", "collected", "habits") for text, meant in PHRASES[name].items()],
)
def test_a_phrase_means_one_time(text: str, meant: str) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (text, reason)
        for name in ("known_refused", "collected_refused", "habits_refused")
        for text, reason in PHRASES[name].items()
    ],
)
def test_a_phrase_is_refused_for_its_own_reason(text: str, reason: list[str]) -> None:
    caught = refused(text)
    assert [type(caught).__name__, caught.text] == reason


@pytest.mark.parametrize(("text", "meant"), PHRASES["until"].items())
def test_an_answer_to_until_when_is_that_moment(text: str, meant: str) -> None:
    assert f"{typed_until.parse(text, NOW, TEHRAN).astimezone(ZoneInfo(TEHRAN)):%Y-%m-%d %H:%M}" == meant


@pytest.mark.parametrize(("text", "refusal"), PHRASES["until_refused"].items())
def test_an_answer_to_until_when_that_is_in_doubt_is_asked_about(text: str, refusal: list[Any]) -> None:
    with pytest.raises(TypedTimeError) as caught:
        typed_until.parse(text, NOW, TEHRAN)
    options = [f"{at.astimezone(ZoneInfo(TEHRAN)):%Y-%m-%d %H:%M}" for at in caught.value.options]
    assert [type(caught.value).__name__, options] == refusal


def test_a_day_counted_from_today_is_asked_about_where_it_is_another_day_on_that_clock() -> None:
    late = NOW.replace(hour=1)  # in London it is still Saturday
    caught = refused("فردا ساعت ۱۰ به وقت لندن", late)
    assert isinstance(caught, VagueTime)
    assert local(caught.options) == ["11-22 13:30", "11-23 13:30"]
    assert read("۲۵ آذر ساعت ۱۰ به وقت لندن", late) == "2026-12-16 13:30"
    assert read("۲۳ به وقت گرینویچ", late) == "2026-11-22 02:30"


@pytest.mark.parametrize("text", ["10:00 UTC+19", "فردا ۸ GMT-15:30"])
def test_an_offset_that_no_clock_has_does_not_exist(text: str) -> None:
    assert isinstance(refused(text), NoSuchTime)


@pytest.mark.parametrize(
    "text",
    [
        "10:00 UTC GMT+3",
        "فردا ۸ به وقت لندن به وقت پاریس",
        "فردا ۸ به وقت نماز",
        "فردا ۸ به وقت کانادا",
        "8 IST",
    ],
)
def test_a_clock_that_is_not_known_or_not_one_is_refused(text: str) -> None:
    assert isinstance(refused(text), NotATime)


@pytest.mark.parametrize(
    "text",
    [
        "فردا 8 : 30",
        "فردا ۸ :۳۰",
        "فردا ۸: ۳۰",
        "فردا ساعت ٨ : ٣٠",
        "tomorrow 8 : 30",
        "8 : 30 فردا",
        "فردا ۸\u200c : \u200c۳۰",
        "۱۴۰۵/۹/۲ ۸ : ۳۰",
    ],
)
def test_blanks_beside_the_colon_of_an_hour_make_no_difference(text: str) -> None:
    assert read(text) == "2026-11-23 08:30"


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("فردا دقیقاً ساعت ۱۰", "2026-11-23 10:00"),
        ("لطفا فردا دقیقا رأس ساعت ۲۱", "2026-11-23 21:00"),
        ("tomorrow exactly at 10am", "2026-11-23 10:00"),
        ("سشنبه ۹ صبح", "2026-11-24 09:00"),
    ],
)
def test_politeness_and_a_swallowed_letter_change_no_time(text: str, understood: str) -> None:
    assert read(text) == understood


@pytest.mark.parametrize(
    "text", ["فردا ۸ : ۷۰", "فردا ۸ : ۳", "فردا ۸ : ۳۰ : ۱۵", "فردا ۱۰:۸ : ۳۰", "۱۴۰۵/۹/۵: ۱۰:۳۰"]
)
def test_other_numbers_beside_a_colon_are_no_hour(text: str) -> None:
    assert refused(text)


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("فردا", ["11-23 09:00", "11-23 12:00", "11-23 17:00", "11-23 21:00"]),
        ("شنبه صبح", ["11-28 09:00"]),
        ("امشب", ["11-22 21:00"]),
        ("جمعه ۵ آذر ساعت ۱۰", ["11-26 10:00", "11-27 10:00"]),
        ("۵ آذر ۶ آذر ساعت ۱۰", ["11-26 10:00", "11-27 10:00"]),
        ("شب جمعه ساعت ۹", ["11-26 21:00", "11-27 21:00"]),
        ("فردا ۱۲ شب", ["11-23 00:00", "11-24 00:00"]),
        ("فردا ۸ و ۱۰", ["11-23 08:00", "11-23 08:10", "11-23 10:00"]),
        ("پنجشنبهٔ آینده ساعت ۱۷", ["11-26 17:00", "12-03 17:00"]),
        ("هفتهٔ بعد", []),
        ("پنج و نیم", ["11-22 17:30", "11-23 05:30"]),
        ("۴", ["11-22 16:00", "11-23 04:00"]),
        ("فردا ۳", ["11-23 03:00", "11-23 15:00"]),
        ("پنجشنبه ۴", ["11-26 04:00", "11-26 16:00"]),
        ("یکشنبه ۴", ["11-22 16:00", "11-29 04:00"]),
        ("۱:۳۰", ["11-22 13:30", "11-23 01:30"]),
        ("یک ربع به ۶ فردا", ["11-23 05:45", "11-23 17:45"]),
        ("tomorrow at 3", ["11-23 03:00", "11-23 15:00"]),
        ("۸", ["11-22 20:00", "11-23 08:00"]),
        ("ساعت ۸", ["11-22 20:00", "11-23 08:00"]),
        ("هشت و نیم", ["11-22 20:30", "11-23 08:30"]),
        ("۷:۳۰", ["11-22 19:30", "11-23 07:30"]),
        ("امروز ۳", ["11-22 15:00"]),
        ("13 pm", ["11-22 13:00"]),
        ("یک ماه دیگر", ["12-22 09:00", "12-22 12:00", "12-22 17:00", "12-22 21:00"]),
    ],
)
def test_where_it_may_mean_several_times_they_are_offered(text: str, options: list[str]) -> None:
    caught = refused(text)
    assert isinstance(caught, VagueTime)
    assert local(caught.options) == options


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("فردا ۸ و پس\u200cفردا ۹", ["11-23 08:00", "11-24 09:00"]),
        ("فردا ۸، پس\u200cفردا ۹", ["11-23 08:00", "11-24 09:00"]),
        ("فردا ۸\nپس\u200cفردا ۹", ["11-23 08:00", "11-24 09:00"]),
        ("شنبه و یکشنبه ۸", ["11-28 08:00", "11-29 08:00"]),
        ("شنبه و یکشنبه ۸ شب", ["11-22 20:00", "11-28 20:00"]),
        ("جمعه شب و شنبه ۸", ["11-27 20:00", "11-28 08:00"]),
        ("شنبه و یکشنبه ظهر", ["11-28 12:00", "11-29 12:00"]),
        ("فردا ۴ و جمعه ۱۰", ["11-23 04:00", "11-23 16:00", "11-27 10:00"]),
    ],
)
def test_two_times_are_told_apart_from_one_in_doubt(text: str, options: list[str]) -> None:
    caught = refused(text)
    assert (caught.reason, local(caught.options)) == ("several", options)


@pytest.mark.parametrize(
    ("text", "day", "options"),
    [
        ("شنبه ۱ آذر ساعت ۸", "2026-11-22", ["11-22 20:00", "11-28 08:00"]),
        ("جمعه ۵ آذر ساعت ۱۰", "2026-11-26", ["11-26 10:00", "11-27 10:00"]),
        ("جمعه، ۵ آذر ساعت ۱۰", "2026-11-26", ["11-26 10:00", "11-27 10:00"]),
        ("monday 28 Nov 10:00", "2026-11-28", ["11-23 10:00", "11-28 10:00"]),
    ],
)
def test_a_weekday_that_is_not_the_dates_is_named(text: str, day: str, options: list[str]) -> None:
    caught = refused(text)
    assert isinstance(caught, VagueTime)
    assert (caught.reason, str(caught.day), local(caught.options)) == ("weekday", day, options)


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("دوشنبه ۲ آذر ۱۴۰۴ ساعت ۱۰", ["11-23 10:00"]),  # of this year it is a Monday
        ("شنبه ۲ آذر ۱۴۰۴ ساعت ۱۰", ["11-23 10:00", "11-28 10:00"]),
        ("۱۴۰۴/۹/۵ ۱۰", ["11-26 10:00"]),
        ("2025-11-28 10:00", ["11-28 10:00"]),
        ("امروز ۸", ["11-22 20:00"]),
        ("امروز ۰۸:۰۰", []),
    ],
)
def test_what_is_over_comes_with_what_may_be_meant_instead(text: str, options: list[str]) -> None:
    caught = refused(text)
    assert isinstance(caught, PastTime)
    assert local(caught.options) == options


def test_a_bare_hour_is_clear_where_only_one_reading_is_near() -> None:
    assert read("۸", NOW.replace(hour=7)) == "2026-11-22 08:00"
    assert read("۸", NOW.replace(hour=21)) == "2026-11-23 08:00"


def test_a_month_later_in_a_shorter_month_is_asked_about() -> None:
    shahrivar = datetime(2026, 9, 22, 12, 0, tzinfo=ZoneInfo(TEHRAN))  # ۳۱ شهریور; مهر has 30
    caught = refused("یک ماه دیگر ساعت ۱۰", shahrivar)
    assert local(caught.options) == ["10-22 10:00", "10-23 10:00"]


@pytest.mark.parametrize(
    "text",
    [
        "شنبه ۱ یکشنبه ۲ دوشنبه ۳ سه\u200cشنبه ۴",
        "ش ی د س چ پ ج ۱ ۲ ۳ ۴ ۵ ۶ ۷",
        "۱ ۲ ۳ ۴ ۵ ۶ ۷\n۸ ۹ ۱۰ ۱۱ ۱۲ ۱۳ ۱۴",
        "شنبه ۱ آذر جلسه\nیکشنبه ۲ آذر سفر\n" * 10,
    ],
)
def test_a_pasted_calendar_is_called_one(text: str) -> None:
    caught = refused(text)
    assert (type(caught), caught.reason, caught.options) == (NotATime, "calendar", ())


def test_an_english_week_may_begin_on_monday() -> None:
    thursday = NOW + timedelta(days=4)
    vague = refused("sunday next week 9:00", thursday)
    assert isinstance(vague, VagueTime)
    assert local(vague.options) == ["11-29 09:00", "12-06 09:00"]
    assert read("wednesday next week 9:00", thursday) == "2026-12-02 09:00"


def test_what_is_over_or_too_far_says_what_was_understood() -> None:
    past, far = refused("امروز ساعت ۸"), refused("۱۴۰۷/۰۹/۰۵ ۱۰:۰۰")
    assert isinstance(past, PastTime)
    assert isinstance(far, FarTime)
    assert past.at == NOW.replace(hour=8)
    assert far.at == datetime(2028, 11, 25, 6, 30, tzinfo=UTC)


def test_this_years_day_is_next_years_once_it_is_over() -> None:
    assert read("۳۰ آبان ۱۰:۰۰") == "2027-11-21 10:00"
    assert isinstance(refused("۱ آذر ۱۰:۰۰"), PastTime)  # today, two hours ago


def test_after_midnight_tonight_is_the_night_that_is_going_on() -> None:
    late = NOW.replace(hour=0, minute=30)
    assert read("امشب ساعت ۱", late) == "2026-11-22 01:00"
    assert read("امشب ساعت ۹", late) == "2026-11-22 21:00"
    assert read("امشب ساعت ۱") == "2026-11-23 01:00"


def test_spelling_makes_no_difference() -> None:
    wanted = "2026-11-29 17:00"
    for spelling in (
        "یک\u200cشنبهٔ آینده ساعت ۱۷",
        "يكشنبه آينده ساعت ١٧",
        "یک شنبه ی آینده ساعت 17",
        "یکشنبه\u200cی اینده ساعت۱۷",
        "\u200fیکشنبۀ آینده\u200f ساعتِ ۱۷",
        "  یکـشنبه   آینده،\nساعت ۱۷:۰۰.",
    ):
        assert read(spelling) == wanted


def test_a_span_is_counted_to_the_minute() -> None:
    assert typed_time.parse("+2h", NOW + timedelta(seconds=37), TEHRAN) == NOW + timedelta(hours=2)


def test_an_hour_that_the_zone_skips_does_not_exist() -> None:
    now = datetime(2026, 3, 28, 12, tzinfo=UTC)
    skipped = refused("tomorrow 2:30", now, "Europe/Berlin")
    assert isinstance(skipped, NoSuchTime)
    assert local(skipped.options, "Europe/Berlin") == ["03-29 14:30"]
    assert isinstance(refused("tomorrow 02:30", now, "Europe/Berlin"), NoSuchTime)
    assert read("tomorrow 03:00", now, "Europe/Berlin") == "2026-03-29 03:00"
    before_2023 = datetime(2021, 3, 20, 12, tzinfo=UTC)
    assert isinstance(refused("۲ فروردین ساعت ۰:۳۰", before_2023), NoSuchTime)


def test_of_an_hour_that_comes_twice_the_first_is_meant() -> None:
    now = datetime(2026, 10, 24, 12, tzinfo=UTC)
    meant = typed_time.parse("tomorrow 02:30", now, "Europe/Berlin")
    assert meant == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_too_long_a_text_is_refused_at_once() -> None:
    assert isinstance(refused("فردا " * 50), NotATime)


WORDS = st.sampled_from(
    [
        "فردا",
        "امشب",
        "ساعت",
        "۸",
        "۹:۳۰",
        "۲۵",
        "و",
        "نیم",
        "ربع",
        "به",
        "شب",
        "صبح",
        "ظهر",
        "شنبه",
        "پنج",
        "آذر",
        "۱۴۰۵",
        "۳۱",
        "اسفند",
        "دیگر",
        "بعد",
        "هفته",
        "آینده",
        "ماه",
        "ام",
        "+",
        "-",
        "in",
        "next",
        "friday",
        "Nov",
        "28",
        "2026",
        "10:00",
        "9/5",
        "1405/09/05",
        "9999",
        "روز",
        "دقیقه",
        "دو",
        "بیست",
        "از",
        "این",
        "همین",
        "یک",
        "24:00",
        "نیمه\u200cشب",
    ]
)


@settings(max_examples=150, deadline=None)
@given(text=st.one_of(st.lists(WORDS, max_size=7).map(" ".join), st.text(max_size=30)))
@example(text="\ud800")
@example(text="\u200c\u200f")
@example(text="٩٩٩٩ هفته دیگر")
def test_whatever_is_typed_gets_a_time_ahead_or_a_reason(text: str) -> None:
    found: tuple[datetime, ...]
    try:
        found = (typed_time.parse(text, NOW, TEHRAN),)
    except TypedTimeError as error:
        found = error.options
    assert all(NOW < at <= NOW + timedelta(days=366) for at in found)
