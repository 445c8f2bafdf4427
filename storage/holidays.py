"""The table of holidays that the owner has added or struck. Knows no calendar: `holidays` does."""

from datetime import datetime

from sqlalchemy import delete, select

from storage.connection import Connection
from storage.engine import insert_into
from storage.schema import holidays


class Holidays:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def all(self) -> dict[str, str | None]:
        """Every entry by its day (ISO date, or MM-DD of each Jalali year); None: that day is none."""
        rows = await self._connection.execute(
            select(holidays.c.day, holidays.c.name).order_by(holidays.c.day)
        )
        return {row.day: row.name for row in rows}

    async def put(self, day: str, name: str | None, *, by: int, now: datetime) -> None:
        """Add a holiday or give it another name; None strikes it."""
        known = {"name": name, "changed_by": by, "changed_at": now}
        await self._connection.execute(
            insert_into(self._connection, holidays)
            .values(day=day, **known)
            .on_conflict_do_update(index_elements=["day"], set_=known)
        )

    async def forget(self, day: str) -> bool:
        """Take an entry out; False if there was none."""
        gone = await self._connection.execute(delete(holidays).where(holidays.c.day == day))
        return gone.rowcount > 0
