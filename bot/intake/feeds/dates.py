"""The moment that a feed's date names, in whatever way it is written. Knows no now."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

TEHRAN = ZoneInfo("Asia/Tehran")
_LONGEST = 120  # characters that a date may have

_GREGORIAN = (
    "jan january ژانویه ژانویهٔ یناير يناير january",
    "feb february فوریه فبراير",
    "mar march مارس",
    "apr april آوریل اوریل أبريل ابريل إبريل",
    "may مه می مايو",
    "jun june ژوئن ژوین يونيو",
    "jul july ژوئیه ژوییه جولای يوليو",
    "aug august اوت آگوست اگوست أغسطس اغسطس",
    "sep sept september سپتامبر سبتمبر",
    "oct october اکتبر أكتوبر اكتوبر",
    "nov november نوامبر نوفمبر",
    "dec december دسامبر ديسمبر",
)
_JALALI = (
    "فروردین farvardin",
    "اردیبهشت ordibehesht",
    "خرداد khordad",
    "تیر tir",
    "مرداد امرداد mordad amordad",
    "شهریور shahrivar",
    "مهر mehr",
    "آبان ابان aban",
    "آذر اذر azar",
    "دی dey",
    "بهمن bahman",
    "اسفند esfand",
)
_ZONES = {
    **dict.fromkeys(("z", "gmt", "utc", "ut", "wet"), 0),
    **dict.fromkeys(("irst", "irt"), 210),
    "irdt": 270,
    "cet": 60,
    "bst": 60,
    "cest": 120,
    "eet": 120,
    "eest": 180,
    "msk": 180,
    "trt": 180,
    "gst": 240,
    "est": -300,
    "edt": -240,
    "cst": -360,
    "cdt": -300,
    "mst": -420,
    "mdt": -360,
    "pst": -480,
    "pdt": -420,
}
"""Minutes east of Greenwich."""
_FOLDS = str.maketrans(
    "يىكةأإ", "ییکهاا", "\u200c\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"
)
_TIME = re.compile(
    r"(?<!\d)(?:t\s*)?(\d{1,2})\s*:\s*(\d{2})(?:\s*:\s*(\d{2})(?:[.,]\d{1,9})?)?(?!\d)"
    r"\s*(am\b|pm\b|a\.m\.|p\.m\.|ق\.?\s?ظ\b\.?|ب\.?\s?ظ\b\.?|صبح|عصر|بعد ?از ?ظهر|قبل ?از ?ظهر|شب)?"
)
_OFFSET = re.compile(
    r"(?:(?:gmt|utc|ut) ?)?([+\-\u2212])(\d{1,2}):?(\d{2})(?![\d/.-])"
    r"|(?:(?:gmt|utc|ut) ?|^)([+\-\u2212])(\d{1,2})(?![\d/.-])"
)
_NAMED = re.compile(r"\b([a-z]{1,4})\b|(asia/tehran|تهران)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:t?(\d{2})(\d{2})(\d{2})?)?(?=\D|$)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,4})(?!\d)")
_NUMBER, _WORD = re.compile(r"\d{1,4}"), re.compile(r"[^\W\d_]+")
_EPOCH = re.compile(r"\d{10}(?:\.\d+)?|\d{13}")


def _folded(text: str) -> str:
    plain = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)
    return plain.translate(_FOLDS).casefold().strip()


_MONTHS = {
    _folded(name): (jalali, number)
    for jalali, months in ((False, _GREGORIAN), (True, _JALALI))
    for number, names in enumerate(months, start=1)
    for name in names.split()
}


def moment(written: str, zoneless: tzinfo = UTC) -> datetime | None:
    """The moment, in its own zone; None where the words name none, or one that no calendar has.

    A Jalali date without a zone is Tehran's; `zoneless` is where others without one are meant.
    """
    if len(written) > _LONGEST:
        return None
    text = _folded(written)
    if _EPOCH.fullmatch(text):
        seconds = float(text) / (1000 if len(text) == 13 and "." not in text else 1)
        return datetime.fromtimestamp(seconds, UTC)
    try:
        return _moment(text, zoneless)
    except (ValueError, OverflowError):
        return None


def _moment(text: str, zoneless: tzinfo) -> datetime | None:
    if compact := _COMPACT.match(text):
        parts = [int(part) for part in compact.groups() if part]
        rest = text[compact.end() :]
        found = _day(parts[0], parts[1], parts[2])
        at = time(parts[3], parts[4], parts[5] if parts[5:] else 0) if parts[3:] else time()
    else:
        said = _TIME.search(text)
        before, rest = (text[: said.start()], text[said.end() :]) if said else (text, "")
        found = _date(f"{before} {_OFFSET.sub(' ', rest)}")
        at = time()
        if found and said:
            found, at = _clock(said, found)
    if found is None:
        return None
    day, jalali = found
    zone = _zone(rest) or (TEHRAN if jalali else zoneless)
    return datetime.combine(day, at, zone)


def _clock(said: re.Match[str], found: tuple[date, bool]) -> tuple[tuple[date, bool], time]:
    hour, minute, second = int(said[1]), int(said[2]), min(int(said[3] or 0), 59)
    half = said[4] or ""
    if half and half[0] in "pبعش" and hour < 12:
        hour += 12
    if half and half[0] in "aق" and hour == 12:
        hour = 0
    if hour == 24 and not minute:
        return (found[0] + timedelta(days=1), found[1]), time()
    return found, time(hour, minute, second)


def _zone(text: str) -> tzinfo | None:
    """The zone behind the time of day; that of the word only where no number stands there."""
    if found := _OFFSET.search(text):
        sign, hours, minutes = found[1] or found[4], int(found[2] or found[5]), int(found[3] or 0)
        if hours > 14 or minutes > 59:
            return None
        east = timedelta(hours=hours, minutes=minutes)
        return timezone(east if sign == "+" else -east)
    for word in _NAMED.finditer(text):
        if word[2]:
            return TEHRAN
        if word[1] in _ZONES:
            return timezone(timedelta(minutes=_ZONES[word[1]]))
    return None


def _date(text: str) -> tuple[date, bool] | None:
    """The day, and whether it was named in the Jalali calendar."""
    for found in _WORD.findall(text):
        word = found if found in _MONTHS else found.removesuffix("ماه")
        if word in _MONTHS and (named := _with_month(text, word)):
            return named
    if not (numeric := _NUMERIC.search(text)):
        return None
    first, middle, last = numeric[1], int(numeric[3]), numeric[4]
    if len(first) == 4:
        return _day(int(first), middle, int(last))
    if len(last) != 4:
        return None  # which of three short numbers is the year, nobody can say
    if middle > 12:
        return _day(int(last), int(first), middle)
    return _day(int(last), middle, int(first))


def _with_month(text: str, word: str) -> tuple[date, bool] | None:
    jalali, month = _MONTHS[word]
    numbers = _NUMBER.findall(text)
    if len(numbers) < 2:
        return None
    first, second = numbers[0], numbers[1]
    day, year = (second, first) if len(first) == 4 else (first, second)
    return _day(_whole(int(year), len(year), jalali=jalali), month, int(day), jalali=jalali)


def _whole(year: int, digits: int, *, jalali: bool) -> int:
    """A year of two digits with its century."""
    if digits > 2:
        return year
    if jalali:
        return year + (1300 if year >= 50 else 1400)
    return year + (1900 if year >= 70 else 2000)


def _day(year: int, month: int, day: int, *, jalali: bool | None = None) -> tuple[date, bool] | None:
    """The day; which calendar it is in is told by its year, where no month's name has."""
    if 1300 <= year <= 1430 and jalali is not False:
        found = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
        return found, True
    if jalali or not 1970 <= year <= 2200:
        return None
    return date(year, month, day), False
