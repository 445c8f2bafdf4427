"""How long Telegram has asked us to wait, by chat; a restart does not forget it. Knows no pace."""

from datetime import datetime
from typing import Final

from sqlalchemy import case, delete, select

from storage.columns import NOW
from storage.connection import Connection
from storage.engine import insert_into
from storage.schema import pauses

EVERYWHERE: Final = 0
"""Stands for the whole bot where a chat's id would."""


_LASTING: Final = select(pauses).where(pauses.c.until > NOW)


class Pauses:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def put(self, chat_id: int, until: datetime) -> None:
        """Nothing goes to that chat before `until`; a longer wait that is known stays."""
        adding = insert_into(self._connection, pauses).values(chat_id=chat_id, until=until)
        longer = case((pauses.c.until > until, pauses.c.until), else_=until)
        await self._connection.execute(
            adding.on_conflict_do_update(index_elements=[pauses.c.chat_id], set_={"until": longer})
        )

    async def since(self, now: datetime) -> dict[int, datetime]:
        """Those that last beyond `now`."""
        rows = await self._connection.execute(_LASTING, {"now": now})
        return {row.chat_id: row.until for row in rows}

    async def forget_before(self, now: datetime) -> None:
        """Forget those that are over."""
        await self._connection.execute(delete(pauses).where(pauses.c.until <= now))
