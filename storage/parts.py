"""The table of the messages that a post is made of. Knows no post's state."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.news.talk import PartState, PostPart
from storage.engine import insert_into
from storage.schema import post_parts


class PostParts:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def plan(self, post_id: int, count: int) -> tuple[PostPart, ...]:
        """Have the parts 0 … `count` - 1; what an earlier, longer plan has left unsent goes."""
        await self._connection.execute(
            delete(post_parts).where(
                post_parts.c.post_id == post_id,
                post_parts.c.number >= count,
                post_parts.c.state == PartState.PENDING,
            )
        )
        for number in range(count):
            await self._connection.execute(
                insert_into(self._connection, post_parts)
                .values(post_id=post_id, number=number, state=PartState.PENDING)
                .on_conflict_do_nothing(index_elements=["post_id", "number"])
            )
        return await self.of(post_id)

    async def sending(self, post_id: int, number: int) -> None:
        await self._set(post_id, number, state=PartState.SENDING)

    async def sent(self, post_id: int, number: int, message_id: int, now: datetime) -> None:
        await self._set(post_id, number, state=PartState.SENT, message_id=message_id, sent_at=now)

    async def pending(self, post_id: int, number: int) -> None:
        """It was certainly not sent."""
        await self._set(post_id, number, state=PartState.PENDING)

    async def of(self, post_id: int) -> tuple[PostPart, ...]:
        rows = await self._connection.execute(
            select(post_parts).where(post_parts.c.post_id == post_id).order_by(post_parts.c.number)
        )
        return tuple(
            PostPart(number=row.number, state=PartState(row.state), message_id=row.message_id) for row in rows
        )

    async def _set(self, post_id: int, number: int, **values: Any) -> None:
        await self._connection.execute(
            update(post_parts)
            .where(post_parts.c.post_id == post_id, post_parts.c.number == number)
            .values(**values)
        )
