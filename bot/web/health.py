"""`/healthz`: the process lives; `/readyz`: it can do its work. For whoever restarts it or is woken."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.errors import StorageError

type Look = Callable[[], Awaitable[Mapping[str, Any]]]
"""How the newsroom is; `faults` in it names what keeps it from its work."""


@dataclass(kw_only=True)
class Health:
    look: Look

    def routes(self) -> list[Route]:
        return [Route("/healthz", self.lives), Route("/readyz", self.is_ready)]

    async def lives(self, request: Request) -> Response:
        del request
        return JSONResponse({"status": "ok"})

    async def is_ready(self, request: Request) -> Response:
        """503 with what is wrong while it can't do its work."""
        del request
        try:
            told = dict(await self.look())
        except StorageError:
            told = {"faults": ["database"]}
        status = "ok" if not told["faults"] else "not_ready"
        return JSONResponse({"status": status, **told}, 503 if told["faults"] else 200)
