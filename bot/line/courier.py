"""The way out to the staff: notices, one call each. Cards are in `bot.line.showing`.

They are rows committed with the change they report, so a crash delays them and loses none. Unlike a post, a
staff message may come twice after a crash; its buttons do no harm when they do.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from telegram import Bot

from bot.booking import Note, book
from bot.clock import Clock
from bot.errors import AnswerLost, Flooded, Hiccup, SendError, Unreachable
from bot.line import calls, documents
from bot.line.health import Line
from bot.news.talk import Card, Notice
from storage import Db, Storage

log = structlog.get_logger(__name__)

AT_ONCE = 8
"""Chats that are written to at the same time: one that answers slowly holds up no other."""
IN_A_ROW = 3
"""Notices of one chat that are said in a row, and written down together: what a press is answered with."""
OTHERWISE = "otherwise"
"""Under this a notice's parameters hold the call (method, parameters) that is made if it is refused."""
_VAIN = frozenset({"answerCallbackQuery", "editMessageReplyMarkup"})
"""What nobody misses where Telegram refuses it: the press is over, or the message gone."""
PROMPT = "prompt"
"""Under this they hold the note (`storage.prompts`) that is told which message it has become."""
RETRY = timedelta(seconds=3)
"""How long a staff message waits when Telegram can't be reached."""
MOST_HICCUPS = 5
"""How often Telegram may stumble over a staff message, or a card, before it is given up."""


type Unreached = Callable[[Db, Notice, str], Awaitable[None]]
"""Says, in the transaction that drops a notice, that its chat can't be told it, and why."""


async def _nobody(_db: Db, _notice: Notice, _why: str) -> None:
    """Nobody is told of it."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Who keeps note of boards: which keyboards are one's, and what to write down once one is delivered."""

    is_board: Callable[[calls.Keyboard], bool]
    delivered: Callable[[Db, int, int, calls.Keyboard, datetime], Awaitable[None]]


async def deliver_notices(
    bot: Bot,
    storage: Storage,
    clock: Clock,
    line: Line | None = None,
    unreached: Unreached = _nobody,
    *,
    made: documents.Made = documents.none,
    kept: Kept | None = None,
) -> bool | datetime:
    """Deliver what has waited longest in each chat; True if more may go now, else when it may.

    Raises:
        StorageError: what was said may be said again.
    """
    now, line = await clock(), line or Line()
    if line.is_shut(now):
        return line.shut_until
    async with storage.begin() as db:
        waiting = await db.notices.in_a_row(now, chats=AT_ONCE, most=IN_A_ROW + 1)
        if not waiting:
            return await db.notices.next_at(now) or False
    saying = [_say_all(bot, line, row[:IN_A_ROW], now, made) for row in waiting]
    said = await asyncio.gather(*saying)
    done = [notice.id for each in said for notice in each.done]
    notes: list[Note] = [lambda db: db.notices.done(*done)] if done else []
    notes += [
        partial(_prompted, chat_id=each.done[0].chat_id, prompt_id=prompt_id, message_id=message_id)
        for each in said
        for prompt_id, message_id in each.prompts
    ]
    if kept is not None:
        notes += [
            _kept(kept, chat_id, message_id, rows, now)
            for each in said
            for chat_id, message_id, rows in each.keyboards
            if kept.is_board(rows)
        ]
    failed = [each.failed for each in said if each.failed is not None]
    notes += [
        partial(_undelivered, now=await clock(), line=line, unreached=unreached, fail=one) for one in failed
    ]
    for fault in await book(storage, notes):
        if fault is not None:
            raise fault
    more = bool(failed or any(each.prompts for each in said))
    return more or len(waiting) == AT_ONCE or any(len(row) > IN_A_ROW for row in waiting)


@dataclass(frozen=True, kw_only=True)
class _Failed:
    notice: Notice
    error: Exception


@dataclass(frozen=True, kw_only=True)
class _Said:
    """What became of the notices of one chat: those that were taken, and the first that was not."""

    done: tuple[Notice, ...]
    prompts: tuple[tuple[int, int], ...]
    """Of the questions among them which note each is, and which message it has become."""
    keyboards: tuple[tuple[int, int, calls.Keyboard], ...] = ()
    """The buttons that messages have now: chat, message, buttons."""
    failed: _Failed | None = None


async def _say_all(
    bot: Bot, line: Line, waiting: tuple[Notice, ...], now: datetime, made: documents.Made
) -> _Said:
    """One after another, until one is not taken: a chat is told in the order in which things happened."""
    done: tuple[Notice, ...] = ()
    prompts: tuple[tuple[int, int], ...] = ()
    keyboards: tuple[tuple[int, int, calls.Keyboard], ...] = ()
    for notice in waiting:
        if notice.not_before is not None and notice.not_before > now:
            break
        params = {name: value for name, value in notice.params.items() if name not in {OTHERWISE, PROMPT}}
        try:
            sent = await calls.call(bot, *await documents.ready(notice.method, params, made))
        except Exception as error:  # a bug with one of them must not hold up what comes behind it
            if not isinstance(error, SendError):
                log.exception("notice_failed", notice_id=notice.id, method=notice.method)
            failed = _Failed(notice=notice, error=error)
            return _Said(done=done, prompts=prompts, keyboards=keyboards, failed=failed)
        line.answered(_of(notice))
        done += (notice,)
        if PROMPT in notice.params:
            prompts += ((notice.params[PROMPT], sent["message_id"]),)
        else:
            keyboards += _keyboard(notice, sent)
    return _Said(done=done, prompts=prompts, keyboards=keyboards)


def _keyboard(notice: Notice, sent: Any) -> tuple[tuple[int, int, calls.Keyboard], ...]:
    """The buttons of the message that it has become; nothing where it has none."""
    rows = notice.params.get("reply_markup", {}).get("inline_keyboard", [])
    if not rows or not isinstance(sent, dict):
        return ()
    return ((notice.params["chat_id"], sent["message_id"], rows),)


async def _prompted(db: Db, chat_id: int, prompt_id: int, message_id: int) -> None:
    """The message is there; where its question was closed meanwhile, its buttons go at once."""
    prompt = await db.prompts.shown(prompt_id, message_id)
    if prompt is not None and prompt.closed:
        await db.notices.add(chat_id, *calls.strip_call(chat_id, message_id))


def _kept(kept: Kept, chat_id: int, message_id: int, keyboard: calls.Keyboard, now: datetime) -> Note:
    return lambda db: kept.delivered(db, chat_id, message_id, keyboard, now)


def _of(notice: Notice) -> str:
    return f"chat {notice.chat_id}"


async def _undelivered(db: Db, *, now: datetime, line: Line, unreached: Unreached, fail: _Failed) -> None:
    """Only what Telegram will never take is dropped, and that is counted and said."""
    notice, error = fail.notice, fail.error
    match error:
        case Flooded():
            await db.notices.postpone(notice.id, now + timedelta(seconds=error.retry_after))
        case Unreachable() | AnswerLost():
            wait = line.struck(_of(notice), error, now)
            await db.notices.postpone(notice.id, now + max(wait, RETRY))
        case Hiccup() if notice.tries < MOST_HICCUPS:
            await db.notices.stumbled(notice.id, now + RETRY * 2**notice.tries)
        case SendError() if OTHERWISE in notice.params:
            method, params = notice.params[OTHERWISE]
            await db.notices.add(params["chat_id"], method, params)
            await db.notices.done(notice.id)
        case SendError() if notice.method in _VAIN:  # too late: nobody waits for it
            await db.notices.done(notice.id)
        case SendError():
            log.warning("notice_dropped", method=notice.method, why=error.description)
            await db.notices.dropped(notice.id, error.description)
            await unreached(db, notice, error.description)
        case _:
            await db.notices.dropped(notice.id, type(error).__name__)


async def take_away(db: Db, card: Card) -> None:
    """Who may not see a story any more has no card of it: what stands there loses its buttons."""
    await db.cards.drop(card.id)
    if card.message_ids:
        await db.notices.add(card.chat_id, *calls.strip_call(card.chat_id, card.message_ids[-1]))
