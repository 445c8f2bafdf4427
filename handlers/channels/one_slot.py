"""A weekly slot, or one hour of several days, on a page of its own: what it takes, and its end.

Buttons name slots by their days and their minute; those that change something say also what their presser saw
of the channel's times, and do nothing where that has changed since.
"""

import re
from collections.abc import Collection, Iterable
from typing import Any
from zlib import crc32

from bot.desk.timetable import Timetable, revision
from bot.errors import NotATime, NotFound
from bot.line.calls import Keyboard
from bot.news.model import Channel, Message, Slot
from bot.news.plans import slots
from bot.news.plans.slots import show_days
from bot.news.times import calendar, typed_kind
from bot.words import N_, Words
from handlers.channels import timetable
from handlers.plan import board
from handlers.talk import Talk, button, in_reading_order, titled

CHANGED = N_("The channel's times have changed since you saw this. Nothing is done; this is how it is now.")
URGENCIES = (1, 2, 3, 4)
"""What a slot may ask for by pressing; 5 is an ordinary story's."""
MOST_CATEGORIES = 12
ANY = "any"
_WORD = re.compile(r"(\d{1,3})\.(\d{1,4})", re.ASCII)


def bits(days: Iterable[int]) -> int:
    """Weekdays as a button holds them."""
    return sum(1 << day for day in days)


def weekdays(bits: int) -> frozenset[int]:
    """Raises NotFound where no button of ours holds that."""
    if not 0 < bits < 1 << 7:
        raise NotFound("button")
    return frozenset(day for day in range(7) if bits >> day & 1)


def word(days: Iterable[int], minute: int) -> str:
    """The slots at one minute of some days as a button holds them."""
    return f"{bits(days)}.{minute}"


def _read(meant: str) -> tuple[frozenset[int], int]:
    """Raises NotFound where no button of ours holds that."""
    found = _WORD.fullmatch(meant)
    if found is None:
        raise NotFound("button")
    return weekdays(int(found[1])), int(found[2])


async def every(talk: Talk, channel_id: int, skip: int = 0) -> None:
    """The channel's slots as buttons: one for each hour and kind, with all its days."""
    await talk.amend(*_every(talk, await talk.schedule.channel(channel_id), max(0, skip)))
    await talk.answer()


def _every(talk: Talk, where: Channel, skip: int = 0, undo: int | None = None) -> tuple[Message, Keyboard]:
    say = talk.words
    groups: dict[tuple[Any, ...], list[Slot]] = {}
    for slot in sorted(where.slots, key=lambda slot: slot.minute):
        groups.setdefault((slot.minute, slot.category, slot.urgency), []).append(slot)
    shown = list(groups.values())[skip : skip + board.SHOWN]
    rows: Keyboard = [
        [
            button(
                timetable.label(slots.show(group, say.language)),
                "channels.week_slot",
                where.id,
                word((slot.weekday for slot in group), group[0].minute),
            )
        ]
        for group in shown
    ]
    rows += board.leaves(say, len(groups), skip, "channels.each_slot", where.id)
    rows += [*timetable.undo_row(undo, say), [button(say("‹ Back"), "channels.slots", where.id)]]
    text = say("Press one to say which stories it takes, or to remove it.")
    title = say("The weekly slots of {channel}", channel=where.title)
    return titled(title, text if groups else say("There are none yet.")), rows


async def show(talk: Talk, channel_id: int, meant: str) -> None:
    """The page of the slots at one minute of some days."""
    where, (days, minute) = await talk.schedule.channel(channel_id), _read(meant)
    if not _there(where, days, minute):
        await _gone(talk, where)
        return
    await talk.amend(*await page(talk, where, days, minute))
    await talk.answer()


async def page(
    talk: Talk, where: Channel, days: frozenset[int], minute: int, undo: int | None = None
) -> tuple[Message, Keyboard]:
    """What those slots take, and all that can be done with them."""
    say, there = talk.words, _there(where, days, minute)
    days = frozenset(slot.weekday for slot in there)
    key = (where.id, word(days, minute), revision(where))
    rows = _other_days(where, days, minute, say)
    rows += await _kinds(talk, where, there, key)
    rows += [
        [button(say("✏️ Another category"), "channels.slot_category", *key)],
        [button(say("✖️ Remove"), "channels.drop_slot", *key)],
        *timetable.undo_row(undo, say),
        [button(say("➕ Another time on these days"), "channels.slot_hours", where.id, bits(days))],
        [
            button(say("‹ All slots"), "channels.each_slot", where.id),
            button(say("✔️ Done"), "channels.slots", where.id),
        ],
    ]
    shown = f"{show_days(days, say.language)}{say(', ')}{clock(minute, say)}"
    lines = [shown, *dict.fromkeys(_takes(slot, say) for slot in there)]
    lines.append(say("Which stories shall it take? ⚡️ is their urgency: 1 is the highest."))
    title = say("Weekly slots of {channel}", channel=where.title)
    return titled(title, "\n".join(lines)), rows


def _takes(slot: Slot, say: Words) -> str:
    kind = slots.show_kind(slot, say.language)
    return say("It takes only some stories: {kind}", kind=kind) if kind else say("It takes any story.")


def _other_days(where: Channel, days: frozenset[int], minute: int, say: Words) -> Keyboard:
    """From several days to each of them, and from one to all that have a slot at that minute."""
    every = frozenset(slot.weekday for slot in where.slots if slot.minute == minute)
    if len(days) > 1:
        each = [
            button(show_days((day,), say.language), "channels.week_slot", where.id, word((day,), minute))
            for day in sorted(days, key=lambda day: (day + 2) % 7)
        ]
        return [in_reading_order(each[start : start + 4], say) for start in range(0, len(each), 4)]
    if len(every) > 1:
        text = say("At that hour: {days}", days=show_days(every, say.language))
        return [[button(text, "channels.week_slot", where.id, word(every, minute))]]
    return []


async def _kinds(talk: Talk, where: Channel, there: Collection[Slot], key: tuple[int, str, str]) -> Keyboard:
    say = talk.words

    def choice(text: str, code: str) -> dict[str, Any]:
        chosen = all(code in _codes(slot) for slot in there)
        return button(f"✅ {text}" if chosen else text, "channels.takes", *key, code)

    named = [choice(timetable.label(name), _code(name)) for name in await _categories(talk, where)]
    urgent = [choice(say("⚡️ up to {number}", number=number), f"u{number}") for number in URGENCIES]
    return [
        [choice(say("Any story"), ANY)],
        *(in_reading_order(named[start : start + 2], say) for start in range(0, len(named), 2)),
        in_reading_order(urgent, say),
    ]


async def _categories(talk: Talk, where: Channel) -> list[str]:
    """Those that its slots ask for, and those that stories have; each once, however it is spelled."""
    known = [slot.category for slot in where.slots if slot.category]
    known += [name for name in await talk.db.articles.categories() if len(name) <= typed_kind.LONGEST]
    return list({slots.folded(name): name for name in reversed(known)}.values())[::-1][:MOST_CATEGORIES]


def _code(category: str) -> str:
    """A category in a button, where its name has no room."""
    return f"c{crc32(slots.folded(category).encode()):x}"


def _codes(slot: Slot) -> set[str]:
    """What a slot asks for, as buttons say it."""
    asked = {_code(slot.category)} if slot.category else set()
    return asked | ({f"u{slot.urgency}"} if slot.urgency is not None else set()) or {ANY}


async def take(talk: Talk, channel_id: int, meant: str, was: str, kind: str) -> None:
    """A press on a kind: the slots take only such stories; on the one they have: any again."""
    where, (days, minute) = await _as_seen(talk, channel_id, meant, was), _read(meant)
    if where is None:
        return
    there = _there(where, days, minute)
    wanted = await _wanted(talk, where, kind)
    if all(kind in _codes(slot) for slot in there):  # they are so: the press takes it back
        wanted = dict.fromkeys(wanted)
    changed = await Timetable(schedule=talk.schedule).set_kind(where.id, _times(days, minute), **wanted)
    await talk.amend(*await page(talk, changed.channel, days, minute, changed.entry_id))
    await talk.answer(talk.words("That is how it is from now on."))


async def _wanted(talk: Talk, where: Channel, kind: str) -> dict[str, str | int | None]:
    """What a button asks of stories; raises NotFound where it is none of ours."""
    if kind == ANY:
        return {"category": None, "urgency": None}
    if kind in {f"u{number}" for number in URGENCIES}:
        return {"urgency": int(kind[1:])}
    named = {_code(name): name for name in await _categories(talk, where)}
    if kind not in named:
        raise NotFound("button")
    return {"category": named[kind]}


async def ask_category(talk: Talk, channel_id: int, meant: str, was: str) -> None:
    """Ask for a category that no story has yet; the next message is the answer."""
    where = await _as_seen(talk, channel_id, meant, was)
    if where is not None:
        question = talk.words("Stories of which category shall it take? For example: sport")
        await talk.ask("slotcategory", question, channel=where.id, slots=meant)


async def category_answered(talk: Talk, about: dict[str, Any]) -> None:
    """The answer to `ask_category`; one that is no name leaves the question open."""
    where, (days, minute) = await talk.schedule.channel(about["channel"]), _read(about["slots"])
    try:
        category = typed_kind.read_category(talk.text)
    except NotATime:
        category = ""
    if not category:
        await talk.reply(talk.words("That is no name of a category: up to 40 characters, no days or hours."))
        return
    await talk.close_question()
    times = _times(days, minute)
    changed = await Timetable(schedule=talk.schedule).set_kind(where.id, times, category=category)
    await talk.reply(*await page(talk, changed.channel, days, minute, changed.entry_id))


async def remove(talk: Talk, channel_id: int, meant: str, was: str) -> None:
    """Those slots go; the page is the list of those that stay."""
    where = await _as_seen(talk, channel_id, meant, was)
    if where is None:
        return
    times = _times(*_read(meant))
    changed = await Timetable(schedule=talk.schedule).remove_slots(where.id, times)
    await talk.amend(*_every(talk, changed.channel, undo=changed.entry_id))
    await talk.answer(talk.words("Removed."))


async def close_days(talk: Talk, channel_id: int, days: int, was: str) -> None:
    """All slots of those weekdays go, if they are as the presser saw them; else that is said and shown."""
    where, closed = await talk.schedule.channel(channel_id), weekdays(days)
    times = {(slot.weekday, slot.minute) for slot in where.slots if slot.weekday in closed}
    if not times or revision(where) != was:
        await _gone(talk, where)
        return
    changed = await Timetable(schedule=talk.schedule).remove_slots(where.id, times)
    await talk.amend(*_every(talk, changed.channel, undo=changed.entry_id))
    await talk.answer(talk.words("Removed."))


async def _as_seen(talk: Talk, channel_id: int, meant: str, was: str) -> Channel | None:
    """The channel, if its times are as the presser saw them; else that is said and shown, and None."""
    where, (days, minute) = await talk.schedule.channel(channel_id), _read(meant)
    if not _there(where, days, minute):
        await _gone(talk, where)
        return None
    if revision(where) != was:
        await talk.amend(*await page(talk, where, days, minute))
        await talk.answer(talk.words(CHANGED), alert=True)
        return None
    return where


async def _gone(talk: Talk, where: Channel) -> None:
    await talk.amend(*_every(talk, where))
    await talk.answer(talk.words(CHANGED), alert=True)


def _there(where: Channel, days: Collection[int], minute: int) -> list[Slot]:
    return [slot for slot in where.slots if slot.weekday in days and slot.minute == minute]


def _times(days: Iterable[int], minute: int) -> set[tuple[int, int]]:
    return {(day, minute) for day in days}


def clock(minute: int, say: Words) -> str:
    """A minute of a day as it stands on a clock."""
    return calendar.show_minute(minute, say.language)
