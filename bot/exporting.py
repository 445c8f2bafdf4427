"""The record as a file, made when it is sent, a page at a time: CSV for a spreadsheet, or JSON Lines.

A newsroom's years may be many: what is longer than Telegram takes (50 MB) has the newest entries.
"""

import asyncio
import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.news.model import Staff
from bot.news.talk import AuditEntry, Sought
from storage import Db, Storage

MOST_BYTES = 45_000_000
PAGE = 300
"""Entries read in one transaction."""
FORMS = ("csv", "jsonl")
_COLUMNS = ("id", "at", "person_id", "person", "verb", "article_id", "channel_id", "post_id", "detail")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes what begins so for a formula, and runs it."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """A file to be sent; not `whole`: older entries had no room."""

    name: str
    content: bytes
    whole: bool


def asked_as_json(sought: Sought, form: str) -> dict[str, Any]:
    """What a notice holds of an export."""
    times = {"since": sought.since, "until": sought.until}
    return {
        "form": form,
        **{name: at and at.isoformat() for name, at in times.items()},
        "person_id": sought.person_id,
        "article_id": sought.article_id,
        "channel_id": sought.channel_id,
    }


async def made(storage: Storage, asked: Mapping[str, Any]) -> Document:
    """The file that was asked for by `asked_as_json`.

    Raises:
        StorageError: try again.
    """
    form = asked["form"]
    times: dict[str, Any] = {
        name: datetime.fromisoformat(asked[name]) if asked[name] else None for name in ("since", "until")
    }
    others = {name: asked[name] for name in ("person_id", "article_id", "channel_id")}
    sought, content, before = Sought(**times, **others), _head(form), None
    people: dict[int, Staff] = {}
    while True:
        async with storage.begin() as db:
            page = await db.audit.page(sought, limit=PAGE, before=before)
            people |= await _met(db, {entry.person_id for entry in page} - people.keys())
        lines = await asyncio.to_thread(_FORMS[form], page, people)
        if len(content) + len(lines) > MOST_BYTES:
            return Document(name=f"monadi-log.{form}", content=bytes(content), whole=False)
        content += lines
        if len(page) < PAGE:
            return Document(name=f"monadi-log.{form}", content=bytes(content), whole=True)
        before = page[-1].id


async def _met(db: Db, ids: set[int]) -> dict[int, Staff]:
    return await db.staff.some(ids) if ids else {}


def _values(entry: AuditEntry, people: Mapping[int, Staff]) -> dict[str, Any]:
    who = people.get(entry.person_id)
    told = {**vars(entry), "at": entry.at.isoformat(), "person": who.name if who else ""}
    return {column: told[column] for column in _COLUMNS}


def _head(form: str) -> bytearray:
    """Spreadsheets know UTF-8 by the mark at its beginning."""
    return bytearray(("\ufeff" + ",".join(_COLUMNS) + "\r\n").encode() if form == "csv" else b"")


def _csv(page: tuple[AuditEntry, ...], people: Mapping[int, Staff]) -> bytes:
    written = io.StringIO()
    table = csv.writer(written)
    for entry in page:
        table.writerow([_cell(value) for value in _values(entry, people).values()])
    return written.getvalue().encode("utf-8", "replace")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


def _json_lines(page: tuple[AuditEntry, ...], people: Mapping[int, Staff]) -> bytes:
    lines = (json.dumps(_values(entry, people), ensure_ascii=False) + "\n" for entry in page)
    return "".join(lines).encode("utf-8", "replace")


_FORMS: dict[str, Callable[[tuple[AuditEntry, ...], Mapping[int, Staff]], bytes]] = {
    "csv": _csv,
    "jsonl": _json_lines,
}
