"""The round that the bot makes through its house each minute: disks, the way to Telegram, rights, the week.

What it finds is told to the owners once, and once it is over; what was told stands in the database, so that a
restart tells nothing twice. Nothing is written while all is as it was.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final
from zoneinfo import ZoneInfo

import structlog
from telegram import Bot, ChatMember

from bot import backups, counting, machine
from bot.backups import Plan
from bot.clock import Clock
from bot.config import Settings
from bot.desk import week_sums
from bot.errors import ChatGone, Refused, SendError, StorageError
from bot.line import calls
from bot.loops import Complaints
from bot.news.model import Channel
from bot.news.plans.week_hour import WeekHour
from bot.news.upkeep import Kind, Room, Trouble
from handlers.posts import upkeep, week_sum
from storage import Storage

log = structlog.get_logger(__name__)

AWAY: Final = timedelta(minutes=10)
"""So long without a word from Telegram is worth a word to the owners."""
RIGHTS_EACH: Final = timedelta(hours=1)
"""How often each channel's rights are looked at: of most losses Telegram tells by itself, not of all."""
ENOUGH: Final = machine.LOW * 11 // 10
"""Free bytes from which on a disk that was short of room is not any more: it must not be told to and fro."""
_RIGHTS: Final = {
    "can_post_messages": Kind.MAY_NOT_POST,
    "can_edit_messages": Kind.MAY_NOT_EDIT,
    "can_delete_messages": Kind.MAY_NOT_DELETE,
}
_TOLD_ELSEWHERE: Final = (None, "bot_not_admin", "cannot_post")
"""Of a channel's trouble: what `handlers.channels.connecting` has told the owners already."""


@dataclass(kw_only=True)
class Rounds:
    """What is looked at; `heard` tells when Telegram was last there, `refused` that it takes no token."""

    storage: Storage
    bot: Bot
    clock: Clock
    rooms: Callable[[], tuple[Room, ...]]
    heard: Callable[[], datetime | None]
    refused: Callable[[], bool]
    zone: str
    plan: Plan | None = None
    week: WeekHour | None = None
    _begun_at: datetime | None = None
    _known: dict[tuple[Kind, str], Trouble] | None = None
    _rights_at: datetime | None = None
    _sum_at: datetime | None = None
    _complaints: Complaints = field(default_factory=Complaints)
    _counted: int = field(default_factory=counting.FAULTS.total)

    @classmethod
    def of(
        cls,
        settings: Settings,
        storage: Storage,
        bot: Bot,
        clock: Clock,
        *,
        heard: Callable[[], datetime | None],
        refused: Callable[[], bool],
    ) -> "Rounds":
        """As the settings ask for."""
        return cls(
            storage=storage,
            bot=bot,
            clock=clock,
            rooms=partial(machine.rooms, settings),
            zone=settings.time_zone,
            plan=Plan.of(settings),
            week=settings.desk.week_hour(),
            heard=heard,
            refused=refused,
        )

    async def step(self) -> None:
        """Look at everything; where the database can't be had, again at the next round."""
        now = await self.clock()
        for look in (self._disks, self._line, self._rights, self._faults, self._week):
            try:
                await look(now)
            except StorageError as error:
                self._known = None  # what was noted is not known
                if self._complaints.is_new(str(error)):
                    log.warning("round_waits", why=str(error))
            except Exception as fault:  # a bug in one look must not end the others
                self._known = None
                if self._complaints.is_new(look.__name__, type(fault).__name__, str(fault)):
                    log.exception("round_failed", what=look.__name__.strip("_"))

    async def beside_greeting(self) -> None:
        """The same while Telegram has not been reached yet: nothing is asked of it."""
        now = await self.clock()
        with suppress(StorageError):
            await self._line(now)
            await self._disks(now)

    @property
    def troubles(self) -> tuple[str, ...]:
        """The kinds of what lasts, as far as it is known."""
        return tuple(sorted({kind.value for kind, _ in self._known or ()}))

    async def _noted(self) -> dict[tuple[Kind, str], Trouble]:
        if self._known is None:
            async with self.storage.begin() as db:
                self._known = {(each.kind, each.about): each for each in await db.troubles.all()}
        return self._known

    async def _disks(self, now: datetime) -> None:
        known = await self._noted()
        for room in await asyncio.to_thread(self.rooms):
            is_low = (Kind.DISK_LOW, room.folder) in known
            kind = Kind.DISK_FULL if room.free < machine.FULL else Kind.DISK_LOW
            if room.free < machine.LOW and (kind, room.folder) not in known:
                await self._write(partial(upkeep.disk, room=room, kind=kind, now=now))
            elif is_low and room.free >= ENOUGH:
                await self._write(partial(upkeep.room_again, folder=room.folder))

    async def _line(self, now: datetime) -> None:
        """Whether Telegram is there; its refusal of the token is told by the publisher."""
        known = await self._noted()
        heard, is_noted = self.heard(), (Kind.TELEGRAM, "") in known
        self._begun_at = self._begun_at or now
        since = heard or self._begun_at
        if now - since < AWAY:
            if is_noted and heard is not None:
                await self._write(partial(upkeep.telegram_again, now=now, zone=self.zone))
        elif not is_noted and not self.refused():
            log.warning("telegram_away", since=since.isoformat(timespec="seconds"))
            trouble = Trouble(kind=Kind.TELEGRAM, since=since)
            await self._write(lambda db: db.troubles.begin(trouble))

    async def _rights(self, now: datetime) -> None:
        if self._rights_at is not None and timedelta() <= now - self._rights_at < RIGHTS_EACH:
            return
        if (Kind.TELEGRAM, "") in await self._noted():
            return
        self._rights_at = now
        async with self.storage.begin() as db:
            there = await db.channels.all()
        for channel in there:
            missing = await self._missing(channel)
            if missing is None:
                continue
            about = str(channel.id)
            noted = {kind for kind, of in await self._noted() if of == about}
            if missing != noted:
                tell = partial(upkeep.rights, channel_id=channel.id, title=channel.title)
                await self._write(partial(tell, missing=missing, now=now))

    async def _missing(self, channel: Channel) -> set[Kind] | None:
        """What the bot may not do there; None where it is not known, or told elsewhere."""
        if not channel.connected:
            return None if channel.trouble in _TOLD_ELSEWHERE else {Kind.MAY_NOT_POST}
        try:
            me = await calls.call(self.bot, "getChatMember", {"chat_id": channel.id, "user_id": self.bot.id})
        except (ChatGone, Refused):
            return {Kind.MAY_NOT_POST}
        except SendError:
            return None
        if me.get("status") != ChatMember.ADMINISTRATOR:
            return {Kind.MAY_NOT_POST}
        return {kind for right, kind in _RIGHTS.items() if not me.get(right)}

    async def _faults(self, now: datetime) -> None:
        if new := counting.FAULTS.total() - self._counted:
            async with self.storage.begin() as db:
                await week_sums.mark(db, now)
                await db.week_sums.add_faults(new)
            self._counted += new

    async def _week(self, now: datetime) -> None:
        """The sum of the week, once its hour has come; after an outage one, not one for each week."""
        if self.week is None or (self._sum_at is not None and now < self._sum_at):
            return
        async with self.storage.begin() as db:
            mark = await week_sums.mark(db, now)
        self._sum_at = self.week.next_after(mark.told_until, ZoneInfo(self.zone))
        if now < self._sum_at:
            return
        week = await week_sums.read(self.storage, mark, now, backup_at=await self._backup_at())
        async with self.storage.begin() as db:
            await week_sum.tell(db, week, zone=self.zone)
        self._sum_at = None

    async def _backup_at(self) -> datetime | None:
        plan = self.plan
        there = await asyncio.to_thread(backups.kept, plan) if plan else []
        return backups.made_at(there[-1], plan) if plan and there else None

    async def _write(self, told: Callable[[Any], Awaitable[object]]) -> None:
        """In one transaction, after which what is noted is read anew."""
        async with self.storage.begin() as db:
            await told(db)
        self._known = None
        await self._noted()
