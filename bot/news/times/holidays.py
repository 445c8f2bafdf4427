"""Iran's public holidays: which day has which, and how an owner names one. Knows no database and no now.

The built-in ones have a fixed day in the Jalali year: «قانون تعیین تعطیلات رسمی کشور» (1359) with its later
changes. Those of the lunar year move by ten or eleven days, and by a day with the sight of the moon: they are
not computed, the owner adds each year's. Fridays are the weekend, no holidays.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from bot.errors import NoSuchTime, NotATime
from bot.news.times import calendar

FIXED: Mapping[str, str] = {
    "01-01": "نوروز",
    "01-02": "نوروز",
    "01-03": "نوروز",
    "01-04": "نوروز",
    "01-12": "روز جمهوری اسلامی",
    "01-13": "روز طبیعت",
    "03-14": "رحلت امام خمینی",
    "03-15": "قیام ۱۵ خرداد",
    "11-22": "پیروزی انقلاب اسلامی",
    "12-29": "روز ملی شدن صنعت نفت",
}
"""Names by month and day of every Jalali year."""
_ENGLISH = {
    "نوروز": "Nowruz",
    "روز جمهوری اسلامی": "Islamic Republic Day",
    "روز طبیعت": "Nature Day",
    "رحلت امام خمینی": "Death of Imam Khomeini",
    "قیام ۱۵ خرداد": "15 Khordad uprising",
    "پیروزی انقلاب اسلامی": "Victory of the Islamic Revolution",
    "روز ملی شدن صنعت نفت": "Nationalisation of the oil industry",
}
MAX_NAME = 80
_FIRST_GREGORIAN = 1700
"""Years from here on are Gregorian."""

_DIGITS = {
    ord(digit): str(value) for digits in ("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩") for value, digit in enumerate(digits)
}
_SPELLED = str.maketrans({"ي": "ی", "ك": "ک", "\u200c": " ", "\u200f": None, "\u200e": None})
_BY_NUMBERS = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})\s+(.+)", re.ASCII)
_BY_NAME = re.compile(
    r"([0-9]{1,2})\s*(?:م|ام)?\s+([^\W\d]+)(?:\s+(?:ماه\s+)?(?:سال\s+)?([0-9]{4})(?![0-9]))?\s+(.+)"
)
_MONTH = {
    name.casefold(): number
    for months in (calendar.JALALI_MONTHS, calendar.JALALI_MONTHS_LATIN)
    for number, name in enumerate(months, start=1)
} | {"امرداد": 5}


def names(day: date, extra: Mapping[str, str | None] | None = None) -> tuple[str, ...]:
    """What a day is a holiday for; empty on others.

    `extra` is the owner's table: names by ISO date, or by MM-DD of every Jalali year; None strikes a day.
    """
    known: dict[str, str | None] = {**FIXED, **(extra or {})}
    found = (known.get(yearly(day)), known.get(day.isoformat()))
    return tuple(dict.fromkeys(name for name in found if name))


def of_days(
    days: Iterable[date], extra: Mapping[str, str | None] | None = None
) -> dict[date, tuple[str, ...]]:
    """Those of the days that are holidays, with what for; see `names`."""
    return {day: found for day in days if (found := names(day, extra))}


def yearly(day: date) -> str:
    """The key of a day in every Jalali year."""
    _, month, number = calendar.jalali(day)
    return f"{month:02}-{number:02}"


def show(key: str, language: str = "fa") -> str:
    """A key as people read it: «۱۴ خرداد» for every year, «جمعه ۵ تیر ۱۴۰۵» for one."""
    if len(key) > len("MM-DD"):
        return calendar.show_day(date.fromisoformat(key), language)
    month, day = map(int, key.split("-"))
    if language != "fa":
        return f"{day} {calendar.JALALI_MONTHS_LATIN[month - 1]}"
    return calendar.persian_digits(f"{day} {calendar.JALALI_MONTHS[month - 1]}")


def called(name: str, language: str) -> str:
    """A holiday's name in a language; what an owner has named is called that in each."""
    return name if language == "fa" else _ENGLISH.get(name, name)


def read(text: str) -> tuple[str, str]:
    """The key and the name in «۵ تیر ۱۴۰۵ عاشورا», «۲۰ مهر روز ما» (every year) or `2026-06-26 Ashura`.

    Raises:
        NotATime: no day and name are found in it.
        NoSuchTime: there is no such day.
    """
    plain = " ".join(text.translate(_SPELLED).translate(_DIGITS).split())
    year, month, day, name = _parts(plain)
    if not any(map(str.isalpha, name)):
        raise NotATime(text)
    name = " ".join(text.split())[-len(name) :] if text.endswith(name) else name
    try:
        if year is None:
            calendar.gregorian(_LEAP_YEAR, month, day)  # ۳۰ اسفند comes in leap years
            return f"{month:02}-{day:02}", name
        of_year = date(year, month, day) if year >= _FIRST_GREGORIAN else calendar.gregorian(year, month, day)
    except ValueError as error:
        raise NoSuchTime(text) from error
    return of_year.isoformat(), name


_LEAP_YEAR = 1403


def _parts(plain: str) -> tuple[int | None, int, int, str]:
    if found := _BY_NUMBERS.fullmatch(plain):
        return int(found[1]), int(found[2]), int(found[3]), found[4]
    found = _BY_NAME.fullmatch(plain)
    if found is None or found[2].casefold() not in _MONTH:
        raise NotATime(plain)
    return int(found[3]) if found[3] else None, _MONTH[found[2].casefold()], int(found[1]), found[4]
