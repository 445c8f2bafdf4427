"""What keeps a post back though it is time: an embargo, a change, quiet hours. Asked before every claim."""

from datetime import datetime

import structlog

from bot.delivery import sending
from bot.delivery.sending import Reports
from bot.desk import embargo, places
from bot.news.model import Channel, Post, PostState
from storage import Db

log = structlog.get_logger(__name__)


async def kept_back(db: Db, post: Post, where: Channel, now: datetime, reports: Reports) -> bool:
    """Whether the post may not go now; it is then held, or has another time.

    Whatever way it came here: no route, button, slot or change of a clock gets past this. A post that is half
    out goes on.
    """
    if post.begun:
        return False
    why = await _why_not(db, post, now)
    if why is None:
        return await _in_quiet_hours(db, post, where, now)
    await db.posts.change(post.id, PostState.HELD, frm={PostState.PENDING}, now=now, reason=why)
    await sending.told(db, post, now, reports)
    log.warning("held_back", post_id=post.id, why=why)
    return True


async def _why_not(db: Db, post: Post, now: datetime) -> str | None:
    """Its embargo; or that it comes back by itself, and a newer version of it waits for approval."""
    end = await embargo.until(db, post.article_id)
    if end is not None and now < end:
        return "embargo"
    article = await db.articles.get(post.article_id) if post.recurrence_id is not None else None
    if article is not None and article.approved_version != article.version:
        return "unapproved"
    return None


async def _in_quiet_hours(db: Db, post: Post, where: Channel, now: datetime) -> bool:
    due_at = await places.out_of_quiet(db, where, now, now, post)
    if due_at == now:
        return False
    await db.posts.move(post.id, due_at, now=now)
    await db.cards.touch(post.article_id)
    log.info("moved_out_of_quiet_hours", post_id=post.id, to=due_at.isoformat())
    return True
