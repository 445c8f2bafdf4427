"""What becomes of a post whose answer was lost: found, sent again, or shown to a person. Knows no pace."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import structlog
from telegram import Bot

from bot.clock import Clock
from bot.delivery import probe, sending
from bot.delivery.diary import Diary
from bot.delivery.sending import Delivery, Reports
from bot.errors import Flooded, SendError
from bot.news.model import Channel, Post, PostState, Role
from bot.news.talk import PartState, PostPart
from storage import Db, Storage

log = structlog.get_logger(__name__)

LOOK_AGAIN = timedelta(seconds=5)
"""How long a look into a channel waits for Telegram, or for the mail that tells of others' messages there."""

SURE = timedelta(seconds=70)
"""How long after its call what was not found counts as not there: a look before that is repeated."""

OTHERS_SINCE = timedelta(days=1)
"""How much older another message of ours may be and still count: one without an id, that a person has
confirmed, or one whose id was not known yet at the call."""

type Settling = Callable[[Db, datetime], Awaitable[object]]
"""Writes down what was found out."""


@dataclass(frozen=True, kw_only=True)
class _Doubt:
    """An unconfirmed post: what of it is in doubt, and what helps to find it."""

    post: Post
    channel: Channel
    part: PostPart | None
    is_last: bool
    out_before: tuple[int, ...]
    known: frozenset[int]
    alone: bool  # no other message of ours there is without its id
    diaries: tuple[int, ...]  # chats of ours that may be shown what is looked at


@dataclass(kw_only=True)
class Search:
    """Looks for unconfirmed posts, one at a time: all show what they see to the same chat, at its pace."""

    bot: Bot
    storage: Storage
    clock: Clock
    reports: Reports
    groups: tuple[int, ...] = ()  # the desk's, where nobody else can be shown what is looked at
    is_busy: bool = False
    has_tidied: bool = False  # last: then a post in doubt comes first
    diary: Diary = field(init=False)
    _ruled_out: dict[int, set[int]] = field(default_factory=dict)
    """By post, ids of others' messages: a look that is cut short (429) is gone on with, not begun again."""

    def __post_init__(self) -> None:
        self.diary = Diary(bot=self.bot, storage=self.storage, clock=self.clock)

    def forget(self, post_id: int) -> None:
        """The post is sent anew: what was seen does not count for what comes now."""
        self._ruled_out.pop(post_id, None)

    async def resolve(self, post: Post, *, heard_at: datetime | None) -> Settling:
        """Look for a post; what is to be written down about it.

        `heard_at` is when the mail was last read to its end: before that is later than the call, other
        people's messages there may be unknown, and nothing is decided.
        """
        self.is_busy, self.has_tidied = True, False
        try:
            return await self._resolve(post, heard_at)
        finally:
            self.is_busy = False

    def tidies_after(self, now: datetime) -> datetime | None:
        """When something of ours in our own chats will be seen to; None while a look is under way."""
        at = None if self.is_busy else self.diary.tidy_at
        return at if at is not None and at > now else None

    def has_to_tidy(self, now: datetime) -> bool:
        """Whether something may have stayed behind in our own chats, and may be seen to now."""
        at = self.diary.tidy_at
        return at is not None and at <= now and not self.is_busy

    async def tidy(self) -> None:
        """Take away what looks have left in our own chats."""
        self.is_busy, self.has_tidied = True, True
        try:
            await self.diary.tidy()
        finally:
            self.is_busy = False

    async def _resolve(self, post: Post, heard_at: datetime | None) -> Settling:
        doubt = await _read(self.storage, post, self.groups)
        part = doubt.part
        if part is None:
            return partial(_not_there, post)
        now = await self.clock()
        if part.sending_at and now < part.sending_at:  # the clock was set back since
            return partial(_restamped, post, part.number)
        if part.sending_at and (heard_at is None or heard_at < part.sending_at):
            return partial(_later, post, LOOK_AGAIN)
        try:
            found = await self._found(doubt, part)
        except probe.Undecided as why:
            log.warning("probe_undecided", post_id=post.id, why=str(why))
            return partial(_ask, post, self.reports)
        except SendError as error:
            wait = timedelta(seconds=error.retry_after) if isinstance(error, Flooded) else LOOK_AGAIN
            return partial(_later, post, wait)
        log.info("probe_decided", post_id=post.id, there=bool(found), message_ids=found)
        if not found and part.sending_at and now < part.sending_at + SURE:
            return partial(_later, post, part.sending_at + SURE - now)
        if not found:
            return partial(_not_there, post)
        there = Delivery(
            post=post, channel=doubt.channel, part=part, is_last=doubt.is_last, out_before=doubt.out_before
        )
        return lambda db, now: sending.settle_sent(db, there, found, now, self.reports)

    async def _found(self, doubt: _Doubt, part: PostPart) -> tuple[int, ...]:
        return await probe.found(
            self.bot,
            doubt.channel.id,
            part,
            probe.candidates(part.floor_id, doubt.channel.last_message_id, doubt.known),
            show=partial(self.diary.shown, doubt.diaries, doubt.channel.id),
            alone=doubt.alone,
            ruled_out=self._ruled_out.setdefault(doubt.post.id, set()),
        )


async def _read(storage: Storage, post: Post, groups: tuple[int, ...]) -> _Doubt:
    async with storage.begin() as db:
        parts = await db.posts.parts.of(post.id)
        part = next((part for part in parts if part.state is PartState.SENDING), None)
        where = await db.channels.get(post.channel_id)
        floor = (part.floor_id if part else None) or 0
        since = ((part and part.sending_at) or post.due_at) - OTHERS_SINCE
        known = await db.posts.parts.known_ids(post.channel_id, floor, since)
        besides = (post.id, part.number) if part else (post.id, 0)
        others = await db.posts.parts.without_id(post.channel_id, since, besides=besides)
        owners = await db.staff.with_role(Role.OWNER)
    assert where is not None  # a post's channel is never deleted
    return _Doubt(
        post=post,
        channel=where,
        part=part,
        out_before=sending.ids_of(parts),
        is_last=all(other.state is PartState.SENT or other is part for other in parts),
        known=known,
        alone=not others,
        diaries=tuple(dict.fromkeys((*(owner.id for owner in owners), post.scheduled_by, *groups))),
    )


async def _not_there(post: Post, db: Db, now: datetime) -> None:
    """Looking, or a part that never began, says that nothing is lost by sending (again)."""
    for part in await db.posts.parts.of(post.id):
        if part.state is PartState.SENDING:
            await db.posts.parts.pending(post.id, part.number)
    await db.posts.change(post.id, PostState.PENDING, frm={PostState.UNCONFIRMED}, now=now)


async def _later(post: Post, wait: timedelta, db: Db, now: datetime) -> None:
    await db.posts.doubt(post.id, now + wait, now=now, reason=post.reason or "")


async def _restamped(post: Post, number: int, db: Db, now: datetime) -> None:
    """Look again as if it were sent now, by a clock that was set back."""
    await db.posts.parts.sending_since(post.id, number, now)
    await db.posts.doubt(post.id, now + sending.GRACE, now=now, reason=post.reason or "")


async def _ask(post: Post, reports: Reports, db: Db, now: datetime) -> None:
    await db.posts.doubt(post.id, None, now=now, reason=post.reason or "")
    await sending.told(db, post, now, reports)
