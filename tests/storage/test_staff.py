"""Staff: roles are what the configuration says, names are what people call themselves."""

from dataclasses import replace

from bot.news.model import Role, Staff
from bot.news.people import Knock, KnockState
from storage import Storage
from tests.storage.newsroom import (
    ADMIN,
    EDITOR,
    MINUTE,
    NEWS,
    NOW,
    REPORTER,
    SPORT,
    stored_channel,
)

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


async def test_what_was_decided_here_is_kept_by_every_start_but_an_owner_of_the_settings_is_one_again(
    storage: Storage,
) -> None:
    settings = {EDITOR: frozenset({E, Role.OWNER}), REPORTER: frozenset({R})}
    async with storage.begin() as db:
        await db.staff.sync(settings, NOW)
        for role in (E, Role.OWNER):
            await db.staff.take(EDITOR, role)
        await db.staff.decided(EDITOR, NOW)
        await db.staff.sync(settings, NOW)

        assert [person.roles for person in await db.staff.with_role(*Role)] == [{R}, {Role.OWNER}]


async def test_an_admin_of_some_channels_is_no_admin_once_none_is_left(storage: Storage) -> None:
    await stored_channel(storage)
    await stored_channel(storage, SPORT, username="sport")
    async with storage.begin() as db:
        await db.staff.known(ADMIN, "مدیر", "fa", NOW)
        for channel_id in (NEWS, SPORT):
            await db.staff.give(ADMIN, Role.CHANNEL_ADMIN, channel_id)
        [admin] = await db.staff.with_role(Role.CHANNEL_ADMIN)
        assert (admin.roles, admin.channels) == (frozenset({Role.CHANNEL_ADMIN}), frozenset({NEWS, SPORT}))
        await db.staff.give(ADMIN, Role.CHANNEL_ADMIN)
        assert await db.staff.get(ADMIN) == Staff(
            id=ADMIN, name="مدیر", roles=frozenset({Role.CHANNEL_ADMIN})
        )
        await db.staff.take(ADMIN, Role.CHANNEL_ADMIN)
        for channel_id in (NEWS, SPORT):
            await db.staff.take(ADMIN, Role.CHANNEL_ADMIN, channel_id)

        assert await db.staff.get(ADMIN) == Staff(id=ADMIN, name="مدیر")
        assert await db.staff.with_role(Role.CHANNEL_ADMIN) == ()


async def test_a_stranger_is_remembered_once_and_an_invitation_used_once(storage: Storage) -> None:
    knock = Knock(person_id=9, name="x", username="guest", said="سلام", knocked_at=NOW)
    async with storage.begin() as db:
        assert [await db.knocks.add(knock), await db.knocks.add(knock)] == [True, False]
        assert await db.knocks.named("guest") == knock
        assert [await db.knocks.settle(9, KnockState.REFUSED) for _ in range(2)] == [True, False]
        assert (await db.knocks.named("guest"), await db.knocks.count_open()) == (None, 0)
        await db.knocks.decide(replace(knock, state=KnockState.ADDED))
        assert await db.knocks.get(9) == replace(knock, state=KnockState.ADDED)

        made = await db.invitations.add(E, by=1, now=NOW, expires_at=NOW + MINUTE, token_hash="h")
        assert await db.invitations.meant_for("h", "", NOW) == await db.invitations.get(made, NOW)
        assert await db.invitations.meant_for("h", "", NOW + MINUTE) is None
        assert [await db.invitations.take(made) for _ in range(2)] == [True, False]
