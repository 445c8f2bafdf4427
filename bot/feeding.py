"""Feeds looked at when their time has come: asked for what is newer, read, what is new handed to the desk.

Nothing waits in a transaction, and the marks of what was read are kept with what it held: a crash at any
moment means that it is asked for again, and known items are known.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import structlog

from bot.clock import Clock
from bot.desk import feeds
from bot.desk.feeds import Looked
from bot.errors import FetchError, PageError, StorageError
from bot.intake.feeds import finding, reading
from bot.intake.feeds.encoded import text_of
from bot.intake.fetching import PAGES, Fetched, Resolve, Way, fetch
from bot.intake.pages_copy import Told
from bot.intake.workshop import Workshop
from bot.news.feeds import Feed, Item, Source
from storage import Db, Storage

log = structlog.get_logger(__name__)

KINDS = PAGES | {
    *("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"),
    *("application/feed+json", "application/json", "application/x-rss+xml", "application/octet-stream"),
    *("application/gzip", "application/x-gzip", "text/rss+xml", "text/json"),
}
"""What a feed may call itself; what it is, is seen when it is read."""
_HEADLINES = ("تیتر: ", "Headline: ")
"""How `bot.intake.pages_copy` begins the line with the headline."""
_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"

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
    shop: Workshop | None = None  # where pages are read; None: they are not
    resolve: Resolve | None = None
    jitter: Callable[[], float] = field(default=_usual_jitter)

    async def look(self) -> bool | datetime:
        """Look at the feed whose time has come; else when the next one's will."""
        now = await self.clock()
        async with self.storage.begin() as db:
            source = await db.feeds.next_due()
        if source is None or source.next_at is None:
            return False
        if source.next_at > now:
            return source.next_at
        try:
            await self._read(source)
        except FetchError as error:
            more = error.kind or error.status
            fault = f"{error.reason}:{more}" if more else error.reason
            await self._failed(source, fault, _wait(error.retry_after, now))
        except StorageError:
            raise
        except Exception:  # a bug with one feed must not stop the others
            log.exception("feed_failed", feed_id=source.id)
            await self._failed(source, "bug")
        return True

    async def _read(self, source: Source) -> None:
        answer = await self._asked(source)
        feed: Feed | None = None
        if answer.status != 304:
            charset = _charset(answer.headers.get("content-type", ""))
            feed = await asyncio.to_thread(reading.read, answer.body, answer.url, charset)
            if feed is None:
                await self._elsewhere(source, answer, charset)
                return
        marks = {"etag": answer.headers.get("etag"), "modified": answer.headers.get("last-modified")}
        now, way = await self.clock(), self.jitter()
        async with self.storage.begin() as db:
            looked = await feeds.arrived(
                db,
                source,
                feed,
                now,
                zone=self.zone,
                jitter=way,
                pages=self.shop is not None,
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

    async def _elsewhere(self, source: Source, answer: Fetched, charset: str | None) -> None:
        """A page: the feed that it names is read in its place, unless one was read here before."""
        named: tuple[str, ...] = ()
        if source.begun_at is None:
            named = await asyncio.to_thread(_named, answer.body, answer.url, charset)
        for url in named:
            if url == source.url:
                continue
            async with self.storage.begin() as db:
                if await db.feeds.change(source.id, url=url):
                    return
        await self._failed(source, "no_feed")

    async def read_page(self) -> bool:
        """Read the page of an item whose feed has but a summary; where that can't be, the summary stands."""
        async with self.storage.begin() as db:
            waiting = await db.feeds.next_page()
        if waiting is None:
            return False
        item = waiting.item
        try:
            if self.shop is not None:
                got = await fetch(item.url or "", self.way, kinds=PAGES, resolve=self.resolve)
                charset = _charset(got.headers.get("content-type", "")) or ""
                item = _by_its_page(item, await self.shop.page(got.body, got.url, charset))
        except (FetchError, PageError) as error:
            log.info("page_not_read", item_id=waiting.id, why=error.reason)
        except StorageError:
            raise
        except Exception:  # a bug with one page must not stop the others
            log.exception("page_failed", item_id=waiting.id)
        async with self.storage.begin() as db:
            await db.feeds.paged(waiting.id, item)
        return True

    async def _failed(self, source: Source, fault: str, wait: timedelta | None = None) -> None:
        now = await self.clock()
        async with self.storage.begin() as db:
            looked = await feeds.failed(db, source, fault, now, jitter=self.jitter(), wait=wait)
            if looked is not None:
                await self.told(db, looked)


def _by_its_page(item: Item, told: Told) -> Item:
    """The item with the page's words; its feed knows its headline best."""
    text = "\n".join(line for line in told.copy.split("\n") if not line.startswith(_HEADLINES)).strip()
    if len(text) <= len(item.text):
        return item
    return replace(item, text=text, author=item.author or told.byline or None, url=told.url or item.url)


def _named(body: bytes, url: str, charset: str | None) -> tuple[str, ...]:
    return finding.feeds_of(text_of(body, charset), url)


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
