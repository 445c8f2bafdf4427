"""What `monadi check` looks at: everything that has to be in order, a line each. Changes nothing anywhere."""

import asyncio
import os
import tomllib
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
from bot.words import N_, words
from storage import Storage
from storage.address import file_of, place_of
from storage.looking import Look, looking
from storage.migrations import revisions

MAX_DRIFT = 60
"""Seconds by which our clock may differ from Telegram's before posts come at the wrong minute."""


_COLORS = {Mark.FINE: "green", Mark.WARNING: "yellow", Mark.FAULT: "red"}


async def check(path: Path | None, newsroom: str | None = None) -> int:
    """Print one line for each thing that has to be in order; 0 if nothing keeps the bot from running."""
    faults, say = 0, words(_language(path))
    async for finding in _findings(path, newsroom):
        line = striking.struck(finding.line(say))
        typer.secho(line, fg=_COLORS[finding.mark])
        faults += finding.mark is Mark.FAULT
    return 1 if faults else 0


def _language(path: Path | None) -> str:
    """As the settings say, also those that are at fault elsewhere."""
    try:
        return config.load(path).language
    except ConfigError:
        pass
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8")) if path else {}
    except (OSError, ValueError):
        content = {}
    return str(os.environ.get("MONADI_LANGUAGE") or content.get("language") or "fa")


async def _findings(path: Path | None, newsroom: str | None) -> AsyncIterator[Finding]:
    try:
        settings = newsrooms.chosen(config.load(path), newsroom)
    except ConfigError as error:
        for place, fault in error.faults:
            yield _in_its_words(f"config {place}", fault)
        return
    logs.keep_secrets(settings)
    logs.set_up(settings.log)
    people = settings.staff.people()
    nobody = "" if people else N_("nobody is staff: fill in [staff]")
    note = N_("{file}; {count} staff") if path else N_("no file, the defaults; {count} staff")
    yield found("config", nobody, note, file=path, count=len(people))
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
        yield _in_its_words("database", str(error))
        async for finding in _telegram(settings, None):
            yield finding


def _in_its_words(place: str, error: str) -> Finding:
    """What has been said of it elsewhere; such words are English."""
    return Finding(place, "{error}", Mark.FAULT, {"error": error})


# ── Files ───────────────────────────────────────────────────────────────────────────────────────────


def _secret_files(settings: Settings, path: Path | None) -> list[Finding]:
    """Files that hold a secret, and that others can read."""
    held = [settings.telegram.token_file, settings.assistant.key_file]
    if path is not None and logs.secrets_of(config.of_file(path)):
        held.append(path)
    return [finding for file in held if file for finding in machine.open_to_others(file, machine.SECRET)]


# ── The database ────────────────────────────────────────────────────────────────────────────────────


def _database(url: str, look: Look | None) -> list[Finding]:
    file = file_of(url)
    findings = [_state(place_of(url), look)]
    if file is not None:
        findings += machine.folder(file)
        for suffix in ("", "-wal", "-shm", ".mark"):
            findings += machine.open_to_others(Path(f"{file}{suffix}"), machine.COPY)
    return findings


def _state(place: str, look: Look | None) -> Finding:
    text, mark = _judged(look)
    known: dict[str, object] = {"place": place, "newest": revisions()[-1]}
    if look is not None:
        known |= {"damage": look.damage, "revision": look.revision, "missing": ", ".join(look.missing)}
    return Finding("database", text, mark, known)


def _judged(look: Look | None) -> tuple[str, Mark]:
    if look is None:
        return N_("{place}: no database there yet; `monadi run` makes one"), Mark.WARNING
    if look.damage:
        return N_("{place}: damaged ({damage}): go back to a backup"), Mark.FAULT
    if look.is_newer:
        return N_("{place}: newer than this program (revision {revision}): update Monadi"), Mark.FAULT
    if look.is_older:
        text = N_(
            "{place}: needs migrating (revision {revision}, this program's is {newest}): "
            "`monadi run` does it at its start; keep a copy first, for there is no way back"
        )
        return text, Mark.WARNING
    if look.missing:
        return N_("{place}: {missing} missing: go back to a backup"), Mark.FAULT
    if look.revision is None and look.is_empty:
        return N_("{place}: empty; `monadi run` makes the tables"), Mark.WARNING
    if look.revision is None:
        return N_("{place}: holds tables of another program"), Mark.FAULT
    return "{place}", Mark.FINE


async def last_backup(settings: Settings) -> Finding:
    """How old the newest backup is, and whether it comes as often as it should."""
    plan = backups.Plan.of(settings)
    if plan is None:
        text = N_("none is made by itself: name a folder under [backup], or have cron call `monadi backup`")
        return Finding("backup", text, Mark.WARNING)
    there = await asyncio.to_thread(backups.kept, plan)
    if not there:
        return Finding("backup", N_("none yet in {folder}"), Mark.WARNING, {"folder": plan.folder})
    age = await clock_of(settings.clock_url)() - backups.made_at(there[-1], plan)
    known = {"file": there[-1].name, "hours": age // timedelta(hours=1)}
    late = N_("{file}, {hours} hours old: no newer one could be made, or the bot does not run")
    note = N_("{file}, {hours} hours old")
    return found("backup", late if age > 2 * plan.every else "", note, **known)


async def publishing(storage: Storage, clock: Clock) -> Finding:
    """Who publishes from this database, and whether it is on hold."""
    async with storage.begin() as db:
        holder, hold = await db.lease.current(), await holding.on_hold(db)
    if hold is not None:
        return Finding("publishing", _ON_HOLD[hold.why], Mark.FAULT)
    if holder is None or not holder.id:
        return Finding("publishing", N_("no copy of the bot is running"))
    runs = N_("a copy of the bot on {host} (process {pid}) is running")
    ended = N_("a copy of the bot on {host} (process {pid}) has ended, or can't reach the database")
    who = {"host": holder.host, "pid": str(holder.pid)}
    return Finding("publishing", runs if holder.until > await clock() else ended, values=who)


_ON_HOLD = {
    "moved": N_("on hold, for the database was moved: an owner decides in their chat"),
    "restored": N_("on hold, for the database was restored: an owner decides in their chat"),
}


async def unsaid(storage: Storage) -> Finding:
    """How much of what people should have heard Telegram would not take, and of whom."""
    async with storage.begin() as db:
        dropped = await db.notices.dropped_by_chat()
        people = {id: person.name for id in dropped if (person := await db.staff.get(id)) and person.roles}
    if not people:
        return Finding("notices", N_("everybody who works here can be told what they should hear"))
    each = ", ".join(f"{name or id} ({dropped[id]})" for id, name in people.items())
    text = N_("could not be delivered to: {people} (have they blocked the bot?)")
    return Finding("notices", text, Mark.WARNING, {"people": each})


# ── Telegram ────────────────────────────────────────────────────────────────────────────────────────


async def _telegram(settings: Settings, storage: Storage | None) -> AsyncIterator[Finding]:
    try:
        bot = telegram_bot(settings)
    except ConfigError as error:
        yield _in_its_words("token", error.faults[0][1])
        return
    if (by := await machine.proxy(settings)) is not None:
        yield by
    try:
        await bot.initialize()
    except Exception as error:  # noqa: BLE001 - whatever it is belongs on the line; its text may hold the token
        yield _no_token(error)
        await bot.shutdown()
        return
    yield Finding("token", "{name}", values={"name": f"@{bot.username}"})
    yield await the_webhook(bot, Hook.of(settings))
    yield await _clock(settings)
    for one in await _channels(storage):
        yield await _rights(bot, one)
    await bot.shutdown()


def _no_token(error: Exception) -> Finding:
    match error:
        case TokenNotTaken():
            text, why = N_("Telegram does not take it: it was revoked, or is mistyped"), ""
        case NotTelegrams() | NotRead():
            text, why = N_("{why}: a filter or a proxy stands in between"), error.message
        case _:
            text = N_("Telegram did not accept it, or can't be reached ({why})")
            why = type(error).__name__
    return Finding("token", text, Mark.FAULT, {"why": why})


async def the_webhook(bot: Bot, hook: Hook | None = None) -> Finding:
    """Whether the mail comes as the settings say: by `hook`, or by asking, which any webhook forbids."""
    try:
        info = await calls.call(bot, "getWebhookInfo", {})
    except SendError as error:
        return _in_its_words("webhook", str(error))
    host = webhook.host_in(info)
    if hook is not None:
        return _our_webhook(hook, info, host)
    fault = N_(
        "one to {host} is set, so this bot hears nobody: `monadi run` removes it at its start; if another "
        "program still wants it, that one needs a bot of its own"
    )
    return found("webhook", fault if host else "", N_("none, the bot hears by asking"), host=host)


def _our_webhook(hook: Hook, info: dict[str, Any], host: str) -> Finding:
    if not hook.is_told_by(info):
        there = N_("to {host} now; `monadi run` sets it at its start")
        text = there if host else N_("none now; `monadi run` sets it at its start")
        return Finding("webhook", text, Mark.WARNING, {"host": host})
    waits, failed = info.get("pending_update_count") or 0, info.get("last_error_message")
    known = {"host": host, "count": waits, "why": failed, "url": hook.url}
    if not (waits and failed):
        return Finding("webhook", N_("to {host}, {count} updates wait at Telegram"), values=known)
    fault = N_(
        "to {host}, {count} updates wait at Telegram, and it says: {why}. Can {url} be reached from outside?"
    )
    return Finding("webhook", fault, Mark.WARNING, known)


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
            return Finding("clock", N_("the simulated world's"))
        async with httpx.AsyncClient(proxy=settings.telegram.proxy, timeout=10.0) as web:
            answer = await web.get(settings.telegram.base_url)
        told = parsedate_to_datetime(answer.headers["date"])
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError) as error:
        text = N_("can't be compared with Telegram's ({why})")
        return Finding("clock", text, Mark.WARNING, {"why": type(error).__name__})
    drift = abs((datetime.now(UTC) - told).total_seconds())
    fault = N_("{seconds} s away from Telegram's") if drift > MAX_DRIFT else ""
    return found("clock", fault, N_("as Telegram's"), seconds=round(drift))


_NEEDED = {
    "can_edit_messages": N_("edit messages: no correction and no pin would come to the readers"),
    "can_delete_messages": N_("delete messages: nothing could be taken down"),
}
"""Rights beside posting, and what is missing without each (Bot API, `ChatMemberAdministrator`)."""


async def _rights(bot: Bot, channel: Channel) -> Finding:
    place = f"channel {channel.username or channel.title}"
    try:
        me = await calls.call(bot, "getChatMember", {"chat_id": channel.id, "user_id": bot.id})
    except MonadiError as error:
        return _in_its_words(place, str(error))
    if not me.get("can_post_messages"):
        return Finding(place, N_("the bot may not post there: make it an administrator who may"), Mark.FAULT)
    missing = tuple(text for right, text in _NEEDED.items() if not me.get(right))
    if missing:
        return Finding(place, N_("may post, but not {missing}"), Mark.WARNING, {"missing": missing})
    return Finding(place, N_("may post, edit and delete"))
