"""Is a message whose answer was lost in the channel? Looks, and decides nothing.

A bot can't read a channel, but ids there rise by one, and the highest id known before the call was kept with
it: what became of the call has a higher one. So the next ids are forwarded to someone of the newsroom,
silently, compared with what was sent, and deleted at once (`forwardMessage` answers with the whole message;
`copyMessage` and `forwardMessages` with ids alone, so they can't serve).

Messages of a protected channel can't be forwarded. There `editMessageReplyMarkup` with the markup sent
asks without changing anything: "message is not modified" is one of the bot's own, "message can't be edited"
another's, "message to edit not found" none (the public Bot API server, `Client.cpp`). A bot that may edit
others' messages can't tell them from its own that way, and would change them: then nobody can say.
"""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from telegram import Bot

from bot.delivery.strays import PROTECTED
from bot.errors import NothingToEdit, Refused
from bot.line import calls
from bot.news.talk import PostPart

type Show = Callable[[int], Awaitable[dict[str, Any]]]
"""Shows the channel's message with an id (`bot.delivery.diary`); raises a SendError where it can't."""

REACH = 4
"""How many ids past the highest known are looked at. Others' posts are known by their updates, so that only
our own messages can be there; the rest is for updates that are on their way."""
MOST = 60
"""Ids in one look; more have come in between than can be looked through."""


class Undecided(Exception):
    """Looking can't tell."""


def candidates(floor: int | None, highest: int | None, known: Iterable[int]) -> list[int]:
    """The ids that the message may have.

    Raises:
        Undecided: the channel's ids were not known when it was sent, or too many have come since.
    """
    if floor is None:
        raise Undecided("no id known there")
    known = frozenset(known)
    last = max(floor, highest or 0) + REACH
    ids = [id for id in range(floor + 1, last + 1) if id not in known]
    if len(ids) > MOST:
        raise Undecided("too many messages since")
    return ids


async def found(
    bot: Bot, chat_id: int, part: PostPart, ids: list[int], *, show: Show, alone: bool, ruled_out: set[int]
) -> tuple[int, ...]:
    """The ids under which the part is in the channel; none if it is certainly not there.

    `show` shows the message with an id for a moment to someone of ours; `alone` says that no other
    message of ours in the channel is without its id. `ruled_out` are ids that another look has seen to be
    something else, and gets those that this one sees: a look that is cut short goes on where it was.

    Raises:
        Undecided: looking can't tell.
        SendError: Telegram could not be asked now.
    """
    absent: set[int] = set()
    for id in ids:
        seen = None if id in ruled_out else await _shown(show, id)
        if seen is None:
            absent.add(id)
            continue
        if seen is _PROTECTED:
            if not alone:
                raise Undecided("two of ours without an id in a protected channel")
            return await _found_protected(bot, chat_id, part, ids)
        if is_same(seen, part):
            return tuple(range(id, id + _size(part)))
        ruled_out |= absent | {id}  # ids rise: below one that is there, nothing can come any more
    return ()


_PROTECTED: dict[str, Any] = {}


def _size(part: PostPart) -> int:
    """How many messages the part becomes."""
    return max(1, len(part.params.get("media", ())))


async def _shown(show: Show, id: int) -> dict[str, Any] | None:
    """The message with that id, None if there is none to show."""
    try:
        return await show(id)
    except Refused as error:
        said = error.description.lower()
        if PROTECTED in said:
            return _PROTECTED
        if isinstance(error, NothingToEdit) or "can't be forwarded" in said:  # gone, or a service message
            return None
        raise Undecided(error.description) from error


async def _found_protected(bot: Bot, chat_id: int, part: PostPart, ids: list[int]) -> tuple[int, ...]:
    """All of ours there that no book knows: it is the part if it is as many messages, one after the other."""
    try:
        me = await calls.call(bot, "getChatMember", {"chat_id": chat_id, "user_id": bot.id})
    except Refused as error:
        raise Undecided(error.description) from error
    if me.get("can_edit_messages"):
        raise Undecided("the bot may edit others' messages there")
    ours = [id for id in ids if await _is_ours(bot, chat_id, part, id)]
    if ours and ours != list(range(ours[0], ours[0] + _size(part))):
        raise Undecided(f"{len(ours)} messages of ours instead of {_size(part)}")
    return tuple(ours)


async def _is_ours(bot: Bot, chat_id: int, part: PostPart, id: int) -> bool:
    markup = {"reply_markup": part.params["reply_markup"]} if "reply_markup" in part.params else {}
    try:
        await calls.call(bot, "editMessageReplyMarkup", {"chat_id": chat_id, "message_id": id, **markup})
    except NothingToEdit as error:
        # Telegram does not say whether the keyboard of a picture in an album may be edited: then this one
        # may be another's as well as ours.
        if part.method == "sendMediaGroup" and "can't be" in error.description.lower():
            raise Undecided("somebody's message beside an album") from error
        return False
    except Refused as error:
        raise Undecided(error.description) from error
    return True


def is_same(seen: dict[str, Any], part: PostPart) -> bool:
    """Whether a message is what the part's call would have made: the same words in the same kind of message.

    Raises:
        Undecided: it is a file without words, and so is the part.
    """
    kind = _kind_seen(seen)
    if kind != _kind_sent(part):
        return False
    words, wanted = _words_seen(seen), _words_sent(part)
    if kind and not wanted and not words:
        raise Undecided("a picture without words")
    return words == wanted


def _kind_seen(message: dict[str, Any]) -> str | None:
    """The kind of file that a message has; an animation has a document too (Bot API, `Message`)."""
    if "animation" in message:
        return "animation"
    return next((kind for kind in calls.SINGLE.values() if kind in message), None)


def _kind_sent(part: PostPart) -> str | None:
    if part.method == "sendMediaGroup":
        return str(part.params["media"][0]["type"])
    return calls.SINGLE.get(part.method)


def _words_seen(message: dict[str, Any]) -> str:
    rich = message.get("rich_message")
    return _bare(joined(rich) if rich else message.get("text") or message.get("caption") or "")


def _words_sent(part: PostPart) -> str:
    match part.method:
        case "sendRichMessage":
            return _bare(joined(part.params["rich_message"]))
        case "sendMediaGroup":
            return _bare(part.params["media"][0].get("caption", ""))
        case _:
            return _bare(part.params.get("text") or part.params.get("caption") or "")


def _bare(text: str) -> str:
    """Without white space: Telegram trims it at the ends and joins it in rich blocks."""
    return "".join(text.split())


def joined(block: Any, separator: str = "") -> str:
    """All words of a tree of rich blocks, in order."""
    if isinstance(block, str):
        return block
    if isinstance(block, list):
        return separator.join(filter(None, (joined(each, separator) for each in block)))
    if isinstance(block, dict):
        values = (joined(value, separator) for key, value in sorted(block.items()) if key not in _NOT_WORDS)
        return separator.join(filter(None, values))
    return ""


_NOT_WORDS = frozenset(
    {"type", "url", "media", "photo", "video", "is_rtl", "name", "size", "language", "label"}
)
"""A list's bullets and numbers are `label`s, which Telegram adds."""
