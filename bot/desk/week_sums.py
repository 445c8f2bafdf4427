"""What a week has brought, for the owners: counted channel by channel, so that nobody waits for all of it."""

from datetime import datetime, timedelta

from bot.news.upkeep import ChannelSum, Mark, WeekSum
from storage import Db, Storage

LATE = timedelta(minutes=5)
"""A post that went out so long after its time was late (as `handlers.posts.reports` has it)."""


async def read(storage: Storage, mark: Mark, now: datetime, *, backup_at: datetime | None) -> WeekSum:
    """What was since the mark, in a short transaction for each channel."""
    async with storage.begin() as db:
        there = await db.channels.all()
        corrected = await db.week_sums.corrected(mark.told_until, now)
        drafts = await db.week_sums.drafts()
        size = await db.week_sums.database_bytes()
    sums = list[ChannelSum]()
    for channel in there:
        async with storage.begin() as db:
            out, late = await db.week_sums.out(channel.id, mark.told_until, now, LATE)
            failed = await db.week_sums.failed(channel.id, mark.told_until, now)
        fixed = corrected.get(channel.id, 0)
        if channel.connected or out or failed or fixed:
            sums.append(ChannelSum(title=channel.title, out=out, late=late, failed=failed, corrected=fixed))
    return WeekSum(
        since=mark.told_until,
        until=now,
        channels=tuple(sums),
        drafts=drafts,
        database_bytes=size,
        grown=size - mark.database_bytes,
        faults=mark.faults,
        backup_at=backup_at,
    )


async def mark(db: Db, now: datetime) -> Mark:
    """Up to where the last sum has told; the first start sets it."""
    found = await db.week_sums.mark()
    if found is None:
        found = Mark(told_until=now, database_bytes=await db.week_sums.database_bytes(), faults=0)
        await db.week_sums.put(found)
    return found


async def told(db: Db, week: WeekSum) -> bool:
    """Note that it is told; False if one that begins there was told before."""
    found = await db.week_sums.mark()
    if found is None or found.told_until != week.since:
        return False
    left = max(found.faults - week.faults, 0)
    await db.week_sums.put(Mark(told_until=week.until, database_bytes=week.database_bytes, faults=left))
    return True
