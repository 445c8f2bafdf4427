"""Feeds looked at when their time has come: asked for what is newer, read, what is new handed to the desk.

Nothing waits in a transaction, and the marks of what was read are kept with what it held: a crash at any
moment means that it is asked for again, and known items are known.
"""

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import structlog
from telegram import Bot

from bot.clock import Clock
from bot.desk import feeds
from bot.desk.feeds import Looked
from bot.errors import FetchError, PageError, StorageError
from bot.intake.feeds import finding
from bot.intake.feeds.encoded import text_of
from bot.intake.fetching import PAGES, Fetched, Resolve, Way, fetch
from bot.intake.pages_copy import Told
from bot.intake.workshop import Workshop
from bot.news.feeds import Feed, Item, Source, Waiting
from bot.pictures import Pictures
from storage import Db, Storage

log = structlog.get_logger(__name__)

KINDS = PAGES | {
    *("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"),
    *("application/feed+json", "application/json", "application/x-rss+xml", "application/octet-stream"),
    *("application/gzip", "application/x-gzip", "text/rss+xml", "text/json"),
    *("text/x-opml", "text/opml", "application/opml+xml", "application/xml+opml"),
}
"""What a feed may call itself; what it is, is seen when it is read."""
_HEADLINES = ("تیتر: ", "Headline: ")
"""How `bot.intake.pages_copy` begins the line with the headline."""
_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"

AT_ONCE = 4
"""Feeds, or pages of items, that are fetched at the same time."""
MOST_LISTED = 100
"""Feeds of one list."""
_TURN = 40
"""Of them in one look."""
_PARTS = 2
"""Sitemaps of an index that are read."""

type Tell = Callable[[Db, Looked], Awaitable[None]]
"""Tells people how a look went, where they wait for it or have to know."""


def _usual_jitter() -> float:
    """So that feeds that were added together are not asked together for ever."""
    return random.uniform(0.9, 1.1)  # noqa: S311 - nobody gains by guessing it


@dataclass(kw_only=True)
class Reader:
    """Looks at one feed after another."""

    storage: Storage
    clock: Clock
    way: Way
    zone: str
    told: Tell
    shop: Workshop
    pages: bool = True  # whether an item's page is read where its feed has but a summary
    resolve: Resolve | None = None
    bot: Bot | None = None  # by which pictures go to Telegram; None: they don't
    jitter: Callable[[], float] = field(default=_usual_jitter)

    async def look(self) -> bool | datetime:
        """Look at the feeds whose time has come, a few at once; else when the next one's will."""
        now = await self.clock()
        async with self.storage.begin() as db:
            first = await db.feeds.due(_TURN)
        due = [source for source in first if source.next_at and source.next_at <= now]
        await _a_few_at_once(due, self._tried)
        return bool(due) or (first[0].next_at if first and first[0].next_at else False)

    async def _tried(self, source: Source) -> None:
        now = await self.clock()
        try:
            await self._read(source)
        except FetchError as error:
            more = error.kind or error.status
            fault = f"{error.reason}:{more}" if more else error.reason
            await self._failed(source, fault, _wait(error.retry_after, now))
        except PageError as error:
            await self._failed(source, error.reason)
        except StorageError:
            raise
        except Exception:  # a bug with one feed must not stop the others
            log.exception("feed_failed", feed_id=source.id)
            await self._failed(source, "bug")

    async def _read(self, source: Source) -> None:
        answer = await self._asked(source)
        feed: Feed | None = None
        marks = {"etag": answer.headers.get("etag"), "modified": answer.headers.get("last-modified")}
        if answer.status != 304:
            feed = await self._parsed(answer)
            if feed is None:
                await self._elsewhere(source, answer)
                return
            if feed.parts:
                feed = await self._joined(feed)
                marks = {}  # what an index names may be newer than the index
        now, way = await self.clock(), self.jitter()
        async with self.storage.begin() as db:
            looked = await feeds.arrived(
                db,
                source,
                feed,
                now,
                zone=self.zone,
                jitter=way,
                pages=self.pages,
                url=answer.moved,
                **marks,
            )
            if looked is not None:
                await self.told(db, looked)

    async def _asked(self, source: Source) -> Fetched:
        headers = {"Accept": _ACCEPT}
        if source.begun_at and source.etag:
            headers["If-None-Match"] = source.etag
        if source.begun_at and source.modified:
            headers["If-Modified-Since"] = source.modified
        return await fetch(source.url, self.way, kinds=KINDS, headers=headers, resolve=self.resolve)

    async def _parsed(self, answer: Fetched) -> Feed | None:
        return await self.shop.feed(answer.body, answer.url, _charset(answer.headers.get("content-type", "")))

    async def _joined(self, index: Feed) -> Feed:
        """An index of sitemaps: what stands in the first of them; two, for a month may just have ended."""
        items: list[Item] = []
        for url in index.parts[:_PARTS]:
            answer = await fetch(url, self.way, kinds=KINDS, resolve=self.resolve)
            if (part := await self._parsed(answer)) is not None:
                items += part.items
        return replace(index, items=tuple(items), parts=())

    async def _elsewhere(self, source: Source, answer: Fetched) -> None:
        """A page or a list: the feeds it names are read in its place, unless one was read here before."""
        named: tuple[str, ...] = ()
        if source.begun_at is None:
            listed, named = await asyncio.to_thread(_named, answer)
            if listed:
                now = await self.clock()
                async with self.storage.begin() as db:
                    if looked := await feeds.listed(db, source, listed[:MOST_LISTED], now):
                        await self.told(db, looked)
                return
        for url in named:
            if url == source.url:
                continue
            async with self.storage.begin() as db:
                if await db.feeds.change(source.id, url=url):
                    return
        await self._failed(source, "no_feed")

    async def read_page(self) -> bool:
        """Fetch what items still lack, a few at once: their pages where feeds have but summaries, pictures.

        What can't be had is done without.
        """
        async with self.storage.begin() as db:
            waiting = await db.feeds.pages(_TURN)
        await _a_few_at_once(waiting, self._completed)
        return bool(waiting)

    async def _completed(self, waiting: Waiting) -> None:
        item = waiting.item
        try:
            if self.pages:
                item = await self._paged(item)
                item = await self._pictured(waiting.feed_id, item)
        except StorageError:
            raise
        except Exception:  # a bug with one page must not stop the others
            log.exception("page_failed", item_id=waiting.id)
        async with self.storage.begin() as db:
            await db.feeds.paged(waiting.id, item)

    async def _paged(self, item: Item) -> Item:
        if item.is_whole or not item.url:
            return item
        try:
            got = await fetch(item.url, self.way, kinds=PAGES, resolve=self.resolve)
            charset = _charset(got.headers.get("content-type", "")) or ""
            return _by_its_page(item, await self.shop.page(got.body, got.url, charset))
        except (FetchError, PageError) as error:
            log.info("page_not_read", url=item.url, why=error.reason)
            return item

    async def _pictured(self, feed_id: int, item: Item) -> Item:
        """With its picture, which was in the chat of who answers for the feed for a moment."""
        if not item.image or self.bot is None:
            return item
        async with self.storage.begin() as db:
            source = await db.feeds.get(feed_id)
            who = await feeds.answers_for(db, source) if source else None
        if who is None:
            return item
        pictures = Pictures(bot=self.bot, way=self.way, resolve=self.resolve)
        return replace(item, media=await pictures.taken(item.image, who.id, seen=False))

    async def _failed(self, source: Source, fault: str, wait: timedelta | None = None) -> None:
        now = await self.clock()
        async with self.storage.begin() as db:
            looked = await feeds.failed(db, source, fault, now, jitter=self.jitter(), wait=wait)
            if looked is not None:
                await self.told(db, looked)


async def _a_few_at_once[Each](these: Sequence[Each], done: Callable[[Each], Awaitable[None]]) -> None:
    """Each of them, `AT_ONCE` at a time: a slow site holds up no other's."""
    queue = deque(these)

    async def one_after_the_other() -> None:
        while queue:
            await done(queue.popleft())

    await asyncio.gather(*(one_after_the_other() for _ in range(min(AT_ONCE, len(these)))))


def _by_its_page(item: Item, told: Told) -> Item:
    """The item with the page's words; its feed knows its headline best, if it knows one."""
    item = replace(item, title=item.title or told.headline or None, image=item.image or told.image or None)
    text = "\n".join(line for line in told.copy.split("\n") if not line.startswith(_HEADLINES)).strip()
    if len(text) <= len(item.text):
        return item
    return replace(item, text=text, author=item.author or told.byline or None, url=told.url or item.url)


def _named(answer: Fetched) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The feeds of a list; and those that a page names."""
    text = text_of(answer.body, _charset(answer.headers.get("content-type", "")))
    return finding.listed_in(text), finding.feeds_of(text, answer.url)


def _charset(content_type: str) -> str | None:
    _, _, told = content_type.lower().partition("charset=")
    return told.partition(";")[0].strip(" \"'") or None


def _wait(retry_after: str | None, now: datetime) -> timedelta | None:
    """What `Retry-After` asks for: seconds, or a moment."""
    if not retry_after:
        return None
    if retry_after.strip().isdecimal():
        return timedelta(seconds=min(int(retry_after.strip()[:9]), 10**7))
    try:
        at = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)) - now
