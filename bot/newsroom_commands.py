"""`monadi newsroom …`: what a network carries, and by whom. Wiring."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot import newsrooms
from bot.clock import clock_of
from bot.config import Settings
from bot.errors import ConfigError, StorageError
from storage import Storage
from storage.address import is_name, place_of
from storage.engine import pool_for
from storage.looking import looking

if TYPE_CHECKING:
    from storage.network import Books

IN_CONFIG: Final = (
    "it stands in the configuration: strike it from [[newsrooms]] and start the processes again"
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A newsroom as `list` shows it: where it is kept, and what becomes of it."""

    name: str
    place: str
    state: str


async def listed(settings: Settings) -> list[Line]:
    """All newsrooms, by name.

    Raises:
        ConfigError, StorageError: as they stand there, or where it is away.
    """
    rooms = newsrooms.declared(settings)
    if pool_for(settings.database, 2) is None:
        return [
            Line(name=name, place=place_of(room.database), state=await _by_lease(room))
            for name, room in sorted(rooms.items())
        ]
    async with _books(settings) as books:
        members = {member.id: member for member in await books.members()}
        placed = await books.newsrooms()
    states = dict.fromkeys(rooms, "not carried yet")
    for each in placed:
        member = members.get(each.holder)
        state = f"carried by process {member.pid} on {member.host}" if member else "not carried"
        states[each.name] = f"paused, {state}" if each.paused else state
    missing = {each.name: each.own or {} for each in placed if each.name not in rooms}
    rooms |= {name: newsrooms.of(settings, name, own) for name, own in missing.items()}
    return [
        Line(name=name, place=place_of(rooms[name].database), state=states[name]) for name in sorted(rooms)
    ]


async def add(settings: Settings, name: str, *, token_file: Path, owner: int) -> None:
    """Have the network carry one more, and make its tables.

    Raises:
        ConfigError: it can't be called so, or its token can't be read.
        StorageError: there is one of that name; or there are no networks on this database.
    """
    if not is_name(name):
        raise ConfigError((("name", "small letters, digits and _, a letter first, 40 at most"),))
    if not settings.network.added:
        raise ConfigError((("network.added", "is false: the processes would not carry what is added"),))
    if name in newsrooms.declared(settings):
        raise StorageError("there is a newsroom of that name in the configuration")
    file = str(await asyncio.to_thread(token_file.absolute))
    own: dict[str, Any] = {"telegram": {"token_file": file}, "staff": {"owner": [owner]}}
    room = newsrooms.of(settings, name, own)
    room.telegram.secret()  # says what is wrong with it
    async with _books(settings) as books:
        if name in {room.name for room in await books.newsrooms()}:
            raise StorageError("there is a newsroom of that name")
    await (await Storage.open(room.database)).close()  # here, so that nobody's processes stop for it
    async with _books(settings) as books:
        if not await books.add(name, own):
            raise StorageError("there is a newsroom of that name")


async def pause(settings: Settings, name: str, *, paused: bool) -> None:
    """Have nobody carry it, or somebody again; within two seconds.

    Raises:
        StorageError: there is none of that name.
    """
    async with _books(settings) as books:
        if not await books.pause(name, paused=paused):
            raise StorageError("there is no newsroom of that name")


async def remove(settings: Settings, name: str) -> str:
    """Have the network forget one; where what it holds is still kept.

    Raises:
        StorageError: there is none of that name, or it stands in the configuration.
    """
    if name in newsrooms.declared(settings):
        raise StorageError(IN_CONFIG)
    async with _books(settings) as books:
        if not await books.remove(name):
            raise StorageError("there is no newsroom of that name")
    return place_of(newsrooms.of(settings, name, {}).database)


@asynccontextmanager
async def _books(settings: Settings) -> "AsyncIterator[Books]":
    pool = pool_for(settings.database, 2)
    if pool is None:
        raise StorageError(
            "newsrooms are added and paused on PostgreSQL only; on SQLite they stand in the settings"
        )
    from storage.network import Network  # late: it is PostgreSQL's

    try:
        network = await Network.open(pool)
        async with network.begin() as books:
            yield books
    finally:
        await pool.close()


async def _by_lease(settings: Settings) -> str:
    now = await clock_of(settings.clock_url)()
    async with looking(settings.database) as look:
        if look is None or not look.is_sound:
            return "not begun yet" if look is None or look.is_empty else "see `monadi check`"
        async with look.storage.begin() as db:
            holder = await db.lease.current()
    if holder is None or not holder.id or holder.until < now:
        return "not carried"
    return f"carried by process {holder.pid} on {holder.host}"
