"""RSS of all versions, RDF, Atom and sitemaps: what their elements say of each item."""

import html
import re
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo

from bot.intake.feeds.dates import TEHRAN, moment
from bot.intake.feeds.fields import Field, Raw, Reader
from bot.intake.feeds.markup import tokens
from bot.intake.feeds.same import apart
from bot.intake.feeds.wording import address, is_whole, line, plain_line, untagged
from bot.news.feeds import Feed, Item
from bot.news.structure import hypertext

MOST = 5_000
"""Items that are read of one feed."""
_DATES = (
    *((":pubDate"), (":pubdate"), (":published"), ("dc:date"), ("dcterms:issued"), ("dcterms:created")),
    *((":issued"), (":created"), ("news:publication_date"), (":updated"), (":modified")),
    *(("dcterms:modified"), (":lastmod"), (":date")),
)
_TITLES = (":title", "dc:title", "news:title", "media:title", "itunes:title")
_TEXTS = ("content:encoded", ":content", ":description", ":summary", "dc:description", "media:description")
_MOST_PARTS = 10
_NEVER = datetime.min.replace(tzinfo=UTC)
_PERIODS = {"hourly": 60, "daily": 24 * 60, "weekly": 7 * 24 * 60, "monthly": 30 * 24 * 60}
_PERSIAN = re.compile(r"[پچژگکی]")


def read(document: str, fetched_from: str | None) -> Feed | None:
    """The feed; None if the document is none.

    Args:
        document: its text.
        fetched_from: its own address, by which relative ones are meant.
    """
    reader = Reader()
    for token in tokens(document):
        reader.take(token)
        if len(reader.raws) > MOST:
            break
    if reader.kind is None and not reader.raws:
        return None
    head = reader.head
    own, home = _links(head, fetched_from)
    base = address(head.base or "", fetched_from or own or home) or fetched_from
    base = base or ((own or home) if reader.kind == "atom" else (home or own))
    title = head.first(":title", "dc:title")
    language = _said(head.first(":language", "dc:language")) or reader.language
    zone = _zone(language, document)
    within = base if is_whole(base) else None
    if reader.kind == "index":
        return Feed(kind="index", parts=_parts(reader.raws, within))
    items = apart((found for raw in reader.raws[:MOST] if (found := _item(raw, within, zone))), home)
    return Feed(
        kind=reader.kind or "rss",
        title=title.line if title else None,
        home=home,
        language=language,
        minutes=_minutes(head),
        items=items,
    )


def _parts(raws: Sequence[Raw], base: str | None) -> tuple[str, ...]:
    """The sitemaps that an index names: those of news, then the newest; without days the last named."""
    found = [
        ("news" in url.lower(), _published(raw, UTC) or _NEVER, at, url)
        for at, raw in enumerate(raws)
        if (loc := raw.first(":loc")) and (url := address(loc.text, base)) and is_whole(url)
    ]
    return tuple(dict.fromkeys(url for *_, url in sorted(found, reverse=True)))[:_MOST_PARTS]


def _zone(language: str | None, document: str) -> tzinfo:
    """Where times without a zone are meant: a Persian newsroom writes Tehran's."""
    if language:
        return TEHRAN if language.lower().startswith(("fa", "per", "pers")) else UTC
    sample = document[:20_000]
    return TEHRAN if len(_PERSIAN.findall(sample)) * 20 > len(sample) else UTC


def _said(found: Field | None) -> str | None:
    return plain_line(found.text) if found else None


def _links(head: Raw, fetched_from: str | None) -> tuple[str | None, str | None]:
    """The feed's own address and that of the page it belongs to."""
    own = home = None
    for found in head.every(":link"):
        href = found.attributes.get("href")
        relation = found.attributes.get("rel", "alternate").lower()
        if href and relation == "self":
            own = own or address(href, fetched_from)
        elif href and relation == "alternate":
            home = home or address(href, fetched_from)
        elif not href:
            home = home or address(found.text, fetched_from)
    return (own if is_whole(own) else None), (home if is_whole(home) else None)


def _minutes(head: Raw) -> int | None:
    ttl, period = _said(head.first(":ttl")), _said(head.first("sy:updatePeriod"))
    if ttl and ttl.isdecimal() and len(ttl) < 7:
        return int(ttl) or None
    if period and period.lower() in _PERIODS:
        often = _said(head.first("sy:updateFrequency")) or "1"
        times = int(often) if often.isdecimal() and len(often) < 5 else 1
        return max(1, _PERIODS[period.lower()] // max(times, 1))
    return None


def _item(raw: Raw, feed_base: str | None, zone: tzinfo) -> Item | None:
    base = (address(raw.base, feed_base) if raw.base else None) or feed_base
    title = next((found.line for name in _TITLES if (found := raw.first(name)) and found.line), None)
    url, named = _url(raw, base), _id(raw)
    if url is None and named and _may_be_address(raw, named):
        url = named
    text, is_whole_text = _text(raw)
    if not (title or url or text or named):
        return None
    author = raw.first(":author", "dc:creator", "itunes:author")
    return Item(
        id=named or url or "",
        title=title,
        url=url,
        published=_published(raw, zone),
        text=text,
        is_whole=is_whole_text,
        author=author.line if author else None,
        categories=_categories(raw),
        image=_image(raw, base),
    )


def _id(raw: Raw) -> str | None:
    found = raw.first(":guid", ":id")
    written = plain_line(found.text) if found else None
    return written or (raw.about.strip() or None if raw.about else None)


def _may_be_address(raw: Raw, named: str) -> bool:
    guid = raw.first(":guid")
    if guid is not None and guid.attributes.get("ispermalink", "true").strip().lower() == "false":
        return False
    return address(named, None) == named and is_whole(named)


def _url(raw: Raw, base: str | None) -> str | None:
    if loc := raw.first(":loc"):
        return address(loc.text, base)
    best: str | None = None
    for found in raw.every(":link"):
        href = found.attributes.get("href")
        relation = found.attributes.get("rel", "alternate").strip().lower()
        if href is None:
            url = address(untagged(found.text), _base_of(found, base))
            if url:
                return url
        elif relation in {"alternate", "http://www.iana.org/assignments/relation/alternate", ""}:
            url = address(href, _base_of(found, base))
            if url and "html" in found.attributes.get("type", "html"):
                return url
            best = best or url
    return best


def _base_of(found: Field, base: str | None) -> str | None:
    own = found.attributes.get("xml:base")
    return (address(own, base) if own else None) or base


def _published(raw: Raw, zone: tzinfo) -> datetime | None:
    for name in _DATES:
        found = raw.first(name)
        if found and (at := moment(untagged(found.text), zone)):
            return at
    return None


def _text(raw: Raw) -> tuple[str, bool]:
    for name in _TEXTS:
        found = raw.first(name)
        if found and (text := hypertext.plain(found.markup).strip()):
            return text, name in {"content:encoded", ":content"}
    return "", False


def _categories(raw: Raw) -> tuple[str, ...]:
    said: list[str | None] = []
    for found in raw.every(":category", "dc:subject", "news:keywords"):
        named = found.attributes.get("label") or found.attributes.get("term")
        words = line(named) if named else found.line
        said += (words or "").replace("،", ",").split(",") if found.name == "news:keywords" else [words]
    return tuple(dict.fromkeys(word.strip() for word in said if word and word.strip()))[:20]


def _image(raw: Raw, base: str | None) -> str | None:
    for found in raw.every(":enclosure", "media:content", "media:thumbnail", "itunes:image"):
        kind = found.attributes.get("type", "") or found.attributes.get("medium", "")
        url = found.attributes.get("url", "") or found.attributes.get("href", "")
        named = found.name in {"media:thumbnail", "itunes:image"} or _PICTURE.search(url)
        if url and (kind.startswith("image") or (not kind and named)):
            return address(url, base)
    for name in _TEXTS:
        text = raw.first(name)
        if text is not None and (shown := _SHOWN.search(text.markup[:_LONGEST_LOOK])):
            return address(html.unescape(shown[1] or shown[2] or ""), base)
    return None


_PICTURE = re.compile(r"\.(?:jpe?g|png|webp)(?:$|\?)", re.IGNORECASE)
_SHOWN = re.compile(r"""<img\b(?:[^<>]*?\s)?src\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')""", re.IGNORECASE)
_LONGEST_LOOK = 20_000
