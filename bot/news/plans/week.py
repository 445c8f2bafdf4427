"""A week of channels as a board: what stands in each one's days, and how much of it a page has room for.

Knows no picture and no language. A line of the board is one post, or a row of weekly times that are free; all
minutes are counted from midnight on the channel's own clock.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.news.model import Channel, PostState, Slot
from bot.news.plans.rhythm import Taken, fits
from bot.news.plans.slots import coming_round, occurrences
from bot.news.quiet import DAY, Rhythm
from bot.news.times.walltime import instant

DAYS = 7
ABREAST = 3
"""Channels side by side on one page: more, and a telephone shows no headline."""
UNITS = 42
"""Lines of all seven days together: what a page as tall as a telephone has room for."""
LEAST = 2
"""Lines of a day with nothing in it: its own name and number take as many."""
LETTERS = {1: 60, 2: 28, 3: 16}
"""About how many letters of a headline stand on one line, by the channels abreast."""
HOURS = {1: 10, 2: 5, 3: 3}
"""How many free hours stand on one line, by the channels abreast."""
_LONGEST = 120
_ZWNJ = "\u200c"
_PLAIN = re.compile(r"(?:[\w .,:!()«»،؛؟…\u200c-]\u0654?)*")
"""Most headlines; letter by letter they take five times as long."""


class Mark(StrEnum):
    """What a place on the board is."""

    WAITING = "waiting"
    SENT = "sent"
    HELD = "held"
    FAILED = "failed"
    UNCONFIRMED = "unconfirmed"
    FREE = "free"  # a slot that a post could take
    SHUT = "shut"  # a slot that none can: quiet hours, too near to another, enough for that day


_MARKS = {
    PostState.PENDING: Mark.WAITING,
    PostState.SENDING: Mark.WAITING,
    PostState.SENT: Mark.SENT,
    PostState.HELD: Mark.HELD,
    PostState.FAILED: Mark.FAILED,
    PostState.UNCONFIRMED: Mark.UNCONFIRMED,
}
SHOWN = tuple(_MARKS)
"""The states of posts that stand on the board; what was canceled leaves its place free."""
SLOTS = frozenset({Mark.FREE, Mark.SHUT})


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A post of the week with its story's headline."""

    due_at: datetime
    state: PostState
    headline: str
    rtl: bool = True


@dataclass(frozen=True, kw_only=True)
class Place:
    """A post or a free slot in a day; `slot` is there where it takes only some stories."""

    mark: Mark
    minute: int
    headline: str = ""
    rtl: bool = True
    slot: Slot | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    """One post, one slot of a kind, or several slots in a row; `units` is how many lines of text it takes."""

    places: tuple[Place, ...]
    units: int = 1


@dataclass(frozen=True, kw_only=True)
class Day:
    """A channel's day: all that is in it, and what of that is shown; `more` counts the rest."""

    places: tuple[Place, ...] = ()
    quiet: tuple[tuple[int, int], ...] = ()  # minutes, from and to
    lines: tuple[Line, ...] = ()
    more: int = 0

    @property
    def units(self) -> int:
        return sum(line.units for line in self.lines) + bool(self.more)


@dataclass(frozen=True, kw_only=True)
class Column:
    """A channel's week."""

    channel: Channel
    days: tuple[Day, ...]

    @property
    def counts(self) -> Counter[Mark]:
        return Counter(place.mark for day in self.days for place in day.places)


def first_day(day: date) -> date:
    """The Saturday that begins a day's week."""
    return day - timedelta(days=(day.weekday() + 2) % DAYS)


def days(first: date) -> tuple[date, ...]:
    """The days of a week that begins on that one."""
    return tuple(first + timedelta(days=number) for number in range(DAYS))


def bounds(first: date, zone: str) -> tuple[datetime, datetime]:
    """When a channel's week begins, and when the next one does."""
    place = ZoneInfo(zone)
    return instant(first, 0, place), instant(first + timedelta(days=DAYS), 0, place)


def column(
    channel: Channel,
    planned: Iterable[Planned],
    taken: Taken,
    first: date,
    *,
    now: datetime,
) -> Column:
    """A channel's week from its posts; `taken` are all times, lately and from now on, at which it has one."""
    place = ZoneInfo(channel.time_zone)
    found = list(_slots(channel, taken, first, now))
    for post in planned:
        if mark := _MARKS.get(post.state):
            spot = Place(
                mark=mark, minute=_minute(post.due_at, place), headline=plain(post.headline), rtl=post.rtl
            )
            found.append((post.due_at, spot))
    by_day: dict[date, list[Place]] = {}
    for at, spot in sorted(found, key=lambda each: each[0]):
        by_day.setdefault(at.astimezone(place).date(), []).append(spot)
    return Column(
        channel=channel,
        days=tuple(
            Day(places=tuple(by_day.get(day, ())), quiet=quiet_on(day, channel.rhythm)) for day in days(first)
        ),
    )


def _slots(channel: Channel, taken: Taken, first: date, now: datetime) -> Iterable[tuple[datetime, Place]]:
    """The week's slots that have no post and are still ahead."""
    place = ZoneInfo(channel.time_zone)
    begin, end = bounds(first, channel.time_zone)
    picky = [slot for slot in channel.slots if slot.category is not None or slot.urgency is not None]
    for at in occurrences(channel.slots, max(now, begin - timedelta(seconds=1)), channel.time_zone):
        if at >= end:
            return
        if at not in taken:
            mark = Mark.FREE if fits(at, taken, channel.rhythm, channel.time_zone) else Mark.SHUT
            slot = coming_round(picky, at, channel.time_zone)
            yield at, Place(mark=mark, minute=_minute(at, place), slot=slot)


def _minute(at: datetime, place: ZoneInfo) -> int:
    local = at.astimezone(place)
    return local.hour * 60 + local.minute


def quiet_on(day: date, rhythm: Rhythm) -> tuple[tuple[int, int], ...]:
    """The quiet minutes of a day, from and to: rising, none touching another."""
    found: list[tuple[int, int]] = []
    for quiet in rhythm.quiet:
        across = quiet.end <= quiet.start
        if day.weekday() in quiet.weekdays:
            found.append((quiet.start, DAY if across else quiet.end))
        if across and quiet.end and (day - timedelta(days=1)).weekday() in quiet.weekdays:
            found.append((0, quiet.end))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def pages(columns: int) -> int:
    """How many pages so many channels take; there is always one."""
    return max(1, -(-columns // ABREAST))


def page(columns: Sequence[Column], number: int) -> tuple[Column, ...]:
    """The channels of a page (from 0), with as many lines as fit on it; the rest of a day is counted.

    Headlines have two lines if that leaves room for all, else one; then the fullest days are cut.
    """
    shown = columns[number * ABREAST : (number + 1) * ABREAST]
    wide = [_with_lines(each, len(shown), 2) for each in shown]
    if sum(_heights(wide)) <= UNITS:
        return tuple(wide)
    narrow = [_with_lines(each, len(shown), 1) for each in shown]
    heights = _heights(narrow)
    most = max(n for n in range(LEAST, UNITS + 1) if sum(min(n, height) for height in heights) <= UNITS)
    return tuple(
        Column(channel=each.channel, days=tuple(_cut(day, most) for day in each.days)) for each in narrow
    )


def _heights(columns: Sequence[Column]) -> list[int]:
    """Units of each day: those of its fullest channel, and a few where there is nothing."""
    return [max([LEAST, *(each.days[number].units for each in columns)]) for number in range(DAYS)]


def _with_lines(column: Column, abreast: int, headline_lines: int) -> Column:
    days = tuple(
        Day(places=day.places, quiet=day.quiet, lines=tuple(_lines(day, abreast, headline_lines)))
        for day in column.days
    )
    return Column(channel=column.channel, days=days)


def _lines(day: Day, abreast: int, headline_lines: int) -> Iterable[Line]:
    for in_a_row, group in groupby(day.places, key=lambda place: place.mark in SLOTS and not place.slot):
        places = list(group)
        if in_a_row:
            for start in range(0, len(places), HOURS[abreast]):
                yield Line(places=tuple(places[start : start + HOURS[abreast]]))
        else:
            for place in places:
                yield Line(places=(place,), units=_units(place.headline, LETTERS[abreast], headline_lines))


def _units(headline: str, letters: int, most: int) -> int:
    """A word that is wider than its line can't be broken, so such a headline is cut on its first."""
    longest = max(map(len, headline.split()), default=0)
    return most if letters < len(headline) and longest <= letters else 1


def _cut(day: Day, most: int) -> Day:
    """Leave out free slots first, then the day's last posts."""
    if day.units <= most:
        return day
    lines = list(day.lines)
    while lines and sum(line.units for line in lines) + 1 > most:
        free = [number for number, line in enumerate(lines) if line.places[0].mark in SLOTS]
        del lines[free[-1] if free else -1]
    shown = sum(len(line.places) for line in lines)
    return Day(places=day.places, quiet=day.quiet, lines=tuple(lines), more=len(day.places) - shown)


def plain(text: str, longest: int = _LONGEST) -> str:
    """One line that a typeface can show: no pictures, no controls of direction, no towers of accents."""
    text = unicodedata.normalize("NFC", text[: 8 * longest])
    shown = text if _PLAIN.fullmatch(text) else _without_pictures(text)
    line = " ".join(shown.split()).strip(_ZWNJ)
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _without_pictures(text: str) -> str:
    kept: list[str] = []
    accents = 0
    for letter in text:
        kind = unicodedata.category(letter)
        accents = accents + 1 if kind[0] == "M" else 0
        if letter == _ZWNJ or (kind[0] in "LMNP" and accents < 3) or kind in {"Sm", "Sc"}:
            kept.append(letter)
        elif kind[0] == "Z" or kind in {"Cc", "So"}:
            kept.append(" ")
    return "".join(kept)
