"""A channel's quiet hours, spacing and limits: shown, asked for, changed by buttons and sentences."""

from collections.abc import Iterable

from bot.desk.timetable import DAILY, HOURLY, SPACINGS, Changed, Timetable
from bot.errors import Contradiction, NotFound, TypedTimeError
from bot.line.calls import Keyboard
from bot.news.model import Channel
from bot.news.plans import slots
from bot.news.quiet import DAY, Quiet
from bot.news.times import typed_quiet
from bot.words import N_, Words
from handlers.channels import timetable
from handlers.channels.one_slot import bits, weekdays
from handlers.phrases import CONTRADICTIONS, unread
from handlers.talk import Talk, button, titled

EXAMPLES = N_("For example: every night 23-7 · fridays 0 to 10 · 23:00-07:00")
MAX_BUTTONS = 30


async def show_quiet(talk: Talk, channel_id: int) -> None:
    await _quiet_page(talk, await talk.schedule.channel(channel_id))
    await talk.answer()


async def _quiet_page(talk: Talk, shown: Channel, undo: int | None = None) -> None:
    say = talk.words
    lines = timetable.quiet_lines(shown, say) or [say("There are none: posts may go out at any hour.")]
    about = say("In quiet hours nothing goes out; what falls into them moves to their end, spaced.")
    rows: Keyboard = [[button(say("➕ Add"), "channels.add_quiet", shown.id)]]
    rows += [
        [
            button(
                "✖️ " + slots.show_quiet(quiet, say.language), "channels.drop_quiet", shown.id, *_packed(quiet)
            )
        ]
        for quiet in shown.rhythm.quiet[:MAX_BUTTONS]
    ]
    rows += [*timetable.undo_row(undo, say), [button(say("‹ Back"), "channels.slots", shown.id)]]
    title = say("The quiet hours of {channel}", channel=shown.title)
    await talk.amend(titled(title, "\n".join([*lines, "", about])), rows)


async def ask_quiet(talk: Talk, channel_id: int) -> None:
    """Ask for quiet hours in a sentence; the next message is the answer."""
    asked = await talk.schedule.channel(channel_id)
    question = talk.words("When shall {channel} be quiet?", channel=asked.title)
    await talk.ask("quiet", f"{question}\n{talk.words(EXAMPLES)}", channel=asked.id)


async def quiet_answered(talk: Talk, about: dict[str, int]) -> None:
    """The answer to `ask_quiet`; one that can't be taken leaves the question open."""
    say = talk.words
    if problem := timetable.too_much(talk.text, say):
        await talk.reply(problem)
        return
    try:
        new = typed_quiet.parse(talk.text)
    except TypedTimeError as error:
        otherwise = N_("I could not read “{text}” as quiet hours: days, from when to when.")
        await talk.reply(f"{unread(error, say, talk.house.time_zone, otherwise)}\n{say(EXAMPLES)}")
        return
    try:
        changed = await Timetable(schedule=talk.schedule).add_quiet(about["channel"], new)
    except Contradiction as error:
        read = "\n".join(slots.show_quiet(quiet, say.language) for quiet in new)
        await talk.reply(timetable.understood(read, error, say), _ways_out(about["channel"], new, error, say))
        return
    await talk.close_question()
    await talk.reply(*await timetable.board(talk, changed.channel, changed.entry_id))


def _ways_out(channel_id: int, new: tuple[Quiet, ...], error: Contradiction, say: Words) -> Keyboard:
    """Where slots are in the way they can go."""
    if error.reason != "resting" or len(new) > 1:
        return []
    text = say("✖️ Quiet, and without these slots")
    return [[button(text, "channels.quiet_cut", channel_id, *_packed(new[0]))]]


async def add_without_slots(talk: Talk, channel_id: int, days: int, start: int, end: int) -> None:
    """The press below "there are slots in them": the slots go, the hours are quiet."""
    quiet = _unpacked(days, start, end)
    changed = await Timetable(schedule=talk.schedule).add_quiet(channel_id, (quiet,), without_slots=True)
    await talk.close_question()
    await timetable.show_changed(talk, changed, talk.words("That is how it is from now on."))


async def remove_quiet(talk: Talk, channel_id: int, days: int, start: int, end: int) -> None:
    changed = await Timetable(schedule=talk.schedule).remove_quiet(channel_id, _unpacked(days, start, end))
    await _quiet_page(talk, changed.channel, changed.entry_id)
    await talk.answer(talk.words("They are not quiet any more."))


def _packed(quiet: Quiet) -> tuple[int, int, int]:
    """Quiet hours as a button holds them: the weekdays as bits."""
    return bits(quiet.weekdays), quiet.start, quiet.end


def _unpacked(days: int, start: int, end: int) -> Quiet:
    """Raises NotFound where no button of ours holds that."""
    if not (0 <= start < DAY and 0 <= end < DAY):
        raise NotFound("button")
    return Quiet(weekdays=weekdays(days), start=start, end=end)


async def show_spread(talk: Talk, channel_id: int) -> None:
    await _spread_page(talk, await talk.schedule.channel(channel_id))
    await talk.answer()


async def _spread_page(talk: Talk, shown: Channel, undo: int | None = None) -> None:
    say, rhythm = talk.words, shown.rhythm
    lines = timetable.spread_lines(shown, say) or [say("Posts may be as near and as many as you like.")]
    about = say("The rows: minutes between two posts; most posts an hour; most posts a day. 0 is no limit.")
    rows = [
        _choices("spacing", shown, SPACINGS, rhythm.spacing, say),
        _choices("hourly", shown, HOURLY, rhythm.per_hour or 0, say),
        _choices("daily", shown, DAILY, rhythm.per_day or 0, say),
        *timetable.undo_row(undo, say),
        [button(say("‹ Back"), "channels.slots", shown.id)],
    ]
    title = say("Spacing and limits of {channel}", channel=shown.title)
    await talk.amend(titled(title, "\n".join([*lines, "", about])), rows)


def _choices(
    verb: str, shown: Channel, choices: Iterable[int], now: int, say: Words
) -> list[dict[str, object]]:
    signs = {"spacing": "↔️", "hourly": "⏱", "daily": "📅"}
    return [
        button(f"{'✅' if one == now else signs[verb]} {say.number(one)}", f"channels.{verb}", shown.id, one)
        for one in choices
    ]


async def set_spacing(talk: Talk, channel_id: int, minutes: int) -> None:
    try:
        changed = await Timetable(schedule=talk.schedule).set_spacing(channel_id, minutes)
    except Contradiction as error:
        shown = slots.show(error.slots, talk.words.language)
        await talk.answer(talk.words(CONTRADICTIONS[error.reason], slots=shown), alert=True)
        return
    await _spread(talk, changed)


async def set_hourly(talk: Talk, channel_id: int, most: int) -> None:
    await _spread(talk, await Timetable(schedule=talk.schedule).set_most(channel_id, hourly=most))


async def set_daily(talk: Talk, channel_id: int, most: int) -> None:
    await _spread(talk, await Timetable(schedule=talk.schedule).set_most(channel_id, daily=most))


async def _spread(talk: Talk, changed: Changed) -> None:
    await _spread_page(talk, changed.channel, changed.entry_id)
    await talk.answer(talk.words("That is how it is from now on."))
