"""The phrases for an hour, a part of the day and a stretch of time. Knows no calendar and no clock.

Each rule looks at the words from one index on: it returns what it read and the index after it, or None.
"""

from dataclasses import dataclass, replace

from bot.errors import NoSuchTime
from bot.news.times.time_words import Kind, Part
from bot.news.times.typed_words import Typed

DAY = 24 * 60  # minutes
NOON = DAY // 2
_SURELY_MORNING = 8  # 8:30 is written for the morning, 3:30 for either

_YEARS = (range(1300, 1501), range(1900, 2101))  # Jalali and Gregorian

_PART_HOURS: dict[Part, range] = {  # hours since the day began; those from 24 on are of the next day
    Part.DAWN: range(7),
    Part.MORNING: range(1, 12),
    Part.AM: range(12),
    Part.NOON: range(11, 16),
    Part.AFTERNOON: range(12, 21),
    Part.PM: range(12, 24),
    Part.EVENING: range(14, 22),
    Part.DUSK: range(16, 22),
    Part.NIGHT: range(18, 29),
    Part.MIDNIGHT: range(23, 29),
    Part.EARLY: range(3, 11),
    Part.LATE: range(21, 27),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """An hour as it was said: 8 may be 20:00. `minute` is negative in «یک ربع به ۹».

    `exact` is one that is written as on a 24-hour clock: with a zero in front, or as 8:30 and later.
    """

    hour: int
    minute: int = 0
    exact: bool = False

    @property
    def minutes(self) -> int:
        """Since the day began, on the 24-hour clock."""
        return self.hour * 60 + self.minute


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A stretch of time; days are days of the calendar, minutes are exact."""

    days: int = 0
    minutes: int = 0


def readings(clock: Clock, parts: frozenset[Part]) -> tuple[int, ...]:
    """What a clock may mean on a day with those parts, in minutes since the day began (up to 28:59)."""
    if not parts:
        return (clock.minutes,)
    if {Part.NIGHT, Part.DAWN} <= parts:  # «امشب ۱ بامداد»
        parts = parts - {Part.DAWN} | {Part.MIDNIGHT}
    said = range(clock.hour % 12, 29, 12) if clock.hour <= 12 else (clock.hour,)
    if clock.hour == 0:
        said = range(0, 25, 24)
    return tuple(
        hour * 60 + clock.minute for hour in said if all(hour in _PART_HOURS[part] for part in parts)
    )


def clocks(typed: Typed, at: int) -> tuple[tuple[Clock, ...], int] | None:
    """An hour with its minutes; several where «۹ و ۱۰» may be one time or two.

    Raises:
        NoSuchTime: 25:00, or ۸:۷۰.
    """
    first = at + (typed.words[at].kind is Kind.HOUR)
    found = _minutes_before(typed, first) or _digital(typed, first) or _hour_and_minutes(typed, first)
    if found is None:
        return None
    for clock in found[0]:
        if (not 0 <= clock.hour < 24 and clock.minutes != DAY) or not -60 < clock.minute < 60:
            raise NoSuchTime(typed.part(at, found[1]))
    if typed.words[first].text.startswith("0"):
        return tuple(replace(clock, exact=True) for clock in found[0]), found[1]
    return found


def number(typed: Typed, at: int) -> tuple[int, int] | None:
    """A whole number in digits or words, and the index after it."""
    word = typed.words[at]
    if word.kind is Kind.DIGITS:
        return word.value, at + 1
    if word.kind is not Kind.NUMBER:
        return None
    unit = at + 1 + (typed.words[at + 1].kind is Kind.AND)
    if 20 <= word.value < 100 and typed.words[unit].kind is Kind.NUMBER and 0 < typed.words[unit].value < 10:
        return word.value + typed.words[unit].value, unit + 1
    return word.value, at + 1


def span(typed: Typed, at: int) -> tuple[Span, int] | None:
    """«یک ساعت و نیم», «سه روز و ۲ ساعت», `1h30m`."""
    found = _stretch(typed, at)
    if found is None:
        return None
    total = found[0]
    while more := _stretch(typed, found[1] + (typed.words[found[1]].kind is Kind.AND)):
        found = more
        total = Span(days=total.days + more[0].days, minutes=total.minutes + more[0].minutes)
    return total, found[1]


def _stretch(typed: Typed, at: int) -> tuple[Span, int] | None:
    """One amount with its unit, and the half or the quarter that follows."""
    amount = _amount(typed, at)
    if amount is None:
        return None
    hundredths, end = amount
    if typed.words[end].kind is Kind.QUARTER:  # «سه ربع», «یک ربع ساعت»
        return Span(minutes=hundredths * 15 // 100), end + 1 + (typed.words[end + 1].kind is Kind.HOUR)
    unit = typed.words[end]
    if unit.kind not in {Kind.UNIT, Kind.HOUR}:
        return None
    if typed.words[end + 1].kind is Kind.AND and (part := _fraction(typed, end + 2)):
        hundredths, end = hundredths + part[0], part[1] - 1
    minutes = unit.value * hundredths // 100
    if unit.value >= DAY:
        return Span(days=minutes // DAY, minutes=minutes % DAY), end + 1
    return Span(minutes=minutes), end + 1


def _amount(typed: Typed, at: int) -> tuple[int, int] | None:
    """An amount in hundredths: «نیم», «یک و نیم», `half an`, 1.5."""
    word = typed.words[at]
    if word.kind is Kind.HALF:
        return 50, at + 1 + (typed.words[at + 1].text in {"a", "an"})
    if word.kind is Kind.NUMBER and word.value == 1 and typed.words[at + 1].kind is Kind.HALF:
        return (50, at + 2) if typed.words[at + 2].kind in {Kind.HOUR, Kind.UNIT} else None  # «یه نیم ساعت»
    if word.kind is Kind.QUARTER and typed.words[at + 1].kind is Kind.HOUR:  # «ربع ساعت»
        return 25, at + 1
    if word.kind is Kind.DECIMAL:
        return word.value, at + 1
    whole = number(typed, at)
    if whole is None:
        return None
    half = typed.words[whole[1]].kind is Kind.AND and typed.words[whole[1] + 1].kind is Kind.HALF
    return whole[0] * 100 + half * 50, whole[1] + half * 2


def _fraction(typed: Typed, at: int) -> tuple[int, int] | None:
    """«نیم», «ربع», «یک ربع» after a whole, in hundredths; not the amount of another unit («و نیم ساعت»)."""
    first = at + (typed.words[at].kind is Kind.NUMBER and typed.words[at].value == 1)
    hundredths = {Kind.HALF: 50, Kind.QUARTER: 25}.get(typed.words[first].kind)
    if hundredths is None or typed.words[first + 1].kind in {Kind.UNIT, Kind.HOUR}:
        return None
    return hundredths, first + 1


def _minutes_before(typed: Typed, at: int) -> tuple[tuple[Clock, ...], int] | None:
    """«یک ربع به ۹», `ten past eight`, `half past 8`."""
    minutes: int
    if typed.words[at].kind in {Kind.HALF, Kind.QUARTER}:
        minutes, end = 30 if typed.words[at].kind is Kind.HALF else 15, at + 1
    elif amount := number(typed, at):
        minutes, end = amount
        if typed.words[end].kind is Kind.QUARTER:
            minutes, end = minutes * 15, end + 1
        end += typed.words[end].kind is Kind.UNIT and typed.words[end].value == 1
    else:
        return None
    side = {Kind.TO_HOUR: -1, Kind.TO: -1, Kind.LESS: -1, Kind.PAST: 1}.get(typed.words[end].kind)
    if side is None:
        return None
    hour = number(typed, end + 1 + (typed.words[end + 1].kind is Kind.HOUR))
    if hour is None:
        return None
    return (Clock(hour=hour[0], minute=side * minutes),), hour[1]


def _digital(typed: Typed, at: int) -> tuple[tuple[Clock, ...], int] | None:
    word = typed.words[at]
    if word.kind is Kind.SHORT_DATE and typed.words[at - 1].kind is Kind.HOUR:  # «ساعت ۱۰/۳۰»
        hour, minute = word.text.split("/")
        return ((_written(int(hour), int(minute)),), at + 1) if len(minute) == 2 else None
    if word.kind is Kind.DIGITS and _is_four_figures(typed, at):
        return (_written(*divmod(word.value, 100)),), at + 1
    if word.kind is not Kind.TIME:
        return None
    end = at + 1 + (typed.words[at + 1].kind is Kind.UNIT and typed.words[at + 1].value == 1)
    return (_written(*divmod(word.value, 100)),), end


def _is_four_figures(typed: Typed, at: int) -> bool:
    """Whether «۲۱۳۰» is an hour: behind «ساعت», with a zero in front, or where no year has that number."""
    word = typed.words[at]
    hour, minute = divmod(word.value, 100)
    if len(word.text) != 4 or hour >= 24 or minute >= 60:
        return False
    told = typed.words[at - 1].kind is Kind.HOUR or word.text.startswith("0")
    return told or not any(word.value in years for years in _YEARS)


def _written(hour: int, minute: int) -> Clock:
    return Clock(hour=hour, minute=minute, exact=hour >= _SURELY_MORNING)


def _hour_and_minutes(typed: Typed, at: int) -> tuple[tuple[Clock, ...], int] | None:
    hour = number(typed, at)
    if hour is None or hour[0] > 99:
        return None
    said, end = hour
    if typed.words[end].kind is Kind.OCLOCK:
        return (Clock(hour=said),), end + 1
    if less := _less(typed, end):
        return (Clock(hour=said, minute=-less[0]),), less[1]
    if typed.words[end].kind is not Kind.AND:
        return (Clock(hour=said),), end
    if part := _fraction(typed, end + 1):
        return (Clock(hour=said, minute=part[0] * 60 // 100),), part[1]
    return _minutes_after(typed, end + 1, said) or ((Clock(hour=said),), end)


def _less(typed: Typed, at: int) -> tuple[int, int] | None:
    """The minutes of «ده یه ربع کم», «۱۰ پنج دقیقه کم»."""
    count, end = number(typed, at) or (1, at)
    if typed.words[end].kind is Kind.QUARTER:
        minutes, end = count * 15, end + 1
    elif end > at and typed.words[end].kind is Kind.UNIT and typed.words[end].value == 1:
        minutes, end = count, end + 1
    else:
        return None
    return (minutes, end + 1) if typed.words[end].kind is Kind.LESS else None


def _minutes_after(typed: Typed, at: int, hour: int) -> tuple[tuple[Clock, ...], int] | None:
    """The rest of «۹ و ۱۰ دقیقه», «نه و ده», «۹ و ۱۰»: the last may be two hours."""
    found = number(typed, at)
    if found is None:
        return None
    minute, end = found
    together = Clock(hour=hour, minute=minute)
    if typed.words[end].kind is Kind.UNIT and typed.words[end].value == 1:
        return (together,), end + 1
    if minute > 24 or typed.words[at].kind is Kind.NUMBER:
        return (together,), end
    return (together, Clock(hour=hour), Clock(hour=minute)), end
