"""How posts are received, for those who may know: a post beside what its channel's posts usually get."""

from dataclasses import dataclass
from datetime import timedelta

from bot.desk import rights
from bot.desk.stories import Desk
from bot.errors import NotFound
from bot.news.model import Channel, Post
from bot.news.numbers import Received, standing, together

LATELY = timedelta(days=30)
"""The posts that a post is held against went out in so long a time before it was looked at."""
SETTLED = timedelta(days=1)
"""A younger post still gets most of what it will get: it is not among those."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How one post was received, and how that is beside the usual: None where too few posts are known."""

    post: Post
    where: Channel
    received: Received
    usual: float | None
    above: float | None  # the share of the channel's posts that got less
    against: int  # so many posts
    young: bool  # it went out less than a day ago


@dataclass(frozen=True, kw_only=True)
class Reception:
    """What a person may know of how posts are received."""

    desk: Desk

    async def post(self, post_id: int) -> Standing:
        """How a post was received, as far as it is out: of what was taken down nothing is told any more.

        Raises:
            NotStaff, NotAllowed, ChannelTrouble: not for this person.
            NotFound: no such post.
        """
        db, now = self.desk.db, self.desk.now
        self.desk.require(rights.READERS_OF_NUMBERS)
        post = await db.posts.get(post_id)
        where = await db.channels.get(post.channel_id) if post else None
        if post is None or where is None:
            raise NotFound("post")
        rights.require_numbers(self.desk.who, where)
        ids = [id for part in await db.posts.parts.of(post_id) for id in part.message_ids]
        received = together((await db.numbers.of_messages(where.id, ids or post.message_ids)).values())
        told = await db.numbers.sent(where.id, now - LATELY, now - SETTLED)
        others = [each.received.both for each in told if each.post_id != post_id]
        found = standing(received.both, others)
        usual, above = found or (None, None)
        return Standing(
            post=post,
            where=where,
            received=received,
            usual=usual,
            above=above,
            against=len(others),
            young=post.sent_at is not None and now - post.sent_at < SETTLED,
        )
