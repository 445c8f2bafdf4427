"""A channel's week as the board shows it: its days, their places, the posts. Changes nothing."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.desk import embargo, places
from bot.desk.approval import approved_of
from bot.desk.stories import WAITING
from bot.errors import NotFound
from bot.news.model import Article, Channel, Post, PostState
from bot.news.plans import slots, week
from bot.news.plans.rhythm import Taken, Unfit, unfit
from bot.news.plans.slots import coming_round
from bot.news.plans.week import Mark
from bot.news.posts import for_staff
from bot.news.posts.direction import right_to_left
from bot.news.times import calendar, holidays
from bot.news.times.walltime import instant
from bot.web.board.sheet import Card, Choice, Day, Place, PlaceKind, Sheet
from bot.words import N_, Words
from handlers.phrases import POST_STATES, because
from handlers.plan import board, ready
from handlers.plan.week import WEEKS, hour_of, named_day, titled_week
from handlers.plan.weekboard_words import page_words
from handlers.posts import seen
from handlers.talk import Talk

_ARROWS = "‹› "  # of a keyboard, which is set from left to right
MOST_FREE = 48
"""Free slots of a day that are drawn: one for each half hour. More, and nobody finds theirs."""
MOST_HELD = 40
MOST_CHANNELS = 60
_ON_IT = tuple(state for state in week.SHOWN if state is not PostState.HELD)
UNFIT = {
    Unfit.QUIET: N_("in quiet hours"),
    Unfit.NEAR: N_("too near to another post"),
    Unfit.HOUR_FULL: N_("that hour is full"),
    Unfit.DAY_FULL: N_("that day is full"),
}


async def sheet(talk: Talk, channel_id: int, ordinal: int) -> Sheet:
    """A week of a channel's: `ordinal` is a day of it, `channel_id` 0 for the first; each 0 means "now".

    Raises:
        NotFound: no channel is connected, or there is no such week.
        NotAllowed, ChannelTrouble: it is not the person's to plan.
    """
    channels = await talk.schedule.boards(limit=MOST_CHANNELS)
    if not channels:
        raise NotFound("channel")
    channel = await talk.schedule.channel(channel_id) if channel_id else channels[0]
    first = first_of(talk, channel, ordinal)
    shown = await _week(talk, channel, first)
    say = talk.words
    return Sheet(
        lang=say.language,
        rtl=right_to_left(say.language),
        title=titled_week(say, first),
        channel=channel.id,
        week=first.toordinal(),
        channels=tuple(
            Choice(value=each.id, said=week.plain(each.title, 60), here=each.id == channel.id)
            for each in channels
        ),
        weeks=_weeks(talk, channel, first),
        days=shown,
        held=await _held(talk, channel),
        ready=await ready.cards(talk, channel),
        notes=tuple(filter(None, (board.away_line(channel, say), board.paused_line(channel, say)))),
        words=page_words(say),
    )


def first_of(talk: Talk, channel: Channel, ordinal: int) -> date:
    """The Saturday that is asked for.

    Raises:
        NotFound: it is too far away.
    """
    this = week.first_day(_today(talk, channel))
    if not ordinal:
        return this
    if abs(ordinal - this.toordinal()) > 7 * WEEKS:
        raise NotFound("button")
    return week.first_day(date.fromordinal(ordinal))


async def posts_of(talk: Talk, channel: Channel, first: date) -> tuple[Post, ...]:
    """The posts that stand in the week's days; those that are held stand beside it."""
    begin, end = week.bounds(first, channel.time_zone)
    return await talk.db.posts.all_between([channel.id], begin, end, *_ON_IT)


async def held_of(talk: Talk, channel: Channel) -> tuple[Post, ...]:
    """The posts that are held."""
    return await talk.db.posts.page_of(channel.id, PostState.HELD, skip=0, limit=MOST_HELD)


def times_of(channel: Channel, taken: Taken, first: date, now: datetime) -> list[tuple[datetime, Mark]]:
    """The week's slots without a post that are ahead and drawn; whether the rhythm leaves them open."""
    place = ZoneInfo(channel.time_zone)
    return [
        (instant(day, spot.minute, place), spot.mark)
        for day, spots in _empty(channel, taken, first, now).items()
        for spot in spots[:MOST_FREE]
    ]


def _empty(channel: Channel, taken: Taken, first: date, now: datetime) -> dict[date, tuple[week.Place, ...]]:
    shown = week.column(channel, (), taken, first, now=now).days
    return {day: each.places for day, each in zip(week.days(first), shown, strict=True)}


async def _week(talk: Talk, channel: Channel, first: date) -> tuple[Day, ...]:
    say, zone = talk.words, ZoneInfo(channel.time_zone)
    posts = await posts_of(talk, channel, first)
    taken = await places.taken(talk.db, channel, talk.now)
    cards = await _cards(talk, channel, posts)
    held = {post.due_at for post in await held_of(talk, channel)}
    spots: dict[date, list[tuple[datetime, Place]]] = {day: [] for day in week.days(first)}
    for post in posts:
        key = f"p{post.id}"
        hour = calendar.show_hour(post.due_at, channel.time_zone, say.language)
        place = Place(key=key, kind=PlaceKind.POST, hour=hour, card=cards[post.id])
        spots[post.due_at.astimezone(zone).date()].append((post.due_at, place))
    for at, mark in times_of(channel, taken, first, talk.now):
        spots[at.astimezone(zone).date()].append((at, _free(channel, at, mark, taken, say)))
    for at in held - {post.due_at for post in posts}:
        if at > talk.now and at.astimezone(zone).date() in spots:
            spots[at.astimezone(zone).date()].append((at, _kept(channel, at, say)))
    off = holidays.of_days(spots, await talk.db.holidays.all())
    today, empty = _today(talk, channel), _empty(channel, taken, first, talk.now)
    return tuple(
        Day(
            key=day.isoformat(),
            **named_day(day, say),
            today=day == today,
            past=day < today,
            off=say(" and ").join(off.get(day, ())),
            places=_in_order(channel, day, there, say) + _more(len(empty[day]) - MOST_FREE, say),
        )
        for day, there in spots.items()
    )


def _in_order(
    channel: Channel, day: date, there: Sequence[tuple[datetime, Place]], say: Words
) -> tuple[Place, ...]:
    """The places of a day by their time, its quiet stretches among them."""
    zone = ZoneInfo(channel.time_zone)
    quiet = [
        (
            instant(day, start, zone),
            Place(
                key=f"q{start}",
                kind=PlaceKind.QUIET,
                hour=say("quiet {start}–{end}", start=hour_of(start, say), end=hour_of(end % 1440, say)),
            ),
        )
        for start, end in week.quiet_on(day, channel.rhythm)
    ]
    return tuple(place for _, place in sorted([*quiet, *there], key=lambda each: each[0]))


def _more(count: int, say: Words) -> tuple[Place, ...]:
    """That so many slots are not drawn."""
    said = say("… and {count} more", count=count)
    return (Place(key="more", kind=PlaceKind.MORE, hour=said),) if count > 0 else ()


def _free(channel: Channel, at: datetime, mark: Mark, taken: Taken, say: Words) -> Place:
    found = unfit(at, taken, channel.rhythm, channel.time_zone) if mark is Mark.SHUT else ()
    notes = [say(UNFIT[why]) for why in found]
    slot = coming_round(channel.slots, at, channel.time_zone)
    if slot is not None and (slot.category is not None or slot.urgency is not None):
        notes.append(say("only {kind}", kind=slots.show_kind(slot, say.language)))
    return Place(
        key=key_of(at),
        kind=PlaceKind.SHUT if found else PlaceKind.FREE,
        hour=calendar.show_hour(at, channel.time_zone, say.language),
        note=" · ".join(notes),
    )


def _kept(channel: Channel, at: datetime, say: Words) -> Place:
    hour = calendar.show_hour(at, channel.time_zone, say.language)
    return Place(key=key_of(at), kind=PlaceKind.KEPT, hour=hour, note=say("the time of a held post"))


def key_of(at: datetime) -> str:
    """A time as the page names it."""
    return f"t{int(at.timestamp()) // 60}"


async def _held(talk: Talk, channel: Channel) -> tuple[Card, ...]:
    posts = await held_of(talk, channel)
    cards = await _cards(talk, channel, posts)
    return tuple(cards[post.id] for post in posts)


async def _cards(talk: Talk, channel: Channel, posts: Sequence[Post]) -> dict[int, Card]:
    stories = await talk.db.articles.some({post.article_id for post in posts}) if posts else {}
    ends = await embargo.ends(talk.db, stories, await approved_of(talk.db, stories)) if stories else {}
    return {post.id: _card(talk, channel, post, stories, ends.get(post.article_id)) for post in posts}


def _card(
    talk: Talk, channel: Channel, post: Post, stories: Mapping[int, Article], end: datetime | None
) -> Card:
    say, story = talk.words, stories.get(post.article_id)
    zone, language = channel.time_zone, say.language
    notes = []
    if end is not None and end > talk.now:
        notes.append(say("🔒 embargo until {time}", time=calendar.relative(end, talk.now, zone, language)))
    if post.recurrence_id is not None:
        notes.append(say("🔁 every week"))
    if post.reason and post.state is not PostState.SENT:
        notes.append(because(post.reason, say))
    is_held = post.state is PostState.HELD
    hour = calendar.show_hour(post.due_at, zone, language)
    return Card(
        id=post.id,
        seen=seen.of(post),
        state=post.state.value,
        state_word=say(POST_STATES[post.state]),
        hour=calendar.relative(post.due_at, talk.now, zone, language) if is_held else hour,
        headline=for_staff.shortened(week.plain(story.headline), 120) if story else "",
        rtl=right_to_left(story.language) if story else True,
        notes=tuple(notes),
        free=post.state in WAITING and not post.begun and (is_held or post.due_at > talk.now),
    )


def _weeks(talk: Talk, channel: Channel, first: date) -> tuple[Choice, ...]:
    """The week before, this one, the one after, as far as one can leaf."""
    say, this = talk.words, week.first_day(_today(talk, channel))
    ways = (
        (first - timedelta(days=7), N_("‹ Previous week")),
        (this, N_("📍 This week")),
        (first + timedelta(days=7), N_("Next week ›")),
    )
    return tuple(
        Choice(value=at.toordinal(), said=say(words).strip(_ARROWS), here=at == first)
        for at, words in ways
        if abs((at - this).days) <= 7 * WEEKS
    )


def _today(talk: Talk, channel: Channel) -> date:
    return talk.now.astimezone(ZoneInfo(channel.time_zone)).date()
