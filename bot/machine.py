"""What `monadi check` says of the machine: room on its disks, versions, the proxy. Changes nothing."""

import asyncio
import platform
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from bot.config import Settings
from bot.finding import Finding, Mark
from bot.news.upkeep import Room
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


def disks(settings: Settings, usage: Callable[[Path], Any] = shutil.disk_usage) -> list[Finding]:
    """What is to be said of them."""
    findings = list[Finding]()
    for room in rooms(settings, usage):
        words = f"{room.free / 1e9:.1f} GB free on the disk of {room.folder}"
        if room.free < FULL:
            words += ": make room, or nothing can be written down and nothing goes out"
            findings.append(Finding("disk", words, Mark.FAULT))
        elif room.free < LOW:
            findings.append(Finding("disk", f"{words}: make room soon", Mark.WARNING))
        else:
            findings.append(Finding("disk", words))
    return findings


def versions(settings: Settings) -> Finding:
    """What runs here, for who is asked for help."""
    database = f"SQLite {sqlite3.sqlite_version}" if file_of(settings.database) else "PostgreSQL"
    ours, telegram = version_of("monadi"), version_of("python-telegram-bot")
    python = platform.python_version()
    return Finding("versions", f"Monadi {ours}, Python {python}, {database}, python-telegram-bot {telegram}")


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
    place = f"{parts.scheme} at {host}:{port}"
    try:
        async with asyncio.timeout(PATIENCE):
            _, writer = await asyncio.open_connection(host, port)
    except (OSError, TimeoutError) as error:
        why = "in time" if isinstance(error, TimeoutError) else f"({type(error).__name__})"
        words = f"{place} takes no connection {why}: is it running, and is [telegram] proxy right?"
        return Finding("proxy", words, Mark.FAULT)
    writer.close()
    return Finding("proxy", f"{place} takes connections")
