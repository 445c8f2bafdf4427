"""Posts that are late after an outage: one summary for each admin, and what becomes of what is held."""

from contextlib import suppress
from datetime import datetime

from bot import channel
from bot.channel import Keyboard
from bot.desk import SCHEDULERS
from bot.errors import NoFreeSlot
from bot.keeping import URGENT
from bot.news import calendar
from bot.news.model import Channel, Message, Post, PostState, Role, Staff
from bot.news.rhythm import quiet_until
from bot.schedule import LATENESS, NEVER_HELD
from bot.words import N_, Words, words
from handlers import seen
from handlers.phrases import how_late
from handlers.talk import Talk, button, titled
from storage import Db

type Late = tuple[Post, Channel]

ROOM, LITTLE_ROOM = 2000, 800
"""Characters for the posts that a section of a summary names, to fit a message; `/queue` shows them all."""
BOARDS = 15
"""Channels with a button of their own under a summary."""
_SPANS = dict(
    zip(LATENESS, (N_("15 minutes"), N_("1 hour"), N_("6 hours"), N_("never hold back")), strict=True)
)


async def summarise(db: Db, posts: tuple[Post, ...], now: datetime) -> None:
    """Tell whoever schedules, in one message, what an outage has made of the queues.

    `posts` are those that were held just now, and those that go out late. What is still to be decided from
    before is told with them, and an older message about it that nobody has received yet is not sent.
    """
    going = [
        (post, where)
        for post in posts
        if post.state is PostState.PENDING
        if (where := await db.channels.get(post.channel_id))
    ]
    held = await _held(db)
    for person in await _admins(db):
        await _forget_older(db, person)
        told = await _summary(db, held, going, now, words(person.language))
        await db.notices.add(person.id, *channel.message_call(person.id, *told))


async def _held(db: Db) -> list[Late]:
    """What is held for being late where it could be written to; what was held last is news, and first."""
    channels = {where.id: where for where in await db.channels.all()}
    return [(post, channels[post.channel_id]) for post in await db.posts.held_for("late", "missed")]


async def _forget_older(db: Db, person: Staff) -> None:
    for notice in await db.notices.unsaid(person.id):
        rows = notice.params.get("reply_markup", {}).get("inline_keyboard", [])
        if any(each.get("callback_data", "").startswith("latenow:") for row in rows for each in row):
            await db.notices.done(notice.id)


async def _admins(db: Db) -> tuple[Staff, ...]:
    return await db.staff.with_role(Role.CHANNEL_ADMIN) or await db.staff.with_role(Role.OWNER)


async def _summary(
    db: Db, held: list[Late], going: list[Late], now: datetime, say: Words
) -> tuple[Message, Keyboard]:
    """What is held and why, what goes out late, what waits for quiet hours to end; and the ways to decide."""
    quiet = [pair for pair in going if _is_quiet(*pair, now)]
    going = [pair for pair in going if pair not in quiet]
    sections = [
        (say("Held, because they would have gone out too late:"), held, ROOM),
        (say("Late, and on their way now:"), going, LITTLE_ROOM),
        (say("Late, and waiting for the end of quiet hours:"), quiet, LITTLE_ROOM),
    ]
    parts = []
    for head, pairs, room in sections:
        if pairs:
            parts.append(f"{head}\n{await _lines(db, pairs, room, now, say)}")
    if held:
        parts.append(say("What shall become of those that are held?"))
        title = say("{count} posts missed their time and are held", count=len(held))
    else:
        title = say("{count} posts are late, because the connection was down", count=len(going) + len(quiet))
    return titled(title, "\n\n".join(parts)), _choice(held, going + quiet, say)


def _is_quiet(post: Post, where: Channel, now: datetime) -> bool:
    return post.urgency > URGENT and quiet_until(now, where.rhythm, where.time_zone) is not None


async def _lines(db: Db, pairs: list[Late], room: int, now: datetime, say: Words) -> str:
    """A line for each, as far as the room goes, and how many more there are."""
    lines: list[str] = []
    for post, where in pairs:
        line = await _line(db, post, where, now, say)
        room -= len(line)
        if room < 0:
            lines.append(say("… and {count} more", count=len(pairs) - len(lines)))
            break
        lines.append(line)
    return "\n".join(lines)


async def _line(db: Db, post: Post, where: Channel, now: datetime, say: Words) -> str:
    article = await db.articles.get(post.article_id)
    assert article is not None  # articles are never deleted
    time = calendar.show(post.due_at, where.time_zone, say.language)
    return f"• {article.headline[:60]} — {where.title}{say(', ')}{time} ({how_late(post, now, say)})"


def _choice(held: list[Late], going: list[Late], say: Words) -> Keyboard:
    """All at once, or one by one on the boards of the channels concerned."""
    boards = {where.id: where for _, where in [*held, *going]}
    rows = [
        [button(say("🗓 One by one: {channel}", channel=where.title), "board", where.id)]
        for where in boards.values()
    ]
    if not held:
        return rows[:BOARDS]
    mark = seen.of_all(post for post, _ in held)
    return [
        [button(say("🚀 Publish all now"), "latenow", mark)],
        [button(say("🕰 Each in its channel's next free slot"), "lateslot", mark)],
        [button(say("✖️ Drop them all"), "latedrop", mark)],
        *rows[:BOARDS],
    ]


async def publish(talk: Talk, was: str = "") -> None:
    """All that is late goes out now, as fast as Telegram allows."""
    done = 0
    for post, _ in await _late(talk, was):
        await talk.schedule.move_to_now(post.id)
        done += 1
    await _answered(talk, done, talk.words("{count} posts are on their way.", count=done))


async def into_slots(talk: Talk, was: str = "") -> None:
    """Each into the next free slot; where a channel has none for it, it stays held."""
    done = 0
    for post, _ in await _late(talk, was):
        with suppress(NoFreeSlot):
            await talk.schedule.move_to_slot(post.id)
            done += 1
    await _answered(talk, done, talk.words("{count} posts have a new time; see /queue.", count=done))


async def drop(talk: Talk, was: str = "") -> None:
    done = 0
    for post, _ in await _late(talk, was):
        await talk.schedule.cancel(post.id)
        done += 1
    await _answered(talk, done, talk.words("{count} posts are canceled.", count=done))


async def _late(talk: Talk, was: str) -> list[Late]:
    """What is still held for being late, by time; none if the presser saw others: they see it anew."""
    talk.desk.require(SCHEDULERS)
    held = await _held(talk.db)
    if held and was and seen.of_all(post for post, _ in held) != was:
        await seen.has_changed(talk)
        await talk.amend(*await _summary(talk.db, held, [], talk.now, talk.words))
        return []
    return sorted(held, key=lambda pair: (pair[0].due_at, pair[0].id))


def rule(where: Channel, say: Words) -> str:
    """How late a channel's posts may be, in a sentence."""
    if where.max_lateness >= NEVER_HELD:
        return say("However late a post is, it still goes out.")
    return say("A post that is more than {time} late is held, and you are asked.", time=_span(where, say))


def _span(where: Channel, say: Words) -> str:
    if where.max_lateness in _SPANS:
        return say(_SPANS[where.max_lateness])
    return say("{minutes} minutes", minutes=where.max_lateness // 60)


async def choose(talk: Talk, channel_id: int) -> None:
    """How late a channel's posts may be, and the choices as buttons."""
    await _choices(talk, await talk.schedule.channel(channel_id))
    await talk.answer()


async def set_limit(talk: Talk, channel_id: int, seconds: int) -> None:
    await _choices(talk, await talk.schedule.set_max_lateness(channel_id, seconds))
    await talk.answer(talk.words("That is how it is from now on."))


async def _choices(talk: Talk, where: Channel) -> None:
    say = talk.words
    rows = [
        [button(("✅ " if one == where.max_lateness else "") + say(_SPANS[one]), "limit", where.id, one)]
        for one in LATENESS
    ]
    title = say("When posts of {channel} are late", channel=where.title)
    await talk.amend(titled(title, rule(where, say)), [*rows, [button(say("‹ Back"), "slots", where.id)]])


async def _answered(talk: Talk, done: int, said: str) -> None:
    await talk.answer(said if done else talk.words("None of them waits any more."))
