"""Every button that stands in any chat, pressed in a transaction that is undone: what it would do now. Knows no story."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import select

from bot.aside import aside
from bot.errors import MonadiError
from bot.simulator.world import World
from handlers import route
from storage import Db, schema, schema_people, schema_review, schema_talk
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
    moved: bool = True  # whether a row of the newsroom is another one now
    shown: Any = None  # text and buttons of the message as they were

    @property
    def said(self) -> str:
        """What stands in the box over the button; empty where there is none."""
        return next(
            (params.get("text", "") for method, params in self.done if method.startswith("answer")), ""
        )

    @property
    def idle(self) -> bool:
        """Whether nothing came of it: nothing is changed, opened, sent or said."""
        others = [params for method, params in self.done if not method.startswith("answer")]
        again = [one for one in others if (_told(one), one.get("reply_markup")) == self.shown]
        return self.refused is None and not self.moved and not self.said and len(others) == len(again)

    @property
    def boxed(self) -> bool:
        return any(params.get("show_alert") for method, params in self.done if method.startswith("answer"))


def _told(params: dict[str, Any]) -> str:
    return str(params.get("text") or params.get("caption") or params.get("rich_message") or "")


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
    rows: list[Any] = []
    refused = None
    try:
        await aside(partial(_tried, house, payload, done, rows))
    except _UndoneError:
        pass
    except MonadiError as error:
        refused = error
    name = house.world.chats[message["chat"]["id"]]
    text = _told(message)
    return Pressed(
        chat=str(name.title or name.first_name),
        message=text,
        label=one["text"],
        data=one["callback_data"],
        refused=refused,
        done=tuple(done),
        moved=rows[:1] != rows[1:2],
        shown=(text, message.get("reply_markup")),
    )


_ROWS = (
    *(schema.articles, schema.posts, schema.channels, schema.slots, schema.changes, schema.confirmations),
    *(schema_talk.audit, schema_talk.questions, schema_talk.briefs, schema_talk.proposals),
    *(schema_talk.staff_roles, schema_review.claims, schema_review.guides, schema_people.invitations),
)


async def _rows(db: Db) -> list[Any]:
    """All that a press may change, and which page of a card is open."""
    connection = db.notices._connection
    cards = schema_talk.cards
    opened = (await connection.execute(select(cards.c.id, cards.c.view).where(cards.c.id > 0))).all()
    first = {
        table: next(iter(table.primary_key)) for table in _ROWS
    }  # looked up by it: a guard forbids scans
    return [
        opened,
        *[(await connection.execute(select(t).where(key > -(2**62)))).all() for t, key in first.items()],
    ]


async def _tried(
    house: House, payload: dict[str, Any], done: list[tuple[str, dict[str, Any]]], seen: list[Any]
) -> None:
    shared = house.newsroom.house
    ours = house.newsroom
    facts = await route.facts(ours.bot, ours.storage, payload, clock=ours.clock, house=shared)
    async with ours.storage.begin() as db:
        seen[:] = [await _rows(db)]
        await route.route(db, payload, facts, house.world.clock.now(), house=shared)
        waiting = select(notices.c.method, notices.c.params).where(
            notices.c.state == "pending", notices.c.chat_id.in_(list(house.world.chats))
        )
        rows = await db.notices._connection.execute(waiting)
        seen.append(await _rows(db))
        done[:] = [(row.method, row.params) for row in rows]
        raise _UndoneError
