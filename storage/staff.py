"""The staff's tables: people and their roles. Knows no rights: what a role may do is the desk's to say."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    CompoundSelect,
    and_,
    bindparam,
    case,
    cast,
    delete,
    func,
    literal,
    null,
    or_,
    select,
    union,
    union_all,
    update,
)

from bot.news.model import Role, Staff
from storage.connection import Connection
from storage.engine import insert_into
from storage.schema_people import staff_channels
from storage.schema_talk import staff, staff_roles

DEFAULT_LANGUAGE = "fa"


def _staff(*whose: ColumnElement[bool]) -> CompoundSelect[Any]:
    """A row for each role of each person, and one for each channel that they are an admin of."""
    person = (staff.c.id, staff.c.name, staff.c.language)
    everywhere = select(*person, staff_roles.c.role, cast(null(), BigInteger).label("channel_id"))
    one_channel = select(*person, literal(Role.CHANNEL_ADMIN.value), staff_channels.c.channel_id)
    return union_all(
        everywhere.outerjoin_from(staff, staff_roles).where(*whose),
        one_channel.join_from(staff, staff_channels).where(*whose),
    ).order_by("id")


_ONE: Final = _staff(staff.c.id == bindparam("id"))
_SOME: Final = _staff(staff.c.id.in_(bindparam("ids", expanding=True)))
_WITH_ROLE: Final = _staff(
    or_(
        staff.c.id.in_(
            select(staff_roles.c.person_id).where(staff_roles.c.role.in_(bindparam("roles", expanding=True)))
        ),
        and_(bindparam("admins", type_=Boolean), staff.c.id.in_(select(staff_channels.c.person_id))),
    )
)
_WORKING: Final = union(select(staff_roles.c.person_id), select(staff_channels.c.person_id))
_UNDECIDED: Final = select(staff.c.id).where(staff.c.decided_at.is_(None))


class StaffList:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def sync(
        self, people: Mapping[int, frozenset[Role]], now: datetime, language: str = DEFAULT_LANGUAGE
    ) -> None:
        """Make the roles these, but of those whom an owner has decided on here.

        Of them only an owner is one again. Who is not named loses their roles and stays known; who was never
        met is spoken to in `language`.
        """
        await self._connection.execute(delete(staff_roles).where(staff_roles.c.person_id.in_(_UNDECIDED)))
        for table in (staff_roles, staff_channels):
            await self._connection.execute(delete(table).where(table.c.person_id.in_(_UNDECIDED)))
        for person in people:
            await self.known(person, "", language, now)
        undecided = set((await self._connection.scalars(_UNDECIDED)).all())
        for person, roles in people.items():
            for role in sorted(roles if person in undecided else roles & {Role.OWNER}):
                await self.give(person, role)

    async def known(self, id: int, name: str, language: str, now: datetime) -> None:
        """There is such a person, who need not have written yet."""
        await self._connection.execute(
            insert_into(self._connection, staff)
            .values(id=id, name=name, language=language, known_at=now)
            .on_conflict_do_nothing(index_elements=[staff.c.id])
        )

    async def give(self, id: int, role: Role, channel_id: int | None = None) -> None:
        """Give a known person a role; that of a channel admin also for one channel."""
        if channel_id is None:
            table, values = staff_roles, {"person_id": id, "role": role}
        else:
            table, values = staff_channels, {"person_id": id, "channel_id": channel_id}
        given = insert_into(self._connection, table).values(**values)
        await self._connection.execute(given.on_conflict_do_nothing(index_elements=list(table.primary_key)))

    async def take(self, id: int, role: Role, channel_id: int | None = None) -> None:
        """Take a role, or a channel admin's for one channel."""
        if channel_id is None:
            theirs = delete(staff_roles).where(staff_roles.c.person_id == id, staff_roles.c.role == role)
        else:
            theirs = delete(staff_channels).where(
                staff_channels.c.person_id == id, staff_channels.c.channel_id == channel_id
            )
        await self._connection.execute(theirs)

    async def decided(self, id: int, now: datetime) -> None:
        """An owner has decided here what a person is: the settings say no more of them."""
        await self._connection.execute(update(staff).where(staff.c.id == id).values(decided_at=now))

    async def has_met(self, id: int) -> bool:
        """Whether a person has written to the bot, so that it may write to them."""
        met = await self._connection.scalar(select(staff.c.met_at).where(staff.c.id == id))
        return met is not None

    async def get(self, id: int) -> Staff | None:
        found = await self._read(_ONE, id=id)
        return found[0] if found else None

    async def some(self, ids: Collection[int]) -> dict[int, Staff]:
        """Those of the people who are known, by their ids."""
        return {person.id: person for person in await self._read(_SOME, ids=tuple(ids))}

    async def working(self) -> frozenset[int]:
        """The ids of all who have a role, if only of one channel."""
        return frozenset(await self._connection.scalars(_WORKING))

    async def with_role(self, *roles: Role) -> tuple[Staff, ...]:
        """Who has one of the roles, met or not, by id; channel admins also of one channel."""
        return await self._read(_WITH_ROLE, roles=roles, admins=Role.CHANNEL_ADMIN in roles)

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

    async def _read(self, query: CompoundSelect[Any], **asked: Any) -> tuple[Staff, ...]:
        rows = await self._connection.execute(query, asked)
        people: dict[int, Staff] = {}
        for row in rows:
            person = people.get(row.id) or Staff(id=row.id, name=row.name, language=row.language)
            people[row.id] = _with(person, row.role, row.channel_id)
        return tuple(map(_confined, people.values()))


def _with(person: Staff, role: str | None, channel_id: int | None) -> Staff:
    """The person with what one more row says of them."""
    if channel_id is not None:
        return replace(person, channels=(person.channels or frozenset()) | {channel_id})
    return replace(person, roles=person.roles | {Role(role)}) if role is not None else person


def _confined(person: Staff) -> Staff:
    """A channel admin of all channels is not bound to some; one of some has the role there."""
    if Role.CHANNEL_ADMIN in person.roles:
        return replace(person, channels=None)
    if person.channels:
        return replace(person, roles=person.roles | {Role.CHANNEL_ADMIN})
    return person
