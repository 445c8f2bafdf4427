"""The table of what looks into channels have forwarded to our own chats. Knows no look.

Noted before the forward and after it, and forgotten when it is deleted: what a crash leaves behind is known.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, insert, select, update

from storage.columns import LIMIT
from storage.connection import Connection
from storage.schema import shown


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

    async def gone(self, id: int) -> None:
        """It is not, or no more, in the chat."""
        await self._connection.execute(delete(shown).where(shown.c.id == id))

    async def first(self, limit: int) -> tuple[Shown, ...]:
        """So many that may still be there, the oldest first."""
        rows = await self._connection.execute(_FIRST, {"limit": limit})
        return tuple(Shown(**row) for row in rows.mappings())
