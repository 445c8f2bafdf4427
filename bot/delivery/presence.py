"""Is what we have sent still in the channels? Telegram tells no bot that a person has deleted a message.

So each post of the last two days is looked at about once an hour, as long as nothing is due: with
`editMessageReplyMarkup` and the keyboard that it has, which changes nothing. "Message is not modified" is
there, "message to edit not found" is gone (the public Bot API server, `Client.cpp`), and any other answer
decides nothing. Unlike forwarding it works in protected channels too, and shows nobody anything.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from telegram import Bot

from bot.clock import Clock
from bot.delivery import sending
from bot.delivery.lease import MayPublish
from bot.delivery.pacing import Pace, Share
from bot.delivery.publisher import Publisher
from bot.errors import NothingToEdit, SendError
from bot.line import calls
from bot.news.model import Post, PostState
from bot.news.talk import PostPart
from storage import Db, Storage

log = structlog.get_logger(__name__)

SINCE = timedelta(days=2)
"""For how long a post is looked at: so long a bot could take it down itself."""
EACH = timedelta(minutes=45)
"""After so long a post is looked at again: with the steps' own pace within an hour."""
STEP = timedelta(minutes=1)
AT_ONCE = 20
"""Messages that are looked at in one step."""
CLEAR = timedelta(seconds=10)
"""So long nothing may be due, or no look begins."""
DELETED = "deleted by hand"
"""The reason of a post that somebody has deleted in its channel."""

type Told = Callable[[Db, Post, datetime, bool], Awaitable[None]]
"""Tells the people of a post that it is gone; the last word: whether all of it is."""


@dataclass(kw_only=True)
class Presence:
    """Looks, a few messages at a time. What was looked at when is only in memory: a restart looks again."""

    bot: Bot
    storage: Storage
    clock: Clock
    pace: Pace
    may_publish: MayPublish
    told: Told
    _looked_at: dict[int, datetime] = field(default_factory=dict)
    _next_at: datetime | None = None

    @classmethod
    def beside(cls, out: Publisher, told: Told) -> "Presence":
        """With the pace and the right to publish of a publisher."""
        return cls(
            bot=out.bot,
            storage=out.storage,
            clock=out.clock,
            pace=out.pace,
            may_publish=out.may_publish,
            told=told,
        )

    async def step(self) -> bool | datetime:
        """Look at those that were not looked at for longest; when to go on."""
        now = await self.clock()
        if self._next_at is not None and self._next_at - STEP <= now < self._next_at:
            return self._next_at
        self._next_at = now + STEP
        left = AT_ONCE
        for post, parts in await self._due(now):
            size = sum(len(part.message_ids) for part in parts)
            if left < AT_ONCE and size > left:
                break
            if not await self._looked(post, parts):
                continue
            left -= size
            self._looked_at[post.id] = now
        return self._next_at

    async def _due(self, now: datetime) -> list[tuple[Post, tuple[PostPart, ...]]]:
        """The posts whose turn it is; none while something is to go out."""
        async with self.storage.begin() as db:
            if not await self.may_publish(db, now):
                return []
            next_due = await db.posts.next_due(now)
            if (next_due is not None and next_due <= now + CLEAR) or await db.posts.heads(now):
                return []
            lately = await db.posts.sent_since(now - SINCE)
            self._looked_at = {
                post.id: at for post in lately if (at := self._looked_at.get(post.id, post.sent_at))
            }
            due = [post for post in lately if self._looked_at[post.id] + EACH <= now]
            due.sort(key=lambda post: (self._looked_at[post.id], post.id))
            parts = await db.posts.parts.of_posts([post.id for post in due[:AT_ONCE]])
        return [(post, parts.get(post.id, ())) for post in due[:AT_ONCE]]

    async def _looked(self, post: Post, parts: tuple[PostPart, ...]) -> bool:
        """Look at each message of a post; False if that has to wait."""
        gone: set[int] = set()
        for part in parts:
            for id in part.message_ids:
                now = await self.clock()
                if self.pace.wait(post.channel_id, now, share=Share.STAFF):
                    return False
                self.pace.take(post.channel_id, now, share=Share.STAFF)
                try:
                    if await self._is_gone(post.channel_id, part, id):
                        gone.add(id)
                except SendError as error:
                    log.info("not_looked_at", post_id=post.id, why=error.description)
                    return True  # at the next turn
        if gone:
            async with self.storage.begin() as db:
                await self._settle(db, post.id, gone)
        return True

    async def _is_gone(self, channel_id: int, part: PostPart, id: int) -> bool:
        markup = {"reply_markup": part.params["reply_markup"]} if "reply_markup" in part.params else {}
        here: dict[str, Any] = {"chat_id": channel_id, "message_id": id, **markup}
        try:
            await calls.call(self.bot, "editMessageReplyMarkup", here)
        except NothingToEdit as error:
            return "not found" in error.description.lower()
        return False

    async def _settle(self, db: Db, post_id: int, gone: set[int]) -> None:
        """What is not there is not in the books either, and its people hear of it."""
        now, post = await self.clock(), await db.posts.get(post_id)
        if post is None or post.state is not PostState.SENT:
            return  # taken down meanwhile
        for part in await db.posts.parts.of(post_id):
            left = [n for n, id in enumerate(part.message_ids) if id not in gone]
            if not left:
                await db.posts.parts.drop(post_id, part.number)
            elif len(left) < len(part.message_ids):
                media = [part.params["media"][n] for n in left]
                await db.posts.parts.changed(
                    post_id, part.number, part.method, {**part.params, "media": media}
                )
                ids = [part.message_ids[n] for n in left]
                await db.posts.parts.sent(post_id, part.number, ids, post.sent_at or now)
        whole = not await db.posts.parts.of(post_id)
        if whole:
            sent = {PostState.SENT}
            await db.posts.change(post_id, PostState.CANCELED, frm=sent, now=now, reason=DELETED)
            await db.changes.cancel(post_id, now=now)
        await db.cards.touch(post.article_id)
        detail = {"messages": sorted(gone)}
        await db.audit.log(
            at=now,
            person_id=0,
            verb="gone",
            article_id=post.article_id,
            channel_id=post.channel_id,
            post_id=post_id,
            detail=detail,
        )
        told = replace(post, state=PostState.CANCELED, message_ids=()) if whole else post
        await sending.reported(self.told(db, told, now, whole))
