"""What an edit has changed of a story that is planned: shown to those whose post it is, before and after."""

from collections.abc import Mapping

from bot.desk import audience, spiking
from bot.desk.logbook import Approval
from bot.desk.stories import APPROVERS
from bot.news.model import Article, ArticleState, Post, PostState, Staff
from bot.news.times import calendar
from bot.words import Words, words
from handlers.phrases import called
from handlers.posts import seen
from handlers.story import differing
from handlers.talk import Talk, button, called_by


async def tell_planners(talk: Talk, before: Article) -> None:
    """An approver has changed an approved story: whoever planned it hears what, and can hold it."""
    article = await talk.desk.article(before.id)
    if article.state is not ArticleState.APPROVED or article.version == before.version:
        return
    for post in await spiking.hanging_on(talk.db, article.id):
        for person in await audience.of_post(talk.db, post):
            if person.id == talk.who.id:
                continue
            say = words(person.language)
            title = await _title(talk, before, post, say)
            told, rows = differing.message(title, before, article, talk.house.time_zone, say)
            if post.state is PostState.PENDING:
                rows.insert(0, [button(say("⏸ Hold"), "plan.hold", post.id, seen.of(post))])
            if person.roles & APPROVERS:
                rows.insert(-1, [button(say("↶ Undo edit"), "story.undo", article.id, article.version)])
            await talk.reply(told, rows, to=person.id)


async def _title(talk: Talk, before: Article, post: Post, say: Words) -> str:
    where = await talk.db.channels.get(post.channel_id)
    assert where is not None  # channels are never deleted
    return say(
        "{name} has changed “{headline}”, which is in the queue of {channel}: {time}",
        name=called(talk.who, say),
        headline=called_by(before).removeprefix("📄 "),
        channel=where.title,
        time=calendar.relative(post.due_at, talk.now, where.time_zone, say.language),
    )


def approval(found: Approval, people: Mapping[int, Staff | None], zone: str, say: Words) -> str:
    """Who approved a story and when, and who has edited it since, if that is somebody else."""
    names = {id: called(person, say) if person else "?" for id, person in people.items()}
    time, by = calendar.show(found.at, zone, say.language), names.get(found.by, "?")
    if found.edited_by is None:
        return say("✅ Approved by {approver}: {time}", approver=by, time=time)
    editor = names.get(found.edited_by, "?")
    return say(
        "✅ Approved by {approver}: {time}; edited by {editor} since", approver=by, time=time, editor=editor
    )
