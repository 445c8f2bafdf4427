"""What an edit in the channel has made of a message of ours. Compares, and decides nothing.

Telegram may join, split and trim formatting, so it is compared by what each character looks like; what it
finds itself (hashtags, addresses) was never sent. A file of the same kind in another's place can't be told:
its id differs at every look.
"""

from collections.abc import Iterable
from typing import Any

from bot.delivery.probe import joined
from bot.line.calls import SINGLE
from bot.news.talk import PostPart

type Call = tuple[str, dict[str, Any]]

_FOUND_BY_TELEGRAM = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"}
)
_SENDS = {kind: method for method, kind in SINGLE.items()}


def standing(part: PostPart, message_id: int, seen: dict[str, Any]) -> Call | None:
    """The call that would send the message as it was seen; None if that is the part's own.

    `message_id` is one of the part's: of an album, that picture's.
    """
    index = part.message_ids.index(message_id)
    there = _call(part, index, seen)
    return None if there is None or is_same(there, (part.method, part.params), index) else there


def is_same(one: Call, other: Call, index: int = 0) -> bool:
    """Whether two calls make messages that look the same; of an album its picture `index`."""
    if one[0] != other[0]:
        return False
    if one[0] == "sendRichMessage":
        return joined(one[1]["rich_message"]) == joined(other[1]["rich_message"])
    return _looks(*_words(one, index)) == _looks(*_words(other, index))


def text_of(call: Call, index: int = 0) -> str:
    """The words of the message that a call sends."""
    method, params = call
    if method == "sendRichMessage":
        return joined(params["rich_message"], "\n")
    return _words(call, index)[0]


def _call(part: PostPart, index: int, seen: dict[str, Any]) -> Call | None:
    name = "text" if "text" in seen else "caption"
    words, marks = seen.get(name, ""), seen.get("entities" if name == "text" else "caption_entities", [])
    if not isinstance(words, str) or not isinstance(marks, list):
        return None  # nothing that a message of Telegram's has
    if "rich_message" in seen:
        return "sendRichMessage", {**part.params, "rich_message": seen["rich_message"]}
    rest: dict[str, Any] = {
        key: part.params[key] for key in ("chat_id", "reply_markup") if key in part.params
    }
    if name == "text":
        preview = {key: part.params[key] for key in ("link_preview_options",) if key in part.params}
        return "sendMessage", {**rest, **preview, "text": words, "entities": _kept(marks)}
    if part.method == "sendMediaGroup":
        captioned = {"caption": words, "caption_entities": _kept(marks)}
        items = [
            {**item, **captioned} if number == index else item
            for number, item in enumerate(part.params["media"])
        ]
        return "sendMediaGroup", {**part.params, "media": items}
    kinds = ("animation", *_SENDS)  # one has a document too (Bot API, `Message`)
    kind = next((kind for kind in kinds if kind in seen), None)
    if kind is None:
        return None
    file = part.params[kind] if SINGLE.get(part.method) == kind else _file(seen[kind])
    return _SENDS[kind], {**rest, kind: file, "caption": words, "caption_entities": _kept(marks)}


def _file(found: Any) -> str:
    """The id of a file; of a picture's sizes the largest."""
    largest = found[-1] if isinstance(found, list) and found else found
    return str(largest.get("file_id", "")) if isinstance(largest, dict) else ""


def _kept(marks: Iterable[Any]) -> list[dict[str, Any]]:
    """The formatting that somebody has given, as it would be sent."""
    return [
        {name: mark[name] for name in ("type", "offset", "length", "url") if name in mark}
        for mark in marks
        if isinstance(mark, dict) and mark.get("type") not in _FOUND_BY_TELEGRAM
    ]


def _words(call: Call, index: int) -> tuple[str, list[dict[str, Any]]]:
    method, params = call
    if method == "sendMessage":
        return params["text"], params.get("entities", [])
    item = params["media"][index] if method == "sendMediaGroup" else params
    return item.get("caption", ""), item.get("caption_entities", [])


def _looks(text: str, marks: list[dict[str, Any]]) -> list[tuple[str, frozenset[tuple[str, str]]]]:
    """Each character that is no blank, with the styles it has."""
    units = text.encode("utf-16-le")
    styles: list[set[tuple[str, str]]] = [set() for _ in range(len(units) // 2)]
    for mark in marks:
        style = (str(mark["type"]), str(mark.get("url", "")).rstrip("/"))
        for place in styles[mark["offset"] : mark["offset"] + mark["length"]]:
            place.add(style)
    found = [(units[2 * n : 2 * n + 2].decode("utf-16-le", "replace"), styles[n]) for n in range(len(styles))]
    return [(unit, frozenset(style)) for unit, style in found if not unit.isspace()]
