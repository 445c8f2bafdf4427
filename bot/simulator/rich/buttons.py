"""Buttons inside rich messages (Bot API 10.3): what one may say and do. It knows no HTML."""

from typing import Any

from bot.simulator.rich import fields, links
from bot.simulator.rich.case import Case, Json, RichText, house, telegram, unreadable

MAX_IN_ROW = 8
"""Of the `buttons` block; a row written in HTML is not limited."""

_STYLES = ("danger", "success", "primary", "link")
_DATA_BYTES = range(1, 65)
_COPIED = range(1, 257)
_OBJECTS = {
    "web_app": {"url"},
    "login_url": {"url", "forward_text", "request_write_access"},
    "switch_inline_query_chosen_chat": {
        "query",
        "allow_user_chats",
        "allow_bot_chats",
        "allow_group_chats",
        "allow_channel_chats",
    },
    "copy_text": {"text"},
    "disabled": set[str](),
}
ACTIONS = ("url", "callback_data", "switch_inline_query", "switch_inline_query_current_chat", *_OBJECTS)


def check(button: Json, label: RichText, case: Case) -> Json:
    """Answers the button with its checked label.

    Raises:
        Refused: not exactly one action, or one that Telegram does not take.
    """
    fields.known(button, {"text", "style", *ACTIONS}, case)
    actions = [name for name in ACTIONS if name in button]
    if len(actions) != 1:
        raise house(f"a button needs exactly one action, this one has {len(actions)}")
    action = actions[0]
    checked: Json = {"text": _label(label, case), action: _action(action, button, case)}
    style = fields.string(button, "style", case, "")
    if style and style not in _STYLES:
        raise telegram("invalid button style specified")
    if style == "link" and action != "callback_data":
        raise house("only a callback button may look like a link")
    return checked | ({"style": style} if style else {})


def _label(label: RichText, case: Case) -> RichText:
    parts = label if isinstance(label, list) else [label]
    if not any(parts) or all(isinstance(part, str) and not part.strip() for part in parts):
        raise telegram("RICH_MESSAGE_CONTENT_REQUIRED")
    for part in parts:
        if isinstance(part, dict) and part["type"] not in ("custom_emoji", "date_time"):
            case.swallow(f"{part['type']} in the text of a button")
    return label


def _action(action: str, button: Json, case: Case) -> Any:
    if action in _OBJECTS:
        value = fields.mapping(button, action)
        fields.known(value, _OBJECTS[action], case)
        return _object(action, value, case)
    text = fields.string(button, action, case)
    if action == "callback_data" and len(text.encode()) not in _DATA_BYTES:
        raise telegram("BUTTON_DATA_INVALID")
    if action == "url" and not (links.is_web(text) or links.is_tg(text)):
        raise telegram("BUTTON_URL_INVALID")
    return text


def _object(action: str, value: Json, case: Case) -> Json:
    if action in ("web_app", "login_url"):
        url = fields.string(value, "url", case)
        if not (links.is_web(url) and url.lower().startswith("https:")):
            raise telegram("BUTTON_URL_INVALID")
    if action == "copy_text" and len(fields.string(value, "text", case)) not in _COPIED:
        raise telegram("BUTTON_COPY_TEXT_INVALID")
    return value


def check_row(buttons: list[Json], align: str) -> Json:
    if align and align not in ("left", "center", "right"):
        raise telegram("invalid horizontal alignment specified")
    return {"type": "buttons", "buttons": buttons} | ({"align": align} if align else {})


def check_count(count: int) -> None:
    if not count:
        raise telegram("button row must be non-empty")
    if count > MAX_IN_ROW:  # refused by Telegram too; nobody has written down its words
        raise house(f"{count} buttons in a row, {MAX_IN_ROW} are allowed")


def as_object(button: Any) -> Json:
    if not isinstance(button, dict):
        raise unreadable("InlineButton must be an Object")
    return button
