"""The verdict on a rich message: which source is read, what counts against it, what comes back."""

import time
from typing import Any

from bot.simulator.rich import blocks, fields, html, limits, markdown, media
from bot.simulator.rich.case import Case, Json, house, telegram

_FIELDS = ("blocks", "markdown", "html", "media", "is_rtl", "skip_entity_detection")


def check_rich(
    rich_message: Json, *, lenient: bool = False, now: float | None = None, draft: bool = False
) -> Json:
    """Answers `Message.rich_message` for an `InputRichMessage`: `{"blocks": [...], "is_rtl": bool}`.

    What Telegram refuses is refused in its words. What it would cut, drop or ignore without an error is
    refused in words of the house, unless `lenient`: then it is cut, dropped or ignored as there.
    `now` is Unix time; a `draft` may say that it is thinking.

    Raises:
        Refused: see above.
    """
    if not isinstance(rich_message, dict):
        raise telegram("object expected as rich message")
    case = Case(now=int(time.time() if now is None else now), draft=draft)
    fields.known(rich_message, _FIELDS, case)
    flags = {name: _flag(rich_message, name) for name in ("is_rtl", "skip_entity_detection")}
    if "media" in rich_message:
        case.bindings = media.read_bindings(rich_message["media"], case)
    found = _read(rich_message, case)
    case.settle_jumps()
    limits.hold(found)
    if case.swallowed and not lenient:
        raise house(f"Telegram would say nothing, but: {case.swallowed[0]}")
    return {"blocks": found, "is_rtl": flags["is_rtl"]}


def _read(message: Json, case: Case) -> list[Json]:
    """Telegram takes the first source there is, in this order, even an empty one."""
    sources = [name for name in ("blocks", "markdown", "html") if name in message]
    if not sources:
        raise telegram("rich message must be non-empty")
    if len(sources) > 1:
        case.swallow(f"{' and '.join(sources)} at once, of which only the first is read")
    if sources[0] == "blocks":
        return blocks.read(message["blocks"], case)
    source = message[sources[0]]
    if not isinstance(source, str):
        raise telegram(f'field "{sources[0]}" must be of type String')
    return markdown.read(source, case) if sources[0] == "markdown" else html.read(source, case)


def _flag(message: Json, name: str) -> bool:
    value: Any = message.get(name, False)
    if not isinstance(value, bool):
        raise telegram(f'field "{name}" must be of type Boolean')
    return value
