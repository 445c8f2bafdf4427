"""Who asks the week board: whose session comes with a call, and that no other site asks in their name.

A browser has a cookie. Telegram shows a Mini App in a frame where no `SameSite=Strict` cookie is sent, so
there the page keeps its session itself and sends it with each call.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from bot.web.board.initdata import signed

HEADER = "x-monadi-board"
"""Only a script of this site can send it: a form or a picture of another can't (CORS)."""
_LONGEST_KEY = 200

type Opened = Callable[[str], Awaitable[str | None]]
type OpenedBySignature = Callable[[str, int], Awaitable[str | None]]


@dataclass(frozen=True, kw_only=True)
class Door:
    """The ways in. `token` is the bot's own, by which Telegram signs."""

    token: str
    base_url: str
    clock: Callable[[], Awaitable[datetime]]
    by_link: Opened
    by_signature: OpenedBySignature
    signed_lasts: timedelta
    session_lasts: timedelta

    @property
    def cookie(self) -> str:
        """`__Host-` has the browser see to it that no other host and no plain HTTP has set it."""
        return "__Host-monadi_board" if self._secure else "monadi_board"

    @property
    def _secure(self) -> bool:
        return self.base_url.startswith("https:")

    async def by_init_data(self, raw: str) -> str | None:
        """The session that initData opens; None of what is forged, stale, foreign or replayed."""
        found = signed(raw, self.token, await self.clock(), lasts=self.signed_lasts)
        return await self.by_signature(found.hash, found.person_id) if found else None

    def session(self, request: Request) -> str | None:
        """The session that a call comes with; the page's own first."""
        scheme, _, told = request.headers.get("authorization", "").partition(" ")
        key = told.strip() if scheme.lower() == "board" else request.cookies.get(self.cookie, "")
        return key if 0 < len(key) <= _LONGEST_KEY else None

    def is_ours(self, request: Request) -> bool:
        """Whether a script of this page sends it, and no other site."""
        if request.headers.get(HEADER) != "1":
            return False
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return False
        origin = request.headers.get("origin")
        return origin is None or origin == "://".join(urlsplit(self.base_url)[:2])

    def remember(self, response: Response, session: str) -> None:
        """Have a browser keep the session."""
        response.set_cookie(
            self.cookie,
            session,
            max_age=int(self.session_lasts.total_seconds()),
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="strict",
        )

    def forget(self, response: Response) -> None:
        response.delete_cookie(self.cookie, path="/", secure=self._secure, httponly=True, samesite="strict")
