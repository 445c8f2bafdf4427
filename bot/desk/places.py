"""Where in a channel's time a story can go, asked of its queue. Knows no verb: it changes nothing."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.desk import embargo
from bot.errors import NoFreeSlot
from bot.news.model import Article, Channel, Post, PostState
from bot.news.plans import slots
from bot.news.plans.rhythm import Taken, Unfit, first_place, quiet_until, unfit
from bot.news.quiet import URGENT
from storage import Db

_LATELY = timedelta(days=2)
"""What went out since then counts for the spacing and for the limits of an hour and a day."""
_EVER = timedelta(days=36_500)
_TAKES_ITS_TIME = frozenset(PostState) - {PostState.CANCELED, PostState.FAILED}


async def taken(db: Db, channel: Channel, now: datetime, moving: Post | None = None) -> Taken:
    """When the channel has posts, lately and from now on; one that is to move is not in its own way."""
    times = await db.posts.taken(channel.id, now - _LATELY)
    return Taken(times - ({moving.due_at} if moving else set()), channel.time_zone)


async def taken_of(db: Db, channels: Collection[Channel], now: datetime) -> dict[int, Taken]:
    """The same of several channels, read at once."""
    times = await db.posts.taken_of([channel.id for channel in channels], now - _LATELY)
    return {channel.id: Taken(times.get(channel.id, frozenset()), channel.time_zone) for channel in channels}


async def standing(db: Db, channel: Channel, now: datetime) -> tuple[Post, ...]:
    """The posts behind those times, in order."""
    return await db.posts.due_between(channel.id, now - _LATELY, now + _EVER, *_TAKES_ITS_TIME)


async def next_free(
    db: Db, channel: Channel, article: Article, now: datetime, moving: Post | None = None
) -> datetime:
    """The channel's next slot that is free for it: of its kind, within the rhythm, after its embargo.

    A post that has the first of them already gets the one after.

    Raises:
        NoFreeSlot: there is none.
    """
    used, end = await taken(db, channel, now, moving), await embargo.until(db, article.id)
    return next_free_of(channel, article, now, used=used, end=end, moving=moving)


def next_free_of(
    channel: Channel,
    article: Article,
    now: datetime,
    *,
    used: Taken,
    end: datetime | None,
    moving: Post | None = None,
) -> datetime:
    """The same, told which times are `used` there and when the story's embargo has its `end`.

    Raises:
        NoFreeSlot: there is none.
    """
    chosen = slots.open_to(channel.slots, category=article.category, urgency=article.urgency)
    zone, rhythm = channel.time_zone, channel.rhythm
    found = slots.next_free(chosen, used.times, now, zone, not_before=end, rhythm=rhythm)
    if moving is not None and found == moving.due_at:
        return slots.next_free(chosen, used.times, found, zone, not_before=end, rhythm=rhythm)
    return found


def passes_quiet(post: Post | None) -> bool:
    """Whether it is a post that a second person has confirmed as urgent."""
    return post is not None and post.urgency <= URGENT


async def out_of_quiet(
    db: Db, channel: Channel, at: datetime, now: datetime, moving: Post | None = None
) -> datetime:
    """`at`, or the first place after the quiet hours that it falls into; a confirmed urgent post passes them.

    Raises:
        NoFreeSlot: there is none.
    """
    if passes_quiet(moving):
        return at
    end = quiet_until(at, channel.rhythm, channel.time_zone)
    if end is None:
        return at
    return first_place(end, await taken(db, channel, now, moving), channel.rhythm, channel.time_zone)


def goes_at(channel: Channel, at: datetime) -> datetime:
    """When a post that is planned for then really goes: at the end of quiet hours that it falls into."""
    try:
        return quiet_until(at, channel.rhythm, channel.time_zone) or at
    except NoFreeSlot:
        return at


async def kept_till(db: Db, channel: Channel, now: datetime, moving: Post | None = None) -> datetime | None:
    """Till when what is to go out now is kept back by quiet hours; None where it is not."""
    try:
        at = await out_of_quiet(db, channel, now, now, moving)
    except NoFreeSlot:
        return None
    return at if at > now else None


async def objections(
    db: Db, channel: Channel, at: datetime, now: datetime, post: Post
) -> tuple[tuple[Unfit, ...], datetime | None]:
    """What of the rhythm speaks against a post's time, and the time of the post that is too near."""
    used = await taken(db, channel, now, post)
    found = unfit(at, used, channel.rhythm, channel.time_zone)
    near = min(used.near(at), key=lambda other: abs(other - at), default=None)
    return found, near if Unfit.NEAR in found else None


async def week(db: Db, channel: Channel, now: datetime) -> tuple[tuple[datetime, bool | None], ...]:
    """The slots of the coming seven days: whether each is free; None for one that the rhythm closes."""
    used = await taken(db, channel, now)
    found: list[tuple[datetime, bool | None]] = []
    for at in slots.occurrences(channel.slots, now, channel.time_zone):
        if at >= now + timedelta(days=7):
            break
        closed = unfit(at, used, channel.rhythm, channel.time_zone)
        found.append((at, False if at in used else None if closed else True))
    return tuple(found)
