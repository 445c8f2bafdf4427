"""The embargo on a story: who may set and lift it, and what becomes of posts that are planned before its end.

A post that is planned before it is held at once, with words to whoever planned it; nothing is moved unasked,
and nothing held goes by itself when the embargo is lifted. The way out is watched by `bot.keeping`.
"""

from dataclasses import replace
from datetime import datetime

from bot.desk import APPROVERS, EDITABLE, Desk
from bot.errors import Embargoed, NotFound, PastTime, WrongState
from bot.news import standing
from bot.news.model import Article, ArticleState, Post, PostState
from storage import Db

MAX_REASON = 300


async def until(db: Db, article_id: int) -> datetime | None:
    """Up to when nothing of the story may go out: by its newest version or by the approved one."""
    newest = await db.articles.get(article_id)
    if newest is None:
        return None
    versions = [newest]
    if newest.approved_version not in {None, newest.version}:
        approved = await db.articles.at_version(article_id, newest.approved_version or 0)
        versions += [approved] if approved else []
    return max((one.embargoed_until for one in versions if one.embargoed_until), default=None)


async def require_over(db: Db, article_id: int, at: datetime) -> None:
    """Raises Embargoed where nothing of the story may go out at that time."""
    end = await until(db, article_id)
    if end is not None and at < end:
        raise Embargoed(end)


def lifts(article: Article, end: datetime | None, now: datetime) -> bool:
    """Whether a new end lets the story out earlier than the embargo that it has: that takes a reason."""
    there = article.embargoed_until
    return there is not None and there > now and (end is None or end < there)


async def put(
    desk: Desk, article_id: int, version: int, end: datetime | None, reason: str = ""
) -> tuple[Article, tuple[Post, ...]]:
    """Set, change or (None) lift a story's embargo; which posts are held because of it.

    Raises:
        WrongState: readers have it.
        PastTime: that is over.
        NotFound: an embargo ends earlier only with a reason.
    """
    article = await desk.article(article_id, version)
    desk.require(APPROVERS)
    if article.state not in EDITABLE:
        raise WrongState(article.state)
    if end is not None and end <= desk.now:
        raise PastTime("", end)
    lifted = lifts(article, end, desk.now)
    if lifted and not reason:
        raise NotFound("reason")
    if article.embargoed_until == end:
        return article, ()
    changed = replace(article, embargoed_until=end)
    if article.state is ArticleState.APPROVED:
        changed = replace(changed, approved_version=article.version + 1)
    was = article.embargoed_until.isoformat() if article.embargoed_until else None
    detail = {"was": was, "until": end.isoformat() if end else None}
    verb = "lift_embargo" if lifted else "embargo"
    stored = await desk.save(changed, verb, **detail, **({"reason": reason} if reason else {}))
    return stored, await _held(desk, stored)


async def _held(desk: Desk, article: Article) -> tuple[Post, ...]:
    """Hold what is planned before the embargo's end, unless readers have some of it."""
    end, held = article.embargoed_until, []
    for post in await desk.db.posts.of_article(article.id):
        if end is None or post.due_at >= end or post.begun:
            continue
        if await desk.db.posts.change(
            post.id, PostState.HELD, frm={PostState.PENDING}, now=desk.now, reason="embargo"
        ):
            now = await desk.db.posts.get(post.id) or post
            await desk.db.audit.log(
                at=desk.now,
                person_id=desk.who.id,
                verb="hold",
                article_id=article.id,
                channel_id=post.channel_id,
                post_id=post.id,
                detail={"was": standing.to_json(post), "now": standing.to_json(now)},
            )
            held.append(now)
    return tuple(held)
