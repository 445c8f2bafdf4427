"""How readers take a channel's posts: they react, comment, join and leave. By the Bot API's documentation.

Reactions in a channel are anonymous: the bot gets the whole count of a message (`message_reaction_count`), if
it is an administrator and has asked for that kind of update. Comments stand in the channel's discussion
group, in the thread of the post that Telegram has forwarded there by itself.
"""

from collections.abc import Mapping

from bot.simulator import access
from bot.simulator.chats import Chat, Json, Member
from bot.simulator.copied import copied
from bot.simulator.places import known
from bot.simulator.refusal import NotPossible, Refused
from bot.simulator.schema import Parameters
from bot.simulator.world import World

LINK = "https://t.me/+"
LONGEST_NAME = 32


def react(world: World, chat_id: int | str, message_id: int, reactions: Mapping[str, int]) -> list[Json]:
    """Readers react to a post: so many of each emoji it has from now on. Answers its `ReactionCount`s.

    Raises:
        NotPossible: no channel, no such post, or a count below 0.
    """
    chat = _channel(world, chat_id)
    if message_id not in chat.messages:
        raise NotPossible("no such post", 404)
    if any(count < 0 for count in reactions.values()):
        raise NotPossible("fewer than none")
    stored = chat.messages[message_id]
    stored.reactions = {emoji: count for emoji, count in reactions.items() if count}
    counts: list[Json] = [
        {"type": {"type": "emoji", "emoji": emoji}, "total_count": count}
        for emoji, count in stored.reactions.items()
    ]
    told = {"chat": chat.brief(), "message_id": message_id, "date": world.clock.unix(), "reactions": counts}
    if chat.bot.status in {"administrator", "creator"}:
        world.updates.queue("message_reaction_count", told)
    world.changed(chat)
    return [copied(each) for each in counts]


def discuss(world: World, chat_id: int | str, group_id: int | str) -> Json:
    """A channel's administrator links a supergroup to it: posts are forwarded there from now on.

    Raises:
        NotPossible: no channel, or no supergroup.
    """
    chat, group = _channel(world, chat_id), known(world, group_id)
    if group.type != "supergroup":
        raise NotPossible("only supergroups")
    chat.discussion = group.id
    world.changed(chat)
    return chat.brief()


def comment(world: World, chat_id: int | str, message_id: int, sender: int, words: str) -> Json:
    """Somebody comments on a post; who does is a member of the group for that.

    Raises:
        NotPossible: no such post, or no discussion group has it.
    """
    chat = _channel(world, chat_id)
    group = None if chat.discussion is None else world.chats[chat.discussion]
    thread = None if group is None else _thread(group, chat.id, message_id)
    if group is None or thread is None:
        raise NotPossible("that post is not in a discussion group", 404)
    world.meet(sender)
    if not world.member(group, sender).present:
        world.enroll(group, sender, Member(status="member"), by=sender)
    root = {name: item for name, item in group.messages[thread].message.items() if name != "reply_to_message"}
    said = {"message_thread_id": thread, "reply_to_message": root, "text": words}
    stored = world.write(group, said, sender=sender)
    world.tell_bot(group, stored.message)
    return copied(stored.message)


def join(world: World, chat_id: int | str, user: int, link: str | None = None) -> Json:
    """Somebody joins a channel: by one of its invite links (its address or name), or by its @name.

    Raises:
        NotPossible: no channel, no such link, or it was revoked.
    """
    chat = _channel(world, chat_id)
    found = None if link is None else _link(chat, link)
    world.meet(user)
    world.enroll(chat, user, Member(status="member"), by=user, link=found)
    return {"user": user, "status": "member"}


def crowd(world: World, chat_id: int | str, members: int) -> Json:
    """So many others are in a channel, of whom nothing else is known."""
    chat = _channel(world, chat_id)
    chat.audience = members
    return chat.brief()


def make_link(world: World, chat_id: int | str, name: str, creator: int) -> Json:
    """A person makes a named link, in the app. Bots see of its address only the beginning."""
    return _made(world, known(world, chat_id), name, world.user(creator))


def create_chat_invite_link(world: World, call: Parameters) -> Json:
    """The bot makes a link of its own."""
    chat = access.member_only(world, call["chat_id"])
    if chat.is_private or not chat.bot.may("can_invite_users"):
        raise Refused("not enough rights to manage chat invite link")
    name = str(call.get("name") or "")
    if len(name) > LONGEST_NAME:
        raise Refused("INVITE_NAME_TOO_LONG")
    return copied(_made(world, chat, name, world.user(world.me["id"])))


def _made(world: World, chat: Chat, name: str, creator: Json) -> Json:
    url = f"{LINK}{world.number():016x}"
    link = {
        "invite_link": url,
        "creator": creator,
        "creates_join_request": False,
        "is_primary": False,
        "is_revoked": False,
        **({"name": name} if name else {}),
    }
    chat.links[url] = link
    return link


def _link(chat: Chat, wanted: str) -> Json:
    for link in chat.links.values():
        if wanted in {link["invite_link"], link.get("name")} and not link["is_revoked"]:
            return link
    raise NotPossible("no such link", 404)


def _thread(group: Chat, channel_id: int, message_id: int) -> int | None:
    """The message of a discussion group that is that post."""
    for number, stored in group.messages.items():
        origin = stored.message.get("forward_origin", {})
        is_it = origin.get("message_id") == message_id and origin.get("chat", {}).get("id") == channel_id
        if is_it and stored.message.get("is_automatic_forward"):
            return number
    return None


def _channel(world: World, chat_id: int | str) -> Chat:
    chat = known(world, chat_id)
    if not chat.is_channel:
        raise NotPossible("that is no channel")
    return chat
