"""The `/sim` controls: people, faults, clock, transcript, events over HTTP; knows the wire, not the rules."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.simulator import audience, by_hand, places, pressing, writing
from bot.simulator.doorkeeper import is_loopback
from bot.simulator.refusal import NotPossible
from bot.simulator.world import World

Json = dict[str, Any]
_ANY_PAGES = {"text/plain", "multipart/form-data", "application/x-www-form-urlencoded"}
"""What a page may send anywhere without asking first (fetch.spec.whatwg.org, CORS-safelisted)."""
Control = Callable[[World, Request], Awaitable[Response]]


def routes(world: World) -> list[Route]:
    """All controls of this world, each behind the guard."""
    table: list[tuple[str, str, Control]] = [
        ("GET", "/sim/chats", _chats),
        ("GET", "/sim/chats/{id}/messages", _messages),
        ("POST", "/sim/chats", _found),
        ("POST", "/sim/messages", _write),
        ("POST", "/sim/edits", _edit),
        ("POST", "/sim/presses", _press),
        ("POST", "/sim/post-edits", _edit_post),
        ("POST", "/sim/post-deletions", _delete_post),
        ("POST", "/sim/members", _enroll),
        ("POST", "/sim/reactions", _react),
        ("POST", "/sim/comments", _comment),
        ("POST", "/sim/joins", _join),
        ("POST", "/sim/audience", _audience),
        ("GET", "/sim/faults", _faults),
        ("POST", "/sim/faults", _add_fault),
        ("DELETE", "/sim/faults", _clear_faults),
        ("GET", "/sim/calls", _calls),
        ("GET", "/sim/clock", _clock),
        ("POST", "/sim/clock", _set_clock),
        ("GET", "/sim/files/{path:path}", _file),
        ("GET", "/sim/events", _events),
    ]
    return [Route(path, _guarded(world, control), methods=[verb]) for verb, path, control in table]


def is_foreign(request: Request) -> bool:
    """A web page of another origin asks."""
    origin = request.headers.get("origin")
    crossed = request.headers.get("sec-fetch-site") in {"cross-site", "same-site"}
    return crossed or (origin is not None and urlsplit(origin).netloc != request.headers.get("host"))


def _guarded(world: World, control: Control) -> Callable[[Request], Awaitable[Response]]:
    async def guarded(request: Request) -> Response:
        client = request.client.host if request.client else ""
        if not is_loopback(client):
            return _error("controls answer this machine only", 403)
        if is_foreign(request):
            return _error("controls do not answer pages from elsewhere", 403)
        if request.method == "POST" and _kind(request) in _ANY_PAGES:
            return _error("the body is JSON, and says so: Content-Type: application/json", 415)
        try:
            return await control(world, request)
        except NotPossible as error:
            return _error(str(error), error.code)
        except (LookupError, ValueError, TypeError, AttributeError, OverflowError) as error:
            return _error(f"{type(error).__name__}: {error}", 400)

    return guarded


def _kind(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _error(why: str, status: int) -> Response:
    return JSONResponse({"error": why}, status)


async def _body(request: Request) -> Json:
    body = json.loads(await request.body() or b"{}")
    if not isinstance(body, dict):
        raise TypeError("the body must be a JSON object")
    return body


async def _chats(world: World, _request: Request) -> Response:
    return JSONResponse(world.listed())


async def _found(world: World, request: Request) -> Response:
    """Founds a chat {type, title, username, by}; or changes one {id, protected or upgrade}."""
    body = await _body(request)
    if "id" not in body:
        return JSONResponse(places.found(world, body.pop("type"), body.pop("title"), **body))
    if body.get("upgrade"):
        return JSONResponse(places.upgrade(world, body["id"]))
    return JSONResponse(places.protect(world, body["id"], protected=bool(body["protected"])))


async def _messages(world: World, request: Request) -> Response:
    return JSONResponse(places.seen(world, request.path_params["id"]))


async def _write(world: World, request: Request) -> Response:
    body = await _body(request)
    sender = int(body.pop("from"))
    chat, words = body.pop("chat", None), body.pop("text", None) or ""
    return JSONResponse(writing.write(world, sender if chat is None else chat, sender, words, **body))


async def _edit(world: World, request: Request) -> Response:
    """A person edits a message of theirs: {chat, message_id, text, and one file by its kind}."""
    body = await _body(request)
    chat, number, words = body.pop("chat"), int(body.pop("message_id")), body.pop("text", None) or ""
    return JSONResponse(writing.rewrite(world, chat, number, words, **body))


async def _edit_post(world: World, request: Request) -> Response:
    """Somebody edits a channel's post by hand: {chat, message_id, from, text, entities}."""
    body = await _body(request)
    editor, number = int(body["from"]), int(body["message_id"])
    words, marks = str(body["text"]), body.get("entities")
    return JSONResponse(by_hand.edit(world, body["chat"], number, editor, words, entities=marks))


async def _delete_post(world: World, request: Request) -> Response:
    """Somebody deletes a channel's post by hand: {chat, message_id, from}."""
    body = await _body(request)
    by_hand.delete(world, body["chat"], int(body["message_id"]), int(body["from"]))
    return JSONResponse({})


async def _press(world: World, request: Request) -> Response:
    body = await _body(request)
    answer = await pressing.press(
        world,
        body["chat"],
        int(body["message_id"]),
        int(body["from"]),
        label=body.get("text"),
        data=body.get("data"),
    )
    return JSONResponse(answer)


async def _enroll(world: World, request: Request) -> Response:
    body = await _body(request)
    standing = places.enroll(
        world, body["chat"], body["user"], body["status"], rights=body.get("rights"), by=body.get("by")
    )
    return JSONResponse(standing)


async def _react(world: World, request: Request) -> Response:
    """Readers react to a post: {chat, message_id, reactions: {emoji: how many it has now}}."""
    body = await _body(request)
    counts = {str(emoji): int(count) for emoji, count in body["reactions"].items()}
    return JSONResponse(audience.react(world, body["chat"], int(body["message_id"]), counts))


async def _comment(world: World, request: Request) -> Response:
    """Somebody comments on a post: {chat, message_id, from, text}."""
    body = await _body(request)
    number, sender = int(body["message_id"]), int(body["from"])
    return JSONResponse(audience.comment(world, body["chat"], number, sender, str(body["text"])))


async def _join(world: World, request: Request) -> Response:
    """Somebody joins a channel: {chat, user, link (address or name of an invite link)}."""
    body = await _body(request)
    return JSONResponse(audience.join(world, body["chat"], int(body["user"]), body.get("link")))


async def _audience(world: World, request: Request) -> Response:
    """A channel gets a discussion group, or so many members: {chat, discussion} or {chat, members}."""
    body = await _body(request)
    if "discussion" in body:
        return JSONResponse(audience.discuss(world, body["chat"], body["discussion"]))
    return JSONResponse(audience.crowd(world, body["chat"], int(body["members"])))


async def _faults(world: World, _request: Request) -> Response:
    return JSONResponse(world.faults.listed())


async def _add_fault(world: World, request: Request) -> Response:
    world.faults.add(**await _body(request))
    return JSONResponse(world.faults.listed())


async def _clear_faults(world: World, _request: Request) -> Response:
    world.faults.clear()
    return JSONResponse([])


async def _calls(world: World, request: Request) -> Response:
    return JSONResponse(world.transcript.since(int(request.query_params.get("since", "0"))))


async def _clock(world: World, _request: Request) -> Response:
    return JSONResponse({"now": world.clock.now().isoformat()})


async def _set_clock(world: World, request: Request) -> Response:
    """Sets the clock {now} or moves it on {advance, leap}: step by step where somebody lives here."""
    body = await _body(request)
    if ("now" in body) == ("advance" in body):
        return _error('give either "now" or "advance"', 400)
    if "now" in body:
        world.clock.set(datetime.fromisoformat(body["now"]))
    elif world.walk and float(body["advance"]) > 0 and not body.get("leap"):
        await world.walk(float(body["advance"]))
    else:
        world.clock.advance(float(body["advance"]))
    now = world.clock.now().isoformat()
    world.events.tell({"clock": now})
    return JSONResponse({"now": now})


async def _file(world: World, request: Request) -> Response:
    """For the page, which has no token."""
    by_id = world.files.path_of(request.path_params["path"])
    file = world.files.read(by_id or request.path_params["path"])
    return _error("no such file", 404) if file is None else Response(file.content, media_type=file.mime)


async def _events(world: World, _request: Request) -> Response:
    async def stream() -> AsyncIterator[str]:
        events = world.events.listen()
        yield ": listening\n\n"
        async for event in events:
            yield f"data: {json.dumps(event)}\n\n"

    return StreamingResponse(stream(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})
