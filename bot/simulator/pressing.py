"""People press buttons, real and forged, and wait for the bot to answer; knows no other way to talk to it."""

import asyncio
from typing import Any

from bot.simulator.chats import Chat, Json
from bot.simulator.copied import copied
from bot.simulator.places import known
from bot.simulator.refusal import NotPossible
from bot.simulator.world import Query, World

WAIT = 4.8  # real seconds for the bot to answer; a client that gives up after 5 still hears
_FIRST_QUERY = 5_880_000_000_000_000_000


async def press(
    world: World,
    chat_id: int | str,
    message_id: int,
    presser: int,
    *,
    label: str | None = None,
    data: str | None = None,
) -> Json | None:
    """Presses a button, by its label or its data; data that stands on no button is a forged press.

    Answers the callback's text and show_alert, or None if the bot does not answer in time.

    Raises:
        NotPossible: no such message or button, one that opens something, or somebody else's chat.
    """
    chat = known(world, chat_id)
    message = _message(chat, message_id, presser)
    world.meet(presser)
    if data is None:
        data = _data_of(message, label or "")
    query = Query(answer=asyncio.get_running_loop().create_future())
    query_id = str(_FIRST_QUERY + world.number())
    world.queries[query_id] = query
    head = {"id": query_id, "from": world.user(presser), "message": copied(message)}
    world.updates.queue("callback_query", {**head, "chat_instance": str(abs(chat.id)), "data": data})
    done, _ = await asyncio.wait({query.answer}, timeout=WAIT)
    return query.answer.result() if done else None


def buttons(message: Json) -> list[Json]:
    """All buttons of a message, those inside a rich text too."""
    found: list[Json] = []
    _collect({name: message.get(name) for name in ("reply_markup", "rich_message")}, found)
    return found


def _message(chat: Chat, message_id: int, presser: int) -> Json:
    if chat.is_private and chat.id != presser:
        raise NotPossible("that is somebody else's private chat", 403)
    if message_id not in chat.messages:
        raise NotPossible("no such message", 404)
    return chat.messages[message_id].message


def _data_of(message: Json, label: str) -> str:
    named = [button for button in buttons(message) if button["text"] == label]
    if not named:
        raise NotPossible(f"no button {label!r} on that message", 404)
    if "callback_data" not in named[0]:
        raise NotPossible(f"the button {label!r} opens something, it does not tell the bot")
    data: str = named[0]["callback_data"]
    return data


def _collect(value: Any, found: list[Json]) -> None:
    if isinstance(value, dict):
        if (
            isinstance(value.get("text"), str)
            and {"callback_data", "url"} & value.keys()
            and "type" not in value
        ):
            found.append(value)
        for item in value.values():
            _collect(item, found)
    elif isinstance(value, list):
        for item in value:
            _collect(item, found)
