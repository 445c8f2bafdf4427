"""The posts' table as the publisher looks at it: what may go, what is too late, what is in doubt."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, exists, func, or_, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.news.model import Post, PostState
from bot.news.talk import PartState
from storage.columns import Moment
from storage.schema import channels, post_parts, posts

BEGUN = (
    exists().where(post_parts.c.post_id == posts.c.id, post_parts.c.state == PartState.SENT).correlate(posts)
)
"""A message of it is out."""


class DuePosts:
    """What is asked of the posts by time; their changes are in `storage.posts`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def heads(self, now: datetime) -> tuple[Post, ...]:
        """For each channel with nothing under way, its post that goes first of those that are due.

        One that is half out goes on before all others, then the most urgent, then the one due longest. A
        post whose sending is being looked into counts as under way.
        """
        place = func.row_number().over(
            partition_by=posts.c.channel_id,
            order_by=(case((BEGUN, 0), else_=posts.c.urgency), posts.c.due_at, posts.c.id),
        )
        busy = select(posts.c.channel_id).where(
            or_(
                posts.c.state == PostState.SENDING,
                (posts.c.state == PostState.UNCONFIRMED) & posts.c.not_before.is_not(None),
            )
        )
        ranked = (
            select(posts.c.id, place.label("place"))
            .join_from(posts, channels)
            .where(
                posts.c.state == PostState.PENDING,
                posts.c.due_at <= now,
                or_(posts.c.not_before.is_(None), posts.c.not_before <= now),
                channels.c.connected,
                channels.c.paused_at.is_(None),
                posts.c.channel_id.not_in(busy),
            )
            .subquery()
        )
        return await self._read(posts.c.id.in_(select(ranked.c.id).where(ranked.c.place == 1)))

    async def hold_late(self, now: datetime) -> tuple[Post, ...]:
        """Hold what has missed its time by more than its channel allows, unless it is half out."""
        late: list[int] = []
        for lateness in (await self._connection.scalars(select(channels.c.max_lateness).distinct())).all():
            held = await self._connection.scalars(
                update(posts)
                .where(
                    posts.c.state == PostState.PENDING,
                    posts.c.due_at < now - timedelta(seconds=lateness),
                    posts.c.channel_id.in_(
                        select(channels.c.id).where(
                            channels.c.max_lateness == lateness,
                            channels.c.connected,
                            channels.c.paused_at.is_(None),
                        )
                    ),
                    ~BEGUN,
                )
                .values(state=PostState.HELD, reason="late", changed_at=now)
                .returning(posts.c.id)
            )
            late += held.all()
        return await self._read(posts.c.id.in_(late)) if late else ()

    async def held_for(self, *reasons: str, since: datetime | None = None) -> tuple[Post, ...]:
        """What is held for these reasons in connected channels: the last held first, then by time.

        `since`: only what was held, or changed while held, at that moment or later.
        """
        connected = select(channels.c.id).where(channels.c.connected)
        where = (
            posts.c.state == PostState.HELD,
            posts.c.reason.in_(reasons),
            posts.c.channel_id.in_(connected),
            *([posts.c.changed_at >= since] if since else []),
        )
        rows = await self._connection.execute(select(posts.c.id, posts.c.changed_at).where(*where))
        held_at = {row.id: row.changed_at for row in rows}
        if not held_at:
            return ()
        return tuple(sorted(await self._read(*where), key=lambda post: held_at[post.id], reverse=True))

    async def missed(self, before: datetime, soon: datetime) -> tuple[Post, ...]:
        """What was due before then, and goes out by `soon`."""
        return await self._read(
            posts.c.state == PostState.PENDING,
            posts.c.due_at < before,
            or_(posts.c.not_before.is_(None), posts.c.not_before <= soon),
            posts.c.channel_id.in_(
                select(channels.c.id).where(channels.c.connected, channels.c.paused_at.is_(None))
            ),
            ~BEGUN,
        )

    async def in_doubt(self, now: datetime) -> tuple[Post, ...]:
        """The unconfirmed posts that are to be looked for now."""
        return await self._read(posts.c.state == PostState.UNCONFIRMED, posts.c.not_before <= now)

    async def next_due(self, after: datetime) -> datetime | None:
        """The earliest moment after `after` at which another post may go, or is to be looked for."""
        awaited = (PostState.PENDING, PostState.UNCONFIRMED)
        due = select(func.min(posts.c.due_at, type_=Moment)).where(
            posts.c.state == PostState.PENDING, posts.c.due_at > after
        )
        waiting = select(func.min(posts.c.not_before, type_=Moment)).where(
            posts.c.state.in_(awaited), posts.c.not_before > after
        )
        return await earliest(self._connection, due, waiting)

    async def stranded(self) -> tuple[Post, ...]:
        """Those that a crash has left in the middle of sending."""
        return await self._read(posts.c.state == PostState.SENDING)

    async def _read(self, *where: ColumnElement[bool]) -> tuple[Post, ...]:
        found = await self._connection.execute(
            select(posts).where(*where).order_by(posts.c.due_at, posts.c.id)
        )
        rows = found.all()
        if not rows:  # as it is nearly always when there is nothing to do
            return ()
        sent = await self._connection.execute(
            select(post_parts.c.post_id, post_parts.c.message_id, post_parts.c.more_ids)
            .join_from(post_parts, posts)
            .where(*where, post_parts.c.state == PartState.SENT)
            .order_by(post_parts.c.number)
        )
        messages: dict[int, tuple[int, ...]] = {}
        for part in sent:
            first = () if part.message_id is None else (part.message_id,)
            messages[part.post_id] = (*messages.get(part.post_id, ()), *first, *(part.more_ids or ()))
        return tuple(post_of(row, messages.get(row.id)) for row in rows)


async def earliest(connection: AsyncConnection, *moments: Select[Any]) -> datetime | None:
    """The earliest of several moments, in one question."""
    found = await connection.scalars(union_all(*moments))
    return min((moment for moment in found if moment is not None), default=None)


def post_of(row: Row[*tuple[Any, ...]], message_ids: tuple[int, ...] | None = None) -> Post:
    """A row as the noun, with the ids of its messages: those that are known; None if no message is out."""
    return Post(
        id=row.id,
        article_id=row.article_id,
        channel_id=row.channel_id,
        state=PostState(row.state),
        due_at=row.due_at,
        occurrence=row.occurrence,
        attempt=row.attempt,
        not_before=row.not_before,
        urgency=row.urgency,
        zone=row.zone,
        pin_for=row.pin_for,
        delete_after=row.delete_after,
        recurrence_id=row.recurrence_id,
        form=row.form,
        version=row.version,
        begun=message_ids is not None,
        message_ids=message_ids or (),
        reason=row.reason,
        scheduled_by=row.scheduled_by,
        sent_at=row.sent_at,
    )
