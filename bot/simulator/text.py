"""Text as Telegram keeps it, by Telegram's own parser (TDLib through `tdjson`); knows no chats.

Markup is read by `parseTextEntities`, as the Bot API server does it. Cleaning and the mending of entities
come with `parseMarkdown` (TDLib's `fix_formatted_text`) on a text whose Markdown characters are masked; then
the ends are trimmed and links, hashtags, mentions and commands are found by `getTextEntities`. Sources:
tdlib/td `MessageEntity.cpp`, `misc.cpp`, `MessageContent.cpp`; tdlib/telegram-bot-api `Client.cpp`.
"""

import json
from functools import cache
from typing import Any

from bot.simulator.refusal import Refused, house
from bot.simulator.tdtypes import from_td, to_td

Entity = dict[str, Any]
Formatted = tuple[str, list[Entity]]

MESSAGE, CAPTION = 4096, 1024  # code points, after parsing
SOURCE_BYTES = 1 << 15
ENTITIES = 100
_MODES = {
    "html": {"@type": "textParseModeHTML"},
    "markdownv2": {"@type": "textParseModeMarkdown", "version": 2},
    "markdown": {"@type": "textParseModeMarkdown", "version": 1},
}
_MARKDOWN = "*_~|`[]()"
_SPLITTABLE = {"bold", "italic", "underline", "strikethrough", "spoiler"}
_QUOTES = {"blockquote", "expandable_blockquote"}
_BLANK = " \n"


def formatted(
    text: str,
    parse_mode: str | None = None,
    entities: list[Entity] | None = None,
    *,
    limit: int = MESSAGE,
    lenient: bool = False,
) -> Formatted:
    """The text and entities that stand in the message afterwards; offsets in UTF-16 units.

    Raises:
        Refused: Telegram's words; over 100 entities the house's, since Telegram drops the rest silently.
    """
    if limit == MESSAGE and not text:
        raise Refused("message text is empty")
    if len(text.encode()) > SOURCE_BYTES:
        raise Refused("text is too long")
    fixed, kept = _cleaned(*_parsed(text, parse_mode, entities))
    if not fixed.strip(_BLANK):
        if limit == MESSAGE:
            raise Refused("text must be non-empty")
        return "", []
    fixed, kept = _trimmed(fixed, kept)
    kept = sorted(kept + _found(fixed, kept), key=lambda entity: (entity["offset"], -entity["length"]))
    if len(fixed) > limit:
        raise Refused("message is too long" if limit == MESSAGE else "message caption is too long")
    if len(kept) > ENTITIES and not lenient:
        raise house(f"{len(kept)} entities, Telegram keeps {ENTITIES} and drops the rest silently")
    return fixed, kept[:ENTITIES]


def utf16(text: str) -> int:
    """Length in UTF-16 units, in which Telegram counts offsets."""
    return len(text.encode("utf-16-le")) // 2


@cache
def _tdjson() -> Any:
    try:
        import tdjson
    except ImportError as error:
        raise RuntimeError(
            "The simulator reads text with Telegram's own parser; install the extra `monadi[simulator]`"
        ) from error
    tdjson.td_execute(json.dumps({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0}).encode())
    return tdjson


def _execute(method: str, **arguments: Any) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(
        _tdjson().td_execute(json.dumps({"@type": method, **arguments}).encode())
    )
    if answer["@type"] == "error":
        raise Refused(answer["message"])
    return answer


def _parsed(text: str, parse_mode: str | None, entities: list[Entity] | None) -> tuple[str, list[Any]]:
    mode = (parse_mode or "none").lower()
    if not text or mode == "none":
        return text, [to_td(entity) for entity in entities or []]
    if mode not in _MODES:
        raise Refused("unsupported parse_mode")
    answer = _execute("parseTextEntities", text=text, parse_mode=_MODES[mode])
    return answer["text"], answer["entities"]


def _cleaned(text: str, entities: list[Any]) -> Formatted:
    """Cleans characters and mends entities; Markdown's own characters wear private-use masks meanwhile."""
    free = (chr(code) for code in range(0xE000, 0xF900) if chr(code) not in text)
    masks = dict(zip(_MARKDOWN, free, strict=False))
    masked = text.translate({ord(char): mask for char, mask in masks.items()})
    answer = _execute("parseMarkdown", text={"@type": "formattedText", "text": masked, "entities": entities})
    unmasked = answer["text"].translate({ord(mask): char for char, mask in masks.items()})
    return unmasked, [from_td(entity) for entity in answer["entities"]]


def _trimmed(text: str, entities: list[Entity]) -> Formatted:
    """Spaces and newlines go from both ends, on the left only as far as the first entity."""
    text = text.rstrip(_BLANK)
    end = utf16(text)
    kept = [
        {**entity, "length": min(entity["length"], end - entity["offset"])}
        for entity in entities
        if entity["offset"] < end
    ]
    blank = len(text) - len(text.lstrip(_BLANK))
    cut = min([blank, *(entity["offset"] for entity in kept)])
    return text[cut:], [{**entity, "offset": entity["offset"] - cut} for entity in kept]


def _found(text: str, given: list[Entity]) -> list[Entity]:
    """Automatic entities; none inside code or a link, none that crosses the edge of a quotation."""
    answer = _execute("getTextEntities", text=text)
    found = [from_td(entity) for entity in answer.get("entities", []) if _is_known(entity)]
    solid = [entity for entity in given if entity["type"] not in _SPLITTABLE | _QUOTES]
    quotes = [entity for entity in given if entity["type"] in _QUOTES]
    return [
        entity
        for entity in found
        if not any(_overlap(entity, other) for other in solid)
        and not any(_overlap(entity, quote) and not _inside(entity, quote) for quote in quotes)
    ]


def _is_known(entity: dict[str, Any]) -> bool:
    return bool(entity["type"]["@type"] != "textEntityTypeMediaTimestamp")


def _overlap(one: Entity, other: Entity) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"]
    )


def _inside(inner: Entity, outer: Entity) -> bool:
    return bool(
        outer["offset"] <= inner["offset"]
        and inner["offset"] + inner["length"] <= outer["offset"] + outer["length"]
    )
