"""The table of what is to be done to posts that are out. Knows no Telegram."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, bindparam, func, or_, select, union_all, update

from bot.news.talk import Change, ChangeKind, ChangeState
from storage.columns import NOW
from storage.connection import Connection
from storage.due import earliest
from storage.engine import insert_into
from storage.schema import changes, channels, posts


def _heads() -> Select[int]:
    place = func.row_number().over(partition_by=posts.c.channel_id, order_by=(changes.c.due_at, changes.c.id))
    ranked = (
        select(changes.c.id, place.label("place"))
        .join_from(changes, posts)
        .join(channels, channels.c.id == posts.c.channel_id)
        .where(
            changes.c.state == ChangeState.PENDING,
            changes.c.due_at <= NOW,
            or_(changes.c.not_before.is_(None), changes.c.not_before <= NOW),
            channels.c.connected,
        )
        .subquery()
    )
    return select(ranked.c.id).where(ranked.c.place == 1)


_HEADS: Final = _heads()
_WAITS: Final = changes.c.state == ChangeState.PENDING
_NEXT_DUE: Final = union_all(
    select(func.min(changes.c.due_at)).where(_WAITS, changes.c.due_at > NOW),
    select(func.min(changes.c.not_before)).where(_WAITS, changes.c.not_before > NOW),
)


_CHANGES: Final = (
    select(changes, posts.c.channel_id).join_from(changes, posts).order_by(changes.c.due_at, changes.c.id)
)
_OF_POSTS: Final = _CHANGES.where(changes.c.post_id.in_(bindparam("posts", expanding=True)))


class Changes:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(
        self,
        post_id: int,
        kind: ChangeKind,
        due_at: datetime,
        *,
        by: int,
        now: datetime,
        version: int | None = None,
    ) -> int:
        """Have something done to a post; what waits of the same kind gives way. Its id."""
        await self.cancel(post_id, kind, now=now)
        added = await self._connection.scalar(
            insert_into(self._connection, changes)
            .values(
                post_id=post_id,
                kind=kind,
                state=ChangeState.PENDING,
                due_at=due_at,
                attempt=0,
                version=version,
                asked_by=by,
                created_at=now,
                changed_at=now,
            )
            .returning(changes.c.id)
        )
        return int(added or 0)

    async def get(self, id: int) -> Change | None:
        found = await self._read(changes.c.id == id)
        return found[0] if found else None

    async def of_post(self, post_id: int) -> tuple[Change, ...]:
        return (await self.of_posts([post_id])).get(post_id, ())

    async def of_posts(self, post_ids: Collection[int]) -> dict[int, tuple[Change, ...]]:
        """What is, or was, to be done to each of the posts; those that have nothing are left out."""
        found: dict[int, tuple[Change, ...]] = {}
        for row in await self._connection.execute(_OF_POSTS, {"posts": tuple(post_ids)}):
            found[row.post_id] = (*found.get(row.post_id, ()), _change(row))
        return found

    async def heads(self, now: datetime) -> tuple[Change, ...]:
        """For each channel the change that is due longest, where nothing of ours is under way."""
        found = (await self._connection.scalars(_HEADS, {"now": now})).all()
        return await self._read(changes.c.id.in_(found)) if found else ()

    async def next_due(self, after: datetime) -> datetime | None:
        """The earliest moment after `after` at which another change may go."""
        return await earliest(self._connection, _NEXT_DUE, now=after)

    async def claim(self, id: int, *, now: datetime) -> bool:
        return await self._turn(
            id,
            (ChangeState.PENDING,),
            state=ChangeState.SENDING,
            attempt=changes.c.attempt + 1,
            changed_at=now,
        )

    async def settle(
        self,
        id: int,
        state: ChangeState,
        *,
        now: datetime,
        reason: str | None = None,
        not_before: datetime | None = None,
    ) -> bool:
        """Say how it ended, or that it is to go on (`pending`); False if it is not `sending`."""
        return await self._turn(
            id, (ChangeState.SENDING,), state=state, reason=reason, not_before=not_before, changed_at=now
        )

    async def go_on(self, id: int, *, now: datetime) -> bool:
        """One of its calls went through; the next one has as many tries. False if it is not `sending`."""
        return await self._turn(
            id,
            (ChangeState.SENDING,),
            state=ChangeState.PENDING,
            reason=None,
            not_before=None,
            attempt=0,
            changed_at=now,
        )

    async def cancel(self, post_id: int, *kinds: ChangeKind, now: datetime) -> None:
        """What waits of these kinds (all, if none is named) is not done."""
        await self._connection.execute(
            update(changes)
            .where(
                changes.c.post_id == post_id,
                changes.c.kind.in_(kinds or tuple(ChangeKind)),
                changes.c.state == ChangeState.PENDING,
            )
            .values(state=ChangeState.CANCELED, changed_at=now)
        )

    async def put_back(self, *, now: datetime) -> None:
        """What a crash has cut off is done again: it does no harm twice."""
        await self._connection.execute(
            update(changes)
            .where(changes.c.state == ChangeState.SENDING)
            .values(state=ChangeState.PENDING, changed_at=now)
        )

    async def _turn(self, id: int, frm: Collection[ChangeState], **values: Any) -> bool:
        turned = await self._connection.execute(
            update(changes).where(changes.c.id == id, changes.c.state.in_(frm)).values(**values)
        )
        return turned.rowcount > 0

    async def _read(self, *where: ColumnElement[bool]) -> tuple[Change, ...]:
        return tuple(map(_change, await self._connection.execute(_CHANGES.where(*where))))


def _change(row: Row[*tuple[Any, ...]]) -> Change:
    return Change(
        id=row.id,
        post_id=row.post_id,
        channel_id=row.channel_id,
        kind=ChangeKind(row.kind),
        state=ChangeState(row.state),
        due_at=row.due_at,
        asked_by=row.asked_by,
        not_before=row.not_before,
        attempt=row.attempt,
        version=row.version,
        reason=row.reason,
    )
