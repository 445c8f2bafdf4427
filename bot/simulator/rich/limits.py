"""How much a rich message may hold, counted over the blocks it came to. It knows no source form."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.simulator.rich import text
from bot.simulator.rich.case import Json, RichText, telegram
from bot.simulator.rich.media import TYPES

MAX_CHARACTERS = 32_768
"""Code points: "UTF-8 characters" in Telegram's words."""
MAX_BLOCKS = 500
"""Everything counts: nested blocks, list items, table rows."""
MAX_MEDIA = 50
MAX_COLUMNS = 20
MAX_RUNS = 5_849
"""Measured by others on the real Telegram; undocumented."""

_TEXTS = ("text", "summary", "credit", "expression")


@dataclass(kw_only=True, slots=True)
class Measure:
    characters: int = 0
    blocks: int = 0
    media: int = 0
    columns: int = 0
    runs: int = 0
    is_visible: bool = False


def hold(blocks: list[Json]) -> None:
    """Raises Refused for the first limit that the blocks are over, or when there is nothing to see."""
    measure = Measure()
    _blocks(blocks, measure)
    for count, limit, code in (
        (measure.blocks, MAX_BLOCKS, "BLOCKS_TOO_MANY"),
        (measure.media, MAX_MEDIA, "MEDIA_TOO_MANY"),
        (measure.columns, MAX_COLUMNS, "TABLE_COLS_TOO_MANY"),
        (measure.characters, MAX_CHARACTERS, "TEXT_TOO_LONG"),
        (measure.runs, MAX_RUNS, "TOO_LARGE"),
    ):
        if count > limit:
            raise telegram(f"RICH_MESSAGE_{code}")
    if not measure.is_visible:
        raise telegram("RICH_MESSAGE_EMPTY")


def _blocks(blocks: Iterable[Json], measure: Measure) -> None:
    for block in blocks:
        measure.blocks += 1
        kind = block["type"]
        measure.media += kind in TYPES
        measure.is_visible |= kind in TYPES or kind == "map"
        for name in _TEXTS:
            _text(block.get(name, ""), measure)
        _caption(block.get("caption", ""), measure)
        _blocks(block.get("blocks", ()), measure)
        for item in block.get("items", ()):
            measure.blocks += 1
            _blocks(item["blocks"], measure)
        for button in block.get("buttons", ()):
            _text(button["text"], measure)
        if kind == "table":
            _table(block["cells"], measure)


def _caption(caption: RichText, measure: Measure) -> None:
    """A table's caption is a text, that of media an object with a text and a credit, without a type."""
    if isinstance(caption, dict) and "type" not in caption:
        _text(caption["text"], measure)
        _text(caption.get("credit", ""), measure)
    else:
        _text(caption, measure)


def _text(value: RichText, measure: Measure) -> None:
    measure.characters += sum(map(len, text.strings(value)))
    measure.is_visible |= not text.is_blank(value)
    measure.runs += _formatted(value)


def _formatted(value: RichText) -> int:
    if isinstance(value, str):
        return 0
    if isinstance(value, list):
        return sum(map(_formatted, value))
    return max(1, _formatted(value.get("text", "")))


def _table(rows: list[list[Json]], measure: Measure) -> None:
    carried: dict[int, int] = {}  # column -> rows it is still taken for by a cell above
    for row in rows:
        measure.blocks += 1
        taken = {column for column, left in carried.items() if left}
        carried = {column: carried[column] - 1 for column in taken}
        column = 0
        for cell in row:
            _text(cell.get("text", ""), measure)
            while column in taken:
                column += 1
            span = min(cell.get("colspan", 1), MAX_COLUMNS + 1)
            carried |= dict.fromkeys(range(column, column + span), cell.get("rowspan", 1) - 1)
            column += span
            if column > MAX_COLUMNS:
                raise telegram("RICH_MESSAGE_TABLE_COLS_TOO_MANY")
        measure.columns = max(measure.columns, column, *(last + 1 for last in taken), 0)
