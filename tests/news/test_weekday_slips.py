"""A weekday and a date that contradict each other; today is Monday 30 November 2026, 9 Azar 1405."""

from datetime import date

import pytest

from bot.news.times import weekday_slips

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("دوشنبه ۱۰ آذر", date(2026, 12, 1)),
        ("سه\u200cشنبه، ۹ آذرماه", date(2026, 11, 30)),
        ("جمعه ۹ آذر ۱۴۰۵", date(2026, 11, 30)),
        ("پنج شنبه شب 9 آذر", date(2026, 11, 30)),
        ("شنبه ۳۰ نوامبر", date(2026, 11, 30)),
        ("جمعه ۱ فروردین", date(2027, 3, 21)),  # the coming one is nearer
    ],
)
def test_a_date_on_another_weekday_is_told_with_the_day_it_is(said: str, day: date) -> None:
    (slip,) = weekday_slips.found(f"این نشست {said} در تهران برگزار می\u200cشود.", TODAY)

    assert (slip.said, slip.day) == (said, day)


@pytest.mark.parametrize(
    "text",
    [
        "دوشنبه ۹ آذر",
        "دوشنبه ۹ آذرماه ۱۴۰۵",
        "سه\u200cشنبه ۱۰ آذر",
        "دوشنبه ۳۰ نوامبر ۲۰۲۶",
        "جمعه ۳۱ آذر",  # no such day
        "دوشنبه ۱۰ آذری\u200cزبان",
        "از شنبه تا ۱۰ آذر",
        "دوشنبه و سه\u200cشنبه ۹ و ۱۰ آذر",
        "دوشنبه ۱۰ نفر آمدند",
    ],
)
def test_what_agrees_or_names_no_day_is_left_alone(text: str) -> None:
    assert not list(weekday_slips.found(text, TODAY))


def test_the_same_slip_is_told_once_and_any_length_takes_its_time_only_once() -> None:
    assert len(list(weekday_slips.found("دوشنبه ۱۰ آذر. " * 2000, TODAY))) == 1
