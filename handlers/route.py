"""Which handler an update goes to. Knows the shape of updates and of buttons' data, and no verb."""

import inspect
import re
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from itertools import zip_longest
from typing import Any

from telegram import Bot, Message, MessageEntity, Update, User

from bot.clock import Clock
from bot.desk.stories import SCHEDULERS
from bot.errors import DeskError, MonadiError, NotFound, NotStaff, StaleCard
from bot.line.sieve import UnreadableUpdate
from bot.news.model import Staff
from bot.news.posts import for_staff
from bot.news.talk import Question
from handlers import (
    ANSWERS,
    COMMANDS,
    LOOKS,
    PRESSES,
    door,
    doubtful,
    former_words,
    menu_call,
    questions,
    replying,
    text_file,
)
from handlers.archive import around
from handlers.archive import asking as searches
from handlers.channels import connecting
from handlers.people import guide, strangers
from handlers.phrases import explained
from handlers.posts import by_hand
from handlers.story import comments, copy, editing, edits
from handlers.talk import House, Talk
from storage import Db, Storage

_NUMBER = re.compile(r"-?[0-9]{1,20}", re.ASCII)
_BY_NAME = {command.name: command for command in COMMANDS}


def asks(payload: dict[str, Any]) -> bool:
    """Whether Telegram may have to be asked before an update can be handled: a channel, a text file."""
    if door.asks(payload) or text_file.asks(payload) or searches.asked(payload) or around.asked(payload):
        return True
    message = payload.get("message")
    text = message.get("text") if isinstance(message, dict) else None
    return isinstance(text, str) and text[:1] == "/" and "connect" in text[:20].lower()


async def facts(
    bot: Bot, storage: Storage, payload: dict[str, Any], *, clock: Clock, house: House
) -> dict[str, Any]:
    """What has to be known before an update can be handled; outside any transaction if it `asks`.

    Raises:
        ChannelTrouble, SendError: it can't be known.
    """
    known: dict[str, Any] = {"username": bot.username}
    if not asks(payload):
        return known
    if wish := around.asked(payload):
        return known | {"around": await around.found(storage, wish, await clock())}
    if found := await searches.found(storage, payload, await clock(), house.time_zone):
        return known | {"search": found}
    if text_file.asks(payload):
        return known | await text_file.fetched(bot, storage, payload)
    if door.asks(payload):
        return known | await door.looked_up(bot, payload["door"])
    return known | await _to_connect(bot, storage, payload)


async def _to_connect(bot: Bot, storage: Storage, payload: dict[str, Any]) -> dict[str, Any]:
    """What Telegram says of a channel that somebody connects."""
    known: dict[str, Any] = {}
    message = _update(payload).message
    if message is None or message.from_user is None:
        return known
    name, rest = _command(message, bot.username)
    if name == "connect" and rest:
        async with storage.begin() as db:
            asking = await db.staff.get(message.from_user.id)
        if asking and asking.roles & SCHEDULERS:  # nobody else makes us ask
            known |= await connecting.look_up(bot, rest, asking.id)
    return known


async def route(
    db: Db, payload: dict[str, Any], known: dict[str, Any], now: datetime, *, house: House
) -> None:
    """Do what an update asks for, and queue the answers.

    Raises:
        MonadiError: the newsroom's rules say no; `explain` says it to the person.
    """
    if _is_nobodys(payload):
        answer = door.answer(db, payload["door"] | known, house) if "door" in payload else None
        await (answer or by_hand.edited(db, payload, now))
        return
    talk = await _talk(db, payload, now, house)
    if talk is None:
        return
    talk.facts = known
    update = talk.update
    if update.my_chat_member:
        await connecting.membership(talk, update.my_chat_member)
    elif not talk.who.roles:
        if talk.private:
            await strangers.at_the_door(talk)
        elif talk.update.callback_query:  # their role has ended since they pressed
            raise NotStaff
    else:
        await _served(talk)
    await guide.goes_on(talk)
    for person in talk.menus:
        await talk.db.notices.add(person.id, *menu_call(person))


def _is_nobodys(payload: dict[str, Any]) -> bool:
    """Whether it is of nobody who works here, and would be answered: at the door, or edited in a channel."""
    return "door" in payload or "edited_channel_post" in payload


async def _served(talk: Talk) -> None:
    """What one of the staff pressed or said."""
    if talk.update.callback_query:
        await _pressed(talk)
        await talk.answer()
    elif talk.update.message:
        await _said(talk)
    elif talk.update.edited_message:
        await _edited(talk)


async def explain(
    db: Db, payload: dict[str, Any], error: MonadiError | None, now: datetime, *, house: House
) -> None:
    """Say why an update was refused: in a box over a pressed button, else as a message."""
    if _is_nobodys(payload):
        return
    talk = await _talk(db, payload, now, house)
    if talk is None or talk.update.my_chat_member:
        return
    text = explained(error, talk.words, zone=house.time_zone, person_id=talk.who.id)
    if talk.update.callback_query:
        if isinstance(error, StaleCard):
            await _refresh(talk)
        await talk.answer(text, alert=True)
    elif talk.who.roles or talk.private:
        if talk.private and isinstance(error, DeskError) and not _is_command(talk.message):
            await talk.close_question()  # asking on would only hear the same again
        await talk.reply(text)


async def sorry(db: Db, person_id: int, now: datetime, *, house: House) -> None:
    """Say to a member of staff that something of theirs met a fault; nobody else is told."""
    who = await db.staff.get(person_id)
    if who is not None and who.roles:
        talk = Talk(db=db, house=house, update=Update(update_id=0), who=who, now=now)
        await talk.reply(explained(None, talk.words, zone=house.time_zone, person_id=person_id))


async def _refresh(talk: Talk) -> None:
    """Bring the card up to date whose old button was pressed."""
    _, *data = (talk.press.data or "").split(":")
    if data and data[0].isdigit():
        await talk.db.cards.touch(int(data[0]))


def _update(payload: dict[str, Any]) -> Update:
    """What Telegram has sent.

    Raises:
        UnreadableUpdate: python-telegram-bot can make nothing of it, or `bot.line.doors` could not.
    """
    if "odd" in payload:
        raise UnreadableUpdate(payload["odd"])
    try:
        update = Update.de_json(payload, None)
    except Exception as error:
        raise UnreadableUpdate(type(error).__name__) from error
    assert update is not None  # only None gives None
    if not all(isinstance(each, str | None) for each in _words_of(update)):
        raise UnreadableUpdate("words that are none")
    if update.my_chat_member and not update.my_chat_member.new_chat_member.status:
        raise UnreadableUpdate("a member without a standing")
    return update


def _words_of(update: Update) -> Iterator[object]:
    """What is taken for words by all that reads an update; python-telegram-bot looks at none of it."""
    message, press, user = (
        update.message or update.edited_message,
        update.callback_query,
        update.effective_user,
    )
    if update.my_chat_member is not None:
        yield update.my_chat_member.new_chat_member.status
    if message is not None:
        yield from (message.text, message.caption, message.media_group_id)
    if press is not None:
        yield press.data
    if user is not None:
        yield from (user.first_name, user.last_name, user.username, user.language_code)


async def _talk(db: Db, payload: dict[str, Any], now: datetime, house: House) -> Talk | None:
    update = _update(payload)
    user = update.effective_user
    if user is None or user.is_bot:
        return None
    who = await _met(db, user, now, house)
    return Talk(db=db, house=house, update=update, who=who, now=now)


async def _met(db: Db, user: User, now: datetime, house: House) -> Staff:
    """The member of staff, named as here or else as in Telegram today; a stranger is not remembered."""
    known = await db.staff.get(user.id)
    name = house.names.get(user.id) or for_staff.name(user.full_name or "") or str(user.id)
    if known is None or not known.roles:
        return Staff(id=user.id, name=name, language=house.language)
    if known.name != name:
        await db.staff.met(user.id, name, house.language, now)
        known = await db.staff.get(user.id) or known
    return known


async def _pressed(talk: Talk) -> None:
    """A button: its data names a handler and holds its numbers and words; anything else is a forgery."""
    verb, *data = (talk.press.data or "").split(":")
    do = PRESSES.get(former_words.current(verb))
    values = None if do is None else _read(do, data)
    if do is None or values is None:
        raise NotFound("button")
    question = await talk.open_question()
    await do(talk, *values)
    if question is not None and former_words.current(verb) not in LOOKS:
        await _lapse(talk, question)


async def _lapse(talk: Talk, question: Question) -> None:
    """Whoever does something else has left the question, if it is still the open one."""
    still = await talk.open_question()
    if still is not None and still.about["key"] == question.about["key"]:
        await talk.lapse_question(still)


def _read(do: Callable[..., Awaitable[None]], data: list[str]) -> list[int | str] | None:
    """The values as the handler takes them, None if they are not: a forged button may hold anything."""
    signature = inspect.signature(do)
    try:
        signature.bind(None, *data)
    except TypeError:
        return None
    kinds = inspect.get_annotations(do)
    names = [name for name in signature.parameters if name != "talk"]
    values = [_value(word, kinds.get(name)) for name, word in zip_longest(names[: len(data)], data)]
    return None if None in values else [value for value in values if value is not None]


def _value(word: str, kind: object) -> int | str | None:
    """A word of a button as a number or a text; None where it can't be what is asked for.

    Telegram's ids have at most 52 significant bits (Bot API, `Chat.id`).
    """
    number = int(word) if kind is not str and _NUMBER.fullmatch(word) else None
    if kind is int:
        return number if number is not None and abs(number) < 2**52 else None
    return word if number is None else number


async def _said(talk: Talk) -> None:
    """A message: a command, the answer to a question, or copy; in groups commands and replies to us."""
    name, rest = _command(talk.message, talk.facts["username"])
    if name == "start" and rest and talk.private and await strangers.let_in_if_invited(talk):
        return
    if name is not None:
        await _commanded(talk, name, rest)
    elif talk.private and not (
        await copy.is_swallowed(talk) or await copy.is_of_album(talk) or await doubtful.goes_on(talk)
    ):
        await _told(talk)
    elif not talk.private:
        await comments.in_group(talk)


async def _edited(talk: Talk) -> None:
    """A message that was written before, as it is now; what is typed as a command is none afterwards."""
    if not talk.private:
        return
    if _is_command(talk.message):
        await talk.reply(talk.words("An edited command is not carried out; send it as a new message."))
    elif not await doubtful.is_changed(talk):
        await edits.edited(talk)


async def _told(talk: Talk) -> None:
    """What is neither a command nor the rest of something: an answer, a word to a colleague, or copy."""
    question = await talk.open_question()
    replied = await questions.replied_to(talk, question)
    if replied is False:
        await questions.closed(talk, question)
    elif await questions.is_small_talk(talk, question) or await replying.to_card(talk, question):
        return
    elif question is None:
        await copy.incoming(talk)
    elif refused := str(talk.facts.get("text_file_refused") or ""):
        await talk.reply(talk.words(refused))
    elif len(talk.text) > editing.LONGEST_ANSWER and not talk.text_file:
        await questions.too_long(talk, question)
    elif not await questions.is_doubtful(talk, question, meant=bool(replied)):
        await ANSWERS[question.kind](talk, question.about)


async def _commanded(talk: Talk, name: str, rest: str) -> None:
    command = _BY_NAME.get(name)
    if talk.abroad:
        await door.show_out(talk)
    if command is None:
        if talk.private:
            await talk.reply(talk.words("I don't know /{name}. See /help.", name=name[:40]))
        return
    talk.desk.require(command.roles)
    if name != "cancel" and (question := await talk.open_question()):
        await talk.lapse_question(question)
    await command.do(talk, rest)


def _is_command(message: Message) -> bool:
    """Whether its sender has typed a command: what is passed on, or made by another bot, is copy."""
    first = message.entities[0] if message.entities else None
    if first is None or first.type != MessageEntity.BOT_COMMAND or first.offset:
        return False
    return message.forward_origin is None and message.via_bot is None


def _command(message: Message, username: str) -> tuple[str | None, str]:
    """The command at a message's start and what follows it; (None, "") where there is none for us."""
    if not _is_command(message):
        return None, ""
    text, first = message.text or "", message.entities[0]
    name, _, meant = text[1 : first.length].partition("@")
    if meant and meant.lower() != username.lower():
        return None, ""
    return name.lower(), text[first.length :].strip()
