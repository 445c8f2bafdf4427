"""One process that carries several newsrooms: it takes up those that are its own, and lets go of others.

Which they are stands in the network's table (`storage.network`), where every process says every two seconds
that it lives, takes what nobody carries, and lets go what others have more room for. Each newsroom runs as it
would alone (`bot.service`), by its own lease: where the table is wrong, a newsroom waits, and nothing is
published twice. On SQLite there is no such table: one process carries all, and another waits for its end.
"""

import asyncio
from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

import structlog
from structlog.contextvars import bind_contextvars

from bot import logs, newsrooms, preparing, reporting, service
from bot.clock import Clock, clock_of
from bot.config import Settings
from bot.delivery.lease import Process
from bot.errors import ConfigError, MonadiError, StorageError
from bot.loops import Complaints, Resting, pause
from bot.sharing_out import shares
from storage.address import server_of
from storage.engine import pool_for

if TYPE_CHECKING:
    from storage.network import Books, Member, Network, Placed
    from storage.postgres import Pool

log = structlog.get_logger(__name__)

BEAT = 2.0
"""Seconds between two looks into the table."""
TERM = timedelta(seconds=10)
"""How long a process of which nothing is heard counts as alive; its leases last five seconds longer."""
FAREWELL = 1.0
"""Seconds that saying goodbye to the table may take."""


class Work(Protocol):
    """Runs one newsroom until `stop`; True if another copy has taken it over."""

    async def __call__(
        self, settings: Settings, clock: Clock, stop: asyncio.Event, *, pool: "Pool | None"
    ) -> bool: ...


async def run(settings: Settings) -> None:
    """Carry newsrooms until SIGTERM or Ctrl-C.

    Raises:
        ConfigError: the settings of one are wrong, or there are none to carry.
    """
    logs.keep_secrets(settings)
    logs.set_up(settings.log)
    stop_reporting = reporting.start(settings.log)
    try:
        carrier = Carrier.of(settings)
        await asyncio.to_thread(preparing.prepare)
        await carrier.run(service.until_told())
    finally:
        stop_reporting()
    log.info("stopped")


@dataclass(kw_only=True)
class _Carried:
    """A newsroom at work, until `stop` is set and its task has come to its end."""

    task: asyncio.Task[None]
    stop: asyncio.Event


@dataclass(kw_only=True)
class Carrier:
    """Who carries them."""

    settings: Settings
    clock: Clock
    declared: dict[str, Settings]
    me: Process = field(default_factory=Process.this)
    work: Work = field(default=service.carry)
    carried: dict[str, _Carried] = field(default_factory=dict)
    _placed: dict[str, "Placed"] = field(default_factory=dict)
    _pools: dict[str, "Pool | None"] = field(default_factory=dict)
    _network: "Network | None" = None
    _resting: Resting = field(default_factory=Resting)
    _complaints: Complaints = field(default_factory=Complaints)

    @classmethod
    def of(cls, settings: Settings) -> "Carrier":
        """Of a network's settings.

        Raises:
            ConfigError: the settings of one newsroom are wrong.
        """
        carrier = cls(
            settings=settings, clock=clock_of(settings.clock_url), declared=newsrooms.declared(settings)
        )
        if settings.network.added and carrier.pool(settings.database) is None:
            raise ConfigError((("network.added", "newsrooms are added on PostgreSQL only"),))
        return carrier

    def pool(self, url: str) -> "Pool | None":
        """The connections that all newsrooms of a server share; None for SQLite."""
        server = server_of(url).render_as_string(hide_password=False)
        if server not in self._pools:
            self._pools[server] = pool_for(url, self.settings.network.connections)
        return self._pools[server]

    async def run(self, stop: asyncio.Event) -> None:
        """Carry what is ours to carry until `stop`, then end all of it and say so."""
        try:
            while not stop.is_set():
                try:
                    await self.beat()
                except StorageError as error:  # what is carried goes on: each has its own lease
                    if self._complaints.is_new(str(error)):
                        log.warning("network_away", why=str(error), what_now="waiting for it")
                await pause(stop, BEAT)
        finally:
            for carried in self.carried.values():
                carried.stop.set()
            await asyncio.gather(*(carried.task for carried in self.carried.values()))
            await self._leave()
            for pool in self._pools.values():
                if pool is not None:
                    await pool.close()

    async def beat(self) -> None:
        """Look once: begin with what is ours now, and stop what is not.

        Raises:
            StorageError: the table can't be read; all stays as it is.
        """
        now = await self.clock()
        for name in [name for name, carried in self.carried.items() if carried.task.done()]:
            del self.carried[name]
        wanted = await self._wanted(now)
        for name, carried in self.carried.items():
            if name not in wanted:
                carried.stop.set()
        for name in wanted:
            if name not in self.carried:
                stop = asyncio.Event()
                self.carried[name] = _Carried(task=asyncio.create_task(self._carry(name, stop)), stop=stop)

    async def _wanted(self, now: datetime) -> Collection[str]:
        """What this process shall carry."""
        pool = self.pool(self.settings.database)
        if pool is None:
            return [name for name in self.declared if not self._resting.is_resting(name, now)]
        if self._network is None:
            from storage.network import Network  # late: it is PostgreSQL's

            network = await Network.open(pool)
            async with network.begin() as books:
                await books.declare(self.declared)
            self._network = network
        async with self._network.begin() as books:
            return await self._share(books, now)

    async def _share(self, books: "Books", now: datetime) -> Collection[str]:
        """Take from the table what is ours, give back what we have let go, and say that we live."""
        living = await self._living(books, now)
        placed = [
            room for room in await books.newsrooms() if room.own is not None or room.name in self.declared
        ]
        self._placed = {room.name: room for room in placed}
        active = [room for room in placed if not room.paused]
        counts = Counter(room.holder for room in active if room.holder in living)
        share = shares(counts, {id: member.capacity for id, member in living.items()}, len(active))[
            self.me.id
        ]

        staying = [
            room.name for room in active if room.holder == self.me.id and self._may_stay(room.name, now)
        ]
        staying = staying[:share]
        ours = [room.name for room in placed if room.holder == self.me.id]
        await books.give([name for name in ours if name not in staying and name not in self.carried], "")
        free = [room.name for room in active if room.holder not in living and self._may_begin(room.name, now)]
        taken = free[: max(0, share - len(staying))]
        await books.give(taken, self.me.id)
        return [*staying, *taken]

    async def _living(self, books: "Books", now: datetime) -> dict[str, "Member"]:
        """The processes that carry newsrooms, this one among them; what the others carried is free."""
        from storage.network import Member  # late, as above

        me = Member(
            id=self.me.id,
            host=self.me.host,
            pid=self.me.pid,
            capacity=self.settings.network.capacity,
            until=now + TERM,
        )
        await books.here(me)
        others = [member for member in await books.members() if member.id != me.id]
        dead = [member.id for member in others if member.until < now or self.me.knows_dead(member)]
        if dead:
            await books.gone(dead)
        return {me.id: me} | {member.id: member for member in others if member.id not in dead}

    def _may_stay(self, name: str, now: datetime) -> bool:
        carried = self.carried.get(name)
        return not (carried and carried.stop.is_set()) and not self._resting.is_resting(name, now)

    def _may_begin(self, name: str, now: datetime) -> bool:
        return name not in self.carried and not self._resting.is_resting(name, now)

    async def _carry(self, name: str, stop: asyncio.Event) -> None:
        """Run one; whatever befalls it is its own, and it is tried again later, here or elsewhere."""
        bind_contextvars(newsroom=name)
        log.info("newsroom_taken_up")
        try:
            settings = self._settings_of(name)
            logs.keep_secrets(settings)
            settings.telegram.secret()
            await self.work(settings, self.clock, stop, pool=self.pool(settings.database))
        except ConfigError as error:
            self._complain(name, "; ".join(f"{place}: {fault}" for place, fault in error.faults))
        except MonadiError as error:
            self._complain(name, str(error) or type(error).__name__)
        except Exception as error:  # a bug that one newsroom meets must not end the others
            if self._complaints.is_new(name, type(error).__name__, str(error)):
                log.exception("newsroom_failed")
        if stop.is_set():
            self._resting.woke(name)
        else:
            self._resting.rest(name, await self.clock())
        log.info("newsroom_let_go")

    def _complain(self, name: str, why: str) -> None:
        if self._complaints.is_new(name, why):
            log.error("newsroom_failed", why=why, what_now="trying it again, less and less often")

    def _settings_of(self, name: str) -> Settings:
        """Its settings.

        Raises:
            ConfigError: they are wrong.
        """
        if name in self.declared:
            return self.declared[name]
        return newsrooms.of(self.settings, name, self._placed[name].own or {})

    async def _leave(self) -> None:
        """Let others take up at once what was ours; if that can't be said, they wait for `TERM`."""
        if self._network is not None:
            with suppress(StorageError, TimeoutError):
                async with asyncio.timeout(FAREWELL), self._network.begin() as books:
                    await books.gone([self.me.id])
