"""What is planned without anybody asking, each in a transaction of its own. Knows no Telegram.

One story that comes back, or one digest, that meets a fault rests for a while and its people hear of it once;
the others go on.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.desk import digests, returning, review
from bot.desk.returning import Told
from bot.errors import StorageError
from bot.loops import Resting, Step
from bot.news.plans.slots import occurrences
from storage import Db, Storage

log = structlog.get_logger(__name__)

type TellOfFault = Callable[[Db, int, int], Awaitable[None]]
"""Tells a person, and the owners, that what they have planned in a channel could not be made."""
type Expire = Callable[[Db, datetime], Awaitable[bool]]


OFFERED = timedelta(days=2)
"""Who has left a story alone for so long plans it no more: its cards stay as they are."""


@dataclass(kw_only=True)
class Unasked:
    """What comes back by itself, digests, turns approved late, questions that nobody has answered."""

    storage: Storage
    clock: Clock
    told: Told
    fault: TellOfFault
    expire: Expire
    _resting: Resting = field(default_factory=Resting)
    _offered_at: datetime | None = None  # when cards were last drawn with the slots that they offer

    def kinds(self) -> dict[str, Step]:
        return {
            "recurring": self.recurring,
            "approved": self.approved,
            "digests": self.digests,
            "confirmations": self.confirmations,
            "offers": self.offers,
        }

    async def recurring(self) -> bool | datetime:
        """Make the next post of one story that comes back; else when there may be one."""
        now = await self.clock()
        async with self.storage.begin() as db:
            resting = self._resting.ids("recurrence", now)
            plan = await db.recurrences.next_to_plan(now, besides=resting)
        if plan is None:
            return _next_minute(now)

        async def make(db: Db) -> None:
            await returning.plan_one(db, plan, now, self.told)

        await self._alone(("recurrence", plan.id), make, plan.asked_by, plan.channel_id, now)
        return True

    async def digests(self) -> bool | datetime:
        """Make one digest whose time has come; else when there may be one."""
        now = await self.clock()
        async with self.storage.begin() as db:
            due = await digests.due(db, now)
        for each in due:
            if self._resting.is_resting(("digest", each.channel.id), now):
                continue

            async def make(db: Db, each: digests.Due = each) -> None:
                await digests.make(db, each, now)

            thing = ("digest", each.channel.id)
            await self._alone(thing, make, each.digest.asked_by, each.channel.id, now)
            return True
        return _next_minute(now)

    async def approved(self) -> bool:
        async with self.storage.begin() as db:
            return await returning.release_approved(db, await self.clock())

    async def confirmations(self) -> bool | datetime:
        """What nobody has answered is over, and who has done nothing with a story has it no more."""
        now = await self.clock()
        async with self.storage.begin() as db:
            expired, lapsed = await self.expire(db, now), await review.lapse(db, now)
        return expired or lapsed

    async def offers(self) -> bool | datetime:
        """A card offers the next free slot: once that has come, it offers another one."""
        now, before = await self.clock(), self._offered_at
        async with self.storage.begin() as db:
            channels = await db.channels.all()
            coming = [next(occurrences(each.slots, before or now, each.time_zone), None) for each in channels]
            if any(at is not None and at <= now for at in coming):
                await db.cards.touch_offered(now - OFFERED)
        self._offered_at = now
        coming = [next(occurrences(each.slots, now, each.time_zone), None) for each in channels]
        return min([at for at in coming if at is not None], default=False)

    async def _alone(
        self,
        thing: tuple[str, int],
        make: Callable[[Db], Awaitable[None]],
        person_id: int,
        channel_id: int,
        now: datetime,
    ) -> None:
        try:
            async with self.storage.begin() as db:
                await make(db)
        except StorageError:
            raise
        except Exception:  # a bug with one of them must not stop the others
            is_new = self._resting.is_new(thing)
            self._resting.rest(thing, now)
            if is_new:
                log.exception("not_planned", kind=thing[0], id=thing[1])
                async with self.storage.begin() as db:
                    await self.fault(db, person_id, channel_id)
        else:
            self._resting.woke(thing)


def _next_minute(now: datetime) -> datetime:
    """What comes back, and digests, have their times by the minute."""
    return now.replace(second=0, microsecond=0) + timedelta(minutes=1)
