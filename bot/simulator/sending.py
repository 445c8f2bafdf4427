"""Methods that put a new message into a chat: texts, pictures, files, albums, rich messages."""

from bot.simulator import access, contents, keyboards
from bot.simulator.chats import Chat, Json
from bot.simulator.copied import copied
from bot.simulator.refusal import Refused, house
from bot.simulator.schema import Parameters
from bot.simulator.world import World

ALBUM = 10
_FOREIGN = [
    "business_connection_id",
    "direct_messages_topic_id",
    "message_effect_id",
    "suggested_post_parameters",
    "ephemeral_message_parameters",
]


def send_message(world: World, call: Parameters) -> Json:
    """A text."""
    return _send(world, call, contents.of_text(world, call), "text messages")


def send_rich_message(world: World, call: Parameters) -> Json:
    """Rich blocks."""
    return _send(world, call, contents.of_rich(world, call), "the rich message")


def send_photo(world: World, call: Parameters) -> Json:
    """A picture."""
    return _send_media(world, call, "photo")


def send_document(world: World, call: Parameters) -> Json:
    """A file."""
    return _send_media(world, call, "document")


def send_video(world: World, call: Parameters) -> Json:
    """A film."""
    return _send_media(world, call, "video")


def send_animation(world: World, call: Parameters) -> Json:
    """A film without sound."""
    return _send_media(world, call, "animation")


def send_audio(world: World, call: Parameters) -> Json:
    """A piece of music, or any other sound file."""
    return _send_media(world, call, "audio")


def send_voice(world: World, call: Parameters) -> Json:
    """A voice message."""
    return _send_media(world, call, "voice")


def send_media_group(world: World, call: Parameters) -> list[Json]:
    """An album: 2-10 photos and videos, or documents, or audio files; it counts as so many messages.

    One alone, which the lenient world lets pass, is a message like any other.
    """
    chat = _place(world, call, "photos")
    items = call["media"]
    _check_album(items, lenient=world.lenient)
    ready = [contents.of_input_media(world, item) for item in items]
    extras = _extras(world, chat, call)
    hold_back(world, chat, len(items))
    album = {"media_group_id": str(world.number())} if len(ready) > 1 else {}
    sent = [world.write(chat, {**album, **extras, **content}) for content in ready]
    return [copied(stored.message) for stored in sent]


def deliver(world: World, chat: Chat, call: Parameters, content: Json) -> Json:
    """Writes the bot's message with what every sending method may add."""
    markup = keyboards.check(call.get("reply_markup"), inline_only=chat.is_channel)
    extras = _extras(world, chat, call)
    if markup and keyboards.is_inline(markup):
        extras["reply_markup"] = markup
    hold_back(world, chat, 1)
    plain = markup is not None and not keyboards.is_inline(markup)
    return copied(world.write(chat, {**extras, **content}, plain_keyboard=plain).message)


def hold_back(world: World, chat: Chat, messages: int) -> None:
    """Counts messages against Telegram's limits, where they are switched on.

    Raises:
        Refused: 429.
    """
    wait = world.rates.take(chat.id, world.clock.now(), messages) if world.rates else 0
    if wait:
        raise Refused(f"Too Many Requests: retry after {wait}", 429, {"retry_after": wait})


def refuse_foreign(call: Parameters) -> None:
    """Businesses and the like are not part of this world; better to say so than to pretend.

    Raises:
        Refused: in the house's words.
    """
    for name in _FOREIGN:
        if name in call:
            raise house(f'"{name}" is not simulated', 501)


def _send(world: World, call: Parameters, content: Json, what: str) -> Json:
    return deliver(world, _place(world, call, what), call, content)


def _send_media(world: World, call: Parameters, kind: str) -> Json:
    chat = _place(world, call, f"{kind}s")
    return deliver(world, chat, call, contents.of_media(world, kind, call[kind], call))


def _place(world: World, call: Parameters, what: str) -> Chat:
    refuse_foreign(call)
    return access.writable(world, call["chat_id"], what)


def _extras(world: World, chat: Chat, call: Parameters) -> Json:
    in_topic = access.open_topic(chat, call.get("message_thread_id"))
    protection = {"has_protected_content": True} if call.get("protect_content") else {}
    return contents.reply(world, chat.id, call.get("reply_parameters")) | in_topic | protection


def _check_album(items: list[Json], *, lenient: bool) -> None:
    if not items:
        raise Refused("there are no messages to send")
    if len(items) > ALBUM:
        raise Refused("too many messages to send as an album")
    if len(items) == 1 and not lenient:
        raise house("an album has 2-10 items")
    kinds = {item["type"] for item in items}
    if "animation" in kinds:
        raise Refused("animation can't be sent in an album")
    for kind in ("document", "audio"):
        if kind in kinds and len(kinds) > 1:
            raise Refused(f"{kind} can't be mixed with other media types")
