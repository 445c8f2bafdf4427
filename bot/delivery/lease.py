"""Which process publishes: the one that holds the lease in the database. Knows no post and no chat.

A second copy says so and waits. A holder whose process is known to be dead is not waited for. What a holder
has lost it does not take back: the process stops in order, and its supervisor starts a new one, which waits.

Hosts must agree on the time to a few seconds: `TERM` is counted on the clock of whoever looks. Where they
don't, the fence still lets only the last taker publish.
"""

import asyncio
import os
import secrets
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

import structlog

from bot.clock import Clock
from bot.errors import DatabaseBusy, StorageError
from storage import Db, Storage
from storage.lease import Holder

log = structlog.get_logger(__name__)

TERM = timedelta(seconds=15)
"""How long others wait for a holder of whom nothing is heard."""
RENEWAL = 5.0
"""Seconds between two renewals."""
LOOK = 1.0
"""Seconds between two looks of one who waits, or two tries to renew."""
RIVALRY = timedelta(seconds=90)
"""How long a sign of another process with our token counts: two that poll see each other at least that often,
as `Newsroom` waits up to 30 s after a failure and polls for 25 s."""
HANDOVER = 1.0
"""Seconds that giving the lease back may take at the end."""

type MayPublish = Callable[[Db, datetime], Awaitable[bool]]
"""Whether this process publishes: asked in the transaction that claims."""


async def always(_db: Db, _now: datetime) -> bool:
    return True


class _Seen(Protocol):
    """A process as it has written itself down."""

    @property
    def id(self) -> str: ...
    @property
    def pid(self) -> int: ...


@dataclass(frozen=True, kw_only=True)
class Process:
    """A process as others see it; the first half of its `id` is shared by all to whom pids mean the same."""

    id: str
    host: str
    pid: int

    @classmethod
    def this(cls) -> "Process":
        return cls(id=f"{_place()}.{secrets.token_hex(8)}", host=socket.gethostname(), pid=os.getpid())

    def knows_dead(self, other: _Seen) -> bool:
        """Whether the other is certainly gone: its pid is not there, or is ours (a container's restart).

        Only where pids mean the same: two containers may both call themselves process 1 of the same host.
        """
        if other.id.partition(".")[0] != self.id.partition(".")[0]:
            return False
        return other.pid == self.pid or not _runs(other.pid)


def _place() -> str:
    """Tells this machine, since it was started, and this container from others."""
    words = [socket.gethostname()]
    with suppress(OSError):  # only Linux has them
        words.append(Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii"))
        words.append(str(Path("/proc/self/ns/pid").readlink()))
    return blake2b("\n".join(words).encode(), digest_size=8).hexdigest()


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's
        return True
    return True


@dataclass(kw_only=True)
class Tenure:
    """The time for which this process holds the lease."""

    holder: Holder
    lost: bool = False
    rival_until: datetime | None = None
    rival_told: bool = False

    @property
    def fence(self) -> int:
        return self.holder.fence

    async def holds(self, db: Db, now: datetime) -> bool:
        """Whether this process may publish; to be asked in the transaction that claims."""
        if self.lost or (self.rival_until is not None and now < self.rival_until):
            return False
        return await db.lease.may_publish(self.holder)

    def saw_rival(self, now: datetime) -> None:
        """Another process reads our mail: nothing is published for a while."""
        self.rival_until = now + RIVALRY

    async def keep(self, storage: Storage, clock: Clock, stop: asyncio.Event) -> None:
        """Renew for ever; when the lease is lost, set `stop` and end.

        A database that is away is waited for: nothing can be claimed without it, and if nobody has taken the
        lease meanwhile, it is still ours.
        """
        while not self.lost:
            try:
                await self.renew(storage, clock)
                await asyncio.sleep(RENEWAL)
            except StorageError as error:
                log.warning("lease_not_renewed", why=str(error))
                await asyncio.sleep(LOOK)
            except Exception:  # a bug must not let the lease run out unseen
                log.exception("lease_not_renewed")
                await asyncio.sleep(LOOK)
        stop.set()

    async def renew(self, storage: Storage, clock: Clock) -> None:
        """Hold it for another `TERM`, or see that it is lost.

        Raises:
            StorageError: nothing is known; to be tried again.
        """
        now = await clock()
        async with storage.begin() as db:
            renewed = await db.lease.renew(self.holder, now + TERM)
            current = None if renewed else await db.lease.current()
        if renewed is not None:
            self.holder = renewed
            return
        self.lost = True
        if current is None or (current.id, current.fence) == (self.holder.id, self.holder.fence):
            log.error("lease_lost", why="the database was replaced, or set back, while it was in use")
        else:
            log.error("lease_lost", why="another copy has taken over", host=current.host, pid=current.pid)

    async def give_back(self, storage: Storage) -> None:
        """Let the next one begin at once; if that can't be said, it waits for `TERM`."""
        if self.lost:
            return
        with suppress(StorageError, TimeoutError):
            async with asyncio.timeout(HANDOVER), storage.begin() as db:
                await db.lease.give_back(self.holder.id)


async def obtain(
    storage: Storage, clock: Clock, stop: asyncio.Event, *, me: Process | None = None, look: float = LOOK
) -> Tenure | None:
    """Take the lease, however long another copy holds it or keeps the database locked; None if `stop` came.

    Raises:
        StorageError: the database is away.
    """
    me = me or Process.this()
    told = set[str]()
    while not stop.is_set():
        try:
            holder, other = await _asked_for(storage, me, await clock())
        except DatabaseBusy as error:
            _say_once(told, "database_busy", why=str(error), what_now="waiting for it")
        else:
            if holder is not None:
                log.info("lease_taken", fence=holder.fence)
                return Tenure(holder=holder)
            if other is not None:
                about = {"host": other.host, "pid": other.pid}
                _say_once(told, "another_copy_runs", **about, what_now="waiting for its end")
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), look)
    return None


async def _asked_for(storage: Storage, me: Process, now: datetime) -> tuple[Holder | None, Holder | None]:
    """The lease if it may be ours, and who else held it."""
    async with storage.begin() as db:
        other = await db.lease.current()
        gone = other is not None and me.knows_dead(other)
        return await db.lease.take(me.id, me.host, me.pid, until=now + TERM, now=now, gone=gone), other


def _say_once(told: set[str], what: str, **more: object) -> None:
    if what not in told:
        log.warning(what, **more)
    told.add(what)
