"""Who does not work here and writes: shown to the owners once, or let in with an invitation."""

from bot.desk import audience, people
from bot.desk.rights import OWNERS
from bot.errors import NotStaff
from bot.line.calls import Keyboard
from bot.news.model import Message, Role, Staff
from bot.news.people import Knock, token_in
from bot.news.posts import for_staff
from bot.words import Words, words
from handlers import prompts
from handlers.paging import SIZE, page_of, turning
from handlers.people import roles
from handlers.people.board import role_named
from handlers.phrases import explained
from handlers.talk import Talk, button, titled


async def at_the_door(talk: Talk) -> None:
    """A message in private of somebody who does not work here.

    Raises:
        NotStaff: there was no message: a button of before.
    """
    if talk.update.message is None:
        raise NotStaff
    if await let_in_if_invited(talk):
        return
    asked = await _knocked(talk)
    said = explained(NotStaff(), talk.words, zone=talk.house.time_zone, person_id=talk.who.id)
    if asked:
        said = f"{said}\n{talk.words('I have told the owner that you wrote.')}"
    await talk.reply(said)


async def let_in_if_invited(talk: Talk) -> bool:
    """Whether somebody came by an invitation's link, or has the @name that one is for; also of the staff."""
    token = token_in(talk.message.text or "")
    username = _username(talk)
    if not token and not username:
        return False
    before = await talk.db.staff.get(talk.who.id) or talk.who
    found = await people.redeem(talk.db, talk.who, talk.now, token=token, username=username)
    if found is None:
        return False
    guest = await talk.db.staff.get(talk.who.id)
    assert guest is not None  # let in just above
    await roles.greet(talk, guest)
    host = await talk.db.staff.get(found.invited_by)
    if host is not None and before.roles != guest.roles:
        await _tell_host(talk, host, guest)
    return True


def _username(talk: Talk) -> str:
    user = talk.update.effective_user
    return (user.username or "").lower() if user else ""


async def _tell_host(talk: Talk, host: Staff, guest: Staff) -> None:
    say = words(host.language)
    name = for_staff.name(guest.name) or str(guest.id)
    text = say(
        "{name} has used your invitation: {roles}.",
        name=name,
        roles=await roles.in_words(talk.db, guest, say),
    )
    page = [button(say("👤 Their page"), "people.one", guest.id)]
    await talk.reply(text, [page], to=host.id)


async def _knocked(talk: Talk) -> bool:
    """Show a stranger to the owners, each once; whether that was done."""
    said = for_staff.in_one_line(talk.text, 100)
    stranger = Knock(
        person_id=talk.who.id,
        name=talk.who.name,
        username=_username(talk) or None,
        said=said,
        knocked_at=talk.now,
    )
    owners = await audience.holders(talk.db, {Role.OWNER})
    if not owners or not await people.knock(talk.db, stranger):
        return False
    for owner in owners:
        await _show(talk, stranger, owner)
    return True


async def _show(talk: Talk, stranger: Knock, owner: Staff) -> None:
    card = _card(stranger, words(owner.language))
    until = stranger.knocked_at + people.PATIENCE
    about = {"knock": stranger.person_id}
    await prompts.send(
        talk.db, owner.id, card, key=roles.key_of_knock(stranger.person_id), about=about, until=until
    )


def _card(stranger: Knock, say: Words) -> tuple[Message, Keyboard]:
    name = f"{stranger.name} (@{stranger.username})" if stranger.username else stranger.name
    lines = [say("Telegram id: {id}", id=str(stranger.person_id))]
    if stranger.said:
        lines.append(say("They wrote: “{text}”", text=stranger.said))
    lines.append(say("Who is that in your newsroom?"))
    rows = roles.choice(say, "people.let_in", stranger.person_id)
    rows.append([button(say("✖️ Does not work here"), "people.turn_away", stranger.person_id)])
    return titled(say("🚪 {name} has written to me", name=name), "\n".join(lines)), rows


async def let_in(talk: Talk, person_id: int, role: str, channel_id: int = -1) -> None:
    """A press on what a stranger is here; of a channel admin it is asked of which channels (0 is all)."""
    given = role_named(role)
    talk.desk.require(OWNERS)
    if given is Role.CHANNEL_ADMIN and channel_id == -1 and await roles.several_channels(talk):
        await let_in_where(talk, person_id, 0)
        return
    channel = channel_id if channel_id < -1 else None
    guest = await people.let_in(talk.desk, person_id, given, channel, talk.house.language)
    said = talk.words(
        "{name} works here now: {roles}.",
        name=for_staff.name(guest.name) or str(guest.id),
        roles=await roles.in_words(talk.db, guest, talk.words),
    )
    await _decided(talk, person_id, said, [[button(talk.words("👤 Their page"), "people.one", guest.id)]])
    await roles.greet(talk, guest)


async def let_in_where(talk: Talk, person_id: int, page: int) -> None:
    """Of which channels a stranger shall be an admin."""
    talk.desk.require(OWNERS)
    verb = ("people.let_in", person_id, Role.CHANNEL_ADMIN.value)
    rows = await roles.which_channels(talk, page, verb, ("people.let_in_where", person_id))
    rows.append([button(talk.words("‹ Back"), "people.knock", person_id)])
    await talk.amend(talk.words("Channel admin of which channels?"), rows)
    await talk.answer()


async def turn_away(talk: Talk, person_id: int) -> None:
    """A press on "does not work here": they hear nothing of it, and are not shown again."""
    stranger = await people.turn_away(talk.desk, person_id)
    said = talk.words("{name} does not work here; I don't show them again.", name=stranger.name)
    await _decided(talk, person_id, said, [])


async def _decided(talk: Talk, person_id: int, said: str, rows: Keyboard) -> None:
    """The stranger's cards wait no more, in no owner's chat; here stands what was decided."""
    pressed = talk.press.message
    for owner in await audience.holders(talk.db, {Role.OWNER}):
        but = pressed.message_id if pressed and owner.id == talk.who.id else None
        await prompts.close(talk.db, owner.id, roles.key_of_knock(person_id), but=but)
    await talk.amend(said, rows)
    await talk.answer()


async def show_all(talk: Talk, number: int) -> None:
    """All strangers that wait to be decided on."""
    talk.desk.require(OWNERS)
    page = page_of(number, await talk.db.knocks.count_open())
    here = await talk.db.knocks.open(skip=page.skip, limit=SIZE)
    rows = [[button(f"🚪 {each.name}", "people.knock", each.person_id)] for each in here]
    rows += [*turning(talk.words, page, "people.knocks"), [button(talk.words("‹ Back"), "people.list", 0)]]
    await talk.amend(talk.words("Who asks to work here: {count}", count=page.count), rows)
    await talk.answer()


async def show_one(talk: Talk, person_id: int) -> None:
    """A stranger's card in place of a list."""
    talk.desk.require(OWNERS)
    stranger = await people.waiting(talk.desk, person_id)
    await talk.amend(*_card(stranger, talk.words))
    await talk.answer()
