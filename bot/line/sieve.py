"""What an update is to us, told before it is stored: whose work, a stranger's word, or nothing at all.

An update that asks for nothing costs no row and waits in nobody's way: a busy group and a stranger who writes
a thousand times hold up no desk. Knows Telegram's shapes, trusts none of them, and knows no verb.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any, NoReturn

from bot.line import received
from bot.news.numbers import Event

GROUPS = frozenset({"group", "supergroup"})
OUTSIDE = frozenset({"left", "kicked"})
READ = frozenset(
    {
        "text",
        "rich_message",
        "photo",
        "video",
        "animation",
        "audio",
        "voice",
        "video_note",
        "document",
        "sticker",
        "poll",
        "location",
        "contact",
    }
)
"""What makes a channel's post something to read; without one it is a service message."""
_LATEST = 2**33
"""Seconds since 1970; a date beyond it is none."""
MOST_ID = 2**63 - 1
"""Ids beyond it fit into no column; Telegram's own have 52 bits."""


class Kind(StrEnum):
    WORK = auto()  # of a member of staff
    CHANNEL = auto()  # our place in a channel was changed by somebody else
    STRANGER = auto()  # somebody who does not work here writes to the bot
    FORGED = auto()  # they press a button
    POST = auto()  # of a channel: only its number and its moment are of interest
    EDITED_POST = auto()  # one of a channel was edited: of interest if it is ours
    OTHER_GROUP = auto()  # something in a group that is not the desk's
    UNNAMED = auto()  # a command of somebody who writes as the group, or as a channel
    RECEIVED = auto()  # it tells how a post is received: it is counted, and then no more needed
    MOVED = auto()  # a group has got another id
    NOTHING = auto()
    UNREADABLE = auto()


@dataclass(frozen=True, kw_only=True)
class Sorted:
    """`who` is the person, or the chat where that is what counts; `number` a message's or the topic's id."""

    kind: Kind
    who: int = 0
    number: int | None = None
    at: int | None = None  # seconds since 1970, of what others have posted in a channel
    query: str = ""
    why: str = ""
    event: Event | None = None


NOTHING = Sorted(kind=Kind.NOTHING)


class UnreadableUpdate(Exception):
    """An update is not what Telegram's documentation says; the cause is chained."""


class _Odd(Exception):
    """Something is not there, or not what Telegram says it is."""


def is_id(value: object) -> bool:
    """Whether it is a number that a database can hold."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MOST_ID


@dataclass(frozen=True, kw_only=True)
class House:
    """Whose bot it is: who works here, the bot's own name, the desk's groups, and whether others are left.

    `discussions` are the groups in which our channels are talked about.
    """

    staff: Collection[int]
    username: str = ""
    groups: Collection[int] = ()
    leaves: bool = False
    discussions: Collection[int] = ()


def sort(update: dict[str, Any], house: House) -> Sorted:
    """What an update is; whatever its shape, nothing is raised."""
    try:
        return _sorted(update, house)
    except _Odd as odd:
        return Sorted(kind=Kind.UNREADABLE, who=_sender(update, house.staff), why=str(odd))


def _sorted(update: dict[str, Any], house: House) -> Sorted:
    if "message" in update:
        return _message(_object(update, "message"), house)
    if "edited_message" in update:
        return _edit(_object(update, "edited_message"), house)
    if "callback_query" in update:
        return _press(_object(update, "callback_query"), house.staff)
    if "channel_post" in update:
        post = _object(update, "channel_post")
        return _post(post)
    if "edited_channel_post" in update:
        post = _object(update, "edited_channel_post")
        where, number = _id(_object(post, "chat"), "id"), _id(post, "message_id")
        return Sorted(kind=Kind.EDITED_POST, who=where, number=number)
    if "my_chat_member" in update:
        return _membership(_object(update, "my_chat_member"), house)
    return _received(update)


def _received(update: dict[str, Any]) -> Sorted:
    if "message_reaction_count" in update:
        return _told(received.reacted(_object(update, "message_reaction_count")))
    if "chat_member" in update:
        return _told(received.moved(_object(update, "chat_member")))
    return NOTHING  # a kind that was not asked for


def _told(event: Event | None) -> Sorted:
    return NOTHING if event is None else Sorted(kind=Kind.RECEIVED, event=event)


def _post(post: dict[str, Any]) -> Sorted:
    at: Any = post.get("date")
    is_seen = is_id(at) and abs(at) < _LATEST and not post.keys().isdisjoint(READ)
    place, number = _id(_object(post, "chat"), "id"), _id(post, "message_id")
    return Sorted(kind=Kind.POST, who=place, number=number, at=at if is_seen else None)


def _message(message: dict[str, Any], house: House) -> Sorted:
    chat = _object(message, "chat")
    place, kind = _id(chat, "id"), chat.get("type")
    if _is_group(chat):
        return _in_group(message, place, house)
    if kind != "private":
        if not _is_word(kind):
            _odd("chat.type")
        return NOTHING
    sender = _object(message, "from")
    person = _id(sender, "id")
    if sender.get("is_bot"):
        return NOTHING
    _id(message, "message_id")
    _id(message, "date")
    return Sorted(kind=Kind.WORK if person in house.staff else Kind.STRANGER, who=person)


def _edit(message: dict[str, Any], house: House) -> Sorted:
    """What one of the staff has changed of a message in private; any other edit asks for nothing."""
    if _object(message, "chat").get("type") != "private":
        return NOTHING
    what = _message(message, house)
    return what if what.kind is Kind.WORK else NOTHING


def _in_group(message: dict[str, Any], place: int, house: House) -> Sorted:
    if is_id(message.get("migrate_from_chat_id")):
        return Sorted(kind=Kind.MOVED, who=place, number=message["migrate_from_chat_id"])
    asks = is_command(message, house.username)
    person = _member(message, house.staff)
    if person and (asks or (place in house.groups and answers_us(message, house.username))):
        return Sorted(kind=Kind.WORK, who=person)
    is_ours = place in house.groups or place in house.discussions
    if house.leaves and not is_ours:
        return Sorted(kind=Kind.OTHER_GROUP, who=place)
    if event := received.talked(message, place, house.discussions):
        return _told(event)
    if asks and isinstance(message.get("sender_chat"), dict) and not message.get("is_automatic_forward"):
        return Sorted(kind=Kind.UNNAMED, who=place, number=topic(message))
    return NOTHING


def _press(press: dict[str, Any], staff: Collection[int]) -> Sorted:
    query = press.get("id")
    if not isinstance(query, str):
        _odd("callback_query.id")
    person = _id(_object(press, "from"), "id")
    if person in staff:
        return Sorted(kind=Kind.WORK, who=person)
    return Sorted(kind=Kind.FORGED, who=person, query=query)


def _membership(change: dict[str, Any], house: House) -> Sorted:
    chat = _object(change, "chat")
    place, status = _id(chat, "id"), _object(change, "new_chat_member").get("status")
    if chat.get("type") == "channel":
        person = _member(change, house.staff)
        return Sorted(kind=Kind.WORK, who=person) if person else Sorted(kind=Kind.CHANNEL, who=place)
    if not _is_word(status):
        _odd("new_chat_member.status")
    is_ours = place in house.groups or place in house.discussions
    if house.leaves and _is_group(chat) and status not in OUTSIDE and not is_ours:
        return Sorted(kind=Kind.OTHER_GROUP, who=place)
    return NOTHING


def is_command(message: dict[str, Any], username: str) -> bool:
    """Whether a message is a command for us: typed by its sender, not passed on or made by another bot."""
    text, entities = message.get("text"), message.get("entities")
    if not isinstance(text, str) or not text.startswith("/") or not isinstance(entities, list):
        return False
    first = entities[0] if entities else None
    if not isinstance(first, dict) or first.get("type") != "bot_command" or first.get("offset") != 0:
        return False
    if message.get("forward_origin") or message.get("via_bot"):
        return False
    length = first.get("length")
    _, _, meant = text[: length if is_id(length) else 0].partition("@")
    return not meant or meant.lower() == username.lower()


def answers_us(message: dict[str, Any], username: str) -> bool:
    """Whether a message is Telegram's "reply" to one of ours."""
    replied = message.get("reply_to_message")
    sender = replied.get("from") if isinstance(replied, dict) else None
    name = sender.get("username") if isinstance(sender, dict) else None
    return isinstance(name, str) and bool(username) and name.lower() == username.lower()


def topic(message: dict[str, Any]) -> int | None:
    """The topic of a group that a message is in; None in one without topics, and in "General"."""
    thread = message.get("message_thread_id")
    return thread if message.get("is_topic_message") and is_id(thread) else None


def _sender(update: dict[str, Any], staff: Collection[int]) -> int:
    """The member of staff who sent something odd, as far as that can be read; 0 where it can't."""
    found = [_member(body, staff) for body in update.values() if isinstance(body, dict)]
    return next(filter(None, found), 0)


def _member(body: dict[str, Any], staff: Collection[int]) -> int:
    """The member of staff whom something is from; 0 if it is nobody's of them."""
    sender = body.get("from")
    person = sender.get("id") if isinstance(sender, dict) else None
    return person if isinstance(person, int) and is_id(person) and person in staff else 0


def _is_group(chat: dict[str, Any]) -> bool:
    return _is_word(chat.get("type")) and chat["type"] in GROUPS


def _is_word(value: object) -> bool:
    return isinstance(value, str)


def _object(parent: dict[str, Any], name: str) -> dict[str, Any]:
    found = parent.get(name)
    if not isinstance(found, dict):
        _odd(name)
    return found


def _id(parent: dict[str, Any], name: str) -> int:
    found = parent.get(name)
    if not isinstance(found, int) or not is_id(found):
        _odd(name)
    return found


def _odd(name: str) -> NoReturn:
    raise _Odd(f"no readable {name}")
