"""People change what stands in a channel by hand: the bot hears of an edit, and of a deletion nothing."""

from typing import Any

from bot.simulator import contents, text
from bot.simulator.chats import CONTENT, FILES, Chat, Json, Member, Stored
from bot.simulator.copied import copied
from bot.simulator.places import known
from bot.simulator.refusal import NotPossible, Refused
from bot.simulator.world import World


def edit(
    world: World, chat_id: int | str, message_id: int, editor: int, words: str, *, entities: Any = None
) -> Json:
    """An administrator edits a post, whoever has made it; buttons and files stay.

    Raises:
        NotPossible: no such post, no right to edit it, or no such words.
    """
    chat, stored = _post(world, chat_id, message_id, editor, "can_edit_messages")
    is_media = bool(set(FILES) & stored.message.keys())
    name, limit = ("caption", text.CAPTION) if is_media else ("text", text.MESSAGE)
    try:
        value, found = text.formatted(words, None, list(entities or ()), limit=limit, lenient=True)
    except Refused as refused:
        raise NotPossible(refused.description) from None
    marks = contents.named(world, found)
    marked = {f"{name}_entities" if is_media else "entities": marks} if marks else {}
    words_of = {"text", "entities", "rich_message", "caption", "caption_entities"}
    kept = {key: item for key, item in stored.message.items() if key not in words_of}
    stored.message = {**kept, "edit_date": world.clock.unix(), name: value, **marked}
    assert set(CONTENT) & stored.message.keys()  # a post has words or a file
    world.changed(chat)
    world.tell_bot(chat, stored.message, edited=True)
    return copied(stored.message)


def delete(world: World, chat_id: int | str, message_id: int, by: int) -> None:
    """An administrator deletes a post; Telegram tells no bot of it.

    Raises:
        NotPossible: no such post, or no right to delete it.
    """
    chat, _ = _post(world, chat_id, message_id, by, "can_delete_messages")
    world.remove(chat, message_id)


def _post(world: World, chat_id: int | str, message_id: int, person: int, right: str) -> tuple[Chat, Stored]:
    chat = known(world, chat_id)
    if not chat.is_channel:
        raise NotPossible("that is no channel")
    if not chat.members.get(person, Member()).may(right):
        raise NotPossible("only administrators with that right", 403)
    if message_id not in chat.messages:
        raise NotPossible("no such post", 404)
    return chat, chat.messages[message_id]
