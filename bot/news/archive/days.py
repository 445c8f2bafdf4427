"""Days as somebody types them behind «روز:»: one day, the last week or month, from one to another."""

import re
from datetime import date, timedelta

from bot.news.archive.words import folded
from bot.news.times import calendar

_BACK = {"امروز": 0, "today": 0, "دیروز": 1, "yesterday": 1, "پریروز": 2}
_SPANS = {"هفته": 6, "week": 6, "ماه": 29, "month": 29, "سال": 364, "year": 364}
"""So many days back, today among them."""
_DATE = re.compile(r"(?:(\d{4})[-/.])?(\d{1,2})[-/.](\d{1,2})")
_LAST_JALALI = 1700  # a year before it is no Gregorian one of ours


def span(typed: str, today: date) -> tuple[date, date] | None:
    """The first and the last day that are meant; None where no day can be read."""
    first, dots, last = folded(typed).partition("..")
    if first in _SPANS and not dots:
        return today - timedelta(days=_SPANS[first]), today
    begin = _day(first, today)
    end = _day(last, today) if dots else begin
    if dots and not first:
        begin = date.min
    if dots and not last:
        end = today
    return (begin, end) if begin is not None and end is not None and begin <= end else None


def _day(typed: str, today: date) -> date | None:
    if typed in _BACK:
        return today - timedelta(days=_BACK[typed])
    found = _DATE.fullmatch(typed)
    if found is None:
        return None
    month, day = int(found[2]), int(found[3])
    year = int(found[1]) if found[1] else calendar.jalali(today)[0]
    try:
        if year > _LAST_JALALI:
            return date(year, month, day)
        meant = calendar.gregorian(year, month, day)
        if meant > today and not found[1]:
            meant = calendar.gregorian(year - 1, month, day)
    except (ValueError, OverflowError):
        return None
    return meant
