"""The table of what looks into channels have forwarded to our own chats. Knows no look.

Noted before the forward and after it, and forgotten when it is deleted: what a crash leaves behind is known.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Select, bindparam, delete, func, insert, literal, select, true, update

from storage.columns import LIMIT
from storage.connection import Connection
from storage.engine import insert_into
from storage.schema import shown, shown_upto


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A message of a channel forwarded to a chat of ours; `message_id` None: perhaps, under an unknown id."""

    id: int
    chat_id: int
    channel_id: int
    original_id: int
    message_id: int | None
    shown_at: datetime


_FIRST: Final = (
    select(
        shown.c.id,
        shown.c.chat_id,
        shown.c.channel_id,
        shown.c.original_id,
        shown.c.message_id,
        shown.c.shown_at,
    )
    .order_by(shown.c.id)
    .limit(LIMIT)
)


_OTHER: Final = shown.alias()
_ANY_UNKNOWN: Final = (
    select(_OTHER.c.id).where(_OTHER.c.chat_id == shown.c.chat_id, _OTHER.c.message_id.is_(None)).exists()
)
_SINCE: Final = select(func.min(shown.c.shown_at)).where(
    shown.c.chat_id == bindparam("chat"), shown.c.message_id.is_(None)
)
_UPTO: Final = select(shown_upto).where(shown_upto.c.chat_id == bindparam("chat"))


@dataclass(frozen=True, kw_only=True)
class Unknown:
    """What may be in a chat under unknown ids: since when (None: nothing is), and where it can't be.

    Nothing is up to `floor`, nor from `looked_from` to `looked_to`: there a search has looked.
    """

    since: datetime | None
    floor: int = 0
    looked_from: int = 0
    looked_to: int = 0


class ShownMessages:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def begin(self, chat_id: int, channel_id: int, original_id: int, now: datetime) -> int:
        """It is forwarded now; the id of the note."""
        added = await self._connection.scalar(
            insert(shown)
            .values(chat_id=chat_id, channel_id=channel_id, original_id=original_id, shown_at=now)
            .returning(shown.c.id)
        )
        return int(added or 0)

    async def there(self, id: int, message_id: int) -> None:
        """It is in the chat under that id."""
        await self._connection.execute(update(shown).where(shown.c.id == id).values(message_id=message_id))

        await self._rise(select(shown.c.chat_id, literal(message_id)).where(shown.c.id == id, ~_ANY_UNKNOWN))

    async def unknown(self, chat_id: int) -> Unknown:
        since = await self._connection.scalar(_SINCE, {"chat": chat_id})
        upto = (await self._connection.execute(_UPTO, {"chat": chat_id})).one_or_none()
        if upto is None:
            return Unknown(since=since)
        looked_from, looked_to = upto.looked_from or 0, upto.looked_to or 0
        return Unknown(since=since, floor=upto.message_id, looked_from=looked_from, looked_to=looked_to)

    async def looked(self, chat_id: int, *, frm: int, to: int) -> None:
        """A search has looked at all of these ids of the chat, and is not at its end."""
        looked = insert_into(self._connection, shown_upto).values(
            chat_id=chat_id, message_id=0, looked_from=frm, looked_to=to
        )
        again = {"looked_from": looked.excluded.looked_from, "looked_to": looked.excluded.looked_to}
        await self._connection.execute(
            looked.on_conflict_do_update(index_elements=[shown_upto.c.chat_id], set_=again)
        )

    async def searched(self, chat_id: int, *, last: int, upto: int) -> None:
        """All of the chat up to that id was looked at for what the notes up to `last` stand for."""
        of_these = (shown.c.chat_id == chat_id, shown.c.message_id.is_(None), shown.c.id <= last)
        await self._connection.execute(delete(shown).where(*of_these))
        await self._rise(select(literal(chat_id), literal(upto)).where(true()))

    async def _rise(self, known: Select[int, int]) -> None:
        """Write down up to which id all of a chat is known."""
        rise = insert_into(self._connection, shown_upto).from_select(["chat_id", "message_id"], known)
        again = {"message_id": rise.excluded.message_id}
        await self._connection.execute(
            rise.on_conflict_do_update(index_elements=[shown_upto.c.chat_id], set_=again)
        )

    async def give_up(self, chat_id: int) -> None:
        """What is unknown there stays: it can't be looked for."""
        there = (shown.c.chat_id == chat_id, shown.c.message_id.is_(None))
        await self._connection.execute(delete(shown).where(*there))

    async def gone(self, id: int) -> None:
        """It is not, or no more, in the chat."""
        await self._connection.execute(delete(shown).where(shown.c.id == id))

    async def first(self, limit: int) -> tuple[Shown, ...]:
        """So many that may still be there, the oldest first."""
        rows = await self._connection.execute(_FIRST, {"limit": limit})
        return tuple(Shown(**row) for row in rows.mappings())
