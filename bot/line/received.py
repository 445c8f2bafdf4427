"""What an update tells of how posts are received: reactions, comments, who came and went (Bot API).

Knows Telegram's shapes, trusts none of them, and keeps nobody's name. Telegram sends `message_reaction_count`
and `chat_member` only to bots that ask for them and are administrators there, and a group's comments only to
members that read all of it.
"""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any, TypeGuard

from bot.news.numbers import CUSTOM, NAMED, PAID, Event, Moved, Reacted, Replied, Threaded

_MOST_ID = 2**63 - 1
_MOST = 2**31 - 1
_LATEST = 2**33
_KINDS = 100
"""Kinds of reactions of one message that are kept apart; Telegram shows 11 at most (`max_reaction_count`)."""
_PRESENT = frozenset({"creator", "administrator", "member"})


def reacted(body: dict[str, Any]) -> Reacted | None:
    """A `MessageReactionCountUpdated`; None where it is of no channel, or nothing can be made of it."""
    chat, reactions = body.get("chat"), body.get("reactions")
    at, number = _moment(body.get("date")), _id(body.get("message_id"))
    if not _is_channel(chat) or at is None or number is None or not isinstance(reactions, list):
        return None
    kinds: dict[str, int] = {}
    for each in reactions:
        kind, count = _kind(each), each.get("total_count") if isinstance(each, dict) else None
        if kind and _is_number(count) and 0 <= count <= _MOST and (kind in kinds or len(kinds) < _KINDS):
            kinds[kind] = kinds.get(kind, 0) + count
    if sum(kinds.values()) > _MOST:
        return None
    return Reacted(channel_id=chat["id"], message_id=number, at=at, kinds=tuple(kinds.items()))


def moved(body: dict[str, Any]) -> Moved | None:
    """A `ChatMemberUpdated` of a person in a channel; None where nobody has come or gone."""
    chat, at = body.get("chat"), _moment(body.get("date"))
    was, now = (_is_there(body.get(name)) for name in ("old_chat_member", "new_chat_member"))
    if not _is_channel(chat) or at is None or was is None or now is None or was is now:
        return None
    link = body.get("invite_link")
    name = link.get("name") if isinstance(link, dict) and now else None
    named = name.strip()[:NAMED] if isinstance(name, str) else ""
    return Moved(channel_id=chat["id"], at=at, joined=now, link=named)


def talked(message: dict[str, Any], group_id: int, discussions: Collection[int]) -> Event | None:
    """A message of a discussion group: the channel's own post there, or a comment on one; else None.

    Telegram forwards a channel's post there by itself; what is written below has that one's id as its thread.
    """
    if (origin := _forwarded(message)) is not None:
        number = _id(message.get("message_id"))
        return None if number is None else _thread(group_id, number, origin)
    if group_id not in discussions or _is_service(message):
        return None
    answered = message.get("reply_to_message")
    thread = _id(message.get("message_thread_id"))
    if isinstance(answered, dict) and (origin := _forwarded(answered)) is not None:
        number = _id(answered.get("message_id"))
        return None if number is None else _thread(group_id, number, origin, replies=1)
    if thread is None or message.get("is_topic_message"):
        return None
    return Replied(group_id=group_id, thread_id=thread)


def _thread(group_id: int, thread_id: int, origin: tuple[int, int], *, replies: int = 0) -> Threaded:
    channel_id, message_id = origin
    return Threaded(
        group_id=group_id,
        thread_id=thread_id,
        channel_id=channel_id,
        message_id=message_id,
        replies=replies,
    )


def _forwarded(message: dict[str, Any]) -> tuple[int, int] | None:
    """The channel and the message that Telegram has forwarded by itself; None if that is something else."""
    origin = message.get("forward_origin")
    if message.get("is_automatic_forward") is not True or not isinstance(origin, dict):
        return None
    chat, number = origin.get("chat"), _id(origin.get("message_id"))
    if not _is_channel(chat) or number is None:
        return None
    return int(chat["id"]), number


def _is_service(message: dict[str, Any]) -> bool:
    """Whether nobody has said it: "pinned", "left" and the like."""
    return message.keys().isdisjoint(_SAID)


_SAID = frozenset(
    "text rich_message photo video animation audio voice video_note document sticker poll location contact "
    "venue dice game story paid_media checklist live_photo".split()
)


def _kind(reaction: Any) -> str:
    kind = reaction.get("type") if isinstance(reaction, dict) else None
    match kind:
        case {"type": "emoji", "emoji": str(emoji)}:
            return emoji[:16]
        case {"type": "custom_emoji"}:
            return CUSTOM
        case {"type": "paid"}:
            return PAID
    return ""


def _is_there(member: Any) -> bool | None:
    """Whether a `ChatMember` is in the chat; None where that can't be read."""
    status = member.get("status") if isinstance(member, dict) else None
    if not isinstance(status, str):
        return None
    return status in _PRESENT or (status == "restricted" and member.get("is_member") is True)


def _is_channel(chat: Any) -> TypeGuard[dict[str, Any]]:
    return isinstance(chat, dict) and chat.get("type") == "channel" and _id(chat.get("id")) is not None


def _moment(value: Any) -> datetime | None:
    return datetime.fromtimestamp(value, UTC) if _is_number(value) and 0 <= value < _LATEST else None


def _id(value: Any) -> int | None:
    return value if _is_number(value) and abs(value) <= _MOST_ID else None


def _is_number(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
