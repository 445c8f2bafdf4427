"""The table of what troubles the house and was noted. Knows no disk and nobody who is told."""

from datetime import datetime

from sqlalchemy import delete, select

from bot.news.upkeep import Kind, Trouble
from storage.connection import Connection
from storage.engine import insert_into
from storage.schema_upkeep import troubles


class Troubles:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def all(self) -> tuple[Trouble, ...]:
        """Those that last, oldest first."""
        rows = await self._connection.execute(select(troubles).order_by(troubles.c.since, troubles.c.kind))
        return tuple(Trouble(kind=Kind(row.kind), about=row.about, since=row.since) for row in rows)

    async def begin(self, trouble: Trouble) -> bool:
        """Note it; False if it was noted before, and still lasts."""
        begun = await self._connection.execute(
            insert_into(self._connection, troubles)
            .values(kind=trouble.kind, about=trouble.about, since=trouble.since)
            .on_conflict_do_nothing()
        )
        return begun.rowcount > 0

    async def end(self, kind: Kind, about: str = "") -> datetime | None:
        """It is over; since when it lasted, None if it was not noted."""
        return await self._connection.scalar(
            delete(troubles)
            .where(troubles.c.kind == kind, troubles.c.about == about)
            .returning(troubles.c.since)
        )
