"""People write: texts, pictures, files, forwards, replies, and edits of their own. Knows no bot."""

import base64
from mimetypes import guess_type
from typing import Any

from bot.simulator import contents, split, text, things
from bot.simulator.chats import CONTENT, FILES, GENERAL, UNSENT, Chat, Json, Member
from bot.simulator.copied import copied
from bot.simulator.files import SUFFIXES
from bot.simulator.places import known
from bot.simulator.refusal import NotPossible, Refused
from bot.simulator.schema import Upload
from bot.simulator.world import World, only

_MORE = {
    "entities",
    *FILES,
    *UNSENT,
    "forward_from_chat",
    "forward_from_message_id",
    "reply_to_message_id",
    "media_group_id",
    "message_thread_id",
    "via_bot",
}


def write(world: World, chat_id: int | str, sender: int, words: str = "", **more: Any) -> list[Json]:
    """Someone writes; long text becomes several messages. Answers them as they stand in the chat.

    `more`: entities, one of `FILES` (a URL, any name, or {name, data}), of `UNSENT` (its object or a word),
    forward_from_chat (with forward_from_message_id for a certain message, whose content it takes if no text
    is given), reply_to_message_id, media_group_id, message_thread_id (a topic of the chat), via_bot (the name
    of a bot that made it).

    Raises:
        NotPossible: no such chat, no right to write there, nothing to send, or an unknown field.
    """
    if more.keys() - _MORE:
        raise NotPossible(f"unknown: {', '.join(sorted(more.keys() - _MORE))}")
    words = _as_sent(words)
    chat = _place(world, chat_id, sender)
    extras = _extras(world, chat, more)
    try:
        parts = _contents(world, words, more)
    except Refused as refused:
        raise NotPossible(refused.description) from None
    if not parts:
        raise NotPossible("nothing to send")
    written = [world.write(chat, {**extras, **content}, sender=sender) for content in parts]
    for stored in written:
        world.tell_bot(chat, stored.message)
    return [copied(stored.message) for stored in written]


def rewrite(world: World, chat_id: int | str, message_id: int, words: str, **file: Any) -> Json:
    """Someone edits the text or the caption of a message of theirs; the bot gets it as edited.

    `file`: another one of `FILES` in its place, as in `write`; a text can get one too.

    Raises:
        NotPossible: no such message, or not a person's words.
    """
    words = _as_sent(words)
    if file.keys() - set(FILES) or len(file) > 1:
        raise NotPossible(f"unknown: {', '.join(sorted(file))}")
    chat = known(world, chat_id)
    stored = chat.messages.get(message_id)
    if stored is None or stored.by_bot or not {"text", *FILES} & stored.message.keys():
        raise NotPossible("no text of yours there", 404)
    kept = {name: item for name, item in stored.message.items() if name not in CONTENT}
    try:
        content = _edited(world, stored.message, words, file)
    except Refused as refused:
        raise NotPossible(refused.description) from None
    stored.message = {**kept, "edit_date": world.clock.unix(), **content}
    world.changed(chat)
    world.tell_bot(chat, stored.message, edited=True)
    return copied(stored.message)


def _edited(world: World, message: Json, words: str, file: Json) -> Json:
    for kind, source in file.items():
        return _attached(world, kind, source, words, [])
    if "text" in message:
        value, found = text.formatted(words, lenient=True)
        return _worded(world, "text", "entities", value, found)
    media = only(message, FILES)
    value, found = text.formatted(words, limit=text.CAPTION, lenient=True)
    return {**media, **(_worded(world, "caption", "caption_entities", value, found) if value else {})}


def _as_sent(words: Any) -> str:
    """What the wire carries: half a character (a lone surrogate) is no UTF-8 and arrives as U+FFFD."""
    if not isinstance(words, str):
        raise NotPossible("text must be a string")
    return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _place(world: World, chat_id: int | str, sender: int) -> Chat:
    if str(chat_id) == str(sender) and sender > 0:
        world.arrive(sender)
    chat = known(world, chat_id)
    member = chat.members.get(sender, Member())
    if chat.is_private and chat.id != sender:
        raise NotPossible("that is somebody else's private chat", 403)
    if chat.is_channel and not member.may("can_post_messages"):
        raise NotPossible("only administrators post in a channel", 403)
    if not member.present:
        raise NotPossible("not a member of the group", 403)
    if chat.is_private and not chat.bot.present:
        world.enroll(chat, world.me["id"], Member(status="member"), by=sender)  # writing to a bot unblocks it
    return chat


def _extras(world: World, chat: Chat, more: Json) -> Json:
    extras: Json = {"media_group_id": str(more["media_group_id"])} if more.get("media_group_id") else {}
    if more.get("forward_from_chat"):
        extras["forward_origin"] = _origin(world, more)
    if more.get("via_bot"):
        made_by = {"id": world.me["id"] + 1, "is_bot": True, "first_name": more["via_bot"]}
        extras["via_bot"] = {**made_by, "username": more["via_bot"]}
    if more.get("message_thread_id"):
        extras |= _in_topic(chat, int(more["message_thread_id"]))
    if more.get("reply_to_message_id"):
        number = int(more["reply_to_message_id"])
        if number not in chat.messages:
            raise NotPossible("no such message to reply to", 404)
        extras |= contents.reply(world, chat.id, {"message_id": number})
    return extras


def _in_topic(chat: Chat, thread: int) -> Json:
    if thread == GENERAL or thread not in chat.topics:
        raise NotPossible("no such topic", 404)
    return {"message_thread_id": thread, "is_topic_message": True}


def _origin(world: World, more: Json) -> Json:
    source = known(world, more["forward_from_chat"])
    if source.is_private:
        return {"type": "user", "date": world.clock.unix(), "sender_user": world.user(source.id)}
    number = int(more.get("forward_from_message_id") or source.last_message_id or 1)
    if number in source.messages:
        return contents.origin(source.messages[number].message)
    return {"type": "channel", "date": world.clock.unix(), "chat": source.brief(), "message_id": number}


def _contents(world: World, words: str, more: Json) -> list[Json]:
    entities = more.get("entities") or []
    for kind in FILES:
        if more.get(kind):
            return [_attached(world, kind, more[kind], words, entities)]
    for kind in UNSENT:
        if more.get(kind):
            return [things.sent(kind, more[kind])]
    if not words and more.get("forward_from_message_id"):
        stored = known(world, more["forward_from_chat"]).messages.get(int(more["forward_from_message_id"]))
        return [{name: stored.message[name] for name in CONTENT if name in stored.message}] if stored else []
    made = []
    for part, inside in _parts(words, entities):
        value, found = text.formatted(part, None, inside, lenient=True)
        made.append(_worded(world, "text", "entities", value, found))
    return made


def _attached(world: World, kind: str, source: Any, words: str, entities: list[Json]) -> Json:
    file = contents.attached(world, kind, _named(kind, source), lenient=True)
    value, found = text.formatted(words, None, entities, limit=text.CAPTION, lenient=True)
    return {**file, **(_worded(world, "caption", "caption_entities", value, found) if value else {})}


def _named(kind: str, source: Any) -> str | Upload:
    """A file by its address, by any name, or with its bytes: {name, data (base64)}."""
    if isinstance(source, dict):
        name, data = str(source.get("name") or f"{kind}{SUFFIXES[kind]}"), str(source.get("data", ""))
        try:
            content = base64.b64decode(data, validate=True)
        except ValueError:
            raise NotPossible("data must be base64") from None
        return Upload(name=name, content=content, mime=guess_type(name)[0] or "application/octet-stream")
    name = source if isinstance(source, str) else f"{kind}{SUFFIXES[kind]}"
    return name if "://" in name else f"https://phone.example/{name}"


def _worded(world: World, name: str, entities_name: str, value: str, found: list[Json]) -> Json:
    kept = contents.named(world, found)
    return {name: value, **({entities_name: kept} if kept else {})}


def _parts(words: str, entities: list[Json]) -> list[tuple[str, list[Json]]]:
    """The parts with the entities that fall into each, clipped."""
    made = []
    position = 0
    for part in split.cut(words):
        position = words.index(part, position)
        start, length = text.utf16(words[:position]), text.utf16(part)
        clipped = [_clipped(entity, start, length) for entity in entities]
        made.append((part, [entity for entity in clipped if entity["length"] > 0]))
        position += len(part)
    return made


def _clipped(entity: Json, start: int, length: int) -> Json:
    first = max(entity["offset"] - start, 0)
    last = min(entity["offset"] + entity["length"] - start, length)
    return {**entity, "offset": first, "length": last - first}
