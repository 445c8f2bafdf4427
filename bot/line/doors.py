"""Who is let in: what a batch of updates leaves in the inbox, in order, before it is confirmed to Telegram.

Nothing in an update can keep the others out. What can't be read is put aside, so many and no more, with one
line in the log. Strangers' presses are answered without being stored: an answer is of no use a minute later.
"""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from telegram import Bot

from bot import counting
from bot.clock import Clock
from bot.errors import AnswerLost, Refused, SendError, StorageError
from bot.line import calls
from bot.line.sieve import GROUPS, NOTHING, House, Kind, Sorted, is_id, sort
from bot.news.numbers import Event, Moved, Reacted, Threaded
from bot.news.people import hashed, token_in
from bot.news.talk import Incoming
from storage import Db, Storage
from storage.inbox import OTHERS

log = structlog.get_logger(__name__)

AGAIN = timedelta(hours=1)
"""How long someone who does not work here waits for the next answer, and a chat for the next word."""
FAULTS = timedelta(days=30)
"""How long updates that failed are kept to be looked at."""
ASIDE = 1000
"""So many of them at most."""
_SHOWN = 2000
"""Characters that are kept of such a one."""
ANSWERED_AT_ONCE = 4
_PATIENCE = timedelta(minutes=1)
"""After so long Telegram takes no answer to a press (docs: its query expires)."""


@dataclass(kw_only=True)
class Doors:
    """Lets in what asks for something; `groups` are the desk's own, and the others may be left.

    `presses` of strangers wait here for their answer, in memory: id of the query, who pressed, when.
    """

    groups: frozenset[int] = frozenset()
    leaves: bool = False
    presses: deque[tuple[str, int, datetime]] = field(default_factory=lambda: deque(maxlen=10_000))
    newest: int | None = None  # the highest number that this process has stored
    discussions: frozenset[int] = frozenset()  # where our channels are talked about, as far as asked for
    _moved: set[int] = field(default_factory=set)

    async def take_in(
        self, storage: Storage, updates: Sequence[Any], *, username: str, now: datetime
    ) -> None:
        """Store what is to be handled, and know the highest number, from which Telegram goes on.

        Raises:
            StorageError: nothing of it was kept.
            SendError: none of it had a number, so Telegram would give it again at once.
        """
        numbered = _numbered(updates)
        if not numbered:
            raise SendError("getUpdates gave nothing that has a number")
        if len(numbered) < len(updates):
            tell_unreadable(None, "it has no number that can be kept")
        told: list[tuple[dict[str, Any], Sorted]] = []
        try:
            async with storage.begin() as db:
                staff = await db.staff.working()
                spoken = {group for update in numbered if (group := _group_of(update)) is not None}
                if spoken - self.groups - self._moved - self.discussions:  # one may be new among them
                    self.discussions = frozenset(await db.numbers.discussions())
                told = [(update, self._sorted(update, staff, username)) for update in numbered]
                await self._let_in(db, told, now)
        except StorageError:
            raise
        except Exception:
            if not told:
                raise
            for update, what in told:  # one of them is too odd for the database: each by itself
                await self._let_in_alone(storage, update, what, now)
        counting.UPDATES.update(what.kind.value for _, what in told)
        self.newest = max(self.newest or 0, *(update["update_id"] for update in numbered))

    def _sorted(self, update: dict[str, Any], staff: frozenset[int], username: str) -> Sorted:
        groups = self.groups | self._moved
        house = House(
            staff=staff,
            username=username,
            groups=groups,
            leaves=self.leaves,
            discussions=self.discussions,
        )
        what = sort(update, house)
        if what.kind is not Kind.MOVED:
            return what
        if what.number not in groups:
            return NOTHING
        self._moved.add(what.who)  # until the settings name it
        return what

    async def _let_in_alone(
        self, storage: Storage, update: dict[str, Any], what: Sorted, now: datetime
    ) -> None:
        try:
            async with storage.begin() as db:
                await self._let_in(db, [(update, what)], now)
        except StorageError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, its number and sender are known
            bare = {"update_id": update["update_id"]}
            who = what.who if what.kind is Kind.WORK else 0
            odd = Sorted(kind=Kind.UNREADABLE, who=who, why=type(error).__name__)
            async with storage.begin() as db:
                await self._let_in(db, [(bare, odd)], now)

    async def _let_in(self, db: Db, told: Sequence[tuple[dict[str, Any], Sorted]], now: datetime) -> None:
        kept: list[Incoming] = []
        asked: set[int] = set()
        for update, what in told:
            if what.kind is Kind.POST or what.event is not None:
                continue
            if what.kind is Kind.UNREADABLE and not what.who:
                await _put_aside(db, update, what.why, now)
            elif what.kind is Kind.FORGED:
                self.presses.append((what.query, what.who, now))
            elif (made := await self._made(db, update, what, now, asked)) is not None:
                kept.append(made)
        await _note_posts(db, [what for _, what in told if what.kind is Kind.POST])
        events = [(update["update_id"], what.event) for update, what in told if what.event is not None]
        if events:
            await self._count(db, events, now)
        await db.inbox.store_all(kept)

    async def _count(self, db: Db, events: Sequence[tuple[int, Event]], now: datetime) -> None:
        """Count what tells how our channels' posts are received; of others nothing is kept."""
        ids = {event.channel_id for _, event in events if isinstance(event, Reacted | Threaded | Moved)}
        zones = {id: one.time_zone for id, one in (await db.channels.some(ids)).items()} if ids else {}
        for _, event in events:
            if (
                isinstance(event, Threaded)
                and event.channel_id in zones
                and event.group_id not in self.discussions
            ):
                await db.numbers.discussed(event.group_id, event.channel_id)
                self.discussions |= {event.group_id}
        await db.numbers.count(events, zones, now)

    async def _made(
        self, db: Db, update: dict[str, Any], what: Sorted, now: datetime, asked: set[int]
    ) -> Incoming | None:
        """What of an update is stored; those who don't work here are heard once in a while."""
        whole = Incoming(update_id=update["update_id"], payload=update, received_at=now, turn=what.who)
        match what.kind:
            case Kind.WORK:
                return whole
            case Kind.UNREADABLE:
                return replace(whole, payload={"update_id": whole.update_id, "odd": what.why})
            case Kind.EDITED_POST | Kind.CHANNEL:
                return whole if await _concerns_us(db, what) else None
            case Kind.NOTHING | Kind.RECEIVED:
                return None
        if what.kind is Kind.STRANGER and await _is_invited(db, update, now, first=what.who not in asked):
            return whole
        if what.who in asked:
            return None
        asked.add(what.who)
        if not await self._may_hear(db, what, now):
            return None
        payload = update if what.kind is Kind.STRANGER else _brief(whole.update_id, what)
        return replace(whole, payload=payload, turn=OTHERS)

    async def _may_hear(self, db: Db, what: Sorted, now: datetime) -> bool:
        """The desk's own groups may at any time, others once in a while."""
        own = self.groups | self._moved
        return what.who in own or await db.strangers.may_hear(what.who, now, AGAIN)

    async def answer_presses(self, bot: Bot, clock: Clock, words: Callable[[int], str]) -> bool:
        """Answer those who pressed first and don't work here, in these words; False if nobody has.

        Raises:
            Flooded, Unreachable: they are answered later.
        """
        due = [self.presses.popleft() for _ in range(min(ANSWERED_AT_ONCE, len(self.presses)))]
        now = await clock()
        due = [press for press in due if now - press[2] < _PATIENCE]
        planned = [_answer(bot, query, words(who)) for query, who, _ in due]
        faults = [each for each in await asyncio.gather(*planned, return_exceptions=True) if each]
        if faults:
            self.presses.extendleft(reversed(due))  # those that were answered are refused then, and done with
            raise faults[0]
        return bool(self.presses or due)


async def _is_invited(db: Db, update: dict[str, Any], now: datetime, *, first: bool) -> bool:
    """Whether a stranger comes by an open invitation's link, or has the @name of one: that never waits."""
    message = update["message"]
    text, name = message.get("text"), message["from"].get("username")
    token = token_in(text) if isinstance(text, str) else ""
    username = name.lower() if first and isinstance(name, str) else ""
    if not token and not username:
        return False
    return await db.invitations.meant_for(hashed(token), username, now) is not None


async def _answer(bot: Bot, query: str, text: str) -> None:
    """In a box that the app itself shows again if the button is pressed again."""
    params = {"callback_query_id": query, "text": text[:200], "show_alert": True}
    with suppress(AnswerLost, Refused):  # too old by now, or answered already
        await calls.call(bot, "answerCallbackQuery", {**params, "cache_time": int(AGAIN.total_seconds())})


def _group_of(update: dict[str, Any]) -> int | None:
    """The group in which something was said, or of which the bot has become a member."""
    for name in ("message", "my_chat_member"):
        body = update.get(name)
        chat = body.get("chat") if isinstance(body, dict) else None
        if isinstance(chat, dict) and isinstance(chat.get("type"), str) and chat["type"] in GROUPS:
            return chat["id"] if is_id(chat.get("id")) else None
    return None


def _brief(number: int, what: Sorted) -> dict[str, Any]:
    """Of what is said in a group nothing is kept but where it was."""
    return {"update_id": number, "door": {"kind": what.kind, "chat": what.who, "number": what.number}}


def _numbered(updates: Sequence[Any]) -> list[dict[str, Any]]:
    """Those that can be told from others.

    One without a number is Telegram's no more once a later one is confirmed; none is guessed for it, for a
    number that is too high would confirm what was never seen.
    """
    numbers = [update.get("update_id") if isinstance(update, dict) else None for update in updates]
    return [update for update, number in zip(updates, numbers, strict=True) if _is_number(number)]


def _is_number(value: object) -> bool:
    return is_id(value) and isinstance(value, int) and value >= 0


def tell_unreadable(update_id: int | None, why: str) -> None:
    """The one line that the log has of an update nothing can be made of."""
    log.warning("update_unreadable", update_id=update_id, why=why)


async def _concerns_us(db: Db, what: Sorted) -> bool:
    """Whether a channel is ours, or the post that was edited there."""
    if what.kind is Kind.EDITED_POST:
        return await db.posts.parts.at(what.who, what.number or 0) is not None
    return await db.channels.get(what.who) is not None


async def _note_posts(db: Db, posts: Sequence[Sorted]) -> None:
    """How far the channels' ids have come, and when others have posted: it counts for the spacing."""
    for chat in {post.who for post in posts}:
        own = [post for post in posts if post.who == chat]
        await db.channels.seen(chat, max(post.number or 0 for post in own))
        moments = {post.at for post in own if post.at is not None}
        if moments and await db.channels.get(chat) is not None:
            for at in sorted(moments):
                await db.by_hand.posted(chat, datetime.fromtimestamp(at, UTC))


async def _put_aside(db: Db, update: dict[str, Any], why: str, now: datetime) -> None:
    tell_unreadable(update["update_id"], why)
    shown = json.dumps(update, ensure_ascii=True, default=str)[:_SHOWN]
    await db.inbox.store(update["update_id"], {"shown": shown}, now, turn=OTHERS)
    await db.inbox.failed(update["update_id"], why)
    await db.inbox.forget_failed(now - FAULTS, ASIDE, 2)
