"""Days that a text calls by a weekday which they are not: «دوشنبه ۱۰ آذر», when that is a Tuesday.

Knows the two calendars that the press writes in Persian; reads, and changes nothing.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.news.times.calendar import GREGORIAN_MONTHS, JALALI_MONTHS, WEEKDAYS, gregorian, jalali

_WEEKDAYS = {name.replace("\u200c", ""): number for number, name in enumerate(WEEKDAYS["fa"])}
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_N = "[0-9۰-۹٠-٩]"
_SAID = re.compile(
    r"(?<![\w\u200c])(?P<weekday>(?:(?:یک|دو|سه|چهار|پنج)[ \u200c]?)?شنبه|جمعه)(?:[ \u200c]?شب)?"
    rf"[،,]? (?:مورخ )?(?P<day>{_N}{{1,2}}) ?(?P<month>{'|'.join((*JALALI_MONTHS, *GREGORIAN_MONTHS['fa']))})"
    rf"(?:[ \u200c]?ماه)?(?![\w\u200c])(?:(?: سال)? (?P<year>{_N}{{4}})(?!\w))?"
)
_AWAY = (-1, 0, 1)  # years: where none is said, the day nearest to today is meant


@dataclass(frozen=True, kw_only=True)
class Slip:
    """What the text says, and the day that it names by its date."""

    said: str
    day: date


def found(text: str, today: date) -> Iterator[Slip]:
    """Every such day once, in its order; a day that no calendar has is none."""
    told: set[str] = set()
    for match in _SAID.finditer(text):
        day = _day(match, today)
        weekday = _WEEKDAYS[re.sub("[ \u200c]", "", match["weekday"])]
        if day is not None and day.weekday() != weekday and match.group() not in told:
            told.add(match.group())
            yield Slip(said=match.group(), day=day)


def _day(match: re.Match[str], today: date) -> date | None:
    number, named = int(match["day"].translate(_DIGITS)), match["month"]
    persian = named in JALALI_MONTHS
    month = (JALALI_MONTHS if persian else GREGORIAN_MONTHS["fa"]).index(named) + 1
    make: Callable[[int, int, int], date] = gregorian if persian else date
    this = jalali(today)[0] if persian else today.year
    said = match["year"]
    years = [int(said.translate(_DIGITS))] if said else [this + away for away in _AWAY]
    days = [day for year in years if (day := _made(make, year, month, number)) is not None]
    return min(days, key=lambda day: abs(day - today), default=None)


def _made(make: Callable[[int, int, int], date], year: int, month: int, number: int) -> date | None:
    try:
        return make(year, month, number)
    except ValueError:
        return None
