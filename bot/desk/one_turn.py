"""One turn of what comes back: skipped, or with another text this once. Knows no Telegram.

With another text, the turn's post sends an article of its own: a copy of the story as it was approved last,
to be edited and approved on its own card. The story itself, and with it all other turns, stays as it is.
"""

from dataclasses import replace

from bot.desk import approval
from bot.desk.logbook import note
from bot.desk.order import Planning
from bot.desk.schedule import Schedule
from bot.desk.stories import EDITABLE, WAITING
from bot.errors import NotFound, NotMoved, WrongState
from bot.news.model import Article, ArticleState, Post, PostState
from bot.news.plans.recurrence import Recurrence


async def waiting_turn(schedule: Schedule, post_id: int) -> tuple[Post, Recurrence]:
    """A post that waits, and what it is a turn of.

    Raises:
        NotFound: it is none.
        WrongState: it does not wait any more.
    """
    post = await schedule.post(post_id)
    plan = await schedule.db.recurrences.get(post.recurrence_id or 0)
    if plan is None:
        raise NotFound("post")
    if post.state not in WAITING or post.begun:
        raise WrongState(PostState.SENDING if post.begun else post.state)
    return post, plan


async def skip(schedule: Schedule, post_id: int) -> tuple[Recurrence, int | None]:
    """Leave one turn out; also the log's entry, by which `bot.desk.order` brings it back."""
    post, plan = await waiting_turn(schedule, post_id)
    skipped = await schedule.cancel(post.id)
    entry = await Planning(schedule=schedule).undoable(skipped)
    return plan, entry.id if entry else None


async def other_text(schedule: Schedule, post_id: int) -> tuple[Recurrence, Article]:
    """Give one turn a text of its own, at first the usual one; the same again for one that has one."""
    post, plan = await waiting_turn(schedule, post_id)
    if post.article_id != plan.article_id:
        return plan, await schedule.desk.article(post.article_id)
    usual = await approval.approved(schedule.db, plan.article_id)
    if usual is None:
        raise WrongState((await schedule.desk.article(plan.article_id)).state)
    await schedule.still_wanted(post)
    copy = await schedule.db.articles.create(
        replace(usual, state=ArticleState.APPROVED, approved_version=1),
        by=schedule.desk.who.id,
        now=schedule.now,
    )
    await _let_send(schedule, post, copy.id)
    await note(schedule.desk, "other_text", post=replace(post, article_id=copy.id), usual=plan.article_id)
    return plan, copy


async def usual_text(schedule: Schedule, post_id: int) -> tuple[Recurrence, int]:
    """Let a turn have the usual text after all; its own one is spiked. Also the log's entry, to undo by.

    Raises:
        NotMoved: it has the usual text already.
    """
    post, plan = await waiting_turn(schedule, post_id)
    if post.article_id == plan.article_id:
        raise NotMoved("changed")
    own = await schedule.desk.article(post.article_id)
    await _let_send(schedule, post, plan.article_id)
    if own.state in EDITABLE and not await _is_anywhere(schedule, own):
        await schedule.db.articles.set_state(own.id, ArticleState.SPIKED, now=schedule.now)
    text = {"was": own.id, "state": own.state.value, "now": plan.article_id}
    return plan, await note(schedule.desk, "usual_text", post=post, text=text)


async def own_text_again(schedule: Schedule, entry_id: int) -> Recurrence:
    """Undo that: the turn has its own text again, as it was.

    Raises:
        NotFound: it is no such change.
        NotMoved: the turn has had another text since.
        WrongState: it does not wait any more.
    """
    entry = await schedule.db.audit.get(entry_id)
    text = ((entry.detail or {}) if entry else {}).get("text")
    if entry is None or entry.post_id is None or text is None:
        raise NotFound("change")
    post, plan = await waiting_turn(schedule, entry.post_id)
    if post.article_id != text["now"]:
        raise NotMoved("changed")
    own = await schedule.desk.article(text["was"])
    if own.state is ArticleState.SPIKED:
        await schedule.db.articles.set_state(own.id, ArticleState(text["state"]), now=schedule.now)
    await _let_send(schedule, post, own.id)
    await note(schedule.desk, "other_text", post=replace(post, article_id=own.id), usual=text["now"])
    return plan


async def _let_send(schedule: Schedule, post: Post, article_id: int) -> None:
    number = await schedule.db.recurrences.next_number(article_id, post.channel_id)
    if not await schedule.db.posts.set_article(post.id, article_id, number, now=schedule.now):
        raise WrongState(post.state)
    await schedule.db.cards.touch(post.article_id)
    await schedule.db.cards.touch(article_id)


async def _is_anywhere(schedule: Schedule, article: Article) -> bool:
    """Whether a post sends the story, or has sent it."""
    posts = await schedule.db.posts.of_article(article.id)
    return any(post.state is not PostState.CANCELED for post in posts)
