"""The way in: updates from Telegram to the inbox, and from the inbox to whoever answers them.

1. `pull` stores what `getUpdates` brings, and only the next `getUpdates` confirms it to Telegram: a word that
   was said is in the database before Telegram forgets it.
2. `handle_next` takes the oldest stored update; its effect, the answers to it and the mark "done" are one
   transaction: after a crash it is either wholly done or still to do.

Knows no meaning of an update; `Route` and `Explain` (the handlers) do.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from telegram import Bot

from bot import channel, webhook
from bot.aside import aside
from bot.clock import Clock
from bot.errors import MonadiError, SendError, StorageError
from bot.news.talk import Incoming
from storage import Db, Storage

type Facts = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]
"""Asks Telegram what an update needs to be handled, before the transaction (which must not wait)."""
type Route = Callable[[Db, dict[str, Any], dict[str, Any], datetime], Awaitable[None]]
"""Does what an update asks for; raises a MonadiError to undo all of it and have it explained."""
type Explain = Callable[[Db, dict[str, Any], MonadiError | None, datetime], Awaitable[None]]
"""Answers an update that was refused (or, with None, that met a fault of ours)."""


@dataclass(frozen=True, kw_only=True)
class Reception:
    """Who answers updates: the handlers, as the wiring hands them in."""

    facts: Facts
    route: Route
    explain: Explain


ALLOWED_UPDATES = ["message", "callback_query", "my_chat_member", "channel_post"]
"""Named at every start: Telegram remembers the list of the start before."""
FULL = 100
"""Updates that one answer holds at most: after so many there may be more."""
READ_MARGIN = 15.0
"""Seconds that an answer to `getUpdates` may take beyond its own long poll."""

log = structlog.get_logger(__name__)


async def pull(bot: Bot, storage: Storage, clock: Clock, *, wait: int) -> int:
    """Store the updates that wait at Telegram (long poll of `wait` seconds); how many were new.

    A webhook that was set meanwhile is removed, for with one Telegram gives nothing here.

    Raises:
        SendError: Telegram did not answer, another process polls, or a webhook was in the way.
    """
    async with storage.begin() as db:
        last = await db.inbox.last_id()
    params: dict[str, Any] = {"timeout": wait, "allowed_updates": ALLOWED_UPDATES}
    if last is not None:
        params["offset"] = last + 1
    try:
        updates = await channel.call(bot, "getUpdates", params, read_timeout=wait + READ_MARGIN)
    except SendError as error:
        if webhook.is_in_the_way(error):
            await webhook.remove(bot)
        raise
    if not updates:
        return 0
    now = await clock()
    async with storage.begin() as db:
        return sum([await _stored(db, update, now) for update in updates])


def is_rivalry(error: Exception) -> bool:
    """Whether `pull` failed because another process polls with our token."""
    said = str(error).lower()
    return isinstance(error, SendError) and "terminated by other getupdates request" in said


async def _stored(db: Db, update: dict[str, Any], now: datetime) -> bool:
    """Keep an update that asks for something; of others' posts in a channel only the id is of interest."""
    post = update.get("channel_post")
    if post is None:
        return await db.inbox.store(update["update_id"], update, now)
    await db.channels.seen(post["chat"]["id"], post["message_id"])
    return await db.inbox.store(update["update_id"], {}, now, done=True)


async def handle_next(storage: Storage, clock: Clock, reception: Reception) -> bool:
    """Handle the oldest stored update; False if there is none.

    Raises:
        StorageError: the update stays where it was.
    """
    now = await clock()
    async with storage.begin() as db:
        incoming = await db.inbox.next_pending()
    if incoming is None:
        return False
    refusal: MonadiError | None = None
    try:
        facts = await reception.facts(incoming.payload)
        await aside(partial(_handled, storage, reception, incoming, facts, now))
    except StorageError:
        raise
    except MonadiError as error:
        refusal = error
    except Exception as error:  # a bug must not stop the mail: the update is kept and its sender told
        log.exception("update_failed", update_id=incoming.update_id)
        async with storage.begin() as db:
            await db.inbox.failed(incoming.update_id, type(error).__name__)
        await _apologise(storage, incoming.payload, reception.explain, now)
    if refusal is not None:
        async with storage.begin() as db:
            await reception.explain(db, incoming.payload, refusal, now)
            await db.inbox.done(incoming.update_id)
    return True


async def _handled(
    storage: Storage, reception: Reception, incoming: Incoming, facts: dict[str, Any], now: datetime
) -> None:
    async with storage.begin() as db:
        await reception.route(db, incoming.payload, facts, now)
        await db.inbox.done(incoming.update_id)


async def _apologise(storage: Storage, payload: dict[str, Any], explain: Explain, now: datetime) -> None:
    try:
        async with storage.begin() as db:
            await explain(db, payload, None, now)
    except Exception:  # the update itself can't be read: nobody to tell
        log.exception("nobody_to_tell", update_id=payload.get("update_id"))
