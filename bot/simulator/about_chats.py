"""Methods that tell about chats and their members, and the one that leaves; they change nothing else."""

from bot.simulator import access
from bot.simulator.chats import Chat, Json, Member, member_json
from bot.simulator.refusal import Refused
from bot.simulator.schema import Parameters
from bot.simulator.world import World

_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def get_chat(world: World, call: Parameters) -> Json:
    """The Bot API's `ChatFullInfo`, with the fields it always has."""
    chat = access.readable(world, call["chat_id"])
    full: Json = {
        **chat.brief(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
        **({"active_usernames": [chat.username]} if chat.username else {}),
        **({"has_protected_content": True} if chat.protected else {}),
        **({"linked_chat_id": linked} if (linked := _linked(world, chat)) else {}),
    }
    if chat.pinned:
        full["pinned_message"] = chat.messages[chat.pinned[-1]].message
    return full


def get_chat_member(world: World, call: Parameters) -> Json:
    """Someone's standing; the bot sees others' only where it administers or the chat is a group."""
    chat = _peopled(world, call)
    user_id = call["user_id"]
    if user_id != world.me["id"] and user_id not in world.users:
        raise Refused("PARTICIPANT_ID_INVALID")
    if user_id != world.me["id"] and chat.is_channel and not chat.bot.may("can_manage_chat"):
        raise Refused("member list is inaccessible")
    return member_json(world.user(user_id), world.member(chat, user_id))


def get_chat_administrators(world: World, call: Parameters) -> list[Json]:
    """The administrators, the bot among them."""
    chat = _peopled(world, call)
    if chat.is_private:
        raise Refused("there are no administrators in the private chat")
    if chat.is_channel and not chat.bot.may("can_manage_chat"):
        raise Refused("member list is inaccessible")
    everyone = {world.me["id"]: chat.bot, **chat.members}
    return [
        member_json(world.user(user_id), member)
        for user_id, member in everyone.items()
        if member.status in {"creator", "administrator"}
    ]


def get_chat_member_count(world: World, call: Parameters) -> int:
    """How many are in it, the bot counted."""
    chat = _peopled(world, call)
    return chat.audience + sum(member.present for member in (chat.bot, *chat.members.values()))


def leave_chat(world: World, call: Parameters) -> bool:
    """The bot goes, and hears that it went."""
    chat = access.member_only(world, call["chat_id"])
    if chat.is_private:
        raise Refused("chat member status can't be changed in private chats")
    world.enroll(chat, world.me["id"], Member(status="left"), by=world.me["id"])
    return True


def _linked(world: World, chat: Chat) -> int | None:
    """A channel's discussion group, or a discussion group's channel."""
    of_channel = (one.id for one in world.chats.values() if one.discussion == chat.id)
    return chat.discussion or next(of_channel, None)


def _peopled(world: World, call: Parameters) -> Chat:
    return access.member_only(world, call["chat_id"])
