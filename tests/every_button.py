"""Every button that stands in any chat, pressed in a transaction that is undone: what it would do now. Knows no story."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import select

from bot.aside import aside
from bot.errors import MonadiError
from bot.simulator.world import World
from handlers import route
from storage.schema_talk import notices
from tests.newsroom import House


@dataclass(frozen=True)
class Pressed:
    """One button of one message, and what came of it."""

    chat: str
    message: str
    label: str
    data: str
    refused: MonadiError | None
    done: tuple[tuple[str, dict[str, Any]], ...]

    @property
    def said(self) -> str:
        """What stands in the box over the button; empty where there is none."""
        return next(
            (params.get("text", "") for method, params in self.done if method.startswith("answer")), ""
        )

    @property
    def boxed(self) -> bool:
        return any(params.get("show_alert") for method, params in self.done if method.startswith("answer"))


class _UndoneError(Exception):
    """Takes the transaction back."""


async def pressed(house: House) -> list[Pressed]:
    """Each button of each message that still has some, pressed by whose chat it is, or by an editor in a group."""
    found = []
    for chat_id, message in _with_buttons(house.world):
        presser = chat_id if chat_id > 0 else house.editor.id
        rows = message["reply_markup"]["inline_keyboard"]
        theirs = [one for row in rows for one in row if "callback_data" in one]
        found += [await _pressed(house, presser, message, one) for one in theirs]
    return found


def _with_buttons(world: World) -> list[tuple[int, dict[str, Any]]]:
    seen = [(chat.id, message) for chat in world.chats.values() for message in world.seen(chat)]
    return [(id, message) for id, message in seen if message.get("reply_markup", {}).get("inline_keyboard")]


async def _pressed(house: House, presser: int, message: dict[str, Any], one: dict[str, Any]) -> Pressed:
    query = {
        "id": "1",
        "from": house.world.user(presser),
        "message": message,
        "chat_instance": "1",
        "data": one["callback_data"],
    }
    payload = {"update_id": 2**40, "callback_query": query}
    done: list[tuple[str, dict[str, Any]]] = []
    refused = None
    try:
        await aside(partial(_tried, house, payload, done))
    except _UndoneError:
        pass
    except MonadiError as error:
        refused = error
    name = house.world.chats[message["chat"]["id"]]
    text = str(message.get("text") or message.get("caption") or message.get("rich_message") or "")
    return Pressed(
        chat=str(name.title or name.first_name),
        message=text,
        label=one["text"],
        data=one["callback_data"],
        refused=refused,
        done=tuple(done),
    )


async def _tried(house: House, payload: dict[str, Any], done: list[tuple[str, dict[str, Any]]]) -> None:
    shared = house.newsroom.house
    ours = house.newsroom
    facts = await route.facts(ours.bot, ours.storage, payload, clock=ours.clock, house=shared)
    async with ours.storage.begin() as db:
        await route.route(db, payload, facts, house.world.clock.now(), house=shared)
        waiting = select(notices.c.method, notices.c.params).where(
            notices.c.state == "pending", notices.c.chat_id.in_(list(house.world.chats))
        )
        rows = await db.notices._connection.execute(waiting)
        done[:] = [(row.method, row.params) for row in rows]
        raise _UndoneError
