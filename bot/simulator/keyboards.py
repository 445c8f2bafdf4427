"""Keyboards as Telegram takes them; knows no messages.

Inline buttons carry exactly one action; `callback_data` has 1-64 bytes. Codes by tdlib/td `ReplyMarkup.cpp`.
"""

from typing import Any
from urllib.parse import urlsplit

from bot.simulator.refusal import Refused, house

Json = dict[str, Any]

DATA_BYTES = 64
BUTTONS = 100  # Telegram drops or refuses more
_SCHEMES = {"http", "https", "tg", "ton"}
_LABELS = {"text", "style", "icon_custom_emoji_id"}


def is_inline(markup: Json | None) -> bool:
    """Stays under its message (and may be edited)."""
    return bool(markup and "inline_keyboard" in markup)


def check(markup: Json | None, *, inline_only: bool = False) -> Json | None:
    """The markup as it stands in the message, None for an empty inline keyboard.

    Raises:
        Refused: Telegram's words.
    """
    if markup is None:
        return None
    if not is_inline(markup):
        if inline_only:
            raise Refused("inline keyboard expected")
        return _plain(markup)
    rows = [[_inline_button(button) for button in row] for row in markup["inline_keyboard"]]
    rows = [row for row in rows if row]
    if sum(map(len, rows)) > BUTTONS:
        raise Refused("reply markup is too long")
    return {**markup, "inline_keyboard": rows} if rows else None


def refuse_styles(markup: Json | None) -> None:
    """What a server of before Bot API 9.4 may say to a styled button.

    Raises:
        Refused: one has a style.
    """
    rows = (markup or {}).get("inline_keyboard", [])
    if any("style" in button for row in rows for button in row):
        raise Refused('can\'t parse inline keyboard button: field "style" is unknown')


def _plain(markup: Json) -> Json:
    kinds = [name for name in ("keyboard", "force_reply", "remove_keyboard") if markup.get(name)]
    if not kinds:
        raise Refused("object expected as reply markup")
    for row in markup.get("keyboard", []):
        for button in row:
            if not button["text"].strip():
                raise Refused("keyboard button text must be non-empty")
    return markup


def _inline_button(button: Json) -> Json:
    if not button["text"].strip():
        raise Refused(
            "inline keyboard button text must be non-empty" if button["text"] else "BUTTON_TEXT_INVALID"
        )
    actions = [name for name in button if name not in _LABELS]
    if not actions:
        raise Refused("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise house(f"an inline button has one action, this one has {', '.join(actions)}")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= DATA_BYTES:
        raise Refused("BUTTON_DATA_INVALID")
    return {**button, "url": _url(button["url"])} if "url" in button else button


def _url(url: str) -> str:
    text = url if "://" in url else f"http://{url}"
    parts = urlsplit(text)
    host = parts.hostname or ""
    if parts.scheme not in _SCHEMES or not host or any(char.isspace() for char in url):
        raise Refused("BUTTON_URL_INVALID")
    if parts.scheme in {"http", "https"} and "." not in host:
        raise Refused("BUTTON_URL_INVALID")
    return text
