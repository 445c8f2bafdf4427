"""`/holidays`: the public holidays that planners are warned of; the owner adds and strikes them."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.desk.stories import APPROVERS, SCHEDULERS
from bot.errors import NoSuchTime, NotATime, NotFound
from bot.line.calls import Keyboard
from bot.news.model import Message, Role
from bot.news.times import holidays
from bot.words import N_
from handlers.talk import Talk, button, titled

_AHEAD = 365
"""Days that the list looks ahead."""
_SHOWN = 60
MAX_ENTRIES = 300
_EXAMPLE = N_("For example: 5 Tir 1405 Ashura; without a year it is every year's.")


async def command(talk: Talk, rest: str) -> None:
    """`/holidays`, or `/holidays ۵ تیر ۱۴۰۵ عاشورا`."""
    talk.desk.require(SCHEDULERS | APPROVERS)
    if rest:
        await _add(talk, rest)
    else:
        await talk.reply(*await _list(talk))


async def _list(talk: Talk) -> tuple[Message, Keyboard]:
    """The holidays of the coming year, each with a way to strike it for the owner."""
    say, extra, today = talk.words, await talk.db.holidays.all(), _today(talk)
    lines, rows = [], []
    for days in range(_AHEAD):
        day = today + timedelta(days=days)
        for name in holidays.names(day, extra):
            called = holidays.called(name, say.language)
            lines.append(f"{holidays.show(day.isoformat(), say.language)}{say(': ')}{called}")
            key = day.isoformat() if extra.get(day.isoformat()) == name else holidays.yearly(day)
            rows.append(
                [button(f"✖️ {holidays.show(key, say.language)} · {called}"[:60], "channels.no_holiday", key)]
            )
    notes = [say("Holidays of the lunar year are not computed: the owner adds them.")]
    owner = talk.desk.may({Role.OWNER})
    struck = [key for key, name in extra.items() if name is None]
    if owner:
        rows = rows[:_SHOWN] + [
            [
                button(
                    say("↶ Again a holiday: {day}", day=holidays.show(key, say.language)),
                    "channels.holiday",
                    key,
                )
            ]
            for key in struck[:10]
        ]
        rows.append([button(say("➕ Add a holiday"), "channels.add_holiday")])
    text = "\n".join([*lines[:_SHOWN], "", *notes])
    return titled(say("Public holidays in the coming year"), text), rows if owner else []


def _today(talk: Talk) -> Any:
    return talk.now.astimezone(ZoneInfo(talk.house.time_zone)).date()


async def ask(talk: Talk) -> None:
    """A press on "add": ask for day and name."""
    talk.desk.require({Role.OWNER})
    question = talk.words("Send the day and its name.")
    await talk.ask("holiday", f"{question}\n{talk.words(_EXAMPLE)}")


async def answered(talk: Talk, about: dict[str, Any]) -> None:
    """The answer to `ask`; one that can't be read leaves the question open."""
    del about
    if await _add(talk, talk.text):
        await talk.close_question()


async def _add(talk: Talk, text: str) -> bool:
    talk.desk.require({Role.OWNER})
    say = talk.words
    try:
        key, name = holidays.read(text)
    except NoSuchTime:
        await talk.reply(f"{say('There is no such day.')}\n{say(_EXAMPLE)}")
        return False
    except NotATime:
        await talk.reply(f"{say('I could not read that as a day and a name.')}\n{say(_EXAMPLE)}")
        return False
    if len(name) > holidays.MAX_NAME or len(await talk.db.holidays.all()) >= MAX_ENTRIES:
        await talk.reply(say("That is too long for a name, or there are too many holidays."))
        return False
    await talk.db.holidays.put(key, name, by=talk.who.id, now=talk.now)
    await talk.desk.log("holiday", day=key, name=name)
    await talk.db.cards.touch_planned()
    await talk.reply(say("Added: {day} — {name}", day=holidays.show(key, say.language), name=name))
    return True


async def strike(talk: Talk, key: str) -> None:
    """Take a holiday away: the owner's own entry, or a built-in one of every year."""
    talk.desk.require({Role.OWNER})
    key, extra = str(key), await talk.db.holidays.all()
    if key not in extra and key not in holidays.FIXED:
        raise NotFound("button")
    if key in holidays.FIXED:
        await talk.db.holidays.put(key, None, by=talk.who.id, now=talk.now)
    else:
        await talk.db.holidays.forget(key)
    await _changed(talk, key, None)


async def bring_back(talk: Talk, key: str) -> None:
    """A struck holiday is one again."""
    talk.desk.require({Role.OWNER})
    if not await talk.db.holidays.forget(str(key)):
        raise NotFound("button")
    await _changed(talk, str(key), holidays.FIXED.get(str(key)))


async def _changed(talk: Talk, key: str, name: str | None) -> None:
    await talk.desk.log("holiday", day=key, name=name)
    await talk.db.cards.touch_planned()
    await talk.amend(*await _list(talk))
    await talk.answer(talk.words("That is how it is from now on."))
