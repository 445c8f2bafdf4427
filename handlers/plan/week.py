"""`/week`: the week of all channels as a picture, in the reader's language. Knows not how it is drawn."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.desk import places
from bot.errors import NotFound
from bot.line import weekpicture
from bot.line.calls import Keyboard
from bot.news.model import Article, Channel, Message, Post, PostState
from bot.news.plans import slots, week
from bot.news.plans.week import Column, Day, Line, Mark, Place, Planned
from bot.news.posts.direction import right_to_left
from bot.news.quiet import DAY, Rhythm
from bot.news.times import calendar, holidays
from bot.words import N_, Words
from handlers.phrases import POST_STATES
from handlers.plan import board_link
from handlers.talk import Talk, button, in_reading_order, titled

WEEKS = 53
"""How far one can leaf, either way."""
_MARKS = {
    Mark.WAITING: POST_STATES[PostState.PENDING],
    Mark.SENT: POST_STATES[PostState.SENT],
    Mark.HELD: POST_STATES[PostState.HELD],
    Mark.FAILED: POST_STATES[PostState.FAILED],
    Mark.UNCONFIRMED: POST_STATES[PostState.UNCONFIRMED],
    Mark.FREE: N_("free slot"),
    Mark.SHUT: N_("closed slot"),
}
COUNTED = 30
"""Channels of which all are counted under the picture; of more, only those in it."""
_NAMED = 3
"""Paused channels that are named under the picture."""


async def command(talk: Talk, words: str) -> None:
    """`/week`: this week, the first channels."""
    del words
    if not await talk.schedule.count_boards():
        await talk.reply(talk.words("No channel of yours is connected. Connect one with /connect @name."))
        return
    await _show(talk, week.first_day(_today(talk)), 0, message_id=None)


async def show(talk: Talk, ordinal: int, page: int) -> None:
    """Another week or other channels, in the picture whose button was pressed."""
    this = week.first_day(_today(talk))
    if abs(ordinal - this.toordinal()) > 7 * WEEKS or page < 0:
        raise NotFound("button")
    pressed = talk.press.message
    message_id = pressed.message_id if pressed and talk.under_picture and not talk.abroad else None
    await _show(talk, week.first_day(date.fromordinal(ordinal)), page, message_id=message_id)
    await talk.answer()


async def _show(talk: Talk, first: date, page: int, *, message_id: int | None) -> None:
    count = await talk.schedule.count_boards()
    page = min(page, week.pages(count) - 1)  # some were disconnected since
    here = await talk.schedule.boards(skip=page * week.ABREAST, limit=week.ABREAST)
    counted = await talk.schedule.boards(limit=COUNTED) if week.ABREAST < count <= COUNTED else here
    columns = await _columns(talk, counted, first, told={channel.id for channel in here})
    off = holidays.of_days(week.days(first), await talk.db.holidays.all())
    range_ = _range(talk.words, page, count)
    ours = [column for column in columns if column.channel.id in {channel.id for channel in here}]
    shown = drawing(talk, first, week.page(ours, 0), range_, off=off)
    caption = _caption(talk, columns, shown, off)
    keyboard = _keyboard(talk, first, page, count, here)
    method, params = weekpicture.call_for(talk.chat_id, shown, caption, keyboard, message_id=message_id)
    await talk.post(method, params)


async def _columns(
    talk: Talk, channels: Sequence[Channel], first: date, *, told: Collection[int]
) -> list[Column]:
    """The channels' weeks, read all at once; with headlines where they are `told` on this page."""
    ids = [channel.id for channel in channels]
    bounds = {channel.id: week.bounds(first, channel.time_zone) for channel in channels}
    begin, end = min(at for at, _ in bounds.values()), max(at for _, at in bounds.values())
    posts = await talk.db.posts.all_between(ids, begin, end, *week.SHOWN)
    ours = {post.article_id for post in posts if post.channel_id in told}
    stories = await talk.db.articles.some(ours) if ours else {}
    taken = await places.taken_of(talk.db, channels, talk.now)
    found = []
    for channel in channels:
        begin, end = bounds[channel.id]
        of_channel = [post for post in posts if post.channel_id == channel.id and begin <= post.due_at < end]
        planned = [_planned(post, stories.get(post.article_id)) for post in of_channel]
        found.append(week.column(channel, planned, taken[channel.id], first, now=talk.now))
    return found


def _planned(post: Post, story: Article | None) -> Planned:
    story = story or Article(headline="")
    return Planned(
        due_at=post.due_at,
        state=post.state,
        headline=story.headline,
        rtl=right_to_left(story.language),
    )


def _caption(
    talk: Talk, columns: Sequence[Column], shown: Mapping[str, Any], off: Mapping[date, tuple[str, ...]]
) -> Message:
    """The week in words: which it is, what it holds, its holidays, and what stands still."""
    say = talk.words
    counts = sum((column.counts for column in columns), Counter[Mark]())
    totals = [f"{say(words)}: {say.number(counts[mark])}" for mark, words in _MARKS.items() if counts[mark]]
    lines = [shown["page"], " · ".join(totals) or say("Nothing is queued.")]
    for day, reasons in off.items():
        named = say(" and ").join(reasons)
        lines.append(
            say("🔴 {day} is a holiday: {name}", day=calendar.show_day(day, say.language), name=named)
        )
    paused = [week.plain(each.channel.title, 40) for each in columns if each.channel.paused_at]
    if paused:
        names = say(", ").join(paused[:_NAMED]) + ("…" if len(paused) > _NAMED else "")
        lines.append(say("⏸ Paused: {channels}", channels=names))
    return titled(shown["title"], "\n".join(filter(None, lines)))


def _keyboard(talk: Talk, first: date, page: int, count: int, here: Sequence[Channel]) -> Keyboard:
    say, number = talk.words, first.toordinal()
    this = week.first_day(_today(talk)).toordinal()
    leaves = [
        button(say(words), "plan.week", at, page)
        for words, at in ((N_("‹ Previous week"), number - 7), (N_("Next week ›"), number + 7))
        if abs(at - this) <= 7 * WEEKS
    ]
    rows: Keyboard = [in_reading_order(leaves, say)]
    others = [
        button(_range(say, each, count), "plan.week", number, each)
        for each in (page - 1, page + 1)
        if 0 <= each < week.pages(count)
    ]
    rows += [in_reading_order(others, say)] if others else []
    if number != this:
        rows.append([button(say("📍 This week"), "plan.week", this, page)])
    rows += board_link.ways(talk)
    return rows + [[button(f"🗓 {week.plain(each.title, 40)}", "plan.queue", each.id)] for each in here]


def _range(say: Words, page: int, count: int) -> str:
    """Which of the channels a page has; nothing where it has all."""
    if week.pages(count) == 1:
        return ""
    first, last = page * week.ABREAST + 1, min((page + 1) * week.ABREAST, count)
    if first == last:
        return say("Channel {number} of {count}", number=first, count=count)
    return say("Channels {first}–{last} of {count}", first=first, last=last, count=count)


def drawing(
    talk: Talk, first: date, columns: Sequence[Column], page: str, *, off: Collection[date] = ()
) -> dict[str, Any]:
    """All that stands in the picture, as `bot/line/week.typ` reads it; `off` are the week's holidays."""
    say, today = talk.words, _today(talk)
    return {
        "lang": say.language,
        "dir": _direction(right_to_left(say.language)),
        "query": say("?"),
        "title": titled_week(say, first),
        "page": page,
        "days": [
            {
                **named_day(day, say),
                "today": day == today,
                "past": day < today,
                "off": day in off,
                "units": max(week.LEAST, *(each.days[number].units for each in columns)),
            }
            for number, day in enumerate(week.days(first))
        ],
        "channels": [_channel(talk, each) for each in columns],
        "legend": {
            "posts": [[mark, say(words)] for mark, words in _MARKS.items() if mark not in week.SLOTS],
            "free": say(_MARKS[Mark.FREE]),
            "shut": say(_MARKS[Mark.SHUT]),
            "quiet": say("quiet hours"),
            "off": say("public holiday") if off else "",
        },
    }


def titled_week(say: Words, first: date) -> str:
    """«هفتهٔ ۳۰ آبان تا ۶ آذر ۱۴۰۵»: month and year once, unless they end within the week."""
    ends = (first, first + timedelta(days=week.DAYS - 1))
    (_, *begin), (_, *end) = (calendar.show_day(day, say.language).split() for day in ends)
    while len(begin) > 1 and begin[-1] == end[len(begin) - 1]:
        del begin[-1]
    return say("The week of {first} to {last}", first=" ".join(begin), last=" ".join(end))


def named_day(day: date, say: Words) -> dict[str, str]:
    weekday, number, month, _ = calendar.show_day(day, say.language).split()
    if say.language != "fa":
        weekday, month = weekday[:3], month[:3]  # Persian has no short names
    return {"weekday": weekday, "number": number, "month": month}


def _channel(talk: Talk, column: Column) -> dict[str, Any]:
    say, channel = talk.words, column.channel
    title = week.plain(channel.title)
    notes = [_quiet(say, channel.rhythm)]
    if channel.time_zone != talk.house.time_zone:
        notes.append(channel.time_zone.rpartition("/")[2].replace("_", " "))
    if not channel.connected:
        notes.append(say("not connected"))
    return {
        "title": title,
        "dir": _direction(right_to_left(_language(title))),
        "note": " · ".join(filter(None, notes)),
        "paused": say("paused") if channel.paused_at else "",
        "days": [_day(day, say) for day in column.days],
    }


def _language(title: str) -> str:
    """The language whose way a channel's name runs: that of its first letter."""
    first = next((letter for letter in title if letter.isalpha()), "آ")
    return "fa" if "\u0590" <= first <= "\u08ff" else "en"


def _day(day: Day, say: Words) -> dict[str, Any]:
    lines = [_line(line, say) for line in day.lines]
    if day.more:
        lines.append({"kind": "more", "units": 1, "text": say("… and {count} more", count=day.more)})
    return {
        "lines": lines,
        "quiet": [list(stretch) for stretch in day.quiet],
        "ticks": [[place.mark, place.minute] for place in day.places],
    }


def _line(line: Line, say: Words) -> dict[str, Any]:
    first = line.places[0]
    if first.slot is not None:
        kind = say("only {kind}", kind=slots.show_kind(first.slot, say.language))
        only = replace(first, headline=week.plain(kind), rtl=right_to_left(say.language))
        return {"kind": "post", "units": 1, **_post(only, say)}
    if first.mark in week.SLOTS:
        places = [{"mark": place.mark, "hour": hour_of(place.minute, say)} for place in line.places]
        return {"kind": "slots", "units": 1, "places": places}
    return {"kind": "post", "units": line.units, **_post(first, say)}


def _post(place: Place, say: Words) -> dict[str, str]:
    hour = hour_of(place.minute, say)
    return {"mark": place.mark, "hour": hour, "text": place.headline, "dir": _direction(place.rtl)}


def _quiet(say: Words, rhythm: Rhythm) -> str:
    """Quiet hours in words where they are the same every day; else the picture's strips tell."""
    if len(rhythm.quiet) != 1 or len(rhythm.quiet[0].weekdays) != week.DAYS:
        return ""
    start, end = (hour_of(minute % DAY, say) for minute in (rhythm.quiet[0].start, rhythm.quiet[0].end))
    return say("quiet {start}–{end}", start=start, end=end)


def hour_of(minute: int, say: Words) -> str:
    hour = (
        f"{minute // 60}:{minute % 60:02}" if say.language == "fa" else f"{minute // 60:02}:{minute % 60:02}"
    )
    return calendar.persian_digits(hour) if say.language == "fa" else hour


def _direction(rtl: bool) -> str:
    return "rtl" if rtl else "ltr"


def _today(talk: Talk) -> date:
    return talk.now.astimezone(ZoneInfo(talk.house.time_zone)).date()
