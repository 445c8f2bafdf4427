"""The desk's verbs on feeds, and what becomes of what they bring. Knows no network and no markup."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.desk import audience, rights
from bot.desk.logbook import note
from bot.desk.schedule import Schedule, require_connected
from bot.desk.stories import Desk
from bot.errors import DeskError, NotFound
from bot.news.feeds import Fate, Feed, Item, Rules, Source, Way
from bot.news.model import Article, ArticleState, Role, Staff
from bot.news.newcomers import chosen, fates
from storage import Db

TOLD_AFTER = 3
"""Faults in a row until its people are told; a site may be away for an hour."""
LONGEST = timedelta(days=1)
_SHORTEST = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class Feeds:
    """What an editor does with feeds."""

    desk: Desk

    async def get(self, feed_id: int) -> Source:
        """Raises NotFound where it was removed."""
        self.desk.require(rights.FEEDERS)
        if (found := await self.desk.db.feeds.get(feed_id)) is None:
            raise NotFound("feed")
        return found

    async def add(self, url: str) -> Source | None:
        """Have a feed read at once, and its person told how that went; None if it is there already."""
        self.desk.require(rights.FEEDERS)
        source = await self.desk.db.feeds.add(url, by=self.desk.who.id, now=self.desk.now)
        if source is not None:
            await note(self.desk, "feed_add", url=url)
        return source

    async def pause(self, feed_id: int, *, paused: bool) -> Source:
        """Let it rest; or read it again at once. What has come meanwhile becomes stories then."""
        source = await self.get(feed_id)
        now = self.desk.now
        values = {"paused_at": now, "next_at": None} if paused else {"paused_at": None, "next_at": now}
        await self.desk.db.feeds.change(source.id, **values)
        await note(self.desk, "feed_pause" if paused else "feed_resume", url=source.url)
        return await self.get(feed_id)

    async def test(self, feed_id: int) -> Source:
        """Have it looked at now, and the person told what was found."""
        source = await self.get(feed_id)
        await self.desk.db.feeds.change(source.id, next_at=self.desk.now, asked_by=self.desk.who.id)
        return source

    async def remove(self, feed_id: int) -> Source:
        source = await self.get(feed_id)
        await self.desk.db.feeds.remove(source.id)
        await note(self.desk, "feed_remove", url=source.url)
        return source

    async def set_way(self, feed_id: int, way: Way, channel_id: int | None = None) -> Source:
        """Say what becomes of its items, from now on in this person's name."""
        source = await self.get(feed_id)
        if way is Way.SLOTS:
            require_connected(await Schedule(desk=self.desk).channel(channel_id or 0))
        else:
            channel_id = None
        who = self.desk.who.id
        await self.desk.db.feeds.change(source.id, way=way, channel_id=channel_id, added_by=who)
        await note(self.desk, "feed_way", channel_id=channel_id, url=source.url, way=way)
        return await self.get(feed_id)

    async def set_rules(self, feed_id: int, rules: Rules) -> Source:
        source = await self.get(feed_id)
        await self.desk.db.feeds.change(source.id, rules=rules)
        await note(self.desk, "feed_rules", url=source.url)
        return await self.get(feed_id)


@dataclass(frozen=True, kw_only=True)
class Looked:
    """How a look at a feed went; `waiting` of its items become stories."""

    source: Source
    asked_by: int | None = None  # who waits to hear of it
    first: bool = False
    total: int = 0
    waiting: int = 0
    fault: str | None = None
    recovered: bool = False  # its people know of a fault that is over
    tell_of_fault: bool = False
    listed: tuple[int, int] | None = None  # it was a list of feeds: so many were added, and known


async def listed(db: Db, source: Source, urls: Sequence[str], now: datetime) -> Looked | None:
    """What was added as a feed is a list of some: they are read in its place."""
    fresh = await db.feeds.get(source.id)
    if fresh is None or fresh.url != source.url:
        return None
    added = [url for url in urls if await db.feeds.add(url, by=fresh.added_by, now=now)]
    await db.feeds.remove(fresh.id)
    told = len(added), len(urls) - len(added)
    return Looked(source=fresh, asked_by=fresh.asked_by or fresh.added_by, listed=told)


async def arrived(
    db: Db,
    source: Source,
    feed: Feed | None,
    now: datetime,
    *,
    zone: str,
    jitter: float = 1.0,
    pages: bool = False,
    **answer: str | None,
) -> Looked | None:
    """Take in what a look has found; None if the feed was removed meanwhile.

    Its new items and the marks by which only newer ones are asked for are kept in one transaction.

    Args:
        db: the transaction.
        source: the feed as it was when it was asked.
        feed: what it holds; None where it has said that nothing is new.
        now: this moment.
        zone: in which a day begins.
        pages: whether the page of an item is read where the feed has but a summary.
        jitter: by how much the time until the next look differs from the usual.
        answer: `etag`, `modified` and `url` as they are from now on.
    """
    fresh = await db.feeds.get(source.id)
    if fresh is None or fresh.url != source.url:
        return None
    waits = min(max(timedelta(minutes=(feed and feed.minutes) or 0), _SHORTEST), LONGEST) * jitter
    values: dict[str, Any] = {
        "checked_at": now,
        "fault": None,
        "faults": 0,
        "told": False,
        "asked_by": None,
        "next_at": None if fresh.paused_at else now + waits,
    }
    waiting = total = 0
    if feed is not None:
        waiting, total = await _kept(db, fresh, feed, now, zone, pages=pages), len(feed.items)
        values |= {"begun_at": fresh.begun_at or now, "title": feed.title or fresh.title}
        values |= {name: value for name, value in answer.items() if name != "url"}
    await db.feeds.change(source.id, **values)
    if answer.get("url"):
        await db.feeds.change(source.id, url=answer["url"])
    return Looked(
        source=await db.feeds.get(source.id) or fresh,
        asked_by=fresh.asked_by,
        first=fresh.begun_at is None,
        total=total,
        waiting=waiting,
        recovered=fresh.told,
    )


async def _kept(db: Db, source: Source, feed: Feed, now: datetime, zone: str, *, pages: bool) -> int:
    """Remember what is new of it; how many items wait to become stories."""
    known = await db.feeds.known(source.id, feed.items)
    elsewhere = await db.feeds.elsewhere(source.id, feed.items) if source.begun_at else frozenset[str]()
    found = fates(feed, known, begun_at=source.begun_at, elsewhere=elsewhere)
    if not found:
        return 0
    here = now.astimezone(ZoneInfo(zone))
    today = await db.feeds.counts(source.id, here.replace(hour=0, minute=0, second=0, microsecond=0))
    room = source.rules.per_day - sum(today.get(fate, 0) for fate in (Fate.TAKEN, Fate.WAITING, Fate.PAGE))
    decided = chosen(found, source.rules, room)
    await db.feeds.keep(source.id, [(item, _first(item, fate, pages=pages)) for item, fate in decided], now)
    return sum(fate is Fate.WAITING for _, fate in decided)


def _first(item: Item, fate: Fate, *, pages: bool) -> Fate:
    more = (item.url and not item.is_whole) or item.image
    return Fate.PAGE if fate is Fate.WAITING and pages and more else fate


async def failed(
    db: Db, source: Source, fault: str, now: datetime, *, jitter: float = 1.0, wait: timedelta | None = None
) -> Looked | None:
    """A look has met a fault: it is tried again later and later, and its people hear of it once."""
    fresh = await db.feeds.get(source.id)
    if fresh is None or fresh.url != source.url:
        return None
    faults = fresh.faults + 1
    waits = max(min(_SHORTEST * 2 ** min(faults - 1, 10), LONGEST) * jitter, wait or timedelta())
    tells = faults >= TOLD_AFTER and not fresh.told
    values = {"checked_at": now, "fault": fault, "faults": faults, "told": fresh.told or tells}
    next_at = None if fresh.paused_at else now + min(waits, LONGEST)
    await db.feeds.change(source.id, **values, asked_by=None, next_at=next_at)
    changed = await db.feeds.get(source.id) or fresh
    return Looked(source=changed, asked_by=fresh.asked_by, fault=fault, tell_of_fault=tells)


async def answers_for(db: Db, source: Source) -> Staff | None:
    """In whose name its stories come: who added it, or an owner where that person may not any more."""
    who = await db.staff.get(source.added_by)
    if who is not None and rights.may(who, rights.FEEDERS):
        return who
    owners = await audience.holders(db, {Role.OWNER})
    return owners[0] if owners else None


async def planned(desk: Desk, article: Article, source: Source) -> Article:
    """A new draft, as far on its way as its feed's may go; what can't go on waits for the editors."""
    if source.way is Way.DRAFT:
        return article
    if source.way is Way.SLOTS and source.channel_id:
        try:
            approved = await desk.approve(article.id, article.version)
            await Schedule(desk=desk).into_slot(approved.id, approved.version, source.channel_id)
        except DeskError:
            article = await desk.article(article.id)
        else:
            return approved
    if article.state is ArticleState.DRAFT:
        return await desk.submit(article.id, article.version)
    return article
