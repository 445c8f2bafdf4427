"""What keeps a post back though it is time: an embargo, a change, quiet hours. Asked before every claim."""

from datetime import datetime

import structlog

from bot import delivery
from bot.delivery import Reports
from bot.news.model import Post, PostState
from bot.news.rhythm import Taken, first_place, quiet_until
from storage import Db

log = structlog.get_logger(__name__)

URGENT = 2
"""Up to this urgency a post passes quiet hours; the desk gives it to confirmed ones only."""


async def kept_back(db: Db, post: Post, now: datetime, reports: Reports) -> bool:
    """Whether the post may not go now; it is then held, or has another time.

    Whatever way it came here: no route, button, slot or change of a clock gets past this. A post that is half
    out goes on.
    """
    if post.message_ids:
        return False
    return (
        await _embargoed(db, post, now, reports)
        or await _being_changed(db, post, now, reports)
        or await _in_quiet_hours(db, post, now)
    )


async def _embargoed(db: Db, post: Post, now: datetime, reports: Reports) -> bool:
    versions = [await db.articles.get(post.article_id), await delivery.approved(db, post.article_id)]
    embargoes = [one.embargoed_until for one in versions if one and one.embargoed_until]
    if not embargoes or now >= max(embargoes):
        return False
    await db.posts.change(post.id, PostState.HELD, frm={PostState.PENDING}, now=now, reason="embargo")
    await delivery.told(db, post, now, reports)
    log.warning("held_by_embargo", post_id=post.id)
    return True


async def _being_changed(db: Db, post: Post, now: datetime, reports: Reports) -> bool:
    """What comes back by itself is not sent while a newer version of it waits for approval."""
    article = await db.articles.get(post.article_id) if post.recurrence_id is not None else None
    if article is None or article.approved_version == article.version:
        return False
    await db.posts.change(post.id, PostState.HELD, frm={PostState.PENDING}, now=now, reason="unapproved")
    await delivery.told(db, post, now, reports)
    return True


async def _in_quiet_hours(db: Db, post: Post, now: datetime) -> bool:
    where = await db.channels.get(post.channel_id)
    if where is None or not where.rhythm.quiet or post.urgency <= URGENT:
        return False
    end = quiet_until(now, where.rhythm, where.time_zone)
    if end is None:
        return False
    taken = Taken(await db.posts.taken(where.id, now), where.time_zone)
    due_at = first_place(end, taken, where.rhythm, where.time_zone)
    await db.posts.move(post.id, due_at, now=now)
    await db.cards.touch(post.article_id)
    log.info("moved_out_of_quiet_hours", post_id=post.id, to=due_at.isoformat())
    return True
