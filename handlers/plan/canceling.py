"""Taking a post out of its queue: asked once, with what goes with it; whoever planned it hears of it."""

from bot.desk import audience
from bot.desk.stories import WAITING
from bot.errors import WrongState
from bot.news.model import Message, Post, PostState
from bot.news.posts import for_staff
from bot.news.times import calendar
from bot.words import N_, words
from handlers.phrases import called
from handlers.plan import board, queue
from handlers.posts import seen
from handlers.talk import Talk, button, titled

CANCELED = N_("{name} has taken “{headline}” out of the queue of {channel}. It was due {time}.")
BACK = N_("{name} has put “{headline}” back into the queue of {channel}: {time}.")


async def ask(talk: Talk, post_id: int, was: str = "") -> None:
    """A press on "cancel": what goes, from where, due when; nothing is done yet."""
    post = await queue.as_seen(talk, post_id, was)
    if post is None:
        return
    if post.state not in WAITING | {PostState.FAILED}:
        raise WrongState(post.state)
    where = await talk.schedule.channel(post.channel_id)
    lines = [
        talk.words("Take it out of the queue of {channel}?", channel=where.title),
        queue.when(talk, post, where),
    ]
    if post.message_ids:
        lines.append(talk.words("A part of it is out already, and is taken down."))
    lines.append(talk.words("The story stays approved, and you can put it back as it was."))
    rows = [
        [button(talk.words("✖️ Yes, take it out"), "plan.cancel_sure", post.id, seen.of(post))],
        [button(talk.words("‹ Back"), "plan.post", post.id)],
    ]
    await talk.amend(titled(await board.headline(talk, post), "\n".join(lines)), rows)
    await talk.answer()


async def surely(talk: Talk, post_id: int, was: str = "") -> None:
    """The answer to that question."""
    before = await queue.as_seen(talk, post_id, was)
    if before is None:
        return
    said = talk.words("Canceled; you can still undo it.")
    await queue.changed(talk, await talk.schedule.cancel(post_id), said)
    await tell(talk, before, CANCELED)


async def restore(talk: Talk, post_id: int, was: str = "") -> None:
    """Back into the queue, at the time that it had."""
    if await queue.as_seen(talk, post_id, was):
        post = await talk.schedule.restore(post_id)
        await queue.changed(talk, post, talk.words("It is in the queue again."))
        await tell(talk, post, BACK)


async def tell(talk: Talk, post: Post, message: str) -> None:
    """The story's reporter, and whoever has planned the post, hear what somebody else has done with it."""
    article = await talk.db.articles.get(post.article_id)
    where = await talk.db.channels.get(post.channel_id)
    assert article is not None  # posts have a story
    assert where is not None  # and a channel
    concerned = {article.reporter_id, *(person.id for person in await audience.of_post(talk.db, post))}
    for person in await audience.of_story(talk.db, article, *(concerned - {talk.who.id})):
        say = words(person.language)
        text = say(
            message,
            name=called(talk.who, say),
            headline=for_staff.quoted(for_staff.shortened(article.headline, 80)),
            channel=where.title,
            time=calendar.relative(post.due_at, talk.now, where.time_zone, say.language),
        )
        rows = [[button(say("📄 Its card"), "open", article.id)]]
        await talk.reply(Message(text=text), rows, to=person.id)
