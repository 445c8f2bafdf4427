"""The desk's verbs on posts that are out: pin, unpin, take down, try again. Knows no Telegram.

What is asked for here is done by the publisher (`bot.delivery.changing`) as surely as a post is sent.
Corrections and kills are decided on the story, by `bot.desk.stories`.
"""

from collections.abc import Collection
from dataclasses import dataclass

from bot.desk import rights
from bot.desk.logbook import note
from bot.desk.schedule import require_connected
from bot.desk.stories import APPROVERS, SCHEDULERS, Desk
from bot.errors import NotFound, WrongState
from bot.news.model import ArticleState, Post, PostState
from bot.news.talk import Change, ChangeKind, ChangeState

PINNING = (ChangeKind.PIN, ChangeKind.UNPIN)


@dataclass(frozen=True, kw_only=True)
class Published:
    """What a person may still do to posts that readers have."""

    desk: Desk

    async def pin(self, post_id: int) -> Post:
        """Pin a post, silently."""
        return await self._have_done(post_id, ChangeKind.PIN, "pin")

    async def unpin(self, post_id: int) -> Post:
        return await self._have_done(post_id, ChangeKind.UNPIN, "unpin")

    async def take_down(self, post_id: int) -> Post:
        """Have a post deleted in its channel; once it is gone, the story can be posted there again."""
        return await self._have_done(post_id, ChangeKind.DELETE, "take_down")

    async def retry(self, change_id: int) -> Post:
        """Have done again what failed; a correction brings what is approved by now.

        Raises:
            NotFound: it did not fail, or something newer has taken its place.
        """
        change = await self.desk.db.changes.get(change_id)
        post = await self.desk.db.posts.get(change.post_id) if change else None
        if change is None or post is None:
            raise NotFound("change")
        self.desk.require(SCHEDULERS | APPROVERS)
        if not await self.may_retry(change, post):
            await self._require_channel(post)
        if change.state is not ChangeState.FAILED or change not in await self.wishes(post):
            raise NotFound("change")
        await self._ask_for(post, change.kind, "retry")
        return post

    async def may_retry(self, change: Change, post: Post) -> bool:
        """What approvers decide on a story they may also have tried again; the rest takes a scheduler."""
        article = await self.desk.article(post.article_id)
        decided = change.kind is ChangeKind.EDIT or article.state is ArticleState.KILLED
        return (decided and self.desk.may(APPROVERS)) or self.desk.runs(post.channel_id)

    async def _require_channel(self, post: Post) -> None:
        """Raises NotAllowed or ChannelTrouble unless the person plans in the post's channel."""
        where = await self.desk.db.channels.get(post.channel_id)
        assert where is not None  # a post's channel is never deleted
        rights.require_channel(self.desk.who, where)

    async def wishes(self, post: Post) -> tuple[Change, ...]:
        """What was wanted last of a post: its newest edit, deletion, and pin or end of one.

        They are still to be done, done, or failed; what was given up is not among them, nor what is planned.
        """
        return (await self.wishes_of([post]))[post.id]

    async def wishes_of(self, posts: Collection[Post]) -> dict[int, tuple[Change, ...]]:
        """The same of several posts, by their ids, read at once."""
        asked = await self.desk.db.changes.of_posts([post.id for post in posts])
        return {post.id: self._last(asked.get(post.id, ())) for post in posts}

    def _last(self, asked: Collection[Change]) -> tuple[Change, ...]:
        newest: dict[ChangeKind, Change] = {}
        for change in sorted(asked, key=lambda change: change.id):
            if change.state is not ChangeState.CANCELED and not self._is_planned(change):
                newest[ChangeKind.PIN if change.kind in PINNING else change.kind] = change
        return tuple(newest.values())

    async def planned(self, post: Post) -> tuple[Change, ...]:
        """What was chosen for later when it was scheduled: the end of its pin, and of itself."""
        return tuple(
            change for change in await self.desk.db.changes.of_post(post.id) if self._is_planned(change)
        )

    def _is_planned(self, change: Change) -> bool:
        return change.state is ChangeState.PENDING and change.due_at > self.desk.now

    async def keep(self, post_id: int) -> Post:
        """Let a post stay that was to be taken down later.

        Raises:
            NotFound: that is not planned (any more).
        """
        self.desk.require(SCHEDULERS)
        post = await self.desk.db.posts.get(post_id)
        if post is None:
            raise NotFound("post")
        await self._require_channel(post)
        if ChangeKind.DELETE not in {change.kind for change in await self.planned(post)}:
            raise NotFound("change")
        await self.desk.db.changes.cancel(post.id, ChangeKind.DELETE, now=self.desk.now)
        await note(self.desk, "keep", post=post)
        return post

    async def _have_done(self, post_id: int, kind: ChangeKind, verb: str) -> Post:
        self.desk.require(SCHEDULERS)
        post = await self.desk.db.posts.get(post_id)
        if post is None:
            raise NotFound("post")
        await self._require_channel(post)
        if post.state is not PostState.SENT:
            raise WrongState(post.state)
        await self._ask_for(post, kind, verb)
        return post

    async def _ask_for(self, post: Post, kind: ChangeKind, verb: str) -> None:
        db, now = self.desk.db, self.desk.now
        where = await db.channels.get(post.channel_id)
        assert where is not None  # a post's channel is never deleted
        require_connected(where)
        article = await self.desk.article(post.article_id)
        version = article.approved_version if kind is ChangeKind.EDIT else None
        if kind in PINNING:
            await db.changes.cancel(post.id, *PINNING, now=now)
        await db.changes.add(post.id, kind, now, by=self.desk.who.id, now=now, version=version)
        await db.cards.touch(post.article_id)
        await note(self.desk, verb, post=post, kind=kind.value)
