"""`/healthz`: the process lives; `/readyz`: it can do its work. For whoever restarts it or is woken."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.errors import StorageError

type Look = Callable[[], Awaitable[Mapping[str, Any]]]
"""How the newsroom is; `faults` in it names what keeps it from its work."""


ASKED_AGAIN: Final = 1.0
"""Seconds for which an answer is given again: who asks two hundred times a second asks the database once."""


@dataclass(kw_only=True)
class Health:
    look: Look
    now: Callable[[], float] = monotonic
    _told: dict[str, Any] | None = None
    _asked_at: float = float("-inf")

    def routes(self) -> list[Route]:
        return [Route("/healthz", self.lives), Route("/readyz", self.is_ready)]

    async def lives(self, request: Request) -> Response:
        del request
        return JSONResponse({"status": "ok"})

    async def is_ready(self, request: Request) -> Response:
        """503 with what is wrong while it can't do its work."""
        del request
        if self._told is None or self.now() - self._asked_at >= ASKED_AGAIN:
            self._asked_at = self.now()  # first: those who ask meanwhile get what was known
            try:
                self._told = dict(await self.look())
            except StorageError:
                self._told = {"faults": ["database"]}
        told = self._told
        status = "ok" if not told["faults"] else "not_ready"
        return JSONResponse({"status": status, **told}, 503 if told["faults"] else 200)
