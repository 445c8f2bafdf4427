"""The desk's verbs on the order of a queue: earlier, later, swap, undo. Knows no Telegram.

Every one is one change in one transaction, written down with what was before, so that it can be undone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.desk import WAITING
from bot.errors import Embargoed, NotFound, NotMoved, PastTime, WrongState
from bot.keeping import URGENT
from bot.news import standing, turns
from bot.news.model import ArticleState, Post, PostState
from bot.news.standing import Standing
from bot.news.talk import AuditEntry
from bot.news.turns import Turn
from bot.schedule import COMING, Schedule
from storage import Db

TIED = 2
"""Neighbours to look at on each side: the second one tells whether the first shares its time."""


@dataclass(frozen=True, kw_only=True)
class Undo:
    """One post's part in what is undone: as it is, as the change left it, and as it was before."""

    post: Post
    left: Standing
    before: Standing


@dataclass(frozen=True, kw_only=True)
class Planning:
    """What a channel admin does to the order of a queue."""

    schedule: Schedule

    async def neighbours(self, post: Post) -> tuple[Post | None, Post | None]:
        """Those that wait before and after a waiting post."""
        order = await self._db.posts.around(post, self._now, 1)
        place = next((number for number, each in enumerate(order) if each.id == post.id), None)
        if place is None:
            return None, None
        return (order[place - 1] if place else None), (order[place + 1] if place + 1 < len(order) else None)

    async def earlier(self, post_id: int) -> Post:
        """Let a post have the time of the one before it, and that one its own.

        Raises:
            NotMoved, Embargoed: see `bot.news.turns`.
            WrongState: it does not wait any more.
        """
        return await self._beside(post_id, "earlier")

    async def later(self, post_id: int) -> Post:
        """The same with the one after it."""
        return await self._beside(post_id, "later")

    async def swap(self, post_id: int, other_id: int) -> Post:
        """Let two posts of a channel exchange their times.

        Raises:
            NotMoved: they have the same time, one would be in quiet hours, or they are in two channels.
            Embargoed: one would go out too early.
            WrongState: one of them does not wait any more.
        """
        one, other = await self._waiting(post_id), await self._waiting(other_id)
        if one.channel_id != other.channel_id:
            raise NotMoved("elsewhere")
        where = await self.schedule.channel(one.channel_id)
        pair = turns.swapped(await self._turn(one), await self._turn(other), where.rhythm, where.time_zone)
        return await self._exchange("swap", {one.id: one, other.id: other}, pair)

    async def undoable(self, post: Post) -> AuditEntry | None:
        """The last change of the post's place, if all is still as that has left it."""
        entry = await self._db.audit.last_of_post(post.article_id, post.id)
        if entry is not None and entry.verb == "exchanged":
            entry = await self._db.audit.get((entry.detail or {})["by"])
        if entry is None or not _is_plan(entry):
            return None
        parts = await self._parts(entry)
        return entry if all(standing.of(part.post).key == part.left.key for part in parts) else None

    async def undo(self, entry_id: int) -> Post:
        """Take back a change of the schedule, if nothing has changed since.

        Raises:
            NotFound: it is no such change.
            WrongState, NotMoved: a post was sent, held or moved since, or its old time has another post now.
            PastTime, Embargoed, AlreadyPosted: it can't be again as it was.
        """
        entry = await self._db.audit.get(entry_id)
        if entry is None or not _is_plan(entry):
            raise NotFound("change")
        parts = await self._parts(entry)
        for part in parts:
            await self._require_undoable(part, parts)
        for part in parts:
            done = await self._db.posts.replan(
                part.post.id,
                seen=part.left.key,
                to=part.before.key,
                now=self._now,
                reason=part.before.reason,
            )
            if not done:
                raise NotMoved("moved")
        return await self._log("undo_plan", [part.post for part in parts], undid=entry.id)

    async def _require_undoable(self, part: Undo, parts: list[Undo]) -> None:
        post, before = part.post, part.before
        if post.state is not part.left.state or post.begun:
            raise WrongState(PostState.SENDING if post.state is PostState.PENDING else post.state)
        if post.due_at != part.left.due_at:
            raise NotMoved("moved")
        if before.state is not PostState.PENDING:
            return
        if before.due_at <= self._now:
            raise PastTime("", before.due_at)
        article = await self.schedule.desk.article(post.article_id)
        if article.state in {ArticleState.SPIKED, ArticleState.KILLED}:
            raise WrongState(article.state)
        if article.embargoed_until and before.due_at < article.embargoed_until:
            raise Embargoed(article.embargoed_until)
        if post.state is PostState.CANCELED or before.due_at != post.due_at:
            await self._require_free(before.due_at, post.channel_id, {each.post.id for each in parts})

    async def _require_free(self, at: datetime, channel_id: int, but: set[int]) -> None:
        there = await self._db.posts.due_between(channel_id, at, at + timedelta(microseconds=1), *COMING)
        if any(post.due_at == at and post.id not in but for post in there):
            raise NotMoved("taken")

    async def _beside(self, post_id: int, verb: str) -> Post:
        post = await self._waiting(post_id)
        where = await self.schedule.channel(post.channel_id)
        near = {each.id: each for each in await self._db.posts.around(post, self._now, TIED)}
        queue = [await self._turn(each) for each in near.values()]
        move = turns.earlier if verb == "earlier" else turns.later
        return await self._exchange(verb, near, move(queue, post.id, where.rhythm, where.time_zone))

    async def _exchange(self, verb: str, before: dict[int, Post], pair: tuple[Turn, Turn]) -> Post:
        posts = [before[turn.id] for turn in pair]
        for post, turn in zip(posts, pair, strict=True):
            to = post.state, turn.due_at
            if not await self._db.posts.replan(
                post.id, seen=(post.state, post.due_at), to=to, now=self._now, reason=post.reason
            ):
                raise WrongState(post.state)
        return await self._log(verb, posts)

    async def _waiting(self, post_id: int) -> Post:
        post = await self.schedule.post(post_id)
        if post.state not in WAITING or post.begun:
            raise WrongState(PostState.SENDING if post.begun else post.state)
        if post.due_at <= self._now:
            raise PastTime("", post.due_at)
        return post

    async def _turn(self, post: Post) -> Turn:
        article = await self._db.articles.get(post.article_id)
        return Turn(
            id=post.id,
            due_at=post.due_at,
            embargoed_until=article.embargoed_until if article else None,
            passes_quiet=post.urgency <= URGENT,
        )

    async def _parts(self, entry: AuditEntry) -> list[Undo]:
        """Whom the change was about: the entry's own post, and the one that it exchanged its time with."""
        detail = entry.detail or {}
        told: list[tuple[int, dict[str, Any]]] = [(entry.post_id or 0, detail)]
        if "with" in detail:
            told.append((detail["with"]["post"], detail["with"]))
        return [
            Undo(
                post=await self.schedule.post(post_id),
                left=standing.from_json(about["now"]),
                before=standing.from_json(about["was"]),
            )
            for post_id, about in told
        ]

    async def _log(self, verb: str, was: list[Post], **more: Any) -> Post:
        """One entry for the change, under its first post; the other's story has a line about it too."""
        posts = [await self.schedule.post(post.id) for post in was]
        told = [
            {"was": standing.to_json(before), "now": standing.to_json(after)}
            for before, after in zip(was, posts, strict=True)
        ]
        if len(posts) > 1:
            more["with"] = {"post": posts[1].id, **told[1]}
        entry_id = await self._write(verb, posts[0], {**told[0], **more})
        if len(posts) > 1:
            await self._write("exchanged", posts[1], {"by": entry_id})
        for post in posts:
            await self._db.cards.touch(post.article_id)
        return posts[0]

    async def _write(self, verb: str, post: Post, detail: dict[str, Any]) -> int:
        return await self._db.audit.log(
            at=self._now,
            person_id=self.schedule.desk.who.id,
            verb=verb,
            article_id=post.article_id,
            channel_id=post.channel_id,
            post_id=post.id,
            detail=detail,
        )

    @property
    def _db(self) -> Db:
        return self.schedule.desk.db

    @property
    def _now(self) -> datetime:
        return self.schedule.desk.now


def _is_plan(entry: AuditEntry) -> bool:
    """Whether a change can be taken back: one of a post that waited, and has not gone out by it."""
    detail = entry.detail or {}
    if entry.post_id is None or not {"was", "now"} <= detail.keys():
        return False
    before = PostState(detail["was"]["state"])
    return before in WAITING and PostState(detail["now"]["state"]) in WAITING | {PostState.CANCELED}
