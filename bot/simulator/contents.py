"""From a call's parameters to what stands in a message: text, caption, media, rich; writes nothing itself."""

from collections.abc import Iterator
from typing import Any

from bot.simulator import text
from bot.simulator.chats import Json
from bot.simulator.refusal import Refused, house
from bot.simulator.schema import Parameters
from bot.simulator.world import World, only

_HIDDEN = frozenset({"photo", "video", "animation"})
"""What can be under a spoiler."""


def of_text(world: World, call: Parameters) -> Json:
    """Text, entities and how its link is shown."""
    value, entities = text.formatted(
        call.get("text", ""), call.get("parse_mode"), call.get("entities"), lenient=world.lenient
    )
    content: Json = {"text": value, **_listed("entities", named(world, entities))}
    return content | only(call, ["link_preview_options"])


def of_caption(world: World, call: Parameters) -> Json:
    """Caption and what goes with it; nothing where there is none."""
    value, entities = text.formatted(
        call.get("caption", ""),
        call.get("parse_mode"),
        call.get("caption_entities"),
        limit=text.CAPTION,
        lenient=world.lenient,
    )
    if not value:
        return {}
    content: Json = {"caption": value, **_listed("caption_entities", named(world, entities))}
    return content | ({"show_caption_above_media": True} if call.get("show_caption_above_media") else {})


def of_media(world: World, kind: str, source: Any, call: Parameters) -> Json:
    """A file with its caption; `call` is the call, or one item of an album."""
    caption = of_caption(world, call)
    content: Json = {**attached(world, kind, source, lenient=world.lenient), **caption}
    return content | ({"has_media_spoiler": True} if call.get("has_spoiler") and kind in _HIDDEN else {})


def attached(world: World, kind: str, source: Any, *, lenient: bool) -> Json:
    """The file as a message has it; an animation is a document too (Bot API, `Message.animation`)."""
    file = world.files.attachment(kind, source, lenient=lenient)
    return {kind: file, **({"document": file} if kind == "animation" else {})}


def of_rich(world: World, call: Parameters) -> Json:
    """A rich message, as its own checker lets it through; its files become files of the world."""
    from bot.simulator.rich import check_rich

    now = world.clock.now().timestamp()
    rich = check_rich(call["rich_message"], lenient=world.lenient, now=now)
    for kind, file_id in _files_in(rich["blocks"], "photo"):
        world.files.adopt(kind, file_id)
    return {"rich_message": rich}


def of_edit(world: World, call: Parameters) -> Json:
    """The new text of editMessageText, which is rich where `rich_message` is given."""
    if "rich_message" not in call:
        return of_text(world, call)
    if "text" in call and not world.lenient:
        raise house("text and rich_message at once")
    return of_rich(world, call)


def of_input_media(world: World, item: Json) -> Json:
    """An `InputMedia`.

    Raises:
        Refused: a kind that this world does not keep.
    """
    if item["type"] not in {"photo", "video", "animation", "audio", "document"}:
        raise house(f"media of type {item['type']} is not simulated", 501)
    return of_media(world, item["type"], item["media"], item)


def named(world: World, entities: list[Json]) -> list[Json]:
    """Mentions of people by id carry the whole user; those nobody knows are dropped, as on Telegram."""
    known = [item for item in entities if item["type"] != "text_mention" or item["user"]["id"] in world.users]
    return [
        {**item, "user": world.user(item["user"]["id"])} if item["type"] == "text_mention" else item
        for item in known
    ]


def reply(world: World, chat_id: int, parameters: Json | None) -> Json:
    """What a reply carries: the message itself, the quoted words, or its origin in another chat.

    Raises:
        Refused: it is not there, or the words are not in it.
    """
    if not parameters:
        return {}
    there = world.chat(parameters.get("chat_id", chat_id))
    stored = there.messages.get(parameters["message_id"])
    if stored is None:
        if parameters.get("allow_sending_without_reply"):
            return {}
        raise Refused("message to be replied not found")
    message = {name: value for name, value in stored.message.items() if name != "reply_to_message"}
    if there.id == chat_id:
        found: Json = {"reply_to_message": message}
    else:
        found = {"external_reply": {"origin": origin(stored.message), "chat": there.brief()}}
        found["external_reply"]["message_id"] = message["message_id"]
    return found | _quote(parameters.get("quote"), message)


def _quote(words: str | None, message: Json) -> Json:
    if not words:
        return {}
    whole = message.get("text") or message.get("caption") or ""
    if words not in whole:
        raise Refused("QUOTE_TEXT_INVALID")
    return {"quote": {"text": words, "position": text.utf16(whole[: whole.index(words)]), "is_manual": True}}


def origin(message: Json) -> Json:
    """The Bot API's `MessageOrigin` of a message; of a forwarded one, where that came from."""
    if "forward_origin" in message:
        kept: Json = message["forward_origin"]
        return kept
    if message["chat"]["type"] == "channel":
        head = {"type": "channel", "date": message["date"], "chat": message["chat"]}
        return {**head, "message_id": message["message_id"]}
    return {"type": "user", "date": message["date"], "sender_user": message["from"]}


def _files_in(value: Any, kind: str) -> Iterator[tuple[str, str]]:
    """The files of rich blocks, with the name of the field that holds each."""
    if isinstance(value, list):
        for item in value:
            yield from _files_in(item, kind)
    elif isinstance(value, dict):
        if "file_unique_id" in value:
            yield kind, value["file_id"]
        for name, item in value.items():
            yield from _files_in(item, name)


def _listed(name: str, entities: list[Json]) -> Json:
    return {name: entities} if entities else {}
