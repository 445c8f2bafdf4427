"""One message of one post: planned, sent, settled. Knows no queue and no pace.

The intent is committed before every call and the result after it. A part whose call may have been done is
never repeated unless looking has shown that it is not there (`bot.delivery.probe`). docs/delivery.md has the
states.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from bot import counting, drawing
from bot.delivery import following
from bot.delivery.known import Known
from bot.desk import approval
from bot.errors import (
    AnswerLost,
    ChatGone,
    ChatMoved,
    Flooded,
    Hiccup,
    MethodMissing,
    SendError,
    StorageError,
    Unreachable,
    Unrenderable,
)
from bot.line import calls
from bot.news.model import Article, Channel, Form, Post, PostState
from bot.news.posts import rich
from bot.news.talk import Change, ChangeKind, PartState, PostPart
from storage import Db

log = structlog.get_logger(__name__)

RETRY = timedelta(seconds=5)
"""How long a post waits when Telegram could not be reached at all."""
MOST_HICCUPS = 5
"""How often Telegram may stumble over a message before its people are told."""
GRACE = timedelta(seconds=10)
"""How long after a lost answer the channel is looked at: what Telegram was told may still be on its way."""
PLAIN = "plain"
"""The last step down: the words alone, without entities and buttons."""

type Call = tuple[str, dict[str, Any]]


async def _unsaid(*_: object) -> None:
    """Nobody is told."""


@dataclass(frozen=True, kw_only=True)
class About:
    """A post with what is told of it: its story as it is now, and its channel."""

    post: Post
    article: Article
    channel: Channel


@dataclass(frozen=True, kw_only=True)
class Reports:
    """Who tells the people of a post what became of it, in the transaction that settles it."""

    settled: Callable[[Db, Post, datetime], Awaitable[None]]
    sent: Callable[[Db, About, datetime], Awaitable[None]] | None = None
    """The same of one that is out, where all that is told is at hand; without it, `settled` tells."""
    late: Callable[[Db, tuple[Post, ...], datetime], Awaitable[None]]
    changed: Callable[[Db, Change, Post, datetime], Awaitable[None]]
    shut_out: Callable[[Db, datetime], Awaitable[None]] = _unsaid
    """Since that moment Telegram has not taken the token."""
    set_back: Callable[[Db, timedelta, datetime], Awaitable[None]] = _unsaid
    """The clock was set back by so much, to that moment."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A post's calls, of which version of its article, and the parts that it was planned with before."""

    calls: tuple[Call, ...]
    version: int
    instead_of: tuple[PostPart, ...]


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A claimed post with the part of it that goes out now."""

    post: Post
    channel: Channel
    part: PostPart
    is_last: bool
    out_before: tuple[int, ...] = ()
    """The ids of the post's messages that are out already, where they are known."""
    plan: Plan | None = None
    """What the post is planned with as it is claimed; None: it was begun with its parts."""

    @property
    def items(self) -> int:
        """How many messages it counts for in Telegram's limits."""
        return len(self.part.params.get("media", ())) or 1


def prepared(known: Known, now: datetime) -> Delivery | None:
    """What of a post goes out next; None if there is nothing (more) to send.

    What is out fixes the rest: a post that was begun goes on with the calls it was planned with.
    """
    parts = known.parts
    if all(part.state is PartState.PENDING for part in parts):
        return _planned(known, now)
    waiting = [part for part in parts if part.state is not PartState.SENT]
    if not waiting:
        return None
    return Delivery(
        post=known.post,
        channel=known.channel,
        part=waiting[0],
        is_last=len(waiting) == 1,
        out_before=ids_of(parts),
    )


def _planned(known: Known, now: datetime) -> Delivery | None:
    post, where, article = known.post, known.channel, known.approved
    planned = post_calls(article, where, now, post.form) if article is not None else ()
    if article is None or not planned:
        return None
    planned = following.with_reply(planned, known.reply)
    (method, params), tries = planned[0], known.parts[0].tries if known.parts else 0
    return Delivery(
        post=post,
        channel=where,
        part=PostPart(number=0, method=method, params=params, tries=tries),
        is_last=len(planned) == 1,
        plan=Plan(calls=planned, version=article.version, instead_of=known.parts),
    )


def ids_of(parts: Iterable[PostPart]) -> tuple[int, ...]:
    """The ids of the messages that are out, as far as they are known."""
    return tuple(id for part in parts if part.state is PartState.SENT for id in part.message_ids)


async def begin(db: Db, delivery: Delivery, now: datetime) -> bool:
    """Claim the post and mark its part as going out; False if somebody has claimed or changed it."""
    post, plan, floor_id = delivery.post, delivery.plan, delivery.channel.last_message_id
    if not await db.posts.claim(post.id, now=now, version=plan.version if plan else None):
        return False
    if plan is None:
        await db.posts.parts.sending(post.id, delivery.part.number, floor_id=floor_id, now=now)
    else:
        await db.posts.parts.plan(
            post.id, plan.calls, instead_of=plan.instead_of, floor_id=floor_id, sending_at=now
        )
    return True


def post_calls(article: Article, where: Channel, now: datetime, form: str | None = None) -> tuple[Call, ...]:
    """The calls that put an article into a channel: a rich message if it fits, else classic ones.

    `form` is what Telegram's refusals have left of the channel's own form, if they have.
    """
    today = now.astimezone(ZoneInfo(where.time_zone)).date()
    is_rich = (form or where.look.form) == Form.RICH
    if is_rich and (blocks := drawing.rich_message(article, where.look, on=today)):
        rows = calls.url_rows((*article.buttons, *where.look.buttons))
        markup = {"reply_markup": {"inline_keyboard": rows}} if rows else {}
        first = ("sendRichMessage", {"chat_id": where.id, "rich_message": blocks, **markup})
        made = (first, *(calls.message_call(where.id, one) for one in rich.beside(article)))
    else:
        messages = drawing.messages(article, where.look, on=today)
        if form == PLAIN:
            messages = tuple(replace(one, entities=(), buttons=()) for one in messages)
        made = tuple(calls.message_call(where.id, one) for one in messages)
    quiet = {"disable_notification": True} if where.look.silent or article.switches.silent else {}
    quiet |= {"protect_content": True} if article.switches.protected else {}
    return tuple((method, {**params, **quiet}) for method, params in made)


async def settle_sent(
    db: Db, delivery: Delivery, ids: tuple[int, ...], now: datetime, reports: Reports
) -> None:
    """It is in the channel: the post goes on with its next part, or is done."""
    post = delivery.post
    await db.posts.parts.sent(post.id, delivery.part.number, ids, now)
    await db.channels.seen(post.channel_id, max(ids))
    if delivery.is_last:
        everything = (*delivery.out_before, *ids)
        await finish(db, post, now, reports, where=delivery.channel, ids=everything)
    else:
        await db.posts.settle(post.id, PostState.PENDING, now=now, frm=_UNDER_WAY)


async def nothing_left(db: Db, known: Known, now: datetime, reports: Reports) -> None:
    """All of a post is out; or it has no parts, for there was nothing to send: it has failed."""
    post = known.post
    if known.parts and all(part.state is PartState.SENT for part in known.parts):
        await finish(db, post, now, reports, where=known.channel, ids=ids_of(known.parts))
        return
    await db.posts.settle(post.id, PostState.FAILED, now=now, reason="nothing approved", frm=_UNDER_WAY)
    await told(db, post, now, reports)


async def finish(
    db: Db, post: Post, now: datetime, reports: Reports, *, where: Channel, ids: tuple[int, ...]
) -> None:
    """All of a post is out, in the messages `ids`; its article is published with it."""
    settled = await db.posts.out(post.id, ids, now=now, frm=_UNDER_WAY)
    post = settled or await db.posts.get(post.id) or post  # what was asked for since the claim counts too
    article = await approval.published(db, post.article_id, now)
    await _catch_up(db, post, article, now)
    await _plan_afterwards(db, post, now)
    if reports.sent is None:
        await _tell(db, post, now, reports)
    else:
        await db.cards.touch(post.article_id)
        await reported(reports.sent(db, About(post=post, article=article, channel=where), now))
    late = (now - post.due_at).total_seconds()
    counting.POSTS[PostState.SENT.value] += 1
    counting.LATENESS.add(late)
    log.info("sent", post_id=post.id, channel_id=post.channel_id, late=late)


async def _catch_up(db: Db, post: Post, article: Article, now: datetime) -> None:
    """What was approved while an older version was on its way is brought to the readers too."""
    newest = article.approved_version
    if post.version is not None and newest is not None and post.version < newest:
        by = post.scheduled_by
        await db.changes.add(post.id, ChangeKind.EDIT, now, by=by, now=now, version=newest)


async def _plan_afterwards(db: Db, post: Post, now: datetime) -> None:
    """Its pin, the end of that, and the day it is taken down, counted from now."""
    wanted: list[tuple[ChangeKind, int | None]] = [(ChangeKind.DELETE, post.delete_after)]
    if post.pin_for is not None:
        wanted += [(ChangeKind.PIN, 0), (ChangeKind.UNPIN, post.pin_for or None)]
    for kind, seconds in wanted:
        if seconds is not None:
            due_at = now + timedelta(seconds=seconds)
            await db.changes.add(post.id, kind, due_at, by=post.scheduled_by, now=now)


_UNDER_WAY = (PostState.PENDING, PostState.SENDING, PostState.UNCONFIRMED)
"""From which a post can turn out to be done; an answer that comes late is still the truth."""


async def settle_failure(
    db: Db,
    delivery: Delivery,
    error: SendError,
    now: datetime,
    reports: Reports,
    *,
    wait: timedelta = timedelta(),
) -> None:
    """It did not go through, or nobody knows: each kind of error has its own way on.

    `wait`: at least so long till the next try of what did not come to Telegram.
    """
    post = delivery.post
    if isinstance(error, AnswerLost):
        await db.posts.doubt(post.id, now + GRACE, now=now, reason="lost")
        await db.cards.touch(post.article_id)
        return
    current = await db.posts.get(post.id)
    if current is None or current.state is not PostState.SENDING:
        return  # another process has taken over since
    await db.posts.parts.pending(post.id, delivery.part.number)
    if isinstance(error, Unreachable):
        await db.posts.release(post.id, now + max(RETRY, wait), now=now)
    else:
        await _settle_unsent(db, delivery, error, now, reports)


async def _settle_unsent(
    db: Db, delivery: Delivery, error: SendError, now: datetime, reports: Reports
) -> None:
    """It is certainly not there: later, in another form, elsewhere, or not at all."""
    post, where = delivery.post, delivery.channel
    match error:
        case Flooded():
            await db.posts.release(post.id, now + timedelta(seconds=error.retry_after), now=now)
        case Hiccup() if delivery.part.tries < MOST_HICCUPS:
            await db.posts.parts.stumbled(post.id, delivery.part.number)
            await db.posts.release(post.id, now + RETRY * 2**delivery.part.tries, now=now)
        case ChatMoved():
            await db.channels.move_id(post.channel_id, error.new_id)
            await _readdressed(db, post, error.new_id)
            await db.posts.release(post.id, now, now=now)
        case MethodMissing():  # this server has no rich messages: the channel falls back for good
            await db.channels.set_look(where.id, replace(where.look, form=Form.CLASSIC))
            await db.posts.release(post.id, now, now=now)
        case Unrenderable() if form := _step_down(delivery):
            await db.posts.set_form(post.id, form)
            await db.posts.release(post.id, now, now=now)
        case ChatGone():
            await db.channels.set_trouble(post.channel_id, error.description, connected=False)
            await db.posts.settle(post.id, PostState.HELD, now=now, reason=error.description)
            await told(db, post, now, reports)
        case _:
            await db.posts.settle(post.id, PostState.FAILED, now=now, reason=error.description)
            await told(db, post, now, reports)


async def _readdressed(db: Db, post: Post, chat_id: int) -> None:
    """What is still to be sent of it goes to the chat's new id."""
    for part in await db.posts.parts.of(post.id):
        if part.state is not PartState.SENT:
            params = {**part.params, "chat_id": chat_id}
            await db.posts.parts.changed(post.id, part.number, part.method, params)


def _step_down(delivery: Delivery) -> str | None:
    """The simpler form to try next: rich, classic, plain. A post that is half out keeps its form."""
    if delivery.part.number:
        return None
    if delivery.part.method == "sendRichMessage":
        return Form.CLASSIC.value
    return None if delivery.post.form == PLAIN else PLAIN


async def told(db: Db, post: Post, now: datetime, reports: Reports) -> None:
    """The people of a post hear of what it is now, and its card shows it."""
    settled = await db.posts.get(post.id)
    assert settled is not None  # posts are never deleted
    counting.POSTS[settled.state.value] += 1
    await _tell(db, settled, now, reports)


async def _tell(db: Db, settled: Post, now: datetime, reports: Reports) -> None:
    await db.cards.touch(settled.article_id)
    await reported(reports.settled(db, settled, now))


async def reported(telling: Awaitable[None]) -> None:
    """Let people be told; a bug in that must not undo what has become of a post, or stop others."""
    try:
        await telling
    except StorageError:
        raise
    except Exception:
        log.exception("nobody_told")
