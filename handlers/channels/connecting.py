"""Channels: connecting them, and losing them."""

from collections.abc import Mapping
from typing import Any

from telegram import Bot, ChatMember, ChatMemberUpdated

from bot.desk import audience
from bot.desk.schedule import COMING, returned
from bot.desk.stories import SCHEDULERS
from bot.errors import ChannelTrouble, ChatGone, Refused
from bot.line import calls
from bot.news.model import Channel
from bot.news.posts.channel_names import Unnamed, channel_named
from bot.news.times import calendar
from bot.words import N_, Words, words
from handlers.plan import board
from handlers.talk import Talk, button

NAMED = 10
"""Waiting posts that a notice names."""
SHOWN = 60
"""Characters by which what somebody wrote is recognised."""


async def look_up(bot: Bot, words: str, person_id: int) -> dict[str, Any]:
    """What Telegram knows of a channel, of the bot and of the person there.

    Raises:
        ChannelTrouble: there is no such channel, or the bot can't see it.
        SendError: Telegram can't be asked.
    """
    named = channel_named(words)
    if isinstance(named, Unnamed):
        raise ChannelTrouble(named, _short(words))
    name = str(named.chat)
    try:
        chat = await calls.call(bot, "getChat", {"chat_id": named.chat})
        if chat["type"] != "channel":
            raise ChannelTrouble("not_a_channel", name)
        me = await calls.call(bot, "getChatMember", {"chat_id": chat["id"], "user_id": bot.id})
        person = await calls.call(bot, "getChatMember", {"chat_id": chat["id"], "user_id": person_id})
    except (ChatGone, Refused) as error:
        raise ChannelTrouble("not_found", name) from error
    return {"chat": chat, "me": me, "person": person}


def _short(words: str) -> str:
    return words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"


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
            f"{text}\n{hint}",
            [[button(talk.words("🕰 Add slots"), "channels.add_slots", connected.id)]],
            to=talk.who.id,
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
            if talk.desk.runs(change.chat.id):
                await _connect(talk, chat)
            elif known is not None:  # rights given back by an admin who is not on our staff
                await _returned(talk, known)
    elif known is not None and known.connected:
        await talk.db.channels.set_trouble(known.id, trouble, connected=False)
        await talk.db.cards.touch_planned(known.id)
        await _lost(talk, known, trouble)


async def _returned(talk: Talk, known: Channel) -> None:
    """Tell those who schedule; what missed its time meanwhile waits for their word."""
    missed = await returned(talk.db, known.id, talk.now)
    for admin in await audience.planners(talk.db, known.id):
        say = words(admin.language)
        text = say("{channel} is connected.", channel=known.title)
        await talk.reply("\n".join([text, *_missed_line(say, missed)]), to=admin.id)


def _missed_line(say: Words, missed: int) -> list[str]:
    """What to say of posts whose time has passed while the channel was away."""
    if not missed:
        return []
    text = N_("{count} {count:post|posts} missed {count:its|their} time and {count:is|are} held; see /queue.")
    return [say(text, count=missed)]


_LOST = {
    "bot_not_admin": N_("🚫 I am no administrator of {channel} any more: nothing goes out there."),
    "cannot_post": N_("🚫 In {channel} I may not post any more: nothing goes out there."),
}


_WAY_BACK = N_("Make me an administrator there again, with the right to post; I notice it by myself.")


async def _lost(talk: Talk, lost: Channel, trouble: str) -> None:
    """Tell those who schedule what has happened, what waits there, and what to do."""
    waiting = await talk.db.posts.page_of(lost.id, *COMING, skip=0, limit=NAMED)
    count = await talk.db.posts.count(lost.id, *COMING)
    for admin in await audience.planners(talk.db, lost.id):
        say = words(admin.language)
        lines = [say(_LOST[trouble], channel=lost.title)]
        if waiting:
            lines.append(say("{count} {count:post waits|posts wait} for it:", count=count))
        for post in waiting:
            time = calendar.relative(post.due_at, talk.now, lost.time_zone, say.language)
            lines.append(f"• {time} {await board.headline(talk, post)}")
        if count > len(waiting):
            lines.append(say("… and {count} more", count=count - len(waiting)))
        lines.append(
            say("Make me an administrator there again, with the right to post; I notice it by myself.")
        )
        rows = [[button(say("🗓 Queue"), "plan.board", lost.id)]] if waiting else []
        await talk.reply("\n".join(lines), rows, to=admin.id)
