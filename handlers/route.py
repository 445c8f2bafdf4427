"""Which handler an update goes to. Knows the shape of updates and of buttons' data, and no verb."""

import inspect
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from telegram import Bot, Message, MessageEntity, Update, User

from bot.errors import MonadiError, NotFound, NotStaff, StaleCard
from bot.news.model import Staff
from handlers import ANSWERS, COMMANDS, PRESSES, connecting, copy
from handlers.phrases import explained
from handlers.talk import House, Talk
from storage import Db

_BY_NAME = {command.name: command for command in COMMANDS}


async def facts(bot: Bot, payload: dict[str, Any]) -> dict[str, Any]:
    """What has to be asked of Telegram before an update can be handled; outside any transaction.

    Raises:
        ChannelTrouble, SendError: it can't be known.
    """
    message = _update(payload).message
    if message is None or message.from_user is None:
        return {}
    name, rest = _command(message)
    return await connecting.look_up(bot, rest, message.from_user.id) if name == "connect" and rest else {}


async def route(
    db: Db, payload: dict[str, Any], known: dict[str, Any], now: datetime, *, house: House
) -> None:
    """Do what an update asks for, and queue the answers.

    Raises:
        MonadiError: the newsroom's rules say no; `explain` says it to the person.
    """
    talk = await _talk(db, payload, now, house)
    if talk is None:
        return
    talk.facts = known
    update = talk.update
    if update.my_chat_member:
        await connecting.membership(talk, update.my_chat_member)
    elif not talk.who.roles:
        if talk.private:
            raise NotStaff
    elif update.callback_query:
        await _pressed(talk)
        await talk.answer()
    elif update.message:
        await _said(talk)


async def explain(
    db: Db, payload: dict[str, Any], error: MonadiError | None, now: datetime, *, house: House
) -> None:
    """Say why an update was refused: in a box over a pressed button, else as a message."""
    talk = await _talk(db, payload, now, house)
    if talk is None or talk.update.my_chat_member:
        return
    text = explained(error, talk.words, zone=house.time_zone, person_id=talk.who.id)
    if talk.update.callback_query:
        if isinstance(error, StaleCard):
            await _refresh(talk)
        await talk.answer(text, alert=True)
    elif talk.private:
        await talk.reply(text)


async def _refresh(talk: Talk) -> None:
    """Bring the card up to date whose old button was pressed."""
    _, *data = (talk.press.data or "").split(":")
    if data and data[0].isdigit():
        await talk.db.cards.touch(int(data[0]))


def _update(payload: dict[str, Any]) -> Update:
    update = Update.de_json(payload, None)
    assert update is not None  # only None gives None
    return update


async def _talk(db: Db, payload: dict[str, Any], now: datetime, house: House) -> Talk | None:
    update = _update(payload)
    user = update.effective_user
    if user is None or user.is_bot:
        return None
    who = await _met(db, user, now, house)
    return Talk(db=db, house=house, update=update, who=who, now=now)


async def _met(db: Db, user: User, now: datetime, house: House) -> Staff:
    """The member of staff, their name as Telegram has it today; a stranger is not remembered."""
    known = await db.staff.get(user.id)
    if known is None or not known.roles:
        return Staff(id=user.id, name=user.full_name, language=house.language)
    if known.name != user.full_name:
        await db.staff.met(user.id, user.full_name, house.language, now)
        known = await db.staff.get(user.id) or known
    return known


async def _pressed(talk: Talk) -> None:
    """A button: its data names a handler and holds its numbers and words; anything else is a forgery."""
    verb, *data = (talk.press.data or "").split(":")
    do = PRESSES.get(verb)
    values = [
        int(word) if word.lstrip("-").isascii() and word.lstrip("-").isdigit() else word for word in data
    ]
    if do is None or not _fits(do, values):
        raise NotFound("button")
    await do(talk, *values)


def _fits(do: Callable[..., Awaitable[None]], values: list[int | str]) -> bool:
    """Whether the values are what the handler takes: a forged button may hold anything.

    Telegram's ids have at most 52 significant bits (Bot API, `Chat.id`).
    """
    try:
        bound = inspect.signature(do).bind(None, *values)
    except TypeError:
        return False
    kinds = inspect.get_annotations(do)
    return all(
        isinstance(value, int) and abs(value) < 2**52 if kinds.get(name) is int else True
        for name, value in bound.arguments.items()
    )


async def _said(talk: Talk) -> None:
    """A message: a command, the answer to an open question, or copy; in groups only commands are for us."""
    name, rest = _command(talk.message)
    if name is not None:
        command = _BY_NAME.get(name)
        if command is None:
            if talk.private:
                await talk.reply(talk.words("I don't know /{name}. See /help.", name=name[:40]))
            return
        talk.desk.require(command.roles)
        await command.do(talk, rest)
        return
    if not talk.private:
        return
    question = await talk.db.questions.open(talk.chat_id, talk.who.id)
    if question is not None:
        await ANSWERS[question.kind](talk, question.about)
        return
    await copy.incoming(talk)


def _command(message: Message) -> tuple[str | None, str]:
    """The command at a message's start and what follows it; (None, "") where there is none."""
    first = message.entities[0] if message.entities else None
    if first is None or first.type != MessageEntity.BOT_COMMAND or first.offset:
        return None, ""
    text = message.text or ""
    name = text[1 : first.length].partition("@")[0].lower()
    return name, text[first.length :].strip()
