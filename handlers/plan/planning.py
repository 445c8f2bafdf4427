"""A post's place in its queue: earlier, later, exchanged with another one, undone; and how it will look."""

from bot.delivery import sending
from bot.desk import approval
from bot.desk.logbook import took_back
from bot.desk.order import Planning
from bot.desk.stories import WAITING
from bot.errors import WrongState
from bot.line.calls import Keyboard
from bot.news.model import Channel, Post, PostState
from bot.words import N_
from handlers.plan import board, canceling, queue
from handlers.posts import seen
from handlers.talk import Talk, button, titled


async def earlier(talk: Talk, post_id: int, was: str, other_id: int, other_was: str) -> None:
    """Exchange a post's time with that of the one before it: the one that the presser saw there."""
    await _beside(talk, post_id, was, other_id, other_was)


async def later(talk: Talk, post_id: int, was: str, other_id: int, other_was: str) -> None:
    """The same with the one after it."""
    await _beside(talk, post_id, was, other_id, other_was, is_later=True)


async def _beside(
    talk: Talk, post_id: int, was: str, other_id: int, other_was: str, *, is_later: bool = False
) -> None:
    planning = Planning(schedule=talk.schedule)
    post = await talk.schedule.post(post_id)
    other = (await planning.neighbours(post))[is_later]
    if seen.of(post) != was or other is None or (other.id, seen.of(other)) != (other_id, other_was):
        await queue.redraw(talk, post)
        return
    moved = await (planning.later(post_id) if is_later else planning.earlier(post_id))
    said = talk.words("Later by one place.") if is_later else talk.words("Earlier by one place.")
    await queue.changed(talk, moved, said)


async def choose(talk: Talk, post_id: int, was: str, skip: int = -1) -> None:
    """With which other post it shall exchange its time: a leaf of the queue, at first the one it is on."""
    post = await queue.as_seen(talk, post_id, was)
    if post is None:
        return
    if post.state not in WAITING:
        raise WrongState(post.state)
    where = await talk.schedule.channel(post.channel_id)
    posts = talk.db.posts
    count = await posts.count(where.id, *WAITING)
    if skip < 0:
        skip = await posts.count(where.id, *WAITING, before=post) // board.SHOWN * board.SHOWN
    here = await posts.page_of(where.id, *WAITING, skip=skip, limit=board.SHOWN)
    others = await Planning(schedule=talk.schedule).exchangeable(post, here, where)
    rows = [[await _other(talk, post, other, where)] for other in others]
    none = not rows and count <= board.SHOWN
    rows += board.leaves(talk.words, count, skip, "plan.swap", post.id, was)
    rows.append([button(talk.words("‹ Back"), "plan.post", post.id)])
    text = talk.words("With which post shall it exchange its time?")
    if none:
        text = talk.words("No other post waits in this queue at another time.")
    await talk.amend(titled(await board.headline(talk, post), text), rows)
    await talk.answer()


async def _other(talk: Talk, post: Post, other: Post, where: Channel) -> dict[str, str]:
    line = f"{queue.at(talk, other, where)} {await board.headline(talk, other)}"
    return button(board.short(line, 50), "plan.swap_with", post.id, seen.of(post), other.id, seen.of(other))


async def swap(talk: Talk, post_id: int, was: str, other_id: int, other_was: str) -> None:
    """Exchange the times of two posts, if both are as the presser saw them."""
    post, other = await talk.schedule.post(post_id), await talk.schedule.post(other_id)
    if seen.of(post) != was or seen.of(other) != other_was:
        await queue.redraw(talk, post if seen.of(post) != was else other, shown=post)
        return
    swapped = await Planning(schedule=talk.schedule).swap(post_id, other_id)
    await queue.changed(talk, swapped, talk.words("Exchanged."))


async def undo(talk: Talk, entry_id: int) -> None:
    """Take back a change, if nothing has changed since."""
    post = await Planning(schedule=talk.schedule).undo(entry_id)
    entry = await talk.db.audit.get(entry_id)
    redone = entry is not None and took_back(entry)
    said = N_("It is done again.") if redone else N_("Undone: all is as it was before.")
    await queue.changed(talk, post, talk.words(said))
    was_canceled = entry is not None and (entry.detail or {})["now"]["state"] == PostState.CANCELED
    if was_canceled or post.state is PostState.CANCELED:
        await canceling.tell(talk, post, canceling.BACK if was_canceled else canceling.CANCELED)


async def preview(talk: Talk, post_id: int) -> None:
    """Send the post here exactly as it will go out, and its page below."""
    post = await talk.schedule.post(post_id)
    where = await talk.schedule.channel(post.channel_id)
    article = await approval.approved(talk.db, post.article_id)
    if article is None:
        raise WrongState(post.state)
    for method, params in sending.post_calls(article, where, max(post.due_at, talk.now), post.form):
        await talk.post(method, {**params, "chat_id": talk.chat_id})
    title = talk.words("⬆️ So it will look in {channel}.", channel=where.title)
    back: Keyboard = [[button(talk.words("‹ Back"), "plan.post", post.id)]]
    await talk.reply(titled(title, queue.when(talk, post, where)), back)
    await talk.answer()
