"""The clock that a typed time names: «به وقت لندن», `10:00 UTC`, `GMT+3`. Knows no days and no hours.

Places by the names that Persian newsrooms give them; a country only where it has one clock, so that
«به وقت آمریکا» is refused, as is an abbreviation that several clocks have (EST, IST).
"""

import re
from datetime import timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from bot.errors import NoSuchTime, NotATime
from bot.news.times.time_words import fold

_PLACES = {  # an underscore joins what is also written with a space or a ZWNJ
    "Asia/Tehran": "تهران ایران tehran iran",
    "Asia/Kabul": "کابل افغانستان kabul",
    "UTC": "گرینویچ گرینیچ جهانی greenwich",
    "Europe/London": "لندن انگلیس انگلستان بریتانیا london",
    "Europe/Paris": "پاریس فرانسه paris",
    "Europe/Berlin": "برلین فرانکفورت آلمان اروپای_مرکزی berlin frankfurt",
    "Europe/Vienna": "وین اتریش vienna",
    "Europe/Zurich": "ژنو زوریخ سوئیس سوییس geneva zurich",
    "Europe/Rome": "رم ایتالیا rome",
    "Europe/Madrid": "مادرید اسپانیا madrid",
    "Europe/Brussels": "بروکسل بلژیک brussels",
    "Europe/Amsterdam": "آمستردام هلند amsterdam",
    "Europe/Stockholm": "استکهلم سوئد stockholm",
    "Europe/Oslo": "اسلو نروژ oslo",
    "Europe/Copenhagen": "کپنهاگ دانمارک copenhagen",
    "Europe/Prague": "پراگ چک prague",
    "Europe/Kyiv": "کی_یف اوکراین kyiv kiev",
    "Europe/Moscow": "مسکو moscow",
    "Europe/Istanbul": "استانبول آنکارا ترکیه istanbul ankara",
    "Asia/Baku": "باکو آذربایجان baku",
    "Asia/Yerevan": "ایروان ارمنستان yerevan",
    "Asia/Tbilisi": "تفلیس گرجستان tbilisi",
    "Asia/Baghdad": "بغداد نجف کربلا عراق baghdad",
    "Asia/Damascus": "دمشق سوریه damascus",
    "Asia/Beirut": "بیروت لبنان beirut",
    "Africa/Cairo": "قاهره مصر cairo",
    "Asia/Riyadh": "ریاض مکه مدینه عربستان riyadh",
    "Asia/Qatar": "دوحه قطر doha",
    "Asia/Dubai": "دبی ابو_ظبی امارات dubai",
    "Asia/Kuwait": "کویت kuwait",
    "Asia/Muscat": "مسقط عمان muscat",
    "Asia/Karachi": "کراچی اسلام_آباد پاکستان karachi islamabad",
    "Asia/Kolkata": "دهلی دهلی_نو بمبئی هند delhi mumbai",
    "Asia/Tashkent": "تاشکند ازبکستان tashkent",
    "Asia/Dushanbe": "تاجیکستان dushanbe",
    "Asia/Shanghai": "پکن شانگهای چین beijing shanghai",
    "Asia/Tokyo": "توکیو ژاپن tokyo",
    "Asia/Seoul": "سئول کره_جنوبی seoul",
    "Australia/Sydney": "سیدنی ملبورن sydney melbourne",
    "America/New_York": "نیویورک نیو_یورک واشنگتن new_york washington",
    "America/Toronto": "تورنتو toronto",
    "America/Chicago": "شیکاگو chicago",
    "America/Los_Angeles": "لس_آنجلس لوس_آنجلس سان_فرانسیسکو los_angeles san_francisco",
    "America/Vancouver": "ونکوور vancouver",
}
_HERE = "محلی اینجا خودمان خودمون local"
_FARTHEST = timedelta(hours=14)
_GAP = "[ \u200c]*"


@cache
def _zones() -> dict[str, str | None]:
    """The name of each place's zone, by the place folded and without blanks; None is the channel's own."""
    named = {place: zone for zone, places in _PLACES.items() for place in fold(places).split()}
    return {place.replace("_", ""): named.get(place) for place in (*named, *fold(_HERE).split())}


@cache
def _said() -> re.Pattern[str]:
    spelled = sorted(fold(" ".join((*_PLACES.values(), _HERE))).split(), key=len, reverse=True)
    places = "|".join(spelled).replace("_", _GAP)
    start, end = r"(?<![^\W\d_])", r"(?![^\W\d_])"
    offset = r"[+-]\d{1,2}(?::?[0-5]\d)?(?![\d/.:-])"
    return re.compile(
        rf"{start}به{_GAP}(?:وقت|ساعت|افق)\s+(?:(?P<place>{places}){end}|(?P<other>[^\W\d_]\S*))"
        rf"|{start}(?P<greenwich>گرینویچ|گرینیچ){end}"
        rf"|{start}(?P<english>{places}){end}\s+time{end}"
        rf"|{start}(?:utc|gmt)(?:\s?(?P<offset>{offset}))?{end}"
        rf"|(?<=\d)z{end}|(?<=:\d\d)(?P<iso>[+-]\d\d:?[0-5]\d)(?!\d)"
    )


def split(text: str, zone: tzinfo) -> tuple[str, tzinfo]:
    """A typed time without the clock that it names, and that clock; `zone` where it names none.

    Raises:
        NotATime: a place whose clock is not known, or is several.
        NoSuchTime: an offset that no clock has.
    """
    found = _said().search(fold(text))
    if found is None:
        return text, zone
    said = text[found.start() : found.end()]
    if found["other"]:
        raise NotATime(said)
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    if place := found["place"] or found["english"] or found["greenwich"]:
        name = _zones()[re.sub(r"[\s\u200c]", "", place)]
        return rest, ZoneInfo(name) if name else zone
    return rest, timezone(_offset(said, found["offset"] or found["iso"]))


def _offset(said: str, offset: str | None) -> timedelta:
    if offset is None:
        return timedelta(0)
    digits = offset[1:].replace(":", "")
    hours, minutes = (digits, "0") if len(digits) < 3 else (digits[:-2], digits[-2:])
    length = timedelta(hours=int(hours), minutes=int(minutes))
    if length > _FARTHEST:
        raise NoSuchTime(said)
    return -length if offset[0] == "-" else length
