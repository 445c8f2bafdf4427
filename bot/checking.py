"""What `monadi check` looks at: everything that has to be in order, a line each. Changes nothing anywhere."""

import asyncio
import os
import stat
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import typer
from telegram import Bot

from bot import backups, config, logs, machine, newsrooms, striking
from bot.clock import Clock, clock_of, world_clock
from bot.config import Settings
from bot.desk import holding
from bot.errors import ConfigError, MonadiError, SendError, StorageError
from bot.finding import Finding, Mark, found
from bot.line import calls, webhook
from bot.line.answers import NotRead, NotTelegrams, TokenNotTaken
from bot.line.letterbox import Hook
from bot.line.wire import telegram_bot
from bot.news.model import Channel
from storage import Storage
from storage.address import file_of, place_of
from storage.looking import Look, looking
from storage.migrations import revisions

MAX_DRIFT = 60
"""Seconds by which our clock may differ from Telegram's before posts come at the wrong minute."""


_COLORS = {Mark.FINE: "green", Mark.WARNING: "yellow", Mark.FAULT: "red"}


async def check(path: Path | None, newsroom: str | None = None) -> int:
    """Print one line for each thing that has to be in order; 0 if nothing keeps the bot from running."""
    faults = 0
    async for finding in _findings(path, newsroom):
        line = striking.struck(f"{finding.mark} {finding.place}: {finding.words}")
        typer.secho(line, fg=_COLORS[finding.mark])
        faults += finding.mark is Mark.FAULT
    return 1 if faults else 0


async def _findings(path: Path | None, newsroom: str | None) -> AsyncIterator[Finding]:
    try:
        settings = newsrooms.chosen(config.load(path), newsroom)
    except ConfigError as error:
        for place, fault in error.faults:
            yield Finding(f"config {place}", fault, Mark.FAULT)
        return
    logs.keep_secrets(settings)
    logs.set_up(settings.log)
    people = settings.staff.people()
    nobody = "" if people else "nobody is staff: fill in [staff]"
    yield found("config", nobody, f"{path or 'no file, the defaults'}; {len(people)} staff")
    for finding in _secret_files(settings, path):
        yield finding
    yield machine.versions(settings)
    for finding in machine.disks(settings):
        yield finding
    async for finding in _database_and_telegram(settings):
        yield finding


async def _database_and_telegram(settings: Settings) -> AsyncIterator[Finding]:
    try:
        async with looking(settings.database) as look:
            for finding in _database(settings.database, look):
                yield finding
            yield await last_backup(settings)
            storage = look.storage if look and look.is_sound else None
            if storage:
                yield await publishing(storage, clock_of(settings.clock_url))
                yield await unsaid(storage)
            async for finding in _telegram(settings, storage):
                yield finding
    except StorageError as error:
        yield Finding("database", str(error), Mark.FAULT)
        async for finding in _telegram(settings, None):
            yield finding


# ── Files ───────────────────────────────────────────────────────────────────────────────────────────


def _secret_files(settings: Settings, path: Path | None) -> list[Finding]:
    """Files that hold a secret, and that others can read."""
    held = [settings.telegram.token_file, settings.assistant.key_file]
    if path is not None and logs.secrets_of(config.of_file(path)):
        held.append(path)
    return [finding for file in held if file for finding in _open_to_others(file, "a secret is in it")]


def _open_to_others(file: Path, why: str) -> list[Finding]:
    """What speaks against the file's mode. A group of its own, as services have, only makes one wonder."""
    try:
        mode = stat.S_IMODE(file.stat().st_mode)
    except OSError:  # said elsewhere, or not there yet
        return []
    if not mode & 0o077 or os.name != "posix":
        return []
    only_group_reads = mode & 0o077 == 0o040
    who, mark = (
        ("its group", Mark.WARNING) if only_group_reads else ("other accounts of this machine", Mark.FAULT)
    )
    return [
        Finding(f"file {file}", f"{who} can get at it (mode {mode:03o}), and {why}: chmod 600 {file}", mark)
    ]


def _folder(file: Path) -> list[Finding]:
    """What speaks against the database's folder: SQLite writes there, and so must nobody else."""
    folder = file.parent
    if not folder.is_dir():
        return [Finding(f"folder {folder}", "is not there: make it, or correct `database`", Mark.FAULT)]
    if not os.access(folder, os.W_OK | os.X_OK):
        return [Finding(f"folder {folder}", "the bot may not write there, and SQLite must", Mark.FAULT)]
    mode = folder.stat().st_mode
    if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
        words = f"everybody may put files there in place of the database's: chmod o-w {folder}"
        return [Finding(f"folder {folder}", words, Mark.FAULT)]
    return []


# ── The database ────────────────────────────────────────────────────────────────────────────────────


def _database(url: str, look: Look | None) -> list[Finding]:
    file = file_of(url)
    findings = [_state(place_of(url), look)]
    if file is not None:
        findings += _folder(file)
        for suffix in ("", "-wal", "-shm", ".mark"):
            findings += _open_to_others(Path(f"{file}{suffix}"), "copy that is not published is in it")
    return findings


def _state(place: str, look: Look | None) -> Finding:
    if look is None:
        return Finding("database", f"{place}: no database there yet; `monadi run` makes one", Mark.WARNING)
    if look.damage:
        return Finding("database", f"{place}: damaged ({look.damage}): go back to a backup", Mark.FAULT)
    if look.is_newer:
        words = f"{place}: newer than this program (revision {look.revision}): update Monadi"
        return Finding("database", words, Mark.FAULT)
    if look.is_older:
        words = (
            f"{place}: needs migrating (revision {look.revision}, this program's is {revisions()[-1]}):"
            " `monadi run` does it at its start; keep a copy first, for there is no way back"
        )
        return Finding("database", words, Mark.WARNING)
    if look.missing:
        words = f"{place}: {', '.join(look.missing)} missing: go back to a backup"
        return Finding("database", words, Mark.FAULT)
    if look.revision is None and look.is_empty:
        return Finding("database", f"{place}: empty; `monadi run` makes the tables", Mark.WARNING)
    if look.revision is None:
        return Finding("database", f"{place}: holds tables of another program", Mark.FAULT)
    return Finding("database", place)


async def last_backup(settings: Settings) -> Finding:
    """How old the newest backup is, and whether it comes as often as it should."""
    plan = backups.Plan.of(settings)
    if plan is None:
        words = "none is made by itself: name a folder under [backup], or have cron call `monadi backup`"
        return Finding("backup", words, Mark.WARNING)
    there = await asyncio.to_thread(backups.kept, plan)
    if not there:
        return Finding("backup", f"none yet in {plan.folder}", Mark.WARNING)
    age = await clock_of(settings.clock_url)() - backups.made_at(there[-1], plan)
    words = f"{there[-1].name}, {age // timedelta(hours=1)} hours old"
    late = f"{words}: no newer one could be made, or the bot does not run" if age > 2 * plan.every else ""
    return found("backup", late, words)


async def publishing(storage: Storage, clock: Clock) -> Finding:
    """Who publishes from this database, and whether it is on hold."""
    async with storage.begin() as db:
        holder, hold = await db.lease.current(), await holding.on_hold(db)
    if hold is not None:
        words = f"on hold, for the database was {hold.why}: an owner decides in their chat"
        return Finding("publishing", words, Mark.FAULT)
    if holder is None or not holder.id:
        return Finding("publishing", "no copy of the bot is running")
    who = f"a copy of the bot on {holder.host} (process {holder.pid})"
    runs = holder.until > await clock()
    return Finding(
        "publishing", f"{who} is running" if runs else f"{who} has ended, or can't reach the database"
    )


async def unsaid(storage: Storage) -> Finding:
    """How much of what people should have heard Telegram would not take, and of whom."""
    async with storage.begin() as db:
        dropped = await db.notices.dropped_by_chat()
        people = {id: person.name for id in dropped if (person := await db.staff.get(id)) and person.roles}
    if not people:
        return Finding("notices", "everybody who works here can be told what they should hear")
    each = ", ".join(f"{dropped[id]} to {name or id}" for id, name in people.items())
    return Finding("notices", f"could not be delivered: {each} (have they blocked the bot?)", Mark.WARNING)


# ── Telegram ────────────────────────────────────────────────────────────────────────────────────────


async def _telegram(settings: Settings, storage: Storage | None) -> AsyncIterator[Finding]:
    try:
        bot = telegram_bot(settings)
    except ConfigError as error:
        yield Finding("token", error.faults[0][1], Mark.FAULT)
        return
    if (by := await machine.proxy(settings)) is not None:
        yield by
    try:
        await bot.initialize()
    except Exception as error:  # noqa: BLE001 - whatever it is belongs on the line; its text may hold the token
        yield Finding("token", _why_no_token(error), Mark.FAULT)
        await bot.shutdown()
        return
    yield Finding("token", f"@{bot.username}")
    yield await the_webhook(bot, Hook.of(settings))
    yield await _clock(settings)
    for one in await _channels(storage):
        yield await _rights(bot, one)
    await bot.shutdown()


def _why_no_token(error: Exception) -> str:
    match error:
        case TokenNotTaken():
            return "Telegram does not take it: it was revoked, or is mistyped"
        case NotTelegrams() | NotRead():
            return f"{error.message}: a filter or a proxy stands in between"
        case _:
            return f"Telegram did not accept it, or can't be reached ({type(error).__name__})"


async def the_webhook(bot: Bot, hook: Hook | None = None) -> Finding:
    """Whether the mail comes as the settings say: by `hook`, or by asking, which any webhook forbids."""
    try:
        info = await calls.call(bot, "getWebhookInfo", {})
    except SendError as error:
        return Finding("webhook", str(error), Mark.FAULT)
    host = webhook.host_in(info)
    if hook is not None:
        return _our_webhook(hook, info, host)
    fault = (
        f"one to {host} is set, so this bot hears nobody: `monadi run` removes it at its start; if another"
        " program still wants it, that one needs a bot of its own"
    )
    return found("webhook", fault if host else "", "none, the bot hears by asking")


def _our_webhook(hook: Hook, info: dict[str, Any], host: str) -> Finding:
    if not hook.is_told_by(info):
        words = "`monadi run` sets it at its start"
        return Finding("webhook", f"to {host} now; {words}" if host else f"none now; {words}", Mark.WARNING)
    waits, failed = info.get("pending_update_count") or 0, info.get("last_error_message")
    words = f"to {host}, {waits} updates wait at Telegram"
    fault = f"{words}, and it says: {failed}. Can {hook.url} be reached from outside?"
    return Finding("webhook", fault, Mark.WARNING) if waits and failed else Finding("webhook", words)


async def _channels(storage: Storage | None) -> tuple[Channel, ...]:
    if storage is None:
        return ()
    async with storage.begin() as db:
        return tuple(await db.channels.all())


async def _clock(settings: Settings) -> Finding:
    """How far our clock is from Telegram's `Date` header; a simulated world has its own and always agrees."""
    import httpx

    try:
        if settings.clock_url:
            await world_clock(settings.clock_url)()
            return Finding("clock", "the simulated world's")
        async with httpx.AsyncClient(proxy=settings.telegram.proxy, timeout=10.0) as web:
            answer = await web.get(settings.telegram.base_url)
        told = parsedate_to_datetime(answer.headers["date"])
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError) as error:
        return Finding("clock", f"can't be compared with Telegram's ({type(error).__name__})", Mark.WARNING)
    drift = abs((datetime.now(UTC) - told).total_seconds())
    return found("clock", f"{drift:.0f} s away from Telegram's" if drift > MAX_DRIFT else "", "as Telegram's")


_NEEDED = {
    "can_edit_messages": "edit messages: no correction and no pin would come to the readers",
    "can_delete_messages": "delete messages: nothing could be taken down",
}
"""Rights beside posting, and what is missing without each (Bot API, `ChatMemberAdministrator`)."""


async def _rights(bot: Bot, channel: Channel) -> Finding:
    place = f"channel {channel.username or channel.title}"
    try:
        me = await calls.call(bot, "getChatMember", {"chat_id": channel.id, "user_id": bot.id})
    except MonadiError as error:
        return Finding(place, str(error), Mark.FAULT)
    if not me.get("can_post_messages"):
        return Finding(place, "the bot may not post there: make it an administrator who may", Mark.FAULT)
    missing = [words for right, words in _NEEDED.items() if not me.get(right)]
    if missing:
        return Finding(place, f"may post, but not {'; nor '.join(missing)}", Mark.WARNING)
    return Finding(place, "may post, edit and delete")
