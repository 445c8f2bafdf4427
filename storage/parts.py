"""The table of the messages that a post is made of. Knows no post's state."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, bindparam, delete, insert, select, update

from bot.news.media import ALBUM
from bot.news.talk import PartState, PostPart
from storage.connection import Connection
from storage.schema import post_parts, posts

_OF_POST: Final = post_parts.c.post_id == bindparam("post")
_ALL: Final = select(post_parts).where(_OF_POST).order_by(post_parts.c.number)
_OF_POSTS: Final = (
    select(post_parts)
    .where(post_parts.c.post_id.in_(bindparam("posts", expanding=True)))
    .order_by(post_parts.c.post_id, post_parts.c.number)
)
_FORGET: Final = delete(post_parts).where(_OF_POST)
_ADD: Final = insert(post_parts)
_SET: Final = update(post_parts).where(_OF_POST, post_parts.c.number == bindparam("which"))

_NEAR: Final = (  # an album's others have the ids behind its first one's
    select(post_parts)
    .where(
        post_parts.c.message_id.is_not(None),
        post_parts.c.message_id <= bindparam("id"),
        post_parts.c.message_id > bindparam("id") - ALBUM,
        select(posts.c.channel_id)
        .where(posts.c.id == post_parts.c.post_id)
        .correlate(post_parts)
        .scalar_subquery()
        == bindparam("channel"),
    )
    .order_by(post_parts.c.message_id.desc())
)


class PostParts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def plan(
        self,
        post_id: int,
        calls: Iterable[tuple[str, dict[str, Any]]],
        *,
        instead_of: Collection[PostPart] = (),
        floor_id: int | None = None,
        sending_at: datetime | None = None,
    ) -> tuple[PostPart, ...]:
        """Have a part for each call; with `sending_at` the first one goes out then, as by `sending`.

        Only a post of which nothing was sent may be planned anew, `instead_of` all the parts that it has. How
        often Telegram has stumbled over a part is not forgotten with that.
        """
        tries = {part.number: part.tries for part in instead_of}
        planned = [
            PostPart(number=number, method=method, params=params, tries=tries.get(number, 0))
            for number, (method, params) in enumerate(calls)
        ]
        if planned and sending_at is not None:
            planned[0] = replace(
                planned[0], state=PartState.SENDING, floor_id=floor_id, sending_at=sending_at
            )
        if instead_of:
            await self._connection.execute(_FORGET, {"post": post_id})
        if planned:
            await self._connection.execute(_ADD, [_row(post_id, part) for part in planned])
        return tuple(planned)

    async def sending(self, post_id: int, number: int, *, floor_id: int | None, now: datetime) -> None:
        """It goes out now; what it becomes has a higher id than `floor_id`."""
        await self._set(post_id, number, state=PartState.SENDING, floor_id=floor_id, sending_at=now)

    async def sent(self, post_id: int, number: int, message_ids: Sequence[int], now: datetime) -> None:
        """It is there: as one message, or as an album of several."""
        first, *more = message_ids
        await self._set(
            post_id, number, state=PartState.SENT, message_id=first, more_ids=more or None, sent_at=now
        )

    async def confirmed(self, post_id: int, number: int) -> None:
        """A person says that it is there; nobody knows under which id."""
        await self._set(post_id, number, state=PartState.SENT)

    async def without_id(self, channel_id: int, since: datetime, *, besides: tuple[int, int]) -> bool:
        """Whether there is another part, of any post, tried since then, that may be there under any id.

        `besides` are the post and the number of the part that is known of.
        """
        found = await self._connection.scalar(
            select(post_parts.c.post_id)
            .where(
                _is_in(channel_id),
                (post_parts.c.post_id != besides[0]) | (post_parts.c.number != besides[1]),
                post_parts.c.state != PartState.PENDING,
                post_parts.c.message_id.is_(None),
                post_parts.c.sending_at >= since,
            )
            .limit(1)
        )
        return found is not None

    async def pending(self, post_id: int, number: int) -> None:
        """It was certainly not sent."""
        await self._set(post_id, number, state=PartState.PENDING)

    async def stumbled(self, post_id: int, number: int) -> None:
        """Telegram had trouble with it."""
        once_more = _SET.values(tries=post_parts.c.tries + 1)
        await self._connection.execute(once_more, {"post": post_id, "which": number})

    async def sending_since(self, post_id: int, number: int, at: datetime) -> None:
        """Its call is from then, by the clock as it is now."""
        await self._set(post_id, number, sending_at=at)

    async def changed(self, post_id: int, number: int, method: str, params: dict[str, Any]) -> None:
        """It shows now what this call would have sent."""
        await self._set(post_id, number, call=[method, params])

    async def drop(self, post_id: int, *numbers: int) -> None:
        """They are no longer in the channel."""
        await self._connection.execute(
            delete(post_parts).where(post_parts.c.post_id == post_id, post_parts.c.number.in_(numbers))
        )

    async def of(self, post_id: int) -> tuple[PostPart, ...]:
        rows = await self._connection.execute(_ALL, {"post": post_id})
        return tuple(map(_part, rows))

    async def of_posts(self, post_ids: Collection[int]) -> dict[int, tuple[PostPart, ...]]:
        """Those of each of the posts; a post that has none is left out."""
        rows = await self._connection.execute(_OF_POSTS, {"posts": tuple(post_ids)})
        found: dict[int, tuple[PostPart, ...]] = {}
        for row in rows:
            found[row.post_id] = (*found.get(row.post_id, ()), _part(row))
        return found

    async def at(self, channel_id: int, message_id: int) -> tuple[int, PostPart] | None:
        """The post, and the part of it, that a channel's message is of; None where it is none of ours."""
        rows = await self._connection.execute(_NEAR, {"channel": channel_id, "id": message_id})
        found = [(row.post_id, _part(row)) for row in rows]
        return next((each for each in found if message_id in each[1].message_ids), None)

    async def known_ids(self, channel_id: int, above: int, since: datetime) -> frozenset[int]:
        """The ids above `above` of our own messages in a channel, of what was sent since then."""
        rows = await self._connection.execute(
            select(post_parts.c.message_id, post_parts.c.more_ids).where(
                _is_in(channel_id),
                post_parts.c.sending_at >= since,
                post_parts.c.message_id + 0 > above,  # by time, not by the index of all there ever were
            )
        )
        return frozenset(id for row in rows for id in (row.message_id, *(row.more_ids or ())))

    async def first_methods(self, channel_id: int, *, limit: int) -> tuple[str, ...]:
        """How the channel's last posts began: the method of each one's first message, the newest first."""
        calls = await self._connection.scalars(
            select(post_parts.c.call)
            .join_from(post_parts, posts)
            .where(posts.c.channel_id == channel_id, posts.c.sent_at.is_not(None), post_parts.c.number == 0)
            .order_by(posts.c.sent_at.desc(), posts.c.id.desc())
            .limit(limit)
        )
        return tuple(call[0] for call in calls if call)

    async def sent_since(self, since: datetime) -> list[tuple[int, datetime, int]]:
        """Channel, time and number of messages of what was sent lately, or may have been."""
        rows = await self._connection.execute(
            select(posts.c.channel_id, post_parts.c.sending_at, post_parts.c.call, post_parts.c.more_ids)
            .join_from(post_parts, posts)
            .where(post_parts.c.sending_at >= since, post_parts.c.state != PartState.PENDING)
            .order_by(post_parts.c.sending_at)
        )
        return [
            (
                row.channel_id,
                row.sending_at,
                max(len(row.call[1].get("media", ())), 1 + len(row.more_ids or ())),
            )
            for row in rows
        ]

    async def _set(self, post_id: int, number: int, **values: Any) -> None:
        await self._connection.execute(_SET, {"post": post_id, "which": number, **values})


def _is_in(channel_id: int) -> ColumnElement[bool]:
    """Asked of each part: for a join SQLite would walk through all that the channel has ever had."""
    its_own = select(posts.c.channel_id).where(posts.c.id == post_parts.c.post_id)
    return its_own.correlate(post_parts).scalar_subquery() == channel_id


def _row(post_id: int, part: PostPart) -> dict[str, Any]:
    return {
        "post_id": post_id,
        "number": part.number,
        "state": part.state,
        "call": [part.method, part.params],
        "floor_id": part.floor_id,
        "sending_at": part.sending_at,
        "tries": part.tries,
    }


def _part(row: Row[*tuple[Any, ...]]) -> PostPart:
    method, params = row.call or ("", {})
    ids = () if row.message_id is None else (row.message_id, *(row.more_ids or ()))
    return PostPart(
        number=row.number,
        state=PartState(row.state),
        method=method,
        params=params,
        floor_id=row.floor_id,
        sending_at=row.sending_at,
        message_ids=ids,
        tries=row.tries,
    )
