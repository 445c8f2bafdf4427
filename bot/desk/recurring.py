"""The desk's verbs on stories that come back every week: set up, ended, undone. Knows no Telegram.

Their posts are made by `bot.desk.returning`; what is done to one turn alone is in `bot.desk.one_turn`.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.desk import embargo, places, rights
from bot.desk.logbook import note
from bot.desk.returning import Changes, cancel, waiting
from bot.desk.schedule import require_connected
from bot.desk.stories import GONE, SCHEDULABLE, SCHEDULERS, WAITING, Desk
from bot.errors import AlreadyPosted, NotFound, NotMoved, PastTime, WrongState
from bot.news.model import Article, Channel, PostState, Slot
from bot.news.plans import standing
from bot.news.plans.recurrence import Recurrence, coming, from_json, to_json
from bot.news.plans.slots import occurrences


@dataclass(frozen=True, kw_only=True)
class Changed:
    """A recurrence after a change, and the log's entry of it."""

    plan: Recurrence
    entry_id: int


@dataclass(frozen=True, kw_only=True)
class Recurring:
    """A channel admin's verbs on what comes back."""

    desk: Desk

    async def repeat(
        self,
        article_id: int,
        version: int,
        channel_id: int,
        times: tuple[Slot, ...],
        until: datetime | None = None,
    ) -> Changed:
        """Have a story come back at weekly times, on the channel's clock; not before its embargo ends.

        Raises:
            PastTime: none comes before that end; its `at` is the first that would.
            AlreadyPosted: it comes back in that channel already.
        """
        article, channel = await self._pair(article_id, version, channel_id)
        if await self.of(article_id, channel_id):
            raise AlreadyPosted
        now = self.desk.now
        end = await embargo.until(self.desk.db, article.id)
        begin = max(now, (end or now) - timedelta(microseconds=1))
        _require_one(times, until, begin, channel)
        made = await self.desk.db.recurrences.add(
            article_id=article_id,
            channel_id=channel_id,
            times=times,
            until=until,
            planned_until=begin,
            by=self.desk.who.id,
            now=now,
        )
        return Changed(plan=made, entry_id=await self._log("repeat", made, was=None))

    async def of(self, article_id: int, channel_id: int) -> Recurrence | None:
        """How the story comes back in the channel, if it does."""
        going = await self.desk.db.recurrences.going()
        found = [one for one in going if (one.article_id, one.channel_id) == (article_id, channel_id)]
        return found[0] if found else None

    async def all(self) -> tuple[Recurrence, ...]:
        """What comes back, in the order in which it was set up."""
        self.desk.require(SCHEDULERS)
        going = await self.desk.db.recurrences.going()
        return tuple(plan for plan in going if self.desk.runs(plan.channel_id))

    async def get(self, recurrence_id: int) -> Recurrence:
        self.desk.require(SCHEDULERS)
        found = await self.desk.db.recurrences.get(recurrence_id)
        if found is None:
            raise NotFound("post")
        if (where := await self.desk.db.channels.get(found.channel_id)) is not None:
            rights.require_channel(self.desk.who, where)
        return found

    async def ahead(self, plan: Recurrence, count: int = 3) -> tuple[datetime, ...]:
        """When it really goes next: its posts in the queue, then what is still to be made."""
        now, channel = self.desk.now, await self.desk.db.channels.get(plan.channel_id)
        assert channel is not None  # channels are never deleted
        queued = [
            places.goes_at(channel, post.due_at)
            for post in await waiting(self.desk.db, plan)
            if post.due_at > now
        ]
        later = () if plan.ended else coming(plan, max(now, plan.planned_until), channel.time_zone, count)
        return tuple(sorted({*queued, *(places.goes_at(channel, at) for at in later)}))[:count]

    async def end(self, recurrence_id: int) -> Changed:
        """Let it come no more; its post ahead is canceled."""
        plan = await self.get(recurrence_id)
        return await self._put("end_repeat", plan, replace(plan, ended=True), self.desk.now)

    async def end_on(self, recurrence_id: int, until: datetime | None) -> Changed:
        """Let it come until then (None: without end), also when it had ended.

        Raises:
            PastTime: none comes before that end; its `at` is the first that would.
            WrongState: its story was spiked or killed.
        """
        plan = await self.get(recurrence_id)
        await self._require_wanted(plan)
        channel = await self.desk.db.channels.get(plan.channel_id)
        assert channel is not None  # channels are never deleted
        _require_one(plan.times, until, self.desk.now, channel)
        begin = max(plan.planned_until, self.desk.now) if plan.ended else plan.planned_until
        to = replace(plan, until=until, ended=False, planned_until=begin)
        return await self._put("end_repeat_on", plan, to, until)

    async def undo(self, entry_id: int) -> Changed:
        """Take back the last change of what comes back; what that has canceled is in the queue again.

        A turn whose time is over by now stays out. What was set up is ended.

        Raises:
            NotFound: it is no such change.
            NotMoved: there was another since, or a turn has gone out already.
        """
        entry = await self.desk.db.audit.get(entry_id)
        change = ((entry.detail or {}) if entry else {}).get("recurrence")
        if entry is None or not isinstance(change, dict):
            raise NotFound("change")
        plan = await self.get(change["id"])
        await self._require_wanted(plan)
        if await self._last_change(plan) != entry_id:
            raise NotMoved("changed")
        was = replace(plan, ended=True) if change["was"] is None else from_json(plan, change["was"])
        if change["was"] is None and await self._has_gone_out(plan):
            raise NotMoved("gone out")
        await self._bring_back(change["posts"])
        begin = max(plan.planned_until, was.planned_until)
        to = replace(was, planned_until=begin)
        return await self._put("undo_repeat", plan, to, self.desk.now if to.ended else to.until)

    async def _last_change(self, plan: Recurrence) -> int | None:
        log = await self.desk.db.audit.of_article(plan.article_id)
        changes = [(entry.id, (entry.detail or {}).get("recurrence")) for entry in log]
        mine = [id for id, change in changes if isinstance(change, dict) and change["id"] == plan.id]
        return mine[-1] if mine else None

    async def _has_gone_out(self, plan: Recurrence) -> bool:
        """Whether readers have a turn of it, or may have."""
        posts = await self.desk.db.posts.of_story(plan.article_id)
        back = {PostState.CANCELED, *WAITING}
        return any(post.recurrence_id == plan.id and (post.state not in back or post.begun) for post in posts)

    async def _bring_back(self, canceled: Changes) -> None:
        """Put canceled posts into the queue again, as they were; those whose time is over stay out."""
        db, now = self.desk.db, self.desk.now
        for change in canceled:
            left, was = standing.from_json(change["now"]), standing.from_json(change["was"])
            post = await db.posts.get(change["post"])
            article = await db.articles.get(post.article_id) if post else None
            if post is None or article is None or article.state in GONE:
                continue
            if was.due_at > now and was.due_at >= (await embargo.until(db, article.id) or now):
                await db.posts.replan(post.id, seen=left, to=was, now=now)

    async def _require_wanted(self, plan: Recurrence) -> None:
        """Raises WrongState where its story was spiked or killed."""
        article = await self.desk.article(plan.article_id)
        if article.state in GONE:
            raise WrongState(article.state)

    async def _pair(self, article_id: int, version: int, channel_id: int) -> tuple[Article, Channel]:
        self.desk.require(SCHEDULERS)
        article = await self.desk.article(article_id, version)
        if article.state not in SCHEDULABLE:
            raise WrongState(article.state)
        channel = await self.desk.db.channels.get(channel_id)
        if channel is None:
            raise NotFound("channel")
        rights.require_channel(self.desk.who, channel)
        require_connected(channel)
        return article, channel

    async def _put(self, verb: str, plan: Recurrence, to: Recurrence, last: datetime | None) -> Changed:
        """Store a change; posts that wait for a time after `last` are taken out of the queue."""
        canceled: Changes = []
        channel = await self.desk.db.channels.get(plan.channel_id)
        assert channel is not None  # channels are never deleted
        for post in await waiting(self.desk.db, plan):
            if last is not None and post.due_at > last:
                await cancel(self.desk.db, post, "ended", self.desk.now)
                turn = to.planned_until
                if post.due_at in {turn, places.goes_at(channel, turn)}:  # should it go on, it comes again
                    to = replace(to, planned_until=turn - timedelta(microseconds=1))
                now = standing.to_json(await self.desk.db.posts.get(post.id) or post)
                canceled.append({"post": post.id, "was": standing.to_json(post), "now": now})
        await self.desk.db.recurrences.put(to, now=self.desk.now)
        entry_id = await self._log(verb, to, was=to_json(plan), posts=canceled)
        return Changed(plan=to, entry_id=entry_id)

    async def _log(
        self, verb: str, plan: Recurrence, *, was: dict[str, Any] | None, posts: Changes | None = None
    ) -> int:
        await self.desk.db.cards.touch(plan.article_id)
        change = {"id": plan.id, "was": was, "now": to_json(plan), "posts": posts or []}
        return await note(
            self.desk, verb, article_id=plan.article_id, channel_id=plan.channel_id, recurrence=change
        )


def _require_one(times: tuple[Slot, ...], until: datetime | None, after: datetime, channel: Channel) -> None:
    """Raises PastTime where the end comes before the first occurrence, which is its `at`."""
    first = next(occurrences(times, after, channel.time_zone))
    if until is not None and first > until:
        raise PastTime("", first)
