"""The table of strangers who have written. Knows not who may let them in."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, bindparam, delete, func, select, update

from bot.news.people import Knock, KnockState
from storage.columns import LIMIT
from storage.connection import Connection
from storage.engine import insert_into
from storage.schema_people import knocks

_ONE: Final = select(knocks).where(knocks.c.person_id == bindparam("person"))
_OPEN: Final = knocks.c.state == KnockState.OPEN
_PAGE: Final = (
    select(knocks)
    .where(_OPEN)
    .order_by(knocks.c.knocked_at, knocks.c.person_id)
    .offset(bindparam("skip"))
    .limit(LIMIT)
)
_COUNT: Final = select(func.count()).select_from(knocks).where(_OPEN)
_NAMED: Final = select(knocks).where(_OPEN, knocks.c.username == bindparam("name")).limit(LIMIT)


class Knocks:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, knock: Knock) -> bool:
        """Remember one; False if that person is remembered already."""
        values = {name: getattr(knock, name) for name in Knock.__dataclass_fields__}
        added = await self._connection.execute(
            insert_into(self._connection, knocks)
            .values(**values)
            .on_conflict_do_nothing(index_elements=[knocks.c.person_id])
        )
        return added.rowcount > 0

    async def decide(self, knock: Knock) -> None:
        """Remember what has become of one, also of somebody who never knocked."""
        values = {name: getattr(knock, name) for name in Knock.__dataclass_fields__}
        await self._connection.execute(
            insert_into(self._connection, knocks)
            .values(**values)
            .on_conflict_do_update(index_elements=[knocks.c.person_id], set_={"state": knock.state})
        )

    async def settle(self, person_id: int, state: KnockState) -> bool:
        """Decide on an open one; False if somebody has done so already."""
        settled = await self._connection.execute(
            update(knocks).where(knocks.c.person_id == person_id, _OPEN).values(state=state)
        )
        return settled.rowcount > 0

    async def get(self, person_id: int) -> Knock | None:
        found = await self._read(_ONE, person=person_id)
        return found[0] if found else None

    async def named(self, username: str) -> Knock | None:
        """The open one of somebody with that @name, given without the @ and in lower case."""
        found = await self._read(_NAMED, name=username, limit=1)
        return found[0] if found else None

    async def open(self, *, skip: int = 0, limit: int) -> tuple[Knock, ...]:
        """So many of those that wait, the longest first."""
        return await self._read(_PAGE, skip=skip, limit=limit)

    async def count_open(self) -> int:
        return await self._connection.scalar(_COUNT) or 0

    async def forget_before(self, moment: datetime) -> None:
        """Forget those that nobody has decided on since."""
        await self._connection.execute(delete(knocks).where(_OPEN, knocks.c.knocked_at < moment))

    async def _read(self, query: Select[Any], **asked: Any) -> tuple[Knock, ...]:
        rows = await self._connection.execute(query, asked)
        return tuple(Knock(**{**row, "state": KnockState(row["state"])}) for row in rows.mappings())
