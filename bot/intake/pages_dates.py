"""When a page was published, in whatever form it says so. Knows no clock.

Jalali or Gregorian, in words or figures.

A year before 1700 is Jalali (sites put «1405-09-05T10:30» into their JSON-LD), and where no zone is said
it is Tehran's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from bot.news.times import calendar

ZONE = "Asia/Tehran"
_JALALI_TO = 1700
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩يك\u200c\u200f\u200e", "01234567890123456789یک   ")


def _numbered(months: str) -> dict[str, int]:
    return {name: number for number, names in enumerate(months.split(), 1) for name in names.split("|")}


_JALALI = _numbered(
    "فروردین|حمل اردیبهشت|ثور خرداد|جوزا تیر|سرطان مرداد|امرداد|اسد شهریور|سنبله مهر|میزان آبان|ابان|عقرب "
    "آذر|اذر|قوس دی|جدی بهمن|دلو اسفند|حوت"
)
_GREGORIAN = _numbered(
    "january|jan|ژانویه|ژانویۀ|جنوری february|feb|فوریه|فبروری march|mar|مارس|مارچ april|apr|آوریل|آپریل|"
    "اپریل "
    "may|مه|می|مهٔ june|jun|ژوئن|جون july|jul|ژوئیه|جولای|جولایی august|aug|اوت|آگوست|آگست|اگست "
    "september|sept|sep|سپتامبر|سپتمبر october|oct|اکتبر|اکتوبر november|nov|نوامبر|نومبر december|dec|"
    "دسامبر|دسمبر"
)
_ORDINALS = {
    word: number
    for number, word in enumerate(
        "یکم دوم سوم چهارم پنجم ششم هفتم هشتم نهم دهم یازدهم دوازدهم سیزدهم چهاردهم پانزدهم شانزدهم هفدهم "
        "هجدهم نوزدهم "
        "بیستم".split(),
        1,
    )
}
_ORDINALS |= {f"بیست و {word}": 20 + number for word, number in list(_ORDINALS.items())[:9]}
_ORDINALS |= {"اول": 1, "سی ام": 30, "سی و یکم": 31}
_MONTH = "|".join(sorted((*_JALALI, *_GREGORIAN), key=len, reverse=True))
_DAY = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_YEAR = r"(?P<year>(?:1[3-5]|19|20)\d\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!\d){_YEAR}\s?[-/.]\s?(?P<month>\d\d?)\s?[-/.]\s?(?P<day>\d\d?)(?!\d)",
        r"(?<!\d)(?P<year>20\d\d|1[34]\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?=T?\d{4,6}\b|\b)",
        (
            rf"(?<!\d)(?P<day>\d\d?)(?:st|nd|rd|th|م|ام)?\s*(?:of\s)?[-/., ]?\s*(?P<month>\b(?:{_MONTH})\b)"
            rf"(?:\s*ماه)?\s*[-/.,، ]?\s*(?:سال\s)?{_YEAR}(?!\d)"
        ),
        rf"(?P<day>\b(?:{_DAY}))\s+(?P<month>(?:{_MONTH})\b)(?:\s*ماه)?\s*(?:سال\s)?{_YEAR}(?!\d)",
        rf"(?P<month>\b(?:{_MONTH})\b)\.?\s+(?P<day>\d\d?)(?:st|nd|rd|th)?\s*[,، ]\s*{_YEAR}(?!\d)",
        rf"(?<!\d)(?P<day>\d\d?)\s?[/.-]\s?(?P<month>\d\d?)\s?[/.-]\s?{_YEAR}(?!\d)",
    )
)
_CLOCK = re.compile(
    r"(?<![\d:])(?P<hour>[01]?\d|"
    r"2[0-3])\s?:\s?(?P<minute>[0-5]\d)(?:\s?:\s?(?P<second>[0-5]\d))?(?:[.,]\d{1,9})?(?![\d:])"
    r"\s*(?P<half>[ap]\.?m\b|ق\.?\s?ظ|ب\.?\s?ظ|قبل از ظهر|بعد از ظهر|عصر)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?P<sign>[+-])(?P<hours>[01]\d):?(?P<minutes>[0-5]\d)\b|(?P<utc>Z\b|\b(?:UTC|GMT)\b)")
_LATE = re.compile(r"p|ب|عصر", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class When:
    """A day; the hour and the zone where they are said."""

    day: date
    clock: time | None = None
    zone: tzinfo | None = None

    @property
    def instant(self) -> datetime:
        """Aware; midnight where no hour is said, Tehran's where no zone is."""
        return datetime.combine(self.day, self.clock or time(), self.zone or ZoneInfo(ZONE))

    def is_of_day(self, other: "When") -> bool:
        """Whether both may name the same moment: an hour's zone may put it into the day beside."""
        return abs(self.day - other.day) <= timedelta(days=1 if self.zone != other.zone else 0)


def read(text: str) -> When | None:
    """The first moment that a text names; None if there is none, or the day does not exist."""
    said = text[:400].translate(_DIGITS)
    found = min(_days(said), key=lambda each: each[1], default=None)
    if found is None:
        return None
    day, start, end = found
    around = said[max(0, start - 40) : start] + "\n" + said[end : end + 40].removeprefix("T")
    behind = said[end : end + 40]
    clock = _CLOCK.search(behind.removeprefix("T")) or _CLOCK.search(around)
    packed = re.match(r"T?(\d\d)(\d\d)(\d\d)?\b", behind)
    if clock is None:
        return When(day, time(int(packed[1]) % 24, int(packed[2]) % 60) if packed else None)
    offset = _OFFSET.match(clock.string[clock.end() :].lstrip())
    return When(day, _hour(clock), _zone(offset) if offset else None)


def _days(said: str) -> Iterator[tuple[date, int, int]]:
    for form in _FORMS:
        for found in form.finditer(said):
            if day := _day(found["year"], found["month"].lower(), found["day"]):
                yield day, found.start(), found.end()
                break


def _day(year_said: str, month_said: str, day_said: str) -> date | None:
    year = int(year_said)
    number = int(day_said) if day_said.isdecimal() else _ORDINALS[" ".join(day_said.split())]
    jalali = year < _JALALI_TO
    month = (
        int(month_said) if month_said.isdecimal() else (_JALALI if jalali else _GREGORIAN).get(month_said, 0)
    )
    try:
        return calendar.gregorian(year, month, number) if jalali else date(year, month, number)
    except ValueError:
        return None


def _hour(clock: "re.Match[str]") -> time:
    hour = int(clock["hour"])
    if clock["half"] and hour <= 12:
        hour = hour % 12 + (12 if _LATE.match(clock["half"]) else 0)
    return time(hour, int(clock["minute"]), int(clock["second"] or 0))


def _zone(offset: "re.Match[str]") -> tzinfo:
    if offset["utc"]:
        return UTC
    ahead = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"]))
    return timezone(-ahead if offset["sign"] == "-" else ahead)
