"""Buttons without a style, for Bot API servers that know none (it came with Bot API 9.4). Knows no call.

A newsroom may run its own server, and not the newest: it may ignore what it does not know, or refuse it. The
first refusal is remembered for as long as the process lives, so it costs one call.
"""

import re
from typing import Any, Final
from weakref import WeakSet

from telegram import Bot
from telegram.request import BaseRequest

STYLE: Final = "style"
_REFUSED: Final = re.compile(r"\bstyle\b|can't parse inline keyboard button")
_KNOW_NONE: Final[WeakSet[BaseRequest]] = WeakSet()
"""The lines to servers that have refused a style."""


def fitting(bot: Bot, params: dict[str, Any]) -> dict[str, Any]:
    """The parameters as that bot's server takes them, as far as is known."""
    return _plain(params) if bot.request in _KNOW_NONE else params


def learnt(bot: Bot, params: dict[str, Any], description: str) -> dict[str, Any] | None:
    """The same call for a server that has refused these for a style, which is remembered; else None."""
    if not _has_style(params) or not _REFUSED.search(description.lower()):
        return None
    _KNOW_NONE.add(bot.request)
    return _plain(params)


def _rows(params: dict[str, Any]) -> list[list[dict[str, Any]]]:
    markup = params.get("reply_markup")
    return markup.get("inline_keyboard", []) if isinstance(markup, dict) else []


def _has_style(params: dict[str, Any]) -> bool:
    return any(STYLE in button for row in _rows(params) for button in row)


def _plain(params: dict[str, Any]) -> dict[str, Any]:
    if not _has_style(params):
        return params
    rows = [
        [{name: value for name, value in button.items() if name != STYLE} for button in row]
        for row in _rows(params)
    ]
    return {**params, "reply_markup": {**params["reply_markup"], "inline_keyboard": rows}}
