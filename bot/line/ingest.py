"""The way in: updates from Telegram to the inbox, and from the inbox to whoever answers them.

1. `pull` stores what `getUpdates` brings, and only the next `getUpdates` confirms it to Telegram: a word that
   was said is in the database before Telegram forgets it.
2. `handle_next` takes a stored update; its effect, the answers to it and the mark "done" are one
   transaction: after a crash it is either wholly done or still to do. The staff are served by turns, each in
   the order of their own messages, and before all others: one person's flood delays nobody else.

Knows no meaning of an update; `Route` and `Explain` (the handlers) do.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from structlog.contextvars import bind_contextvars, unbind_contextvars
from telegram import Bot

from bot.aside import aside
from bot.clock import Clock
from bot.errors import MonadiError, Refused, SendError, StorageError
from bot.line import calls, webhook
from bot.line.doors import Doors, tell_unreadable
from bot.line.sieve import UnreadableUpdate
from bot.news.talk import Incoming
from storage import Db, Storage

type Facts = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]
"""What an update needs to be handled; asked of Telegram before the transaction, which must not wait."""
type Route = Callable[[Db, dict[str, Any], dict[str, Any], datetime], Awaitable[None]]
"""Does what an update asks for; raises a MonadiError to undo all of it and have it explained."""
type Sorry = Callable[[Db, int, datetime], Awaitable[None]]
"""Tells a member of staff that something of theirs could not be read; anybody else is told nothing."""
type Explain = Callable[[Db, dict[str, Any], MonadiError | None, datetime], Awaitable[None]]
"""Answers an update that was refused (or, with None, that met a fault of ours)."""


@dataclass(kw_only=True)
class Reception:
    """Who answers updates: the handlers, as the wiring hands them in; and whose turn it was last.

    Turns are kept in no table: after a restart the first of the staff begins, and all have theirs again.
    """

    facts: Facts
    route: Route
    explain: Explain
    sorry: Sorry
    asks: Callable[[dict[str, Any]], bool]  # whether the facts have to be asked of Telegram
    served: int = 0
    is_empty: bool = False  # nothing waited behind the last one


ALLOWED_UPDATES = [
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "channel_post",
    "edited_channel_post",
    "message_reaction_count",
    "chat_member",
]
"""Named at every start: Telegram remembers the list of the start before; the last two come only if named."""
FULL = 100
"""Updates that one answer holds at most: after so many there may be more."""
WHY = 200
"""Characters that are kept of why an update could not be handled."""
READ_MARGIN = 15.0
"""Seconds that an answer to `getUpdates` may take beyond its own long poll."""

log = structlog.get_logger(__name__)


async def pull(bot: Bot, storage: Storage, clock: Clock, *, wait: int, doors: Doors | None = None) -> int:
    """Take in the updates that wait at Telegram (long poll of `wait` seconds); how many there were.

    A webhook that was set meanwhile is removed, for with one Telegram gives nothing here. Without `doors` of
    its own a group is left alone, whichever it is.

    Raises:
        SendError: Telegram did not answer, another process polls, a webhook was in the way, or nothing of the
            answer could be told from what came before.
    """
    doors = doors or Doors()
    params: dict[str, Any] = {"timeout": wait, "allowed_updates": ALLOWED_UPDATES}
    if (
        doors.newest is not None
    ):  # else from the first that nobody has confirmed: a webhook may have left gaps
        params["offset"] = doors.newest + 1
    try:
        updates = await calls.call(bot, "getUpdates", params, read_timeout=wait + READ_MARGIN)
    except SendError as error:
        if webhook.is_in_the_way(error):
            await webhook.remove(bot)
        raise
    if not updates:
        return 0
    if not isinstance(updates, list):
        raise Refused("getUpdates gave no list of updates")
    await doors.take_in(storage, updates, username=bot.username, now=await clock())
    return len(updates)


def is_rivalry(error: Exception) -> bool:
    """Whether `pull` failed because another process polls with our token."""
    said = str(error).lower()
    return isinstance(error, SendError) and "terminated by other getupdates request" in said


@dataclass(slots=True)
class _Taken:
    """The update whose turn it is, once it is known."""

    incoming: Incoming | None = None


async def handle_next(storage: Storage, clock: Clock, reception: Reception) -> bool:
    """Handle the oldest stored update of whoever has the next turn; False if there is none.

    Taking it, its effect and the mark "done" are one transaction, but where Telegram has to be asked first.
    All that is logged meanwhile has its number (`update`), the calls to Telegram too.

    Raises:
        StorageError: the update stays where it was.
    """
    now, taken = await clock(), _Taken()
    try:
        return await _served(storage, reception, taken, now)
    finally:
        unbind_contextvars("update")


async def _served(storage: Storage, reception: Reception, taken: _Taken, now: datetime) -> bool:
    try:
        asks = await aside(partial(_taken, storage, reception, taken, now))
        if asks is not None:
            facts = await reception.facts(asks.payload)
            await aside(partial(_handled, storage, reception, asks, facts, now))
    except StorageError:
        raise
    except Exception as error:  # a bug must not stop the mail: the update is kept and its sender told
        if taken.incoming is None:
            raise
        await _refused(storage, taken.incoming, reception, error, now)
    if taken.incoming is None:
        reception.is_empty = True
        return False
    reception.served, reception.is_empty = taken.incoming.turn, taken.incoming.is_last
    return True


async def _taken(storage: Storage, reception: Reception, taken: _Taken, now: datetime) -> Incoming | None:
    """Take the next update and handle it; if Telegram must be asked before that can be done, which it is."""
    async with storage.begin() as db:
        taken.incoming = incoming = await db.inbox.next_pending(after=reception.served)
        if incoming is not None:
            bind_contextvars(update=incoming.update_id)
        if incoming is None or reception.asks(incoming.payload):
            return incoming
        facts = await reception.facts(incoming.payload)
        await _handle(db, reception, incoming, facts, now)
    return None


async def _handled(
    storage: Storage, reception: Reception, incoming: Incoming, facts: dict[str, Any], now: datetime
) -> None:
    async with storage.begin() as db:
        await _handle(db, reception, incoming, facts, now)


async def _handle(
    db: Db, reception: Reception, incoming: Incoming, facts: dict[str, Any], now: datetime
) -> None:
    await reception.route(db, incoming.payload, facts, now)
    await db.inbox.done(incoming.update_id)


async def _refused(
    storage: Storage, incoming: Incoming, reception: Reception, error: Exception, now: datetime
) -> None:
    """Called where it is caught. What was done so far was undone, so this takes a transaction of its own."""
    if isinstance(error, UnreadableUpdate):
        tell_unreadable(incoming.update_id, str(error))
        await _give_up(storage, incoming, reception, error, now)
    elif isinstance(error, MonadiError):
        await _refuse(storage, incoming, reception, error, now)
    else:
        log.exception("update_failed", update_id=incoming.update_id)  # noqa: LOG004 - see above
        await _give_up(storage, incoming, reception, error, now)


async def _refuse(
    storage: Storage, incoming: Incoming, reception: Reception, refusal: MonadiError, now: datetime
) -> None:
    """Say why not; where even that fails it is a fault of ours like any other, and the mail goes on."""
    try:
        async with storage.begin() as db:
            await reception.explain(db, incoming.payload, refusal, now)
            await db.inbox.done(incoming.update_id)
    except StorageError:
        raise
    except Exception as error:
        log.exception("refusal_unsaid", update_id=incoming.update_id)
        await _give_up(storage, incoming, reception, error, now)


async def _give_up(
    storage: Storage, incoming: Incoming, reception: Reception, error: Exception, now: datetime
) -> None:
    """Put an update aside that nothing could be made of, and tell its sender."""
    async with storage.begin() as db:
        await db.inbox.failed(incoming.update_id, f"{type(error).__name__} {error}"[:WHY])
    try:
        async with storage.begin() as db:
            await reception.explain(db, incoming.payload, None, now)
    except StorageError:
        raise
    except Exception:  # noqa: BLE001 - so odd that its sender can't be read; whose turn it was is known
        async with storage.begin() as db:
            await reception.sorry(db, incoming.turn, now)
