"""What was published, for readers and programs: feeds per channel, a page and ninjs per story.

Everything is made of the database as it is now, and kept for seconds only: a correction or a withdrawal is
here within half a minute.
"""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from time import monotonic

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.clock import Clock
from bot.desk import readers
from bot.desk.readers import Shown
from bot.errors import StorageError
from bot.news import ninjs
from bot.news.model import Look
from bot.web import story_page, syndication
from storage import Storage

log = structlog.get_logger(__name__)

KEPT = 20.0
"""Seconds that an answer is given again."""
MOST = 40
"""Stories in a feed."""
_REMEMBERED = 200
_RSS, _JSON, _HTML = "application/rss+xml", "application/feed+json", "text/html"
_CACHE = {"Cache-Control": f"public, max-age={KEPT:.0f}"}


@dataclass(frozen=True, slots=True)
class _Made:
    body: bytes
    kind: str
    status: int = 200


@dataclass(kw_only=True)
class Published:
    """The way out. `base_url` is where it is reached from outside."""

    storage: Storage
    clock: Clock
    base_url: str
    now: Callable[[], float] = monotonic
    _kept: dict[str, tuple[float, _Made]] = field(default_factory=dict)
    _making: asyncio.Lock = field(default_factory=asyncio.Lock)

    def routes(self) -> list[Route]:
        return [
            Route("/channels/{name}/feed.xml", self.rss),
            Route("/channels/{name}/feed.json", self.json_feed),
            Route("/stories/{id:int}.json", self.ninjs),
            Route("/stories/{id:int}", self.story),
        ]

    async def rss(self, request: Request) -> Response:
        return await self._answer(request, lambda: self._feed(request.path_params["name"], "xml"))

    async def json_feed(self, request: Request) -> Response:
        return await self._answer(request, lambda: self._feed(request.path_params["name"], "json"))

    async def story(self, request: Request) -> Response:
        return await self._answer(request, lambda: self._story(request.path_params["id"], as_page=True))

    async def ninjs(self, request: Request) -> Response:
        return await self._answer(request, lambda: self._story(request.path_params["id"], as_page=False))

    async def _answer(self, request: Request, make: Callable[[], Awaitable[_Made]]) -> Response:
        try:
            made = await self._made(request.url.path, make)
        except StorageError:
            return Response("The database does not answer.", 503, {"Retry-After": "10"})
        except Exception:  # a bug with one story must not end the server
            log.exception("not_shown", path=request.url.path)
            return Response("A fault on our side.", 500)
        etag = f'"{hashlib.sha256(made.body).hexdigest()[:32]}"'
        headers = {**_CACHE, "ETag": etag}
        if made.status == 200 and etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(made.body, made.status, headers, media_type=f"{made.kind}; charset=utf-8")

    async def _made(self, path: str, make: Callable[[], Awaitable[_Made]]) -> _Made:
        """One at a time: a crowd at one door makes it once, and the newsroom's own work goes between."""
        async with self._making:
            since, made = self._kept.get(path, (0.0, None))
            if made is None or self.now() - since >= KEPT:
                made = await make()
                if len(self._kept) >= _REMEMBERED:
                    self._kept.clear()
                if made.status != 404:  # there is no end of those
                    self._kept[path] = (self.now(), made)
            return made

    async def _feed(self, name: str, form: str) -> _Made:
        now = await self.clock()
        async with self.storage.begin() as db:
            channel = await readers.channel(db, name[:64])
            shown = await readers.of_channel(db, channel, now, MOST) if channel else ()
        if channel is None:
            return _Made(b"There is no such channel.", "text/plain", 404)
        address = f"{self.base_url}/channels/{channel.username}/feed.{form}"
        made = syndication.rss if form == "xml" else syndication.json_feed
        home = f"https://t.me/{channel.username}"
        text = await asyncio.to_thread(made, channel, shown, url=address, home=home, where=self._where)
        return _Made(text.encode("utf-8", "replace"), _RSS if form == "xml" else _JSON)

    async def _story(self, id: int, *, as_page: bool) -> _Made:
        now = await self.clock()
        async with self.storage.begin() as db:
            shown = await readers.story(db, id, now) if id < 2**62 else False
        if shown is False:
            return _Made(b"There is no such story.", "text/plain", 404)
        if shown is True:
            return _gone(f"{self.base_url}/stories/{id}", as_page=as_page)
        url = self._where(shown)
        if as_page:
            text = await asyncio.to_thread(story_page.page, shown, url)
            return _Made(text.encode("utf-8", "replace"), _HTML)
        told = ninjs.of(shown.article, uri=url, published=shown.at, provider=shown.channel.title)
        return _Made(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace"), "application/json")

    def _where(self, shown: Shown) -> str:
        return f"{self.base_url}/stories/{shown.article.id}"


def _gone(uri: str, *, as_page: bool) -> _Made:
    if as_page:
        return _Made(story_page.gone(Look().withdrawal).encode(), _HTML, 410)
    told = {"uri": uri, "pubstatus": "canceled"}
    return _Made(json.dumps(told).encode(), "application/json", 410)
