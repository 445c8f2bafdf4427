"""What those hear who don't work here, and groups that are not the desk's. Knows no story."""

from typing import Any

from telegram import Bot

from bot.desk import audience
from bot.errors import NotStaff, SendError
from bot.line import calls
from bot.line.sieve import Kind, is_id
from bot.news.model import Message, Role
from bot.words import words
from handlers.phrases import explained
from handlers.talk import House, Talk
from storage import Db


def turned_away(person_id: int, *, house: House) -> str:
    """What stands in the box over a button that a stranger has pressed."""
    return explained(NotStaff(), words(house.language), zone=house.time_zone, person_id=person_id)


def asks(payload: dict[str, Any]) -> bool:
    """Whether Telegram has to be asked what a group is: it may be where a channel of ours is talked about."""
    told = payload.get("door")
    return isinstance(told, dict) and told["kind"] == Kind.OTHER_GROUP


async def looked_up(bot: Bot, told: dict[str, Any]) -> dict[str, Any]:
    """Which channel the group belongs to, as Telegram says (`ChatFullInfo.linked_chat_id`)."""
    try:
        chat = await calls.call(bot, "getChat", {"chat_id": told["chat"]})
    except SendError:  # then it is a group like any other
        return {}
    linked = chat.get("linked_chat_id") if isinstance(chat, dict) else None
    return {"linked": linked} if is_id(linked) else {}


async def answer(db: Db, told: dict[str, Any], house: House) -> None:
    """Answer what `bot.line.doors` has kept of something that was said in a group, or has become of one."""
    chat_id, number = told["chat"], told["number"]
    match told["kind"]:
        case Kind.OTHER_GROUP:
            if "linked" in told and await db.channels.get(told["linked"]):
                await db.numbers.discussed(chat_id, told["linked"])  # its comments are counted
            else:
                await _leave(db, chat_id, house)
        case Kind.UNNAMED:
            await _ask_for_name(db, chat_id, number, house)
        case Kind.MOVED:
            await _tell_of_move(db, chat_id, number)


async def show_out(talk: Talk) -> None:
    """A member of staff has given a command where others read along: say where the answer is."""
    if talk.house.leaves and talk.place not in await talk.db.numbers.discussions():
        await _leave(talk.db, talk.place, talk.house)
        return
    text = talk.words("I answer in our private chat. If nothing comes there, open it and press Start.")
    await _say(talk.db, talk.place, text, talk.topic)


async def _leave(db: Db, chat_id: int, house: House) -> None:
    """Say why, once, and go."""
    say = words(house.language)
    text = say(
        "I am a newsroom's own bot and stay only in the groups of its desk, so I leave. If this is one of "
        "them, its owner writes {id} into groups, under [desk] in my settings, and adds me again.",
        id=str(chat_id),
    )
    await _say(db, chat_id, text, None)
    await db.notices.add(chat_id, "leaveChat", {"chat_id": chat_id})


async def _ask_for_name(db: Db, chat_id: int, thread: int | None, house: House) -> None:
    say = words(house.language)
    text = say(
        "I can't see who you are: you write as the group, or as a channel. Write as yourself, or to me in "
        "private."
    )
    await _say(db, chat_id, text, thread)


async def _tell_of_move(db: Db, chat_id: int, before: int) -> None:
    """A group has got another id, as one does that becomes a supergroup: only the settings can name it."""
    for owner in await audience.holders(db, {Role.OWNER}):
        say = words(owner.language)
        text = say(
            "The desk's group has another id now: {new} instead of {old}. Write it into groups, under [desk] "
            "in my settings, or I leave the group after the next start.",
            new=str(chat_id),
            old=str(before),
        )
        await _say(db, owner.id, text, None)


async def _say(db: Db, chat_id: int, text: str, thread: int | None) -> None:
    method, params = calls.message_call(chat_id, Message(text=text))
    if thread is not None:
        params = {**params, "message_thread_id": thread}
    await db.notices.add(chat_id, method, params)
