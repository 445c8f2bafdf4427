"""A channel's pause: begun and ended by a button or `/pause`; what becomes of what was missed meanwhile."""

from functools import partial
from typing import Any

from bot.desk import audience
from bot.desk.pausing import Missed, Pausing, Resumed
from bot.errors import NotFound
from bot.line.calls import Keyboard
from bot.news.model import Channel, Message, Post, PostState
from bot.news.times import calendar
from bot.words import N_, words
from handlers import prompts, which_channel
from handlers.phrases import called
from handlers.plan import board
from handlers.posts import seen
from handlers.talk import Talk, button, titled

NEXT = 5
"""Posts named where it is asked whether all shall wait."""
LISTED = 15
"""Posts named where it is asked what becomes of them."""
_WAYS = {
    Missed.NOW: N_("🚀 Now, one after the other"),
    Missed.SLOTS: N_("🕰 Into the next free slots"),
    Missed.HOLD: N_("⏸ Hold them"),
    Missed.DROP: N_("✖️ Drop them"),
}
_DONE = {
    Missed.NOW: N_("The channel goes on; {count} {count:post goes out|posts go out one after the other}."),
    Missed.SLOTS: N_("The channel goes on; {count} {count:post is|posts are} in the next free slots."),
    Missed.HOLD: N_("The channel goes on; {count} {count:post is|posts are} held."),
    Missed.DROP: N_("The channel goes on; {count} {count:post is|posts are} canceled."),
}


async def command(talk: Talk, rest: str) -> None:
    """`/pause @name` asks whether to pause, or how to go on; `/pause` alone lets choose among several."""
    if rest:
        for channel in await which_channel.named(talk, "pause", rest):
            await _turn(talk, channel)
        return
    await which_channel.each(talk, "pause", partial(_turn, talk))


async def _turn(talk: Talk, channel: Channel) -> None:
    if channel.paused_at is None:
        key = talk.update.update_id
        no = [button(talk.words("✖️ Never mind"), "cancel", key)]
        await talk.prompt(*await _before_pause(talk, channel, key, no), key, {"channel": channel.id})
    else:
        await talk.reply(*await _question(talk, channel, await _missed(talk, channel)))


async def pause(talk: Talk, channel_id: int) -> None:
    """A press on a board that shows the channel running: asked first, for all its posts wait then."""
    where = await talk.schedule.channel(channel_id)
    if where.paused_at is not None:
        await _redraw(talk, where)
        return
    back = [button(talk.words("‹ Queue"), "plan.queue", where.id)]
    await talk.amend(*await _before_pause(talk, where, 0, back))
    await talk.answer()


async def _before_pause(
    talk: Talk, where: Channel, key: int, no: list[dict[str, Any]]
) -> tuple[Message, Keyboard]:
    """The question, with how many posts wait there and which comes next; `key`: it is a prompt of its own."""
    say = talk.words
    waiting = await talk.db.posts.page_of(where.id, PostState.PENDING, skip=0, limit=NEXT)
    count = await talk.db.posts.count(where.id, PostState.PENDING)
    lines = [say("Nothing goes out there until somebody resumes it.")]
    if count:
        lines.append(say("{count} {count:post waits|posts wait} there:", count=count))
    for post in waiting:
        time = calendar.relative(post.due_at, talk.now, where.time_zone, say.language)
        lines.append(f"• {time} {await board.headline(talk, post)}")
    if count > NEXT:
        lines.append(say("… and {count} more", count=count - NEXT))
    sure = [button(say("⏸ Yes, pause it"), "plan.pause_sure", where.id, key)]
    return titled(say("Pause {channel}?", channel=where.title), "\n".join(lines)), [sure, no]


async def pause_surely(talk: Talk, channel_id: int, key: int) -> None:
    """The answer to that question; the others who schedule are told."""
    if key and not await prompts.close(talk.db, talk.who.id, key):
        await talk.strip_pressed()
        await talk.answer(talk.words("That question is not open any more."))
        return
    where = await talk.schedule.channel(channel_id)
    if where.paused_at is not None:
        await _redraw(talk, where)
        return
    paused = await Pausing(schedule=talk.schedule).pause(channel_id)
    for person in await audience.planners(talk.db, where.id):
        if person.id != talk.who.id:
            say = words(person.language)
            text = say(
                "{name} has paused {channel}: nothing goes out there until somebody resumes it.",
                name=called(talk.who, say),
                channel=where.title,
            )
            queue = [button(say("🗓 Queue"), "plan.board", where.id)]
            await talk.reply(text, [queue], to=person.id)
    await talk.amend(*await board.board(talk, paused))
    await talk.answer(talk.words("Paused. Nothing goes out there until you resume it."))


async def ask(talk: Talk, channel_id: int) -> None:
    """A press on a board that shows it paused: it goes on, or it is asked what becomes of what was missed."""
    where = await talk.schedule.channel(channel_id)
    if where.paused_at is None:
        await _redraw(talk, where)
        return
    missed = await _missed(talk, where)
    if missed:
        await talk.amend(*await _question(talk, where, missed))
        await talk.answer()
        return
    resumed = await Pausing(schedule=talk.schedule).resume(channel_id)
    await _show(talk, resumed)
    await talk.answer(talk.words("The channel goes on; nothing was missed."))


async def resume(talk: Talk, channel_id: int, then: str, was: str) -> None:
    """The answer to that question, if what was missed is still what the presser saw."""
    where = await talk.schedule.channel(channel_id)
    if then not in set(Missed):
        raise NotFound("button")
    missed = await _missed(talk, where)
    if where.paused_at is None or not missed:
        await _redraw(talk, where)
    elif seen.of_all(missed) != was:
        await seen.has_changed(talk)
        await talk.amend(*await _question(talk, where, missed))
    else:
        way = Missed(then)
        resumed = await Pausing(schedule=talk.schedule).resume(channel_id, way)
        await _show(talk, resumed)
        await talk.answer(talk.words(_DONE[way], count=resumed.posts))


async def undo(talk: Talk, entry_id: int) -> None:
    """A press on "undo" after resuming: the channel is paused again, and nothing is decided about posts."""
    paused = await Pausing(schedule=talk.schedule).undo(entry_id)
    await talk.amend(*await board.board(talk, paused))
    await talk.answer(talk.words("Undone: the channel is paused again, and its posts have their old times."))


async def _show(talk: Talk, resumed: Resumed) -> None:
    """The board of the channel that goes on, with the way back."""
    message, rows = await board.board(talk, resumed.channel)
    back = [
        button(talk.words("↶ Undo: pause it again, with all its posts"), "plan.undo_resume", resumed.entry_id)
    ]
    await talk.amend(message, [*rows, back])


async def _missed(talk: Talk, where: Channel) -> tuple[Post, ...]:
    return await Pausing(schedule=talk.schedule).missed(where.id)


async def _redraw(talk: Talk, where: Channel) -> None:
    """Somebody else was first."""
    await seen.has_changed(talk)
    await talk.amend(*await board.board(talk, where))


async def _question(talk: Talk, where: Channel, missed: tuple[Post, ...]) -> tuple[Message, Keyboard]:
    """How many were missed and which, with what can become of them."""
    say = talk.words
    lines = [board.paused_line(where, say), ""]
    if missed:
        lines.append(
            say(
                "{count} {count:post has|posts have} missed {count:its|their} time meanwhile:",
                count=len(missed),
            )
        )
    for post in missed[:LISTED]:
        time = calendar.relative(post.due_at, talk.now, where.time_zone, say.language)
        lines.append(f"• {time} {await board.headline(talk, post)}")
    if len(missed) > LISTED:
        lines.append(say("… and {count} more", count=len(missed) - LISTED))
    back = [button(say("‹ Queue"), "plan.queue", where.id)]
    title = say("Resuming {channel}", channel=where.title)
    if not missed:
        go_on = [button(say("▶️ Resume the channel"), "plan.ask_to_resume", where.id)]
        return titled(title, "\n".join(lines).strip()), [go_on, back]
    lines += ["", say("What shall become of them?")]
    mark = seen.of_all(missed)
    rows = [
        [button(say(text), "plan.resume", where.id, way, mark)]
        for way, text in _WAYS.items()
        if way is not Missed.SLOTS or where.slots
    ]
    return titled(title, "\n".join(lines)), [*rows, back]
