"""Who may knock: only what names this machine and the door's own port, with a body of a sensible size.

A page elsewhere can have its name lead to 127.0.0.1 (DNS rebinding); its browser then asks here, with that
name as the `Host`. Knows no address of the world, so it stands before all: the Bot API, controls and pages.
"""

import ipaddress
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST: Final = 4 << 20
"""Bytes of a JSON or form body; the longest story, escaped letter by letter, has a third of it."""
LONGEST_UPLOAD: Final = 64 << 20
"""Bytes of a multipart body; Telegram takes files of 50 MB (core.telegram.org/bots/api#sending-files)."""


class _TooLong(Exception):
    """More came than was allowed."""


class Doorkeeper:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what may come in."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not _names_us(headers.get("host", ""), scope.get("server")):
            await _refused(403, "Forbidden: this door has another name")(scope, receive, send)
            return
        most = LONGEST_UPLOAD if headers.get("content-type", "").startswith("multipart/") else LONGEST
        too_long = _refused(413, "Request Entity Too Large")
        if int(headers.get("content-length") or 0) > most:
            await too_long(scope, receive, send)
            return
        try:
            await self._app(scope, _counted(receive, most), send)
        except _TooLong:
            await too_long(scope, receive, send)


def _counted(receive: Receive, most: int) -> Receive:
    came = 0

    async def counted() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > most:
            raise _TooLong
        return message

    return counted


def _names_us(host: str, server: tuple[str, int | None] | None) -> bool:
    """Whether a `Host` is a loopback name with the port that was asked."""
    try:
        named = urlsplit(f"//{host}")
        port = named.port or 80
    except ValueError:
        return False
    asked = server[1] if server else None
    return is_loopback(named.hostname or "") and (asked is None or port == asked)


def is_loopback(host: str) -> bool:
    """Whether a name or address is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _refused(status: int, why: str) -> JSONResponse:
    return JSONResponse({"ok": False, "error_code": status, "description": why, "error": why}, status)
