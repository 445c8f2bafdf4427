"""Who may find what in the archive, and what is meant by a person, a channel, a day. Searches nothing."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.desk import rights
from bot.news.archive import days
from bot.news.archive.query import Query
from bot.news.archive.words import letters
from bot.news.model import Role, Staff
from storage import Db
from storage.archive_reading import Scope

_MOST_CHANNELS = 1_000


async def scope_of(db: Db, who: Staff, query: Query, *, zone: str, now: datetime) -> Scope:
    """What a person may find of what they ask for: a reporter of ours their own stories alone.

    Raises:
        NotStaff: a stranger asks.
    """
    rights.require(who, rights.EVERYONE)
    since, until = bounds(query, zone=zone, now=now)
    return Scope(
        own=only_of(who),
        people=tuple(filter(None, map(letters, query.people))),
        reporters=await _reporters(db, query.people),
        places=query.places,
        channels=await _channels(db, query.places),
        since=since,
        until=until,
    )


def only_of(who: Staff) -> int | None:
    """Whose stories alone they find; None for who finds all."""
    return None if rights.may(who, rights.DECIDERS) else who.id


def bounds(query: Query, *, zone: str, now: datetime) -> tuple[datetime | None, datetime | None]:
    """From when and until when something was told; None where any time is meant."""
    today = now.astimezone(ZoneInfo(zone)).date()
    spans = [span for typed in query.days if (span := days.span(typed, today)) is not None]
    if not spans:
        return None, None
    first, last = max(span[0] for span in spans), min(span[1] for span in spans)
    return _midnight(first, zone), _midnight(last + timedelta(days=1), zone)


def unread_days(query: Query, *, zone: str, now: datetime) -> tuple[str, ...]:
    """What was typed as a day and is none."""
    today = now.astimezone(ZoneInfo(zone)).date()
    return tuple(typed for typed in query.days if days.span(typed, today) is None)


async def _reporters(db: Db, people: tuple[str, ...]) -> tuple[int, ...]:
    if not people:
        return ()
    asked = [letters(each) for each in people]
    staff = await db.staff.with_role(*Role)
    return tuple(each.id for each in staff if all(name in letters(each.name) for name in asked))


async def _channels(db: Db, places: tuple[str, ...]) -> tuple[int, ...]:
    if not places:
        return ()
    asked = [letters(each) for each in places]
    found = await db.channels.page(skip=0, limit=_MOST_CHANNELS)
    return tuple(
        each.id for each in found if all(name in letters(f"{each.title} {each.username}") for name in asked)
    )


def _midnight(day: date, zone: str) -> datetime:
    if day == date.min:
        return datetime.min.replace(tzinfo=UTC)
    return datetime.combine(day, time(), ZoneInfo(zone))
