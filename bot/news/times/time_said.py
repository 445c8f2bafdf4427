"""What a typed time says: days, hours, parts of the day, a stretch from now. Settles no doubts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.errors import NotATime
from bot.news.times.day_phrases import DayFact, Days, Weekday, read_day
from bot.news.times.time_phrases import Clock, Span, clocks, span
from bot.news.times.time_words import Kind, Part
from bot.news.times.typed_words import Typed, read


@dataclass(frozen=True, kw_only=True, slots=True)
class Shift:
    """Counted from now: «نیم ساعت دیگر»."""

    span: Span


type _Fact = DayFact | Clock | Shift


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What was understood, before it is put on the calendar."""

    text: str
    days: tuple[Days, ...]
    weekdays: tuple[Weekday, ...]
    clocks: tuple[Clock, ...]
    parts: frozenset[Part]
    shifts: tuple[Shift, ...]


def said_in(text: str, now: datetime) -> Said:
    """What `text` says to someone whose local time is `now`.

    Raises:
        NotATime: a word of it was not understood.
        NoSuchTime: a day or an hour that does not exist.
    """
    return _said(text, _facts(read(text), now))


def bare(said: Said) -> list[Clock]:
    """The hours that may be of the morning or of the evening."""
    return [clock for clock in said.clocks if 1 <= clock.hour < 12 and not clock.exact and not said.parts]


def _facts(typed: Typed, now: datetime) -> list[_Fact]:
    if not len(typed):
        raise NotATime(typed.text)
    facts: list[_Fact] = []
    at = 0
    while at < len(typed):
        found = _shift(typed, at, now) or read_day(typed, at, now.date()) or _hour(typed, at, now)
        if found is None and not _is_filler(typed, at):
            raise NotATime(typed.chunk(at))
        facts += found[0] if found else ()
        at = found[1] if found else at + 1
    return facts


def _said(text: str, facts: list[_Fact]) -> Said:
    if not facts:
        raise NotATime(text)
    once = tuple(dict.fromkeys(facts))
    return Said(
        text=text,
        days=tuple(fact for fact in once if isinstance(fact, Days)),
        weekdays=tuple(fact for fact in once if isinstance(fact, Weekday)),
        clocks=tuple(fact for fact in once if isinstance(fact, Clock)),
        parts=frozenset(fact for fact in once if isinstance(fact, Part)),
        shifts=tuple(fact for fact in once if isinstance(fact, Shift)),
    )


def _shift(typed: Typed, at: int, now: datetime) -> tuple[tuple[_Fact, ...], int] | None:
    """«دو ساعت دیگر», `in 45m`, `+1d`; «سه روز دیگر» is a day, whose hour is still to be said."""
    first = typed.words[at].kind
    within = at == 0 and first is Kind.UNTIL  # «تا نیم ساعت دیگر»
    prefixed = within or first in {Kind.PLUS, Kind.IN, Kind.FROM_NOW}
    found = span(typed, at + prefixed)
    if found is None:
        return None
    length, end = found
    last = typed.words[end].kind
    suffixed = last in {Kind.LATER, Kind.AFTER, Kind.AGO, Kind.FROM_NOW}
    if not (suffixed or (prefixed and not within)):
        return None
    sign = -1 if last is Kind.AGO else 1
    if length.days and not length.minutes and first is not Kind.PLUS:
        day = now.date() + timedelta(days=sign * length.days)
        return (Days(dates=(day,)),), end + suffixed
    counted = Span(days=sign * length.days, minutes=sign * length.minutes)
    return (Shift(span=counted),), end + suffixed


def _hour(typed: Typed, at: int, now: datetime) -> tuple[tuple[_Fact, ...], int] | None:
    """An hour with the part of the day after it, or a part by itself."""
    word = typed.words[at]
    if word.kind is Kind.PART:
        return (Part(word.value),), at + 1
    if word.kind is Kind.NOW and _is_alone(typed, at):
        return (Shift(span=Span(minutes=1)),), at + 1  # the first whole minute ahead
    if word.kind in {Kind.SAME_HOUR, Kind.NOW}:
        return (Clock(hour=now.hour, minute=now.minute, exact=True),), at + 1
    found = clocks(typed, at)
    if found is None:
        return None
    part = typed.words[found[1]]
    if part.kind is Kind.PART:
        return (*found[0], Part(part.value)), found[1] + 1
    return found


def _is_alone(typed: Typed, at: int) -> bool:
    """Whether nothing else is said but what is to happen then («الان منتشر کن»)."""
    return all(typed.words[n].kind is Kind.PUBLISH for n in range(len(typed)) if n != at)


def _is_filler(typed: Typed, at: int) -> bool:
    """Words that change nothing: «در», «روز» before a day, `in` before a part of it, a dash with blanks."""
    word, following = typed.words[at], typed.words[at + 1]
    if word.kind is Kind.PUBLISH:
        return True
    if word.kind is Kind.OR:
        return at > 0 and following.kind is not Kind.END
    if word.kind is Kind.DASH:
        return typed.text[word.start - 1 : word.end + 1].strip() == word.text
    if word.kind is Kind.IN:
        return following.kind in {Kind.FILLER, Kind.PART}
    if word.kind is Kind.THIS:
        return following.kind in {Kind.DAY, Kind.NIGHT_OF}
    if word.text == "روز":
        return following.kind in {Kind.WEEKDAY, Kind.DIGITS, Kind.NUMBER, Kind.ORDINAL, Kind.DATE, Kind.THIS}
    return word.kind is Kind.FILLER and following.kind is not Kind.END
