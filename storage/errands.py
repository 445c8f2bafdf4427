"""The table of pages and files to be read. Knows no web and no kind of file."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from sqlalchemy import RowMapping, Select, bindparam, delete, func, insert, select, text, update

from bot.news import media
from bot.news.errands import Errand
from bot.news.talk import Origin
from storage.connection import Connection
from storage.schema_errands import WAITS, errands

_NEXT: Final = select(errands).where(text(WAITS)).order_by(errands.c.id).limit(bindparam("most"))
_ONE: Final = select(errands).where(errands.c.id == bindparam("which"))


class Errands:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, errand: Errand) -> int:
        """Something to be read; its id."""
        added = await self._connection.execute(
            insert(errands).returning(errands.c.id),
            {
                "person_id": errand.person_id,
                "url": errand.url,
                "file_id": errand.file_id,
                "name": errand.name,
                "note": errand.note,
                "origin": errand.origin and asdict(errand.origin),
                "media": media.as_json(errand.media),
                "asked_at": errand.asked_at,
            },
        )
        return int(added.scalar_one())

    async def get(self, id: int) -> Errand | None:
        found = await self._read(_ONE, which=id)
        return found[0] if found else None

    async def waiting(self, most: int) -> tuple[Errand, ...]:
        """Those that wait, the longest first."""
        return await self._read(_NEXT, most=most)

    async def count_waiting(self, person_id: int) -> int:
        """How many of a person wait."""
        counted = await self._connection.scalar(
            select(func.count()).select_from(errands).where(errands.c.person_id == person_id, text(WAITS))
        )
        return int(counted or 0)

    async def fail(self, id: int, why: str) -> None:
        """It could not be read, and waits for a person's word."""
        await self._set(id, failed=why)

    async def again(self, id: int) -> None:
        """It is to be read once more."""
        await self._set(id, failed=None)

    async def done(self, id: int, article_id: int) -> None:
        """Its story is this one."""
        await self._set(id, article_id=article_id, note="", failed=None)

    async def forget_before(self, moment: datetime, limit: int) -> int:
        """Drop some that were asked for before `moment`, whatever became of them. Returns how many."""
        old = select(errands.c.id).where(errands.c.asked_at < moment).limit(limit)
        gone = await self._connection.execute(delete(errands).where(errands.c.id.in_(old)))
        return gone.rowcount

    async def _set(self, id: int, **values: Any) -> None:
        await self._connection.execute(update(errands).where(errands.c.id == id).values(**values))

    async def _read(self, query: Select[Any], **asked: Any) -> tuple[Errand, ...]:
        rows = await self._connection.execute(query, asked)
        return tuple(_errand(row) for row in rows.mappings())


def _errand(row: RowMapping) -> Errand:
    origin = Origin(**row["origin"]) if row["origin"] else None
    return Errand(**{**row, "origin": origin, "media": media.from_json(row["media"])})
