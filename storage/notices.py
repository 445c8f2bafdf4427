"""The table of Bot API calls that wait to go out to the staff. Knows no method's meaning."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, bindparam, case, delete, func, insert, or_, select, update

from bot.news.talk import Notice, NoticeState
from storage.columns import LIMIT, NOW
from storage.connection import Connection
from storage.schema_talk import notices, staff_roles

_WAITS: Final = notices.c.state == NoticeState.PENDING
_NOTICE: Final = select(
    notices.c.id,
    notices.c.chat_id,
    notices.c.method,
    notices.c.params,
    notices.c.not_before,
    notices.c.tries,
).order_by(notices.c.id)
_STAFF_FIRST: Final = case((notices.c.chat_id.in_(select(staff_roles.c.person_id)), 0), else_=1)
_NEXT: Final = (
    _NOTICE.where(
        notices.c.id.in_(select(func.min(notices.c.id)).where(_WAITS).group_by(notices.c.chat_id)),
        or_(notices.c.not_before.is_(None), notices.c.not_before <= NOW),
    )
    .order_by(None)
    .order_by(_STAFF_FIRST, notices.c.id)
    .limit(LIMIT)
)
_ADD: Final = insert(notices).returning(notices.c.id)
_ONE: Final = notices.c.id == bindparam("which")
_DONE: Final = delete(notices).where(_ONE)
_SET: Final = update(notices).where(_ONE)


class Notices:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, chat_id: int, method: str, params: dict[str, Any]) -> int:
        """Returns the notice's id."""
        added = await self._connection.execute(
            _ADD, {"chat_id": chat_id, "method": method, "params": params, "state": NoticeState.PENDING}
        )
        id: int = added.scalar_one()
        return id

    async def next_of_chats(self, now: datetime, limit: int = 100) -> tuple[Notice, ...]:
        """The first that waits in each chat, if it may go now: staff's first, of each the longest waiting."""
        return await self._read(_NEXT, now=now, limit=limit)

    async def unsaid(self, chat_id: int) -> tuple[Notice, ...]:
        """What still waits to be said in a chat, whatever it waits for."""
        return await self._read(_NOTICE.where(_WAITS, notices.c.chat_id == chat_id))

    async def _read(self, query: Select[Any], **asked: Any) -> tuple[Notice, ...]:
        rows = await self._connection.execute(query, asked)
        return tuple(Notice(**row) for row in rows.mappings())

    async def done(self, id: int) -> None:
        """Forgets it: what was said stands in the chat."""
        await self._connection.execute(_DONE, {"which": id})

    async def dropped(self, id: int, why: str) -> None:
        await self._set(id, state=NoticeState.DROPPED, why=why)

    async def forget_dropped(self, keep: int, limit: int) -> int:
        """Drop some that could not be said, but none of the newest `keep`. Returns how many."""
        dropped = select(notices.c.id).where(notices.c.state == NoticeState.DROPPED)
        newest = select(func.max(notices.c.id) - keep).scalar_subquery()
        old = dropped.where(notices.c.id <= newest).order_by(notices.c.id).limit(limit)
        forgotten = await self._connection.execute(delete(notices).where(notices.c.id.in_(old)))
        return forgotten.rowcount

    async def dropped_for(self, chat_id: int) -> int:
        """How many of a chat could not be delivered, for good."""
        return (
            await self._connection.scalar(
                select(func.count())
                .select_from(notices)
                .where(notices.c.state == NoticeState.DROPPED, notices.c.chat_id == chat_id)
            )
            or 0
        )

    async def dropped_by_chat(self) -> dict[int, int]:
        """The same of each chat that has any."""
        rows = await self._connection.execute(
            select(notices.c.chat_id, func.count())
            .where(notices.c.state == NoticeState.DROPPED)
            .group_by(notices.c.chat_id)
        )
        return {row[0]: row[1] for row in rows}

    async def stumbled(self, id: int, until: datetime) -> None:
        """Telegram had trouble with it: once more then."""
        once_more = update(notices).where(notices.c.id == id)
        await self._connection.execute(once_more.values(not_before=until, tries=notices.c.tries + 1))

    async def postpone(self, id: int, until: datetime) -> None:
        await self._set(id, not_before=until)

    async def _set(self, id: int, **values: Any) -> None:
        await self._connection.execute(_SET, {"which": id, **values})
