"""The step that makes the next post of what comes back, and what becomes of it without a person's doing.

Each occurrence is a post like any other, made one ahead: `planned_until` and the post change in one
transaction, so that a crash makes neither twice nor none. The verbs of people are in `bot.desk.recurring`.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.desk import places
from bot.desk.stories import GONE, WAITING
from bot.errors import NoFreeSlot
from bot.news.model import Article, Channel, Post, PostState
from bot.news.plans.recurrence import Recurrence, from_json, next_one, rezoned, to_json
from bot.news.quiet import unconfirmed
from storage import Db

log = structlog.get_logger(__name__)

_GIVES_WAY = frozenset({"late", "missed", "embargo", "unapproved"})
"""Why a post was held that its next occurrence makes pointless; what a person holds stays."""


type Changes = list[dict[str, Any]]
"""How things stood before and after, as JSON in the audit log, to undo by."""
type Told = Callable[[Db, Recurrence, tuple[datetime, ...], datetime], Awaitable[None]]
"""Tells a recurrence's people what was left out; the recurrence is as it is afterwards."""


async def plan_next(db: Db, now: datetime, told: Told, *, only: int | None = None) -> bool:
    """Make the next post of one (or that) story that has none ahead; False if all have. One transaction."""
    plan = await db.recurrences.next_to_plan(now, only=only)
    if plan is None:
        return False
    await plan_one(db, plan, now, told)
    return True


async def plan_one(db: Db, plan: Recurrence, now: datetime, told: Told) -> None:
    """Make its next post, or end it; nothing where somebody was faster."""
    article = await db.articles.get(plan.article_id)
    channel = await db.channels.get(plan.channel_id)
    assert article is not None  # neither articles nor
    assert channel is not None  # channels are ever deleted
    if article.state in GONE:
        await db.recurrences.end(plan.id, now=now)
        await _tell(db, plan, (), now, told)
        return
    upcoming = next_one(plan, now, channel.time_zone, timedelta(seconds=channel.max_lateness))
    if upcoming.at is None:
        await db.recurrences.end(plan.id, now=now)
        await _tell(db, plan, upcoming.skipped, now, told)
        return
    if await db.recurrences.planned(plan.id, upcoming.at, frm=plan.planned_until, now=now):
        at = await _awake(db, channel, upcoming.at, now)
        await _make(db, plan, article, at, zone=channel.time_zone, now=now)
        if upcoming.skipped:
            await _tell(db, plan, upcoming.skipped, now, told)


async def _make(
    db: Db, plan: Recurrence, article: Article, due_at: datetime, *, zone: str, now: datetime
) -> None:
    for post in await waiting(db, plan):
        if post.state is PostState.HELD and post.reason in _GIVES_WAY and post.due_at < plan.planned_until:
            await cancel(db, post, "next", now)
    post = await db.posts.add(
        article_id=plan.article_id,
        channel_id=plan.channel_id,
        due_at=due_at,
        by=plan.asked_by,
        now=now,
        occurrence=await db.recurrences.next_number(plan.article_id, plan.channel_id),
        urgency=unconfirmed(article.urgency),
        zone=zone,
        recurrence_id=plan.id,
    )
    await db.cards.touch(plan.article_id)
    log.info("recurs", recurrence_id=plan.id, post_id=post.id, due_at=due_at.isoformat())


async def _awake(db: Db, channel: Channel, at: datetime, now: datetime) -> datetime:
    """The turn's time, out of quiet hours: the queue shows from the first when it will go."""
    try:
        return await places.out_of_quiet(db, channel, at, now)
    except NoFreeSlot:
        return at


async def _tell(db: Db, plan: Recurrence, skipped: tuple[datetime, ...], now: datetime, told: Told) -> None:
    after = await db.recurrences.get(plan.id)
    assert after is not None  # nor is what comes back
    await db.cards.touch(plan.article_id)
    await told(db, after, skipped, now)


async def waiting(db: Db, plan: Recurrence) -> tuple[Post, ...]:
    """Its posts that have not begun to go out, by their time."""
    return tuple(
        post
        for post in await db.posts.of_story(plan.article_id)
        if post.recurrence_id == plan.id and post.state in WAITING and not post.begun
    )


async def cancel(db: Db, post: Post, reason: str, now: datetime) -> None:
    await db.posts.change(post.id, PostState.CANCELED, frm=WAITING, now=now, reason=reason)


async def release_approved(db: Db, now: datetime) -> bool:
    """Let one turn go that was held until its text is approved, as soon as it is; False if there is none.

    Its time is over: how late is too late is for the publisher to say, who then asks the people.
    """
    for post in await db.posts.held_for("unapproved"):
        article = await db.articles.get(post.article_id)
        if article is not None and article.approved_version == article.version:
            await db.posts.change(post.id, PostState.PENDING, frm={PostState.HELD}, now=now)
            await db.cards.touch(post.article_id)
            log.info("approved_and_released", post_id=post.id)
            return True
    return False


async def rezone(db: Db, channel_id: int, old: str, new: str, now: datetime, *, keep_hour: bool) -> Changes:
    """What comes back in a channel follows its clock into another zone; how it was before and is now."""
    changes: Changes = []
    for plan in await db.recurrences.going():
        if plan.channel_id == channel_id:
            moved = rezoned(plan, old, new, now, keep_hour=keep_hour)
            await db.recurrences.put(moved, now=now)
            await db.cards.touch(plan.article_id)
            changes.append({"id": plan.id, "was": to_json(plan), "now": to_json(moved)})
    return changes


async def rezone_back(
    db: Db, changes: Changes, old: str, new: str, now: datetime, *, keep_hour: bool
) -> None:
    """Undo that: what has not changed since is as it was before, the rest follows the clock back."""
    for change in changes:
        plan = await db.recurrences.get(change["id"])
        assert plan is not None  # they are never deleted
        as_left = to_json(plan) == change["now"]
        back = (
            from_json(plan, change["was"]) if as_left else rezoned(plan, new, old, now, keep_hour=keep_hour)
        )
        await db.recurrences.put(back, now=now)
        await db.cards.touch(plan.article_id)
