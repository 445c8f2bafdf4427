"""How an instant is shown to people: a zone's clock, the Jalali and the Gregorian calendar. Knows no now."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

WEEKDAYS = {
    "fa": ("دوشنبه", "سه\u200cشنبه", "چهارشنبه", "پنج\u200cشنبه", "جمعه", "شنبه", "یکشنبه"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
"""By language, from Monday on as `date.weekday` counts."""

JALALI_MONTHS = (
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)
JALALI_MONTHS_LATIN = (
    "Farvardin",
    "Ordibehesht",
    "Khordad",
    "Tir",
    "Mordad",
    "Shahrivar",
    "Mehr",
    "Aban",
    "Azar",
    "Dey",
    "Bahman",
    "Esfand",
)
GREGORIAN_MONTHS = {
    "fa": (
        "ژانویه",
        "فوریه",
        "مارس",
        "آوریل",
        "مه",
        "ژوئن",
        "ژوئیه",
        "اوت",
        "سپتامبر",
        "اکتبر",
        "نوامبر",
        "دسامبر",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
_NEAR_DAYS = {"fa": ("امروز", "فردا"), "en": ("today", "tomorrow")}
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def jalali(day: date) -> tuple[int, int, int]:
    """Year, month and day in the Jalali calendar."""
    found = JalaliDate(day)  # type: ignore[no-untyped-call]
    return found.year, found.month, found.day


def gregorian(year: int, month: int, day: int) -> date:
    """The date of a day in the Jalali calendar.

    Raises:
        ValueError: there is no such day.
    """
    return JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]


def persian_digits(text: str) -> str:
    return text.translate(_PERSIAN_DIGITS)


def show(at: datetime, zone: str, language: str = "fa") -> str:
    """«پنج‌شنبه ۵ آذر ۱۴۰۵، ساعت ۱۰:۰۰», or `Thursday 26 November 2026, 10:00`."""
    day = show_day(_local(at, zone).date(), language)
    hour = show_hour(at, zone, language)
    return f"{day}، ساعت {hour}" if language == "fa" else f"{day}, {hour}"


def both(at: datetime, zone: str) -> str:
    """The day in both calendars: «پنج‌شنبه ۵ آذر ۱۴۰۵ (۲۶ نوامبر ۲۰۲۶)، ساعت ۱۰:۰۰»."""
    day = _local(at, zone).date()
    western = persian_digits(f"{day.day} {GREGORIAN_MONTHS['fa'][day.month - 1]} {day.year}")
    return f"{show_day(day, 'fa')} ({western})، ساعت {show_hour(at, zone, 'fa')}"


def show_day(day: date, language: str = "fa") -> str:
    """«پنج‌شنبه ۵ آذر ۱۴۰۵», or `Thursday 26 November 2026`."""
    if language != "fa":
        return f"{WEEKDAYS['en'][day.weekday()]} {day.day} {GREGORIAN_MONTHS['en'][day.month - 1]} {day.year}"
    year, month, number = jalali(day)
    return persian_digits(f"{WEEKDAYS['fa'][day.weekday()]} {number} {JALALI_MONTHS[month - 1]} {year}")


def show_hour(at: datetime, zone: str, language: str = "fa") -> str:
    """«۸:۳۰», or `08:30`; at night «۰۳:۳۰», as a bare «۳:۳۰» could be of the afternoon."""
    local = _local(at, zone)
    return show_minute(60 * local.hour + local.minute, language)


def show_minute(minute: int, language: str = "fa") -> str:
    """A minute of a day, as `show_hour` has it."""
    hour, rest = divmod(minute, 60)
    if language != "fa":
        return f"{hour:02}:{rest:02}"
    return persian_digits(f"{hour:02}:{rest:02}" if 1 <= hour < 6 else f"{hour}:{rest:02}")


def relative(at: datetime, now: datetime, zone: str, language: str = "fa") -> str:
    """As short as is clear in a list: «امروز ۱۰:۰۰», «پنج‌شنبه ۱۷:۰۰», «۲۰ آذر ۸:۰۰»; else in full."""
    day, today = _local(at, zone).date(), _local(now, zone).date()
    hour = show_hour(at, zone, language)
    ahead = (day - today).days
    if ahead in (0, 1):
        return f"{_NEAR_DAYS['fa' if language == 'fa' else 'en'][ahead]} {hour}"
    if 1 < ahead < 7:
        return f"{WEEKDAYS['fa' if language == 'fa' else 'en'][day.weekday()]} {hour}"
    name, number, month, year = show_day(day, language).split()
    if timedelta(0) < day - today < timedelta(days=300):
        return f"{number} {month} {hour}"
    return f"{name} {number} {month} {year} {hour}"


def _local(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone))
