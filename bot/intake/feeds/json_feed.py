"""JSON Feed 1.0 and 1.1, also one that was cut off or has words before it."""

import json
import re
from datetime import UTC, tzinfo
from typing import Any

from bot.intake.feeds.dates import TEHRAN, moment
from bot.intake.feeds.same import apart
from bot.intake.feeds.wording import address, is_whole, line, plain_line
from bot.news.feeds import Feed, Item
from bot.news.structure import hypertext

MOST = 5_000
_ITEMS = re.compile(r'"items"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_LONGEST_TEXT = 400_000
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str, strict=False)
"""Numbers stay as written: an id may be one, and to make one of a million digits takes minutes."""


def read(document: str, fetched_from: str | None) -> Feed | None:
    """The feed; None if the document is none."""
    content = _content(document)
    if not isinstance(content, dict) or not isinstance(content.get("items"), list):
        return None
    own, home = _address(content, "feed_url", fetched_from), _address(content, "home_page_url", fetched_from)
    base = fetched_from or own or home
    language = _words(content, "language")
    zone: tzinfo = TEHRAN if (language or "").lower().startswith("fa") else UTC
    items = (item for given in content["items"][:MOST] if (item := _item(given, base, zone)))
    return Feed(
        kind="json",
        title=_line(content, "title"),
        home=home,
        language=language,
        items=apart(items, home),
    )


def _content(document: str) -> Any:
    start = document.find("{")
    try:
        return _DECODER.raw_decode(document, start)[0] if start >= 0 else None
    except RecursionError:
        return None
    except ValueError:
        return _rescued(document)


def _rescued(document: str) -> Any:
    """What can be read of a feed that is cut off, or broken at one item."""
    found = _ITEMS.search(document)
    if not found:
        return None
    items: list[Any] = []
    at = found.end()
    while len(items) < MOST:
        at = _BETWEEN.match(document, at).end()  # type: ignore[union-attr]
        try:
            item, at = _DECODER.raw_decode(document, at)
        except (ValueError, RecursionError):
            break
        items.append(item)
    try:
        head = _DECODER.raw_decode(document[document.find("{") : found.start()].rstrip().rstrip(",") + "}")[0]
    except (ValueError, RecursionError):
        head = {}
    return {**head, "items": items}


def _item(given: object, base: str | None, zone: tzinfo) -> Item | None:
    if not isinstance(given, dict):
        return None
    url = _address(given, "url", base) or _address(given, "external_url", base)
    named = _words(given, "id")
    if url is None and named and is_whole(named):
        url = address(named, None)
    title, (text, is_whole_text) = _line(given, "title"), _text(given)
    if not (title or url or text or named):
        return None
    dates = (moment(_words(given, name) or "", zone) for name in ("date_published", "date_modified"))
    return Item(
        id=named or url or "",
        title=title,
        url=url,
        published=next((at for at in dates if at), None),
        text=text,
        is_whole=is_whole_text,
        author=_author(given),
        categories=_tags(given),
        image=_address(given, "image", base) or _address(given, "banner_image", base),
    )


def _text(given: dict[str, Any]) -> tuple[str, bool]:
    for name in ("content_html", "content_text", "summary"):
        written = given.get(name)
        if isinstance(written, str) and written.strip():
            written = written[:_LONGEST_TEXT]
            plain = hypertext.plain(written) if name == "content_html" else written
            if plain.strip():
                return plain.strip(), name != "summary"
    return "", False


def _author(given: dict[str, Any]) -> str | None:
    several = given.get("authors")
    first = several[0] if isinstance(several, list) and several else given.get("author")
    return _line(first, "name") if isinstance(first, dict) else None


def _tags(given: dict[str, Any]) -> tuple[str, ...]:
    tags = given.get("tags")
    found = (line(tag) for tag in tags[:20] if isinstance(tag, str)) if isinstance(tags, list) else ()
    return tuple(dict.fromkeys(tag for tag in found if tag))


def _words(given: dict[str, Any], name: str) -> str | None:
    found = given.get(name)
    return plain_line(found[:2_000]) if isinstance(found, str) else None


def _line(given: dict[str, Any], name: str) -> str | None:
    found = given.get(name)
    return line(found) if isinstance(found, str) else None


def _address(given: dict[str, Any], name: str, base: str | None) -> str | None:
    found = given.get(name)
    return address(found, base) if isinstance(found, str) else None
