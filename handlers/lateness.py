"""Posts that missed their time by too much: one summary for each admin, and what becomes of them."""

from datetime import datetime

from bot import channel
from bot.channel import Keyboard
from bot.desk import SCHEDULERS
from bot.news import calendar
from bot.news.model import Channel, Post, Role, Staff
from bot.schedule import LATENESS, NEVER_HELD
from bot.words import N_, Words, words
from handlers.talk import Talk, button, titled
from storage import Db

SHOWN = 15
"""Posts named in a summary; the boards of `/queue` have all."""
_SPANS = dict(
    zip(LATENESS, (N_("15 minutes"), N_("1 hour"), N_("6 hours"), N_("never hold back")), strict=True)
)


async def summarise(db: Db, posts: tuple[Post, ...], now: datetime) -> None:
    """Tell whoever schedules, in one message, what was too late to go out unasked."""
    del now
    for person in await _admins(db):
        say = words(person.language)
        lines = [await _line(db, post, say) for post in posts[:SHOWN]]
        if len(posts) > SHOWN:
            lines.append(say("… and {count} more", count=len(posts) - SHOWN))
        title = say("{count} posts missed their time and are held", count=len(posts))
        text = f"{'\n'.join(lines)}\n\n{say('They would have gone out too late. What shall become of them?')}"
        await db.notices.add(person.id, *channel.message_call(person.id, titled(title, text), _choice(say)))


async def _admins(db: Db) -> tuple[Staff, ...]:
    return await db.staff.with_role(Role.CHANNEL_ADMIN) or await db.staff.with_role(Role.OWNER)


async def _line(db: Db, post: Post, say: Words) -> str:
    article = await db.articles.get(post.article_id)
    where = await db.channels.get(post.channel_id)
    assert article is not None  # neither articles nor
    assert where is not None  # channels are ever deleted
    time = calendar.show(post.due_at, where.time_zone, say.language)
    return f"• {article.headline[:60]} — {where.title}{say(', ')}{time}"


def _choice(say: Words) -> Keyboard:
    return [
        [button(say("🚀 Publish all now"), "latenow")],
        [button(say("🕰 Each in its channel's next free slot"), "lateslot")],
        [button(say("✖️ Drop them all"), "latedrop")],
    ]


async def publish(talk: Talk) -> None:
    """All that is late goes out now, as fast as Telegram allows."""
    done = 0
    for post, _ in await _late(talk):
        await talk.schedule.move_to_now(post.id)
        done += 1
    await _answered(talk, done, talk.words("{count} posts are on their way.", count=done))


async def into_slots(talk: Talk) -> None:
    """Each into the next free slot; where a channel has none, its posts stay held."""
    done = 0
    for post, where in await _late(talk):
        if where.slots:
            await talk.schedule.move_to_slot(post.id)
            done += 1
    await _answered(talk, done, talk.words("{count} posts have a new time; see /queue.", count=done))


async def drop(talk: Talk) -> None:
    done = 0
    for post, _ in await _late(talk):
        await talk.schedule.cancel(post.id)
        done += 1
    await _answered(talk, done, talk.words("{count} posts are canceled.", count=done))


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


async def _late(talk: Talk) -> list[tuple[Post, Channel]]:
    """What is still held for being late, in channels that can be written to, by time."""
    talk.desk.require(SCHEDULERS)
    found = [
        (post, where)
        for where in await talk.schedule.boards()
        if where.connected
        for post in await talk.schedule.late(where.id)
    ]
    return sorted(found, key=lambda pair: pair[0].due_at)


async def _answered(talk: Talk, done: int, said: str) -> None:
    await talk.answer(said if done else talk.words("None of them waits any more."))
