"""Whose word is an answer? Read here before python-telegram-bot takes each status for Telegram's.

Telegram's Bot API answers with JSON: `{"ok": true, "result": …}`, or `{"ok": false, "error_code": int,
"description": str}` (core.telegram.org/bots/api#making-requests). Whatever else comes was said by something
in between (a filter, a proxy, a server that is starting) or was damaged on the way, and is no word of
Telegram's. It is neither kept nor logged: it may quote our address, and that holds the token.
"""

import json
import re
from typing import Any, override

from telegram.error import RetryAfter, TelegramError
from telegram.request import BaseRequest

_ASKED_TO_WAIT = re.compile(r"retry after (\d+)")
_WAIT = 5
"""Seconds to wait where a 429 does not say."""


class NotRead(TelegramError):
    """The answer that all went well can't be read: the call may have been done."""


class NotTelegrams(TelegramError):
    """A refusal that is not Telegram's: the call came no further than to who refused it."""


class TokenNotTaken(TelegramError):
    """Telegram does not take the token: it was revoked, or is none of its own."""


class _Read(bytes):
    """A payload that was read already."""

    content: dict[str, Any]


class Answers(BaseRequest):
    """Python-telegram-bot's line to Telegram, with every answer looked at first."""

    def __init__(self, line: BaseRequest) -> None:
        super().__init__()
        self._line = line

    @property
    def read_timeout(self) -> float | None:
        """The line's own."""
        return self._line.read_timeout

    async def initialize(self) -> None:
        await self._line.initialize()

    async def shutdown(self) -> None:
        await self._line.shutdown()

    @override
    async def do_request(self, url: str, *args: Any, **more: Any) -> tuple[int, bytes]:
        status, payload = await self._line.do_request(url, *args, **more)
        if "/file/bot" in url and status == 200:
            return status, payload
        return judged(status, payload)

    @staticmethod
    @override
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        return payload.content if isinstance(payload, _Read) else BaseRequest.parse_json_payload(payload)


def judged(status: int, payload: bytes) -> tuple[int, bytes]:
    """The answer as python-telegram-bot shall take it: Telegram's code, and a payload that was read.

    Raises:
        NotRead, NotTelegrams: it is not the Bot API's.
        TokenNotTaken: it is Telegram's 401.
        RetryAfter: it is Telegram's 429; python-telegram-bot overlooks one without parameters.
    """
    content = _content(payload)
    if _is_success(content) and _went_well(status):
        read = _Read(payload)
        read.content = content
        return status, read
    if not _is_refusal(content):
        raise _nobodys(status)
    code, said = content["error_code"], content["description"]
    if code == 401:
        raise TokenNotTaken(said)
    if code == 429:
        raise RetryAfter(_wait(content))
    read = _Read(payload)
    read.content = content
    return code, read


def _went_well(status: int) -> bool:
    return 200 <= status < 300


def _nobodys(status: int) -> TelegramError:
    """The error for an answer that is not the Bot API's.

    A server that fails (5xx) may have passed the call on, and so may one that says that all went well.
    """
    said = f"an answer that is not Telegram's ({status})"
    return NotTelegrams(said) if 300 <= status < 500 else NotRead(said)


def _content(payload: bytes) -> dict[str, Any]:
    """The JSON object of an answer; an empty one if it is none."""
    try:
        content = json.loads(payload.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _is_success(content: dict[str, Any]) -> bool:
    return content.get("ok") is True and "result" in content


def _is_refusal(content: dict[str, Any]) -> bool:
    code, parameters = content.get("error_code"), content.get("parameters", {})
    return (
        content.get("ok") is False
        and type(code) is int
        and 400 <= code < 600
        and isinstance(content.get("description"), str)
        and isinstance(parameters, dict)
        and all(type(value) is int for value in parameters.values())
    )


def _wait(content: dict[str, Any]) -> int:
    told = content.get("parameters", {}).get("retry_after")
    if told is None and (found := _ASKED_TO_WAIT.search(content["description"].lower())):
        told = int(found[1])
    return max(1, _WAIT if told is None else told)
