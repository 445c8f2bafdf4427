"""The web beside the newsroom, put together: what comes in and goes out over HTTP. Wiring."""

import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import timedelta
from functools import partial
from time import monotonic
from typing import Any

import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route

from bot.app import Newsroom
from bot.desk import board_door
from bot.errors import ConfigError
from bot.line import letterbox
from bot.news.sent import Sent
from bot.web import described, openapi
from bot.web.articles import Articles
from bot.web.board.door import Door
from bot.web.board.routes import Board
from bot.web.board.streams import Streams
from bot.web.described import Described
from bot.web.health import Health
from bot.web.limits import Bucket, address_of, is_this_machine
from bot.web.mail import Mail
from bot.web.metrics import Metrics
from bot.web.published import Published
from bot.web.serving import application, serving
from bot.web.settings import ServerSettings
from handlers.feeds import sent as feeds_sent
from handlers.plan.dropped import Table

log = structlog.get_logger(__name__)


SILENT = timedelta(minutes=3)
"""So long without a word from Telegram is too long: a long poll answers within a minute."""
LATE = timedelta(minutes=5)
KNOCKS = 30
"""A minute: how often somebody of one address may try to open the week board."""
BOARD_CALLS = 240
"""A minute, of one session: a hand that drags asks a few times a second at most."""


def application_of(
    newsroom: Newsroom, settings: ServerSettings, *, now: Callable[[], float] = monotonic
) -> Starlette:
    """All routes of a newsroom; `now` is the clock by which answers are kept for seconds."""
    health = Health(look=partial(_standing, newsroom), now=now)
    routes: list[Route] = []
    parts: list[Described] = []
    mail: Mail | None = None
    if newsroom.letterbox is not None:
        secret = newsroom.letterbox.hook.secret
        mail = Mail(path=letterbox.PATH, secret=secret, take=newsroom.letterbox.take)
        routes += mail.routes()
    if settings.health:
        routes += health.routes()
        parts.append(described.health())
    if settings.metrics:
        parts.append(described.metrics())
        routes += Metrics(
            depths=partial(_depths, newsroom), silence=partial(_silence, newsroom), now=now
        ).routes()
    if settings.board_url:
        routes += _board(newsroom, settings, now=now).routes()
    if settings.base_url and settings.published:
        base = settings.base_url
        routes += Published(storage=newsroom.storage, clock=newsroom.clock, base_url=base, now=now).routes()
        parts.append(described.published())
    if settings.articles:
        routes += [*_articles(newsroom, settings).routes(), *openapi.routes(parts)]
    bucket = Bucket(per_minute=settings.requests_per_minute, now=now)
    return application(routes, wait=partial(_wait, bucket, settings, mail))


def _wait(bucket: Bucket, settings: ServerSettings, mail: Mail | None, request: Request) -> float:
    """How long who asks has to wait: each address has its share of everything, and Telegram all it wants.

    The machine itself has none: what looks after it asks as often as it likes, and a proxy on it that the
    settings do not name would have all its readers share one.
    """
    asker = address_of(request, settings.trusted_proxies)
    if is_this_machine(asker) or (mail and request.url.path == mail.path and mail.knows(request)):
        return 0.0
    return bucket.wait(asker)


async def _depths(newsroom: Newsroom) -> Mapping[str, int]:
    """How much waits."""
    async with newsroom.storage.begin() as db:
        return await db.waits.depths()


async def _silence(newsroom: Newsroom) -> float | None:
    heard = newsroom.publisher.heard_at
    return None if heard is None else (await newsroom.clock() - heard).total_seconds()


async def _standing(newsroom: Newsroom) -> Mapping[str, Any]:
    """How the newsroom is, and what keeps it from its work."""
    now, publisher = await newsroom.clock(), newsroom.publisher
    async with newsroom.storage.begin() as db:
        is_ours = await publisher.may_publish(db, now)
        waiting = await db.posts.heads(now)
    heard = publisher.heard_at
    late = max((now - post.due_at for post in waiting), default=timedelta())
    faults = {
        "lease": not is_ours,
        "telegram": heard is None or now - heard > SILENT,
        "late": late > LATE,
    }
    return {
        "faults": [name for name, is_so in faults.items() if is_so],
        "telegram_heard_at": heard and heard.isoformat(timespec="seconds"),
        "late_seconds": int(late.total_seconds()),
        "troubles": newsroom.rounds.troubles,
    }


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
    return Articles(
        receive=receive,
        known=known,
        bucket=bucket,
        max_bytes=settings.max_kilobytes * 1000,
        trusted=settings.trusted_proxies,
    )


def _board(newsroom: Newsroom, settings: ServerSettings, *, now: Callable[[], float]) -> Board:
    table = Table(storage=newsroom.storage, clock=newsroom.clock, house=newsroom.house)
    door = Door(
        token=newsroom.bot.token,
        base_url=settings.base_url,
        clock=newsroom.clock,
        by_link=table.by_link,
        by_signature=table.by_signature,
        signed_lasts=board_door.SIGNED_LASTS,
        session_lasts=board_door.SESSION_LASTS,
    )
    streams = Streams()
    newsroom.rota.beside.append(streams.written)
    return Board(
        door=door,
        table=table,
        streams=streams,
        words=table.door(),
        knocks=Bucket(per_minute=KNOCKS, now=now),
        bucket=Bucket(per_minute=BOARD_CALLS, now=now),
        trusted=settings.trusted_proxies,
    )


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
    tls = settings.tls()
    try:
        if tls is not None:
            tls.context()
    except OSError as error:  # ssl.SSLError is one
        what = f"can't be used with its key: {error.strerror or type(error).__name__}"
        raise ConfigError((("server.certificate", what),)) from error
    async with contextlib.AsyncExitStack() as stack:
        try:
            there = await stack.enter_async_context(
                serving(application_of(newsroom, settings), host, port, tls)
            )
        except OSError as error:
            raise ConfigError((("server.address", f"can't be served: {error.strerror}"),)) from error
        log.info("serving", address=f"{host}:{there}")
        yield there
