"""The posts' table: transmission states, changed only from the state they are thought to be in.

Knows nothing of Telegram; the diagram of the states is in `storage/schema.py`.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, case, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import AlreadyPosted
from bot.news.model import Post, PostState
from bot.news.talk import PostPart
from storage.columns import Moment
from storage.engine import insert_into
from storage.parts import PostParts
from storage.schema import channels, post_parts, posts

_DEAD: Final = frozenset({PostState.CANCELED, PostState.FAILED})
"""They leave room for another post of the same article in the same channel; see `uq_posts_live`."""

_TAKES_ITS_TIME: Final = frozenset(PostState) - _DEAD
_MOVABLE: Final = (PostState.PENDING, PostState.HELD)


class Posts:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._parts = PostParts(connection)

    async def add(
        self,
        *,
        article_id: int,
        channel_id: int,
        due_at: datetime,
        by: int,
        now: datetime,
        occurrence: int = 0,
    ) -> Post:
        """Put an article into a channel's queue.

        Raises:
            AlreadyPosted: it is in that channel, or on its way there.
        """
        added = await self._connection.execute(
            insert_into(self._connection, posts)
            .values(
                article_id=article_id,
                channel_id=channel_id,
                occurrence=occurrence,
                state=PostState.PENDING,
                due_at=due_at,
                attempt=0,
                scheduled_by=by,
                created_at=now,
                changed_at=now,
            )
            # Not an IntegrityError to catch: PostgreSQL would give up the whole transaction.
            .on_conflict_do_nothing()
            .returning(posts)
        )
        row = added.one_or_none()
        if row is None:
            raise AlreadyPosted
        return _post(row, ())

    async def get(self, id: int) -> Post | None:
        found = await self._read(posts.c.id == id)
        return found[0] if found else None

    async def of_channel(self, channel_id: int, *states: PostState) -> tuple[Post, ...]:
        """The channel's posts in these states (all, if none is named) in the order they are due."""
        return await self._read(
            posts.c.channel_id == channel_id, posts.c.state.in_(states or tuple(PostState))
        )

    async def of_article(self, article_id: int) -> tuple[Post, ...]:
        return await self._read(posts.c.article_id == article_id)

    async def stranded(self) -> tuple[Post, ...]:
        """Those that a crash has left in the middle of sending."""
        return await self._read(posts.c.state == PostState.SENDING)

    async def taken(self, channel_id: int, since: datetime) -> frozenset[datetime]:
        """The times from `since` on at which the channel has a post, sent or still to come."""
        times = await self._connection.scalars(
            select(posts.c.due_at).where(
                posts.c.channel_id == channel_id,
                posts.c.due_at >= since,
                posts.c.state.in_(_TAKES_ITS_TIME),
            )
        )
        return frozenset(times)

    async def move(self, id: int, due_at: datetime, *, now: datetime) -> bool:
        """Give a waiting post another time; one that was held waits again. False if it is past that."""
        return await self._turn(
            id,
            _MOVABLE,
            state=PostState.PENDING,
            due_at=due_at,
            not_before=None,
            reason=None,
            changed_at=now,
        )

    async def change(
        self,
        id: int,
        to: PostState,
        *,
        frm: Collection[PostState],
        now: datetime,
        reason: str | None = None,
    ) -> bool:
        """Change the state if it is one of `frm`; False if it is another.

        Raises:
            AlreadyPosted: it would come back to life beside another post of the article in the channel.
        """
        if to not in _DEAD and not _DEAD.isdisjoint(frm) and await self._has_live_twin(id):
            raise AlreadyPosted
        return await self._turn(id, frm, state=to, reason=reason, changed_at=now)

    async def claim_due(self, now: datetime) -> Post | None:
        """Take the post that is due longest and make it `sending`; nobody else gets it."""
        due = (
            select(posts.c.id)
            .join_from(posts, channels)
            .where(
                posts.c.state == PostState.PENDING,
                posts.c.due_at <= now,
                or_(posts.c.not_before.is_(None), posts.c.not_before <= now),
                channels.c.connected,
            )
            .order_by(posts.c.due_at, posts.c.id)
            .limit(1)
        )
        claimed = await self._connection.execute(
            update(posts)
            .where(posts.c.id == due.scalar_subquery(), posts.c.state == PostState.PENDING)
            .values(state=PostState.SENDING, attempt=posts.c.attempt + 1, changed_at=now)
            .returning(posts.c.id)
        )
        id = claimed.scalar_one_or_none()
        return None if id is None else await self.get(id)

    async def next_due(self) -> datetime | None:
        """The earliest moment at which `claim_due` could find something."""
        from_then = case((posts.c.not_before > posts.c.due_at, posts.c.not_before), else_=posts.c.due_at)
        earliest: datetime | None = await self._connection.scalar(
            select(func.min(from_then, type_=Moment))
            .join_from(posts, channels)
            .where(posts.c.state == PostState.PENDING, channels.c.connected)
        )
        return earliest

    async def release(self, id: int, not_before: datetime, *, now: datetime) -> bool:
        """Put a claimed post back until `not_before`; the attempt was none. False if it is not `sending`."""
        return await self._turn(
            id,
            (PostState.SENDING,),
            state=PostState.PENDING,
            not_before=not_before,
            attempt=posts.c.attempt - 1,
            changed_at=now,
        )

    async def settle(
        self,
        id: int,
        state: PostState,
        *,
        now: datetime,
        version: int | None = None,
        reason: str | None = None,
        not_before: datetime | None = None,
    ) -> bool:
        """Say how the sending ended; False if the post is not `sending`."""
        result: dict[str, Any] = {
            "state": state,
            "reason": reason,
            "not_before": not_before,
            "changed_at": now,
        }
        if version is not None:
            result["version"] = version
        if state is PostState.SENT:
            result["sent_at"] = now
        return await self._turn(id, (PostState.SENDING,), **result)

    async def plan_parts(self, id: int, count: int) -> tuple[PostPart, ...]:
        """Have a row for each of the post's `count` messages before the first one is sent."""
        return await self._parts.plan(id, count)

    async def part_sending(self, id: int, number: int) -> None:
        await self._parts.sending(id, number)

    async def part_sent(self, id: int, number: int, message_id: int, now: datetime) -> None:
        await self._parts.sent(id, number, message_id, now)

    async def part_pending(self, id: int, number: int) -> None:
        await self._parts.pending(id, number)

    async def parts(self, id: int) -> tuple[PostPart, ...]:
        return await self._parts.of(id)

    async def _turn(self, id: int, frm: Collection[PostState], **values: Any) -> bool:
        turned = await self._connection.execute(
            update(posts).where(posts.c.id == id, posts.c.state.in_(frm)).values(**values)
        )
        return turned.rowcount > 0

    async def _has_live_twin(self, id: int) -> bool:
        twin = posts.alias("twin")
        found = await self._connection.scalar(
            select(twin.c.id)
            .join_from(
                posts,
                twin,
                (twin.c.article_id == posts.c.article_id)
                & (twin.c.channel_id == posts.c.channel_id)
                & (twin.c.occurrence == posts.c.occurrence)
                & (twin.c.id != posts.c.id),
            )
            .where(posts.c.id == id, posts.c.state.in_(_DEAD), twin.c.state.not_in(_DEAD))
            .limit(1)
        )
        return found is not None

    async def _read(self, *where: ColumnElement[bool]) -> tuple[Post, ...]:
        rows = await self._connection.execute(
            select(posts).where(*where).order_by(posts.c.due_at, posts.c.id)
        )
        sent = await self._connection.execute(
            select(post_parts.c.post_id, post_parts.c.message_id)
            .join_from(post_parts, posts)
            .where(*where, post_parts.c.message_id.is_not(None))
            .order_by(post_parts.c.number)
        )
        messages: dict[int, tuple[int, ...]] = {}
        for part in sent:
            messages[part.post_id] = (*messages.get(part.post_id, ()), part.message_id)
        return tuple(_post(row, messages.get(row.id, ())) for row in rows)


def _post(row: Row[*tuple[Any, ...]], message_ids: tuple[int, ...]) -> Post:
    return Post(
        id=row.id,
        article_id=row.article_id,
        channel_id=row.channel_id,
        state=PostState(row.state),
        due_at=row.due_at,
        occurrence=row.occurrence,
        attempt=row.attempt,
        not_before=row.not_before,
        version=row.version,
        message_ids=message_ids,
        reason=row.reason,
        scheduled_by=row.scheduled_by,
        sent_at=row.sent_at,
    )
