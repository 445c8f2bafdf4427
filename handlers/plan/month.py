"""A month to choose a time from by pressing: first the day, then a free slot or an hour, then its quarter.

Nothing of it is stored: each button says for what the time is, and what its presser saw of that.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from bot.desk import places
from bot.errors import FarTime, NotFound, PastTime
from bot.line.calls import Keyboard
from bot.news.model import Message
from bot.news.plans import month
from bot.news.plans.month import Calendar, Month, Room
from bot.news.plans.rhythm import Taken
from bot.news.times import calendar, holidays
from bot.words import N_, Words
from handlers.plan import queue, scheduling
from handlers.plan.scheduling import echo, moment
from handlers.talk import Talk, button, in_reading_order, titled
from handlers.wanted import Wanted, find, minute_of

_PLACE = re.compile(r"([jg])(\d{1,7})(?:\.(\d{1,2}))?", re.ASCII)
_WHY_NOT = {
    Room.PAST: N_("That day is over."),
    Room.FAR: N_("That is more than a year ahead."),
}
_NO_DAY = "·"
FULL, HOLIDAY = "✗", "•"
_LINES = 6
"""Holidays of a month that are named."""
_GAP = "\u2800"
"""An empty braille cell: Telegram trims spaces, and refuses a button without text."""
_HOURS_A_ROW, _SLOTS_A_ROW = 6, 4


async def below(talk: Talk, word: str) -> None:
    """The month as a message of its own, so that the card stays as it is."""
    wanted = await _wanted(talk, word)
    if wanted is not None:
        await talk.reply(*await _board(talk, wanted, _this_month(talk, wanted)))
        await talk.answer()


async def show(talk: Talk, word: str, place: str = "") -> None:
    """A month in the message whose button was pressed: the one of `place`, or this one."""
    wanted = await _wanted(talk, word)
    if wanted is not None:
        shown = _month_at(talk, wanted, place) if place else _this_month(talk, wanted)
        await talk.amend(*await _board(talk, wanted, shown))
        await talk.answer()


async def no_day(talk: Talk, why: str = "") -> None:
    """A press on what is no day to choose: a head, a gap, one that is over or too far."""
    await talk.answer(talk.words(_WHY_NOT[Room(why)]) if why in set(_WHY_NOT) else "")


async def day(talk: Talk, word: str, place: str) -> None:
    """A day's free slots and hours."""
    wanted = await _wanted(talk, word)
    if wanted is None:
        return
    chosen, kind, _ = _day_at(talk, wanted, place)
    say, taken = talk.words, await _taken(talk, wanted)
    slots = [
        button(f"🕰 {_clock(at, wanted, say)}", "plan.month_at", wanted.word, minute_of(at))
        for at in month.free_slots(chosen, wanted.channel, taken, talk.now)
    ]
    hours = [
        button(_digits(f"{hour}:…", say), "plan.month_hour", wanted.word, f"{place}.{hour}")
        for hour in month.hours(chosen, wanted.channel, talk.now)
    ]
    rows = _rows(slots, _SLOTS_A_ROW, say) + _rows(hours, _HOURS_A_ROW, say)
    text = say("🕰 is a free slot; a number is an hour.") if slots else say("Which hour?")
    if not rows:
        text = say("Nothing is left of that day: its hours are over or quiet.")
    rows.append([button(say("‹ Back"), "plan.month", wanted.word, _month_code(month.month_of(chosen, kind)))])
    lines = [month.both(chosen, say.language)]
    if names := holidays.names(chosen, await talk.db.holidays.all()):
        called = say(" and ").join(holidays.called(name, say.language) for name in names)
        lines.append(say("{sign} A public holiday: {name}", sign=HOLIDAY, name=called))
    await talk.amend(titled(wanted.headline, "\n".join([*lines, text])), rows)
    await talk.answer()


async def hour(talk: Talk, word: str, place: str) -> None:
    """The quarters of an hour."""
    wanted = await _wanted(talk, word)
    if wanted is None:
        return
    chosen, kind, number = _day_at(talk, wanted, place)
    say = talk.words
    times = month.quarters(chosen, number, wanted.channel, talk.now) if number < 24 else ()
    row = [button(_clock(at, wanted, say), "plan.month_at", wanted.word, minute_of(at)) for at in times]
    back = button(say("‹ Back"), "plan.month_day", wanted.word, f"{kind}{chosen.toordinal()}")
    text = say("Which minute?") if row else say("Nothing is left of that hour: it is over or quiet.")
    message = titled(wanted.headline, f"{month.both(chosen, say.language)}\n{text}")
    await talk.amend(message, [*_rows(row, len(month.QUARTERS), say), [back]])
    await talk.answer()


async def at(talk: Talk, word: str, minute: int) -> None:
    """The chosen time: the story goes into the queue, or the post moves."""
    wanted = await _wanted(talk, word)
    if wanted is None:
        return
    due_at = moment(minute)
    if due_at > talk.now + month.FURTHEST:
        raise FarTime("", due_at)
    if wanted.post is not None:
        await queue.move_at(talk, wanted.post.id, minute)
        return
    await talk.amend(titled(wanted.headline, echo(talk, due_at, wanted.channel)))
    key = (wanted.article.id, wanted.article.version, wanted.channel.id)
    await scheduling.at(talk, *key, minute)


async def leave(talk: Talk, word: str) -> None:
    """Back from the month to the story's card, open where a time is chosen."""
    wanted = await find(talk, word)
    await talk.amend(titled(wanted.headline, talk.words("No time was chosen.")))
    await talk.show_card(wanted.article.id, f"plan:{wanted.channel.id}", anew=True)
    await talk.answer()


async def _wanted(talk: Talk, word: str) -> Wanted | None:
    """What a button's word means today; None where the post was moved since, and that is said and shown."""
    wanted = await find(talk, word)
    if wanted.moved and wanted.post is not None:
        await queue.redraw(talk, wanted.post)
        return None
    return wanted


async def _taken(talk: Talk, wanted: Wanted) -> Taken:
    return await places.taken(talk.db, wanted.channel, talk.now, wanted.post)


async def _board(talk: Talk, wanted: Wanted, shown: Month) -> tuple[Message, Keyboard]:
    say = talk.words
    rooms = month.rooms(shown, wanted.channel, await _taken(talk, wanted), talk.now)
    today = talk.now.astimezone(wanted.place).date()
    off = holidays.of_days(
        [day for day in shown.days if rooms[day] not in _WHY_NOT], await talk.db.holidays.all()
    )
    closed = any(room in _WHY_NOT for room in rooms.values())
    lines = [
        say("When should it be in {channel}?", channel=wanted.channel.title),
        say("[ ] today · ✗ no slot left · • public holiday") if off else say("[ ] today · ✗ no slot left"),
        *([say("“{sign}”: over, or more than a year ahead", sign=_NO_DAY)] if closed else []),
        *_named(off, shown, say),
    ]
    rows = [_leaves(talk, wanted, shown)]
    rows.append([button(head, "plan.no_day") for head in month.weekdays_short(say.language)])
    texts = {
        day: _day_text(
            month.number_of(day, shown.calendar),
            say,
            full=room is Room.FULL,
            off=day in off,
            today=day == today,
        )
        for day, room in rooms.items()
    }
    rows += [[_day_button(each, shown, rooms, texts, wanted) for each in week] for week in shown.weeks]
    rows = [in_reading_order(row, say) for row in rows]
    other = shown.calendar.other
    switch = say("🔁 Gregorian") if other is Calendar.GREGORIAN else say("🔁 Jalali")
    middle = max(shown.days[14], today)
    to = min(month.month_of(middle, other), _reach(talk, wanted, other)[1])
    rows.append([button(switch, "plan.month", wanted.word, _month_code(to))])
    back = ("plan.post", wanted.post.id) if wanted.post is not None else ("plan.no_month", wanted.word)
    rows.append([button(say("‹ Back"), *back)])
    return titled(wanted.headline, "\n".join(lines)), rows


def _leaves(talk: Talk, wanted: Wanted, shown: Month) -> list[dict[str, Any]]:
    """The month's name between the ways to the one before and the one after."""
    say, (first, last) = talk.words, _reach(talk, wanted, shown.calendar)
    back, on = shown.shifted(-1), shown.shifted(1)
    name = button(month.title(shown, say.language), "plan.no_day")
    before = button(say("‹ earlier"), "plan.month", wanted.word, _month_code(back))
    after = button(say("later ›"), "plan.month", wanted.word, _month_code(on))
    return [*([before] if back >= first else []), name, *([after] if on <= last else [])]


def _named(off: Mapping[date, tuple[str, ...]], shown: Month, say: Words) -> list[str]:
    """The month's holidays by name, those that last several days once."""
    days: dict[tuple[str, ...], list[str]] = {}
    for day, found in off.items():
        names = tuple(holidays.called(name, say.language) for name in found)
        days.setdefault(names, []).append(_digits(str(month.number_of(day, shown.calendar)), say))
    of_month = month.title(shown, say.language).split()[0]
    return [
        f"{HOLIDAY} {say(', ').join(numbers)} {of_month}{say(': ')}{say(' and ').join(names)}"
        for names, numbers in list(days.items())[:_LINES]
    ]


def _day_button(
    each: date | None, shown: Month, rooms: dict[date, Room], texts: dict[date, str], wanted: Wanted
) -> dict[str, Any]:
    if each is None:
        return button(_GAP, "plan.no_day")
    if rooms[each] in _WHY_NOT:
        return button(_NO_DAY, "plan.no_day", rooms[each])
    return button(texts[each], "plan.month_day", wanted.word, f"{shown.calendar}{each.toordinal()}")


def _day_text(number: int, say: Words, *, full: bool, off: bool, today: bool) -> str:
    text = f"{HOLIDAY if off else ''}{_digits(str(number), say)}{FULL if full else ''}"
    return f"[{text}]" if today else text


def _this_month(talk: Talk, wanted: Wanted) -> Month:
    """The month of the post's own time if that is ahead, else today's; Jalali for readers of Persian."""
    kind = Calendar.JALALI if talk.words.language == "fa" else Calendar.GREGORIAN
    start = max(wanted.post.due_at, talk.now) if wanted.post else talk.now
    return min(month.month_of(start.astimezone(wanted.place).date(), kind), _reach(talk, wanted, kind)[1])


def _reach(talk: Talk, wanted: Wanted, kind: Calendar) -> tuple[Month, Month]:
    """The first and the last month that have a day to choose."""
    today = talk.now.astimezone(wanted.place).date()
    return month.month_of(today, kind), month.month_of(month.furthest(talk.now, wanted.channel).date(), kind)


def _month_at(talk: Talk, wanted: Wanted, place: str) -> Month:
    """The month that a button holds; one that is over by now gives way to this one.

    Raises:
        NotFound: no button of ours holds that.
    """
    found = _PLACE.fullmatch(str(place))
    if found is None or found[3]:
        raise NotFound("button")
    year, number = divmod(int(found[2]), 12)
    shown = Month(calendar=Calendar(found[1]), year=year, number=number + 1)
    first, last = _reach(talk, wanted, shown.calendar)
    if shown > last:
        raise NotFound("button")
    return max(shown, first)


def _day_at(talk: Talk, wanted: Wanted, place: str) -> tuple[date, Calendar, int]:
    """The day that a button holds, its calendar, and the hour if it has one.

    Raises:
        NotFound: no button of ours holds that.
        PastTime, FarTime: it is over, or more than a year ahead.
    """
    found = _PLACE.fullmatch(str(place))
    if found is None or not 1 <= int(found[2]) < date.max.toordinal():
        raise NotFound("button")
    chosen = date.fromordinal(int(found[2]))
    noon = datetime.combine(chosen, datetime.min.time().replace(hour=12), tzinfo=wanted.place)
    if chosen < talk.now.astimezone(wanted.place).date():
        raise PastTime("", noon)
    if chosen > month.furthest(talk.now, wanted.channel).date():
        raise FarTime("", noon)
    return chosen, Calendar(found[1]), int(found[3] or 0)


def _month_code(shown: Month) -> str:
    return f"{shown.calendar}{shown.year * 12 + shown.number - 1}"


def _rows(buttons: Iterable[dict[str, Any]], wide: int, say: Words) -> Keyboard:
    """Rows of the same width, read in the language's direction."""
    every = list(buttons)
    return [in_reading_order(every[start : start + wide], say) for start in range(0, len(every), wide)]


def _clock(at: datetime, wanted: Wanted, say: Words) -> str:
    return calendar.show_hour(at, wanted.channel.time_zone, say.language)


def _digits(text: str, say: Words) -> str:
    return calendar.persian_digits(text) if say.language == "fa" else text
