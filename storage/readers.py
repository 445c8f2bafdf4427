"""What readers of public channels can see now. Knows no words of theirs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, bindparam, exists, func, or_, select

from bot.news.model import PostState
from bot.news.posts.withdrawal import WITHDRAWN
from bot.news.talk import ChangeKind, ChangeState
from storage.columns import LIMIT, NOW
from storage.connection import Connection
from storage.schema import changes, channels, post_parts, posts


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A post that readers of a public channel see, with the first of its messages."""

    article_id: int
    channel_id: int
    sent_at: datetime
    message_id: int | None


def _seen() -> Select[Any]:
    leaving = exists().where(
        changes.c.post_id == posts.c.id,
        changes.c.kind == ChangeKind.DELETE,
        changes.c.state.in_([ChangeState.PENDING, ChangeState.SENDING]),
        changes.c.due_at <= NOW,
    )
    message = (
        select(func.min(post_parts.c.message_id)).where(post_parts.c.post_id == posts.c.id).scalar_subquery()
    )
    return (
        select(posts.c.article_id, posts.c.channel_id, posts.c.sent_at, message.label("message_id"))
        .join(channels, channels.c.id == posts.c.channel_id)
        .where(
            channels.c.username.is_not(None),  # what a private channel has is its members'
            posts.c.state == PostState.SENT,
            posts.c.sent_at.is_not(None),
            or_(posts.c.reason.is_(None), posts.c.reason != WITHDRAWN),
            ~leaving,
        )
        .order_by(posts.c.sent_at.desc(), posts.c.id.desc())
    )


_OF_CHANNEL: Final = _seen().where(posts.c.channel_id == bindparam("channel")).limit(LIMIT)
_OF_STORY: Final = _seen().where(posts.c.article_id == bindparam("article"))
_EVER: Final = (
    select(posts.c.id)
    .join(channels, channels.c.id == posts.c.channel_id)
    .where(
        posts.c.article_id == bindparam("article"),
        posts.c.sent_at.is_not(None),
        channels.c.username.is_not(None),
    )
    .limit(1)
)


class Readers:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def of_channel(self, channel_id: int, now: datetime, limit: int) -> tuple[Seen, ...]:
        """What stands in a channel, if it is public; the newest first."""
        return await self._read(_OF_CHANNEL, channel=channel_id, now=now, limit=limit)

    async def of_story(self, article_id: int, now: datetime) -> tuple[Seen, ...]:
        """Where a story stands."""
        return await self._read(_OF_STORY, article=article_id, now=now)

    async def had(self, article_id: int) -> bool:
        """Whether readers of a public channel have ever had it."""
        return await self._connection.scalar(_EVER, {"article": article_id}) is not None

    async def _read(self, query: Select[Any], **asked: Any) -> tuple[Seen, ...]:
        rows = await self._connection.execute(query, asked)
        return tuple(Seen(**row) for row in rows.mappings())
