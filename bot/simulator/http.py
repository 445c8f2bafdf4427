"""The HTTP door: Telegram's addresses and the `/sim` controls over a world; knows the wire, not the rules.

`/sim` answers this machine only: the client, the Host named and a browser page's origin are all looked at, so
that no page from elsewhere can drive the world. A broken connection needs the server of `serving`; over
another one (a test's ASGI transport) it surfaces as `ConnectionAbortedError`.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.simulator import controls, dispatch
from bot.simulator.doorkeeper import LONGEST_UPLOAD, Doorkeeper
from bot.simulator.schema import Upload
from bot.simulator.world import World

HANG_UP = "simulator.hang_up"
_NOT_FOUND = {"ok": False, "error_code": 404, "description": "Not Found"}


def create_app(world: World, *, extra_routes: Sequence[BaseRoute] = ()) -> Starlette:
    """The application; `extra_routes` (a page) come first. `app.state.world` is the world."""
    routes = [
        *extra_routes,
        *controls.routes(world),
        Route("/bot{token}/{method}", _method, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", _file),
    ]
    app = Starlette(
        routes=routes,
        exception_handlers={404: _unknown, 405: _unknown},
        middleware=[Middleware(Doorkeeper)],
    )
    app.state.world = world
    return app


async def _method(request: Request) -> Response:
    if controls.is_foreign(request):
        return JSONResponse({"ok": False, "error_code": 403, "description": "Forbidden: cross-origin"}, 403)
    world: World = request.app.state.world
    try:
        parameters, files = await _parameters(request)
    except ValueError:
        wrong = {"ok": False, "error_code": 400, "description": "Bad Request: can't parse JSON object"}
        return JSONResponse(wrong, 400)
    except ClientDisconnect:  # half a request: nothing is done, and nobody is there to hear it
        return Response(status_code=400)
    path = request.path_params
    answer = await dispatch.call(world, path["token"], path["method"], parameters, files)
    if answer.status is None:
        await _hang_up(request)
        return Response(status_code=204)  # goes nowhere, the connection is gone
    if answer.instead is not None:
        return Response(answer.payload, answer.status, media_type="text/html")
    headers = {"Retry-After": str(answer.retry_after)} if answer.retry_after else None
    return JSONResponse(answer.body, answer.status, headers=headers)


async def _parameters(request: Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Of the query and of a JSON, form or multipart body together."""
    found: dict[str, Any] = dict(request.query_params)
    files: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        body = json.loads(await request.body() or b"{}")
        if not isinstance(body, Mapping):
            raise ValueError("not an object")
        found |= body
    elif kind in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        async with request.form(max_part_size=LONGEST_UPLOAD) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    files[name] = await _upload(value)
                else:
                    found[name] = value
    return found, files


async def _upload(file: UploadFile) -> Upload:
    mime = file.content_type or "application/octet-stream"
    return Upload(name=file.filename or "file", content=await file.read(), mime=mime)


async def _hang_up(request: Request) -> None:
    hang_up = request.scope.get("extensions", {}).get(HANG_UP)
    if hang_up is None:
        raise ConnectionAbortedError("Server disconnected without sending a response.")
    await hang_up()


async def _file(request: Request) -> Response:
    world: World = request.app.state.world
    file = world.files.read(request.path_params["path"])
    if request.path_params["token"] != world.token or file is None:
        return JSONResponse(_NOT_FOUND, 404)
    return Response(file.content, media_type=file.mime)


async def _unknown(_request: Request, _error: Exception) -> Response:
    return JSONResponse(_NOT_FOUND, 404)
