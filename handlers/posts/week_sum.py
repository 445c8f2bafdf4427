"""The sum of a week, as owners read it: what went out where, and how the house stands."""

from typing import Final

from bot.desk import audience, week_sums
from bot.line import calls
from bot.news.model import Role
from bot.news.posts import for_staff
from bot.news.times import calendar
from bot.news.upkeep import ChannelSum, WeekSum
from bot.words import N_, Words, words
from handlers.talk import titled
from storage import Db

SHOWN: Final = 30
"""Channels that are named, those with most posts first."""
NAME: Final = 50
"""Characters of a channel's name: all of it must fit one message."""
_MEGABYTE: Final = 1_000_000
_OUT: Final = N_("{count} {count:post|posts}")
_LATE: Final = N_("{count} late")
_FAILED: Final = N_("{count} failed")
_CORRECTED: Final = N_("{count} {count:correction|corrections}")


async def tell(db: Db, week: WeekSum, *, zone: str) -> None:
    """Have every owner told, once."""
    if not await week_sums.told(db, week):
        return
    for owner in await audience.holders(db, {Role.OWNER}):
        say = words(owner.language)
        message = titled(say("📊 What the week brought"), text(week, say, zone))
        await db.notices.add(owner.id, *calls.message_call(owner.id, message))


def text(week: WeekSum, say: Words, zone: str) -> str:
    """Its lines."""
    since, until = (calendar.show(at, zone, say.language) for at in (week.since, week.until))
    ranked = sorted(week.channels, key=lambda each: (-each.out, each.title))
    lines = [say("From {since} to {until}.", since=since, until=until), ""]
    lines += [f"• {_channel(each, say)}" for each in ranked[:SHOWN]]
    if len(ranked) > SHOWN:
        lines.append(say("… and {count} more", count=len(ranked) - SHOWN))
    if not ranked:
        lines.append(say("No channel is connected."))
    return "\n".join([*lines, "", *_house(week, say)])


def _channel(each: ChannelSum, say: Words) -> str:
    channel = for_staff.shortened(each.title, NAME)
    if not (each.out or each.failed or each.corrected):
        return say("{channel}: nothing went out", channel=channel)
    counted = ((_LATE, each.late), (_FAILED, each.failed), (_CORRECTED, each.corrected))
    parts = [say(_OUT, count=each.out), *(say(said, count=count) for said, count in counted if count)]
    return say("{channel}: {counts}", channel=channel, counts=say(", ").join(parts))


def _house(week: WeekSum, say: Words) -> list[str]:
    """How the house stands."""
    size, grown = (round(each / _MEGABYTE) for each in (week.database_bytes, week.grown))
    lines = [say("Unfinished stories: {count}", count=week.drafts)]
    if grown > 0:
        lines.append(say("Database: {size} MB, {grown} more than at the last sum", size=size, grown=grown))
    else:
        lines.append(say("Database: {size} MB", size=size))
    if week.backup_at is None:
        lines.append(say("Backups: I have made none"))
    else:
        hours = int((week.until - week.backup_at).total_seconds() // 3600)
        lines.append(say("The newest backup is {count} {count:hour|hours} old", count=max(hours, 0)))
    lines.append(say("Errors in my log: {count}", count=week.faults))
    return lines
