"""Feeds that the newsroom reads: what one holds, what of it is wanted, by what items are known again."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from bot.news import media as media_
from bot.news.folding import folded
from bot.news.media import Media


@dataclass(frozen=True, kw_only=True)
class Item:
    """One story as its feed tells of it; `id` is the feed's word for it, or else its address or a digest."""

    id: str
    title: str | None = None
    url: str | None = None
    published: datetime | None = None  # aware; in the zone that the feed gave
    text: str = ""  # plain, paragraphs apart; the whole story, or the feed's summary of it
    is_whole: bool = False  # the feed calls it the content, not a summary
    author: str | None = None
    categories: tuple[str, ...] = ()
    image: str | None = None
    media: Media | None = None  # the picture, once Telegram has it


@dataclass(frozen=True, kw_only=True)
class Feed:
    """What was read of a feed, in its order."""

    kind: str  # "rss", "atom", "rdf", "json", "sitemap"
    title: str | None = None
    home: str | None = None  # the page it belongs to
    language: str | None = None
    minutes: int | None = None  # how long it wants to be left alone (ttl, updatePeriod)
    items: tuple[Item, ...] = ()
    parts: tuple[str, ...] = ()  # of an index of sitemaps: where its items stand, the newest first


class Way(StrEnum):
    """What becomes of a feed's items."""

    DRAFT = "draft"  # of who added the feed
    SUBMIT = "submit"  # with the editors
    SLOTS = "slots"  # approved, and in a channel's next free slot


MOST_A_DAY = 20
"""Of one feed, unless somebody says otherwise."""


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Which items are wanted: of one of the categories, with one of the words, without any of others."""

    categories: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    per_day: int = MOST_A_DAY


@dataclass(frozen=True, kw_only=True)
class Source:
    """A feed that the newsroom reads, and how it went the last time."""

    id: int
    url: str
    added_by: int
    added_at: datetime
    title: str | None = None
    way: Way = Way.DRAFT
    channel_id: int | None = None  # where the way leads to a channel
    rules: Rules = field(default_factory=Rules)
    begun_at: datetime | None = None  # since when what is new becomes a story; None: not read yet
    paused_at: datetime | None = None
    etag: str | None = None
    modified: str | None = None
    next_at: datetime | None = None  # when it is looked at again
    checked_at: datetime | None = None
    fault: str | None = None  # why the last look found nothing: a `FetchError`'s reason, or "no_feed"
    faults: int = 0  # in a row
    told: bool = False  # its people know of the fault
    asked_by: int | None = None  # who waits to hear of the next look


class Fate(StrEnum):
    """What has become of an item."""

    SEEN = "seen"  # there when the feed was first read, or an old one under a new name
    PAGE = "page"  # its feed has but a summary: its page is read first
    WAITING = "waiting"  # to become a story
    TAKEN = "taken"
    UNWANTED = "unwanted"  # by the rules
    TOO_MANY = "too_many"  # that day
    TWICE = "twice"  # another feed has brought it
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """An item that is to become a story."""

    id: int
    feed_id: int
    item: Item


@dataclass(frozen=True, kw_only=True)
class Known:
    """How an item that was met before is recognised."""

    key: str
    url_key: str | None
    title_key: str | None
    published: datetime | None


_TRACKERS = re.compile(r"^(?:utm_\w+|fbclid|gclid|yclid|mc_[ce]id|ref|source|_ga|igshid|cmpid)$")


def canonical(url: str) -> str:
    """An address as it is compared: without scheme, `www.`, trackers, fragment and last slash."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
        port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    except ValueError:
        return url
    asked = urlencode(sorted(pair for pair in parse_qsl(parts.query) if not _TRACKERS.match(pair[0])))
    return f"{host}{port}{parts.path.rstrip('/')}" + (f"?{asked}" if asked else "")


def known_by(item: Item) -> Known:
    """What an item is recognised by when it comes again."""
    return Known(
        key=_digest(item.id),
        url_key=_digest(canonical(item.url)) if item.url else None,
        title_key=_digest(folded(item.title)) if item.title and folded(item.title) else None,
        published=item.published,
    )


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:24]


def is_wanted(item: Item, rules: Rules) -> bool:
    """Whether the rules let it in. Words are whole ones, in whatever way Persian is typed."""
    told = _told(" ".join([item.title or "", item.text[:20_000]]))
    if rules.without and _has_any(told, rules.without):
        return False
    if rules.categories and not _has_any(_told(" ; ".join(item.categories)), rules.categories):
        return False
    return not rules.words or _has_any(told, rules.words)


def _has_any(told: tuple[str, ...], phrases: Iterable[str]) -> bool:
    return any(
        f" {wanted} " in text for phrase in phrases for wanted in _spelled(phrase) if wanted for text in told
    )


def _told(text: str) -> tuple[str, ...]:
    return tuple(f" {each} " for each in _spelled(text))


def _spelled(text: str) -> set[str]:
    """The folded words with blanks between: half-spaces as blanks, and as nothing."""
    return {
        " ".join(found for word in re.split(r"[\W_]+", each) if (found := folded(word)))
        for each in (text.replace("\u200c", " "), text.replace("\u200c", ""))
    }


_UNSTORABLE = dict.fromkeys([0, *range(0xD800, 0xE000)], "\N{REPLACEMENT CHARACTER}")


def item_json(item: Item) -> dict[str, Any]:
    """An item as plain JSON values, without what no database can hold."""
    said = {name: getattr(item, name) for name in ("id", "title", "url", "text", "author", "image")}
    return {
        **{name: value and value.translate(_UNSTORABLE) for name, value in said.items()},
        "is_whole": item.is_whole,
        "categories": [each.translate(_UNSTORABLE) for each in item.categories],
        "published": item.published and item.published.isoformat(),
        "media": media_.as_json(item.media),
    }


def item_from_json(content: dict[str, Any]) -> Item:
    """The item that `item_json` wrote."""
    at = content["published"]
    return Item(
        **{
            **content,
            "categories": tuple(content["categories"]),
            "published": datetime.fromisoformat(at) if at else None,
            "media": media_.from_json(content.get("media")),
        }
    )


def feed_json(feed: Feed) -> dict[str, Any]:
    """A feed as plain JSON values, its items without what no database can hold."""
    said = {name: getattr(feed, name) for name in ("kind", "title", "home", "language", "minutes")}
    return {**said, "items": [item_json(item) for item in feed.items], "parts": list(feed.parts)}


def feed_from_json(content: dict[str, Any]) -> Feed:
    """The feed that `feed_json` wrote."""
    items = tuple(map(item_from_json, content["items"]))
    return Feed(**{**content, "items": items, "parts": tuple(content["parts"])})


def rules_json(rules: Rules) -> dict[str, Any]:
    """Rules as plain JSON values."""
    return {
        "categories": list(rules.categories),
        "words": list(rules.words),
        "without": list(rules.without),
        "per_day": rules.per_day,
    }


def rules_from_json(content: dict[str, Any]) -> Rules:
    """The rules that `rules_json` wrote."""
    lists = {name: tuple(content.get(name, ())) for name in ("categories", "words", "without")}
    return Rules(**lists, per_day=content.get("per_day", MOST_A_DAY))
