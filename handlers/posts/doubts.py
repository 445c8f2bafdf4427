"""Offering what a typed time may mean: each reading in both calendars, with its button. Decides nothing."""

from datetime import datetime

from bot.errors import PastTime, TypedTimeError, VagueTime
from bot.news.model import Message
from bot.news.times import calendar
from bot.words import Words
from handlers.phrases import unread
from handlers.talk import Talk, button

_MOST = 6
"""Readings that are offered; more are a list that nobody reads."""


async def offer(talk: Talk, error: TypedTimeError, zone: str, key: int, *data: object) -> None:
    """Ask which reading is meant: a button calls back with `data` and a minute, the last drops the question.

    Raises:
        TypedTimeError: the error itself, where there is nothing to offer.
    """
    readings = error.options[:_MOST]
    if not readings:
        raise error
    say = talk.words
    rows = [
        [button(calendar.show(at, zone, say.language), *data, int(at.timestamp()) // 60)] for at in readings
    ]
    rows.append([button(say("✖️ Never mind"), "cancel", key)])
    lines = [f"• {in_full(at, zone, say)}" for at in readings]
    text = "\n".join([_asked(error, zone, say), *lines])
    await talk.prompt(Message(text=text), rows, key, {"question": ""})


def in_full(at: datetime, zone: str, say: Words) -> str:
    """A time as people check it: in Persian with both calendars, in English by the Gregorian one."""
    return calendar.both(at, zone) if say.language == "fa" else calendar.show(at, zone, say.language)


def _asked(error: TypedTimeError, zone: str, say: Words) -> str:
    """Why it is asked, without the examples: what is possible stands below."""
    match error:
        case VagueTime(reason="", options=(_,)):
            return say("Is this meant by “{text}”?", text=error.text)
        case VagueTime(reason=""):
            return say("“{text}” can be read in more than one way. Which is meant?", text=error.text)
        case PastTime():
            time = calendar.show(error.at, zone, say.language)
            return say("{time} is over. Perhaps you mean:", time=time)
        case _:
            return unread(error, say, zone)
