"""The archive asked before an update is handled: in a thread, outside its transaction."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from bot.archive import searching
from bot.desk import archived
from bot.news.archive.entry import Entry
from bot.news.archive.query import read
from bot.news.posts import for_staff
from handlers.paging import SIZE, Page, page_of
from storage import Storage
from storage.archive_reading import ArchiveReading, Scope

PRESSED = "archive.page:"
SIGN = "🔎"
"""Before what was typed, in the first line of what was found: that is where its pages read it again."""
_COMMAND = re.compile(r"/search(?:@\w+)?(?:\s+(?P<typed>.+))?", re.DOTALL | re.IGNORECASE)
_MOST = 300
"""Characters of what is typed that are kept."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """One page of what was found; `unread` is what was typed as a day and is none."""

    typed: str
    page: Page
    entries: tuple[Entry, ...] = ()
    unread: tuple[str, ...] = ()


def asked(payload: dict[str, Any]) -> tuple[int, str, int] | None:
    """Who searches for what, and the page they want; None for any other update, and where nothing is said."""
    message, press = payload.get("message"), payload.get("callback_query")
    if isinstance(message, dict):
        found = _COMMAND.fullmatch(str(message.get("text") or "").strip())
        typed, number = (found["typed"] or "") if found else "", 0
        person = message.get("from")
    elif isinstance(press, dict) and str(press.get("data") or "").startswith(PRESSED):
        shown = press.get("message")
        first = str((shown.get("text") if isinstance(shown, dict) else "") or "").partition("\n")[0]
        typed = first.removeprefix(SIGN) if first.startswith(SIGN) else ""
        word = str(press["data"]).removeprefix(PRESSED)
        number = int(word) if word.isascii() and word.isdigit() and len(word) < 6 else 0
        person = press.get("from")
    else:
        return None
    typed = " ".join(for_staff.unquoted(typed).split())[:_MOST]
    id = person.get("id") if isinstance(person, dict) else None
    return (id, typed, number) if typed and isinstance(id, int) else None


async def found(storage: Storage, payload: dict[str, Any], now: datetime, zone: str) -> Found | None:
    """The page that an update asks for, within what its person may see; None for who does not work here."""
    wish = asked(payload)
    if wish is None:
        return None
    id, typed, number = wish
    query = read(typed)
    async with storage.begin() as db:
        who = await db.staff.get(id)
        if who is None or not who.roles:
            return None
        scope = await archived.scope_of(db, who, query, zone=zone, now=now)
    page, entries = await storage.asked(partial(_looked_up, typed=typed, scope=scope, number=number))
    unread = archived.unread_days(query, zone=zone, now=now)
    return Found(typed=typed, page=page, entries=entries, unread=unread)


def _looked_up(
    reading: ArchiveReading, *, typed: str, scope: Scope, number: int
) -> tuple[Page, tuple[Entry, ...]]:
    ids = searching.found(reading, read(typed), scope)
    page = page_of(number, len(ids))
    entries = reading.entries(here := ids[page.skip : page.skip + SIZE])
    return page, tuple(entries[id] for id in here if id in entries)
