"""The way out to the staff: notices (one call each) and cards (an article kept shown in a chat).

Both are rows committed with the change they report, so a crash delays them and loses none. Unlike a post, a
staff message may come twice after a crash; its buttons do no harm when they do.
"""

import asyncio
import hashlib
import json
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from telegram import Bot

from bot.aside import aside
from bot.clock import Clock
from bot.errors import (
    AnswerLost,
    Flooded,
    Hiccup,
    NothingToEdit,
    Refused,
    SendError,
    StorageError,
    Unreachable,
)
from bot.line import calls, weekpicture
from bot.line.calls import Keyboard
from bot.line.health import Line
from bot.news.model import Message
from bot.news.talk import Card, Notice
from storage import Db, Storage
from storage.pauses import EVERYWHERE

log = structlog.get_logger(__name__)

AT_ONCE = 8
"""Chats that are written to at the same time: one that answers slowly holds up no other."""
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


@dataclass(frozen=True, kw_only=True)
class Face:
    """What a card shows: the post's messages (or its rich form), with the keyboard under the last."""

    messages: tuple[Message, ...] = ()
    rich: dict[str, Any] | None = None
    keyboard: Keyboard


type Portrait = Callable[[Db, Card, datetime], Awaitable[Face | None]]
"""Draws a card as its chat may see it now; None if nobody there may."""
type TellOfFault = Callable[[Db, int, int, Exception], Awaitable[None]]
"""Tells a chat that the card of an article could not be drawn, or shown, and why."""


type Unreached = Callable[[Db, Notice, str], Awaitable[None]]
"""Says, in the transaction that drops a notice, that its chat can't be told it, and why."""


async def _nobody(_db: Db, _notice: Notice, _why: str) -> None:
    """Nobody is told of it."""


async def deliver_notices(
    bot: Bot, storage: Storage, clock: Clock, line: Line | None = None, unreached: Unreached = _nobody
) -> bool:
    """Deliver the notice that has waited longest in each chat; False if none may go now."""
    now, line = await clock(), line or Line()
    if line.is_shut(now):
        return False
    async with storage.begin() as db:
        waiting = await db.notices.next_of_chats(now, limit=AT_ONCE)
    failed = partial(_undelivered, storage, clock, line, unreached)
    doing = [_deliver_notice(bot, storage, line, notice, failed) for notice in waiting]
    for error in await asyncio.gather(*doing, return_exceptions=True):
        if error is not None:
            raise error
    return bool(waiting)


async def _deliver_notice(
    bot: Bot,
    storage: Storage,
    line: Line,
    notice: Notice,
    failed: Callable[..., Awaitable[None]],
) -> None:
    params = {name: value for name, value in notice.params.items() if name not in {OTHERWISE, PROMPT}}
    try:
        sent = await calls.call(bot, *await weekpicture.ready(notice.method, params))
    except SendError as error:
        await failed(notice=notice, error=error)
        return
    except Exception as fault:  # a bug with one of them must not hold up what comes behind it
        log.exception("notice_failed", notice_id=notice.id, method=notice.method)
        async with storage.begin() as db:
            await db.notices.dropped(notice.id, type(fault).__name__)
        return
    line.answered(_of(notice))
    async with storage.begin() as db:
        await db.notices.done(notice.id)
        if PROMPT in notice.params:
            await _prompted(db, notice.chat_id, notice.params[PROMPT], sent["message_id"])


async def _prompted(db: Db, chat_id: int, prompt_id: int, message_id: int) -> None:
    """The message is there; where its question was closed meanwhile, its buttons go at once."""
    prompt = await db.prompts.shown(prompt_id, message_id)
    if prompt is not None and prompt.closed:
        await db.notices.add(chat_id, *calls.strip_call(chat_id, message_id))


def _of(notice: Notice) -> str:
    return f"chat {notice.chat_id}"


async def _undelivered(
    storage: Storage, clock: Clock, line: Line, unreached: Unreached, *, notice: Notice, error: SendError
) -> None:
    """Only what Telegram will never take is dropped, and that is counted and said."""
    now = await clock()
    async with storage.begin() as db:
        match error:
            case Flooded():
                await db.notices.postpone(notice.id, now + timedelta(seconds=error.retry_after))
            case Unreachable() | AnswerLost():
                wait = line.struck(_of(notice), error, now)
                await db.notices.postpone(notice.id, now + max(wait, RETRY))
            case Hiccup() if notice.tries < MOST_HICCUPS:
                await db.notices.stumbled(notice.id, now + RETRY * 2**notice.tries)
            case _ if OTHERWISE in notice.params:
                method, params = notice.params[OTHERWISE]
                await db.notices.add(params["chat_id"], method, params)
                await db.notices.done(notice.id)
            case _ if notice.method in _VAIN:  # too late: nobody waits for it
                await db.notices.done(notice.id)
            case _:
                log.warning("notice_dropped", method=notice.method, why=error.description)
                await db.notices.dropped(notice.id, error.description)
                await unreached(db, notice, error.description)


async def deliver_cards(
    bot: Bot, storage: Storage, clock: Clock, portrait: Portrait, fault: TellOfFault, *, hiccups: Counter[int]
) -> bool:
    """Bring a stale card of each chat up to date; False if all are, or have to wait.

    One that can't be drawn, or over which Telegram has stumbled too often (`hiccups`, by card), is left as
    it is until its story changes again, and its chat hears of it.

    Raises:
        Unreachable, AnswerLost: the card stays stale and is tried again.
    """
    async with storage.begin() as db:
        waits = await db.pauses.since(await clock())
        stale = await db.cards.next_stale(waits, AT_ONCE) if EVERYWHERE not in waits else ()
    doing = [_deliver_card(bot, storage, clock, portrait, card, hiccups=hiccups) for card in stale]
    failed = await asyncio.gather(*doing, return_exceptions=True)
    for card, error in zip(stale, failed, strict=True):
        is_hiccup = isinstance(error, Hiccup)
        if isinstance(error, Exception) and (is_hiccup or not isinstance(error, SendError | StorageError)):
            log.error("card_failed", card_id=card.id, exc_info=None if is_hiccup else error, why=str(error))
            async with storage.begin() as db:
                await db.cards.give_up(card.id, seen=card.revision)
            await _told(storage, fault, card, error)
    for error in failed:
        if isinstance(error, SendError | StorageError) and not isinstance(error, Hiccup):
            raise error
    return bool(doing)


async def _told(storage: Storage, fault: TellOfFault, card: Card, why: Exception) -> None:
    try:
        async with storage.begin() as db:
            await fault(db, card.chat_id, card.article_id, why)
    except StorageError:
        raise
    except Exception:
        log.exception("nobody_to_tell", card_id=card.id)


async def _deliver_card(
    bot: Bot, storage: Storage, clock: Clock, portrait: Portrait, card: Card, *, hiccups: Counter[int]
) -> None:
    face = await aside(partial(_drawn, storage, portrait, card, await clock()))
    if face is None:
        return
    try:
        await _bring(bot, storage, card, _calls(card, face))
        hiccups.pop(card.id, None)
    except Flooded as error:
        async with storage.begin() as db:
            await db.pauses.put(card.chat_id, await clock() + timedelta(seconds=error.retry_after))
    except Hiccup:
        wait = RETRY * 2 ** hiccups[card.id]
        hiccups[card.id] += 1
        if hiccups[card.id] > MOST_HICCUPS:
            del hiccups[card.id]
            raise
        async with storage.begin() as db:
            await db.pauses.put(card.chat_id, await clock() + wait)
    except Refused as error:
        log.warning("card_dropped", chat_id=card.chat_id, why=error.description)
        async with storage.begin() as db:
            await db.cards.drop(card.id)


async def _drawn(storage: Storage, portrait: Portrait, card: Card, now: datetime) -> Face | None:
    async with storage.begin() as db:
        face = await portrait(db, card, now)
        if face is None:
            await db.cards.drop(card.id)
        return face


type _Edit = Callable[[int], tuple[str, dict[str, Any]]]


@dataclass(frozen=True, kw_only=True)
class _Call:
    """How one message (or album) of a card is sent, and how it is edited once it is there.

    `kind`: only what is of the same can be edited into this; `size` is the number of messages.
    """

    kind: str
    size: int = 1
    send: tuple[str, dict[str, Any]]
    edit: _Edit

    @property
    def digests(self) -> list[str]:
        """What a card remembers for each message; an album's text is that of the first."""
        return [f"{self.kind}.{_digest(self.send)}"] + [f"{self.kind}."] * (self.size - 1)


def _calls(card: Card, face: Face) -> list[_Call]:
    """Each message of the card."""
    chat_id = card.chat_id
    if face.rich is not None:
        markup = {"reply_markup": {"inline_keyboard": face.keyboard}} if face.keyboard else {}
        rich = {"chat_id": chat_id, "rich_message": face.rich, **markup}
        call = _Call(
            kind="text",
            send=("sendRichMessage", rich),
            edit=lambda message_id: ("editMessageText", {**rich, "message_id": message_id}),
        )
        return [call]
    planned = []
    for number, message in enumerate(face.messages, start=1):
        keyboard = face.keyboard if number == len(face.messages) else None
        call = _Call(
            kind=_digest([photo.file_id for photo in message.photos]) if message.photos else "text",
            size=len(message.photos) or 1,
            send=calls.message_call(chat_id, message, keyboard),
            edit=_editor(chat_id, message, keyboard),
        )
        planned.append(call)
    return planned


def _editor(chat_id: int, message: Message, keyboard: Keyboard | None) -> _Edit:
    return lambda message_id: calls.edit_call(chat_id, message_id, message, keyboard)


def _digest(content: object) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


async def _bring(bot: Bot, storage: Storage, card: Card, planned: list[_Call]) -> None:
    """Make the chat show the card's messages: edit what can be, delete what is over, send the others.

    Telegram may ask to wait after the first of them: what is there by then is remembered, not sent again.
    """
    kept, missing = await _kept(bot, card, planned)
    whole = False
    try:
        for call in missing:
            sent = await calls.call(bot, *call.send)
            kept += [each["message_id"] for each in (sent if isinstance(sent, list) else [sent])]
        whole = True
    finally:
        shown = " ".join([digest for call in planned for digest in call.digests][: len(kept)])
        async with storage.begin() as db:
            await db.cards.delivered(
                card.id, message_ids=tuple(kept), shown=shown, seen=card.revision, whole=whole
            )


async def _kept(bot: Bot, card: Card, planned: list[_Call]) -> tuple[list[int], list[_Call]]:
    """The messages that are, or have now become, what they should be, and what is missing after them.

    The others are deleted.
    """
    shown = (card.shown or "").split()
    kept: list[int] = []
    missing = planned
    for call in planned:
        start, end = len(kept), len(kept) + call.size
        old = shown[start:end]
        if [each.partition(".")[0] for each in old] != [call.kind] * call.size:
            break  # a text can't become a photo, nor one photo another
        if old != call.digests and not await _edited(bot, call.edit(card.message_ids[start])):
            break
        kept += card.message_ids[start:end]
        missing = missing[1:]
    for message_id in card.message_ids[len(kept) :]:
        await _delete(bot, card.chat_id, message_id)
    return kept, missing


async def _edited(bot: Bot, edit: tuple[str, dict[str, Any]]) -> bool:
    try:
        await calls.call(bot, *edit)
    except NothingToEdit:
        return False
    return True


async def _delete(bot: Bot, chat_id: int, message_id: int) -> None:
    try:
        await calls.call(bot, "deleteMessage", {"chat_id": chat_id, "message_id": message_id})
    except Refused as error:  # older than 48 hours, or gone: an old card does no harm
        log.info("card_left_behind", chat_id=chat_id, why=error.description)
