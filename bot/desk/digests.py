"""A channel's digest: switched on and off by its admins, and made when its time comes. Knows no Telegram.

Its article, its post and the mark up to where it tells are one transaction: a crash makes neither twice nor
none.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.desk import rights
from bot.desk.approval import approved
from bot.desk.logbook import note
from bot.desk.stories import SCHEDULERS, Desk
from bot.errors import NotFound
from bot.news.model import Article, ArticleState, Channel, Slot
from bot.news.plans.recurrence import Digest, digest_due, times_to_json
from bot.news.posts.digest import Told, digest_of
from bot.news.posts.digest_post import is_digest
from bot.news.posts.links import post_link
from bot.news.quiet import unconfirmed
from storage import Db

log = structlog.get_logger(__name__)

SETTLING = timedelta(minutes=1)
"""What went out so shortly before a digest is told by the next one: it may still be being written down."""
SAMPLE = timedelta(days=1)
"""How far back the first digest tells: what its preview showed is in it."""


@dataclass(frozen=True, kw_only=True)
class Digests:
    """A channel admin's verbs on digests."""

    desk: Desk

    async def channel(self, channel_id: int) -> Channel:
        self.desk.require(SCHEDULERS)
        found = await self.desk.db.channels.get(channel_id)
        if found is None:
            raise NotFound("channel")
        rights.require_channel(self.desk.who, found)
        return found

    async def of(self, channel_id: int) -> Digest | None:
        """The channel's digest, if it is on."""
        await self.channel(channel_id)
        return await self.desk.db.digests.get(channel_id)

    async def switch_on(self, channel_id: int, times: tuple[Slot, ...]) -> Digest:
        """Have a digest at weekly times, or at others; the first tells the day before, as its preview did."""
        channel = await self.channel(channel_id)
        now = self.desk.now
        await self.desk.db.digests.put(channel.id, times, by=self.desk.who.id, now=now, since=now - SAMPLE)
        await note(self.desk, "digest_on", channel_id=channel_id, times=times_to_json(times))
        digest = await self.of(channel_id)
        assert digest is not None  # put just above
        return digest

    async def switch_off(self, channel_id: int) -> bool:
        """False if there was none."""
        was_on = await self.desk.db.digests.drop((await self.channel(channel_id)).id)
        if was_on:
            await note(self.desk, "digest_off", channel_id=channel_id)
        return was_on

    def counts_from(self, digest: Digest | None) -> datetime:
        """Since when the next digest tells, or (None) the first one, were it switched on now."""
        return digest.told_until if digest else self.desk.now - SAMPLE

    async def preview(self, channel_id: int) -> Article | None:
        """What a digest would tell now; None: nothing went out since the last."""
        channel, digest = await self.channel(channel_id), await self.of(channel_id)
        begin = self.counts_from(digest)
        return await _written(self.desk.db, channel, begin - SETTLING, self.desk.now, self.desk.now)


@dataclass(frozen=True, kw_only=True)
class Due:
    """A digest whose time has come."""

    digest: Digest
    channel: Channel
    at: datetime


async def due(db: Db, now: datetime) -> list[Due]:
    """Those whose time has come."""
    found = []
    for digest in await db.digests.going():
        channel = await db.channels.get(digest.channel_id)
        assert channel is not None  # channels are never deleted
        lateness = timedelta(seconds=channel.max_lateness)
        due_at = digest_due(digest, now, channel.time_zone, lateness)
        if due_at is not None:
            found.append(Due(digest=digest, channel=channel, at=due_at))
    return found


async def make(db: Db, due: Due, now: datetime) -> None:
    """Its article and its post; nothing went out: no digest, and all is told up to here. One transaction."""
    digest, channel, due_at = due.digest, due.channel, due.at
    if not await db.digests.told(channel.id, due_at, frm=digest.told_until):
        return
    article = await _written(db, channel, digest.told_until - SETTLING, due_at - SETTLING, now)
    if article is None:
        return
    stored = await db.articles.create(article, by=digest.asked_by, now=now)
    post = await db.posts.add(
        article_id=stored.id,
        channel_id=channel.id,
        due_at=now,
        by=digest.asked_by,
        now=now,
        urgency=unconfirmed(stored.urgency),
        zone=channel.time_zone,
    )
    await db.audit.log(
        at=now,
        person_id=digest.asked_by,
        verb="digest",
        article_id=stored.id,
        channel_id=channel.id,
        post_id=post.id,
    )
    log.info("digest", channel_id=channel.id, post_id=post.id, stories=len(article.related))


async def _written(
    db: Db, channel: Channel, after: datetime, until: datetime, now: datetime
) -> Article | None:
    told: dict[int, Told] = {}
    for post in await db.digests.published(channel.id, after, until, now=now):
        article = await approved(db, post.article_id)
        if post.article_id in told or article is None or article.state is ArticleState.KILLED:
            continue  # what went out twice is told once, with its newest message
        if not is_digest(article):
            told[post.article_id] = Told(
                headline=article.headline,
                url=post_link(channel, post.message_id),
                at=post.sent_at,
                section=article.category,
                urgency=article.urgency,
                language=article.language,
            )
    today = now.astimezone(ZoneInfo(channel.time_zone)).date()
    return digest_of(told.values(), channel.look, today)
