"""The posts' table: transmission states, changed only from the state they are thought to be in.

Knows nothing of Telegram; the diagram of the states is in `storage/schema.py`.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, case, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import AlreadyPosted
from bot.news.model import Post, PostState
from bot.news.talk import PartState
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
        urgency: int = 5,
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
                urgency=urgency,
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

    async def heads(self, now: datetime) -> tuple[Post, ...]:
        """For each channel with nothing under way, its post that goes first of those that are due.

        One that is half out goes on before all others, then the most urgent, then the one due longest. A
        post whose sending is being looked into counts as under way.
        """
        half_out = exists().where(post_parts.c.post_id == posts.c.id, post_parts.c.state == PartState.SENT)
        place = func.row_number().over(
            partition_by=posts.c.channel_id,
            order_by=(case((half_out, 0), else_=posts.c.urgency), posts.c.due_at, posts.c.id),
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
                posts.c.channel_id.not_in(busy),
            )
            .subquery()
        )
        return await self._read(posts.c.id.in_(select(ranked.c.id).where(ranked.c.place == 1)))

    async def claim(self, id: int, *, now: datetime) -> bool:
        """Make a pending post `sending`; False if it is not pending any more: nobody gets it twice."""
        return await self._turn(
            id,
            (PostState.PENDING,),
            state=PostState.SENDING,
            attempt=posts.c.attempt + 1,
            changed_at=now,
        )

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
                        select(channels.c.id).where(channels.c.max_lateness == lateness, channels.c.connected)
                    ),
                    ~exists().where(post_parts.c.post_id == posts.c.id, post_parts.c.state == PartState.SENT),
                )
                .values(state=PostState.HELD, reason="late", changed_at=now)
                .returning(posts.c.id)
            )
            late += held.all()
        return await self._read(posts.c.id.in_(late)) if late else ()

    async def in_doubt(self, now: datetime) -> tuple[Post, ...]:
        """The unconfirmed posts that are to be looked for now."""
        return await self._read(posts.c.state == PostState.UNCONFIRMED, posts.c.not_before <= now)

    async def doubt(self, id: int, look_at: datetime | None, *, now: datetime, reason: str) -> bool:
        """Nobody knows whether it is there: look at that time, or (None) a person will."""
        return await self._turn(
            id,
            (PostState.SENDING, PostState.UNCONFIRMED),
            state=PostState.UNCONFIRMED,
            not_before=look_at,
            reason=reason,
            changed_at=now,
        )

    async def next_due(self, after: datetime) -> datetime | None:
        """The earliest moment after `after` at which another post may go, or is to be looked for."""
        awaited = (PostState.PENDING, PostState.UNCONFIRMED)
        times = [
            await self._connection.scalar(
                select(func.min(posts.c.due_at, type_=Moment)).where(
                    posts.c.state == PostState.PENDING, posts.c.due_at > after
                )
            ),
            await self._connection.scalar(
                select(func.min(posts.c.not_before, type_=Moment)).where(
                    posts.c.state.in_(awaited), posts.c.not_before > after
                )
            ),
        ]
        return min((time for time in times if time is not None), default=None)

    async def set_form(self, id: int, form: str) -> None:
        """Telegram refused more than that form."""
        await self._connection.execute(update(posts).where(posts.c.id == id).values(form=form))

    async def begin_with(self, id: int, version: int) -> None:
        """The version of the article that goes out, all of it."""
        await self._connection.execute(update(posts).where(posts.c.id == id).values(version=version))

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
        frm: Collection[PostState] = (PostState.SENDING,),
    ) -> bool:
        """Say how the sending ended; False if the post is not in one of the states `frm`."""
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
        return await self._turn(id, frm, **result)

    @property
    def parts(self) -> PostParts:
        """The messages that posts are made of."""
        return self._parts

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
            select(post_parts.c.post_id, post_parts.c.message_id, post_parts.c.more_ids)
            .join_from(post_parts, posts)
            .where(*where, post_parts.c.message_id.is_not(None))
            .order_by(post_parts.c.number)
        )
        messages: dict[int, tuple[int, ...]] = {}
        for part in sent:
            messages[part.post_id] = (
                *messages.get(part.post_id, ()),
                part.message_id,
                *(part.more_ids or ()),
            )
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
        urgency=row.urgency,
        form=row.form,
        version=row.version,
        message_ids=message_ids,
        reason=row.reason,
        scheduled_by=row.scheduled_by,
        sent_at=row.sent_at,
    )
