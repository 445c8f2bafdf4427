"""What is known of the posts that may go, read once for all of them. Decides nothing.

A claim asks where a post goes, what of its story is approved, what keeps that back and which of its messages
are out. Twenty-five may go in a second: each of these is one question for all of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.delivery import following
from bot.desk import approval, embargo
from bot.errors import StorageError
from bot.news.model import Article, Channel, Post
from bot.news.talk import PostPart
from storage import Db


@dataclass(frozen=True, kw_only=True)
class Known:
    """A post that may go, and what its claim needs to know.

    The story is not read for what was begun: it goes on with the calls that it was planned with.
    """

    post: Post
    channel: Channel
    newest: Article | None = None
    approved: Article | None = None
    embargoed_until: datetime | None = None
    parts: tuple[PostPart, ...]
    reply: dict[str, Any] | None = None  # to the earlier story that this one goes on with


@dataclass(kw_only=True)
class Reading:
    """Reads these posts in the order they are asked for, so many at once. For one transaction."""

    db: Db
    posts: Sequence[Post]
    at_once: int
    _known: dict[int, Known] = field(default_factory=dict)

    async def of(self, post: Post) -> Known:
        if post.id not in self._known:
            await self._read_on(post)
        return self._known[post.id]

    async def _read_on(self, post: Post) -> None:
        place = self.posts.index(post)
        try:
            self._known |= await of_posts(self.db, self.posts[place : place + self.at_once])
        except StorageError:
            raise
        except Exception:  # what can't be read of one must not stop the others: each by itself then
            if self.at_once == 1:
                raise
            self.at_once = 1
            await self._read_on(post)


async def of_posts(db: Db, posts: Sequence[Post]) -> dict[int, Known]:
    """What is known of each of them, by its id."""
    channels = await db.channels.some({post.channel_id for post in posts})
    parts = await db.posts.parts.of_posts([post.id for post in posts])
    newest = await db.articles.some({post.article_id for post in posts if not post.begun})
    approved = await approval.approved_of(db, newest)
    ends = await embargo.ends(db, newest, approved)
    replies = await following.replies(db, posts)
    return {
        post.id: Known(
            post=post,
            channel=channels[post.channel_id],
            newest=newest.get(post.article_id),
            approved=approved.get(post.article_id),
            embargoed_until=ends.get(post.article_id),
            parts=parts.get(post.id, ()),
            reply=replies.get(post.id),
        )
        for post in posts
    }
