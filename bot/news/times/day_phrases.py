"""The phrases for a day, in either calendar, as the dates they may mean. Knows no hours.

Each rule looks at the words from one index on: it returns what it read and the index after it, or None.
The week begins on Saturday; an English «next week» may also begin on Monday.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.errors import NoSuchTime
from bot.news.times.calendar import gregorian, jalali
from bot.news.times.time_phrases import number
from bot.news.times.time_words import Kind, Part
from bot.news.times.typed_words import Typed

JALALI_YEARS = range(1300, 1501)  # the years on which the libraries and ICU agree
GREGORIAN_YEARS = range(1900, 2101)
_SATURDAY = 5
_MONTHS_AHEAD = 12
_OF_WEEK = {Kind.WEEK_START: slice(2), Kind.WEEK_MIDDLE: slice(2, 4)}  # two days each: which is asked
_LATER = ("دیگر", "دیگه", "بعد")


@dataclass(frozen=True, kw_only=True, slots=True)
class Days:
    """The dates that one phrase may mean: several are in doubt, or a week that a weekday picks from.

    `anew` is the coming day of the same number and month as a date that was said with its year.
    """

    dates: tuple[date, ...]
    anew: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Weekday:
    """A weekday by its name; `following` for «جمعهٔ آینده», `eve` for «شب جمعه» (Thursday's night to many)."""

    day: int
    following: bool = False
    eve: bool = False

    def dates(self, today: date) -> tuple[date, ...]:
        """What it may mean: first the coming one, which may be today."""
        coming = today + timedelta(days=(self.day - today.weekday()) % 7)
        if self.eve:
            return (coming - timedelta(days=1), coming)
        if not self.following:
            return (coming,)
        if coming == today:
            return (coming + timedelta(days=7),)
        next_week = week(today, 1)
        later = next(day for day in next_week if day.weekday() == self.day)
        return (coming,) if later == coming else (coming, later)


type DayFact = Days | Weekday | Part


def week(today: date, weeks_ahead: int, first: int = _SATURDAY) -> tuple[date, ...]:
    """The seven days of a week."""
    start = today - timedelta(days=(today.weekday() - first) % 7) + timedelta(weeks=weeks_ahead)
    return tuple(start + timedelta(days=n) for n in range(7))


def read_day(typed: Typed, at: int, today: date) -> tuple[tuple[DayFact, ...], int] | None:
    """The phrase for a day that begins at a word, if there is one.

    Raises:
        NoSuchTime: 30 February, ۳۱ مهر, a year out of reach.
    """
    for rule in _RULES.get(typed.words[at].kind, ()):
        if found := rule(typed, at, today):
            return found
    return None


def _named(typed: Typed, at: int, today: date) -> tuple[tuple[DayFact, ...], int] | None:
    """«فردا», «امشب», `this evening`."""
    word, following = typed.words[at], typed.words[at + 1]
    if word.kind is Kind.DAY:
        return (Days(dates=(today + timedelta(days=word.value),)),), at + 1
    if word.kind is Kind.SAME_DAY:
        return (Weekday(day=today.weekday()),), at + 1
    if word.kind is Kind.NIGHT_OF:
        return (Days(dates=(today + timedelta(days=word.value),)), Part.NIGHT), at + 1
    if word.kind is Kind.THIS and following.kind is Kind.PART:
        return (Days(dates=(today,)), Part(following.value)), at + 2
    return None


def _weekday(typed: Typed, at: int, _today: date) -> tuple[tuple[DayFact, ...], int] | None:
    """«جمعه», «این جمعه», «جمعهٔ آینده», `next friday`, «شب جمعه»."""
    first = typed.words[at]
    eve = first.kind is Kind.PART and first.value == Part.NIGHT
    prefixed = eve or first.kind in {Kind.THIS, Kind.NEXT}
    name = typed.words[at + prefixed]
    if name.kind is not Kind.WEEKDAY:
        return None
    end = at + prefixed + 1
    suffixed = typed.words[end].kind in {Kind.NEXT, Kind.AFTER, Kind.LATER}
    if suffixed and typed.words[end + 1].kind is Kind.UNIT and typed.words[end + 1].text == "week":
        suffixed = False  # `friday next week`
    following = suffixed or first.kind is Kind.NEXT
    fact = Weekday(day=name.value, following=following, eve=eve)
    return ((fact, Part.NIGHT) if eve else (fact,)), end + suffixed


def _week(typed: Typed, at: int, today: date) -> tuple[tuple[DayFact, ...], int] | None:
    """«هفتهٔ بعد», `next week`, «این هفته», «آخر هفته»."""
    word, following = typed.words[at], typed.words[at + 1]
    if word.kind is Kind.WEEKEND:
        coming = Weekday(day=word.value).dates(today)[0]
        return (Days(dates=(coming, coming + timedelta(days=1))),), at + 1
    if word.kind in _OF_WEEK:
        later = following.kind in {Kind.NEXT, Kind.AFTER, Kind.LATER}
        chosen = week(today, 1) if later else _coming_week(today, _OF_WEEK[word.kind])
        return (Days(dates=chosen[_OF_WEEK[word.kind]]),), at + 1 + later
    if word.text == "هفته" and following.kind in {Kind.NEXT, Kind.AFTER, Kind.LATER}:
        return (Days(dates=week(today, 1)),), at + 2
    if word.kind in {Kind.NEXT, Kind.THIS} and following.text in {"week", "هفته"}:
        ahead = int(word.kind is Kind.NEXT)
        monday = week(today, ahead, first=0) if following.text == "week" else ()
        return (Days(dates=tuple(sorted({*week(today, ahead), *monday}))),), at + 2
    return None


def _coming_week(today: date, part: slice) -> tuple[date, ...]:
    """This week while that part of it is ahead, else the next."""
    this = week(today, 0)
    return this if this[part][0] > today else week(today, 1)


def _numeric(typed: Typed, at: int, today: date) -> tuple[tuple[DayFact, ...], int] | None:
    """1405/09/05, 2026-11-28, 5/9/1405, 05/09/05; 9/5 is always in doubt."""
    word = typed.words[at]
    if word.kind is Kind.SHORT_DATE:
        one, two = map(int, word.text.split("/"))
        found = {_coming(today, month, day, is_jalali=True) for month, day in ((one, two), (two, one))}
        found |= {_coming(today, month, day, is_jalali=False) for month, day in ((one, two), (two, one))}
    elif word.kind is Kind.DATE:
        found = _full_dates(*map(int, word.text.rstrip("t").replace("-", "/").replace(".", "/").split("/")))
    else:
        return None
    dates = tuple(sorted(day for day in found if day))
    if not dates:
        raise NoSuchTime(typed.part(at, at + 1))
    is_jalali = not any(year in GREGORIAN_YEARS for year in map(int, re.findall(r"\d+", word.text)))
    anew = _anew(today, dates[0], is_jalali=is_jalali) if len(dates) == 1 else None
    return (Days(dates=dates, anew=anew),), at + 1


def _full_dates(one: int, two: int, three: int) -> set[date | None]:
    if one > 99:
        return {_date(one, two, three)}
    if three > 99:
        found = {_date(three, two, one)}
        return found | {_date(three, one, two)} if three in GREGORIAN_YEARS else found
    return {_date(1400 + one, two, three), _date(1400 + three, two, one)}


def _day_and_month(typed: Typed, at: int, today: date) -> tuple[tuple[DayFact, ...], int] | None:
    """«۵ آذر», «پنجم آذر ماه سال ۱۴۰۵», `28th of November`."""
    day = _ordinal(typed, at) or number(typed, at)
    if day is None:
        return None
    end = day[1] + (typed.words[day[1]].kind is Kind.FILLER)
    if typed.words[end].kind not in {Kind.JALALI_MONTH, Kind.GREGORIAN_MONTH}:
        return None
    return _in_month(typed, at, today, day=day[0], month_at=end, end=end + 1)


def _month_and_day(typed: Typed, at: int, today: date) -> tuple[tuple[DayFact, ...], int] | None:
    """`Nov 28`, `November 28th 2026`."""
    if typed.words[at].kind is not Kind.GREGORIAN_MONTH:
        return None
    day = _ordinal(typed, at + 1) or number(typed, at + 1)
    return day and _in_month(typed, at, today, day=day[0], month_at=at, end=day[1])


def _in_month(
    typed: Typed, at: int, today: date, *, day: int, month_at: int, end: int
) -> tuple[tuple[DayFact, ...], int]:
    """The date, with the year that may follow at `end`."""
    month = typed.words[month_at]
    is_jalali = month.kind is Kind.JALALI_MONTH
    end += typed.words[end].kind is Kind.MONTH
    year_at = end + (typed.words[end].kind is Kind.FILLER)
    year = typed.words[year_at]
    if year.kind is Kind.DIGITS and year.value > 999:
        years, end = JALALI_YEARS if is_jalali else GREGORIAN_YEARS, year_at + 1
        found = _date(year.value, month.value, day) if year.value in years else None
    elif year.kind is Kind.YEAR_FROM_NOW:
        this_year = jalali(today)[0] if is_jalali else today.year
        found, end = _date(this_year + year.value, month.value, day), year_at + 1
    else:
        found = _coming(today, month.value, day, is_jalali=is_jalali)
    if found is None:
        raise NoSuchTime(typed.part(at, end))
    return (Days(dates=(found,), anew=_anew(today, found, is_jalali=is_jalali)),), end


def _anew(today: date, day: date, *, is_jalali: bool) -> date | None:
    _, month, number = jalali(day) if is_jalali else (day.year, day.month, day.day)
    return _coming(today, month, number, is_jalali=is_jalali)


def _months_later(typed: Typed, at: int, today: date) -> tuple[tuple[DayFact, ...], int] | None:
    """«یک ماه دیگر»: the same day of a Jalali month; of a shorter one the last, or the day after it."""
    count = number(typed, at)
    if count is None or count[0] > _MONTHS_AHEAD:
        return None
    month = typed.words[count[1]]
    if month.kind is not Kind.MONTH_FROM_NOW or not typed.part(count[1], count[1] + 1).endswith(_LATER):
        return None
    this_year, this_month, day = jalali(today)
    year, month_before = divmod(this_month - 1 + count[0], 12)
    found = _date(this_year + year, month_before + 1, day)
    if found:
        return (Days(dates=(found,)),), count[1] + 1
    last = next(filter(None, (_date(this_year + year, month_before + 1, day - n) for n in (1, 2))))
    return (Days(dates=(last, last + timedelta(days=1))),), count[1] + 1


def _day_of_month(typed: Typed, at: int, today: date) -> tuple[tuple[DayFact, ...], int] | None:
    """«۲۵ام», «دهم ماه آینده», «۱۰ همین ماه», «۲۵ ماه»: of a Jalali month."""
    ordinal = _ordinal(typed, at)
    if ordinal and typed.words[ordinal[1] - 1].kind is Kind.ST:
        return None
    day = ordinal or number(typed, at)
    if day is None:
        return None
    month = typed.words[day[1]]
    this_year, this_month, reached = jalali(today)
    if month.kind is Kind.MONTH_FROM_NOW and (ordinal or month.value == 0):
        ahead, end = month.value, day[1] + 1
    elif ordinal or month.kind is Kind.MONTH:
        ahead, end = int(day[0] < reached), day[1] + (month.kind is Kind.MONTH)
    else:
        return None
    year, month_before = divmod(this_month - 1 + ahead, 12)
    found = _date(this_year + year, month_before + 1, day[0])
    if found is None:
        raise NoSuchTime(typed.part(at, end))
    return (Days(dates=(found,)),), end


def _last_of_month(typed: Typed, at: int, today: date) -> tuple[tuple[DayFact, ...], int] | None:
    """«آخر آذر», «پایان ماه آینده», «آخر ماه»: of a Jalali month."""
    month = typed.words[at + 1]
    this_year, this_month, _ = jalali(today)
    if month.kind is Kind.JALALI_MONTH:
        end = at + 2 + (typed.words[at + 2].kind is Kind.MONTH)
        ahead = (month.value - this_month) % 12
    elif month.kind in {Kind.MONTH, Kind.MONTH_FROM_NOW}:
        end, ahead = at + 2, month.value
    else:
        return None
    year, month_before = divmod(this_month - 1 + ahead, 12)
    last = next(filter(None, (_date(this_year + year, month_before + 1, day) for day in (31, 30, 29))))
    return (Days(dates=(last,)),), end


def _ordinal(typed: Typed, at: int) -> tuple[int, int] | None:
    """«پنجم», «بیست و پنجم», «۲۵ام», `25th`."""
    word = typed.words[at]
    if word.kind is Kind.ORDINAL:
        return word.value, at + 1
    if word.kind is Kind.NUMBER and word.value >= 20 and typed.words[at + 1].kind is Kind.AND:
        unit = typed.words[at + 2]
        return (word.value + unit.value, at + 3) if unit.kind is Kind.ORDINAL and unit.value < 10 else None
    if word.kind is Kind.DIGITS and typed.words[at + 1].kind in {Kind.ORDINAL_SUFFIX, Kind.ST}:
        return word.value, at + 2
    return None


def _coming(today: date, month: int, day: int, *, is_jalali: bool) -> date | None:
    """The date of this year, or of the next where it is over; None if there is no such day then."""
    year, *reached = jalali(today) if is_jalali else (today.year, today.month, today.day)
    return _date(year + ([month, day] < reached), month, day)


def _date(year: int, month: int, day: int) -> date | None:
    """A date of the calendar that the year belongs to."""
    try:
        if year in JALALI_YEARS:
            return gregorian(year, month, day)
        return date(year, month, day) if year in GREGORIAN_YEARS else None
    except ValueError:
        return None


type _Rule = Callable[[Typed, int, date], tuple[tuple[DayFact, ...], int] | None]

_RULES: dict[Kind, tuple[_Rule, ...]] = {
    **dict.fromkeys((Kind.DAY, Kind.NIGHT_OF, Kind.SAME_DAY), (_named,)),
    **dict.fromkeys((Kind.WEEKDAY, Kind.PART), (_weekday,)),
    **dict.fromkeys((Kind.THIS, Kind.NEXT), (_named, _weekday, _week)),
    **dict.fromkeys((Kind.UNIT, Kind.WEEKEND, Kind.WEEK_START, Kind.WEEK_MIDDLE), (_week,)),
    **dict.fromkeys((Kind.SHORT_DATE, Kind.DATE), (_numeric,)),
    **dict.fromkeys((Kind.DIGITS, Kind.NUMBER, Kind.ORDINAL), (_day_and_month, _months_later, _day_of_month)),
    Kind.GREGORIAN_MONTH: (_month_and_day,),
    Kind.LAST: (_last_of_month,),
}
"""Which rules a phrase that begins with a word of that kind may follow, in the order to try them."""
