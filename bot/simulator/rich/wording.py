"""The texts that blocks of JSON carry: required, optional, captions. It knows no block types."""

from bot.simulator.rich import fields, text
from bot.simulator.rich.case import Case, Json, RichText, telegram, unreadable


def written(value: Json, name: str, case: Case, depth: int) -> Json:
    """A text that must be there and hold something."""
    found = text.check(fields.required(value, name), case, depth + 1)
    if text.is_blank(found):
        raise telegram("RICH_MESSAGE_CONTENT_REQUIRED")
    return {name: found}


def optional(value: Json, name: str, case: Case, depth: int) -> Json:
    found: RichText = text.check(value.get(name, ""), case, depth + 1)
    return {name: found} if found else {}


def caption(value: Json, case: Case, depth: int) -> Json:
    if "caption" not in value:
        return {}
    given = value["caption"]
    if not isinstance(given, dict):
        raise unreadable("RichBlockCaption must be an object")
    fields.known(given, ("text", "credit"), case)
    shown = {"text": text.check(fields.required(given, "text"), case, depth + 1)}
    shown |= optional(given, "credit", case, depth)
    return {"caption": shown} if any(shown.values()) else {}
