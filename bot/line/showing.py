"""The way out to the staff: cards, an article kept shown in a chat. Knows no story: portraits are handed in.

A card is a row that is touched with the change it shows, so a crash delays it and loses none. All stale cards
of a round are drawn in one transaction, from one reading of what their stories are, and what was shown is
written down in another.
"""

import asyncio
import hashlib
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NoReturn, cast

import structlog
from telegram import Bot

from bot import counting
from bot.aside import Done, Wanted, aside
from bot.booking import Note, book
from bot.clock import Clock
from bot.errors import Flooded, Hiccup, NothingToEdit, Refused, SendError, StorageError
from bot.line import calls
from bot.line.calls import Keyboard
from bot.line.courier import AT_ONCE, MOST_HICCUPS, RETRY, take_away
from bot.news.model import Message
from bot.news.talk import Card
from storage import Db, Storage
from storage.cards import Stale
from storage.pauses import EVERYWHERE

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Face:
    """What a card shows: the rich form, if the post has one, and messages; the keyboard is under the last."""

    messages: tuple[Message, ...] = ()
    rich: dict[str, Any] | None = None
    keyboard: Keyboard
    topic: int | None = None  # of a group


type Portrait = Callable[[Card], Awaitable[Face | None]]
"""Draws a card as its chat may see it now; None if nobody there may."""
type Read = dict[Hashable, Any]
"""What was read of stories and people so far. A card that is touched since is stale again, and read anew."""
type Portraits = Callable[[datetime, Read, tuple[Card, ...], Db], Portrait]
"""Draws the cards given, from what was read and what is still to be read."""
type TellOfFault = Callable[[Db, int, int, Exception], Awaitable[None]]
"""Tells a chat that the card of an article could not be drawn, or shown, and why."""


@dataclass(frozen=True, kw_only=True)
class _Shown:
    """What became of a card: the messages that show it now, if known, and the fault that came between."""

    card: Card
    kept: tuple[int, ...] = ()
    shown: str | None = None
    error: Exception | None = None
    wait: timedelta | None = None  # till its chat's next one, for Telegram has asked for that, or stumbled

    @property
    def is_hopeless(self) -> bool:
        """Whether it is left as it is."""
        stumbled = isinstance(self.error, Hiccup) and self.wait is None
        return stumbled or (self.error is not None and not isinstance(self.error, SendError | StorageError))


async def deliver_cards(
    bot: Bot,
    storage: Storage,
    clock: Clock,
    portraits: Portraits,
    fault: TellOfFault,
    *,
    hiccups: Counter[int],
) -> bool | datetime:
    """Bring a stale card of each chat up to date; True if there may be more, else when one may be.

    One that can't be drawn, or over which Telegram has stumbled too often (`hiccups`, by card), is left as
    it is until its story changes again, and its chat hears of it.

    Raises:
        Unreachable, AnswerLost: the card stays stale and is tried again.
    """
    now = await clock()
    async with storage.begin() as db:
        waits = await db.pauses.since(now)
        stale = await db.cards.next_stale(waits, AT_ONCE) if EVERYWHERE not in waits else Stale()
        read: Read = {}
        drawn, alone = await _drawn_together(db, portraits(now, read, stale.cards, db), stale.cards)
    doing = [_show(bot, card, face) for card, face in drawn]
    doing += [_show_alone(bot, storage, partial(portraits, now, read, of), of) for of in alone]
    results = [each for some in await asyncio.gather(*doing) for each in some]
    results = [_counted(each, hiccups) for each in results]
    until = await _written_down(storage, await clock(), fault, results)
    for error in (each.error for each in results):
        if isinstance(error, SendError | StorageError) and not isinstance(error, Refused | Flooded | Hiccup):
            raise error
    return stale.more or min([*waits.values(), *until], default=False)


async def _drawn_together(
    db: Db, portrait: Portrait, stale: tuple[Card, ...]
) -> tuple[list[tuple[Card, Face]], list[tuple[Card, ...]]]:
    """Each with its portrait; and, by their stories, those that have to be drawn by themselves.

    These are long, or meet a fault: it must spoil no other's. Who may not see a story has no card any more.
    """
    drawn: list[tuple[Card, Face]] = []
    alone: dict[int, tuple[Card, ...]] = {}
    for card in stale:
        await asyncio.sleep(0)  # others have their turn between two cards
        try:
            with Done().at_hand():
                face = await portrait(card)
        except StorageError:
            raise
        except (Wanted, Exception):  # noqa: BLE001 - it comes again where it is alone
            alone[card.article_id] = (*alone.get(card.article_id, ()), card)
            continue
        if face is None:
            await take_away(db, card)
        else:
            drawn.append((card, face))
    return drawn, list(alone.values())


async def _show_alone(
    bot: Bot, storage: Storage, portraits: Callable[[Db], Portrait], cards: tuple[Card, ...]
) -> list[_Shown]:
    """One after another, for what is worked out for one is the same for the next."""
    done, results = Done(), list[_Shown]()
    for card in cards:
        try:
            face = await aside(partial(_drawn, storage, portraits, card), done)
        except Exception as fault:  # noqa: BLE001 - told of where it is written down
            results.append(_Shown(card=card, error=fault))
        else:
            results += await _show(bot, card, face) if face is not None else ()
    return results


class _NotRead(Exception):
    """Something is still to be read."""


class _Shut:
    """Stands for the database where what was read before may be enough."""

    def __getattr__(self, noun: str) -> NoReturn:
        raise _NotRead(noun)


async def _drawn(storage: Storage, portraits: Callable[[Db], Portrait], card: Card) -> Face | None:
    """It is begun again for each part that is worked out aside: by then everything is read."""
    with suppress(_NotRead):
        if (face := await portraits(cast("Db", _Shut()))(card)) is not None:
            return face
    async with storage.begin() as db:
        face = await portraits(db)(card)
        if face is None:
            await take_away(db, card)
        return face


def _counted(each: _Shown, hiccups: Counter[int]) -> _Shown:
    """The same with how long its chat waits: twice as long at each stumble, until there were too many."""
    card_id = each.card.id
    if isinstance(each.error, Flooded):
        return replace(each, wait=timedelta(seconds=each.error.retry_after))
    if not isinstance(each.error, Hiccup):
        if each.error is None:
            hiccups.pop(card_id, None)
        return each
    hiccups[card_id] += 1
    if hiccups[card_id] > MOST_HICCUPS:
        del hiccups[card_id]
        return each
    return replace(each, wait=RETRY * 2 ** (hiccups[card_id] - 1))


async def _written_down(
    storage: Storage, now: datetime, fault: TellOfFault, results: list[_Shown]
) -> list[datetime]:
    """What was shown is remembered, together; until when chats wait."""
    notes = [note for each in results for note in _notes(each, now)]
    for error in await book(storage, notes):
        if error is not None:
            raise error
    for each in results:
        counting.CARDS["shown" if each.error is None else "failed"] += 1
        if each.error is not None and each.is_hopeless:
            is_hiccup = isinstance(each.error, Hiccup)
            told = None if is_hiccup else each.error
            log.error("card_failed", card_id=each.card.id, exc_info=told, why=str(each.error))
            await _told(storage, fault, each.card, each.error)
    return [now + each.wait for each in results if each.wait is not None]


def _notes(each: _Shown, now: datetime) -> list[Note]:
    card, notes = each.card, list[Note]()
    if (shown := each.shown) is not None:
        whole, seen = each.error is None, card.revision
        notes.append(
            lambda db: db.cards.delivered(card.id, message_ids=each.kept, shown=shown, seen=seen, whole=whole)
        )
    if (wait := each.wait) is not None:
        notes.append(lambda db: db.pauses.put(card.chat_id, now + wait))
    elif each.is_hopeless:
        notes.append(lambda db: db.cards.give_up(card.id, seen=card.revision))
    elif isinstance(each.error, Refused):
        log.warning("card_dropped", chat_id=card.chat_id, why=each.error.description)
        notes.append(lambda db: db.cards.drop(card.id))
    return notes


async def _told(storage: Storage, fault: TellOfFault, card: Card, why: Exception) -> None:
    try:
        async with storage.begin() as db:
            await fault(db, card.chat_id, card.article_id, why)
    except StorageError:
        raise
    except Exception:
        log.exception("nobody_to_tell", card_id=card.id)


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
    planned = []
    if face.rich is not None:
        has_keyboard = face.keyboard and not face.messages
        markup = {"reply_markup": {"inline_keyboard": face.keyboard}} if has_keyboard else {}
        planned.append(_rich_call({"chat_id": chat_id, "rich_message": face.rich, **markup}))
    for number, message in enumerate(face.messages, start=1):
        keyboard = face.keyboard if number == len(face.messages) else None
        method, params = calls.message_call(chat_id, message, keyboard)
        thread = {"message_thread_id": face.topic} if face.topic else {}
        call = _Call(
            kind=_digest([each.file_id for each in message.media]) if message.media else "text",
            size=len(message.media) or 1,
            send=(method, {**params, **thread}),
            edit=_editor(chat_id, message, keyboard),
        )
        planned.append(call)
    return planned


def _rich_call(rich: dict[str, Any]) -> _Call:
    return _Call(
        kind="text",
        send=("sendRichMessage", rich),
        edit=lambda message_id: ("editMessageText", {**rich, "message_id": message_id}),
    )


def _editor(chat_id: int, message: Message, keyboard: Keyboard | None) -> _Edit:
    return lambda message_id: calls.edit_call(chat_id, message_id, message, keyboard)


def _digest(content: object) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


async def _show(bot: Bot, card: Card, face: Face) -> list[_Shown]:
    """Make the chat show the card's messages: edit what can be, delete what is over, send the others.

    Telegram may ask to wait after the first of them: what is there by then is remembered, not sent again.
    """
    error: Exception | None = None
    try:
        planned = _calls(card, face)
        kept, missing = await _kept(bot, card, planned)
    except Exception as fault:  # noqa: BLE001 - told of where it is written down
        return [_Shown(card=card, error=fault)]
    try:
        for call in missing:
            sent = await calls.call(bot, *call.send)
            kept += [each["message_id"] for each in (sent if isinstance(sent, list) else [sent])]
    except Exception as fault:  # noqa: BLE001 - likewise
        error = fault
    shown = " ".join([digest for call in planned for digest in call.digests][: len(kept)])
    return [_Shown(card=card, kept=tuple(kept), shown=shown, error=error)]


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
