"""Adding somebody to the staff: by contact, forward, @name or id, or with a link that lets one person in."""

import re

from telegram import MessageOriginUser

from bot.desk import people
from bot.desk.rights import OWNERS
from bot.errors import NotFound
from bot.line.calls import Keyboard
from bot.news.model import Role
from bot.news.posts import for_staff
from bot.news.times import calendar
from bot.words import N_
from handlers import prompts
from handlers.people import roles
from handlers.people.board import page_of_person, role_named
from handlers.phrases import ROLES
from handlers.talk import Talk, button, titled

_NAME = re.compile(r"(?:https?://)?(?:t\.me/|@)([A-Za-z][A-Za-z0-9_]{3,31})/?", re.ASCII)
_MOST_ID = 2**52
"""Telegram's ids have at most 52 significant bits (Bot API, `User.id`)."""


async def ask(talk: Talk) -> None:
    """A press on "add somebody"."""
    talk.desk.require(OWNERS)
    question = talk.words(
        "Who is it? Send me their contact, forward a message of theirs, or write their @name or Telegram id."
    )
    await talk.ask("person", question)
    await talk.answer()


async def answered(talk: Talk, about: dict[str, object]) -> None:
    """Who it is."""
    del about
    talk.desk.require(OWNERS)
    if found := _person(talk):
        await talk.close_question()
        who = await people.add(talk.desk, found[0], for_staff.name(found[1]), talk.house.language)
        await talk.reply(*await page_of_person(talk, who))
    elif name := _NAME.fullmatch(talk.text.strip()):
        await talk.close_question()
        await _named(talk, name[1])
    else:
        await talk.reply(talk.words(_why_not(talk)))


def _person(talk: Talk) -> tuple[int, str] | None:
    """Id and name of whom a message shows: by contact, as who wrote what it passes on, or by an id."""
    message = talk.message
    if message.contact is not None:
        names = (message.contact.first_name, message.contact.last_name)
        id = message.contact.user_id
        return (id, " ".join(filter(None, names))) if id else None
    if isinstance(message.forward_origin, MessageOriginUser):
        user = message.forward_origin.sender_user
        return None if user.is_bot else (user.id, user.full_name or "")
    text = talk.text.strip()
    if message.forward_origin is None and text.isdecimal() and len(text) <= 16 and 0 < int(text) < _MOST_ID:
        return int(text), ""
    return None


def _why_not(talk: Talk) -> str:
    if talk.message.contact is not None:
        return N_("Telegram does not tell me who that contact is: perhaps that number has no Telegram.")
    if talk.message.forward_origin is not None:
        return N_(
            "Who wrote that hides their account from forwards. Use an invitation link, or let them write to "
            "me themselves."
        )
    return N_("I can't read that as a person. Send a contact, a forward, a @name or an id; or use a link.")


async def _named(talk: Talk, username: str) -> None:
    """Telegram tells a bot no id for a @name: who wrote before is known by it, others are invited by it."""
    stranger = await talk.db.knocks.named(username.lower())
    if stranger is not None:
        who = await people.add(talk.desk, stranger.person_id, stranger.name, talk.house.language)
        await talk.reply(*await page_of_person(talk, who))
        return
    await _ask_role(talk, username)


async def invite(talk: Talk) -> None:
    """A press on "invitation link"."""
    talk.desk.require(OWNERS)
    await _ask_role(talk, "")
    await talk.answer()


async def _ask_role(talk: Talk, username: str) -> None:
    say, key = talk.words, talk.update.update_id
    rows: Keyboard = [
        *roles.choice(say, "people.invite_as", key),
        [button(say("✖️ Never mind"), "cancel", key)],
    ]
    if username:
        title = say("I can't look up @{name}: I let them in when they write to me. As what?", name=username)
    else:
        title = say("As what shall the link let somebody in?")
    await talk.prompt(titled(title, ""), rows, key, {"invite": username})


async def invite_as(talk: Talk, key: int, role: str, channel_id: int = -1) -> None:
    """The role is chosen; of a channel admin it is asked of which channels (0 is all)."""
    talk.desk.require(OWNERS)
    given = role_named(role)
    if given not in roles.OFFERED:
        raise NotFound("button")
    if given is Role.CHANNEL_ADMIN and channel_id == -1 and await roles.several_channels(talk):
        await invite_where(talk, key, 0)
        return
    pressed = talk.press.message
    waited = await prompts.close(talk.db, talk.who.id, key, but=pressed.message_id if pressed else None)
    about = next((prompt.about for prompt in waited if "invite" in prompt.about), None)
    if about is None or waited[0].until <= talk.now:
        await talk.strip_pressed()
        await talk.answer(talk.words("That question is not open any more."))
        return
    channel = channel_id if channel_id < -1 else None
    until = calendar.relative(talk.now + people.LASTS, talk.now, talk.house.time_zone, talk.words.language)
    say, name = talk.words, talk.words(ROLES[given])
    if about["invite"]:
        await people.invite_named(talk.desk, about["invite"], given, channel)
        text = say(
            "When @{who} writes to me, they are in ({role}). Until {time}.",
            who=about["invite"], role=name, time=until,
        )  # fmt: skip
    else:
        token = await people.invite(talk.desk, given, channel)
        link = f"https://t.me/{talk.facts['username']}?start={token}"
        text = say(
            "Send them this link ({role}). It lets in one person, until {time}:", role=name, time=until
        )
        text = f"{text}\n{link}"
    await talk.amend(text, [[button(say("‹ Staff"), "people.list", 0)]])
    await talk.answer()


async def invite_where(talk: Talk, key: int, page: int) -> None:
    """Of which channels who is invited shall be an admin."""
    talk.desk.require(OWNERS)
    verb = ("people.invite_as", key, Role.CHANNEL_ADMIN.value)
    rows = await roles.which_channels(talk, page, verb, ("people.invite_where", key))
    rows.append([button(talk.words("✖️ Never mind"), "cancel", key)])
    await talk.amend(talk.words("Channel admin of which channels?"), rows)
    await talk.answer()


async def show_open(talk: Talk) -> None:
    """The open invitations, and a way to revoke each."""
    say, lines = talk.words, []
    rows: Keyboard = []
    for number, one in enumerate(await people.invitations(talk.desk), start=1):
        until = calendar.relative(one.expires_at, talk.now, talk.house.time_zone, say.language)
        whom = f"@{one.username}" if one.username else say("whoever has the link")
        lines.append(
            say(
                "{number}. {who}: {role}, until {time}",
                number=number,
                who=whom,
                role=say(ROLES[one.role]),
                time=until,
            )
        )
        rows.append([button(say("🚫 Revoke {number}", number=number), "people.revoke", one.id)])
    rows.append([button(say("‹ Back"), "people.list", 0)])
    await talk.amend(titled(say("Open invitations: {count}", count=len(lines)), "\n".join(lines)), rows)
    await talk.answer()


async def revoke(talk: Talk, invitation_id: int) -> None:
    await people.revoke(talk.desk, invitation_id)
    await show_open(talk)
