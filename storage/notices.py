"""The table of Bot API calls that wait to go out to the staff. Knows no method's meaning."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.news.talk import Notice, NoticeState
from storage.schema_talk import notices

_WAITS = notices.c.state == NoticeState.PENDING


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

    async def next_of_chats(self, now: datetime, limit: int = 100) -> tuple[Notice, ...]:
        """The first that waits in each chat, if it may go now; the longest waiting first."""
        firsts = select(func.min(notices.c.id)).where(_WAITS).group_by(notices.c.chat_id)
        may_go = or_(notices.c.not_before.is_(None), notices.c.not_before <= now)
        return await self._read(notices.c.id.in_(firsts), may_go, limit=limit)

    async def unsaid(self, chat_id: int) -> tuple[Notice, ...]:
        """What still waits to be said in a chat, whatever it waits for."""
        return await self._read(_WAITS, notices.c.chat_id == chat_id)

    async def _read(self, *where: ColumnElement[bool], limit: int | None = None) -> tuple[Notice, ...]:
        rows = await self._connection.execute(
            select(notices.c.id, notices.c.chat_id, notices.c.method, notices.c.params, notices.c.not_before)
            .where(*where)
            .order_by(notices.c.id)
            .limit(limit)
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
