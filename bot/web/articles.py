"""`POST /articles`: a story that another program sends."""

import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.errors import StorageError
from bot.news.sent import NotAStory, Sent, read
from bot.web.limits import Bucket, Network, address_of, body_of

log = structlog.get_logger(__name__)

JSON = frozenset({"application/json", "application/ninjs+json", "application/vnd.iptc.ninjs+json"})
_LONGEST_KEY = 200

type Receive = Callable[[str, Sent, bytes, str | None], Awaitable[tuple[int, Mapping[str, Any]]]]
"""Takes a story in, given token, story, its bytes and Idempotency-Key: status and answer."""
type Known = Callable[[str], Awaitable[str | None]]
"""A name for whose token it is; None if it is good for nothing."""


@dataclass(kw_only=True)
class Articles:
    """The way in for programs."""

    receive: Receive
    known: Known
    bucket: Bucket
    max_bytes: int
    trusted: Sequence[Network] = ()

    def routes(self) -> list[Route]:
        return [Route("/articles", self.post, methods=["POST"])]

    async def post(self, request: Request) -> Response:
        """Take in one story."""
        try:
            token = await self._admitted(request)
            body = await self._body(request)
            status, answer = await self.receive(token, _story(body), body, _key(request))
            return JSONResponse(dict(answer), status)
        except _Refused as refused:
            return refused.response
        except StorageError:
            return told(503, "busy", "The database does not answer. Send it again.", {"Retry-After": "10"})
        except ClientDisconnect:
            return Response(status_code=400)
        except Exception:  # a bug with one story must not end the server
            log.exception("not_received")
            return told(500, "fault", "A fault on our side. Nothing has happened; it is in the log.")

    async def _admitted(self, request: Request) -> str:
        """The token, which is good and has not been used too often."""
        token, peer = _token(request), address_of(request, self.trusted)
        who = await self.known(token) if token else None
        if wait := self.bucket.wait(f"token {who}" if who else f"stranger {peer}"):
            seconds = str(max(1, math.ceil(wait)))
            said = f"Too many at once; again in {seconds} s."
            raise _Refused(told(429, "too_many", said, {"Retry-After": seconds}))
        if token is None or who is None:
            challenge = {"WWW-Authenticate": 'Bearer realm="monadi"'}
            raise _Refused(told(401, "unauthorized", "Send a good token: Authorization: Bearer …", challenge))
        return token

    async def _body(self, request: Request) -> bytes:
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in JSON:
            raise _Refused(told(415, "kind", "Send application/json."))
        try:
            body = await body_of(request, self.max_bytes)
        except TimeoutError:
            raise _Refused(told(408, "slow", "The body did not come in time.")) from None
        if body is None:
            raise _Refused(told(413, "large", f"A story has at most {self.max_bytes} bytes."))
        return body


class _Refused(Exception):
    """What is answered instead."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


def _story(body: bytes) -> Sent:
    try:
        return read(body)
    except NotAStory as error:
        faults = [{"place": place, "fault": fault} for place, fault in error.faults]
        status = 400 if error.faults[0][0] == "body" else 422
        raise _Refused(told(status, "no_story", str(error), faults=faults)) from None


def _key(request: Request) -> str | None:
    key = request.headers.get("idempotency-key")
    if key is not None and not 1 <= len(key) <= _LONGEST_KEY:
        raise _Refused(told(422, "key", f"An Idempotency-Key has 1 to {_LONGEST_KEY} characters."))
    return key


def _token(request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


def told(
    status: int,
    error: str,
    detail: str,
    headers: Mapping[str, str] | None = None,
    *,
    faults: list[dict[str, str]] | None = None,
) -> JSONResponse:
    """A refusal that a program and its people understand."""
    answer: dict[str, Any] = {"error": error, "detail": detail}
    if faults is not None:
        answer["faults"] = faults
    return JSONResponse(answer, status, headers=headers)
