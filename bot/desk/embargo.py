"""The embargo on a story: who may set and lift it, and what becomes of posts that are planned before its end.

A post that is planned before it is held at once, with words to whoever planned it; nothing is moved unasked,
and nothing held goes by itself when the embargo is lifted. The way out is watched by `bot.delivery.keeping`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.desk.approval import approved_of
from bot.desk.logbook import note_change
from bot.desk.stories import APPROVERS, EDITABLE, Desk
from bot.errors import Embargoed, NotFound, PastTime, WrongState
from bot.news.model import Article, ArticleState, Post, PostState
from storage import Db

MAX_REASON = 300


async def until(db: Db, article_id: int) -> datetime | None:
    """Up to when nothing of the story may go out: by its newest version or by the approved one.

    The text that stands in for a story which comes back is bound by that one's embargo as by its own.
    """
    article = await db.articles.get(article_id)
    return await of_story(db, article) if article is not None else None


async def of_story(db: Db, newest: Article) -> datetime | None:
    """The same of a story that is at hand, as it is now."""
    known = {newest.id: newest}
    return (await ends(db, known, await approved_of(db, known)))[newest.id]


async def ends(
    db: Db, newest: Mapping[int, Article], approved: Mapping[int, Article]
) -> dict[int, datetime | None]:
    """The same of several stories, given as they are now and as they were approved last."""
    bound = await db.recurrences.stories_of(newest)
    coming_back = {story for stories in bound.values() for story in stories} - newest.keys()
    others = await db.articles.some(coming_back) if coming_back else {}
    versions = (newest, approved, others, await approved_of(db, others))
    found = {}
    for id in newest:
        told = [known[story] for story in {id, *bound.get(id, ())} for known in versions if story in known]
        found[id] = max((each.embargoed_until for each in told if each.embargoed_until), default=None)
    return found


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
    for post in await desk.db.posts.of_story(article.id):
        if end is None or post.due_at >= end or post.begun:
            continue
        if await desk.db.posts.change(
            post.id, PostState.HELD, frm={PostState.PENDING}, now=desk.now, reason="embargo"
        ):
            now = await desk.db.posts.get(post.id) or post
            await note_change(desk, "hold", post, now)
            held.append(now)
    return tuple(held)
