"""Tables of JSON: rows of cells. It knows no other blocks."""

from typing import Any

from bot.simulator.rich import fields, wording
from bot.simulator.rich.case import Case, Json, telegram, unreadable

FLAGS = ("is_bordered", "is_striped", "is_compact")
HORIZONTAL = ("left", "center", "right")
VERTICAL = ("top", "middle", "bottom")

_CELL = ("text", "is_header", "colspan", "rowspan", "align", "valign")


def read(value: Json, case: Case, depth: int) -> Json:
    rows = fields.sequence(value, "cells")
    if not rows or not all(rows):
        raise telegram("RICH_MESSAGE_CONTENT_REQUIRED")
    shown: Json = {"cells": [_row(row, case, depth) for row in rows]}
    shown |= {name: True for name in FLAGS if fields.flag(value, name)}
    return shown | wording.optional(value, "caption", case, depth)


def _row(row: Any, case: Case, depth: int) -> list[Json]:
    if not isinstance(row, list):
        raise unreadable("Table row must be an Array")
    return [_cell(cell, case, depth) for cell in row]


def _cell(value: Any, case: Case, depth: int) -> Json:
    if value is None:
        raise telegram("table cell must be non-empty")
    if not isinstance(value, dict):
        raise unreadable("RichBlockTableCell must be an object")
    fields.known(value, _CELL, case)
    is_header = fields.flag(value, "is_header")
    shown = wording.optional(value, "text", case, depth) | ({"is_header": True} if is_header else {})
    return shown | _spans(value) | _alignment(value, case, is_header=is_header)


def _spans(value: Json) -> Json:
    spans = {name: fields.integer(value, name, 1) for name in ("colspan", "rowspan")}
    for name, span in spans.items():
        if span < 0:
            raise telegram(f"invalid table cell {name} specified")
    return {name: span for name, span in spans.items() if span > 1}


def _alignment(value: Json, case: Case, *, is_header: bool) -> Json:
    align = fields.string(value, "align", case, "") or ("center" if is_header else "left")
    valign = fields.string(value, "valign", case, "") or "middle"
    if align not in HORIZONTAL:
        raise telegram("invalid horizontal alignment specified")
    if valign not in VERTICAL:
        raise telegram("invalid vertical alignment specified")
    return {"align": align, "valign": valign}
