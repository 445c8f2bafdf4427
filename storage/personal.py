"""What is kept of one person, in all the tables that know people by their id. Knows no right.

Stories, posts and the record name who did what by a number and keep it: they are what the newsroom has done.
What is a person's own (a name, a language, what they wrote to the bot) can go.
"""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import BindParameter, ColumnElement, Table, bindparam, delete, select, update

from bot.news.talk import NoticeState
from storage.connection import Connection
from storage.schema import articles
from storage.schema_board import board_keys
from storage.schema_errands import errands
from storage.schema_people import invitations, knocks, staff_channels
from storage.schema_talk import (
    assistant_asks,
    cards,
    notices,
    pastes,
    prompts,
    questions,
    staff,
    staff_roles,
    strangers,
)

_WHO: Final[BindParameter[int]] = bindparam("who")
_OWN: Final[dict[Table, tuple[ColumnElement[bool], ...]]] = {
    staff_roles: (staff_roles.c.person_id == _WHO,),
    staff_channels: (staff_channels.c.person_id == _WHO,),
    knocks: (knocks.c.person_id == _WHO,),
    strangers: (strangers.c.id == _WHO,),
    pastes: (pastes.c.person_id == _WHO,),
    errands: (errands.c.person_id == _WHO,),
    questions: (questions.c.chat_id == _WHO,),  # a private chat has its person's id
    prompts: (prompts.c.chat_id == _WHO,),
    cards: (cards.c.chat_id == _WHO,),
    notices: (notices.c.chat_id == _WHO, notices.c.state.in_(tuple(NoticeState))),
    board_keys: (board_keys.c.person_id == _WHO,),
    assistant_asks: (assistant_asks.c.person_id == _WHO,),
}
"""What is a person's own, and nobody else's."""


class Personal:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def of(self, person_id: int) -> dict[str, list[dict[str, Any]]]:
        """All that is kept of a person, by table.

        Their stories are told without the text; their entries in the record are `storage.audit`'s.
        """
        asked = {table: select(table).where(*whose) for table, whose in _OWN.items()}
        asked |= {staff: select(staff).where(staff.c.id == _WHO)}
        asked |= {articles: select(articles).where(articles.c.reporter_id == _WHO)}
        found = {}
        for table, query in asked.items():
            rows = await self._connection.execute(query, {"who": person_id})
            found[table.name] = [dict(row) for row in rows.mappings()]
        return {name: rows for name, rows in found.items() if rows}

    async def forget(self, person_id: int, now: datetime) -> dict[str, int]:
        """Drop what is their own: rows that went, by table. Who they were stays a number without a name."""
        username = await self._connection.scalar(
            select(knocks.c.username).where(knocks.c.person_id == person_id)
        )
        gone = {}
        if username is not None:
            invited = await self._connection.execute(
                delete(invitations).where(invitations.c.username == username)
            )
            gone[invitations.name] = invited.rowcount
        for table, whose in _OWN.items():
            dropped = await self._connection.execute(delete(table).where(*whose), {"who": person_id})
            gone[table.name] = dropped.rowcount
        named = await self._connection.execute(
            update(staff).where(staff.c.id == person_id).values(name="", met_at=None, decided_at=now)
        )
        gone[staff.name] = named.rowcount
        return {name: count for name, count in gone.items() if count}
