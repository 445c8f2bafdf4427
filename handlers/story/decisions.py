"""The editorial decisions on a story, and who is told of them."""

from dataclasses import replace

from bot.desk import audience
from bot.desk.logbook import last_approval, took_back
from bot.desk.schedule import require_connected
from bot.desk.stories import APPROVERS, SCHEDULERS, WRITERS
from bot.errors import NotFound, StaleCard, WrongState
from bot.line.calls import Keyboard
from bot.news.model import Article
from bot.words import N_
from handlers import prompts
from handlers.story import changed, differing, headline, remark_pages
from handlers.story.foot import status_line
from handlers.story.telling import tell, tell_of_change, to_all, to_the_editors
from handlers.talk import Talk, button, called_by, titled

_PAGES = {
    "edit": WRITERS,
    "tags": WRITERS,
    "more": WRITERS | SCHEDULERS,
    "plan": SCHEDULERS,
    "now": SCHEDULERS,
    "urgent": SCHEDULERS,
    "urgency": APPROVERS,
    "kill": APPROVERS,
    remark_pages.CORRECTED: APPROVERS,
    remark_pages.OUTDATED: APPROVERS,
}
"""The pages of a card behind its main one, and whose they are."""


async def submit(talk: Talk, article_id: int, version: int) -> None:
    """Hand a draft in: every editor gets its card."""
    if await _still_arriving(talk, article_id):
        return
    before = await talk.desk.article(article_id, version)
    article = await talk.desk.submit(article_id, version)
    await to_the_editors(talk, article)
    await differing.tell_resubmitted(talk, before)
    await talk.show_card(article.id)
    await talk.answer(talk.words("It is with the editors now."))


async def approve(talk: Talk, article_id: int, version: int) -> None:
    """Approve a story: every channel admin gets its card, its reporter the news."""
    if await _still_arriving(talk, article_id):
        return
    before = await talk.desk.article(article_id, version)
    if await _embargo_is_asked_for(talk, before):
        return
    if before.headline_proposed and "approve" in talk.desk.allowed(before):
        await headline.ask(talk, before)
        return
    await approved(talk, await talk.desk.approve(article_id, version))


async def _embargo_is_asked_for(talk: Talk, article: Article) -> bool:
    """Whether "until when?" about this story still waits for its answer: approving would pass it over.

    It is asked again, with approving without one beside it; a typed time is still the answer.
    """
    question = await talk.open_question()
    if question is None or question.kind != "embargo" or question.about.get("article") != article.id:
        return False
    if "approve" not in talk.desk.allowed(article) or question.asked_at + prompts.LASTS <= talk.now:
        return False
    say, key = talk.words, talk.update.update_id
    await talk.close_question()
    about = {"article": article.id, "key": key}
    await talk.db.questions.ask(replace(question, about=about, asked_at=talk.now))
    rows: Keyboard = [
        [button(say("✅ Approve without it"), "story.approve_open", article.id, article.version, key)],
        [button(say("✖️ Never mind"), "cancel", key)],
    ]
    title = say("Until when must it not be published? That is still open, and nothing is approved yet.")
    told = say("Send the time, or approve without one.")
    await talk.prompt(titled(title, f"{called_by(article)}\n{told}"), rows, key, {"question": "embargo"})
    await talk.answer(say("Its embargo is still open: I have asked you below."))
    return True


async def approve_without_embargo(talk: Talk, article_id: int, version: int, key: int) -> None:
    """The answer that there is to be none: the question is closed, and the story approved."""
    question = await talk.open_question()
    if question is None or question.kind != "embargo" or question.about.get("key") != key:
        raise NotFound("button")
    await talk.close_question()
    await approve(talk, article_id, version)


async def approve_urgent(talk: Talk, article_id: int, version: int) -> None:
    """Copy that calls itself urgent: its urgency is 1, and the story approved."""
    if await _still_arriving(talk, article_id):
        return
    article = await talk.desk.article(article_id, version)
    if not {"approve", "edit"} <= talk.desk.allowed(article):
        raise WrongState(article.state)
    urgent = await talk.desk.edit(article_id, version, urgency=1)
    await approve(talk, urgent.id, urgent.version)


async def approved(talk: Talk, article: Article) -> None:
    """A story has been approved: told."""
    admins = await audience.schedulers(talk.db)
    await to_all(talk, admins, article, besides={talk.who.id, article.reporter_id})
    theirs = await talk.db.cards.get(article.id, article.reporter_id)
    if article.reporter_id != talk.who.id and (theirs is None or not theirs.message_ids):  # else it says so
        await tell(talk, article.reporter_id, N_("{name} has approved “{headline}”."), article)
    await talk.show_card(article.id)
    await talk.answer(talk.words("Approved."))


async def approve_with_headline(talk: Talk, article_id: int, version: int, key: int) -> None:
    """The answer to the question about a proposed headline: it is taken, and the story approved."""
    if await headline.was_asked(talk, key):
        taken = await talk.desk.edit(article_id, version, headline_proposed=False)
        await approved(talk, await talk.desk.approve(taken.id, taken.version))


async def request_changes(talk: Talk, article_id: int, version: int) -> None:
    """Ask what is to be changed; the answer goes to the reporter."""
    article = await talk.desk.article(article_id, version)
    talk.desk.require(APPROVERS)
    if "request_changes" not in talk.desk.allowed(article):
        raise WrongState(article.state)
    question = talk.words("What should be changed? Your answer goes to the reporter.")
    await talk.ask("note", question, story=article, article=article.id)


async def undo(talk: Talk, article_id: int, version: int) -> None:
    before = await talk.desk.article(article_id)
    last = await talk.desk.undoable(await talk.desk.undo(article_id, version))
    await talk.spend_pressed()
    await tell_of_change(talk, before)
    undone = last is not None and took_back(last)
    await talk.answer(talk.words(N_("The last edit is undone.") if undone else N_("The edit is made again.")))


async def correct(talk: Talk, article_id: int, version: int) -> None:
    """Bring the readers what was changed after publication; its reporter is told."""
    before = await talk.desk.article(article_id, version)
    readers = await talk.db.articles.at_version(article_id, before.approved_version or 0)
    article, count = await talk.desk.correct(article_id, version)
    await differing.tell_correction(talk, article, readers)
    await talk.show_card(article.id)
    if count:
        await talk.answer(
            talk.words("The correction is on its way, to {count} {count:channel|channels}.", count=count)
        )
    else:
        await talk.answer(talk.words("Approved. No channel has the story now."))


async def kill(talk: Talk, article_id: int, version: int) -> None:
    """Take a published story down everywhere; its reporter and whoever schedules it are told."""
    article, count = await talk.desk.kill(article_id, version)
    concerned = {article.reporter_id}
    for post in await talk.db.posts.of_article(article.id):
        concerned |= {person.id for person in await audience.of_post(talk.db, post)}
    for person_id in sorted(concerned - {talk.who.id}):
        message = N_("{name} has killed “{headline}”: it is taken down everywhere and never published again.")
        await tell(talk, person_id, message, article)
    await talk.show_card(article.id)
    await talk.answer(
        talk.words("Killed. It is being taken down in {count} {count:channel|channels}.", count=count)
    )


async def status(talk: Talk, article_id: int, version: int) -> None:
    """A press on the status line: who, what, when."""
    article = await talk.desk.article(article_id)
    reporter = await talk.db.staff.get(article.reporter_id)
    if article.version != version:
        raise StaleCard
    log = await talk.db.audit.of_article(article.id)
    said = [status_line(article, reporter, talk.words)]
    approval = last_approval(log) if article.approved_version is not None else None
    if approval is not None:
        people = await talk.db.staff.some({id for id in (approval.by, approval.edited_by) if id is not None})
        said.append(changed.approval(approval, people, talk.house.time_zone, talk.words))
    await talk.answer("\n".join(said), alert=True)


async def view(talk: Talk, article_id: int, version: int, page: str, channel_id: int = 0) -> None:
    """Walk about under a card: its main keyboard, where and when to publish, what is asked before a step."""
    article = await talk.desk.article(article_id, version)
    if page in _PAGES:
        talk.desk.require(_PAGES[page])
        if channel_id < 0:  # ids of channels are; a page about one that is lost meanwhile does not open
            require_connected(await talk.schedule.channel(channel_id))
        await talk.show_card(article.id, f"{page}:{channel_id or ''}")
    else:
        await talk.show_card(article.id)
    await talk.answer()


async def _still_arriving(talk: Talk, article_id: int) -> bool:
    """Whether more of the story's copy or photos is waited for: deciding on half a story helps nobody."""
    if await talk.db.pastes.is_arriving(article_id):
        await talk.answer(
            talk.words("More of the copy is still arriving; press again in a moment."), alert=True
        )
        return True
    return False
