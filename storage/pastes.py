"""The table of raw copy that is still coming in. Knows no rule of how parts belong together."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.news.talk import Paste
from storage.schema import pastes


class Pastes:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def open_of(self, person_id: int) -> Paste | None:
        """The person's latest, settled or not."""
        found = await self._read(
            select(pastes).where(pastes.c.person_id == person_id).order_by(pastes.c.id.desc()).limit(1)
        )
        return found[0] if found else None

    async def start(self, person_id: int, text: str, at: datetime, settles_at: datetime | None) -> Paste:
        started = await self._connection.execute(
            insert(pastes)
            .values(
                person_id=person_id,
                text=text,
                last_part=text,
                last_part_at=at,
                settles_at=settles_at,
                refused=False,
            )
            .returning(pastes)
        )
        return Paste(**started.mappings().one())

    async def grow(
        self, id: int, text: str, last_part: str, at: datetime, settles_at: datetime | None
    ) -> None:
        """`text` is the whole as it is now, `last_part` the message that made it so."""
        await self._set(id, text=text, last_part=last_part, last_part_at=at, settles_at=settles_at)

    async def belongs_to(self, id: int, article_id: int) -> None:
        await self._set(id, article_id=article_id)

    async def settle(self, id: int) -> None:
        """No more parts are waited for."""
        await self._set(id, settles_at=None)

    async def refuse(self, id: int, at: datetime) -> None:
        """It is too long; called again for every part that is swallowed."""
        await self._set(id, refused=True, last_part_at=at, settles_at=None)

    async def due(self, now: datetime) -> tuple[Paste, ...]:
        """Those whose last part is not waited for any longer, the longest waiting first."""
        return await self._read(
            select(pastes).where(pastes.c.settles_at <= now).order_by(pastes.c.settles_at, pastes.c.id)
        )

    async def _read(self, query: Select[Any]) -> tuple[Paste, ...]:
        rows = await self._connection.execute(query)
        return tuple(Paste(**row) for row in rows.mappings())

    async def _set(self, id: int, **values: Any) -> None:
        await self._connection.execute(update(pastes).where(pastes.c.id == id).values(**values))
