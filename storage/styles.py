"""The table of what the newsroom has decided about its spelling. Knows keys and values, and no rule."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, select

from storage.connection import Connection
from storage.engine import insert_into
from storage.schema_talk import house_style

_ALL: Final = select(house_style.c.key, house_style.c.value)


class Styles:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def all(self) -> dict[str, Any]:
        """Every decision, by its key."""
        rows = await self._connection.execute(_ALL)
        return {row.key: row.value for row in rows}

    async def decide(self, key: str, value: Any, *, by: int, now: datetime) -> None:
        """Decide, or decide anew."""
        decided = {"value": value, "changed_by": by, "changed_at": now}
        await self._connection.execute(
            insert_into(self._connection, house_style)
            .values(key=key, **decided)
            .on_conflict_do_update(index_elements=["key"], set_=decided)
        )

    async def forget(self, key: str) -> bool:
        """Back to the configuration; False if there was no decision."""
        gone = await self._connection.execute(delete(house_style).where(house_style.c.key == key))
        return gone.rowcount > 0
