"""A channel's queue as a board, by day: each post a line, and a button to its page. Knows no change."""

from functools import partial
from zoneinfo import ZoneInfo

from bot.desk import places
from bot.desk.schedule import COMING
from bot.line.calls import Keyboard
from bot.news.model import Article, Channel, Message, Post, PostState
from bot.news.posts import for_staff
from bot.news.times import calendar
from bot.words import Words
from handlers import which_channel
from handlers.phrases import POST_STATES
from handlers.posts import holding
from handlers.talk import Talk, button, in_reading_order, titled

SHOWN = 20
"""Posts on one board: it stays under Telegram's 4,096 characters and 100 buttons."""
WIDE = 3
"""Buttons in a row: each has a post's number in the list, and its hour."""
BRIEF = 3
"""Posts of a channel that are named where several channels are told of together."""


async def command(talk: Talk, words: str) -> None:
    """`/queue`, or `/queue @name`."""

    async def show_one(channel: Channel) -> None:
        await talk.reply(*await board(talk, channel))

    if not words:
        await which_channel.each(talk, "queue", show_one, partial(_brief, talk))
        return
    for channel in await which_channel.named(talk, "queue", words):
        await show_one(channel)


async def show(talk: Talk, channel_id: int, skip: int = 0) -> None:
    """The board again, in the message whose button was pressed."""
    await talk.amend(*await board(talk, await talk.schedule.channel(channel_id), skip))
    await talk.answer()


async def show_below(talk: Talk, channel_id: int) -> None:
    """The board as a message of its own: what it was asked for from stays as it is."""
    await talk.reply(*await board(talk, await talk.schedule.channel(channel_id)))
    await talk.answer()


async def _brief(talk: Talk, channel: Channel) -> str:
    """What comes next in a channel among others."""
    say, few = talk.words, await talk.db.posts.page_of(channel.id, *COMING, skip=0, limit=BRIEF + 1)
    stories = await talk.db.articles.some({post.article_id for post in few}) if few else {}
    lines = [line for line in (away_line(channel, say), paused_line(channel, say)) if line]
    for post in few[:BRIEF]:
        time = calendar.relative(post.due_at, talk.now, channel.time_zone, say.language)
        lines.append(f"{time} {titled_as(stories.get(post.article_id))}{sign(post)}{_stands(post, say)}")
    more = await talk.db.posts.count(channel.id, *COMING) - BRIEF if len(few) > BRIEF else 0
    if more:
        lines.append(say("… and {count} more", count=more))
    return "\n".join(lines) if few else "\n".join([*lines, say("Nothing is queued.")])


async def board(talk: Talk, channel: Channel, skip: int = 0) -> tuple[Message, Keyboard]:
    """One leaf of the board, with the ways to the others and to the pause."""
    say = talk.words
    count = await talk.db.posts.count(channel.id, *COMING)
    skip = max(0, min(skip, (count - 1) // SHOWN * SHOWN))
    posts = await talk.db.posts.page_of(channel.id, *COMING, skip=skip, limit=SHOWN)
    lines: list[str] = []
    pages: list[dict[str, str]] = []
    day = ""
    stories = await talk.db.articles.some({post.article_id for post in posts}) if posts else {}
    for number, post in enumerate(posts, start=skip + 1):
        today = calendar.show_day(post.due_at.astimezone(ZoneInfo(channel.time_zone)).date(), say.language)
        if today != day:
            lines.append(f"\n{today}")
            day = today
        time = hour(post, channel, say)
        line = f"{time} {titled_as(stories.get(post.article_id))}{sign(post)}{_stands(post, say)}"
        late = _after_quiet(post, channel, say) if post.state is PostState.PENDING else ""
        lines.append(f"{say.number(number)}. {line}{late}")
        pages.append(button(f"{say.number(number)} · {time}", "plan.post", post.id))
    rows = [in_reading_order(pages[at : at + WIDE], say) for at in range(0, len(pages), WIDE)]
    if count > skip + len(posts):
        lines.append("\n" + say("… and {count} more", count=count - skip - len(posts)))
    rows += leaves(say, count, skip, "plan.queue", channel.id)
    caution, ways = await holding.caution(talk.desk, say)
    rows += [*ways, _pause(channel, say), [button(say("🔄 Refresh"), "plan.queue", channel.id, skip)]]
    text = "\n".join(lines).strip("\n") or say("Nothing is queued.")
    title = say("The queue of {channel}", channel=channel.title)
    said = [away_line(channel, say), paused_line(channel, say), caution]
    return titled(title, "\n\n".join([line for line in said if line] + [text])), rows


def leaves(say: Words, count: int, skip: int, *data: object) -> Keyboard:
    """The ways to the leaf before and the one after; no row where there is only one."""
    row = [button(say("‹ earlier"), *data, max(0, skip - SHOWN))] if skip else []
    row += [button(say("later ›"), *data, skip + SHOWN)] if skip + SHOWN < count else []
    return [row] if row else []


def away_line(channel: Channel, say: Words) -> str:
    """That the bot may not post there, and what to do, where that is so; else empty."""
    if channel.connected:
        return ""
    return say(
        "🚫 I may not post here, and nothing goes out. "
        "Make me an administrator again in the channel's settings; I notice it by myself."
    )


def paused_line(channel: Channel, say: Words) -> str:
    """That nothing goes out there, where that is so; else empty."""
    if channel.paused_at is None:
        return ""
    since = calendar.show(channel.paused_at, channel.time_zone, say.language)
    return say("⏸ Paused since {time}: nothing goes out here, and posts keep their times.", time=since)


def _pause(channel: Channel, say: Words) -> list[dict[str, str]]:
    if channel.paused_at is None:
        return [button(say("⏸ Pause the channel"), "plan.pause", channel.id)]
    return [button(say("▶️ Resume the channel"), "plan.ask_to_resume", channel.id)]


def hour(post: Post, channel: Channel, say: Words) -> str:
    return calendar.show_hour(post.due_at, channel.time_zone, say.language)


def _after_quiet(post: Post, channel: Channel, say: Words) -> str:
    """When a post really goes that is planned into quiet hours, where it is; else empty."""
    at = places.goes_at(channel, post.due_at)
    if at == post.due_at or places.passes_quiet(post):
        return ""
    return say(" (🌙 goes at {hour})", hour=calendar.show_hour(at, channel.time_zone, say.language))


def _stands(post: Post, say: Words) -> str:
    """How a post stands that does not simply wait."""
    return "" if post.state is PostState.PENDING else f" ({say(POST_STATES[post.state])})"


def sign(post: Post) -> str:
    """What marks a post that is one of many."""
    return "" if post.recurrence_id is None else " 🔁"


async def headline(talk: Talk, post: Post) -> str:
    return titled_as(await talk.db.articles.get(post.article_id))


def titled_as(article: Article | None) -> str:
    return for_staff.quoted(short(article.headline if article else "", 80))


def short(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
