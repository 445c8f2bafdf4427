"""`/slots`: when a channel posts, as a page with the coming week; its weekly slots come and go here."""

import re
from datetime import datetime
from functools import partial
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.desk import places
from bot.desk.timetable import Changed, Timetable, revision
from bot.errors import Contradiction, TypedTimeError
from bot.line.calls import Keyboard
from bot.news.model import Channel, Message
from bot.news.plans import slots
from bot.news.times import calendar, typed_slots
from bot.news.times.typed_slots import MAX_SLOTS
from bot.words import N_, Words
from handlers import which_channel
from handlers.phrases import CONTRADICTIONS, OFTEN, SLOT_EXAMPLES, unread
from handlers.plan import lateness
from handlers.story import copy
from handlers.story.editing import LONGEST_ANSWER
from handlers.talk import Talk, button, titled

_LABEL = 60
"""Letters of a button."""
MAX_LINES = 60
"""Lines of one answer; a person types fewer."""
HOURS_SHOWN = 8
"""Slots of a day that the preview names one by one."""
_LONGEST = 3_600
_BRIEF = 700
"""Characters about a channel where several are told of in one message."""
_KIND_EXAMPLES = N_("A slot only for some stories: fri 10:00, category: sport · sat 8:00, urgency 2")
_STANDS = {False: N_("{time} (taken)"), None: N_("{time} (closed)")}
"""What is free has no mark; the quiet hours, the spacing or a limit leave no room for what is closed."""
_CALENDAR = re.compile(r"VCALENDAR|VEVENT|DTSTART|\d{4}[/.-]\d{1,2}[/.-]\d{1,2}|\t.*\t", re.IGNORECASE)


async def command(talk: Talk, words: str) -> None:
    """`/slots`, `/slots @name`, `/slots [@name] sat-wed 8:00,12:30`."""
    channels: tuple[Channel, ...] = ()
    if words.startswith("@"):
        name, *rest = words.split(maxsplit=1)
        words = "".join(rest)
        channels = await which_channel.named(talk, "slots", name)
        if not channels:
            return
    elif words.strip() and (the_one := await which_channel.only(talk, "slots")):
        channels = (the_one,)
    if words.strip() and len(channels) == 1:
        if len(words) > LONGEST_ANSWER:  # an app may have cut it: the rest is no story
            await copy.swallow(talk)
        await _add(talk, channels[0], words)
        return
    for one in channels:
        await _tell(talk, one)
    if not channels:
        await which_channel.each(talk, "slots", partial(_tell, talk), partial(_brief, talk))


async def _tell(talk: Talk, one: Channel) -> None:
    await talk.reply(*await board(talk, one))


async def _brief(talk: Talk, one: Channel) -> str:
    """A channel's slots among those of others."""
    say = talk.words
    lines = [slots.show(one.slots, say.language) if one.slots else say("There are none yet.")]
    lines += [*quiet_lines(one, say), *spread_lines(one, say)]
    return _cut("\n".join(lines), _BRIEF)


async def board(
    talk: Talk, shown: Channel, undo: int | None = None, *, redoes: bool = False
) -> tuple[Message, Keyboard]:
    """All that is decided about a channel's times, with the coming week."""
    say = talk.words
    title = say("The weekly slots of {channel}", channel=shown.title)
    parts = [
        slots.show(shown.slots, say.language) if shown.slots else say("There are none yet."),
        "\n".join([*quiet_lines(shown, say), *spread_lines(shown, say), _zone_line(talk, shown)]),
        lateness.rule(shown, say),
    ]
    if preview := await _preview(talk, shown):
        parts.append("\n".join([say("The coming week; free where nothing else is said:"), *preview]))
    rows: Keyboard = [[button(say("➕ Add"), "channels.new_slots", shown.id)]]
    if shown.slots:
        rows[0].append(button(say("🕰 Each slot"), "channels.each_slot", shown.id))
    rows.append(
        [
            button(say("🌙 Quiet hours"), "channels.quiet", shown.id),
            button(say("↔️ Spacing and limits"), "channels.spread", shown.id),
        ]
    )
    rows.append([button(say("🌍 Time zone"), "channels.zone", shown.id)])
    rows.append([button(say("⏱ When posts are late"), "plan.lateness", shown.id)])
    return titled(title, _cut("\n\n".join(parts))), [*rows, *undo_row(undo, say, redoes=redoes)]


def undo_row(entry_id: int | None, say: Words, *, redoes: bool = False) -> Keyboard:
    text = say("↷ Redo") if redoes else say("↶ Undo")
    return [[button(text, "channels.undo_timetable", entry_id)]] if entry_id is not None else []


def quiet_lines(shown: Channel, say: Words) -> list[str]:
    """The quiet hours, one a line."""
    return [
        say("🌙 Quiet: {hours}", hours=slots.show_quiet(quiet, say.language)) for quiet in shown.rhythm.quiet
    ]


def spread_lines(shown: Channel, say: Words) -> list[str]:
    """The spacing and the limits, where there are any."""
    rhythm = shown.rhythm
    lines = []
    if rhythm.spacing:
        lines.append(say("↔️ At least {minutes} minutes between two posts", minutes=rhythm.spacing))
    if rhythm.per_hour is not None:
        lines.append(say("↔️ At most {count} {count:post|posts} an hour", count=rhythm.per_hour))
    if rhythm.per_day is not None:
        lines.append(say("↔️ At most {count} {count:post|posts} a day", count=rhythm.per_day))
    return lines


def _zone_line(talk: Talk, shown: Channel) -> str:
    hour = calendar.show_hour(talk.now, shown.time_zone, talk.words.language)
    zone = talk.words(OFTEN.get(shown.time_zone, shown.time_zone))
    return talk.words("🌍 Time zone: {zone}; it is {hour} there", zone=zone, hour=hour)


async def _preview(talk: Talk, shown: Channel) -> list[str]:
    """A line for each day of the coming week that has slots: which are free, taken, closed."""
    place, say = ZoneInfo(shown.time_zone), talk.words
    coming = await places.week(talk.db, shown, talk.now)
    lines = []
    for day, group in groupby(coming, key=lambda slot: slot[0].astimezone(place).date()):
        found = list(group)
        if len(found) > HOURS_SHOWN:
            free = sum(1 for _, is_free in found if is_free)
            told = say("{free} free, {taken} not", free=free, taken=len(found) - free)
        else:
            told = say(", ").join(_hour(at, shown, say, is_free=is_free) for at, is_free in found)
        lines.append(f"{calendar.show_day(day, say.language)}: {told}")
    return lines


def _hour(at: datetime, shown: Channel, say: Words, *, is_free: bool | None) -> str:
    time = calendar.show_hour(at, shown.time_zone, say.language)
    return time if is_free else say(_STANDS[is_free], time=time)


def _cut(text: str, most: int = _LONGEST) -> str:
    """Telegram takes 4,096 characters of one message."""
    return text if len(text) <= most else text[:most].rsplit("\n", 1)[0] + "\n…"


async def ask(talk: Talk, channel_id: int) -> None:
    """Ask for slots in a sentence; the next message is the answer."""
    asked = await talk.schedule.channel(channel_id)
    question = talk.words("When should {channel} post each week?", channel=asked.title)
    examples = f"{talk.words(SLOT_EXAMPLES)}\n{talk.words(_KIND_EXAMPLES)}"
    await talk.ask("slots", f"{question}\n{examples}", channel=asked.id)


async def answered(talk: Talk, about: dict[str, int]) -> None:
    """The answer to `ask`; one that can't be taken leaves the question open."""
    if await _add(talk, await talk.schedule.channel(about["channel"]), talk.text):
        await talk.close_question()


async def _add(talk: Talk, where: Channel, text: str) -> bool:
    if problem := too_much(text, talk.words):
        await talk.reply(problem)
        return False
    try:
        wanted = typed_slots.wanted(text)
    except TypedTimeError as error:
        otherwise = N_("I could not read “{text}” as weekly slots.")
        problem = unread(error, talk.words, where.time_zone, otherwise)
        await talk.reply("\n".join([problem, talk.words(SLOT_EXAMPLES), talk.words(_KIND_EXAMPLES)]))
        return False
    new = wanted.slots
    try:
        changed = new and await Timetable(schedule=talk.schedule).add_slots(where.id, new)
    except Contradiction as error:
        await talk.reply(understood(slots.show(new, talk.words.language), error, talk.words))
        return False
    if changed:
        where = changed.channel
        await talk.reply(*await board(talk, where, changed.entry_id))
    if wanted.closed:
        await _ask_to_close(talk, where, wanted.closed)
    return True


async def _ask_to_close(talk: Talk, where: Channel, closed: frozenset[int]) -> None:
    """«جمعه‌ها تعطیل»: those days' slots go once somebody has seen which they are."""
    say = talk.words
    going = [slot for slot in where.slots if slot.weekday in closed]
    days = slots.show_days(closed, say.language)
    if not going:
        await talk.reply(say("{channel} has no slots then: {days}", channel=where.title, days=days))
        return
    bits = sum(1 << day for day in closed)
    title = say("Remove these slots of {channel}?", channel=where.title)
    rows = [
        [button(say("✖️ Remove"), "channels.close_days", where.id, bits, revision(where))],
        [button(say("‹ Back"), "slots", where.id)],
    ]
    await talk.reply(titled(title, _cut(slots.show(going, say.language))), rows)


def too_much(text: str, say: Words) -> str | None:
    """What to say to a pasted calendar, or to hundreds of lines; None where it is neither."""
    lines = [line for line in text.splitlines() if line.strip()]
    if _CALENDAR.search(text):
        told = say("That looks like a calendar with dates. Here I need what is the same every week.")
    elif len(lines) > MAX_LINES:
        told = say(
            "That is {count} lines; I take {most} at once, and at most {slots} slots. "
            "Days with the same hours can share a line.",
            count=len(lines),
            most=MAX_LINES,
            slots=MAX_SLOTS,
        )
    elif len(text) > LONGEST_ANSWER:
        told = say(
            "That is {count} characters; I take {most} at once. Each slot needs to be named only once.",
            count=len(text),
            most=LONGEST_ANSWER,
        )
    else:
        return None
    return f"{told}\n{say('Nothing is changed.')}\n\n{say(SLOT_EXAMPLES)}"


def understood(what: str, error: Contradiction, say: Words) -> str:
    """What was understood, why it can't be, and that nothing is changed."""
    why = say(CONTRADICTIONS[error.reason], slots=slots.show(error.slots, say.language))
    return "\n\n".join([say("I understood:\n{what}", what=_cut(what)), why, say("Nothing is changed.")])


def label(text: str) -> str:
    """As much of a text as a button shows."""
    return text if len(text) <= _LABEL else text[: _LABEL - 1] + "…"


async def show(talk: Talk, channel_id: int) -> None:
    await talk.amend(*await board(talk, await talk.schedule.channel(channel_id)))
    await talk.answer()


async def undo(talk: Talk, entry_id: int) -> None:
    """Put a channel's times back as they were before a change."""
    changed = await Timetable(schedule=talk.schedule).undo(entry_id)
    said = N_("It is as it was before.") if changed.took_back else N_("It is done again.")
    await show_changed(talk, changed, talk.words(said))


async def show_changed(talk: Talk, changed: Changed, said: str) -> None:
    """The page after a change, with a way back."""
    await talk.amend(*await board(talk, changed.channel, changed.entry_id, redoes=changed.took_back))
    await talk.answer(said)
