"""New weekly slots by pressing: days, an hour, a minute. Those that are there: `one_slot`.

Nothing of it is stored: each button says which slots it means, and the last one what its presser saw of the
channel's times.
"""

from typing import Any

from bot.desk.timetable import Timetable, revision
from bot.errors import NotFound
from bot.line.calls import Keyboard
from bot.news.model import Channel, Message, Slot
from bot.news.plans import slots
from bot.news.plans.slots import show_days
from bot.news.quiet import DAY
from bot.news.times import calendar
from bot.words import Words
from handlers.channels import one_slot
from handlers.talk import Talk, button, in_reading_order, titled

PRESETS = (frozenset(range(7)), frozenset({5, 6, 0, 1, 2}), frozenset({3, 4}))
"""Every day; Saturday to Wednesday, the working days; Thursday and Friday, the weekend."""
WEEK = (5, 6, 0, 1, 2, 3, 4)
"""Weekdays from Saturday on."""
_HOURS_A_ROW = 6
_HOUR = 60


async def days_below(talk: Talk, channel_id: int) -> None:
    """The page of days as a message of its own: what it was asked for from stays as it is."""
    await talk.reply(*_days(talk, await talk.schedule.channel(channel_id), frozenset()))
    await talk.answer()


async def days(talk: Talk, channel_id: int, bits: int = 0) -> None:
    """The days of new slots: each press adds one, or takes it away."""
    where = await talk.schedule.channel(channel_id)
    await talk.amend(*_days(talk, where, one_slot.weekdays(bits) if bits else frozenset()))
    await talk.answer()


def _days(talk: Talk, where: Channel, chosen: frozenset[int]) -> tuple[Message, Keyboard]:
    say = talk.words
    said = say("On which days? Press them, then go on.")
    if chosen:
        said = f"{say('Chosen: {days}', days=show_days(chosen, say.language))}\n{said}"
    each = [
        button(
            ("✅ " if day in chosen else "") + show_days((day,), say.language),
            "channels.new_slots",
            where.id,
            one_slot.bits(chosen ^ {day}),
        )
        for day in WEEK
    ]
    together = [
        button(show_days(some, say.language), "channels.new_slots", where.id, one_slot.bits(some))
        for some in PRESETS
    ]
    rows: Keyboard = [in_reading_order(row, say) for row in (each[:4], each[4:], together)]
    if chosen:
        rows.append([button(say("🕰 On to the hour"), "channels.slot_hours", where.id, one_slot.bits(chosen))])
    rows.append([button(say("⌨️ In a sentence"), "channels.type_slots", where.id)])
    rows.append([button(say("‹ Back"), "channels.slots", where.id)])
    return titled(_title(where, say), said), rows


async def hours(talk: Talk, channel_id: int, bits: int) -> None:
    """The hours that are not quiet on those days."""
    where, chosen, say = await talk.schedule.channel(channel_id), one_slot.weekdays(bits), talk.words
    open_hours = sorted({minute // _HOUR for minute in slots.awake(chosen, where.rhythm)})
    lines = [show_days(chosen, say.language)]
    lines.append(say("Which hour?") if open_hours else say("All of those days is quiet."))
    if open_hours and len(open_hours) < DAY // _HOUR:
        lines.append(say("Quiet hours are left out."))
    buttons = [
        button(_digits(f"{hour}:…", say), "channels.slot_minutes", where.id, bits, hour)
        for hour in open_hours
    ]
    starts = range(0, len(buttons), _HOURS_A_ROW)
    rows = [in_reading_order(buttons[start : start + _HOURS_A_ROW], say) for start in starts]
    back = [button(say("‹ Back"), "channels.new_slots", where.id, bits)]
    await talk.amend(titled(_title(where, say), "\n".join(lines)), [*rows, back])
    await talk.answer()


async def minutes(talk: Talk, channel_id: int, bits: int, hour: int) -> None:
    """The quarters of an hour; the last press."""
    where = await talk.schedule.channel(channel_id)
    await talk.amend(*_minutes(talk, where, one_slot.weekdays(bits), hour))
    await talk.answer()


def _minutes(talk: Talk, where: Channel, chosen: frozenset[int], hour: int) -> tuple[Message, Keyboard]:
    say, bits = talk.words, one_slot.bits(chosen)
    quarters = [minute for minute in slots.awake(chosen, where.rhythm) if minute // _HOUR == hour]
    if not quarters:
        raise NotFound("button")
    row = [_quarter(where, chosen, minute, say) for minute in quarters]
    there = any("channels.week_slot" in each["callback_data"] for each in row)
    asked = say("Which minute? ✅ is there already.") if there else say("Which minute?")
    lines = [show_days(chosen, say.language), asked]
    back = button(say("‹ Back"), "channels.slot_hours", where.id, bits)
    return titled(_title(where, say), "\n".join(lines)), [in_reading_order(row, say), [back]]


def _quarter(where: Channel, chosen: frozenset[int], minute: int, say: Words) -> dict[str, Any]:
    """A time to add; where it is a slot on all those days, the way to what that takes."""
    key, label = (where.id, one_slot.word(chosen, minute)), one_slot.clock(minute, say)
    there = {slot.weekday for slot in where.slots if slot.minute == minute}
    if chosen <= there:
        return button(f"✅ {label}", "channels.week_slot", *key)
    return button(label, "channels.add_slot", where.id, one_slot.bits(chosen), minute, revision(where))


async def add(talk: Talk, channel_id: int, bits: int, minute: int, was: str) -> None:
    """The slots come into the week; raises Contradiction as a sentence would."""
    where, chosen = await talk.schedule.channel(channel_id), one_slot.weekdays(bits)
    if not 0 <= minute < DAY:
        raise NotFound("button")
    if revision(where) != was:
        await talk.amend(*_minutes(talk, where, chosen, minute // _HOUR))
        await talk.answer(talk.words(one_slot.CHANGED), alert=True)
        return
    new = [Slot(weekday=day, minute=minute) for day in chosen]
    changed = await Timetable(schedule=talk.schedule).add_slots(where.id, new)
    await talk.amend(*await one_slot.page(talk, changed.channel, chosen, minute, changed.entry_id))
    await talk.answer(talk.words("Added."))


def _title(where: Channel, say: Words) -> str:
    return say("New weekly slots of {channel}", channel=where.title)


def _digits(text: str, say: Words) -> str:
    return calendar.persian_digits(text) if say.language == "fa" else text
