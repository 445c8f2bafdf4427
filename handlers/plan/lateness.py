"""Posts that are late after an outage: one summary for each admin, and what becomes of what is held."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.desk import audience, lateness
from bot.desk.lateness import Then
from bot.desk.rights import runs
from bot.desk.schedule import LATENESS, NEVER_HELD
from bot.desk.stories import SCHEDULERS
from bot.line import calls
from bot.line.calls import Keyboard
from bot.news.model import Channel, Message, Post, PostState, Staff
from bot.news.plans.rhythm import quiet_until
from bot.news.posts import for_staff
from bot.news.quiet import URGENT
from bot.news.talk import Notice
from bot.news.times import calendar
from bot.words import N_, Words, words
from handlers.former_words import current
from handlers.phrases import how_late
from handlers.posts import seen
from handlers.talk import Talk, button, titled
from storage import Db

type Late = tuple[Post, Channel]

ROOM, ROOM_OF_HELD = 3200, 2000
"""Characters for the posts that a summary names, to fit a message, and for those of them that are held first;
what finds no room is counted, and `/queue` shows them all."""
BOARDS = 15
"""Channels with a button of their own under a summary."""
ALWAYS = 0
"""All that waits, whenever it was held: the moments that buttons hold are milliseconds since 1970."""
_EPOCH = datetime.fromtimestamp(0, UTC)
_SPANS = dict(
    zip(LATENESS, (N_("15 minutes"), N_("1 hour"), N_("6 hours"), N_("never hold back")), strict=True)
)


async def summarise(db: Db, posts: tuple[Post, ...], now: datetime) -> None:
    """Tell whoever schedules, in one message, what an outage has made of the queues.

    `posts` are those that were held just now, and those that go out late. What is still to be decided from
    before is counted, with a way to it; but a message about it that nobody has received yet is not sent, and
    what stands in that is told here.
    """
    going = tuple(post for post in posts if post.state is not PostState.HELD)
    for person in await audience.schedulers(db):
        since = await _forget_unsaid(db, person, _stamp(now))
        told_before = await _told_late(db, since) if since < _stamp(now) else ()
        late = {post.id: post for post in (*told_before, *going)}
        told = await _summary(db, person, since, tuple(late.values()), now)
        if told is None:
            continue  # nothing of it is in a channel of theirs
        await db.notices.add(person.id, *calls.message_call(person.id, *told))


async def _told_late(db: Db, since: int) -> tuple[Post, ...]:
    """What a summary from then told of as on its way; nothing where it told of all that is held."""
    return await db.posts.told_late(_moment(since)) if since > ALWAYS else ()


async def _held(db: Db, who: Staff, since: int = ALWAYS) -> list[Late]:
    """What is held for being late where it could be written to; what was held last is news, and first."""
    return await _placed(db, who, await db.posts.held_for("late", "missed", since=_moment(since)))


async def _placed(db: Db, who: Staff, posts: tuple[Post, ...]) -> list[Late]:
    """The posts in the person's channels, each with its own."""
    channels = {where.id: where for where in await db.channels.all()} if posts else {}
    return [(post, channels[post.channel_id]) for post in posts if runs(who, post.channel_id)]


def _stamp(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(milliseconds=1)


def _moment(stamp: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=stamp)


async def _forget_unsaid(db: Db, person: Staff, now: int) -> int:
    """Take back the summaries that have not reached a person; since when the next one is to tell."""
    since = now
    for notice in await db.notices.unsaid(person.id):
        told = _told_since(notice)
        if told is not None:
            await db.notices.done(notice.id)
            since = min(since, told)
    return since


def _told_since(notice: Notice) -> int | None:
    """From when on a summary names what was held; None of another message."""
    for row in notice.params.get("reply_markup", {}).get("inline_keyboard", []):
        for each in row:
            verb, *data = each.get("callback_data", "").split(":")
            if current(verb) == "plan.late_now":  # it may wait from before the words changed
                return int(data[1]) if len(data) > 1 else ALWAYS
    return None


async def _summary(
    db: Db, who: Staff, since: int, late: tuple[Post, ...], now: datetime
) -> tuple[Message, Keyboard] | None:
    """What is held and why, what became of what goes out `late`; and the ways to decide.

    None where nothing of it is in the person's channels.
    """
    say = words(who.language)
    held, in_all = await _held(db, who, since), len(await _held(db, who))
    going = await _placed(db, who, late)
    if not (held or going or in_all):
        return None
    parts, room = [], ROOM
    if held:
        named = await _named(db, held, ROOM_OF_HELD, say, partial(_late_place, now=now, say=say))
        parts.append(f"{say('Held, because they would have gone out too late:')}\n{named}")
        room -= len(named)
    parts += await _on_their_way(db, going, room, now, say)
    if held:
        parts.append(say("What shall become of those that are held?"))
        title = say(
            "{count} {count:post|posts} missed {count:its|their} time and {count:is|are} held",
            count=len(held),
        )
    else:
        title = say(
            "{count} {count:post is|posts are} late, because the connection was down",
            count=len(going),
        )
    if in_all > len(held):
        parts.append(say("Older ones that still wait for a decision: {count}", count=in_all - len(held)))
    rows = [*_choice(held, since, say), *_older(held, in_all, say), *_boards([*held, *going], say)]
    return titled(title, "\n\n".join(parts)), rows


async def _on_their_way(db: Db, late: list[Late], room: int, now: datetime, say: Words) -> list[str]:
    """What goes out late, what waits for quiet hours to end, and what is out by now: a paragraph for each."""
    out = [pair for pair in late if pair[0].state is PostState.SENT]
    quiet = [pair for pair in late if pair not in out and _is_quiet(*pair, now)]
    sections = [
        (say("Late, and on their way now:"), [pair for pair in late if pair not in [*out, *quiet]]),
        (say("Late, and waiting for the end of quiet hours:"), quiet),
        (say("Late, and out by now:"), out),
    ]
    parts = []
    for head, pairs in sections:
        if pairs:
            named = await _named(db, pairs, room, say, partial(_late_place, now=now, say=say))
            parts.append(f"{head}\n{named}")
            room -= len(named)
    return parts


def _is_quiet(post: Post, where: Channel, now: datetime) -> bool:
    return post.urgency > URGENT and quiet_until(now, where.rhythm, where.time_zone) is not None


async def _named(
    db: Db, pairs: list[Late], room: int, say: Words, place: Callable[[Post, Channel], str]
) -> str:
    """A line for each, as far as the room goes, and how many more there are."""
    lines: list[str] = []
    for post, where in pairs:
        article = await db.articles.get(post.article_id)
        assert article is not None  # articles are never deleted
        line = f"• {for_staff.quoted(for_staff.shortened(article.headline, 60))} — {place(post, where)}"
        room -= len(line)
        if room < 0:
            lines.append(say("… and {count} more", count=len(pairs) - len(lines)))
            break
        lines.append(line)
    return "\n".join(lines)


def _place(post: Post, where: Channel, *, say: Words) -> str:
    return f"{where.title}{say(', ')}{calendar.show(post.due_at, where.time_zone, say.language)}"


def _late_place(post: Post, where: Channel, *, now: datetime, say: Words) -> str:
    return f"{_place(post, where, say=say)} ({how_late(post, post.sent_at or now, say)})"


def _choice(held: list[Late], since: int, say: Words) -> Keyboard:
    """What can become of all that is named at once."""
    if not held:
        return []
    key = (seen.of_all(post for post, _ in held), since)
    return [
        [button(say("🚀 Publish all now"), "plan.late_now", *key)],
        [button(say("🕰 Each in its channel's next free slot"), "plan.late_slot", *key)],
        [button(say("✖️ Drop them all"), "plan.late_drop", *key)],
    ]


def _older(held: list[Late], in_all: int, say: Words) -> Keyboard:
    """The way to all that waits, where that is more than what is named."""
    return (
        [[button(say("⏳ See all that wait: {count}", count=in_all), "plan.late_all")]]
        if in_all > len(held)
        else []
    )


def _boards(pairs: list[Late], say: Words) -> Keyboard:
    boards = {where.id: where for _, where in pairs}
    return [
        [button(say("🗓 One by one: {channel}", channel=where.title), "plan.board", where.id)]
        for where in list(boards.values())[:BOARDS]
    ]


async def show_all(talk: Talk) -> None:
    """All that is held for being late, in a message of its own: the summary it is asked from stays."""
    talk.desk.require(SCHEDULERS)
    if told := await _summary(talk.db, talk.who, ALWAYS, (), talk.now):
        await talk.reply(*told)
    else:
        await talk.answer(talk.words("None of them waits any more."))


async def publish(talk: Talk, was: str = "", since: int = ALWAYS) -> None:
    """All that is named goes out now, as fast as Telegram allows."""
    await _decide(talk, was, since, Then.NOW)


async def into_slots(talk: Talk, was: str = "", since: int = ALWAYS) -> None:
    """Each into the next free slot; where a channel has none for it, it stays held."""
    await _decide(talk, was, since, Then.SLOTS)


async def drop(talk: Talk, was: str = "", since: int = ALWAYS) -> None:
    await _decide(talk, was, since, Then.DROP)


async def undo(talk: Talk, entry_id: int, since: int = ALWAYS) -> None:
    """Take such a decision back: the posts are held again, and it is asked what shall become of them."""
    talk.desk.require(SCHEDULERS)
    await lateness.undo(talk.schedule, entry_id)
    since = _bounded(since or _stamp(talk.now), talk.now)
    late = await _told_late(talk.db, since)
    if told := await _summary(talk.db, talk.who, since, late, talk.now):
        await talk.amend(*told)
    await talk.answer(talk.words("Undone: all is as it was before."))


_DONE = {
    Then.NOW: N_("{count} {count:post is on its|posts are on their} way."),
    Then.SLOTS: N_("{count} {count:post has|posts have} a new time:"),
    Then.DROP: N_("{count} {count:post is|posts are} canceled:"),
}


async def _decide(talk: Talk, was: str, since: int, then: Then) -> None:
    """Do it, if the presser saw what is held; the message then says what was done, and has the way back.

    What it told of as late, and on its way, stays told there.
    """
    talk.desk.require(SCHEDULERS)
    since, say = _bounded(since, talk.now), talk.words
    held, late = await _held(talk.db, talk.who, since), await _told_late(talk.db, since)
    if held and was and seen.of_all(post for post, _ in held) != was:
        await seen.has_changed(talk)
        if told := await _summary(talk.db, talk.who, since, late, talk.now):
            await talk.amend(*told)
        return
    going = await _placed(talk.db, talk.who, late)
    if not held:
        nothing = say("None of them waits any more.")
        still = await _on_their_way(talk.db, going, ROOM, talk.now, say)
        rows = [*_older([], len(await _held(talk.db, talk.who)), say), *_boards(going, say)]
        await talk.amend("\n\n".join([nothing, *still]), rows)
        await talk.answer(nothing)
        return
    channels = {where.id: where for _, where in held}
    by_time = sorted((post for post, _ in held), key=lambda post: (post.due_at, post.id))
    decided = await lateness.decide(talk.schedule, by_time, then)
    pairs = [(post, channels[post.channel_id]) for post in decided.posts]
    said = say(_DONE[then], count=len(pairs))
    lines = await _named(talk.db, pairs, ROOM_OF_HELD, say, partial(_place, say=say))
    others = await _on_their_way(talk.db, going, ROOM - len(lines), talk.now, say)
    back = [] if then is Then.NOW else [[button(say("↶ Undo"), "plan.undo_late", decided.entry_id, since)]]
    rows = [*back, *_older([], len(await _held(talk.db, talk.who)), say), *_boards([*pairs, *going], say)]
    await talk.amend(titled(said, "\n\n".join([lines, *others])), rows)
    await talk.answer(said.rstrip(":.") + ".")


def _bounded(since: int, now: datetime) -> int:
    return min(max(ALWAYS, since), _stamp(now))


def rule(where: Channel, say: Words) -> str:
    """How late a channel's posts may be, in a sentence."""
    if where.max_lateness >= NEVER_HELD:
        return say("However late a post is, it still goes out.")
    return say("A post that is more than {time} late is held, and you are asked.", time=_span(where, say))


def _span(where: Channel, say: Words) -> str:
    if where.max_lateness in _SPANS:
        return say(_SPANS[where.max_lateness])
    return say("{minutes} {minutes:minute|minutes}", minutes=where.max_lateness // 60)


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
        [
            button(
                ("✅ " if one == where.max_lateness else "") + say(_SPANS[one]),
                "plan.lateness_limit",
                where.id,
                one,
            )
        ]
        for one in LATENESS
    ]
    title = say("When posts of {channel} are late", channel=where.title)
    await talk.amend(
        titled(title, rule(where, say)), [*rows, [button(say("‹ Back"), "channels.slots", where.id)]]
    )
