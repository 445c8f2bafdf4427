"""Instants are shown on the reader's clock and in their calendar."""

import json
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.news.times import calendar, typed_time

TEHRAN = "Asia/Tehran"
THURSDAY = datetime(2026, 11, 26, 10, 0, tzinfo=ZoneInfo(TEHRAN))
ICU = json.loads((Path(__file__).parents[1] / "data" / "jalali_icu.json").read_text(encoding="utf-8"))[
    "first_days"
]


def test_every_day_of_1390_to_1420_is_the_one_icu_says() -> None:
    firsts = [
        (int(year), month, date.fromisoformat(day)) for year in ICU for month, day in enumerate(ICU[year], 1)
    ]
    seen = 0
    for (year, month, first), (_, _, following) in pairwise(firsts):
        for n in range((following - first).days):
            assert calendar.jalali(first + timedelta(days=n)) == (year, month, n + 1)
            assert calendar.gregorian(year, month, n + 1) == first + timedelta(days=n)
            seen += 1
    assert seen == 31 * 365 + 8


def test_there_is_no_30_esfand_in_a_common_year() -> None:
    assert calendar.gregorian(1403, 12, 30) == date(2025, 3, 20)
    with pytest.raises(ValueError):
        calendar.gregorian(1405, 12, 30)


def test_an_instant_is_shown_in_persian_and_in_english() -> None:
    assert calendar.show(THURSDAY, TEHRAN) == "پنج\u200cشنبه ۵ آذر ۱۴۰۵، ساعت ۱۰:۰۰"
    assert calendar.show(THURSDAY, TEHRAN, "en") == "Thursday 26 November 2026, 10:00"
    assert calendar.both(THURSDAY, TEHRAN) == "پنج\u200cشنبه ۵ آذر ۱۴۰۵ (۲۶ نوامبر ۲۰۲۶)، ساعت ۱۰:۰۰"


def test_the_zone_decides_the_day() -> None:
    late = datetime(2026, 11, 26, 22, 0, tzinfo=UTC)
    assert calendar.show(late, TEHRAN) == "جمعه ۶ آذر ۱۴۰۵، ساعت ۰۱:۳۰"
    assert calendar.show(late, "Europe/Berlin", "en") == "Thursday 26 November 2026, 23:00"


@pytest.mark.parametrize(
    ("day", "hour", "minute", "fa", "en"),
    [
        (0, 14, 0, "امروز ۱۴:۰۰", "today 14:00"),
        (1, 8, 30, "فردا ۸:۳۰", "tomorrow 08:30"),
        (4, 17, 0, "دوشنبه ۱۷:۰۰", "Monday 17:00"),
        (7, 9, 5, "۱۲ آذر ۹:۰۵", "3 December 09:05"),
        (-1, 9, 0, "چهارشنبه ۴ آذر ۱۴۰۵ ۹:۰۰", "Wednesday 25 November 2026 09:00"),
        (400, 9, 0, "جمعه ۱۰ دی ۱۴۰۶ ۹:۰۰", "Friday 31 December 2027 09:00"),
    ],
)
def test_a_list_shows_as_little_as_is_clear(day: int, hour: int, minute: int, fa: str, en: str) -> None:
    at = THURSDAY.replace(hour=hour, minute=minute) + timedelta(days=day)
    assert calendar.relative(at, THURSDAY, TEHRAN) == fa
    assert calendar.relative(at, THURSDAY, TEHRAN, "en") == en


def test_digits_become_persian_and_nothing_else_changes() -> None:
    assert calendar.persian_digits("GPT-5 در 1405") == "GPT-۵ در ۱۴۰۵"


ZONES = st.sampled_from(
    ["Asia/Tehran", "Asia/Kabul", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"]
)
NEAR_GAPS_AND_FOLDS = st.sampled_from(
    [
        datetime(2021, 3, 21, 20, 0, tzinfo=UTC),  # Tehran springs forward at midnight
        datetime(2021, 9, 21, 19, 0, tzinfo=UTC),
        datetime(2026, 3, 29, 0, 0, tzinfo=UTC),  # Berlin
        datetime(2026, 10, 25, 0, 0, tzinfo=UTC),
        datetime(2026, 11, 1, 5, 0, tzinfo=UTC),  # New York
    ]
)
INSTANTS = st.one_of(
    st.integers(0, 30 * 365 * 24 * 60).map(lambda n: datetime(2015, 1, 1, tzinfo=UTC) + timedelta(minutes=n)),
    st.builds(lambda at, n: at + timedelta(minutes=n), NEAR_GAPS_AND_FOLDS, st.integers(0, 300)),
)


@settings(max_examples=120, deadline=None)
@given(at=INSTANTS, before=st.timedeltas(timedelta(minutes=1), timedelta(days=365)), zone=ZONES)
def test_what_is_shown_can_be_typed_back(at: datetime, before: timedelta, zone: str) -> None:
    at = (
        at.astimezone(ZoneInfo(zone)).replace(fold=0).astimezone(UTC)
    )  # of an hour that comes twice the first is meant
    now = at - before
    for shown in (
        calendar.show(at, zone),
        calendar.show(at, zone, "en"),
        calendar.both(at, zone),
        calendar.relative(at, now, zone),
        calendar.relative(at, now, zone, "en"),
    ):
        assert typed_time.parse(shown, now, zone) == at, shown
