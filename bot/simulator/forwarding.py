"""Methods that send an existing message on: forwards name their origin, copies do not."""

from typing import Any

from bot.simulator import access, contents, sending
from bot.simulator.chats import CONTENT, FILES, Chat, Json, Stored
from bot.simulator.copied import copied
from bot.simulator.refusal import Refused, house
from bot.simulator.schema import Parameters
from bot.simulator.world import World, only

_PROTECTED = "message has protected content and can't be forwarded"
_AT_ONCE = 100


def forward_message(world: World, call: Parameters) -> Json:
    """One message, with its origin; buttons stay behind."""
    chat, source = _ends(world, call)
    stored = _sendable(source, call["message_id"], "forward")
    sending.hold_back(world, chat, 1)
    return _forward(world, chat, stored, call, None)


def forward_messages(world: World, call: Parameters) -> list[Json]:
    """Several in the order of their ids; those that are not there or may not be forwarded are skipped."""
    return [{"message_id": sent["message_id"]} for sent in _several(world, call, _forward, "forward")]


def copy_message(world: World, call: Parameters) -> Json:
    """One message as if the bot wrote it, with another caption if one is given."""
    chat, source = _ends(world, call)
    content = _content(_sendable(source, call["message_id"], "copy"))
    if "caption" in call and "caption" in _captioned(content):
        content = {name: value for name, value in content.items() if not name.startswith("caption")}
        content |= contents.of_caption(world, call)
    return {"message_id": sending.deliver(world, chat, call, content)["message_id"]}


def copy_messages(world: World, call: Parameters) -> list[Json]:
    """Several; albums stay albums."""
    return [{"message_id": sent["message_id"]} for sent in _several(world, call, _copy, "copy")]


def _ends(world: World, call: Parameters) -> tuple[Chat, Chat]:
    sending.refuse_foreign(call)
    if "message_thread_id" in call:
        raise house('"message_thread_id" of what is sent on is not simulated', 501)
    return access.writable(world, call["chat_id"]), access.member_only(world, call["from_chat_id"])


def _sendable(source: Chat, message_id: int, verb: str) -> Stored:
    stored = access.kept(source, message_id, f"message to {verb} not found")
    if stored.message.get("has_protected_content"):
        raise Refused(_PROTECTED)
    if not _content(stored):
        raise Refused(f"message can't be {'forwarded' if verb == 'forward' else 'copied'}")
    return stored


def _several(world: World, call: Parameters, send: Any, verb: str) -> list[Json]:
    chat, source = _ends(world, call)
    ids = call["message_ids"]
    if not ids or len(ids) > _AT_ONCE:
        raise Refused(
            "message identifiers are not specified" if not ids else "too many message identifiers specified"
        )
    if ids != sorted(set(ids)):
        raise Refused("message identifiers must be in a strictly increasing order")
    found = []
    for message_id in ids:
        try:
            found.append(_sendable(source, message_id, verb))
        except Refused:
            continue
    if not found:
        raise Refused(f"there are no messages to {verb}")
    sending.hold_back(world, chat, len(found))
    albums: dict[str, str] = {}
    return [send(world, chat, stored, call, _album(world, albums, stored)) for stored in found]


def _album(world: World, albums: dict[str, str], stored: Stored) -> str | None:
    old = stored.message.get("media_group_id")
    if old is None:
        return None
    return albums[old] if old in albums else albums.setdefault(old, str(world.number()))


def _forward(world: World, chat: Chat, stored: Stored, call: Parameters, album: str | None) -> Json:
    extras = {"forward_origin": contents.origin(stored.message), **_marks(call, album)}
    return copied(world.write(chat, {**extras, **_content(stored)}).message)


def _copy(world: World, chat: Chat, stored: Stored, call: Parameters, album: str | None) -> Json:
    content = _content(stored)
    if call.get("remove_caption"):
        content = {name: value for name, value in content.items() if not name.startswith("caption")}
    return copied(world.write(chat, {**_marks(call, album), **content}).message)


def _marks(call: Parameters, album: str | None) -> Json:
    marks: Json = {"media_group_id": album} if album else {}
    return marks | ({"has_protected_content": True} if call.get("protect_content") else {})


def _content(stored: Stored) -> Json:
    return only(stored.message, CONTENT)


def _captioned(content: Json) -> set[str]:
    return {"caption"} if set(FILES) & content.keys() else set()
