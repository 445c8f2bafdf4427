"""Methods that change or delete a message that is there already: edits, deletions, pins."""

from bot.simulator import access, contents, keyboards
from bot.simulator.chats import CONTENT, FILES, Chat, Json, Stored
from bot.simulator.copied import copied
from bot.simulator.refusal import Refused, house
from bot.simulator.schema import Parameters
from bot.simulator.world import World, only

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
_MEDIA = set(FILES)
_APART = ("document", "audio")
"""Kinds that share an album only among themselves."""
_DELETABLE_FOR = 48 * 3600
"""Seconds: Bot API, `deleteMessage`. TDLib (`can_delete_channel_message`) refuses a bot after two days."""
_AT_ONCE = 100


def edit_message_text(world: World, call: Parameters) -> Json:
    """Text for text, rich for text and the other way round; the keyboard goes unless it is sent again."""
    content = contents.of_edit(world, call)
    chat, stored = _find(world, call)
    if not {"text", "rich_message"} & stored.message.keys():
        raise Refused("there is no text in the message to edit")
    return _replace(world, chat, stored, content, call)


def edit_message_caption(world: World, call: Parameters) -> Json:
    """The words under a picture, a film or a file."""
    caption = contents.of_caption(world, call)
    chat, stored = _find(world, call)
    if not _MEDIA & stored.message.keys():
        raise Refused("there is no caption in the message to edit")
    media = only(stored.message, [*_MEDIA, "has_media_spoiler"])
    return _replace(world, chat, stored, {**media, **caption}, call)


def edit_message_media(world: World, call: Parameters) -> Json:
    """Another file with its caption: in an album one of its like, and none for a voice message."""
    content = contents.of_input_media(world, call["media"])
    chat, stored = _find(world, call)
    if "voice" in stored.message:
        raise Refused("message can't be edited")
    if "media_group_id" in stored.message:
        if "animation" in content:
            raise Refused("animation can't be sent in an album")
        for kind in _APART:
            if (kind in stored.message) != (kind in content):
                raise Refused(f"{kind} can't be mixed with other media types")
    return _replace(world, chat, stored, content, call)


def edit_message_reply_markup(world: World, call: Parameters) -> Json:
    """The keyboard alone; such an edit leaves no edit date."""
    chat, stored = _find(world, call)
    return _replace(world, chat, stored, only(stored.message, CONTENT), call)


def delete_message(world: World, call: Parameters) -> bool:
    """Its own anywhere, people's in private chats and where it has the right."""
    chat = access.member_only(world, call["chat_id"])
    stored = access.kept(chat, call["message_id"], "message to delete not found")
    _deletable(world, chat, stored)
    world.remove(chat, call["message_id"])
    return True


def delete_messages(world: World, call: Parameters) -> bool:
    """Up to 100; those that are not there are skipped."""
    chat = access.member_only(world, call["chat_id"])
    if len(call["message_ids"]) > _AT_ONCE:
        raise Refused("too many message identifiers specified")
    found = [message_id for message_id in call["message_ids"] if message_id in chat.messages]
    for message_id in found:
        _deletable(world, chat, chat.messages[message_id])
    for message_id in found:
        world.remove(chat, message_id)
    return True


def pin_chat_message(world: World, call: Parameters) -> bool:
    """Pins and leaves a service message, which the bot gets as an update though it did it itself."""
    chat = access.member_only(world, call["chat_id"])
    stored = access.kept(chat, call["message_id"], "message to pin not found")
    access.pinnable(chat)
    if call["message_id"] in chat.pinned:
        chat.pinned.remove(call["message_id"])
    chat.pinned.append(call["message_id"])
    pinned = {name: value for name, value in stored.message.items() if name != "reply_to_message"}
    service = world.write(chat, {"pinned_message": pinned})
    world.tell_bot(chat, service.message)
    return True


def unpin_chat_message(world: World, call: Parameters) -> bool:
    """That message, or the newest pin."""
    chat = access.member_only(world, call["chat_id"])
    access.pinnable(chat)
    if not chat.pinned or call.get("message_id", chat.pinned[-1]) not in chat.pinned:
        raise Refused("message to unpin not found")
    chat.pinned.remove(call.get("message_id", chat.pinned[-1]))
    world.changed(chat)
    return True


def unpin_all_chat_messages(world: World, call: Parameters) -> bool:
    """All pins."""
    chat = access.member_only(world, call["chat_id"])
    access.pinnable(chat)
    chat.pinned.clear()
    world.changed(chat)
    return True


def _find(world: World, call: Parameters) -> tuple[Chat, Stored]:
    if "inline_message_id" in call:
        raise house("inline messages are not simulated", 501)
    if "chat_id" not in call:
        raise Refused("chat_id is empty")
    if "message_id" not in call:
        raise Refused("message identifier is not specified")
    chat = access.member_only(world, call["chat_id"])
    stored = access.kept(chat, call["message_id"], "message to edit not found")
    access.editable(chat, stored)
    return chat, stored


def _replace(world: World, chat: Chat, stored: Stored, content: Json, call: Parameters) -> Json:
    markup = keyboards.check(call.get("reply_markup"), inline_only=True)
    old = only(stored.message, CONTENT)
    if content == old and markup == stored.message.get("reply_markup"):
        raise Refused(_NOT_MODIFIED)
    kept = {name: value for name, value in stored.message.items() if name not in {*CONTENT, "reply_markup"}}
    if content != old:
        kept["edit_date"] = world.clock.unix()
    stored.message = {**kept, **copied(content), **({"reply_markup": markup} if markup else {})}
    world.changed(chat)
    return copied(stored.message)


def _deletable(world: World, chat: Chat, stored: Stored) -> None:
    old = world.clock.unix() - stored.message["date"] > _DELETABLE_FOR
    if old:
        raise Refused(
            "message can't be deleted for everyone" if chat.is_private else "message can't be deleted"
        )
    if chat.is_private:
        return
    own = stored.by_bot and (not chat.is_channel or chat.bot.may("can_post_messages"))
    if not own and not chat.bot.may("can_delete_messages"):
        raise Refused("message can't be deleted")
