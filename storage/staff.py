"""The staff's tables: people and their roles. Knows no rights: what a role may do is the desk's to say."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, bindparam, case, delete, func, insert, select, update

from bot.news.model import Role, Staff
from storage.connection import Connection
from storage.engine import insert_into
from storage.schema_talk import staff, staff_roles

DEFAULT_LANGUAGE = "fa"


_STAFF: Final = (
    select(staff.c.id, staff.c.name, staff.c.language, staff_roles.c.role)
    .outerjoin_from(staff, staff_roles)
    .order_by(staff.c.id)
)
_ONE: Final = _STAFF.where(staff.c.id == bindparam("id"))
_WITH_ROLE: Final = _STAFF.where(
    staff.c.id.in_(
        select(staff_roles.c.person_id).where(staff_roles.c.role.in_(bindparam("roles", expanding=True)))
    )
)


class StaffList:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def sync(
        self, people: Mapping[int, frozenset[Role]], now: datetime, language: str = DEFAULT_LANGUAGE
    ) -> None:
        """Make the roles exactly these; who is not named loses theirs and stays known.

        Who was never met is spoken to in `language`.
        """
        await self._connection.execute(delete(staff_roles))
        for person, roles in people.items():
            await self._connection.execute(
                insert_into(self._connection, staff)
                .values(id=person, name="", language=language, known_at=now)
                .on_conflict_do_nothing(index_elements=[staff.c.id])
            )
            for role in roles:
                await self._connection.execute(insert(staff_roles).values(person_id=person, role=role))

    async def get(self, id: int) -> Staff | None:
        found = await self._read(_ONE, id=id)
        return found[0] if found else None

    async def with_role(self, *roles: Role) -> tuple[Staff, ...]:
        """Who has one of the roles, met or not, by id."""
        return await self._read(_WITH_ROLE, roles=roles)

    async def met(self, id: int, name: str, language: str | None, now: datetime) -> None:
        """A person has written: learn their name, and at the first meeting the language of their app."""
        asked = insert_into(self._connection, staff).values(
            id=id, name=name, language=language or DEFAULT_LANGUAGE, known_at=now, met_at=now
        )
        await self._connection.execute(
            asked.on_conflict_do_update(
                index_elements=[staff.c.id],
                set_={
                    "name": asked.excluded.name,
                    "language": case(
                        (staff.c.met_at.is_(None), asked.excluded.language), else_=staff.c.language
                    ),
                    "met_at": func.coalesce(staff.c.met_at, asked.excluded.met_at),
                },
            )
        )

    async def set_language(self, id: int, language: str) -> None:
        await self._connection.execute(update(staff).where(staff.c.id == id).values(language=language))

    async def _read(self, query: Select[Any], **asked: Any) -> tuple[Staff, ...]:
        rows = await self._connection.execute(query, asked)
        people: dict[int, dict[str, Any]] = {}
        for row in rows:
            person = people.setdefault(row.id, {"name": row.name, "language": row.language, "roles": set()})
            if row.role is not None:
                person["roles"].add(Role(row.role))
        return tuple(
            Staff(id=id, name=person["name"], language=person["language"], roles=frozenset(person["roles"]))
            for id, person in people.items()
        )
