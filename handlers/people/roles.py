"""A role in words, given and taken: who is told of it, and what goes with it. Knows no board."""

from bot.desk import audience
from bot.line import calls
from bot.line.calls import Keyboard
from bot.news.model import Channel, Message, Role, Staff
from bot.news.posts import for_staff
from bot.words import N_, Words, words
from handlers import prompts
from handlers.commands import welcome
from handlers.paging import SIZE, page_of, turning
from handlers.phrases import ROLES, called
from handlers.talk import Talk, button, titled
from storage import Db

OFFERED = (Role.REPORTER, Role.EDITOR, Role.CHANNEL_ADMIN)
"""What can be given to whom nobody knows yet; an owner is made of somebody who works here."""
SIGNS = {Role.REPORTER: "📝", Role.EDITOR: "✍️", Role.CHANNEL_ADMIN: "🗓", Role.OWNER: "🔑"}


async def in_words(db: Db, who: Staff, say: Words) -> str:
    """What somebody is here, with the channels of which they are an admin."""
    named = [say(ROLES[role]) for role in Role if role in who.roles and role is not Role.CHANNEL_ADMIN]
    if Role.CHANNEL_ADMIN in who.roles:
        named.append(await as_admin(db, who.channels, say))
    return say(" and ").join(named) if named else say("no role")


async def as_admin(db: Db, channels: frozenset[int] | None, say: Words) -> str:
    if channels is None:
        return say("channel admin")
    titles = [one.title for id in sorted(channels) if (one := await db.channels.get(id)) is not None]
    return say("channel admin of {channels}", channels=say(", ").join(titles))


def choice(say: Words, *verb: object) -> Keyboard:
    """The roles that a newcomer can get, a button each; `verb` is called with the role."""
    return [[button(f"{SIGNS[role]} {say(ROLES[role]).capitalize()}", *verb, role.value)] for role in OFFERED]


async def which_channels(
    talk: Talk, number: int, verb: tuple[object, ...], turn: tuple[object, ...]
) -> Keyboard:
    """All channels, or one of them: a leaf of buttons; `verb` is called with the channel, 0 is all."""
    page = page_of(number, await talk.db.channels.count())
    here = await talk.db.channels.page(skip=page.skip, limit=SIZE)
    rows = [[button(talk.words("📣 All channels"), *verb, 0)]]
    rows += [[button(f"📣 {one.title}", *verb, one.id)] for one in here]
    return [*rows, *turning(talk.words, page, *turn)]


async def several_channels(talk: Talk) -> bool:
    """Whether there is a choice: with one channel, its admin is one of all."""
    return await talk.db.channels.count() > 1


async def tell_change(talk: Talk, before: Staff, after: Staff) -> None:
    """Somebody is another one here: they hear of it, and have the commands and the cards for it."""
    if before.roles == after.roles and before.channels == after.channels:
        return
    if not after.roles:
        await _part(talk, after)
    else:
        await greet(talk, after)
    if (before.roles ^ after.roles) & {Role.OWNER} or not after.roles:
        await _tell_owners(talk, after)


def key_of_knock(person_id: int) -> int:
    """What joins the cards of one stranger in the owners' chats; no update has a number below zero."""
    return -person_id


async def greet(talk: Talk, who: Staff) -> None:
    """Say to somebody what they are here from now on, and give them their commands.

    However they came in: nobody is asked any more who they are.
    """
    for owner in await audience.holders(talk.db, {Role.OWNER}):
        await prompts.close(talk.db, owner.id, key_of_knock(who.id))
    say = words(who.language)
    title = say("From now on you are here: {roles}", roles=await in_words(talk.db, who, say))
    await talk.reply(titled(title, welcome(who, say)), to=who.id)
    talk.menus.append(who)


async def _part(talk: Talk, gone: Staff) -> None:
    """Their questions and buttons wait no more, the commands leave their menu; cards strip themselves."""
    db, say = talk.db, words(gone.language)
    for prompt in await db.prompts.open_in(gone.id):
        await prompts.close(db, gone.id, prompt.key)
    await db.questions.close(gone.id, gone.id)
    text = say("You don't work here any more, as far as I am concerned. An owner can tell you why.")
    await db.notices.add(gone.id, *calls.message_call(gone.id, Message(text=text)))
    await db.notices.add(gone.id, "deleteMyCommands", {"scope": {"type": "chat", "chat_id": gone.id}})


async def _tell_owners(talk: Talk, after: Staff) -> None:
    said = (
        N_("{name} is here now, decided by {owner}: {roles}")
        if after.roles
        else N_("{owner} has removed {name}.")
    )
    for owner in await audience.holders(talk.db, {Role.OWNER}):
        if owner.id in {talk.who.id, after.id}:
            continue
        say = words(owner.language)
        text = say(
            said,
            name=for_staff.name(after.name) or str(after.id),
            owner=called(talk.who, say),
            roles=await in_words(talk.db, after, say),
        )
        await talk.reply(text, to=owner.id)


def of_channels(who: Staff, channel: Channel) -> bool:
    """Whether somebody is an admin of the channel by itself, not of all."""
    return who.channels is not None and channel.id in who.channels
