"""`POST /telegram`: what Telegram brings. Whoever does not know the secret learns nothing here."""

import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.errors import StorageError
from bot.loops import Complaints
from bot.web.limits import body_of

log = structlog.get_logger(__name__)

LARGEST = 4_000_000
"""Bytes; the longest message with all its entities is a small part of it."""


type Take = Callable[[dict[str, Any]], Awaitable[None]]
"""Returns once an update is kept; raises StorageError if it is not."""


@dataclass(kw_only=True)
class Mail:
    """The way in for Telegram."""

    path: str
    secret: str = field(repr=False)
    take: Take
    _complaints: Complaints = field(default_factory=Complaints)

    def routes(self) -> list[Route]:
        return [Route(self.path, self.post, methods=["POST"])]

    async def post(self, request: Request) -> Response:
        """Take in one update, and answer before it is handled."""
        try:
            update = await self._brought(request)
        except _Refused as refused:
            if self._complaints.is_new(refused.why):  # not each time: anybody may knock here
                log.warning("webhook_refused", why=refused.why)
            return Response(status_code=refused.status)
        except TimeoutError:
            return Response(status_code=408)
        except ClientDisconnect:
            return Response(status_code=400)
        return Response(status_code=await self._kept(update))

    def knows(self, request: Request) -> bool:
        """Whether it is Telegram that asks, by the secret that only it was told."""
        told = request.headers.get("x-telegram-bot-api-secret-token", "")
        return hmac.compare_digest(told.encode(), self.secret.encode())

    async def _brought(self, request: Request) -> dict[str, Any]:
        if not self.knows(request):
            raise _Refused(403, "the secret is not ours")
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise _Refused(415, "it is not application/json")
        body = await body_of(request, LARGEST)
        if body is None:
            raise _Refused(413, f"it is over {LARGEST} bytes")
        return _update(body)

    async def _kept(self, update: dict[str, Any]) -> int:
        """Keep it; the status that says whether it is."""
        try:
            await self.take(update)
        except StorageError as error:
            if self._complaints.is_new("storage", str(error)):
                log.warning("update_not_kept", why=str(error), what_now="Telegram brings it again")
            return 503
        except Exception:  # a bug with one update must not end the server
            if self._complaints.is_new("fault"):
                log.exception("update_not_kept")
            return 500
        return 200


class _Refused(Exception):
    """It is not taken."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(status)
        self.status = status
        self.why = why


def _update(body: bytes) -> dict[str, Any]:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        update = None
    number = update.get("update_id") if isinstance(update, dict) else None
    if type(number) is not int or not 0 <= number < 2**52:
        raise _Refused(400, "it is no update")
    return dict(update)
