"""The tables of where a group hears of stories, and of which owners are being guided."""

from typing import Any, Final

from sqlalchemy import bindparam, select

from bot.news.talk import DeskPlace, Guide
from storage.connection import Connection
from storage.engine import insert_into
from storage.schema_review import desk_places, guides

_PLACE: Final = select(desk_places).where(desk_places.c.chat_id == bindparam("chat"))
_GUIDE: Final = select(guides).where(guides.c.person_id == bindparam("person"))
_OPEN: Final = select(guides).where(guides.c.closed.is_(False)).order_by(guides.c.person_id)


class DeskPlaces:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def get(self, chat_id: int) -> DeskPlace:
        """Where the group hears of stories; in "General" where nobody has said otherwise."""
        row = (await self._connection.execute(_PLACE, {"chat": chat_id})).mappings().one_or_none()
        return DeskPlace(**row) if row else DeskPlace(chat_id=chat_id)

    async def put(self, place: DeskPlace) -> None:
        values = {"topic": place.topic, "silent": place.silent}
        await self._connection.execute(
            insert_into(self._connection, desk_places)
            .values(chat_id=place.chat_id, **values)
            .on_conflict_do_update(index_elements=[desk_places.c.chat_id], set_=values)
        )


class Guides:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def get(self, person_id: int) -> Guide | None:
        row = (await self._connection.execute(_GUIDE, {"person": person_id})).mappings().one_or_none()
        return _guide(dict(row)) if row else None

    async def open(self) -> tuple[Guide, ...]:
        """All that are under way."""
        rows = await self._connection.execute(_OPEN)
        return tuple(_guide(dict(row)) for row in rows.mappings())

    async def put(self, guide: Guide) -> None:
        values = {"told": list(guide.told), "confirmed": list(guide.confirmed), "closed": guide.closed}
        await self._connection.execute(
            insert_into(self._connection, guides)
            .values(person_id=guide.person_id, **values)
            .on_conflict_do_update(index_elements=[guides.c.person_id], set_=values)
        )


def _guide(row: dict[str, Any]) -> Guide:
    return Guide(**{**row, "told": tuple(row["told"]), "confirmed": tuple(row["confirmed"])})
