"""The routes as one application, and served by uvicorn beside the newsroom's loops."""

import asyncio
import contextlib
import math
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import Any, Final

import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.tls import LOOKED_AGAIN, Tls

log = structlog.get_logger(__name__)

AT_ONCE = 160
"""Requests, half of them boards that only listen; more are answered 503 at once."""
BUSY = f"More than {AT_ONCE} at once; ask again."
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "interest-cohort=()",
}


class _Guarded:
    """Sets what tells browsers to be careful; what does not say that it may be kept is not.

    A page with a policy of its own says in it who may frame it, which counts before `X-Frame-Options` (CSP 3,
    frame-ancestors).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                framed = (
                    "Content-Security-Policy" in headers
                )  # a page with a policy of its own: who may frame it
                for name, value in _HEADERS.items():
                    if not (framed and name in {"Content-Security-Policy", "X-Frame-Options"}):
                        headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, guarded if scope["type"] == "http" else send)


type Wait = Callable[[Request], float]
"""Seconds that who asks has to wait, for they have asked too often; 0: none."""
TOO_OFTEN: Final = "Too often; ask again later."


class _Limited:
    """Answers 429 to who asks too often, whatever it is that they ask for."""

    def __init__(self, app: ASGIApp, wait: Wait) -> None:
        self._app = app
        self._wait = wait

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        app = self._app
        if scope["type"] == "http" and (wait := self._wait(Request(scope))):
            headers = {"Retry-After": str(max(1, math.ceil(wait)))}
            app = PlainTextResponse(TOO_OFTEN, 429, headers)
        await app(scope, receive, send)


def application(routes: Iterable[BaseRoute], *, wait: Wait | None = None) -> Starlette:
    """The routes with the headers that browsers need; to be served, or mounted elsewhere."""
    app = Starlette(routes=list(routes))
    if wait is not None:
        app.add_middleware(_Limited, wait=wait)
    app.add_middleware(_Guarded)  # the outermost: a refusal has the headers too
    return app


class _Server(uvicorn.Server):
    """Signals are the newsroom's."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def serving(app: ASGIApp, host: str, port: int, tls: Tls | None = None) -> AsyncIterator[int]:
    """Serve while the block runs, by https with a certificate; gives the port (0 picks a free one).

    Raises:
        OSError: the address is taken, or not ours; the certificate is no good.
    """
    context = tls.context() if tls else None
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    options: dict[str, Any] = {"ssl_context_factory": lambda *_: context} if context else {}
    server = _Server(uvicorn.Config(app, **_OPTIONS, **options))
    task = asyncio.create_task(server.serve(sockets=[listener]))
    renewing = asyncio.create_task(_renewing(tls, context)) if tls and context else None
    try:
        await server.ready.wait()
        yield listener.getsockname()[1]
    finally:
        if renewing is not None:
            renewing.cancel()
        server.should_exit = True
        await task


async def _renewing(tls: Tls, context: ssl.SSLContext) -> None:
    """Take up a certificate that was renewed; one that is no good leaves the old one there."""
    while True:
        await asyncio.sleep(LOOKED_AGAIN)
        try:
            if await asyncio.to_thread(tls.renew, context):
                log.info("certificate_renewed")
        except OSError as error:
            log.warning("certificate_not_renewed", why=str(error), what_now="the one before is used")


_OPTIONS: dict[str, Any] = {
    "http": "h11",
    "ws": "none",
    "log_config": None,
    "access_log": False,  # addresses of people who read are nobody's business
    "lifespan": "off",
    "server_header": False,
    "proxy_headers": False,
    "limit_concurrency": AT_ONCE,
    "timeout_keep_alive": 10,
    "timeout_graceful_shutdown": 3,
    "h11_max_incomplete_event_size": 32_000,
}
