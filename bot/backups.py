"""The newsroom's backups: made by hand and by the clock, kept by number and age, put back by one command.

A backup's name says when it was made, so what is due and what may go follow from the folder alone: nothing
has to be remembered, and a copy that somebody takes away is made anew.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import structlog

from bot import sealing
from bot.clock import clock_of
from bot.config import Settings
from bot.errors import StorageError
from storage import Db, Storage, backup, sqlite_file
from storage.address import file_of, parsed, schema_of
from storage.packed import Manifest

log = structlog.get_logger(__name__)

SUFFIX: Final = ".monadi"
_STAMP: Final = "%Y%m%d-%H%M%S"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Where the backups of one database are kept, how often one is made, and how many stay for how long.

    `keep_days` 0 means by number alone; the newest stays in any case. `recipient` is the public key that the
    owners' copies are sealed for; without one none leaves the machine.
    """

    url: str
    folder: Path
    every: timedelta
    keep: int
    keep_days: int = 0
    recipient: str | None = None

    @classmethod
    def of(cls, settings: Settings) -> "Plan | None":
        """What the settings ask for; None where they name no folder."""
        wanted = settings.backup
        if wanted.folder is None:
            return None
        return cls(
            url=settings.database,
            folder=wanted.folder,
            every=timedelta(hours=wanted.every_hours),
            keep=wanted.keep,
            keep_days=wanted.keep_days,
            recipient=wanted.recipient,
        )


async def step(plan: Plan, now: datetime) -> Path | None:
    """Make one if one is due, and let go those that are too many or too old; the new one.

    Raises:
        StorageError: it could not be made; the older ones stay.
    """
    there = await asyncio.to_thread(kept, plan)
    if there and made_at(there[-1], plan) + plan.every > now:
        return None
    new = plan.folder / f"{_prefix(plan.url)}{now.astimezone(UTC):{_STAMP}}{SUFFIX}"
    await backup.write(plan.url, new, now)
    await asyncio.to_thread(_let_go, plan, [*there, new], now)
    return new


def kept(plan: Plan) -> list[Path]:
    """The backups that are there, oldest first; other files are not ours to touch."""
    prefix = _prefix(plan.url)
    found = plan.folder.glob(f"{prefix}*{SUFFIX}") if plan.folder.is_dir() else ()
    return sorted(file for file in found if _stamp(file, prefix) is not None)


def made_at(file: Path, plan: Plan) -> datetime:
    """When a backup among `kept` was made."""
    return _stamp(file, _prefix(plan.url)) or datetime.min.replace(tzinfo=UTC)


@dataclass(kw_only=True)
class Keeper:
    """Makes the backups that are due while the bot runs, and says where it can't, and where it can again.

    Sealed parts are `sent` to the owners, if they are wanted.
    """

    plan: Plan
    failed: Callable[[Db, str, datetime], Awaitable[None]]
    again: Callable[[Db], Awaitable[None]]
    sent: Callable[[Db, Sequence[Path]], Awaitable[None]]

    @classmethod
    def of(
        cls,
        settings: Settings,
        failed: Callable[[Db, str, datetime], Awaitable[None]],
        again: Callable[[Db], Awaitable[None]],
        sent: Callable[[Db, Sequence[Path]], Awaitable[None]],
    ) -> "Keeper | None":
        """None where the settings name no folder."""
        plan = Plan.of(settings)
        return cls(plan=plan, failed=failed, again=again, sent=sent) if plan else None

    async def step(self, storage: Storage, now: datetime) -> None:
        """Make one if one is due."""
        try:
            new = await step(self.plan, now)
            if new is not None and self.plan.recipient is not None:
                parts = await asyncio.to_thread(sealing.seal, new, self.plan.recipient)
                async with storage.begin() as db:
                    await self.sent(db, parts)
        except StorageError as error:
            log.warning("backup_failed", why=str(error))
            with suppress(StorageError):  # then at the next try
                async with storage.begin() as db:
                    await self.failed(db, str(error), now)
            return
        if new is not None:
            log.info("backup", file=new.name)
            async with storage.begin() as db:
                await self.again(db)


async def make(settings: Settings, file: Path | None) -> tuple[Path, Manifest]:
    """Back up into the file, or with a name of its own into the settings' folder or here.

    Raises:
        StorageError: it could not be made.
    """
    now = await clock_of(settings.clock_url)()
    if file is None:
        name = f"{_prefix(settings.database)}{now.astimezone(UTC):{_STAMP}}{SUFFIX}"
        file = (settings.backup.folder or Path()) / name
    return file, await backup.write(settings.database, file, now)


async def put_back_sealed(
    settings: Settings, parts: Sequence[Path], key: Path, *, replace: bool
) -> Path | None:
    """`put_back` from what was sent to an owner: sealed, and perhaps in parts.

    Raises:
        StorageError: as `sealing.unseal` and `put_back`.
    """
    opened = parts[0].with_name(f"{parts[0].name.partition(sealing.SUFFIX)[0]}.opened")
    try:
        await asyncio.to_thread(sealing.unseal, parts, key, opened)
        return await put_back(settings, opened, replace=replace)
    finally:
        sqlite_file.let_go(opened)


async def put_back(settings: Settings, file: Path, *, replace: bool) -> Path | None:
    """Restore from the file; where the database that was there is kept now, if there was one.

    Raises:
        StorageError: the backup is none, or damaged; there is a database already, or the bot runs.
    """
    now = await clock_of(settings.clock_url)()
    if not await _is_taken(settings.database, now):
        return await backup.restore(settings.database, file, now)
    if not replace:
        raise StorageError("there is a database already; --replace puts the backup in its place and keeps it")
    if file_of(settings.database) is not None:
        return await backup.restore(settings.database, file, now)
    before = file.with_name(f"before-{now.astimezone(UTC):{_STAMP}}{SUFFIX}")
    await backup.write(settings.database, before, now)
    await backup.restore(settings.database, file, now)
    return before


async def _is_taken(url: str, now: datetime) -> bool:
    """Whether anything is there.

    Raises:
        StorageError: a copy of the bot works with it.
    """
    from storage.looking import looking  # late: it brings the ORM, which a bot on SQLite does without

    async with looking(url) as look:
        if look is None or look.is_empty:
            return False
        if look.is_sound:
            async with look.storage.begin() as db:
                holder = await db.lease.current()
            if holder is not None and holder.id and holder.until > now:
                raise StorageError(f"the bot runs on {holder.host} (process {holder.pid}): stop it first")
    return True


def _let_go(plan: Plan, there: list[Path], now: datetime) -> None:
    many = there[: -plan.keep]
    old = [file for file in there[:-1] if plan.keep_days and made_at(file, plan) < now - _days(plan)]
    for file in {*many, *old}:
        sqlite_file.let_go(file, *sealing.sealed(file))


def _days(plan: Plan) -> timedelta:
    return timedelta(days=plan.keep_days)


def _prefix(url: str) -> str:
    """What the names of a database's backups begin with: several may have one folder."""
    file = file_of(url)
    if file is not None:
        return f"{file.stem}-"
    schema = schema_of(url)
    return f"{parsed(url).database or 'monadi'}{f'.{schema}' if schema else ''}-"


def _stamp(file: Path, prefix: str) -> datetime | None:
    try:
        return datetime.strptime(file.name, f"{prefix}{_STAMP}{SUFFIX}").replace(tzinfo=UTC)
    except ValueError:
        return None
