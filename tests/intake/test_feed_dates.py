"""The dates that feeds are written with."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake.feeds.dates import TEHRAN, moment


def tehran(*at: int) -> datetime:
    return datetime(*at, tzinfo=TEHRAN)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Fri, 06 Nov 2026 12:30:00 +0330", tehran(2026, 11, 6, 12, 30)),
        ("Fri, 6 Nov 2026 12:30 +03:30", tehran(2026, 11, 6, 12, 30)),
        ("06 Nov 26 12:30:05 GMT", datetime(2026, 11, 6, 12, 30, 5, tzinfo=UTC)),
        ("Friday, November 6, 2026 12:30 PM EST", datetime(2026, 11, 6, 17, 30, tzinfo=UTC)),
        ("Fri Nov  6 12:30:00 UTC 2026", datetime(2026, 11, 6, 12, 30, tzinfo=UTC)),
        ("2026-11-06T12:30:00Z", datetime(2026, 11, 6, 12, 30, tzinfo=UTC)),
        ("2026-11-06T12:30:00.123456+03:30", tehran(2026, 11, 6, 12, 30)),
        ("2026-11-06 12:30", datetime(2026, 11, 6, 12, 30, tzinfo=UTC)),
        ("2026-11-06", datetime(2026, 11, 6, tzinfo=UTC)),
        ("2026/11/06 12:30:00 IRST", tehran(2026, 11, 6, 12, 30)),
        ("20261106T123000Z", datetime(2026, 11, 6, 12, 30, tzinfo=UTC)),
        ("06/11/2026 12:30", datetime(2026, 11, 6, 12, 30, tzinfo=UTC)),
        ("11/26/2026", datetime(2026, 11, 26, tzinfo=UTC)),
        ("1793955600", datetime.fromtimestamp(1793955600, UTC)),
        ("1793955600000", datetime.fromtimestamp(1793955600, UTC)),
        ("1405/08/15 12:30", tehran(2026, 11, 6, 12, 30)),
        ("۱۴۰۵/۰۸/۱۵ - ۱۲:۳۰", tehran(2026, 11, 6, 12, 30)),
        ("۱۴۰۵-۸-۱۵", tehran(2026, 11, 6)),
        ("١٤٠٥/٠٨/١٥", tehran(2026, 11, 6)),
        ("جمعه ۱۵ آبان ۱۴۰۵ ساعت ۱۲:۳۰", tehran(2026, 11, 6, 12, 30)),
        ("جمعه، ۱۵ آبان‌ماه ۱۴۰۵ - ۱۲:۳۰:۱۰", tehran(2026, 11, 6, 12, 30, 10)),
        ("۱۲:۳۰ - ۱۵ آبان ۱۴۰۵", tehran(2026, 11, 6, 12, 30)),
        ("15 Aban 1405 12:30", tehran(2026, 11, 6, 12, 30)),
        ("Fri, 15 Aban 1405 09:00:00 GMT", datetime(2026, 11, 6, 9, tzinfo=UTC)),
        ("1405-08-15T12:30:00+03:30", tehran(2026, 11, 6, 12, 30)),
        ("15/08/1405", tehran(2026, 11, 6)),
        ("۶ نوامبر ۲۰۲۶، ۱:۳۰ ب.ظ", datetime(2026, 11, 6, 13, 30, tzinfo=UTC)),
        ("6 نوفمبر 2026", datetime(2026, 11, 6, tzinfo=UTC)),
        ("۳۰ اسفند ۱۴۰۳", tehran(2025, 3, 20)),
        ("Fri, 06 Nov 2026 24:00:00 GMT", datetime(2026, 11, 7, tzinfo=UTC)),
        ("Fri, 06 Nov 2026 12:30:60 GMT", datetime(2026, 11, 6, 12, 30, 59, tzinfo=UTC)),
        ("Fri, 06 Nov 2026 12:30:00 GMT+3:30", tehran(2026, 11, 6, 12, 30)),
    ],
)  # fmt: skip
def test_dates(written: str, meant: datetime) -> None:
    assert moment(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "",
        "دیروز",
        "۳۰ اسفند ۱۴۰۴",
        "2026-02-30",
        "2026-13-45T99:99",
        "31/31/2026",
        "x" * 500,
        "15 Aban",
        "--//::",
        "Nov 2026",
    ],
)
def test_what_is_no_date(written: str) -> None:
    assert moment(written) is None


def test_the_zone_that_was_given_stays() -> None:
    found = moment("Fri, 06 Nov 2026 00:30:00 +0330")
    assert found is not None
    assert found.isoformat() == "2026-11-06T00:30:00+03:30"
    assert moment("2026-11-06 12:30", timezone(timedelta(hours=1))) == datetime(
        2026, 11, 6, 11, 30, tzinfo=UTC
    )


@given(st.text(max_size=150))
def test_no_words_break_it(written: str) -> None:
    assert moment(written) is None or moment(written).tzinfo is not None  # type: ignore[union-attr]


@given(st.text(alphabet="0123456789-/:T+ ZapmNovآبان۱۴", max_size=40))
def test_no_figures_break_it(written: str) -> None:
    moment(written)
