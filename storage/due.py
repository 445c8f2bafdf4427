"""The posts' table as the publisher looks at it: what may go, what is too late, what is in doubt."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Row,
    Select,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    union_all,
    update,
)

from bot.news.model import Post, PostState
from bot.news.talk import PartState
from storage.columns import NOW, Moment
from storage.connection import Connection
from storage.schema import channels, post_parts, posts

BEGUN = (
    exists().where(post_parts.c.post_id == posts.c.id, post_parts.c.state == PartState.SENT).correlate(posts)
)
"""A message of it is out."""


def _heads() -> Select[int]:
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
            posts.c.due_at <= NOW,
            or_(posts.c.not_before.is_(None), posts.c.not_before <= NOW),
            channels.c.connected,
            channels.c.paused_at.is_(None),
            posts.c.channel_id.not_in(busy),
        )
        .subquery()
    )
    return select(ranked.c.id).where(ranked.c.place == 1)


def _late() -> Select[int]:
    before, lateness = bindparam("before", type_=Moment), bindparam("lateness", type_=Integer)
    reachable = (channels.c.max_lateness == lateness, channels.c.connected, channels.c.paused_at.is_(None))
    return select(posts.c.id).where(
        posts.c.state == PostState.PENDING,
        posts.c.due_at < before,
        posts.c.channel_id.in_(select(channels.c.id).where(*reachable)),
        ~BEGUN,
    )


type Reading = tuple[Select[*tuple[Any, ...]], Select[*tuple[Any, ...]]]
"""Of posts, and of their messages that are out."""


def reading(*where: ColumnElement[bool]) -> Reading:
    """The statements that read the posts of which that is true."""
    sent = (
        select(post_parts.c.post_id, post_parts.c.message_id, post_parts.c.more_ids)
        .join_from(post_parts, posts)
        .where(*where, post_parts.c.state == PartState.SENT)
        .order_by(post_parts.c.number)
    )
    return select(posts).where(*where).order_by(posts.c.due_at, posts.c.id), sent


_THOSE: Final = reading(posts.c.id.in_(bindparam("ids", expanding=True)))
_HEADS: Final = _heads()
_LATENESS: Final = select(channels.c.max_lateness).distinct()
_LATE: Final = _late()
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST: Final = timedelta(days=7)
_OUT_OR_ON_ITS_WAY: Final = (
    PostState.PENDING,
    PostState.SENDING,
    PostState.UNCONFIRMED,
    PostState.SENT,
)
_HELD: Final = select(posts.c.id, posts.c.changed_at).where(
    posts.c.state == PostState.HELD,
    posts.c.reason.in_(bindparam("reasons", expanding=True)),
    posts.c.changed_at >= bindparam("since", type_=Moment),
    posts.c.channel_id.in_(select(channels.c.id).where(channels.c.connected)),
)
_IN_DOUBT: Final = select(posts.c.id).where(posts.c.state == PostState.UNCONFIRMED, posts.c.not_before <= NOW)
_NEXT_DUE: Final = union_all(
    select(func.min(posts.c.due_at, type_=Moment)).where(
        posts.c.state == PostState.PENDING, posts.c.due_at > NOW
    ),
    select(func.min(posts.c.not_before, type_=Moment)).where(
        posts.c.state.in_((PostState.PENDING, PostState.UNCONFIRMED)), posts.c.not_before > NOW
    ),
)


class DuePosts:
    """What is asked of the posts by time; their changes are in `storage.posts`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def heads(self, now: datetime) -> tuple[Post, ...]:
        """For each channel with nothing under way, its post that goes first of those that are due.

        One that is half out goes on before all others, then the most urgent, then the one due longest. A
        post whose sending is being looked into counts as under way.
        """
        return await self._found(_HEADS, now=now)

    async def hold_late(self, now: datetime) -> tuple[Post, ...]:
        """Hold what has missed its time by more than its channel allows, unless it is half out."""
        late: list[int] = []
        for lateness in (await self._connection.scalars(_LATENESS)).all():
            asked = {"lateness": lateness, "before": now - timedelta(seconds=lateness)}
            late += (await self._connection.scalars(_LATE, asked)).all()
        if not late:
            return ()
        await self._connection.execute(
            update(posts)
            .where(posts.c.id.in_(late))
            .values(state=PostState.HELD, reason="late", announced=False, changed_at=now)
        )
        return await self._those(late)

    async def held_for(self, *reasons: str, since: datetime | None = None) -> tuple[Post, ...]:
        """What is held for these reasons in connected channels: the last held first, then by time.

        `since`: only what was held, or changed while held, at that moment or later.
        """
        rows = await self._connection.execute(_HELD, {"reasons": reasons, "since": since or _LONG_AGO})
        held_at = {row.id: row.changed_at for row in rows}
        if not held_at:
            return ()
        held = await self._those(held_at)
        return tuple(sorted(held, key=lambda post: held_at[post.id], reverse=True))

    async def announced(self, before: datetime, soon: datetime) -> tuple[Post, ...]:
        """What was due before then, goes out by `soon` and was not told of yet; it is marked as told of.

        That each of them is out is then no news to those who were told.
        """
        missed = await self._read(
            posts.c.state.in_((PostState.PENDING, PostState.SENDING)),
            posts.c.due_at < before,
            or_(posts.c.not_before.is_(None), posts.c.not_before <= soon),
            posts.c.channel_id.in_(
                select(channels.c.id).where(channels.c.connected, channels.c.paused_at.is_(None))
            ),
            ~posts.c.announced,
            ~BEGUN,
        )
        if missed:
            ids = [post.id for post in missed]
            await self._connection.execute(update(posts).where(posts.c.id.in_(ids)).values(announced=True))
        return missed

    async def told_late(self, since: datetime) -> tuple[Post, ...]:
        """What was told of as late, and had not gone out by then: on its way, or out by now.

        What goes out more than a week late is named nowhere any more.
        """
        return await self._read(
            posts.c.state.in_(_OUT_OR_ON_ITS_WAY),
            posts.c.due_at >= since - _LATEST,
            or_(posts.c.sent_at.is_(None), posts.c.sent_at >= since),
            posts.c.announced,
        )

    async def in_doubt(self, now: datetime) -> tuple[Post, ...]:
        """The unconfirmed posts that are to be looked for now."""
        return await self._found(_IN_DOUBT, now=now)

    async def next_due(self, after: datetime) -> datetime | None:
        """The earliest moment after `after` at which another post may go, or is to be looked for."""
        return await earliest(self._connection, _NEXT_DUE, now=after)

    async def stranded(self) -> tuple[Post, ...]:
        """Those that a crash has left in the middle of sending."""
        return await self._read(posts.c.state == PostState.SENDING)

    async def count_by(self, person_id: int, *states: PostState) -> int:
        """How many posts in these states that person has scheduled; of states that few posts are in."""
        theirs = posts.c.scheduled_by == person_id
        counted = select(func.count()).select_from(posts).where(posts.c.state.in_(states), theirs)
        return await self._connection.scalar(counted) or 0

    async def _found(self, ids: Select[int], **asked: Any) -> tuple[Post, ...]:
        found = (await self._connection.scalars(ids, asked)).all()
        return await self._those(found) if found else ()

    async def _those(self, ids: Collection[int]) -> tuple[Post, ...]:
        return await self._asked(_THOSE, ids=tuple(ids))

    async def _read(self, *where: ColumnElement[bool]) -> tuple[Post, ...]:
        return await self._asked(reading(*where))

    async def _asked(self, which: Reading, **asked: Any) -> tuple[Post, ...]:
        of_posts, of_messages = which
        rows = (await self._connection.execute(of_posts, asked)).all()
        if not rows:  # as it is nearly always when there is nothing to do
            return ()
        sent = await self._connection.execute(of_messages, asked)
        messages: dict[int, tuple[int, ...]] = {}
        for part in sent:
            first = () if part.message_id is None else (part.message_id,)
            messages[part.post_id] = (*messages.get(part.post_id, ()), *first, *(part.more_ids or ()))
        return tuple(post_of(row, messages.get(row.id)) for row in rows)


async def earliest(connection: Connection, moments: CompoundSelect[Any], **asked: Any) -> datetime | None:
    """The earliest of several moments, in one question."""
    found = await connection.scalars(moments, asked)
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
        announced=row.announced,
    )
