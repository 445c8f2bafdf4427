"""What a feed holds, as values."""

from dataclasses import dataclass
from datetime import datetime


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


@dataclass(frozen=True, kw_only=True)
class Feed:
    """What was read of a feed, the newest item where the feed has it."""

    kind: str  # "rss", "atom", "rdf", "json", "sitemap"
    title: str | None = None
    home: str | None = None  # the page it belongs to
    language: str | None = None
    minutes: int | None = None  # how long it wants to be left alone (ttl, updatePeriod)
    items: tuple[Item, ...] = ()
