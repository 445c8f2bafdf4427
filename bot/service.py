"""Running the real bot as a process, and checking that it could: what `monadi run` and `monadi check` do."""

import asyncio
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import structlog
import typer
from telegram import Bot

from bot import channel, config, lease, logs, webhook
from bot.app import Newsroom, telegram_bot
from bot.clock import Clock, clock_of, world_clock
from bot.config import Settings
from bot.errors import ConfigError, MonadiError, SendError, StorageError
from bot.lease import Tenure
from handlers import holding
from storage import Storage

log = structlog.get_logger(__name__)

MAX_DRIFT = 60
"""Seconds by which our clock may differ from Telegram's before posts come at the wrong minute."""


async def run(settings: Settings) -> None:
    """Run until SIGTERM or Ctrl-C; while another copy publishes from the same database, wait for its end.

    Raises:
        ConfigError: no token, or one that Telegram does not know.
        StorageError: the database can't be opened.
        typer.Exit: 1, when another copy has taken over: a supervisor shall start us again.
    """
    logs.set_up(settings.log, secret=settings.telegram.secret())
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    clock = clock_of(settings.clock_url)
    storage = await Storage.open(settings.database)
    try:
        tenure = await lease.obtain(storage, clock, stop)
        if tenure is not None:
            await _serve(settings, storage, clock, tenure, stop)
    finally:
        await storage.close()
    log.info("stopped")
    if tenure is not None and tenure.lost:
        raise typer.Exit(1)


async def _serve(
    settings: Settings, storage: Storage, clock: Clock, tenure: Tenure, stop: asyncio.Event
) -> None:
    """Run as the one that publishes, as long as we are."""
    keeper = asyncio.create_task(tenure.keep(storage, clock, stop))
    try:
        newsroom = await Newsroom.open(settings, clock=clock, storage=storage, tenure=tenure)
        async with storage.begin() as db:
            await holding.announce(db)
            hold = await lease.on_hold(db)
        if hold is not None:
            log.warning("publishing_on_hold", why=hold.why)
        try:
            await _greet(newsroom, stop)
            if not stop.is_set():
                log.info("running", bot=newsroom.bot.username)
                await newsroom.run(stop)
        finally:
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
            await webhook.remove(newsroom.bot)
        except SendError as error:
            log.warning("telegram_unreachable", why=error.description, again_in=wait)
            await asyncio.wait([asyncio.create_task(stop.wait())], timeout=wait)
            wait = min(wait * 2, 60.0)
        else:
            return


async def check(path: Path | None) -> int:
    """Print one line for each thing that has to be in order; 0 if all are."""
    faults = 0
    async for place, fault, note in _findings(path):
        typer.secho(f"{'✗' if fault else '✓'} {place}: {fault or note}", fg="red" if fault else "green")
        faults += bool(fault)
    return 1 if faults else 0


async def _findings(path: Path | None) -> AsyncIterator[tuple[str, str, str]]:
    """What was looked at: its place, the fault if there is one, and what is fine about it otherwise."""
    try:
        settings = config.load(path)
    except ConfigError as error:
        for place, fault in error.faults:
            yield f"config {place}", fault, ""
        return
    people = settings.staff.people()
    nobody = "" if people else "nobody is staff: fill in [staff]"
    yield "config", nobody, f"{path or 'no file, the defaults'}; {len(people)} staff"
    try:
        storage = await Storage.open(settings.database)
    except StorageError as error:
        yield "database", str(error), ""
        return
    try:
        yield "database", "", settings.database.partition("@")[2] or settings.database
        yield await _publishing(storage, clock_of(settings.clock_url))
        async for finding in _telegram(settings, storage):
            yield finding
    finally:
        await storage.close()


async def _publishing(storage: Storage, clock: Clock) -> tuple[str, str, str]:
    """Who publishes from this database, and whether it is on hold."""
    async with storage.begin() as db:
        holder, hold = await db.lease.current(), await lease.on_hold(db)
    if hold is not None:
        return "publishing", f"on hold, for the database was {hold.why}: an owner decides in their chat", ""
    if holder is None or not holder.id:
        return "publishing", "", "no copy of the bot is running"
    who = f"a copy of the bot on {holder.host} (process {holder.pid})"
    runs = holder.until > await clock()
    return "publishing", "", f"{who} is running" if runs else f"{who} has ended, or can't reach the database"


async def _telegram(settings: Settings, storage: Storage) -> AsyncIterator[tuple[str, str, str]]:
    try:
        bot = telegram_bot(settings)
        await bot.initialize()
    except ConfigError as error:
        yield "token", error.faults[0][1], ""
        return
    except Exception as error:  # noqa: BLE001 - whatever it is belongs on the line; its text may hold the token
        yield "token", f"Telegram did not accept it, or can't be reached ({type(error).__name__})", ""
        return
    yield "token", "", f"@{bot.username}"
    yield await _webhook(bot)
    yield "clock", await _clock_fault(settings), "as Telegram's"
    async with storage.begin() as db:
        channels = await db.channels.all()
    for one in channels:
        yield f"channel {one.username or one.title}", await _rights_fault(bot, one.id), "may post"
    await bot.shutdown()


async def _webhook(bot: Bot) -> tuple[str, str, str]:
    try:
        host = await webhook.host_of(bot)
    except SendError as error:
        return "webhook", str(error), ""
    fault = (
        f"one to {host} is set, so this bot hears nobody: `monadi run` removes it at its start; if another"
        " program still wants it, that one needs a bot of its own"
    )
    return "webhook", fault if host else "", "none, the bot hears by asking"


async def _clock_fault(settings: Settings) -> str:
    """How far our clock is from Telegram's `Date` header; a simulated world has its own and always agrees."""
    import httpx

    if settings.clock_url:
        await world_clock(settings.clock_url)()
        return ""
    from email.utils import parsedate_to_datetime

    async with httpx.AsyncClient(proxy=settings.telegram.proxy, timeout=10.0) as web:
        answer = await web.get(settings.telegram.base_url)
    if "date" not in answer.headers:
        return ""
    drift = abs((datetime.now(UTC) - parsedate_to_datetime(answer.headers["date"])).total_seconds())
    return f"{drift:.0f} s away from Telegram's" if drift > MAX_DRIFT else ""


async def _rights_fault(bot: Bot, channel_id: int) -> str:
    try:
        me = await channel.call(bot, "getChatMember", {"chat_id": channel_id, "user_id": bot.id})
    except MonadiError as error:
        return str(error)
    return "" if me.get("can_post_messages") else "the bot may not post there"
