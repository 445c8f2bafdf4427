"""What people do to chats: found, protect, upgrade, join, leave, promote, throw out. Knows no texts."""

from typing import Any

from bot.simulator.chats import CHANNEL_RIGHTS, GENERAL, GROUP_RIGHTS, Chat, Json, Member, administrator
from bot.simulator.refusal import NotPossible, Refused
from bot.simulator.world import World

_STATUSES = {"creator", "administrator", "member", "restricted", "left", "kicked"}
_FOUNDER = 103  # who acts where nobody is named
_FIRST_GROUP = -500


def known(world: World, chat_id: int | str) -> Chat:
    """The chat of that id (also as a string) or @name.

    Raises:
        NotPossible: no such chat.
    """
    number = str(chat_id).removeprefix("-")
    try:
        return world.chat(int(chat_id) if number.isascii() and number.isdecimal() else chat_id)
    except Refused as refused:
        raise NotPossible(refused.description.removeprefix("Bad Request: "), 404) from None


def seen(world: World, chat_id: int | str) -> list[Json]:
    """What stands in a chat now."""
    return world.seen(known(world, chat_id))


def enroll(
    world: World,
    chat_id: int | str,
    user: int | str,
    status: str,
    *,
    rights: Any = None,
    by: int | None = None,
) -> Json:
    """Someone joins, leaves, is promoted or thrown out; `user` may be "bot". Answers the new standing.

    `rights` change what a status brings: {right: yes or no}, or a list of the only rights; those that this
    kind of chat has not (`can_pin_messages` in a channel) are passed over, as promoteChatMember does. In a
    private chat the bot `kicked` means blocked. `by` is who does it: 103 unless told, in a private chat its
    person.

    Raises:
        NotPossible: no such chat, status or right.
    """
    chat = known(world, chat_id)
    member = _standing(chat, status, rights)
    user_id = world.me["id"] if user == "bot" else int(user)
    actor = by or (chat.id if chat.is_private else _FOUNDER)
    for person in {user_id, actor} - {world.me["id"]}:
        world.meet(person)
    world.enroll(chat, user_id, member, by=actor)
    return {"user": user_id, "status": status, "rights": member.rights}


def found(world: World, kind: str, title: str, username: str | None = None, by: int = _FOUNDER) -> Json:
    """A new group, supergroup or channel of `by`, without the bot.

    Raises:
        NotPossible: another kind.
    """
    if kind not in {"group", "supergroup", "channel"}:
        raise NotPossible(f"no such kind of chat: {kind}")
    world.meet(by)
    chat_id = min([*world.chats, _FIRST_GROUP]) - 1
    if kind == "group":
        chat_id = (
            min([one.id for one in world.chats.values() if one.type == "group"], default=_FIRST_GROUP) - 1
        )
    chat = Chat(id=chat_id, type=kind, title=title, username=username, members={by: Member(status="creator")})
    world.chats[chat.id] = chat
    world.changed(chat)
    return chat.brief()


def protect(world: World, chat_id: int | str, *, protected: bool) -> Json:
    """Forbids or allows that what is in the chat is sent on; messages that are there follow."""
    chat = known(world, chat_id)
    chat.protected = protected
    for stored in chat.messages.values():
        stored.message.pop("has_protected_content", None)
        stored.message |= {"has_protected_content": True} if protected else {}
    world.changed(chat)
    return chat.brief()


def topic(world: World, chat_id: int | str, thread: int, *, closed: bool = False) -> Json:
    """Makes a topic of a supergroup, closes or reopens it; thread 1 is "General", which every forum has."""
    chat = known(world, chat_id)
    chat.topics = {GENERAL: False, **chat.topics, thread: closed}
    world.changed(chat)
    return chat.brief()


def upgrade(world: World, chat_id: int | str) -> Json:
    """A group becomes a supergroup with another id; both say so, and calls to the old one are refused.

    Raises:
        NotPossible: it is no group.
    """
    old = known(world, chat_id)
    if old.type not in {"group", "supergroup"}:
        raise NotPossible("only groups are upgraded")
    new = Chat(
        id=min(world.chats) - 1,
        type="supergroup",
        title=old.title,
        bot=old.bot,
        members=dict(old.members),
    )
    world.chats[new.id] = new
    by = next(iter(old.members))
    for chat, service in ((old, {"migrate_to_chat_id": new.id}), (new, {"migrate_from_chat_id": old.id})):
        world.tell_bot(chat, world.write(chat, service, sender=by).message)
    old.migrated_to = new.id
    return new.brief()


def _standing(chat: Chat, status: str, rights: Any) -> Member:
    if status not in _STATUSES:
        raise NotPossible(f"no such status: {status}")
    given = dict.fromkeys(rights, True) if isinstance(rights, list) else dict(rights or {})
    if status == "administrator":
        full = administrator(chat.type)
        if unknown := given.keys() - {*CHANNEL_RIGHTS, *GROUP_RIGHTS, "is_anonymous"}:
            raise NotPossible(f"no such rights: {', '.join(sorted(unknown))}")
        given = {right: has for right, has in given.items() if right in {*full.rights, "is_anonymous"}}
        base = dict.fromkeys(full.rights, False) if isinstance(rights, list) else full.rights
        return Member(status=status, rights={**base, **given})
    return Member(status=status, rights=given if status == "restricted" else {})
