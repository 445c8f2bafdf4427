"""The table of stories that come back every week. Knows no calendar: `bot.news.recurrence` does."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.news.model import PostState, Slot
from bot.news.recurrence import Recurrence
from storage.engine import insert_into
from storage.schema import channels, posts, recurrences

_COMING = (PostState.PENDING, PostState.SENDING, PostState.HELD, PostState.UNCONFIRMED)


class Recurrences:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self,
        *,
        article_id: int,
        channel_id: int,
        times: tuple[Slot, ...],
        until: datetime | None,
        planned_until: datetime,
        by: int,
        now: datetime,
    ) -> Recurrence:
        added = await self._connection.execute(
            insert_into(self._connection, recurrences)
            .values(
                article_id=article_id,
                channel_id=channel_id,
                times=stored_times(times),
                until=until,
                planned_until=planned_until,
                ended=False,
                asked_by=by,
                created_at=now,
                changed_at=now,
            )
            .returning(recurrences)
        )
        return _recurrence(added.one())

    async def get(self, id: int) -> Recurrence | None:
        found = await self._read(recurrences.c.id == id)
        return found[0] if found else None

    async def going(self) -> tuple[Recurrence, ...]:
        """All that have not ended."""
        return await self._read(~recurrences.c.ended)

    async def next_to_plan(self, now: datetime) -> Recurrence | None:
        """One whose next occurrence has no post yet; none of a channel that is away or paused."""
        ahead = exists().where(
            posts.c.channel_id == recurrences.c.channel_id,
            posts.c.due_at > now,
            posts.c.recurrence_id == recurrences.c.id,
            posts.c.state.in_(_COMING),
        )
        writable = select(channels.c.id).where(channels.c.connected, channels.c.paused_at.is_(None))
        found = await self._read(
            ~recurrences.c.ended,
            or_(recurrences.c.planned_until <= now, ~ahead),
            recurrences.c.channel_id.in_(writable),
        )
        return found[0] if found else None

    async def planned(self, id: int, until: datetime, *, frm: datetime, now: datetime) -> bool:
        """Its occurrences are made or skipped up to there; False if somebody was faster."""
        changed = await self._connection.execute(
            update(recurrences)
            .where(recurrences.c.id == id, recurrences.c.planned_until == frm, ~recurrences.c.ended)
            .values(planned_until=until, changed_at=now)
        )
        return changed.rowcount > 0

    async def end(self, id: int, *, now: datetime) -> bool:
        """False if it has ended already."""
        changed = await self._connection.execute(
            update(recurrences)
            .where(recurrences.c.id == id, ~recurrences.c.ended)
            .values(ended=True, changed_at=now)
        )
        return changed.rowcount > 0

    async def go_on(self, id: int, until: datetime | None, *, planned_until: datetime, now: datetime) -> None:
        """Go on, or again, until another day; nothing up to `planned_until` is made any more."""
        await self._connection.execute(
            update(recurrences)
            .where(recurrences.c.id == id)
            .values(ended=False, until=until, planned_until=planned_until, changed_at=now)
        )

    async def next_number(self, article_id: int, channel_id: int) -> int:
        """The occurrence that no post of the article in the channel has had yet."""
        last = await self._connection.scalar(
            select(func.coalesce(func.max(posts.c.occurrence), 0)).where(
                posts.c.article_id == article_id, posts.c.channel_id == channel_id
            )
        )
        return (last or 0) + 1

    async def _read(self, *where: ColumnElement[bool]) -> tuple[Recurrence, ...]:
        rows = await self._connection.execute(select(recurrences).where(*where).order_by(recurrences.c.id))
        return tuple(map(_recurrence, rows))


def _recurrence(row: Row[*tuple[Any, ...]]) -> Recurrence:
    return Recurrence(
        id=row.id,
        article_id=row.article_id,
        channel_id=row.channel_id,
        times=read_times(row.times),
        until=row.until,
        planned_until=row.planned_until,
        ended=row.ended,
        asked_by=row.asked_by,
    )


def stored_times(times: tuple[Slot, ...]) -> list[list[int]]:
    """Weekly times as JSON: [[weekday, minute], …]."""
    return [[time.weekday, time.minute] for time in times]


def read_times(stored: list[list[int]]) -> tuple[Slot, ...]:
    """What `stored_times` wrote."""
    return tuple(Slot(weekday=weekday, minute=minute) for weekday, minute in stored)
