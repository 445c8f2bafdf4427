"""The table of Bot API calls that wait to go out to the staff. Knows no method's meaning."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.news.talk import Notice, NoticeState
from storage.schema_talk import notices


class Notices:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, chat_id: int, method: str, params: dict[str, Any]) -> int:
        """Returns the notice's id."""
        added = await self._connection.execute(
            insert(notices)
            .values(chat_id=chat_id, method=method, params=params, state=NoticeState.PENDING)
            .returning(notices.c.id)
        )
        id: int = added.scalar_one()
        return id

    async def pending(self, now: datetime, limit: int = 100) -> tuple[Notice, ...]:
        """What may go out now, in order: a notice that has to wait holds back the later ones of its chat."""
        earlier = notices.alias("earlier")
        held_back = select(earlier.c.id).where(
            earlier.c.chat_id == notices.c.chat_id,
            earlier.c.id <= notices.c.id,
            earlier.c.state == NoticeState.PENDING,
            earlier.c.not_before > now,
        )
        rows = await self._connection.execute(
            select(notices.c.id, notices.c.chat_id, notices.c.method, notices.c.params, notices.c.not_before)
            .where(notices.c.state == NoticeState.PENDING, ~held_back.exists())
            .order_by(notices.c.id)
            .limit(limit)
        )
        return tuple(Notice(**row) for row in rows.mappings())

    async def unsaid(self, chat_id: int) -> tuple[Notice, ...]:
        """What still waits to be said in a chat, whatever it waits for."""
        rows = await self._connection.execute(
            select(notices.c.id, notices.c.chat_id, notices.c.method, notices.c.params, notices.c.not_before)
            .where(notices.c.chat_id == chat_id, notices.c.state == NoticeState.PENDING)
            .order_by(notices.c.id)
        )
        return tuple(Notice(**row) for row in rows.mappings())

    async def done(self, id: int) -> None:
        """Forgets it: what was said stands in the chat."""
        await self._connection.execute(delete(notices).where(notices.c.id == id))

    async def dropped(self, id: int, why: str) -> None:
        await self._set(id, state=NoticeState.DROPPED, why=why)

    async def postpone(self, id: int, until: datetime) -> None:
        await self._set(id, not_before=until)

    async def _set(self, id: int, **values: Any) -> None:
        await self._connection.execute(update(notices).where(notices.c.id == id).values(**values))
