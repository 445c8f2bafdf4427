"""What becomes of a post whose answer was lost: found, sent again, or shown to a person. Knows no pace."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog
from telegram import Bot

from bot import delivery, probe
from bot.delivery import Delivery, Reports
from bot.errors import Flooded, SendError
from bot.news.model import Channel, Post, PostState, Role
from bot.news.talk import PartState, PostPart
from storage import Db, Storage

log = structlog.get_logger(__name__)

LOOK_AGAIN = timedelta(seconds=5)
"""How long a look into a channel waits for Telegram, or for the mail that tells of others' messages there."""

OTHERS_SINCE = timedelta(days=1)
"""How much older another message without an id may be and still count: one that a person has confirmed."""

type Settling = Callable[[Db, datetime], Awaitable[object]]
"""Writes down what was found out."""


@dataclass(frozen=True, kw_only=True)
class _Doubt:
    """An unconfirmed post: what of it is in doubt, and what helps to find it."""

    post: Post
    channel: Channel
    part: PostPart | None
    is_last: bool
    known: frozenset[int]
    alone: bool  # no other message of ours there is without its id
    diary: int


async def resolve(
    bot: Bot, storage: Storage, post: Post, *, heard_at: datetime | None, reports: Reports
) -> Settling:
    """Look for an unconfirmed post; what is to be written down about it.

    `heard_at` is when the mail was last read to its end: before that is later than the call, other people's
    messages there may be unknown, and nothing is decided.
    """
    doubt = await _read(storage, post)
    part = doubt.part
    if part is None:
        return partial(_not_there, post)
    if part.sending_at and (heard_at is None or heard_at < part.sending_at):
        return partial(_later, post, LOOK_AGAIN)
    try:
        ids = probe.candidates(part.floor_id, doubt.channel.last_message_id, doubt.known)
        found = await probe.found(bot, post.channel_id, part, ids, diary=doubt.diary, alone=doubt.alone)
    except probe.Undecided as why:
        log.warning("probe_undecided", post_id=post.id, why=str(why))
        return partial(_ask, post, reports)
    except SendError as error:
        wait = timedelta(seconds=error.retry_after) if isinstance(error, Flooded) else LOOK_AGAIN
        return partial(_later, post, wait)
    log.info("probe_decided", post_id=post.id, there=bool(found), message_ids=found)
    if not found:
        return partial(_not_there, post)
    there = Delivery(post=post, channel=doubt.channel, part=part, is_last=doubt.is_last)
    return lambda db, now: delivery.settle_sent(db, there, found, now, reports)


async def _read(storage: Storage, post: Post) -> _Doubt:
    async with storage.begin() as db:
        parts = await db.posts.parts.of(post.id)
        part = next((part for part in parts if part.state is PartState.SENDING), None)
        where = await db.channels.get(post.channel_id)
        floor = (part.floor_id if part else None) or 0
        known = await db.posts.parts.known_ids(post.channel_id, floor)
        since = ((part and part.sending_at) or post.due_at) - OTHERS_SINCE
        others = await db.posts.parts.without_id(post.channel_id, since, besides=post.id)
        owners = await db.staff.with_role(Role.OWNER)
    assert where is not None  # a post's channel is never deleted
    return _Doubt(
        post=post,
        channel=where,
        part=part,
        is_last=all(other.state is PartState.SENT or other is part for other in parts),
        known=known,
        alone=not others,
        diary=owners[0].id if owners else post.scheduled_by,
    )


async def _not_there(post: Post, db: Db, now: datetime) -> None:
    """Looking, or a part that never began, says that nothing is lost by sending (again)."""
    for part in await db.posts.parts.of(post.id):
        if part.state is PartState.SENDING:
            await db.posts.parts.pending(post.id, part.number)
    await db.posts.change(post.id, PostState.PENDING, frm={PostState.UNCONFIRMED}, now=now)


async def _later(post: Post, wait: timedelta, db: Db, now: datetime) -> None:
    await db.posts.doubt(post.id, now + wait, now=now, reason=post.reason or "")


async def _ask(post: Post, reports: Reports, db: Db, now: datetime) -> None:
    await db.posts.doubt(post.id, None, now=now, reason=post.reason or "")
    await delivery.told(db, post, now, reports)
