"""Taking a story out before publication and bringing it back with all it had; withdrawing an approval.

The one place that knows what hangs on a story: its posts that wait. Knows no Telegram.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.desk.claimed import require_free
from bot.desk.logbook import change_of
from bot.desk.stories import APPROVERS, EDITABLE, WAITING, Desk
from bot.errors import WrongState
from bot.news.model import Article, ArticleState, Post, PostState
from bot.news.plans import standing
from storage import Db

_COMING = (PostState.PENDING, PostState.SENDING, PostState.HELD, PostState.UNCONFIRMED)


async def hanging_on(db: Db, article_id: int) -> tuple[Post, ...]:
    """The posts of a story that wait, by their time: what goes with it."""
    posts = [post for post in await db.posts.of_story(article_id) if post.state in WAITING]
    return tuple(sorted(posts, key=lambda post: (post.due_at, post.id)))


async def spike(desk: Desk, article_id: int, version: int) -> tuple[Article, tuple[Post, ...]]:
    """Take a story out before publication; its waiting posts, which are canceled. `unspike` brings all back.

    Raises:
        WrongState: it is spiked or published already, or a post of it is on its way.
    """
    article = await desk.article(article_id, version)
    if article.state is not ArticleState.DRAFT:
        desk.require(APPROVERS)
    desk.require_edit(article)
    await require_free(desk.db, desk.who, article, desk.now)
    waited = await hanging_on(desk.db, article.id)
    await desk.cancel_posts(article, "spiked")
    posts = [change_of(post, await _again(desk, post)) for post in waited]
    was = {"state": article.state.value, "approved": article.approved_version, "posts": posts}
    return await desk.move(article, ArticleState.SPIKED, EDITABLE, "spike", was=was), waited


async def unspike(desk: Desk, article_id: int, version: int) -> tuple[Article, tuple[Post, ...]]:
    """Bring a spiked story back as it was: approved, and its posts in their places; these posts.

    A post whose time is over, or whose place another one has, is held. Who may not approve gets a draft.
    """
    article = await desk.article(article_id, version)
    desk.require_edit(article)
    was = await _was(desk, article)
    if not was or (was["state"] != ArticleState.DRAFT and not desk.may(APPROVERS)):
        return await desk.move(article, ArticleState.DRAFT, {ArticleState.SPIKED}, "unspike"), ()
    before = replace(article, approved_version=was["approved"])
    back = await desk.move(before, ArticleState(was["state"]), {ArticleState.SPIKED}, "unspike")
    return back, tuple([post for about in was["posts"] if (post := await _put_back(desk, about))])


async def withdraw_approval(desk: Desk, article_id: int, version: int) -> tuple[Article, tuple[Post, ...]]:
    """Let an approved story wait for approval again; its posts, which are held until it has it.

    Raises:
        WrongState: it is not approved, is out, or a post of it is on its way.
    """
    article = await desk.article(article_id, version)
    desk.require(APPROVERS)
    held = []
    for post in await desk.db.posts.of_story(article.id):
        if post.state in {PostState.SENDING, PostState.UNCONFIRMED} or (post.state in WAITING and post.begun):
            raise WrongState(PostState.SENDING)
        waits = post.state is PostState.PENDING
        if waits and await desk.db.posts.change(
            post.id, PostState.HELD, frm={PostState.PENDING}, now=desk.now, reason="unapproved"
        ):
            held.append(await _again(desk, post))
    article = replace(article, approved_version=None)
    moved = await desk.move(article, ArticleState.SUBMITTED, {ArticleState.APPROVED}, "withdraw_approval")
    return moved, tuple(held)


async def _was(desk: Desk, article: Article) -> dict[str, Any]:
    """How the story stood before it was spiked; nothing where that was not written down."""
    for entry in reversed(await desk.db.audit.of_article(article.id)):
        if entry.verb == "spike":
            return dict((entry.detail or {}).get("was", {}))
    return {}


async def _again(desk: Desk, post: Post) -> Post:
    return await desk.db.posts.get(post.id) or post


async def _put_back(desk: Desk, about: dict[str, Any]) -> Post | None:
    """A post as it was; None where somebody has done something else with it since."""
    post = await desk.db.posts.get(about["post"])
    left, before = standing.from_json(about["now"]), standing.from_json(about["was"])
    if post is None or standing.of(post) != left:
        return None
    if before.state is PostState.PENDING and before.due_at <= desk.now:
        before = replace(before, state=PostState.HELD, reason="late")
    elif before.state is PostState.PENDING and await _is_taken(desk, post, before.due_at):
        before = replace(before, state=PostState.HELD, reason="taken")
    if not await desk.db.posts.replan(post.id, seen=left, to=before, now=desk.now):
        return None
    return await _again(desk, post)


async def _is_taken(desk: Desk, post: Post, at: datetime) -> bool:
    there = await desk.db.posts.due_between(post.channel_id, at, at + timedelta(microseconds=1), *_COMING)
    return any(each.due_at == at and each.id != post.id for each in there)
