"""The way out to the readers: due posts, claimed, sent and settled. Knows no desk and no staff.

    pending ── claim ──▶ sending ──▶ sent
       ▲                    ├──▶ pending   Telegram asked to wait, or was not reached: nothing was sent
       │                    ├──▶ failed    a certain no
       │                    └──▶ unconfirmed   the answer was lost, or the process died: only looking tells
       └──────── a person ───────┘

The intent is committed before every call and the result after it, part by part; a part whose call may have
been done is never repeated unasked.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from telegram import Bot

from bot import channel
from bot.clock import Clock
from bot.errors import (
    AnswerLost,
    ChatGone,
    ChatMoved,
    Flooded,
    MethodMissing,
    Refused,
    SendError,
    Unreachable,
)
from bot.news import message, rich
from bot.news.model import Article, ArticleState, Channel, Form, Post, PostState
from bot.news.talk import PartState
from storage import Db, Storage

log = structlog.get_logger(__name__)

RETRY = timedelta(seconds=5)
"""How long a post waits when Telegram could not be reached at all."""

type Report = Callable[[Db, Post, datetime], Awaitable[None]]
"""Tells the people of a post what became of it, in the transaction that settles it."""


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One claimed post with what it takes to send it."""

    post: Post
    article: Article
    channel: Channel
    calls: tuple[tuple[str, dict[str, Any]], ...]


async def recover(storage: Storage, clock: Clock, report: Report) -> int:
    """Settle what a process that died left in `sending`; how many posts. Call once, before publishing.

    A post with a part in doubt becomes unconfirmed; one that died between parts goes on with the next.
    """
    now = await clock()
    async with storage.begin() as db:
        stranded = await db.posts.stranded()
        for post in stranded:
            parts = await db.posts.parts(post.id)
            if any(part.state is PartState.SENDING for part in parts):
                await db.posts.settle(post.id, PostState.UNCONFIRMED, now=now, reason="crash")
                await _told(db, post, now, report)
            else:
                await db.posts.release(post.id, now, now=now)
    return len(stranded)


async def publish_next(bot: Bot, storage: Storage, clock: Clock, report: Report) -> bool:
    """Send the post that is due the longest; False if none is."""
    now = await clock()
    async with storage.begin() as db:
        post = await db.posts.claim_due(now)
        if post is None:
            return False
        delivery = await _prepare(db, post, now)
        if delivery is None:
            await db.posts.settle(post.id, PostState.FAILED, now=now, reason="nothing approved")
            await _told(db, post, now, report)
            return True
    try:
        await _send(bot, storage, clock, delivery)
    except SendError as error:
        await _settle_failure(storage, await clock(), delivery, error, report)
    else:
        await _settle_sent(storage, await clock(), delivery, report)
    return True


async def _prepare(db: Db, post: Post, now: datetime) -> Delivery | None:
    article = await db.articles.get(post.article_id)
    where = await db.channels.get(post.channel_id)
    if article is None or where is None or article.approved_version is None:
        return None
    approved = await db.articles.at_version(article.id, article.approved_version)
    if approved is None:
        return None
    content = replace(approved, version=article.approved_version)
    calls = post_calls(content, where, now)
    await db.posts.plan_parts(post.id, len(calls))
    return Delivery(post=post, article=content, channel=where, calls=calls)


def post_calls(article: Article, where: Channel, now: datetime) -> tuple[tuple[str, dict[str, Any]], ...]:
    """The calls that put an article into a channel: one rich message if it fits, else classic ones."""
    today = now.astimezone(ZoneInfo(where.time_zone)).date()
    if where.look.form is Form.RICH and (blocks := rich.rich_message(article, where.look, on=today)):
        rows = channel.url_rows(where.look.buttons)
        markup = {"reply_markup": {"inline_keyboard": rows}} if rows else {}
        return (("sendRichMessage", {"chat_id": where.id, "rich_message": blocks, **markup}),)
    messages = message.compose(article, where.look, on=today)
    return tuple(channel.message_call(where.id, part) for part in messages)


async def _send(bot: Bot, storage: Storage, clock: Clock, delivery: Delivery) -> None:
    """Send the parts that are not sent yet, in order.

    Raises:
        SendError: from the part that did not go through; the parts before it are settled.
    """
    post = delivery.post
    async with storage.begin() as db:
        parts = await db.posts.parts(post.id)
    for part in parts:
        if part.state is PartState.SENT:
            continue
        async with storage.begin() as db:
            await db.posts.part_sending(post.id, part.number)
        sent = await channel.call(bot, *delivery.calls[part.number])
        async with storage.begin() as db:
            await db.posts.part_sent(post.id, part.number, sent["message_id"], await clock())


async def _settle_sent(storage: Storage, now: datetime, delivery: Delivery, report: Report) -> None:
    post, article = delivery.post, delivery.article
    async with storage.begin() as db:
        await db.posts.settle(post.id, PostState.SENT, now=now, version=article.version)
        current = await db.articles.get(article.id)
        if current is not None and current.state is ArticleState.APPROVED:
            await db.articles.set_state(
                article.id, ArticleState.PUBLISHED, now=now, approved_version=current.approved_version
            )
        await _told(db, post, now, report)
    log.info("sent", post_id=post.id, channel_id=post.channel_id, late=(now - post.due_at).total_seconds())


async def _settle_failure(
    storage: Storage, now: datetime, delivery: Delivery, error: SendError, report: Report
) -> None:
    post = delivery.post
    log.warning("not_sent", post_id=post.id, kind=type(error).__name__, why=error.description)
    async with storage.begin() as db:
        if not isinstance(error, AnswerLost):
            await _parts_back(db, post)
        match error:
            case Flooded():
                await db.posts.release(post.id, now + timedelta(seconds=error.retry_after), now=now)
                return
            case Unreachable():
                await db.posts.release(post.id, now + RETRY, now=now)
                return
            case ChatMoved():
                await db.channels.move_id(post.channel_id, error.new_id)
                await db.posts.release(post.id, now, now=now)
                return
            case MethodMissing():  # this server has no rich messages: the channel falls back for good
                await db.channels.set_look(
                    delivery.channel.id, replace(delivery.channel.look, form=Form.CLASSIC)
                )
                await db.posts.release(post.id, now, now=now)
                return
            case ChatGone():
                await db.channels.set_trouble(post.channel_id, error.description, connected=False)
                await db.posts.settle(post.id, PostState.FAILED, now=now, reason=error.description)
            case Refused():
                await db.posts.settle(post.id, PostState.FAILED, now=now, reason=error.description)
            case _:
                await db.posts.settle(post.id, PostState.UNCONFIRMED, now=now, reason=error.description)
        await _told(db, post, now, report)


async def _parts_back(db: Db, post: Post) -> None:
    """Nothing was done: no part is in doubt."""
    for part in await db.posts.parts(post.id):
        if part.state is PartState.SENDING:
            await db.posts.part_pending(post.id, part.number)


async def _told(db: Db, post: Post, now: datetime, report: Report) -> None:
    settled = await db.posts.get(post.id)
    assert settled is not None  # posts are never deleted
    await db.cards.touch(post.article_id)
    await report(db, settled, now)
