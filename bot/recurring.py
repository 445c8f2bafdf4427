"""Stories that come back every week: the desk's verbs on them, and the step that makes the next post.

Each occurrence is a post like any other, made one ahead: `planned_until` and the post change in one
transaction, so that a crash makes neither twice nor none.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.desk import SCHEDULABLE, SCHEDULERS, Desk
from bot.errors import AlreadyPosted, NotFound, PastTime, WrongState
from bot.news.model import Article, ArticleState, Channel, Post, PostState, Slot
from bot.news.recurrence import Recurrence, coming, next_one
from bot.news.slots import occurrences
from bot.schedule import require_connected
from storage import Db

log = structlog.get_logger(__name__)

_GONE = frozenset({ArticleState.SPIKED, ArticleState.KILLED})
_GIVES_WAY = frozenset({"late", "missed", "embargo", "unapproved"})
"""Why a post was held that its next occurrence makes pointless; what a person holds stays."""

type Told = Callable[[Db, Recurrence, tuple[datetime, ...], datetime], Awaitable[None]]
"""Tells a recurrence's people what was left out; the recurrence is as it is afterwards."""


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
    ) -> Recurrence:
        """Have a story come back at weekly times, on the channel's clock; not before its embargo ends.

        Raises:
            PastTime: none comes before that end; its `at` is the first that would.
            AlreadyPosted: it comes back in that channel already.
        """
        article, channel = await self._pair(article_id, version, channel_id)
        if await self.of(article_id, channel_id):
            raise AlreadyPosted
        now = self.desk.now
        begin = max(now, (article.embargoed_until or now) - timedelta(microseconds=1))
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
        await self._log("repeat", made)
        return made

    async def of(self, article_id: int, channel_id: int) -> Recurrence | None:
        """How the story comes back in the channel, if it does."""
        going = await self.desk.db.recurrences.going()
        found = [one for one in going if (one.article_id, one.channel_id) == (article_id, channel_id)]
        return found[0] if found else None

    async def all(self) -> tuple[Recurrence, ...]:
        """What comes back, in the order in which it was set up."""
        self.desk.require(SCHEDULERS)
        return await self.desk.db.recurrences.going()

    async def get(self, recurrence_id: int) -> Recurrence:
        self.desk.require(SCHEDULERS)
        found = await self.desk.db.recurrences.get(recurrence_id)
        if found is None:
            raise NotFound("post")
        return found

    async def ahead(self, plan: Recurrence, count: int = 3) -> tuple[datetime, ...]:
        """When it comes next: its posts in the queue, then what is still to be made."""
        now, channel = self.desk.now, await self.desk.db.channels.get(plan.channel_id)
        assert channel is not None  # channels are never deleted
        queued = [post.due_at for post in await _waiting(self.desk.db, plan) if post.due_at > now]
        later = () if plan.ended else coming(plan, max(now, plan.planned_until), channel.time_zone, count)
        return tuple(sorted({*queued, *later}))[:count]

    async def end(self, recurrence_id: int) -> Recurrence:
        """Let it come no more; its post ahead is canceled."""
        plan = await self.get(recurrence_id)
        begin = await self._cancel_after(plan, self.desk.now)
        await self.desk.db.recurrences.go_on(plan.id, plan.until, planned_until=begin, now=self.desk.now)
        await self.desk.db.recurrences.end(plan.id, now=self.desk.now)
        await self._log("end_repeat", plan, was={"until": _iso(plan.until)})
        return await self.get(plan.id)

    async def end_on(self, recurrence_id: int, until: datetime | None) -> Recurrence:
        """Let it come until then (None: without end), also when it had ended.

        Raises:
            PastTime: none comes before that end; its `at` is the first that would.
            WrongState: its story was spiked or killed.
        """
        plan = await self.get(recurrence_id)
        article = await self.desk.article(plan.article_id)
        if article.state in _GONE:
            raise WrongState(article.state)
        channel = await self.desk.db.channels.get(plan.channel_id)
        assert channel is not None  # channels are never deleted
        _require_one(plan.times, until, self.desk.now, channel)
        begin = max(plan.planned_until, self.desk.now) if plan.ended else plan.planned_until
        if until is not None and not plan.ended:
            begin = await self._cancel_after(plan, until)
        await self.desk.db.recurrences.go_on(plan.id, until, planned_until=begin, now=self.desk.now)
        await self._log("end_repeat_on", plan, was={"until": _iso(plan.until), "ended": plan.ended})
        return await self.get(plan.id)

    async def _pair(self, article_id: int, version: int, channel_id: int) -> tuple[Article, Channel]:
        self.desk.require(SCHEDULERS)
        article = await self.desk.article(article_id, version)
        if article.state not in SCHEDULABLE:
            raise WrongState(article.state)
        channel = await self.desk.db.channels.get(channel_id)
        if channel is None:
            raise NotFound("channel")
        require_connected(channel)
        return article, channel

    async def _cancel_after(self, plan: Recurrence, last: datetime) -> datetime:
        """Take its posts that wait for a later time out of the queue; up to where it is planned then."""
        begin = plan.planned_until
        for post in await _waiting(self.desk.db, plan):
            if post.due_at > last:
                await _cancel(self.desk.db, post, "ended", self.desk.now)
                if post.due_at == plan.planned_until:
                    begin -= timedelta(microseconds=1)  # should it go on, this one comes again
        return begin

    async def _log(self, verb: str, plan: Recurrence, **detail: Any) -> None:
        await self.desk.db.cards.touch(plan.article_id)
        await self.desk.db.audit.log(
            at=self.desk.now,
            person_id=self.desk.who.id,
            verb=verb,
            article_id=plan.article_id,
            channel_id=plan.channel_id,
            detail={"recurrence": plan.id, **detail},
        )


def _require_one(times: tuple[Slot, ...], until: datetime | None, after: datetime, channel: Channel) -> None:
    """Raises PastTime where the end comes before the first occurrence, which is its `at`."""
    first = next(occurrences(times, after, channel.time_zone))
    if until is not None and first > until:
        raise PastTime("", first)


async def plan_next(db: Db, now: datetime, told: Told) -> bool:
    """Make the next post of one story that has none ahead; False if all have. One transaction."""
    plan = await db.recurrences.next_to_plan(now)
    if plan is None:
        return False
    article = await db.articles.get(plan.article_id)
    channel = await db.channels.get(plan.channel_id)
    assert article is not None  # neither articles nor
    assert channel is not None  # channels are ever deleted
    if article.state in _GONE:
        await db.recurrences.end(plan.id, now=now)
        await _tell(db, plan, (), now, told)
        return True
    upcoming = next_one(plan, now, channel.time_zone, timedelta(seconds=channel.max_lateness))
    if upcoming.at is None:
        await db.recurrences.end(plan.id, now=now)
        await _tell(db, plan, upcoming.skipped, now, told)
        return True
    if await db.recurrences.planned(plan.id, upcoming.at, frm=plan.planned_until, now=now):
        await _make(db, plan, article, upcoming.at, zone=channel.time_zone, now=now)
        if upcoming.skipped:
            await _tell(db, plan, upcoming.skipped, now, told)
    return True


async def _make(
    db: Db, plan: Recurrence, article: Article, due_at: datetime, *, zone: str, now: datetime
) -> None:
    for post in await _waiting(db, plan):
        if post.state is PostState.HELD and post.reason in _GIVES_WAY and post.due_at < plan.planned_until:
            await _cancel(db, post, "next", now)
    post = await db.posts.add(
        article_id=plan.article_id,
        channel_id=plan.channel_id,
        due_at=due_at,
        by=plan.asked_by,
        now=now,
        occurrence=await db.recurrences.next_number(plan.article_id, plan.channel_id),
        urgency=max(article.urgency, 3),  # what passes quiet hours is confirmed by people, each time
        zone=zone,
        recurrence_id=plan.id,
    )
    await db.cards.touch(plan.article_id)
    log.info("recurs", recurrence_id=plan.id, post_id=post.id, due_at=due_at.isoformat())


async def _tell(db: Db, plan: Recurrence, skipped: tuple[datetime, ...], now: datetime, told: Told) -> None:
    after = await db.recurrences.get(plan.id)
    assert after is not None  # nor is what comes back
    await db.cards.touch(plan.article_id)
    await told(db, after, skipped, now)


async def _waiting(db: Db, plan: Recurrence) -> tuple[Post, ...]:
    """Its posts that have not begun to go out."""
    return tuple(
        post
        for post in await db.posts.of_article(plan.article_id)
        if post.recurrence_id == plan.id
        and post.state in {PostState.PENDING, PostState.HELD}
        and not post.begun
    )


async def _cancel(db: Db, post: Post, reason: str, now: datetime) -> None:
    waiting = {PostState.PENDING, PostState.HELD}
    await db.posts.change(post.id, PostState.CANCELED, frm=waiting, now=now, reason=reason)


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
