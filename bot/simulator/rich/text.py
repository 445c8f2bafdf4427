"""Rich text as JSON: checking the nodes of one, and joining them as Telegram does. It knows no HTML."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import regex

from bot.simulator.rich import buttons, fields, links
from bot.simulator.rich.case import Case, Json, RichText, telegram, unreadable
from bot.simulator.rich.strings import clean

MARKS = frozenset(
    ("bold", "italic", "underline", "strikethrough", "spoiler", "subscript", "superscript", "marked", "code")
)
_FLATTENED = {
    "mention": "username",
    "hashtag": "hashtag",
    "cashtag": "cashtag",
    "bot_command": "bot_command",
    "bank_card_number": "bank_card_number",
}
_FIELDS = {
    **{mark: {"text"} for mark in MARKS},
    **{kind: {"text", name} for kind, name in _FLATTENED.items()},
    "url": {"text", "url"},
    "email_address": {"text", "email_address"},
    "phone_number": {"text", "phone_number"},
    "text_mention": {"text", "user"},
    "date_time": {"text", "unix_time", "date_time_format"},
    "custom_emoji": {"custom_emoji_id", "alternative_text"},
    "mathematical_expression": {"expression"},
    "anchor": {"name"},
    "anchor_link": {"text", "anchor_name"},
    "reference": {"text", "name"},
    "reference_link": {"text", "reference_name"},
    "button": {"button"},
}
_MAX_AHEAD = 1098 * 86_400
_MAX_NESTED_LISTS = 64
_DATE_FORMAT = re.compile(r"r|w?[dD]?[tT]?")
_EMOJI = regex.compile(
    r"(?=\X\Z)(?:\p{Extended_Pictographic}.*|\p{Regional_Indicator}{2}|[0-9#*]\ufe0f?\u20e3)", regex.DOTALL
)
_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2060-\u2064\u2066-\u206f\ufeff]*")


def join(parts: Iterable[RichText]) -> RichText:
    """One text of many: lists opened, neighbouring strings made one, empty ones dropped."""
    joined: list[Any] = []
    for is_plain, run in _runs(_opened(parts)):
        if is_plain:
            joined.append("".join(run))
        else:
            joined += run
    if not joined:
        return ""
    return joined[0] if len(joined) == 1 else joined


def _opened(parts: Iterable[RichText]) -> Iterator[str | Json]:
    for part in parts:
        if isinstance(part, list):
            yield from _opened(part)
        elif part != "":
            yield part


def _runs(parts: Iterable[str | Json]) -> Iterator[tuple[bool, list[Any]]]:
    run: list[Any] = []
    for part in parts:
        if run and isinstance(run[-1], str) != isinstance(part, str):
            yield isinstance(run[-1], str), run
            run = []
        run.append(part)
    if run:
        yield isinstance(run[-1], str), run


def strings(text: RichText) -> Iterator[str]:
    """Everything of a checked text that counts as its characters."""
    if isinstance(text, str):
        yield text
    elif isinstance(text, list):
        for part in text:
            yield from strings(part)
    elif text["type"] == "button":
        yield from strings(text["button"]["text"])
    else:
        yield text.get("alternative_text") or text.get("expression") or ""
        yield from strings(text.get("text", ""))


def is_blank(text: RichText) -> bool:
    return all(_INVISIBLE.fullmatch(part) for part in strings(text))


def is_only_anchors(text: RichText) -> bool:
    nodes = text if isinstance(text, list) else [text]
    return all(
        node["type"] == "anchor" if isinstance(node, dict) else not node.strip(" \n") for node in nodes
    )


def date_time(text: RichText, unix: int, form: str, case: Case) -> Json:
    """Raises Refused for a date that is not after 1970 or more than 1098 days ahead."""
    if not (0 < unix <= case.now + _MAX_AHEAD):
        raise telegram("RICH_MESSAGE_DATE_INVALID")
    return {"type": "date_time", "text": text, "unix_time": unix, "date_time_format": form}


def is_date_format(form: str) -> bool:
    return _DATE_FORMAT.fullmatch(form) is not None


def custom_emoji(identifier: str, alternative: str) -> Json:
    if not _EMOJI.fullmatch(alternative):
        raise telegram("RICH_MESSAGE_EMOJI_INVALID")
    return {"type": "custom_emoji", "custom_emoji_id": identifier, "alternative_text": alternative}


def check(value: Any, case: Case, depth: int, nested: int = 0) -> RichText:
    """Reads a RichText of JSON; `depth` is the level its outermost node would have."""
    if isinstance(value, str):
        return clean(value, case)
    if isinstance(value, dict):
        return _node(value, case, depth, nested)
    if not isinstance(value, list):
        raise unreadable("Invalid rich text specified")
    if nested > _MAX_NESTED_LISTS:
        raise telegram("RICH_MESSAGE_DEPTH_INVALID")
    return join([check(part, case, depth, nested + 1) for part in value])


def _node(value: Json, case: Case, depth: int, nested: int) -> RichText:
    kind = fields.string(value, "type", case)
    if kind not in _FIELDS:
        raise unreadable("Unsupported rich text type")
    case.level(depth)
    fields.known(value, _FIELDS[kind] | {"type"}, case)
    node: Json = {"type": kind}
    if "text" in _FIELDS[kind]:
        node["text"] = check(fields.required(value, "text"), case, depth + 1, nested + 1)
    if kind in MARKS:
        return node
    return _NODES[kind](node, value, case)


def _url(node: Json, value: Json, case: Case) -> RichText:
    node["url"] = links.checked(fields.string(value, "url", case))
    return node


def _email(node: Json, value: Json, case: Case) -> RichText:
    node["email_address"] = links.email(fields.string(value, "email_address", case))
    return node


def _phone(node: Json, value: Json, case: Case) -> RichText:
    node["phone_number"] = links.phone(fields.string(value, "phone_number", case))
    return node


def _flattened(node: Json, _value: Json, _case: Case) -> RichText:
    """What Telegram finds by itself is plain text when a sender names it."""
    return join([node["text"]])


def _mention(node: Json, value: Json, _case: Case) -> RichText:
    user = fields.mapping(value, "user")
    node["user"] = links.user(fields.integer(user, "id"))
    return node


def _date(node: Json, value: Json, case: Case) -> RichText:
    form = fields.string(value, "date_time_format", case, "")
    if not is_date_format(form):
        raise telegram("invalid date-time format specified")
    unix = fields.integer(value, "unix_time")
    if unix <= 0:
        raise telegram("invalid date specified")
    return date_time(node["text"], unix, form, case)


def _custom_emoji(_node: Json, value: Json, case: Case) -> RichText:
    identifier = fields.string(value, "custom_emoji_id", case)
    if not re.fullmatch(r"-?[1-9][0-9]{0,18}", identifier):
        raise telegram("invalid custom emoji identifier specified")
    return custom_emoji(identifier, fields.string(value, "alternative_text", case))


def _expression(node: Json, value: Json, case: Case) -> RichText:
    node["expression"] = fields.string(value, "expression", case)
    if not node["expression"].strip():
        raise telegram("RICH_MESSAGE_CONTENT_REQUIRED")
    return node


def _anchor(node: Json, value: Json, case: Case) -> RichText:
    node["name"] = fields.string(value, "name", case)
    case.anchors.add(node["name"])
    return node


def _reference(node: Json, value: Json, case: Case) -> RichText:
    node["name"] = fields.string(value, "name", case)
    return links.reference(node["name"], node["text"], case)


def _jump(node: Json, value: Json, case: Case) -> RichText:
    name = "anchor_name" if node["type"] == "anchor_link" else "reference_name"
    node[name] = fields.string(value, name, case)
    case.jumps.append(node)
    return node


def _button(node: Json, value: Json, case: Case) -> RichText:
    button = fields.mapping(value, "button")
    label = check(fields.required(button, "text"), case, 2)
    node["button"] = buttons.check(button, label, case)
    return node


_NODES: dict[str, Callable[[Json, Json, Case], RichText]] = {
    **dict.fromkeys(_FLATTENED, _flattened),
    "url": _url,
    "email_address": _email,
    "phone_number": _phone,
    "text_mention": _mention,
    "date_time": _date,
    "custom_emoji": _custom_emoji,
    "mathematical_expression": _expression,
    "anchor": _anchor,
    "anchor_link": _jump,
    "reference": _reference,
    "reference_link": _jump,
    "button": _button,
}
