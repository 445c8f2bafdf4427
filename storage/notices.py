"""The table of Bot API calls that wait to go out to the staff. Knows no method's meaning."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Integer, Select, bindparam, case, delete, func, insert, or_, select, update

from bot.news.talk import Notice, NoticeState
from storage.columns import LIMIT, NOW, Moment
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
_PLACE: Final = func.row_number().over(partition_by=notices.c.chat_id, order_by=notices.c.id)
_RANKED: Final = (
    select(notices.c.id, _PLACE.label("place"))
    .where(_WAITS, notices.c.chat_id.in_(_NEXT.with_only_columns(notices.c.chat_id)))
    .subquery()
)
_IN_A_ROW: Final = (
    _NOTICE.join(_RANKED, _RANKED.c.id == notices.c.id)
    .where(_RANKED.c.place <= bindparam("most", type_=Integer))
    .order_by(None)
    .order_by(_STAFF_FIRST, notices.c.id)
)
_NEXT_AT: Final = select(func.min(notices.c.not_before, type_=Moment)).where(
    _WAITS, notices.c.not_before > NOW
)
_ADD: Final = insert(notices).returning(notices.c.id)
_ADD_ALL: Final = insert(notices)
_ONE: Final = notices.c.id == bindparam("which")
_DONE: Final = delete(notices).where(notices.c.id.in_(bindparam("those", expanding=True)))
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

    async def add_all(self, calls: Iterable[tuple[int, str, dict[str, Any]]]) -> None:
        """The same of many, each for its chat, in this order."""
        pending = {"state": NoticeState.PENDING}
        added = [
            {"chat_id": chat, "method": method, "params": params, **pending} for chat, method, params in calls
        ]
        if added:
            await self._connection.execute(_ADD_ALL, added)

    async def in_a_row(self, now: datetime, *, chats: int, most: int) -> tuple[tuple[Notice, ...], ...]:
        """What waits first in each chat, if it may go now, and what waits behind it there, of each so many.

        Of so many chats: staff's first, of each the longest waiting.
        """
        rows: dict[int, list[Notice]] = {}
        for notice in await self._read(_IN_A_ROW, now=now, limit=chats, most=most):
            rows.setdefault(notice.chat_id, []).append(notice)
        return tuple(map(tuple, rows.values()))

    async def next_at(self, now: datetime) -> datetime | None:
        """When the next one may go that waits for its time."""
        moment: datetime | None = await self._connection.scalar(_NEXT_AT, {"now": now})
        return moment

    async def unsaid(self, chat_id: int) -> tuple[Notice, ...]:
        """What still waits to be said in a chat, whatever it waits for."""
        return await self._read(_NOTICE.where(_WAITS, notices.c.chat_id == chat_id))

    async def _read(self, query: Select[Any], **asked: Any) -> tuple[Notice, ...]:
        rows = await self._connection.execute(query, asked)
        return tuple(Notice(**row) for row in rows.mappings())

    async def done(self, *ids: int) -> None:
        """Forgets them: what was said stands in the chat."""
        await self._connection.execute(_DONE, {"those": ids})

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
