"""The desk's verbs on channels and posts: connect, slots, schedule, move, hold, cancel. Knows no Telegram.

The state of a post is the database's; every verb is a conditional change of it, so two admins (or an admin
and the publisher) can't both win.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.desk import approval, embargo, places, rights
from bot.desk.logbook import note, note_change
from bot.desk.stories import GONE, SCHEDULABLE, SCHEDULERS, WAITING, Desk
from bot.errors import ChannelTrouble, NoFreeSlot, NotFound, PastTime, WrongState
from bot.news.model import Article, Channel, Look, Post, PostState
from bot.news.quiet import unconfirmed
from bot.news.talk import ChangeKind, PartState
from storage import Db

COMING = (PostState.PENDING, PostState.SENDING, PostState.HELD, PostState.UNCONFIRMED, PostState.FAILED)
"""What `/queue` shows: everything that waits for its time or for a person."""
NEVER_HELD = 10 * 365 * 24 * 3600
"""Seconds; so late a post still goes out unasked where a channel holds none back."""
LATENESS = (15 * 60, 3600, 6 * 3600, NEVER_HELD)
"""Seconds; what a channel admin can choose from as the channel's `max_lateness`."""


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """A channel admin's half of the desk."""

    desk: Desk

    @property
    def db(self) -> Db:
        return self.desk.db

    @property
    def now(self) -> datetime:
        return self.desk.now

    async def channel(self, channel_id: int) -> Channel:
        """A channel, for those who schedule.

        Raises:
            NotFound: it was never connected.
            ChannelTrouble: the person is a channel admin of others.
        """
        self.desk.require(SCHEDULERS)
        channel = await self.db.channels.get(channel_id)
        if channel is None:
            raise NotFound("channel")
        rights.require_channel(self.desk.who, channel)
        return channel

    async def connect(
        self, channel_id: int, title: str, username: str | None, look: Look
    ) -> tuple[Channel, int]:
        """Make a channel one of ours, or ours again; it keeps the look and slots it had.

        The first signature of a public channel is its own @name. Also answers how many posts missed their
        time while it was away; they are held.
        """
        self.desk.require(SCHEDULERS)
        known = await self.db.channels.get(channel_id)
        rights.require_channel(self.desk.who, known or Channel(id=channel_id, title=title))
        if username and not look.signature:
            look = replace(look, signature=f"@{username}")
        channel = known or Channel(id=channel_id, title=title, look=look, time_zone=look.time_zone)
        channel = replace(channel, title=title, username=username, connected=True, trouble=None)
        await self.db.channels.put(channel, by=self.desk.who.id, now=self.now)
        missed = await returned(self.db, channel_id, self.now)
        await note(self.desk, "connect", channel_id=channel_id)
        return channel, missed

    async def set_max_lateness(self, channel_id: int, seconds: int) -> Channel:
        """How late the channel's posts may still go out unasked: one of `LATENESS`."""
        await self.channel(channel_id)
        if seconds not in LATENESS:
            raise NotFound("button")
        await self.db.channels.set_max_lateness(channel_id, seconds)
        await note(self.desk, "set_max_lateness", channel_id=channel_id, seconds=seconds)
        return await self.channel(channel_id)

    async def next_free(
        self, channel: Channel, article: Article, moving: Post | None = None
    ) -> datetime | None:
        """The next slot that is free for the article, or for its post that is to move; None where none is."""
        try:
            return await places.next_free(self.db, channel, article, self.now, moving)
        except NoFreeSlot:
            return None

    async def into_slot(self, article_id: int, version: int, channel_id: int) -> Post:
        """Put an article into the channel's next slot that is free for it, after its embargo.

        Raises:
            NoFreeSlot: the channel has no such slots.
        """
        article, channel = await self._pair(article_id, version, channel_id)
        due_at = await places.next_free(self.db, channel, article, self.now)
        return await self._add(article, channel, due_at)

    async def at(self, article_id: int, version: int, channel_id: int, due_at: datetime) -> Post:
        """Put an article out at a time; from within quiet hours it goes to their end.

        Raises:
            PastTime: that is over.
        """
        article, channel = await self._pair(article_id, version, channel_id)
        self._ahead(due_at)
        return await self._add(article, channel, await self._waking(channel, due_at))

    async def publish_now(self, article_id: int, version: int, channel_id: int) -> Post:
        """Put an article out at once, or at the end of quiet hours."""
        article, channel = await self._pair(article_id, version, channel_id)
        await embargo.require_over(self.db, article.id, self.now)
        return await self._add(article, channel, await self._waking(channel, self.now))

    async def boards(self, *, skip: int = 0, limit: int) -> tuple[Channel, ...]:
        """So many of the person's channels with a queue: connected, or with posts that wait for it."""
        self.desk.require(SCHEDULERS)
        among = rights.channels_of(self.desk.who)
        return await self.db.channels.page(*COMING, skip=skip, limit=limit, among=among)

    async def count_boards(self) -> int:
        """How many these are."""
        self.desk.require(SCHEDULERS)
        return await self.db.channels.count(*COMING, among=rights.channels_of(self.desk.who))

    async def queue(self, channel_id: int) -> tuple[Post, ...]:
        """The channel's posts that are not settled, by their time."""
        await self.channel(channel_id)
        return await self.db.posts.of_channel(channel_id, *COMING)

    async def post(self, post_id: int) -> Post:
        self.desk.require(SCHEDULERS)
        post = await self.db.posts.get(post_id)
        if post is None:
            raise NotFound("post")
        if not self.desk.runs(post.channel_id):
            await self.channel(post.channel_id)  # says whose it is not
        return post

    async def move(self, post_id: int, due_at: datetime) -> Post:
        """Give a waiting post another time, after quiet hours; a held one is in the queue again with it."""
        post = await self.post(post_id)
        self._ahead(due_at)
        channel = await self.channel(post.channel_id)
        return await self._move(post, await self._waking(channel, due_at, post))

    async def move_to_slot(self, post_id: int) -> Post:
        post = await self.post(post_id)
        channel, article = await self.channel(post.channel_id), await self.desk.article(post.article_id)
        return await self._move(post, await places.next_free(self.db, channel, article, self.now, post))

    async def move_to_now(self, post_id: int) -> Post:
        """Let a waiting post go at once, or at the end of quiet hours."""
        post = await self.post(post_id)
        channel = await self.channel(post.channel_id)
        require_connected(channel)
        await embargo.require_over(self.db, post.article_id, self.now)
        return await self._move(post, await self._waking(channel, self.now, post))

    async def hold(self, post_id: int) -> Post:
        """Keep a post back until it is released or moved."""
        return await self._change(post_id, PostState.HELD, {PostState.PENDING}, "hold")

    async def release(self, post_id: int) -> Post:
        """Let a held post go at its time.

        Raises:
            PastTime: its time is over; it has to be moved.
        """
        post = await self.post(post_id)
        if post.state is PostState.HELD:
            self._ahead(post.due_at)
        return await self._change(post_id, PostState.PENDING, {PostState.HELD}, "release")

    async def cancel(self, post_id: int) -> Post:
        """Take a post out of the queue; the article stays approved. What is half out is taken down."""
        return await self._cancel(post_id, WAITING | {PostState.FAILED}, "cancel")

    async def drop(self, post_id: int) -> Post:
        """A person has looked: it is not in the channel, and shall not be."""
        await self._asked_about(post_id)
        return await self._cancel(post_id, {PostState.UNCONFIRMED}, "drop")

    async def _cancel(self, post_id: int, frm: Iterable[PostState], verb: str) -> Post:
        post = await self._change(post_id, PostState.CANCELED, frm, verb)
        if post.message_ids:
            now, by = self.now, self.desk.who.id
            await self.db.changes.add(post_id, ChangeKind.DELETE, now, by=by, now=now)
        return post

    async def _asked_about(self, post_id: int) -> None:
        """A person decides only what looking could not tell.

        Raises:
            WrongState: it is still being looked for.
        """
        post = await self.post(post_id)
        if post.state is PostState.UNCONFIRMED and post.not_before is not None:
            raise WrongState(PostState.SENDING)

    async def restore(self, post_id: int) -> Post:
        """Undo a cancel, as long as its time is ahead and the article was not queued again.

        Raises:
            AlreadyPosted: the article is in that queue again, or out.
        """
        post = await self.post(post_id)
        self._ahead(post.due_at)
        await self.still_wanted(post)
        return await self._change(post_id, PostState.PENDING, {PostState.CANCELED}, "restore")

    async def confirm_sent(self, post_id: int) -> Post:
        """A person has looked: what was in doubt of the post is in the channel; the rest of it goes on."""
        await self._asked_about(post_id)
        parts = await self.db.posts.parts.of(post_id)
        for part in parts:
            if part.state is PartState.SENDING:
                await self.db.posts.parts.confirmed(post_id, part.number)
        goes_on = any(part.state is PartState.PENDING for part in parts)
        to = PostState.PENDING if goes_on else PostState.SENT
        post = await self._change(post_id, to, {PostState.UNCONFIRMED}, "confirm_sent")
        if not goes_on:
            await approval.published(self.db, post.article_id, self.now)
        return post

    async def send_again(self, post_id: int) -> Post:
        """A person has looked: it is not in the channel, so what is missing of it goes (again), now."""
        post = await self.post(post_id)
        await self.still_wanted(post)
        await self._asked_about(post_id)
        if not post.begun:
            await embargo.require_over(self.db, post.article_id, self.now)
        for part in await self.db.posts.parts.of(post_id):
            if part.state is PartState.SENDING:
                await self.db.posts.parts.pending(post_id, part.number)
        post = await self._change(
            post_id, PostState.PENDING, {PostState.UNCONFIRMED, PostState.FAILED}, "send_again"
        )
        await self.db.posts.move(post_id, self.now, now=self.now)
        return post

    async def still_wanted(self, post: Post) -> None:
        """Raises WrongState where the story was spiked or killed meanwhile."""
        article = await self.desk.article(post.article_id)
        if article.state in GONE:
            raise WrongState(article.state)

    async def _pair(self, article_id: int, version: int, channel_id: int) -> tuple[Article, Channel]:
        article = await self.desk.article(article_id, version)
        channel = await self.channel(channel_id)
        if article.state not in SCHEDULABLE:
            raise WrongState(article.state)
        require_connected(channel)
        return article, channel

    async def _waking(self, channel: Channel, due_at: datetime, moving: Post | None = None) -> datetime:
        return await places.out_of_quiet(self.db, channel, due_at, self.now, moving)

    async def _add(self, article: Article, channel: Channel, due_at: datetime) -> Post:
        await embargo.require_over(self.db, article.id, due_at)
        post = await self.db.posts.add(
            article_id=article.id,
            channel_id=channel.id,
            due_at=due_at,
            by=self.desk.who.id,
            now=self.now,
            urgency=unconfirmed(article.urgency),
            zone=channel.time_zone,
        )
        await self.db.cards.touch(post.article_id)
        await note(self.desk, "schedule", post=post)
        return post

    async def _move(self, post: Post, due_at: datetime) -> Post:
        await embargo.require_over(self.db, post.article_id, due_at)
        _not_half_out(post)
        if not await self.db.posts.move(post.id, due_at, now=self.now):
            raise WrongState(post.state)
        channel = await self.channel(post.channel_id)
        if post.zone != channel.time_zone:  # its new time is meant on the clock that the channel has now
            await self.db.posts.set_zone(post.id, channel.time_zone, due_at, now=self.now)
        return await self._planned("move", post)

    async def _change(self, post_id: int, to: PostState, frm: Iterable[PostState], verb: str) -> Post:
        post = await self.post(post_id)
        _not_half_out(post)
        if verb in {"release", "restore"}:
            await embargo.require_over(self.db, post.article_id, post.due_at)
        if not await self.db.posts.change(post_id, to, frm=frozenset(frm), now=self.now):
            raise WrongState(post.state)
        return await self._planned(verb, post)

    async def _planned(self, verb: str, was: Post) -> Post:
        """The post as it is now; the log has what it was before (`bot.desk.order` undoes by it)."""
        post = await self.post(was.id)
        await note_change(self.desk, verb, was, post)
        return post

    def _ahead(self, due_at: datetime) -> None:
        if due_at <= self.now:
            raise PastTime("", due_at)


async def returned(db: Db, channel_id: int, now: datetime) -> int:
    """A channel is ours again: what missed its time is held, for nobody expects it now; how many posts."""
    await db.channels.set_trouble(channel_id, None, connected=True)
    await db.cards.touch_shown(channel_id)
    late = [post for post in await db.posts.of_channel(channel_id, PostState.PENDING) if post.due_at <= now]
    for post in late:
        await db.posts.change(post.id, PostState.HELD, frm={PostState.PENDING}, now=now, reason="missed")
    return len(late)


def _not_half_out(post: Post) -> None:
    """Between two of its messages a post waits for its turn: nobody may stop it there."""
    if post.state is PostState.PENDING and post.begun:
        raise WrongState(PostState.SENDING)


def require_connected(channel: Channel) -> None:
    """Raises ChannelTrouble where the bot is no administrator any more."""
    if not channel.connected:
        raise ChannelTrouble("bot_not_admin", channel.title)
