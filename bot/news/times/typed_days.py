"""Reads the weekdays typed for slots and quiet hours: lists, spans, exceptions. Knows no hours."""

from bot.errors import NotATime, VagueTime
from bot.news.times.time_words import Kind, Part
from bot.news.times.typed_words import Typed

EVERY_DAY = frozenset(range(7))
_BY_TURNS = (frozenset({5, 0, 2}), frozenset({6, 1, 3}))  # «روزهای زوج», «روزهای فرد»
_WEEKEND = frozenset({3, 4})
_GROUPS = {Kind.EVERY_DAY: EVERY_DAY, Kind.WORKDAYS: frozenset({5, 6, 0, 1, 2}), Kind.WEEKEND: _WEEKEND}
SPANS = {Kind.UNTIL, Kind.TO, Kind.DASH}
_DAY_KINDS = {Kind.WEEKDAY, Kind.WEEKDAYS}


def typed_days(typed: Typed, at: int) -> tuple[frozenset[int], frozenset[Part], int] | None:
    """A list of days: the days, the part of the day in «هر شب», and the index after it."""
    word, following = typed.words[at], typed.words[at + 1]
    if word.kind is Kind.EVERY and following.kind is Kind.PART:
        return EVERY_DAY, frozenset({Part(following.value)}), at + 2
    found = _some_days(typed, at)
    if found is None:
        return None
    days, at = found
    while more := _some_days(typed, at + (typed.words[at].kind is Kind.AND)):
        days, at = days | more[0], more[1]
    if typed.words[at].kind is Kind.EXCEPT:
        without = typed_days(typed, at + 1)
        if without is None or not days - without[0]:
            raise NotATime(typed.chunk(at))
        return days - without[0], frozenset(), without[2]
    return days, frozenset(), at


def _some_days(typed: Typed, at: int) -> tuple[frozenset[int], int] | None:
    """«هر روز», «روزهای زوج», «آخر هفته‌ها», «جمعه‌ها», «شنبه تا چهارشنبه»."""
    word = typed.words[at]
    if word.kind is Kind.WEEKEND and word.value not in _WEEKEND:
        raise VagueTime(word.text, reason="weekend")
    if word.kind is Kind.ODD_DAYS:
        return _BY_TURNS[word.value], at + 1
    if word.kind in _GROUPS:
        return _GROUPS[word.kind], at + 1
    at += word.kind in {Kind.EVERY, Kind.FROM, Kind.FILLER} or word.text == "روز"
    first = typed.words[at]
    if first.kind not in _DAY_KINDS:
        return None
    last = typed.words[at + 2]
    if typed.words[at + 1].kind not in SPANS or last.kind not in _DAY_KINDS:
        return frozenset({first.value}), at + 1
    length = (last.value - first.value) % 7
    if not length:
        raise VagueTime(typed.part(at, at + 3), reason="empty")
    return frozenset((first.value + n) % 7 for n in range(length + 1)), at + 3


def all_but(typed: Typed, at: int) -> tuple[frozenset[int], frozenset[Part], int] | None:
    """The days of «به جز جمعه هر روز», where the exception comes first."""
    if typed.words[at].kind is not Kind.EXCEPT:
        return None
    found = _some_days(typed, at + 1)
    if found is None:
        raise NotATime(typed.chunk(at))
    without, end = found
    while typed.words[end].kind is Kind.AND and (more := _some_days(typed, end + 1)):
        without, end = without | more[0], more[1]
    days = typed_days(typed, end)
    if days is None or not days[0] - without:
        raise NotATime(typed.chunk(at))
    return days[0] - without, days[1], days[2]


def others(typed: Typed, at: int, told: frozenset[int]) -> frozenset[int]:
    """The days of «بقیه روزها»: those that are not told.

    Raises:
        NotATime: all are told, or none is.
    """
    rest = EVERY_DAY - told
    if rest in (EVERY_DAY, frozenset()):
        raise NotATime(typed.chunk(at))
    return rest
