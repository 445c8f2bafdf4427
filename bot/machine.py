"""What `monadi check` says of the machine: disks, files, versions, the proxy. Changes nothing."""

import asyncio
import os
import platform
import shutil
import sqlite3
import stat
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from bot.config import Settings
from bot.finding import Finding, Mark
from bot.news.upkeep import Room
from bot.words import N_
from storage.address import file_of

LOW, FULL = 1_000_000_000, 100_000_000
"""Bytes that are free: so many are few; with fewer than the second a week's work has no room."""
PATIENCE = 5.0
"""Seconds in which a proxy has to take a connection."""
_PORTS: Final = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}


def rooms(settings: Settings, usage: Callable[[Path], Any] = shutil.disk_usage) -> tuple[Room, ...]:
    """How much is free where the database and its backups are; a disk that has both is one."""
    file = file_of(settings.database)
    folders = [file.parent if file else None, settings.backup.folder]
    found, seen = list[Room](), set[int]()
    for folder in folders:
        if folder is None or not folder.is_dir() or folder.stat().st_dev in seen:
            continue
        seen.add(folder.stat().st_dev)
        found.append(Room(folder=str(folder.resolve()), free=usage(folder).free))
    return tuple(found)


_NO_ROOM: Final = N_(
    "{free} GB free on the disk of {folder}: make room, or nothing can be written down and nothing goes out"
)


def disks(settings: Settings, usage: Callable[[Path], Any] = shutil.disk_usage) -> list[Finding]:
    """What is to be said of them."""
    findings = list[Finding]()
    for room in rooms(settings, usage):
        known = {"free": f"{room.free / 1e9:.1f}", "folder": room.folder}
        text, mark = N_("{free} GB free on the disk of {folder}"), Mark.FINE
        if room.free < FULL:
            text, mark = _NO_ROOM, Mark.FAULT
        elif room.free < LOW:
            text, mark = N_("{free} GB free on the disk of {folder}: make room soon"), Mark.WARNING
        findings.append(Finding("disk", text, mark, known))
    return findings


SECRET: Final = (
    N_("its group can get at it (mode {mode}), and a secret is in it: chmod {to} {file}"),
    N_(
        "other accounts of this machine can get at it (mode {mode}), and a secret is in it: chmod {to} {file}"
    ),
)
COPY: Final = (
    N_("its group can get at it (mode {mode}), and copy that is not published is in it: chmod {to} {file}"),
    N_(
        "other accounts of this machine can get at it (mode {mode}), and copy that is not published is in "
        "it: chmod {to} {file}"
    ),
)


def open_to_others(file: Path, why: tuple[str, str]) -> list[Finding]:
    """What speaks against the file's mode. A group of its own, as services have, only makes one wonder."""
    try:
        mode = stat.S_IMODE(file.stat().st_mode)
    except OSError:  # said elsewhere, or not there yet
        return []
    if not mode & 0o077 or os.name != "posix":
        return []
    only_group_reads = mode & 0o077 == 0o040
    text, mark = (why[0], Mark.WARNING) if only_group_reads else (why[1], Mark.FAULT)
    return [Finding(f"file {file}", text, mark, {"mode": f"{mode:03o}", "to": "600", "file": file})]


def folder(file: Path) -> list[Finding]:
    """What speaks against the database's folder: SQLite writes there, and so must nobody else."""
    there = file.parent
    if not there.is_dir():
        return [Finding(f"folder {there}", N_("is not there: make it, or correct `database`"), Mark.FAULT)]
    if not os.access(there, os.W_OK | os.X_OK):
        return [Finding(f"folder {there}", N_("the bot may not write there, and SQLite must"), Mark.FAULT)]
    mode = there.stat().st_mode
    if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
        text = N_("everybody may put files there in place of the database's: chmod o-w {folder}")
        return [Finding(f"folder {there}", text, Mark.FAULT, {"folder": there})]
    return []


def versions(settings: Settings) -> Finding:
    """What runs here, for who is asked for help."""
    database = f"SQLite {sqlite3.sqlite_version}" if file_of(settings.database) else "PostgreSQL"
    ours, telegram = version_of("monadi"), version_of("python-telegram-bot")
    python = platform.python_version()
    told = f"Monadi {ours}, Python {python}, {database}, python-telegram-bot {telegram}"
    return Finding("versions", "{told}", values={"told": told})


def version_of(package: str) -> str:
    """The version that is installed; a folder that `./run` runs is no installed package."""
    with suppress(Exception):
        return version(package)
    return "of this folder"


async def proxy(settings: Settings) -> Finding | None:
    """Whether the way to Telegram begins: None where there is no proxy."""
    given = settings.telegram.proxy
    if not given:
        return None
    parts = urlsplit(given)
    host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 80)
    place = f"{parts.scheme}://{host}:{port}"
    try:
        async with asyncio.timeout(PATIENCE):
            _, writer = await asyncio.open_connection(host, port)
    except (OSError, TimeoutError) as error:
        text = N_("{place} takes no connection ({why}): is it running, and is [telegram] proxy right?")
        return Finding("proxy", text, Mark.FAULT, {"place": place, "why": type(error).__name__})
    writer.close()
    return Finding("proxy", N_("{place} takes connections"), values={"place": place})
