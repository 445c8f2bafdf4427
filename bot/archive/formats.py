"""The files that articles are brought in from, row by row: JSON Lines, ninjs, CSV, WXR, Telegram Desktop's.

Nothing is read whole. A row that can't be read is told as such, with why, and the others go on.
"""

import codecs
import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any, override

from bot.archive.json_stream import items
from bot.intake.feeds import dates
from bot.news.archive.entry import Entry
from bot.news.structure.decoded import decoded

_NAMES: Mapping[str, tuple[str, ...]] = {
    "headline": ("headline", "title", "name", "تیتر", "عنوان"),
    "text": ("text", "body_text", "body", "content", "body_html", "body_xhtml", "description_text", "متن"),
    "date": (
        "date",
        "published",
        "published_at",
        "versioncreated",
        "firstcreated",
        "pubdate",
        "created_at",
        "تاریخ",
    ),
    "url": ("url", "link", "canonical", "uri", "نشانی", "لینک"),
    "section": ("section", "category", "genre", "بخش", "گروه", "سرویس"),
    "byline": ("byline", "author", "creator", "by", "نویسنده", "خبرنگار"),
    "place": ("channel", "place", "کانال"),
    "id": ("id", "guid", "uri", "شناسه"),
}
"""Under which names a row may have what we know; ninjs among them. The first that is there counts."""
_PERSIAN = str.maketrans("يك", "یک")
_TAG = re.compile(r"</?(?:p|br|div|li|h[1-6]|tr|blockquote)\b[^>]*>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]{0,2000}>")
_CHAT_KIND = re.compile(r'"type"\s*:\s*"\w*(?:channel|group|chat)\w*"')
_MESSAGES = re.compile(r'"messages"\s*:\s*\[')
_NAME = re.compile(r'"name"\s*:\s*"((?:[^"\\]|\\.)*)"')
_CHAT = re.compile(r'"id"\s*:\s*(\d+)')
_LONGEST_HEADLINE = 300
_LAST_JALALI = 1700  # a year before it is no Gregorian one of ours
_LOOKED_AT = 1 << 16  # bytes by which the encoding is told
_FIELD = 1 << 24  # characters of one field of a CSV
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of a file: an article, or why it is none; `raw` is what stood there."""

    number: int
    entry: Entry | None
    why: str = ""
    raw: Any = None


type _Rows = Iterator[Any]
"""Rows as mappings; what is an exception instead is a row that could not be read."""


def rows(path: Path, read: Callable[[int], object]) -> Iterator[Row]:
    """The rows of a file, whatever it is; `read` hears how many bytes have been.

    Raises:
        ValueError: it is none of the kinds that are known, or has been cut off.
        OSError: it can't be read.
    """
    with path.open("rb") as raw:
        counted = _Counted(raw, read)
        for number, found in enumerate(_kind(path)(counted), 1):
            yield _row(number, found)


def _kind(path: Path) -> Callable[["_Counted"], _Rows]:
    with path.open("rb") as raw:
        file = _Counted(raw, lambda _: None).text()
        head = file.read(4096).lstrip()
    if head.startswith("<"):
        return _wordpress
    if head.startswith("["):
        return lambda file: items(file.text(), None)
    if head.startswith("{"):
        if _CHAT_KIND.search(head) and _MESSAGES.search(head):
            return partial(_telegram, head=head)
        first = head.partition("\n")[0].strip()
        is_whole = len(first) > 1 and (first.endswith("}") or "\n" not in head)
        return _json_lines if is_whole else _one_json
    if path.suffix.lower() in {".csv", ".tsv", ".txt"}:
        return _csv
    raise ValueError("neither JSON, CSV, WordPress' nor Telegram's export")


class _Counted(io.RawIOBase):
    """A file that says how far it has been read."""

    def __init__(self, raw: IO[bytes], read: Callable[[int], object]) -> None:
        self._raw, self._read = raw, read

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, into: Any) -> int:
        found = self._raw.read(len(into))
        into[: len(found)] = found
        self._read(self._raw.tell())
        return len(found)

    def text(self) -> IO[str]:
        file = io.BufferedReader(self, _LOOKED_AT)
        encoding = _encoding(file.peek(_LOOKED_AT)[:_LOOKED_AT])
        return io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")


def _encoding(head: bytes) -> str:
    """As Excel and old programs save: UTF-16 by its mark, Windows' old code page by how its words look."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1256" if decoded(head) is not None else "utf-8-sig"
    return "utf-8-sig"


def _json_lines(file: _Counted) -> _Rows:
    for line in file.text():
        if text := line.strip():
            try:
                yield json.loads(text)
            except (ValueError, RecursionError) as fault:
                yield ValueError(f"no JSON: {fault}"), text


def _one_json(file: _Counted) -> _Rows:
    try:
        yield json.load(file.text())
    except RecursionError:
        raise ValueError("nested too deep") from None


def _csv(file: _Counted) -> _Rows:
    csv.field_size_limit(_FIELD)
    text = file.text()
    first = text.readline()
    if not first:
        return
    mark = max(",;\t", key=first.count)
    names = [name.strip().casefold() for name in next(csv.reader([first], delimiter=mark))]
    for cells in csv.reader(text, delimiter=mark):
        if cells:
            yield dict(zip(names, cells, strict=False))


def _telegram(file: _Counted, head: str) -> _Rows:
    name, chat = _NAME.search(head), _CHAT.search(head)
    place = json.loads(f'"{name[1]}"') if name else None
    for message in items(file.text(), "messages"):
        if not isinstance(message, dict) or message.get("type") != "message":
            continue
        parts = message.get("text") or ""
        said = parts if isinstance(parts, str) else "".join(map(_said, parts))
        first, _, rest = said.strip().partition("\n")
        if first:  # else a photo alone
            own = message.get("id")
            url = f"https://t.me/c/{chat[1]}/{own}" if chat else None
            yield {
                "headline": first,
                "text": rest.strip() or first,
                "date": message.get("date_unixtime") or message.get("date"),
                "url": url,
                "id": own,
                "channel": place,
            }


def _said(part: Any) -> str:
    return part if isinstance(part, str) else str(part.get("text") or "") if isinstance(part, dict) else ""


def _wordpress(file: _Counted) -> _Rows:
    from lxml import etree

    found = etree.iterparse(
        file,
        tag="item",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,
        huge_tree=False,
    )
    for _, item in found:
        kind = item.findtext("{*}post_type") or "post"
        state = item.findtext("{*}status") or "publish"
        if kind == "post" and state == "publish":
            yield {
                "headline": item.findtext("title"),
                "text": item.findtext(_CONTENT) or item.findtext("description"),
                "date": item.findtext("{*}post_date_gmt") or item.findtext("pubDate"),
                "url": item.findtext("link"),
                "id": item.findtext("guid") or item.findtext("link"),
                "byline": item.findtext(_CREATOR),
                "section": item.findtext("category"),
            }
        item.clear()
        while item.getprevious() is not None:
            del item.getparent()[0]


def _row(number: int, found: Any) -> Row:
    if isinstance(found, tuple):
        return Row(number=number, entry=None, why=str(found[0]), raw=found[1])
    if not isinstance(found, dict):
        return Row(number=number, entry=None, why="no article", raw=found)
    try:
        return Row(number=number, entry=_entry(found))
    except ValueError as fault:
        return Row(number=number, entry=None, why=str(fault), raw=found)


def _entry(found: dict[str, Any]) -> Entry:
    """Raises ValueError: what it lacks."""
    known = {str(name).strip().casefold().translate(_PERSIAN): value for name, value in found.items()}
    headline = _plain(_first(known, "headline"))[:_LONGEST_HEADLINE].strip()
    text = _plain(_first(known, "text"))
    if not headline and not text:
        raise ValueError("neither a headline nor a text")
    url = str(_first(known, "url") or "").strip() or None
    own = str(_first(known, "id") or url or "")
    return Entry(
        key=blake2b(
            f"{own}\n{headline}\n{text[:200]}".encode("utf-8", "replace"), digest_size=16
        ).hexdigest(),
        headline=headline or text.partition("\n")[0][:_LONGEST_HEADLINE],
        text=text,
        told_at=_moment(_first(known, "date")),
        url=url if url and url.startswith("http") else None,
        section=_plain(_first(known, "section")) or None,
        byline=_plain(_first(known, "byline")) or None,
        place=_plain(_first(known, "place")) or None,
    )


def _first(known: dict[str, Any], what: str) -> Any:
    return next((known[name] for name in _NAMES[what] if known.get(name)), None)


def _plain(value: Any) -> str:
    """Text of a field, without its markup; ninjs has lists of what has a name."""
    if isinstance(value, list):
        return " ".join(filter(None, map(_plain, value)))
    if isinstance(value, dict):
        return _plain(value.get("name") or value.get("text") or value.get("title"))
    text = str(value or "")
    if "<" in text and ">" in text:
        from html import unescape

        text = unescape(_ANY_TAG.sub("", _TAG.sub("\n", text)))
    return "\n".join(filter(None, map(str.strip, text.split("\n"))))


def _moment(value: Any) -> datetime:
    """When it was told; 1402 is a year of the Persian calendar.

    Raises:
        ValueError: it is no time.
    """
    text = str(value or "").strip()
    if not text:
        raise ValueError("no date")
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.year < _LAST_JALALI:
        found = dates.moment(text)
    if found is None or found.year < _LAST_JALALI:
        raise ValueError(f"no date: {text[:60]}")
    return found if found.tzinfo else found.replace(tzinfo=UTC)
