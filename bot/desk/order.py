"""The desk's verbs on the order of a queue: earlier, later, swap, undo. Knows no Telegram.

Every one is one change in one transaction, written down with what was before, so that it can be undone.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.desk import embargo
from bot.desk.approval import approved_of
from bot.desk.logbook import change_of, note, note_change, took_back
from bot.desk.schedule import COMING, Schedule
from bot.desk.stories import WAITING
from bot.errors import DeskError, MonadiError, NotFound, NotMoved, PastTime, WrongState
from bot.news.model import Article, Channel, Post, PostState
from bot.news.plans import standing, turns
from bot.news.plans.standing import Standing
from bot.news.plans.turns import Turn
from bot.news.quiet import URGENT
from bot.news.talk import AuditEntry

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
        """Those before and after a waiting post that it can exchange its time with: none that shares one."""
        order = await self.schedule.db.posts.around(post, self.schedule.now, TIED)
        place = next((number for number, each in enumerate(order) if each.id == post.id), None)
        if place is None:
            return None, None
        times = [each.due_at for each in order]
        before, after = (
            order[beside]
            if 0 <= beside < len(order) and times.count(post.due_at) == times.count(times[beside]) == 1
            else None
            for beside in (place - 1, place + 1)
        )
        return before, after

    async def exchangeable(self, post: Post, others: Collection[Post], where: Channel) -> list[Post]:
        """Those of the others in its channel that a waiting post may exchange its time with."""
        refused = await self.refusals(post, others, where)
        return [other for other in others if other.id in refused and refused[other.id] is None]

    async def refusals(
        self, post: Post, others: Collection[Post], where: Channel
    ) -> dict[int, MonadiError | None]:
        """What `swap` would say to each of the others in its channel; None where it would do it."""
        db = self.schedule.db
        beside = [other for other in others if other.id != post.id]
        stories = await db.articles.some({each.article_id for each in (post, *beside)}) if beside else {}
        ends = await embargo.ends(db, stories, await approved_of(db, stories)) if stories else {}
        turn = {
            each.id: _turn(each, stories[each.article_id], ends[each.article_id])
            for each in (post, *beside)
            if each.article_id in stories
        }
        return {
            other.id: self._refusal(post, other, turn, where)
            for other in beside
            if {post.id, other.id} <= turn.keys()
        }

    def _refusal(self, post: Post, other: Post, turn: dict[int, Turn], where: Channel) -> MonadiError | None:
        try:
            self._require_waiting(post)
            self._require_waiting(other)
            turns.swapped(turn[post.id], turn[other.id], where)
        except (DeskError, PastTime) as error:
            return error
        return None

    async def earlier(self, post_id: int) -> Post:
        """Let a post have the time of the one before it, and that one its own.

        Raises:
            NotMoved, Embargoed, Contradiction: see `bot.news.plans.turns`.
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
            Contradiction: one would be in a slot that does not take its story.
            WrongState: one of them does not wait any more.
        """
        one, other = await self._waiting(post_id), await self._waiting(other_id)
        if one.channel_id != other.channel_id:
            raise NotMoved("elsewhere")
        where = await self.schedule.channel(one.channel_id)
        pair = turns.swapped(await self._turn(one), await self._turn(other), where)
        return await self._exchange("swap", {one.id: one, other.id: other}, pair)

    async def undoable(self, post: Post) -> AuditEntry | None:
        """The last change of the post's place, if all is still as that has left it."""
        entry = await self.schedule.db.audit.last_of_post(post.article_id, post.id)
        if entry is not None and entry.verb == "exchanged":
            entry = await self.schedule.db.audit.get((entry.detail or {})["by"])
        if entry is None or not _is_plan(entry):
            return None
        parts = await self._parts(entry)
        if any(standing.of(part.post) != part.left for part in parts):
            return None
        try:
            for part in parts:
                await self.schedule.still_wanted(part.post)
                await self._require_place(part, parts)
        except (DeskError, PastTime):  # it can't stand where it stood any more, or is wanted no more
            return None
        return entry

    async def undo(self, entry_id: int) -> Post:
        """Take back a change of the schedule, if nothing has changed since.

        Raises:
            NotFound: it is no such change.
            WrongState, NotMoved: a post was sent, held or moved since, or its old time has another post now.
            PastTime, Embargoed, AlreadyPosted: it can't be again as it was.
        """
        entry = await self.schedule.db.audit.get(entry_id)
        if entry is None or not _is_plan(entry):
            raise NotFound("change")
        parts = await self._parts(entry)
        for part in parts:
            await require_as_left(self.schedule, part)
            await self._require_place(part, parts)
        for part in parts:
            await put_back(self.schedule, part)
        verb = "redo_plan" if took_back(entry) else "undo_plan"
        return await self._log(verb, [part.post for part in parts], undid=entry.id)

    async def choose_after(self, post_id: int, pin_for: int | None, delete_after: int | None) -> Post:
        """Choose what becomes of a waiting post once it is out: seconds, as in `Post`.

        Raises:
            WrongState: it does not wait any more.
        """
        post = await self.schedule.post(post_id)
        if post.state not in WAITING or post.begun:
            raise WrongState(post.state)
        seen = standing.of(post)
        chosen = replace(seen, pin_for=pin_for, delete_after=delete_after)
        if not await self.schedule.db.posts.replan(post.id, seen=seen, to=chosen, now=self.schedule.now):
            raise WrongState(post.state)
        return await self._log("set_after", [post])

    async def _require_place(self, part: Undo, parts: list[Undo]) -> None:
        """Raises an error where a post may not stand again where it stood: over, too early, or taken."""
        post, before = part.post, part.before
        if before.state is not PostState.PENDING or before.place == part.left.place:
            return
        if before.due_at <= self.schedule.now:
            raise PastTime("", before.due_at)
        await embargo.require_over(self.schedule.db, post.article_id, before.due_at)
        if post.state is PostState.CANCELED or before.due_at != post.due_at:
            await self._require_free(before.due_at, post.channel_id, {each.post.id for each in parts})

    async def _require_free(self, at: datetime, channel_id: int, but: set[int]) -> None:
        there = await self.schedule.db.posts.due_between(
            channel_id, at, at + timedelta(microseconds=1), *COMING
        )
        if any(post.due_at == at and post.id not in but for post in there):
            raise NotMoved("taken")

    async def _beside(self, post_id: int, verb: str) -> Post:
        post = await self._waiting(post_id)
        where = await self.schedule.channel(post.channel_id)
        around = await self.schedule.db.posts.around(post, self.schedule.now, TIED)
        near = {each.id: each for each in around}
        queue = [await self._turn(each) for each in near.values()]
        move = turns.earlier if verb == "earlier" else turns.later
        return await self._exchange(verb, near, move(queue, post.id, where))

    async def _exchange(self, verb: str, before: dict[int, Post], pair: tuple[Turn, Turn]) -> Post:
        posts = [before[turn.id] for turn in pair]
        for post, turn in zip(posts, pair, strict=True):
            seen = standing.of(post)
            to = replace(seen, due_at=turn.due_at)
            if not await self.schedule.db.posts.replan(post.id, seen=seen, to=to, now=self.schedule.now):
                raise WrongState(post.state)
        return await self._log(verb, posts)

    async def _waiting(self, post_id: int) -> Post:
        post = await self.schedule.post(post_id)
        self._require_waiting(post)
        return post

    def _require_waiting(self, post: Post) -> None:
        if post.state not in WAITING or post.begun:
            raise WrongState(PostState.SENDING if post.begun else post.state)
        if post.due_at <= self.schedule.now:
            raise PastTime("", post.due_at)

    async def _turn(self, post: Post) -> Turn:
        article = await self.schedule.desk.article(post.article_id)
        return _turn(post, article, await embargo.until(self.schedule.db, article.id))

    async def _parts(self, entry: AuditEntry) -> list[Undo]:
        """Whom the change was about: the entry's own post, and the one that it exchanged its time with."""
        detail = entry.detail or {}
        told: list[tuple[int, dict[str, Any]]] = [(entry.post_id or 0, detail)]
        if "with" in detail:
            told.append((detail["with"]["post"], detail["with"]))
        return [await part_of(self.schedule, post_id, about) for post_id, about in told]

    async def _log(self, verb: str, was: list[Post], **more: Any) -> Post:
        """One entry for the change, under its first post; the other's story has a line about it too."""
        desk, (first, *others) = self.schedule.desk, was
        after = await self.schedule.post(first.id)
        for other in others:
            more["with"] = change_of(other, await self.schedule.post(other.id))
        entry_id = await note_change(desk, verb, first, after, **more)
        for other in others:
            await note(desk, "exchanged", post=other, by=entry_id)
            await self.schedule.db.cards.touch(other.article_id)
        return after


def _turn(post: Post, article: Article, embargoed_until: datetime | None) -> Turn:
    return Turn(
        id=post.id,
        due_at=post.due_at,
        embargoed_until=embargoed_until,
        category=article.category,
        urgency=article.urgency,
        passes_quiet=post.urgency <= URGENT,
    )


async def part_of(schedule: Schedule, post_id: int, about: dict[str, Any]) -> Undo:
    """A post, with how the log says it `was` before a change and stood `now` after it."""
    post = await schedule.post(post_id)
    return Undo(post=post, left=standing.from_json(about["now"]), before=standing.from_json(about["was"]))


async def require_as_left(schedule: Schedule, part: Undo) -> None:
    """Raises WrongState or NotMoved where a post is not as the change has left it, or its story is gone."""
    post, left = part.post, part.left
    await schedule.still_wanted(post)
    if post.state is not left.state or post.begun:
        raise WrongState(PostState.SENDING if post.state is PostState.PENDING else post.state)
    if standing.of(post) != left:
        raise NotMoved("moved")


async def put_back(schedule: Schedule, part: Undo) -> None:
    """Let a post stand as it did before.

    Raises:
        NotMoved: somebody was faster.
        AlreadyPosted: the story is in that queue again, or out.
    """
    if not await schedule.db.posts.replan(part.post.id, seen=part.left, to=part.before, now=schedule.now):
        raise NotMoved("moved")


def _is_plan(entry: AuditEntry) -> bool:
    """Whether a change can be taken back: one of a post that waited, and has not gone out by it."""
    detail = entry.detail or {}
    if entry.post_id is None or not {"was", "now"} <= detail.keys():
        return False
    before = PostState(detail["was"]["state"])
    return before in WAITING and PostState(detail["now"]["state"]) in WAITING | {PostState.CANCELED}
