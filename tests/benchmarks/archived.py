"""An archive made of a file of JSON lines {"id","headline","text"}, asked as the bot asks its own.

A line may also have "url", "date" (ISO), "section", "byline" and "channel"; ids may be anything.
"""

import asyncio
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import batched
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.archive import related, searching, twice
from bot.archive.related import Told
from bot.desk.archived import bounds, unread_days
from bot.news.archive.entry import Entry, indexed
from bot.news.archive.query import read
from bot.news.archive.words import letters
from storage import Storage
from storage.archive_reading import EVERYTHING, ArchiveReading, Scope

_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
_BATCH = 500
_RELATED = 10


class Archived:
    """`ids` are the file's own, by the entry's."""

    def __init__(self, storage: Storage, ids: dict[int, Any]) -> None:
        self.storage = storage
        self.ids = ids

    def of(self, ids: Iterable[int], besides: Any) -> list[Any]:
        """As the file has them, each once, without the one that was asked about and those that it does not name."""
        found: list[Any] = []
        for id in (self.ids[each] for each in ids):
            if id not in (None, besides) and id not in found:
                found.append(id)
        return found


def search(made: Archived, record: dict[str, Any]) -> dict[str, Any]:
    """As an owner would who types it in Tehran today."""
    query, zone, now = read(_said(record.get("query"))), "Asia/Tehran", datetime.now(UTC)
    since, until = bounds(query, zone=zone, now=now)
    people = tuple(filter(None, map(letters, query.people)))
    scope = Scope(people=people, places=query.places, since=since, until=until)
    found = made.storage.look(lambda reading: searching.found(reading, query, scope))
    answer = {"id": record.get("id"), "found": made.of(found, None)}
    unread = unread_days(query, zone=zone, now=now)
    return answer | ({"error": f"no day: {', '.join(unread)}"} if unread else {})


def relate(made: Archived, record: dict[str, Any]) -> dict[str, Any]:
    def asked(reading: ArchiveReading) -> list[int]:
        return [each.id for each in related.found(reading, told_of(record), EVERYTHING, limit=_RELATED)]

    return {"id": record.get("id"), "found": made.of(made.storage.look(asked), record.get("id"))}


def told_twice(made: Archived, record: dict[str, Any]) -> dict[str, Any]:
    def asked(reading: ArchiveReading) -> list[int]:
        return [each.id for each in twice.found(reading, told_of(record), EVERYTHING)]

    return {"id": record.get("id"), "same": made.of(made.storage.look(asked), record.get("id"))}


TASKS: dict[str, Callable[[Archived, dict[str, Any]], dict[str, Any]]] = {
    "search": search,
    "related": relate,
    "twice": told_twice,
}


@contextmanager
def archived(lines: Iterator[dict[str, Any]]) -> Iterator[Archived]:
    with TemporaryDirectory() as home:
        made = asyncio.run(_made(f"sqlite:///{home}/archive.db", lines))
        try:
            yield made
        finally:
            asyncio.run(made.storage.close())


def lines_of(path: str) -> Iterator[dict[str, Any]]:
    """The objects of a file, a line each; what is none is left out."""
    with Path(path).open("rb") as file:
        yield from (found for line in file if isinstance(found := record_of(line), dict))


def record_of(line: bytes) -> dict[str, Any] | str:
    """The object that stands on a line; a fault in words where that is none."""
    text = line.decode("utf-8", "replace").lstrip("\ufeff").strip()
    if not text:
        return "an empty line"
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        return f"no JSON: {error}"
    return found if isinstance(found, dict) else "no JSON object"


def entry_of(record: dict[str, Any]) -> Entry:
    return Entry(
        headline=_said(record.get("headline")),
        text=_said(record.get("text")),
        told_at=day_of(record) or _NO_DAY,
        url=_said(record.get("url")) or None,
        section=_said(record.get("section") or record.get("category")) or None,
        byline=_said(record.get("byline")) or None,
        place=_said(record.get("channel")) or None,
    )


def _said(given: object) -> str:
    """Text; numbers as they are written, of a list each, nothing else."""
    if isinstance(given, list):
        return " ".join(filter(None, map(_said, given)))
    return str(given) if isinstance(given, str | int | float) and not isinstance(given, bool) else ""


def told_of(record: dict[str, Any]) -> Told:
    entry = entry_of(record)
    return Told(
        headline=entry.headline, text=entry.text, url=entry.url, section=entry.section, at=day_of(record)
    )


def day_of(record: dict[str, Any]) -> datetime | None:
    for name in ("date", "published", "told_at"):
        try:
            day = datetime.fromisoformat(str(record[name]))
        except (KeyError, ValueError):
            continue
        return day if day.tzinfo else day.replace(tzinfo=UTC)
    return None


async def _made(url: str, lines: Iterator[dict[str, Any]]) -> Archived:
    storage = await Storage.open(url)
    ids: dict[int, Any] = {}
    for batch in batched(lines, _BATCH):
        found = [(entry := entry_of(record), indexed(entry)) for record in batch]
        async with storage.begin() as db:
            await db.archive.add(found)
        ids |= {len(ids) + number: record.get("id") for number, record in enumerate(batch, 1)}
    await storage.close()
    return Archived(await Storage.open(url), ids)
