"""What owners hear of faults that are no post's: of the token, of the clock, of people out of reach."""

from datetime import datetime, timedelta

from bot.desk import audience
from bot.line import calls
from bot.news.model import Message, Role
from bot.news.talk import Notice
from bot.news.times import calendar
from bot.words import N_, Words, words
from handlers.phrases import because
from storage import Db

_SHUT_OUT = N_(
    "⚠️ From {time} on Telegram did not take my token; it takes it again. Nothing was lost: what was to "
    "go out goes out now. If none of you had it revoked, somebody else may have it: @BotFather gives "
    "a new one."
)
_SET_BACK = N_(
    "⚠️ The clock of the machine I run on was set back by {span}. {count} {count:post waits|posts wait} for "
    "{count:its|their} time, and {count:goes|go} out when this clock says so: {span} later than it would "
    "have been. What is out stays out. If the clock is wrong now, have it set right."
)
_UNREACHED = N_(
    "⚠️ {name} can't be told anything any more: {reason}. What they should have heard is kept for nobody; "
    "“monadi check” counts it."
)


async def shut_out(db: Db, since: datetime, *, zone: str) -> None:
    """Telegram does not take the token: they read it once it does again."""
    for owner in await audience.holders(db, {Role.OWNER}):
        say = words(owner.language)
        time = calendar.show(since, zone, say.language)
        await _tell(db, owner.id, say(_SHUT_OUT, time=time))


async def set_back(db: Db, by: timedelta, now: datetime) -> None:
    """The clock was set back with posts in the queue."""
    ahead = await db.waits.posts_ahead(now)
    for owner in await audience.holders(db, {Role.OWNER}):
        say = words(owner.language)
        await _tell(db, owner.id, say(_SET_BACK, span=_span(by, say), count=ahead))


async def unreached(db: Db, notice: Notice, why: str) -> None:
    """Someone could not be told something, for good: at the first time the owners hear of it."""
    if await db.notices.dropped_for(notice.chat_id) > 1:
        return
    person = await db.staff.get(notice.chat_id)
    if person is None or not person.roles:
        return
    for owner in await audience.holders(db, {Role.OWNER}):
        if owner.id != notice.chat_id:
            say = words(owner.language)
            name = person.name or str(person.id)
            await _tell(db, owner.id, say(_UNREACHED, name=name, reason=because(why, say)))


def _span(span: timedelta, say: Words) -> str:
    minutes = round(span.total_seconds() / 60)
    if minutes % 60 == 0:
        return say("{hours} {hours:hour|hours}", hours=minutes // 60)
    return say("{minutes} {minutes:minute|minutes}", minutes=minutes)


async def _tell(db: Db, person_id: int, text: str) -> None:
    await db.notices.add(person_id, *calls.message_call(person_id, Message(text=text)))
