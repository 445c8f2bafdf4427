"""One turn of what comes back, on its page: left out, or with another text; each can be undone."""

from bot.desk import audience, one_turn
from bot.desk.order import Planning
from bot.desk.recurring import Recurring
from bot.errors import NotFound
from bot.line.calls import Keyboard
from bot.news.model import Article, Message, Post
from bot.news.times import calendar
from bot.words import N_
from handlers.plan import recurring
from handlers.posts import seen
from handlers.story.telling import tell
from handlers.talk import Talk, show_anew


async def skip(talk: Talk, post_id: int, was: str) -> None:
    """The turn that the presser saw stays out; the one after it comes as planned."""
    if not await _as_seen(talk, post_id, was):
        return
    plan, entry_id = await one_turn.skip(talk.schedule, post_id)
    await talk.amend(*await recurring.page(talk, plan, ("plan.unskip_turn", entry_id) if entry_id else None))
    await talk.answer(talk.words("That turn is left out; the others come as they should."))


async def unskip(talk: Talk, entry_id: int) -> None:
    """It comes after all."""
    post = await Planning(schedule=talk.schedule).undo(entry_id)
    await talk.amend(*await _page_of(talk, post))
    await talk.answer(talk.words("Undone: all is as it was before."))


async def other_text(talk: Talk, post_id: int, was: str) -> None:
    """A card for this turn's own text; who may not edit it has those told who may."""
    if not await _as_seen(talk, post_id, was):
        return
    plan, text = await one_turn.other_text(talk.schedule, post_id)
    await talk.amend(*await recurring.page(talk, plan))
    await talk.show_card(text.id, anew=True)
    if "edit" in talk.desk.allowed(text):
        said = talk.words("Below is this turn's own card: change its text there. All other turns stay.")
    else:
        await _ask_writers(talk, await talk.schedule.post(post_id), text)
        said = talk.words("Its reporter and the editors have this turn's own card now, to change its text.")
    await talk.answer(said)


async def _ask_writers(talk: Talk, post: Post, text: Article) -> None:
    where = await talk.schedule.channel(post.channel_id)
    writers = {text.reporter_id, *(editor.id for editor in await audience.editors(talk.db))} - {talk.who.id}
    message = N_(
        "{name} wants another text for one turn of “{headline}”, due in {channel} {time}. Change it on this "
        "card; all other turns keep the usual text."
    )
    for person in await audience.of_story(talk.db, text, *writers):
        time = calendar.relative(post.due_at, talk.now, where.time_zone, person.language)
        await tell(talk, person.id, message, text, channel=where.title, time=time)
        await show_anew(talk.db, text.id, person)


async def usual_text(talk: Talk, post_id: int, was: str) -> None:
    """Back to the text of all turns."""
    if not await _as_seen(talk, post_id, was):
        return
    plan, entry_id = await one_turn.usual_text(talk.schedule, post_id)
    await talk.amend(*await recurring.page(talk, plan, ("plan.turn_text_back", entry_id)))
    await talk.answer(talk.words("This turn has the usual text again."))


async def own_text_again(talk: Talk, entry_id: int) -> None:
    """Undo that."""
    plan = await one_turn.own_text_again(talk.schedule, entry_id)
    await talk.amend(*await recurring.page(talk, plan))
    await talk.answer(talk.words("Undone: all is as it was before."))


async def _as_seen(talk: Talk, post_id: int, was: str) -> bool:
    """Whether the turn is as the presser saw it; else that is said, and its page shown as it is now."""
    post = await talk.schedule.post(post_id)
    if seen.of(post) == was:
        return True
    shown = await _page_of(talk, post)
    await seen.has_changed(talk, post)
    await talk.amend(*shown)
    return False


async def _page_of(talk: Talk, post: Post) -> tuple[Message, Keyboard]:
    if post.recurrence_id is None:
        raise NotFound("post")
    return await recurring.page(talk, await Recurring(desk=talk.desk).get(post.recurrence_id))
