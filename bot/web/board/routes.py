"""`/board` and what its page asks for. Knows HTTP, and neither what a drop means nor who may."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.errors import StorageError
from bot.web.board import asks, assets, page, story
from bot.web.board.asks import Drop, Malformed, View
from bot.web.board.door import Door
from bot.web.board.sheet import Answer, May, Sheet
from bot.web.board.story import StoryShown
from bot.web.board.streams import Streams
from bot.web.limits import Bucket, Network, address_of, body_of

log = structlog.get_logger(__name__)

PATH = "/board"
MOST = 20_000
"""Bytes of what the page sends."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors https://web.telegram.org"
)
"""Nothing of anybody else's, and framed by Telegram's own web app only."""

type Asked = Mapping[str, Any]
"""What the page sends."""


class Table(Protocol):
    """What is behind the board; each call names a session, and is answered None where that is nobody's."""

    async def sheet(self, session: str, view: View) -> Sheet | Answer | None: ...
    async def places(self, session: str, drop: Drop, view: View) -> Mapping[str, May] | Answer | None: ...
    async def drop(self, session: str, drop: Drop, view: View) -> Answer | None: ...
    async def undo(self, session: str, entry_id: int, view: View) -> Answer | None: ...
    async def leave(self, session: str) -> None: ...
    async def person(self, session: str) -> int | None: ...
    async def story(self, session: str, post_id: int) -> StoryShown | Answer | None: ...


@dataclass(kw_only=True)
class Board:
    """The page and its calls. `words` are said before anybody is known."""

    door: Door
    table: Table
    streams: Streams
    words: Mapping[str, str]
    knocks: Bucket  # by address, before anybody is known
    bucket: Bucket  # by session
    trusted: Sequence[Network] = ()

    def routes(self) -> list[Route]:
        return [
            Route(PATH, self.shell),
            Route(f"{PATH}/session", self._guarded(self.enter), methods=["POST"]),
            Route(f"{PATH}/leave", self._guarded(self.leave), methods=["POST"]),
            Route(f"{PATH}/week", self._guarded(self.week), methods=["POST"]),
            Route(f"{PATH}/places", self._guarded(self.places), methods=["POST"]),
            Route(f"{PATH}/drop", self._guarded(self.drop), methods=["POST"]),
            Route(f"{PATH}/story", self._guarded(self.story), methods=["POST"]),
            Route(f"{PATH}/events", self._guarded(self.events), methods=["POST"]),
            Route(f"{PATH}/undo", self._guarded(self.undo), methods=["POST"]),
            Route(f"{PATH}/{{name}}", self.asset),
        ]

    async def shell(self, request: Request) -> Response:
        """The page without anything of anybody."""
        del request
        html = page.shell(dict(self.words), assets.addresses())
        return HTMLResponse(html, headers={"Content-Security-Policy": POLICY})

    async def asset(self, request: Request) -> Response:
        found = assets.all_of_them().get(request.path_params["name"])
        if found is None:
            return Response("There is no such thing.", 404)
        kept = {"Cache-Control": "public, max-age=31536000, immutable"}
        return Response(found.body, headers=kept, media_type=found.kind)

    async def enter(self, request: Request, asked: Asked) -> Response:
        """Take a link or what Telegram has signed; the session goes into a cookie, or to the page."""
        if self.knocks.wait(f"knock {address_of(request, self.trusted)}"):
            return _told(429, "too_many")
        link, init = asked.get("link"), asked.get("init")
        if isinstance(link, str) and 0 < len(link) <= 200:
            session = await self.door.by_link(link)
            if session is not None:
                response = JSONResponse({"done": True})
                self.door.remember(response, session)
                return response
        elif isinstance(init, str):
            session = await self.door.by_init_data(init)
            if session is not None:
                return JSONResponse({"done": True, "session": session})
        return _told(401, "shut_door")

    async def leave(self, request: Request, asked: Asked) -> Response:
        del asked
        session = self.door.session(request)
        if session is not None:
            await self.table.leave(session)
        response = JSONResponse({"done": True})
        self.door.forget(response)
        return response

    async def week(self, request: Request, asked: Asked) -> Response:
        view = asks.view(asked)
        return await self._known(request, lambda session: self.table.sheet(session, view))

    async def places(self, request: Request, asked: Asked) -> Response:
        drop, view = asks.drop(asked), asks.view(asked)
        return await self._known(request, lambda session: self.table.places(session, drop, view))

    async def drop(self, request: Request, asked: Asked) -> Response:
        drop, view = asks.drop(asked), asks.view(asked)
        return await self._known(request, lambda session: self.table.drop(session, drop, view))

    async def undo(self, request: Request, asked: Asked) -> Response:
        entry, view = asks.number(asked, "entry"), asks.view(asked)
        return await self._known(request, lambda session: self.table.undo(session, entry, view))

    async def story(self, request: Request, asked: Asked) -> Response:
        post = asks.number(asked, "post")
        return await self._known(request, lambda session: self.table.story(session, post))

    async def events(self, request: Request, asked: Asked) -> Response:
        """Server-sent events: that something on the board may have changed. What it is, the page asks."""
        del asked
        session = self.door.session(request)
        person = await self.table.person(session) if session else None
        if session is None or person is None:
            return _told(401, "shut_door")
        if self.bucket.wait(f"board {session}") or not self.streams.has_room(person):
            return _told(429, "too_many")

        async def still() -> bool:
            return await self.table.person(session) == person

        told = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # nginx would keep it to itself
        return StreamingResponse(self.streams.of(person, still), media_type="text/event-stream", headers=told)

    async def _known(self, request: Request, call: Callable[[str], Awaitable[Any]]) -> Response:
        session = self.door.session(request)
        if session is None:
            return _told(401, "shut_door")
        if self.bucket.wait(f"board {session}"):
            return _told(429, "too_many")
        found = await call(session)
        if found is None:
            return _told(401, "shut_door")
        return await _answered(found)

    def _guarded(
        self, do: Callable[[Request, Asked], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        """Only for a script of this page; a fault is answered, and said in the log once."""

        async def guarded(request: Request) -> Response:
            if not self.door.is_ours(request):
                return _told(403, "another_site")
            try:
                return await do(request, await _read(request))
            except Malformed:
                return _told(400, "malformed")
            except TimeoutError:
                return _told(408, "slow")
            except ClientDisconnect:
                return Response(status_code=400)
            except StorageError:
                return _told(503, "busy")
            except Exception:  # a bug with one call must not end the server
                log.exception("board_fault", path=request.url.path)
                return _told(500, "fault")

        return guarded


async def _answered(found: Sheet | StoryShown | Answer | Mapping[str, May]) -> Response:
    if isinstance(found, StoryShown):
        return JSONResponse({"done": True, "html": await asyncio.to_thread(story.shown, found)})
    if isinstance(found, Sheet):
        return JSONResponse({"done": True, "html": await asyncio.to_thread(page.week, found)})
    if not isinstance(found, Answer):
        told = {key: {"no": may.no, "ah": may.ah} for key, may in found.items()}
        return JSONResponse({"done": True, "places": told})
    answer: dict[str, Any] = {"done": found.done, "said": found.said, "undo": found.undo}
    if found.put is not None:
        answer["put"] = {"post": found.put[0], "seen": found.put[1]}
    if found.sheet is not None:
        answer["html"] = await asyncio.to_thread(page.week, found.sheet)
    return JSONResponse(answer, 200 if found.done else 409)


async def _read(request: Request) -> Asked:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Malformed
    body = await body_of(request, MOST)
    try:
        asked = json.loads(body or b"")
    except (ValueError, RecursionError):
        raise Malformed from None
    if not isinstance(asked, dict):
        raise Malformed
    return asked


def _told(status: int, error: str) -> JSONResponse:
    return JSONResponse({"done": False, "error": error}, status)
