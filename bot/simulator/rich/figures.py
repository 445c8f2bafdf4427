"""Media, galleries, maps, tables and rows of buttons in rich HTML: blocks that hold no other blocks."""

import re
from collections.abc import Iterable

from bot.simulator.rich import buttons, inline, media, tables
from bot.simulator.rich.case import Case, Json, RichText, house, telegram
from bot.simulator.rich.tree import MEDIA, Element

_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,15})?", re.ASCII)
_ALIGN = {"align": tables.HORIZONTAL, "valign": tables.VERTICAL}
_MAP_SIZE = {"width": 600, "height": 300}
_MAP_ZOOM = 15


def parts(element: Element, case: Case) -> list[Element]:
    """The elements inside one that has no text of its own."""
    found = [child for child in element.children if isinstance(child, Element)]
    if any(isinstance(child, str) and child.strip() for child in element.children):
        case.swallow(f"text directly in <{element.tag}>")
    return found


def cited(element: Element, case: Case, depth: int) -> tuple[list[Element | str], RichText]:
    """An element's content without its `<cite>`, and the text of that."""
    cites = [child for child in element.children if isinstance(child, Element) and child.tag == "cite"]
    if len(cites) > 1:
        case.swallow(f"a second <cite> in <{element.tag}>")
    if not cites:
        return element.children, ""
    content = [child for child in element.children if child is not cites[0]]
    return content, inline.text_of(cites[0].children, "cite", case, depth)


def medium(element: Element, case: Case, _depth: int) -> Json:
    if any(isinstance(child, Element) or child.strip() for child in element.children):
        case.swallow(f"content of <{element.tag}>")
    source, spoiler = element.attributes.get("src", ""), "tg-spoiler" in element.attributes
    return media.from_tag(element.tag, source, spoiler=spoiler, case=case)


def figure(element: Element, case: Case, depth: int) -> Json:
    content = parts(element, case)
    shown = [child for child in content if child.tag in MEDIA or child.tag == "tg-map"]
    if not shown:
        raise telegram("RICH_MESSAGE_CONTENT_REQUIRED")
    if len(shown) > 1 or len(content) > len(shown) + len(_captions(content)):
        case.swallow("more in a <figure> than one medium and its <figcaption>")
    block = map_(shown[0], case, depth) if shown[0].tag == "tg-map" else medium(shown[0], case, depth)
    return block | _caption(content, case, depth)


def gallery(element: Element, case: Case, depth: int) -> Json:
    if any(isinstance(child, str) and child.strip() for child in element.children):
        raise telegram("RICH_MESSAGE_BLOCK_UNEXPECTED")
    content = parts(element, case)
    shown = [child for child in content if child.tag != "figcaption"]
    if not shown:
        raise telegram("RICH_MESSAGE_CONTENT_REQUIRED")
    if any(child.tag not in MEDIA or child.is_inline for child in shown):
        raise telegram("RICH_MESSAGE_BLOCK_UNEXPECTED")
    case.level(depth + 1)
    blocks = [medium(child, case, depth + 1) for child in shown]
    return {"type": element.tag.removeprefix("tg-"), "blocks": blocks, **_caption(content, case, depth)}


def _captions(content: Iterable[Element]) -> list[Element]:
    return [child for child in content if child.tag == "figcaption"]


def _caption(content: Iterable[Element], case: Case, depth: int) -> Json:
    captions = _captions(content)
    if len(captions) > 1:
        case.swallow("a second <figcaption>")
    if not captions:
        return {}
    nodes, credit = cited(captions[0], case, depth + 1)
    shown: Json = {"text": inline.text_of(nodes, "figcaption", case, depth + 1)}
    shown |= {"credit": credit} if credit else {}
    return {"caption": shown} if any(shown.values()) else {}


def map_(element: Element, case: Case, _depth: int) -> Json:
    if any(isinstance(child, Element) or child.strip() for child in element.children):
        case.swallow("content of <tg-map>")
    given = element.attributes
    places = [given.get("lat", ""), given.get("long", "")]
    zoom = inline.integer(given.get("zoom", str(_MAP_ZOOM)))
    if not all(map(_DEGREES.fullmatch, places)) or zoom not in range(25):
        raise house("a <tg-map> needs lat and long in degrees and a zoom from 0 to 24")
    latitude, longitude = map(float, places)
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise telegram("invalid location specified")
    location = {"latitude": latitude, "longitude": longitude}
    return {"type": "map", "location": location, "zoom": zoom, **_MAP_SIZE}


def table(element: Element, case: Case, depth: int) -> Json:
    content = parts(element, case)
    rows = [child for child in content if child.tag == "tr"]
    captions = [child for child in content if child.tag == "caption"]
    if len(captions) > 1 or len(rows) + len(captions) < len(content):
        case.swallow("more in a <table> than its <caption> and rows")
    cells = [_row(row, case, depth) for row in rows]
    if not cells or not all(cells):
        raise telegram("RICH_MESSAGE_CONTENT_REQUIRED")
    shown: Json = {"type": "table", "cells": cells}
    shown |= {name: True for name in tables.FLAGS if name.removeprefix("is_") in element.attributes}
    caption = inline.text_of(captions[0].children, "caption", case, depth + 1) if captions else ""
    return shown | ({"caption": caption} if caption else {})


def _row(row: Element, case: Case, depth: int) -> list[Json]:
    content = parts(row, case)
    cells = [child for child in content if child.tag in ("td", "th")]
    if len(cells) < len(content):
        case.swallow("more in a <tr> than cells")
    return [_cell(cell, case, depth) for cell in cells]


def _cell(cell: Element, case: Case, depth: int) -> Json:
    given = cell.attributes
    text = inline.text_of(cell.children, cell.tag, case, depth + 1)
    shown: Json = {"text": text} if text else {}
    if cell.tag == "th":
        shown["is_header"] = True
    for name in ("colspan", "rowspan"):
        span = inline.integer(given.get(name, "1"))
        if span is None or span < 1:
            case.swallow(f"the {name} of a cell: {given[name][:16]}")
        elif span > 1:
            shown[name] = span
    defaults = {"align": "center" if cell.tag == "th" else "left", "valign": "middle"}
    for name, default in defaults.items():
        value = given.get(name, default)
        if value not in _ALIGN[name]:
            case.swallow(f"the {name} of a cell: {value[:16]}")
            value = default
        shown[name] = value
    return shown


def button_row(element: Element, case: Case, depth: int) -> Json:
    content = parts(element, case)
    shown = [child for child in content if child.tag == "tg-button"]
    if len(shown) < len(content):
        case.swallow("more in a <tg-button-row> than buttons")
    if not shown:
        raise telegram("RICH_MESSAGE_CONTENT_REQUIRED")
    align = element.attributes.get("align", "")
    return buttons.check_row([inline.button(child, case, depth) for child in shown], align)
