"""The table of stories that come back every week. Knows no calendar: `bot.news.plans.recurrence` does."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, bindparam, exists, func, or_, select, update

from bot.news.model import PostState, Slot
from bot.news.plans.recurrence import Recurrence, times_from_json, times_to_json
from storage.columns import NOW
from storage.connection import Connection
from storage.engine import insert_into
from storage.schema import channels, posts, recurrences

_COMING: Final = (PostState.PENDING, PostState.SENDING, PostState.HELD, PostState.UNCONFIRMED)


def _next_to_plan() -> Select[Any]:
    ahead = exists().where(
        posts.c.channel_id == recurrences.c.channel_id,
        posts.c.due_at > NOW,
        posts.c.recurrence_id == recurrences.c.id,
        posts.c.state.in_(_COMING),
    )
    writable = select(channels.c.id).where(channels.c.connected, channels.c.paused_at.is_(None))
    return (
        select(recurrences)
        .where(
            ~recurrences.c.ended,
            or_(recurrences.c.planned_until <= NOW, ~ahead),
            recurrences.c.channel_id.in_(writable),
            recurrences.c.id.not_in(bindparam("besides", expanding=True)),
        )
        .order_by(recurrences.c.id)
        .limit(1)
    )


_NEXT_TO_PLAN: Final = _next_to_plan()
_IS_TO_PLAN: Final = _NEXT_TO_PLAN.where(recurrences.c.id == bindparam("only"))

_STORIES_OF: Final = (
    select(posts.c.article_id, recurrences.c.article_id.label("story_id"))
    .join_from(posts, recurrences, posts.c.recurrence_id == recurrences.c.id)
    .where(posts.c.article_id.in_(bindparam("ids", expanding=True)))
    .distinct()
)


class Recurrences:
    def __init__(self, connection: Connection) -> None:
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
                times=times_to_json(times),
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

    async def next_to_plan(
        self, now: datetime, *, besides: Collection[int] = (), only: int | None = None
    ) -> Recurrence | None:
        """One whose next occurrence has no post yet; none of a channel that is away or paused.

        None `besides` either, or that one `only`.
        """
        asked = {"now": now, "besides": list(besides), "only": only}
        query = _NEXT_TO_PLAN if only is None else _IS_TO_PLAN
        row = (await self._connection.execute(query, asked)).one_or_none()
        return None if row is None else _recurrence(row)

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

    async def put(self, plan: Recurrence, *, now: datetime) -> None:
        """Store what a person has changed: its times, its end, and whether it has ended.

        Nothing up to its `planned_until` is made any more.
        """
        await self._connection.execute(
            update(recurrences)
            .where(recurrences.c.id == plan.id)
            .values(
                times=times_to_json(plan.times),
                until=plan.until,
                planned_until=plan.planned_until,
                ended=plan.ended,
                changed_at=now,
            )
        )

    async def stories_of(self, article_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
        """The articles that come back, for one turn of which (or all) each of these is the text.

        Those that are the text of none are left out.
        """
        rows = await self._connection.execute(_STORIES_OF, {"ids": tuple(article_ids)})
        found: dict[int, tuple[int, ...]] = {}
        for row in rows:
            found[row.article_id] = (*found.get(row.article_id, ()), row.story_id)
        return found

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
        times=times_from_json(row.times),
        until=row.until,
        planned_until=row.planned_until,
        ended=row.ended,
        asked_by=row.asked_by,
    )
