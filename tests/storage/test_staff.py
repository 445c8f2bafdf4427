"""Staff: roles are what the configuration says, names are what people call themselves."""

from bot.news.model import Role, Staff
from storage import Storage
from tests.storage.newsroom import ADMIN, EDITOR, NOW, REPORTER

E, R = Role.EDITOR, Role.REPORTER


async def test_roles_become_exactly_what_is_configured(storage: Storage) -> None:
    async with storage.begin() as db:
        await db.staff.sync({EDITOR: frozenset({E, R}), REPORTER: frozenset({R})}, NOW)
        await db.staff.met(EDITOR, "دبیر", "fa", NOW)
        await db.staff.sync({REPORTER: frozenset({Role.OWNER}), ADMIN: frozenset()}, NOW)

        assert await db.staff.get(EDITOR) == Staff(id=EDITOR, name="دبیر")
        assert await db.staff.get(REPORTER) == Staff(id=REPORTER, name="", roles=frozenset({Role.OWNER}))
        assert await db.staff.get(ADMIN) == Staff(id=ADMIN, name="")
        assert await db.staff.get(404) is None


async def test_people_are_found_by_any_of_their_roles(storage: Storage) -> None:
    async with storage.begin() as db:
        await db.staff.sync(
            {EDITOR: frozenset({E, R}), REPORTER: frozenset({R}), ADMIN: frozenset({Role.CHANNEL_ADMIN})}, NOW
        )

        both = await db.staff.with_role(E, R)

        assert [(person.id, person.roles) for person in both] == [
            (REPORTER, frozenset({R})),
            (EDITOR, frozenset({E, R})),
        ]
        assert [person.id for person in await db.staff.with_role(E)] == [EDITOR]
        assert await db.staff.with_role(Role.OWNER) == ()


async def test_the_language_is_taken_over_only_at_the_first_meeting(storage: Storage) -> None:
    async with storage.begin() as db:
        await db.staff.sync({EDITOR: frozenset({E})}, NOW)
        await db.staff.met(EDITOR, "Editor", "en", NOW)
        await db.staff.met(EDITOR, "دبیر", "fa", NOW)

        assert await db.staff.get(EDITOR) == Staff(
            id=EDITOR, name="دبیر", roles=frozenset({E}), language="en"
        )
        await db.staff.set_language(EDITOR, "fa")
        await db.staff.met(EDITOR, "دبیر", "en", NOW)
        found = await db.staff.get(EDITOR)
        assert found is not None
        assert found.language == "fa"


async def test_a_stranger_is_met_without_a_role(storage: Storage) -> None:
    async with storage.begin() as db:
        await db.staff.met(2**52, "رهگذر\ud800\x00", None, NOW)

        assert await db.staff.get(2**52) == Staff(id=2**52, name="رهگذر��")
