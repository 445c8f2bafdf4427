"""Blocks as JSON: reads `InputRichMessage.blocks` as the Bot API server and TDLib do. It knows no HTML."""

from collections.abc import Callable
from typing import Any

from bot.simulator.rich import buttons, fields, lists, media, tables, text, wording
from bot.simulator.rich.case import Case, Json, telegram, unreadable

_MAP_ZOOM = range(25)
_MAP_SIDES = 10_000
_MAP_RATIO = 20
_FIELDS = {
    "paragraph": {"text"},
    "footer": {"text"},
    "heading": {"text", "size"},
    "pre": {"text", "language"},
    "divider": set[str](),
    "anchor": {"name"},
    "mathematical_expression": {"expression"},
    "list": {"items"},
    "blockquote": {"blocks", "credit"},
    "expandable_blockquote": {"text", "credit"},
    "pullquote": {"text", "credit"},
    "details": {"summary", "blocks", "is_open"},
    "table": {"cells", "is_bordered", "is_striped", "is_compact", "caption"},
    **{kind: {kind, "caption"} for kind in media.TYPES},
    "collage": {"blocks", "caption"},
    "slideshow": {"blocks", "caption"},
    "map": {"location", "zoom", "width", "height", "caption"},
    "buttons": {"buttons", "align"},
    "thinking": {"text"},
}
_ITEM = {"blocks", "has_checkbox", "is_checked", "value", "type"}


def read(values: Any, case: Case, depth: int = 1) -> list[Json]:
    """Answers the blocks as Telegram would send them back.

    Raises:
        Refused: in Telegram's words. The limits of the whole message are counted elsewhere.
    """
    if not isinstance(values, list):
        raise unreadable('Field "blocks" must be of type Array')
    return [_block(value, case, depth) for value in values]


def _block(value: Any, case: Case, depth: int) -> Json:
    case.level(depth)
    if value is None:
        raise telegram("block must be non-empty")
    if not isinstance(value, dict):
        raise telegram("object expected as InputRichMessageBlock")
    kind = fields.string(value, "type", case)
    if kind not in _FIELDS:
        raise unreadable(f'type "{kind}" is unsupported')
    block = _READERS[kind](value, case, depth)
    fields.known(value, _FIELDS[kind] | {"type"}, case)
    return {"type": kind} | block


def _blocks(value: Json, case: Case, depth: int) -> Json:
    found = read(fields.required(value, "blocks"), case, depth + 1)
    if not found:
        raise telegram("RICH_MESSAGE_CONTENT_REQUIRED")
    return {"blocks": found}


def _paragraph(value: Json, case: Case, depth: int) -> Json:
    return {"text": text.check(fields.required(value, "text"), case, depth + 1)}


def _text(value: Json, case: Case, depth: int) -> Json:
    return wording.written(value, "text", case, depth)


def _heading(value: Json, case: Case, depth: int) -> Json:
    size = fields.integer(value, "size")
    if size not in range(1, 7):
        raise telegram("invalid section heading size specified")
    return wording.written(value, "text", case, depth) | {"size": size}


def _pre(value: Json, case: Case, depth: int) -> Json:
    language = fields.string(value, "language", case, "")
    return wording.written(value, "text", case, depth) | ({"language": language} if language else {})


def _divider(_value: Json, _case: Case, _depth: int) -> Json:
    return {}


def _anchor(value: Json, case: Case, _depth: int) -> Json:
    name = fields.string(value, "name", case)
    case.anchors.add(name)
    return {"name": name}


def _expression(value: Json, case: Case, _depth: int) -> Json:
    expression = fields.string(value, "expression", case)
    if not expression.strip():
        raise telegram("RICH_MESSAGE_CONTENT_REQUIRED")
    return {"expression": expression}


def _quote(value: Json, case: Case, depth: int) -> Json:
    return _blocks(value, case, depth) | wording.optional(value, "credit", case, depth)


def _short_quote(value: Json, case: Case, depth: int) -> Json:
    return wording.written(value, "text", case, depth) | wording.optional(value, "credit", case, depth)


def _details(value: Json, case: Case, depth: int) -> Json:
    shown = wording.written(value, "summary", case, depth) | _blocks(value, case, depth)
    return shown | ({"is_open": True} if fields.flag(value, "is_open") else {})


def _list(value: Json, case: Case, depth: int) -> Json:
    items = fields.sequence(value, "items")
    if not items:
        raise telegram("list must be non-empty")
    shown: list[Json] = []
    for entry in items:
        shown.append(_item(entry, case, depth, shown[-1].get("value", 0) if shown else 0))
        if ("value" in shown[-1]) != ("value" in shown[0]):
            raise telegram("list must be either ordered or unordered")
    return {"items": shown}


def _item(value: Any, case: Case, depth: int, before: int) -> Json:
    """`type` makes an item one of an ordered list; without it `value` does nothing."""
    if value is None:
        raise telegram("list item must be non-empty")
    if not isinstance(value, dict):
        raise telegram("object expected as InputRichBlockListItem")
    blocks = read(fields.required(value, "blocks"), case, depth + 1)
    if not blocks:
        raise telegram("list item must be non-empty")
    kind = fields.string(value, "type", case, "")
    if kind and kind not in lists.LABELS:
        raise telegram("invalid list item type specified")
    fields.known(value, _ITEM, case)
    number = fields.integer(value, "value", 0)
    if "value" in value and not kind:
        case.swallow('a list item with a "value" and no "type"')
    checked = fields.flag(value, "is_checked")
    boxed = checked if fields.flag(value, "has_checkbox") else None
    if not kind:
        return lists.item(blocks, checked=boxed)
    return lists.item(blocks, value=number or before + 1, kind=kind, checked=boxed)


def _media(value: Json, case: Case, depth: int) -> Json:
    return media.in_block(value, case) | wording.caption(value, case, depth)


def _gallery(value: Json, case: Case, depth: int) -> Json:
    shown = _blocks(value, case, depth)
    if any(block["type"] not in media.TYPES for block in shown["blocks"]):
        raise telegram("RICH_MESSAGE_BLOCK_UNEXPECTED")
    return shown | wording.caption(value, case, depth)


def _map(value: Json, case: Case, depth: int) -> Json:
    place = fields.mapping(value, "location")
    fields.known(place, ("latitude", "longitude", "horizontal_accuracy"), case)
    latitude, longitude = fields.number(place, "latitude"), fields.number(place, "longitude")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise telegram("invalid location specified")
    zoom, width, height = (fields.integer(value, name, 0) for name in ("zoom", "width", "height"))
    fits = width >= 0 and height >= 0 and width + height <= _MAP_SIDES
    if not fits or zoom not in _MAP_ZOOM or width > height * _MAP_RATIO or height > width * _MAP_RATIO:
        raise telegram("invalid map properties specified")
    location = {"latitude": latitude, "longitude": longitude}
    shown = {"location": location, "zoom": zoom, "width": width, "height": height}
    return shown | wording.caption(value, case, depth)


def _buttons(value: Json, case: Case, depth: int) -> Json:
    found = [buttons.as_object(button) for button in fields.sequence(value, "buttons")]
    buttons.check_count(len(found))
    labels = [text.check(fields.required(button, "text"), case, depth + 1) for button in found]
    checked = [buttons.check(button, label, case) for button, label in zip(found, labels, strict=True)]
    return buttons.check_row(checked, fields.string(value, "align", case, ""))


def _thinking(value: Json, case: Case, depth: int) -> Json:
    if not case.draft:
        raise telegram("RICH_MESSAGE_BLOCK_UNSUPPORTED")
    return _paragraph(value, case, depth)


_READERS: dict[str, Callable[[Json, Case, int], Json]] = {
    "paragraph": _paragraph,
    "footer": _text,
    "heading": _heading,
    "pre": _pre,
    "divider": _divider,
    "anchor": _anchor,
    "mathematical_expression": _expression,
    "list": _list,
    "blockquote": _quote,
    "expandable_blockquote": _short_quote,
    "pullquote": _short_quote,
    "details": _details,
    "table": tables.read,
    **dict.fromkeys(media.TYPES, _media),
    "collage": _gallery,
    "slideshow": _gallery,
    "map": _map,
    "buttons": _buttons,
    "thinking": _thinking,
}
