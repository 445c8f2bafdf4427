"""What keeps a post back though it is time: an embargo, a change, quiet hours. Asked before every claim."""

from datetime import datetime

import structlog

from bot.delivery import sending
from bot.delivery.known import Known
from bot.delivery.sending import Reports
from bot.desk import places
from bot.news.model import Channel, Post, PostState
from storage import Db

log = structlog.get_logger(__name__)


async def kept_back(db: Db, known: Known, now: datetime, reports: Reports) -> bool:
    """Whether the post may not go now; it is then held, or has another time.

    Whatever way it came here: no route, button, slot or change of a clock gets past this. A post that is half
    out goes on.
    """
    post = known.post
    if post.begun:
        return False
    why = _why_not(known, now)
    if why is None:
        return await _in_quiet_hours(db, post, known.channel, now)
    await db.posts.change(post.id, PostState.HELD, frm={PostState.PENDING}, now=now, reason=why)
    await sending.told(db, post, now, reports)
    log.warning("held_back", post_id=post.id, why=why)
    return True


def _why_not(known: Known, now: datetime) -> str | None:
    """Its embargo; or that it comes back by itself, and a newer version of it waits for approval."""
    if known.embargoed_until is not None and now < known.embargoed_until:
        return "embargo"
    newest = known.newest if known.post.recurrence_id is not None else None
    if newest is not None and newest.approved_version != newest.version:
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
