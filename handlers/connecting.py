"""Channels: connecting them, losing them, and their weekly slots."""

import re
from collections.abc import Mapping
from typing import Any

from telegram import Bot, ChatMember, ChatMemberUpdated

from bot import channel
from bot.channel import Keyboard
from bot.desk import SCHEDULERS
from bot.errors import ChannelTrouble, ChatGone, NoSuchTime, Refused, TypedTimeError
from bot.news import slots, typed_slots
from bot.news.model import Channel, Message
from bot.schedule import returned
from bot.words import Words, words
from handlers import lateness
from handlers.phrases import SLOT_EXAMPLES, TROUBLES
from handlers.talk import Talk, button, titled

_LINK = re.compile(r"^(https?://)?(t\.me|telegram\.me)/(?=[A-Za-z])")
MAX_BUTTONS = 60
"""Slots that get a button of their own; Telegram refuses keyboards of more than 100."""


async def look_up(bot: Bot, words: str, person_id: int) -> dict[str, Any]:
    """What Telegram knows of a channel, of the bot and of the person there.

    Raises:
        ChannelTrouble: there is no such channel, or the bot can't see it.
        SendError: Telegram can't be asked.
    """
    name = _LINK.sub("@", words.split(maxsplit=1)[0])
    try:
        chat = await channel.call(bot, "getChat", {"chat_id": name})
        if chat["type"] != "channel":
            raise ChannelTrouble("not_a_channel", name)
        me = await channel.call(bot, "getChatMember", {"chat_id": chat["id"], "user_id": bot.id})
        person = await channel.call(bot, "getChatMember", {"chat_id": chat["id"], "user_id": person_id})
    except (ChatGone, Refused) as error:
        raise ChannelTrouble("not_found", name) from error
    return {"chat": chat, "me": me, "person": person}


async def command(talk: Talk, words: str) -> None:
    """`/connect @name`: Telegram was asked about the channel before (`look_up`)."""
    talk.desk.require(SCHEDULERS)
    if not words:
        await talk.reply(talk.words("Which channel? Make me its administrator, then send /connect @name."))
        return
    chat, me, person = (talk.facts[name] for name in ("chat", "me", "person"))
    title = chat["title"]
    if trouble := _trouble(me, person):
        raise ChannelTrouble(trouble, title)
    await _connect(talk, chat)


def _trouble(me: Mapping[str, Any], person: Mapping[str, Any] | None) -> str | None:
    if me["status"] != ChatMember.ADMINISTRATOR:
        return "bot_not_admin"
    if not me.get("can_post_messages"):
        return "cannot_post"
    if person is not None and person["status"] not in {ChatMember.ADMINISTRATOR, ChatMember.OWNER}:
        return "person_not_admin"
    return None


async def _connect(talk: Talk, chat: Mapping[str, Any]) -> None:
    connected, missed = await talk.schedule.connect(
        chat["id"], chat["title"], chat.get("username"), talk.house.look
    )
    text = "\n".join(
        [talk.words("{channel} is connected.", channel=connected.title), *_missed_line(talk.words, missed)]
    )
    if connected.slots:
        await talk.reply(text, to=talk.who.id)
    else:
        hint = talk.words("Give it weekly slots with /slots, so that stories can be queued.")
        await talk.reply(
            f"{text}\n{hint}", [[button(talk.words("🕰 Add slots"), "addslots", connected.id)]], to=talk.who.id
        )


async def no_channel(talk: Talk) -> None:
    """A press where there is no channel to choose."""
    await talk.answer(
        talk.words("Make me an administrator of a channel, or send /connect @name."), alert=True
    )


async def membership(talk: Talk, change: ChatMemberUpdated) -> None:
    """The bot's place in a channel has changed: staff made it an administrator, or it lost its rights."""
    if change.chat.type != "channel":
        return
    member = change.new_chat_member
    chat = change.chat.to_dict()
    trouble = _trouble(member.to_dict(), None)
    known = await talk.db.channels.get(change.chat.id)
    if trouble is None:
        if known is None or not known.connected:
            if talk.desk.may(SCHEDULERS):
                await _connect(talk, chat)
            elif known is not None:  # rights given back by an admin who is not on our staff
                await _returned(talk, known)
    elif known is not None and known.connected:
        await talk.db.channels.set_trouble(known.id, trouble, connected=False)
        await _lost(talk, known, trouble)


async def _returned(talk: Talk, known: Channel) -> None:
    """Tell those who schedule; what missed its time meanwhile waits for their word."""
    missed = await returned(talk.db, known.id, talk.now)
    for admin in await talk.db.staff.with_role(*SCHEDULERS):
        say = words(admin.language)
        text = say("{channel} is connected.", channel=known.title)
        await talk.reply("\n".join([text, *_missed_line(say, missed)]), to=admin.id)


def _missed_line(say: Words, missed: int) -> list[str]:
    """What to say of posts whose time has passed while the channel was away."""
    return [say("{count} posts missed their time and are held; see /queue.", count=missed)] if missed else []


async def _lost(talk: Talk, lost: Channel, trouble: str) -> None:
    """Tell those who schedule; their posts there wait."""
    for admin in await talk.db.staff.with_role(*SCHEDULERS):
        say = words(admin.language)
        why = say(TROUBLES[trouble], channel=lost.title)
        await talk.reply(f"{why}\n{say('Its posts wait in the queue until then.')}", to=admin.id)


async def slots_command(talk: Talk, words: str) -> None:
    """`/slots`, `/slots @name`, `/slots [@name] sat-wed 8:00,12:30`."""
    channels = await talk.desk.channels()
    if words.startswith("@"):
        name, _, words = words.partition(" ")
        channels = tuple(c for c in channels if (c.username or "").lower() == name.lower().lstrip("@"))
    if not channels:
        await talk.reply(talk.words("No such channel is connected. Connect one with /connect @name."))
        return
    if words.strip() and len(channels) == 1:
        await _add_slots(talk, channels[0].id, words)
        return
    for one in channels:
        await talk.reply(*_board(talk, one))


def _board(talk: Talk, shown: Channel) -> tuple[Message, Keyboard]:
    say = talk.words
    title = say("The weekly slots of {channel}", channel=shown.title)
    body = slots.show(shown.slots, say.language) if shown.slots else say("There are none yet.")
    rows: Keyboard = [[button(say("➕ Add"), "addslots", shown.id)]]
    if shown.slots:
        rows[0].append(button(say("➖ Remove"), "dropslots", shown.id))
    rows.append([button(say("⏱ When posts are late"), "lateness", shown.id)])
    return titled(title, f"{body}\n\n{lateness.rule(shown, say)}"), rows


async def ask_slots(talk: Talk, channel_id: int) -> None:
    """Ask for slots in a sentence; the next message is the answer."""
    asked = await talk.schedule.channel(channel_id)
    question = talk.words("When should {channel} post each week?", channel=asked.title)
    await talk.ask("slots", f"{question}\n{talk.words(SLOT_EXAMPLES)}", channel=asked.id)


async def slots_answered(talk: Talk, about: dict[str, int]) -> None:
    """The answer to `ask_slots`; one that can't be read leaves the question open."""
    if await _add_slots(talk, about["channel"], talk.text):
        await talk.close_question()


async def _add_slots(talk: Talk, channel_id: int, words: str) -> bool:
    try:
        changed = await talk.schedule.add_slots(channel_id, typed_slots.parse(words))
    except NoSuchTime as error:
        problem = talk.words("There is no such day or hour: “{text}”.", text=error.text[:60])
    except TypedTimeError as error:
        problem = talk.words("I could not read “{text}” as weekly slots.", text=error.text[:60])
    else:
        await talk.reply(*_board(talk, changed))
        return True
    await talk.reply(f"{problem}\n{talk.words(SLOT_EXAMPLES)}")
    return False


async def choose_slot(talk: Talk, channel_id: int) -> None:
    """The slots as buttons: a press takes one away."""
    await _removal(talk, await talk.schedule.channel(channel_id))
    await talk.answer()


async def remove_slot(talk: Talk, channel_id: int, slot_id: int) -> None:
    await _removal(talk, await talk.schedule.remove_slot(channel_id, slot_id))
    await talk.answer(talk.words("That slot is removed."))


async def _removal(talk: Talk, shown: Channel) -> None:
    message, _ = _board(talk, shown)
    buttons = [
        button("✖️ " + slots.show((slot,), talk.words.language), "dropslot", shown.id, slot.id)
        for slot in shown.slots[:MAX_BUTTONS]
    ]
    rows = [buttons[start : start + 2] for start in range(0, len(buttons), 2)]
    await talk.amend(message, [*rows, [button(talk.words("‹ Back"), "slots", shown.id)]])


async def show_slots(talk: Talk, channel_id: int) -> None:
    await talk.amend(*_board(talk, await talk.schedule.channel(channel_id)))
    await talk.answer()
