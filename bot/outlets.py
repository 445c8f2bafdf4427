"""The web beside the newsroom, put together: what comes in and goes out over HTTP. Wiring."""

import contextlib
from collections.abc import AsyncIterator, Mapping
from typing import Any

import structlog
from starlette.applications import Starlette

from bot.app import Newsroom
from bot.errors import ConfigError
from bot.news.sent import Sent
from bot.web import openapi
from bot.web.articles import Articles
from bot.web.limits import Bucket
from bot.web.serving import application, serving
from bot.web.settings import ServerSettings
from handlers.feeds import sent as feeds_sent

log = structlog.get_logger(__name__)


def application_of(newsroom: Newsroom, settings: ServerSettings) -> Starlette:
    """All routes of a newsroom."""
    return application([*_articles(newsroom, settings).routes(), *openapi.routes()])


def _articles(newsroom: Newsroom, settings: ServerSettings) -> Articles:
    storage, clock, house = newsroom.storage, newsroom.clock, newsroom.house

    async def known(token: str) -> str | None:
        found = await feeds_sent.known(storage, token, await clock())
        return str(found.id) if found else None

    async def receive(token: str, sent: Sent, body: bytes, key: str | None) -> tuple[int, Mapping[str, Any]]:
        request = feeds_sent.Request(token=token, sent=sent, body=body, key=key)
        reply = await feeds_sent.receive(storage, request, await clock(), house=house)
        return reply.status, reply.answer

    bucket = Bucket(per_minute=settings.per_minute)
    return Articles(receive=receive, known=known, bucket=bucket, max_bytes=settings.max_kilobytes * 1000)


@contextlib.asynccontextmanager
async def served(newsroom: Newsroom, settings: ServerSettings) -> AsyncIterator[int | None]:
    """Serve while the block runs, if an address is set; gives the port.

    Raises:
        ConfigError: the address is taken, or not this machine's.
    """
    if not settings.address:
        yield None
        return
    host, port = settings.place
    try:
        async with serving(application_of(newsroom, settings), host, port) as there:
            log.info("serving", address=f"{host}:{there}")
            yield there
    except OSError as error:
        raise ConfigError((("server.address", f"can't be served: {error.strerror}"),)) from error
