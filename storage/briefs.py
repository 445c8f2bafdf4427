"""The table of who wants a daily brief, and when the next one is due. Knows nothing of what is in it."""

from typing import Final

from sqlalchemy import bindparam, delete, select

from bot.news.talk import Brief
from storage.connection import Connection
from storage.engine import insert_into
from storage.schema_talk import briefs

_BRIEF: Final = select(briefs.c.person_id, briefs.c.minute, briefs.c.next_at)
_OF: Final = _BRIEF.where(briefs.c.person_id == bindparam("person"))
_FIRST: Final = _BRIEF.order_by(briefs.c.next_at).limit(1)


class Briefs:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def put(self, brief: Brief) -> None:
        """The person gets theirs at that minute of the day, and the next one then."""
        put = insert_into(self._connection, briefs).values(
            person_id=brief.person_id, minute=brief.minute, next_at=brief.next_at
        )
        again = {"minute": put.excluded.minute, "next_at": put.excluded.next_at}
        await self._connection.execute(put.on_conflict_do_update(index_elements=["person_id"], set_=again))

    async def drop(self, person_id: int) -> None:
        """The person gets none any more."""
        await self._connection.execute(delete(briefs).where(briefs.c.person_id == person_id))

    async def of(self, person_id: int) -> Brief | None:
        row = (await self._connection.execute(_OF, {"person": person_id})).mappings().first()
        return Brief(**row) if row else None

    async def first(self) -> Brief | None:
        """The one that is due first."""
        row = (await self._connection.execute(_FIRST)).mappings().first()
        return Brief(**row) if row else None
