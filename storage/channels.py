"""The channels' tables, with their weekly slots. Knows no Telegram: rights and reach are others' business."""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)

from bot.news.model import Channel, Look, PostState, Slot
from bot.news.quiet import Rhythm
from bot.news.talk import NoticeState
from storage.columns import LIMIT
from storage.connection import Connection
from storage.engine import insert_into
from storage.schema import channels, digests, posts, recurrences, slots
from storage.schema_feeds import feeds
from storage.schema_talk import audit, cards, notices, questions

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@cache
def _looks() -> "TypeAdapter[Look]":
    from pydantic import TypeAdapter

    return TypeAdapter(Look)


def look_json(look: Look) -> dict[str, Any]:
    """A look as plain JSON values."""
    stored: dict[str, Any] = _looks().dump_python(look, mode="json")
    return stored


def look_from_json(stored: dict[str, Any]) -> Look:
    """The look that `look_json` wrote; what it was written without is as in any new look."""
    return _looks().validate_python(stored)


@cache
def _rhythms() -> "TypeAdapter[Rhythm]":
    from pydantic import TypeAdapter

    return TypeAdapter(Rhythm)


_CHANNELS: Final = select(channels).order_by(channels.c.connected_at, channels.c.id.desc())
_SLOTS: Final = select(slots).join_from(slots, channels).order_by(slots.c.weekday, slots.c.minute)
_THIS: Final = channels.c.id == bindparam("id")
_ONE: Final = (_CHANNELS.where(_THIS), _SLOTS.where(_THIS))
_AMONG: Final = channels.c.id.in_(bindparam("ids", expanding=True))
_SOME: Final = (_CHANNELS.where(_AMONG), _SLOTS.where(_AMONG))


def _to_show(waiting: Collection[PostState], among: Collection[int] | None = None) -> ColumnElement[bool]:
    """Whether a channel is connected, or has posts in one of the states."""
    shown: ColumnElement[bool] = channels.c.connected
    if waiting:
        there = exists().where(posts.c.channel_id == channels.c.id, posts.c.state.in_(waiting))
        shown = or_(channels.c.connected, there.correlate(channels))
    return shown if among is None else and_(shown, channels.c.id.in_(sorted(among)))


def _first(waiting: Collection[PostState] = (), among: Collection[int] | None = None) -> Select[int]:
    chosen = select(channels.c.id).where(_to_show(waiting, among))
    return chosen.order_by(channels.c.connected_at, channels.c.id.desc())


_THESE: Final = or_(_AMONG, channels.c.id.in_(_first().limit(LIMIT)))
_FIRST_AND: Final = (_CHANNELS.where(_THESE), _SLOTS.where(_THESE))
_OF_A_GROUP: Final = cards.c.chat_id < literal_column("0")
"""Said as in the index of the few such cards."""

_SEEN: Final = (
    update(channels)
    .where(
        channels.c.id == bindparam("which"),
        or_(channels.c.last_message_id.is_(None), channels.c.last_message_id < bindparam("seen")),
    )
    .values(last_message_id=bindparam("seen"))
)


class Channels:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def put(self, channel: Channel, *, by: int, now: datetime) -> None:
        """Store a channel that is new, or what has changed of a known one; its slots stay as they are."""
        known = {
            "title": channel.title,
            "username": channel.username,
            "time_zone": channel.time_zone,
            "look": look_json(channel.look),
            "connected": channel.connected,
            "trouble": channel.trouble,
            "changed_by": by,
            "changed_at": now,
        }
        await self._connection.execute(
            insert_into(self._connection, channels)
            .values(id=channel.id, connected_at=now, **known)
            .on_conflict_do_update(index_elements=[channels.c.id], set_=known)
        )

    async def get(self, id: int) -> Channel | None:
        found = await self._read(*_ONE, id=id)
        return found[0] if found else None

    async def some(self, ids: Collection[int]) -> dict[int, Channel]:
        """Those of the channels that there are, by their ids."""
        return {channel.id: channel for channel in await self._read(*_SOME, ids=tuple(ids))}

    async def named(self, username: str) -> Channel | None:
        """By its public name, with or without the @; case does not matter."""
        name = username.removeprefix("@").lower()
        named = func.lower(channels.c.username) == name
        found = await self._read(_CHANNELS.where(named), _SLOTS.where(named))
        return found[0] if found else None

    async def all(self) -> tuple[Channel, ...]:
        return await self._read(_CHANNELS, _SLOTS)

    async def named_ones(
        self, username: str, *waiting: PostState, among: Collection[int] | None = None
    ) -> tuple[Channel, ...]:
        """Those of that public name that are connected, or have posts in the states named.

        Here and below of the channels `among` only, where these are given.
        """
        named = func.lower(channels.c.username) == username.removeprefix("@").lower()
        return await self._those(named, _to_show(waiting, among))

    async def count(self, *waiting: PostState, among: Collection[int] | None = None) -> int:
        """How many are connected, or have posts in the states named."""
        counted = select(func.count()).select_from(channels).where(_to_show(waiting, among))
        return await self._connection.scalar(counted) or 0

    async def page(
        self, *waiting: PostState, skip: int = 0, limit: int, among: Collection[int] | None = None
    ) -> tuple[Channel, ...]:
        """So many of these in the order they were connected, after the first `skip`."""
        return await self._those(channels.c.id.in_(_first(waiting, among).offset(skip).limit(limit)))

    async def first_and(self, ids: Collection[int], limit: int) -> tuple[Channel, ...]:
        """The first so many that are connected, and those of `ids`."""
        return await self._read(*_FIRST_AND, ids=ids, limit=limit)

    async def _those(self, *where: ColumnElement[bool]) -> tuple[Channel, ...]:
        return await self._read(_CHANNELS.where(*where), _SLOTS.where(*where))

    async def set_trouble(self, id: int, trouble: str | None, *, connected: bool) -> None:
        await self._set(id, trouble=trouble, connected=connected)

    async def set_rhythm(self, id: int, rhythm: Rhythm) -> None:
        await self._set(id, rhythm=_rhythms().dump_python(rhythm, mode="json"))

    async def set_zone(self, id: int, time_zone: str) -> None:
        await self._set(id, time_zone=time_zone)

    async def pause(self, id: int, at: datetime | None) -> None:
        """Nothing goes out there from then on; None: it goes on."""
        await self._set(id, paused_at=at)

    async def set_max_lateness(self, id: int, seconds: int) -> None:
        """How late a post may still go out unasked."""
        await self._set(id, max_lateness=seconds)

    async def seen(self, id: int, message_id: int) -> None:
        """There is a message with that id in the channel; ids rise by one."""
        await self._connection.execute(_SEEN, {"which": id, "seen": message_id})

    async def set_look(self, id: int, look: Look) -> None:
        await self._set(id, look=look_json(look))

    async def add_slots(self, id: int, added: Iterable[Slot]) -> None:
        """Add weekly times; those that the channel has already are passed over."""
        for slot in added:
            await self._connection.execute(
                insert_into(self._connection, slots)
                .values(
                    channel_id=id,
                    weekday=slot.weekday,
                    minute=slot.minute,
                    category=slot.category,
                    urgency=slot.urgency,
                )
                .on_conflict_do_nothing(index_elements=["channel_id", "weekday", "minute"])
            )

    async def replace_slots(self, id: int, replaced: Iterable[Slot]) -> None:
        await self._connection.execute(delete(slots).where(slots.c.channel_id == id))
        await self.add_slots(id, replaced)

    async def remove_slot(self, slot_id: int) -> bool:
        """Whether there was such a slot."""
        removed = await self._connection.execute(delete(slots).where(slots.c.id == slot_id))
        return removed.rowcount > 0

    async def move_id(self, old: int, new: int) -> None:
        """The group `old` has become the supergroup `new` (Telegram's `migrate_to_chat_id`).

        What was stored under the old id follows. Messages do not: Telegram keeps them in the old group,
        so cards there are sent anew when they next change.
        """
        led = select(feeds.c.id).where(feeds.c.channel_id.in_([old, new]))
        fed = [row.id for row in await self._connection.execute(led)]
        await self._feed(fed, None)  # their key does not follow by itself
        await self._make_room(old, new)
        await self._connection.execute(update(channels).where(channels.c.id == old).values(id=new))
        await self._connection.execute(
            update(cards)
            .where(cards.c.chat_id == old, _OF_A_GROUP)
            .values(chat_id=new, message_ids=[], shown=None)
        )
        await self._feed(fed, new)
        unsaid = update(notices).where(notices.c.state == NoticeState.PENDING, notices.c.chat_id == old)
        await self._connection.execute(unsaid.values(chat_id=new))
        for column in (questions.c.chat_id, audit.c.channel_id):
            await self._connection.execute(update(column.table).where(column == old).values({column: new}))

    async def _feed(self, ids: Collection[int], channel_id: int | None) -> None:
        """Have these feeds lead to that channel."""
        await self._connection.execute(update(feeds).where(feeds.c.id.in_(ids)).values(channel_id=channel_id))

    async def _make_room(self, old: int, new: int) -> None:
        """Free what would collide under the new id: what the bot has learned there already is the truth."""
        taken = select(cards.c.article_id).where(cards.c.chat_id == new, _OF_A_GROUP)
        await self._connection.execute(
            delete(cards).where(cards.c.chat_id == old, _OF_A_GROUP, cards.c.article_id.in_(taken))
        )
        asked = select(questions.c.person_id).where(questions.c.chat_id == new)
        await self._connection.execute(
            delete(questions).where(questions.c.chat_id == old, questions.c.person_id.in_(asked))
        )
        if await self.get(old) is None or await self.get(new) is None:
            return
        # Both are known as channels: the old one has the slots, the look and the history, and stays.
        last = await self._connection.scalar(
            select(func.coalesce(func.max(posts.c.occurrence), 0)).where(posts.c.channel_id == old)
        )
        await self._connection.execute(
            update(posts)
            .where(posts.c.channel_id == new)
            .values(channel_id=old, occurrence=posts.c.occurrence + (last or 0) + 1)
        )
        await self._connection.execute(
            update(recurrences).where(recurrences.c.channel_id == new).values(channel_id=old)
        )
        await self._connection.execute(delete(digests).where(digests.c.channel_id == new))
        await self._connection.execute(delete(channels).where(channels.c.id == new))

    async def _set(self, id: int, **values: Any) -> None:
        await self._connection.execute(update(channels).where(channels.c.id == id).values(**values))

    async def _read(self, which: Select[Any], their_slots: Select[Any], **asked: Any) -> tuple[Channel, ...]:
        rows = await self._connection.execute(which, asked)
        times = await self._connection.execute(their_slots, asked)
        slots_of: dict[int, list[Slot]] = {}
        for time in times:
            slot = Slot(
                id=time.id,
                weekday=time.weekday,
                minute=time.minute,
                category=time.category,
                urgency=time.urgency,
            )
            slots_of.setdefault(time.channel_id, []).append(slot)
        return tuple(_channel(row, tuple(slots_of.get(row.id, ()))) for row in rows)


def _channel(row: Row[*tuple[Any, ...]], times: tuple[Slot, ...]) -> Channel:
    return Channel(
        id=row.id,
        title=row.title,
        username=row.username,
        time_zone=row.time_zone,
        look=look_from_json(row.look),
        slots=times,
        connected=row.connected,
        trouble=row.trouble,
        max_lateness=row.max_lateness,
        rhythm=_rhythms().validate_python(row.rhythm or {}),
        paused_at=row.paused_at,
        last_message_id=row.last_message_id,
    )
