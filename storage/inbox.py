"""The table of updates as they came, stored before Telegram forgets them. Knows nothing of their content."""

from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select, update

from bot.news.talk import InboxState, Incoming
from storage.connection import Connection
from storage.engine import insert_into
from storage.schema_talk import inbox

_NEXT_PENDING: Final = (
    select(inbox.c.update_id, inbox.c.payload, inbox.c.received_at)
    .where(inbox.c.state == InboxState.PENDING)
    .order_by(inbox.c.update_id)
    .limit(1)
)
_NEWEST: Final = select(func.max(inbox.c.update_id))


class Inbox:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def store(
        self, update_id: int, payload: dict[str, object], now: datetime, *, done: bool = False
    ) -> bool:
        """Keep an update, as one that is done with if it asks for nothing; False if it was here before."""
        state = InboxState.DONE if done else InboxState.PENDING
        stored = await self._connection.execute(
            insert_into(self._connection, inbox)
            .values(update_id=update_id, payload=payload, received_at=now, state=state)
            .on_conflict_do_nothing(index_elements=[inbox.c.update_id])
        )
        return stored.rowcount > 0

    async def next_pending(self) -> Incoming | None:
        """The lowest number that is not handled yet."""
        row = (await self._connection.execute(_NEXT_PENDING)).mappings().one_or_none()
        return None if row is None else Incoming(**row)

    async def done(self, update_id: int) -> None:
        await self._connection.execute(
            update(inbox).where(inbox.c.update_id == update_id).values(state=InboxState.DONE)
        )

    async def failed(self, update_id: int, why: str) -> None:
        await self._connection.execute(
            update(inbox).where(inbox.c.update_id == update_id).values(state=InboxState.FAILED, why=why)
        )

    async def last_id(self) -> int | None:
        """The highest number ever stored: the next one is where Telegram goes on."""
        newest: int | None = await self._connection.scalar(_NEWEST)
        return newest

    async def forget_before(self, moment: datetime, limit: int) -> int:
        """Drop what was received before `moment` and is done, the newest aside. Returns how many.

        Only of the `limit` lowest numbers, which came first.
        """
        first = select(inbox.c.update_id).where(inbox.c.state == InboxState.DONE).order_by(inbox.c.update_id)
        forgotten = await self._connection.execute(
            delete(inbox).where(
                inbox.c.update_id.in_(first.limit(limit)),
                inbox.c.received_at < moment,
                inbox.c.update_id < _NEWEST.scalar_subquery(),
            )
        )
        return forgotten.rowcount
