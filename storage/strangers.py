"""The table of those who don't work here and were answered lately. Knows not what they were told."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from storage.connection import Connection
from storage.engine import insert_into
from storage.schema_talk import strangers


class Strangers:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def may_hear(self, id: int, now: datetime, after: timedelta) -> bool:
        """Whether the last answer to that person, or in that chat, is so long ago; it counts as given now."""
        asked = insert_into(self._connection, strangers).values(id=id, answered_at=now)
        answered = await self._connection.execute(
            asked.on_conflict_do_update(
                index_elements=[strangers.c.id],
                set_={"answered_at": now},
                where=strangers.c.answered_at <= now - after,
            )
        )
        return answered.rowcount > 0

    async def forget_before(self, moment: datetime) -> None:
        """Forget those who may hear again anyhow, so that the table holds no more than a while's."""
        await self._connection.execute(delete(strangers).where(strangers.c.answered_at <= moment))
