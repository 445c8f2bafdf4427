"""The owners' verbs on people: roles, strangers who ask, invitations. Knows no Telegram.

The settings' [staff] begins it. Whom an owner has decided on here is what was decided here, whatever the
settings say; only an owner who stands there is one again with each start, so that nobody is ever shut out.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.desk import rights
from bot.desk.logbook import note
from bot.desk.stories import EDITABLE, WAITING, Desk
from bot.errors import LastOwner, NotFound
from bot.news.model import Role, Staff
from bot.news.people import Invitation, Knock, KnockState, hashed
from storage import Db

LASTS = timedelta(hours=48)
"""How long an invitation is open."""
MOST_INVITATIONS = 20
"""Open ones at a time."""
MOST_KNOCKS = 20
"""Strangers whose cards wait at a time: more are not shown to anybody until some are decided on."""
PATIENCE = timedelta(days=14)
"""How long a stranger's card waits; one that nobody decided on is forgotten, and they may ask again."""


@dataclass(frozen=True, kw_only=True)
class Hanging:
    """How many of a person's stories are not out, of their posts wait, and of their stories come back."""

    stories: int = 0
    posts: int = 0
    recurrences: int = 0

    def __bool__(self) -> bool:
        return bool(self.stories or self.posts or self.recurrences)


async def hanging_on(db: Db, person_id: int) -> Hanging:
    """What somebody else has to see to, once a person is gone."""
    return Hanging(
        stories=await db.articles.count_of(person_id, *EDITABLE),
        posts=await db.posts.count_by(person_id, *WAITING),
        recurrences=sum(plan.asked_by == person_id for plan in await db.recurrences.going()),
    )


async def everybody(desk: Desk) -> tuple[Staff, ...]:
    """All who work here, by id."""
    desk.require(rights.OWNERS)
    return await desk.db.staff.with_role(*Role)


async def person(desk: Desk, person_id: int) -> Staff:
    """Somebody who works here, or did.

    Raises:
        NotFound: nobody of that id is known.
    """
    desk.require(rights.OWNERS)
    found = await desk.db.staff.get(person_id)
    if found is None:
        raise NotFound("person")
    return found


async def give(desk: Desk, person_id: int, role: Role, channel_id: int | None = None) -> Staff:
    """Give somebody a role; a channel admin's for all channels, or for one."""
    who = await person(desk, person_id)
    await _give(desk.db, who, role, channel_id, desk.now)
    await note(desk, "give_role", person=person_id, role=role.value, channel=channel_id)
    return await person(desk, person_id)


async def take(desk: Desk, person_id: int, role: Role, channel_id: int | None = None) -> Staff:
    """Take a role from somebody; of a channel admin of all channels that for `channel_id` can't be.

    Raises:
        LastOwner: nobody else is one.
    """
    who = await person(desk, person_id)
    await _take(desk, who, role, channel_id)
    await note(desk, "take_role", person=person_id, role=role.value, channel=channel_id)
    return await person(desk, person_id)


async def remove(desk: Desk, person_id: int) -> Staff:
    """Let somebody work here no more; how they were.

    Raises:
        LastOwner: nobody else is an owner.
    """
    who = await person(desk, person_id)
    for role in Role:
        if role in who.roles:
            await _take(desk, who, role, None)
    gone = Knock(person_id=who.id, name=who.name, knocked_at=desk.now, state=KnockState.REFUSED)
    await desk.db.knocks.decide(gone)  # or their next word would be shown to the owners
    await note(desk, "remove_person", person=person_id, roles=sorted(who.roles))
    return who


async def _give(db: Db, who: Staff, role: Role, channel_id: int | None, now: datetime) -> None:
    if role is not Role.CHANNEL_ADMIN:
        channel_id = None  # the other roles are the newsroom's
    elif channel_id is None:
        for one in who.channels or ():
            await db.staff.take(who.id, role, one)
    elif await db.channels.get(channel_id) is None:
        raise NotFound("channel")
    elif role in who.roles and who.channels is None:  # of all channels until now
        await db.staff.take(who.id, role)
    await db.staff.give(who.id, role, channel_id)
    await db.staff.decided(who.id, now)
    await db.cards.touch_of(who.id)


async def _take(desk: Desk, who: Staff, role: Role, channel_id: int | None) -> None:
    if role is Role.OWNER:
        owners = await desk.db.staff.with_role(Role.OWNER)
        if all(owner.id == who.id for owner in owners):
            raise LastOwner
    if role is Role.CHANNEL_ADMIN and channel_id is None:
        for one in who.channels or ():
            await desk.db.staff.take(who.id, role, one)
    await desk.db.staff.take(who.id, role, channel_id)
    await desk.db.staff.decided(who.id, desk.now)
    await desk.db.cards.touch_of(who.id)


# ── Strangers ───────────────────────────────────────────────────────────────────────────────────────


async def knock(db: Db, stranger: Knock) -> bool:
    """A stranger has written; whether the owners are to be asked about them now: once, and not too many."""
    if await db.knocks.get(stranger.person_id) is not None:
        return False
    if await db.knocks.count_open() >= MOST_KNOCKS:
        await db.knocks.forget_before(stranger.knocked_at - PATIENCE)
        if await db.knocks.count_open() >= MOST_KNOCKS:
            return False
    return await db.knocks.add(stranger)


async def let_in(desk: Desk, person_id: int, role: Role, channel_id: int | None, language: str) -> Staff:
    """Make a stranger who has asked one of the staff.

    Raises:
        NotFound: they have not asked, or somebody has decided on them.
    """
    desk.require(rights.OWNERS)
    stranger = await desk.db.knocks.get(person_id)
    if stranger is None or not await desk.db.knocks.settle(person_id, KnockState.ADDED):
        raise NotFound("knock")
    await desk.db.staff.met(person_id, stranger.name, language, desk.now)
    return await give(desk, person_id, role, channel_id)


async def turn_away(desk: Desk, person_id: int) -> Knock:
    """A stranger who has asked does not work here; they are not shown again.

    Raises:
        NotFound: they have not asked, or somebody has decided on them.
    """
    desk.require(rights.OWNERS)
    stranger = await desk.db.knocks.get(person_id)
    if stranger is None or not await desk.db.knocks.settle(person_id, KnockState.REFUSED):
        raise NotFound("knock")
    await note(desk, "turn_away", person=person_id)
    return stranger


async def waiting(desk: Desk, person_id: int) -> Knock:
    """A stranger who waits to be decided on.

    Raises:
        NotFound: they have not asked, or somebody has decided on them.
    """
    desk.require(rights.OWNERS)
    stranger = await desk.db.knocks.get(person_id)
    if stranger is None or stranger.state is not KnockState.OPEN:
        raise NotFound("knock")
    return stranger


async def add(desk: Desk, person_id: int, name: str, language: str) -> Staff:
    """Somebody whom an owner has named, as they are known from now on; they have no role yet."""
    desk.require(rights.OWNERS)
    await desk.db.staff.known(person_id, name, language, desk.now)
    await desk.db.knocks.settle(person_id, KnockState.ADDED)
    return await person(desk, person_id)


# ── Invitations ─────────────────────────────────────────────────────────────────────────────────────


async def invite(desk: Desk, role: Role, channel_id: int | None = None) -> str:
    """Invite whoever has the link; the token that it ends in, which is told this once and kept nowhere.

    Raises:
        NotFound: there is no such channel, or too many invitations are open.
    """
    token = secrets.token_urlsafe(24)
    await _invited(desk, role, channel_id, token_hash=hashed(token))
    return token


async def invite_named(desk: Desk, username: str, role: Role, channel_id: int | None = None) -> None:
    """Invite whoever has that @name when they write."""
    await _invited(desk, role, channel_id, username=username.removeprefix("@").lower())


async def _invited(desk: Desk, role: Role, channel_id: int | None, **whom: str) -> None:
    desk.require(rights.OWNERS)
    if role is not Role.CHANNEL_ADMIN:
        channel_id = None
    if channel_id is not None and await desk.db.channels.get(channel_id) is None:
        raise NotFound("channel")
    if await desk.db.invitations.count(desk.now) >= MOST_INVITATIONS:
        raise NotFound("room for invitations")
    until = desk.now + LASTS
    more: Mapping[str, Any] = whom
    made = await desk.db.invitations.add(
        role, by=desk.who.id, now=desk.now, expires_at=until, channel_id=channel_id, **more
    )
    await note(desk, "invite", invitation=made, role=role.value, channel=channel_id)


async def invitations(desk: Desk) -> tuple[Invitation, ...]:
    """Those that are open."""
    desk.require(rights.OWNERS)
    return await desk.db.invitations.all(desk.now)


async def revoke(desk: Desk, invitation_id: int) -> None:
    """Nobody can use an invitation any more.

    Raises:
        NotFound: it is used, revoked or over.
    """
    desk.require(rights.OWNERS)
    if not await desk.db.invitations.take(invitation_id):
        raise NotFound("invitation")
    await note(desk, "revoke_invitation", invitation=invitation_id)


async def redeem(
    db: Db, guest: Staff, now: datetime, *, token: str = "", username: str = ""
) -> Invitation | None:
    """Let in who comes with an invitation, once; None where none is meant for them.

    An invitation is worth nothing once who gave it is no owner any more.
    """
    found = await db.invitations.meant_for(hashed(token), username.lower(), now)
    if found is None or not await db.invitations.take(found.id):
        return None
    host = await db.staff.get(found.invited_by)
    if host is None or Role.OWNER not in host.roles:
        return None
    await db.staff.met(guest.id, guest.name, guest.language, now)
    await db.knocks.settle(guest.id, KnockState.ADDED)
    await _give(db, await db.staff.get(guest.id) or guest, found.role, found.channel_id, now)
    await db.audit.log(
        at=now,
        person_id=guest.id,
        verb="redeem_invitation",
        detail={"invitation": found.id, "by": found.invited_by, "role": found.role.value},
    )
    return found
