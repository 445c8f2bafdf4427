"""May the bot do this here? Telegram's answers (`Client.cpp`, `check_chat_access`); changes nothing."""

from bot.simulator.chats import GENERAL, Chat, Stored
from bot.simulator.refusal import Refused
from bot.simulator.world import World

_KICKED = "bot was kicked from the {} chat"
_PERMISSIONS = {
    "photos": "can_send_photos",
    "documents": "can_send_documents",
    "videos": "can_send_videos",
    "animations": "can_send_other_messages",
    "audios": "can_send_audios",
    "voices": "can_send_voice_notes",
}
_ABSENT = "bot is not a member of the {} chat"


def readable(world: World, chat_id: int | str) -> Chat:
    """A chat the bot may look at: a public one also from outside, though not when it was kicked."""
    chat = world.chat(chat_id)
    if chat.is_private:
        return chat
    if chat.bot.status == "kicked":
        raise Refused(_KICKED.format(chat.type), 403)
    if not chat.bot.present and not chat.username:
        raise Refused(_ABSENT.format(chat.type), 403)
    return chat


def member_only(world: World, chat_id: int | str) -> Chat:
    """A chat the bot is in."""
    chat = readable(world, chat_id)
    if chat.is_private and not chat.bot.present:
        blocked = "bot was blocked by the user" if chat.bot.status == "kicked" else None
        raise Refused(blocked or "bot can't initiate conversation with a user", 403)
    if not chat.bot.present:
        raise Refused(_ABSENT.format(chat.type), 403)
    return chat


def writable(world: World, chat_id: int | str, what: str = "text messages") -> Chat:
    """A chat the bot may write to; `what` names the thing in the refusal."""
    chat = member_only(world, chat_id)
    if chat.is_channel and not chat.bot.may("can_post_messages"):
        raise Refused("need administrator rights in the channel chat")
    if chat.bot.status == "restricted" and not chat.bot.rights.get(_permission(what), False):
        raise Refused(f"not enough rights to send {what} to the chat")
    return chat


def open_topic(chat: Chat, thread: int | None) -> dict[str, int | bool]:
    """What a message in that topic carries; "General" is named by no thread.

    Raises:
        Refused: there is no such topic, or it is closed and the bot may not manage topics.
    """
    if thread is not None and (thread == GENERAL or thread not in chat.topics):
        raise Refused("message thread not found")
    if chat.topics.get(thread or GENERAL) and not chat.bot.may("can_manage_topics"):
        raise Refused("TOPIC_CLOSED")
    return {} if thread is None else {"message_thread_id": thread, "is_topic_message": True}


def _permission(what: str) -> str:
    return _PERMISSIONS.get(what, "can_send_messages")


def kept(chat: Chat, message_id: int, missing: str) -> Stored:
    """The message.

    Raises:
        Refused: in the words of `missing`.
    """
    if message_id not in chat.messages:
        raise Refused(missing)
    return chat.messages[message_id]


def editable(chat: Chat, stored: Stored) -> None:
    """Its own messages, in a channel others' too with the right; never forwarded ones.

    Raises:
        Refused: Telegram's words.
    """
    allowed = stored.by_bot and (not chat.is_channel or chat.bot.may("can_post_messages"))
    allowed = allowed or (chat.is_channel and chat.bot.may("can_edit_messages"))
    if not allowed or "forward_origin" in stored.message or stored.plain_keyboard:
        raise Refused("message can't be edited")


def pinnable(chat: Chat) -> None:
    """In a channel pinning is editing, in a supergroup a right of its own.

    Raises:
        Refused: Telegram's words.
    """
    right = "can_edit_messages" if chat.is_channel else "can_pin_messages"
    if not chat.is_private and not chat.bot.may(right):
        raise Refused("not enough rights to manage pinned messages in the chat")
