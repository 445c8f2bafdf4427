"""The table of the channels' digests, and what a channel has published. Knows no words of theirs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, delete, exists, func, select, update

from bot.news.model import PostState, Slot
from bot.news.plans.recurrence import Digest, times_from_json, times_to_json
from bot.news.talk import ChangeKind, ChangeState
from storage.connection import Connection
from storage.engine import insert_into
from storage.schema import changes, channels, digests, post_parts, posts

_GOING_AWAY: Final = (ChangeState.PENDING, ChangeState.SENDING)
_GOING: Final = (
    select(digests)
    .join_from(digests, channels)
    .where(channels.c.connected, channels.c.paused_at.is_(None))
    .order_by(digests.c.channel_id)
)


@dataclass(frozen=True, kw_only=True)
class Published:
    """A post that readers can see, with the first of its messages."""

    article_id: int
    message_id: int
    sent_at: datetime


class Digests:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def put(
        self,
        channel_id: int,
        times: tuple[Slot, ...],
        *,
        by: int,
        now: datetime,
        since: datetime | None = None,
    ) -> None:
        """Switch a channel's digest on, or give it other times; it goes on from where the last one told.

        The first one tells what went out since `since`; None: from now on.
        """
        known: dict[str, Any] = {"times": times_to_json(times), "asked_by": by, "changed_at": now}
        await self._connection.execute(
            insert_into(self._connection, digests)
            .values(channel_id=channel_id, told_until=since or now, **known)
            .on_conflict_do_update(index_elements=[digests.c.channel_id], set_=known)
        )

    async def get(self, channel_id: int) -> Digest | None:
        row = (
            await self._connection.execute(select(digests).where(digests.c.channel_id == channel_id))
        ).one_or_none()
        return None if row is None else _digest(row)

    async def going(self) -> tuple[Digest, ...]:
        """Those of the channels that can be written to."""
        return tuple(map(_digest, await self._connection.execute(_GOING)))

    async def told(self, channel_id: int, until: datetime, *, frm: datetime) -> bool:
        """What went out up to there is told; False if somebody was faster."""
        changed = await self._connection.execute(
            update(digests)
            .where(digests.c.channel_id == channel_id, digests.c.told_until == frm)
            .values(told_until=until)
        )
        return changed.rowcount > 0

    async def drop(self, channel_id: int) -> bool:
        """Whether there was one."""
        dropped = await self._connection.execute(delete(digests).where(digests.c.channel_id == channel_id))
        return dropped.rowcount > 0

    async def published(
        self, channel_id: int, after: datetime, until: datetime, *, now: datetime
    ) -> tuple[Published, ...]:
        """What went out in the channel between two instants, the later one included; newest first."""
        leaving = exists().where(
            changes.c.post_id == posts.c.id,
            changes.c.kind == ChangeKind.DELETE,
            changes.c.state.in_(_GOING_AWAY),
            changes.c.due_at <= now,
        )
        rows = await self._connection.execute(
            select(posts.c.article_id, posts.c.sent_at, func.min(post_parts.c.message_id).label("message_id"))
            .join_from(posts, post_parts)
            .where(
                posts.c.channel_id == channel_id,
                posts.c.state == PostState.SENT,
                posts.c.sent_at > after,
                posts.c.sent_at <= until,
                ~leaving,
            )
            .group_by(posts.c.id, posts.c.article_id, posts.c.sent_at)
            .having(func.min(post_parts.c.message_id).is_not(None))
            .order_by(posts.c.sent_at.desc(), posts.c.id.desc())
        )
        return tuple(
            Published(article_id=row.article_id, message_id=row.message_id, sent_at=row.sent_at)
            for row in rows
        )


def _digest(row: Row[*tuple[Any, ...]]) -> Digest:
    return Digest(
        channel_id=row.channel_id,
        times=times_from_json(row.times),
        told_until=row.told_until,
        asked_by=row.asked_by,
        changed_at=row.changed_at,
    )
