"""Serves a world on loopback with uvicorn: connections can break, and open streams don't hold up the end."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.simulator.http import HANG_UP, create_app
from bot.simulator.world import World

_LOOPBACK = "127.0.0.1"


@contextlib.asynccontextmanager
async def serving(what: World | Starlette, port: int = 0, *, host: str = _LOOPBACK) -> AsyncIterator[int]:
    """Serves while the block runs and gives the port (0 picks a free one); leaves signals to the caller.

    Raises:
        OSError: the port is taken.
    """
    app = what if isinstance(what, Starlette) else create_app(what)
    server, listener = _server(app, port, host)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await server.ready.wait()
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        await task


async def serve(
    what: World | Starlette,
    port: int = 0,
    *,
    host: str = _LOOPBACK,
    announce: Callable[[str], None] = print,
) -> None:
    """Serves until the task is canceled; `announce` is told the address."""
    async with serving(what, port, host=host) as real_port:
        announce(f"http://{host}:{real_port}")
        await asyncio.Event().wait()


class _Connection(H11Protocol):
    """Lets the application close the connection without a word (an ASGI extension of our own)."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        inner = self.app

        async def app(scope: Any, receive: Any, send: Any) -> None:
            scope.setdefault("extensions", {})[HANG_UP] = self.hang_up
            await inner(scope, receive, send)

        self.app = app
        self._gone = asyncio.Event()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is closed."""
        super().connection_lost(exc)
        self._gone.set()

    async def hang_up(self) -> None:
        """Closes; returns when the server knows, so that it does not answer for us."""
        self.transport.close()
        await self._gone.wait()


class _Server(uvicorn.Server):
    """Ends streams and long polls first: they would hold the end for as long as they like."""

    def __init__(self, config: uvicorn.Config, let_go: Callable[[], None]) -> None:
        super().__init__(config)
        self._let_go = let_go
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Says when it listens."""
        await super().startup(sockets)
        self.ready.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are the caller's."""
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Lets waiting requests go, then ends as uvicorn does."""
        self._let_go()
        await super().shutdown(sockets)


def _server(app: Starlette, port: int, host: str) -> tuple[_Server, socket.socket]:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError:
        listener.close()
        raise
    config = uvicorn.Config(
        app,
        http=_Connection,
        ws="none",
        log_config=None,
        access_log=False,
        lifespan="off",
        proxy_headers=False,  # who asks is who connects: the controls go by it
        timeout_graceful_shutdown=2,
    )
    return _Server(config, app.state.world.close), listener
