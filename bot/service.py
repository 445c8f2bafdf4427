"""Running the real bot as a process: what `monadi run` does."""

import asyncio
import os
import signal
from time import monotonic
from typing import TYPE_CHECKING

import structlog
import typer

from bot import logs, outlets, reporting
from bot.app import Newsroom
from bot.clock import Clock, clock_of
from bot.config import Settings
from bot.delivery import lease
from bot.delivery.lease import Tenure
from bot.desk import holding as desk_holding
from bot.errors import DatabaseBusy, SendError
from bot.line import webhook
from handlers.posts import holding
from storage import Storage
from storage.engine import PATIENCE

if TYPE_CHECKING:
    from storage.postgres import Pool

log = structlog.get_logger(__name__)

AT_START = 12
"""Times as long as else a locked database is waited for at the start."""


async def run(settings: Settings) -> None:
    """Run until SIGTERM or Ctrl-C; while another copy publishes from the same database, wait for its end.

    Raises:
        ConfigError: no token, or one that Telegram does not know.
        StorageError: the database can't be opened.
        typer.Exit: 1, when another copy has taken over: a supervisor shall start us again.
    """
    logs.keep_secrets(settings)
    logs.set_up(settings.log, secret=settings.telegram.secret())
    stop_reporting = reporting.start(settings.log)
    try:
        is_lost = await carry(settings, clock_of(settings.clock_url), until_told())
    finally:
        stop_reporting()
    log.info("stopped")
    if is_lost:
        raise typer.Exit(1)


def until_told() -> asyncio.Event:
    """Set at SIGTERM or Ctrl-C. What is written from now on only we may read."""
    os.umask(0o077)  # copy that nobody has published is in the database and in what SQLite puts beside it
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


async def carry(settings: Settings, clock: Clock, stop: asyncio.Event, *, pool: "Pool | None" = None) -> bool:
    """Run one newsroom until `stop`, as soon as it is nobody else's; True if another copy has taken it over.

    Raises:
        ConfigError: no token, or one that Telegram does not know.
        StorageError: the database can't be opened.
    """
    storage = await opened(settings.database, stop, pool=pool)
    if storage is None:
        return False
    try:
        tenure = await lease.obtain(storage, clock, stop)
        if tenure is not None:
            await _serve(settings, storage, clock, tenure, stop)
    finally:
        await storage.close()
    return tenure is not None and tenure.lost


async def opened(
    url: str, stop: asyncio.Event, *, patience: float = PATIENCE, pool: "Pool | None" = None
) -> Storage | None:
    """The database; one that another copy has locked, as to bring it up to date, is waited for. None: `stop`.

    Raises:
        StorageError: it can't be opened, or was locked for twelve times as long as one is patient (a minute).
    """
    until = monotonic() + AT_START * patience
    while not stop.is_set():
        try:
            return await Storage.open(url, patience=patience, pool=pool)
        except DatabaseBusy as error:
            if monotonic() >= until:
                raise
            log.warning("database_busy", why=str(error), what_now="waiting for it")
    return None


async def _serve(
    settings: Settings, storage: Storage, clock: Clock, tenure: Tenure, stop: asyncio.Event
) -> None:
    """Run as the one that publishes, as long as we are."""
    keeper = asyncio.create_task(tenure.keep(storage, clock, stop))
    try:
        newsroom = await Newsroom.open(settings, clock=clock, storage=storage, tenure=tenure)
        async with storage.begin() as db:
            await holding.announce(db)
            hold = await desk_holding.on_hold(db)
        if hold is not None:
            log.warning("publishing_on_hold", why=hold.why)
        try:
            await _greet(newsroom, stop)
            if not stop.is_set():
                log.info("running", bot=newsroom.bot.username)
                async with outlets.served(newsroom, settings.server):
                    await newsroom.run(stop)
        finally:
            await newsroom.errands.close()
            await newsroom.bot.shutdown()
    finally:
        keeper.cancel()
        await asyncio.gather(keeper, return_exceptions=True)
        await tenure.give_back(storage)


async def _greet(newsroom: Newsroom, stop: asyncio.Event) -> None:
    """Say hello to Telegram, however long it takes: where it is blocked, the proxy may come later."""
    wait = 1.0
    while not stop.is_set():
        try:
            await newsroom.greet()
            if newsroom.hook is None:
                await webhook.remove(newsroom.bot)
        except SendError as error:
            log.warning("telegram_unreachable", why=error.description, again_in=wait)
            await newsroom.rounds.beside_greeting()
            await asyncio.wait([asyncio.create_task(stop.wait())], timeout=wait)
            wait = min(wait * 2, 60.0)
        else:
            return
