"""Changing a story: the questions behind the edit buttons, their answers, and the editorial decisions."""

from collections.abc import Awaitable, Callable

from bot.desk import APPROVERS, SCHEDULERS
from bot.errors import NotFound, StaleCard, WrongState
from bot.news import copydesk, intake, orthography
from bot.news.model import Article, ArticleState, Entity, KeyPoint, Message, Role
from bot.words import N_
from handlers.cards import status_line
from handlers.copy import photo_of
from handlers.talk import Talk

MAX_HEADLINE = 300
MAX_LEDE = 3000
MAX_POINTS = 20
LONGEST_ANSWER = 3400
"""Longer messages may be the first part of several (`bot.news.paste`), and no field takes as much."""

_QUESTIONS = {
    "headline": N_("Send the new headline. Now it is:"),
    "lede": N_("Send the new lede. Now it is:"),
    "key_points": N_("Send the key points, one a line (“label: text”). Now they are:"),
    "photo": N_("Send the photo that goes with the story (or the word “none” to take it away)."),
}


async def ask(talk: Talk, article_id: int, version: int, field: str) -> None:
    """A press on an edit button: ask for the new text, showing the present one to copy from."""
    if field not in _QUESTIONS:
        raise NotFound("button")
    article = await talk.desk.article(article_id, version)
    if "edit" not in talk.desk.allowed(article):
        await talk.desk.edit(article_id, version)  # says why not
    now = {"headline": article.headline, "lede": article.lede, "key_points": points_text(article.key_points)}
    question, present = talk.words(_QUESTIONS[field]), now.get(field, "")
    await talk.ask(field, _with_present(question, present), article=article.id, version=version, was=present)


def _with_present(question: str, present: str) -> Message:
    """The present text as code: one tap copies it."""
    present = present[:MAX_LEDE]
    if not present:
        return Message(text=question)
    offset = len(question.encode("utf-16-le")) // 2 + 1
    code = Entity(type="code", offset=offset, length=len(present.encode("utf-16-le")) // 2)
    return Message(text=f"{question}\n{present}", entities=(code,))


def points_text(points: tuple[KeyPoint, ...]) -> str:
    return "\n".join(f"{point.label}: {point.text}" if point.label else point.text for point in points)


async def answered(talk: Talk, kind: str, about: dict[str, object]) -> None:
    """The answer to an edit question: change that field of the story as it is now.

    A change of another field meanwhile does not matter; if the same field has changed, the question is put
    again with the new text, and the person's own answer still stands in the chat.
    """
    article = await talk.desk.article(int(str(about["article"])))
    if kind in {"headline", "lede", "key_points"} and _present(article, kind) != about["was"]:
        await talk.reply(
            talk.words("Someone has changed that meanwhile. Look at it and send yours again if you like.")
        )
        await ask(talk, article.id, article.version, kind)
        return
    problem = await _ANSWERS[kind](talk, article)
    if problem:
        await talk.reply(problem)
        return
    await talk.close_question()
    await talk.show_card(article.id)
    if article.state is ArticleState.APPROVED:
        await _ask_for_approval_again(talk, article)


async def _ask_for_approval_again(talk: Talk, before: Article) -> None:
    """An approved story was changed by someone who may not approve: its editors are told."""
    article = await talk.desk.article(before.id)
    if article.state is ArticleState.SUBMITTED:
        await _to_the_editors(
            talk, article, N_("{name} has changed “{headline}”, which was approved; it waits for you again.")
        )


def answer_to(kind: str) -> Callable[[Talk, dict[str, object]], Awaitable[None]]:
    """The reader of answers to one kind of edit question."""

    async def read(talk: Talk, about: dict[str, object]) -> None:
        await answered(talk, kind, about)

    return read


def _present(article: Article, kind: str) -> str:
    return points_text(article.key_points) if kind == "key_points" else str(getattr(article, kind))


async def _headline(talk: Talk, article: Article) -> str | None:
    text = " ".join(intake.clean(talk.text).split())
    if not any(map(str.isalnum, text)):
        return talk.words("Send it as text, please.")
    if len(text) > MAX_HEADLINE:
        return talk.words("That is too long for a headline ({limit} characters at most).", limit=MAX_HEADLINE)
    await talk.desk.edit_headline(article.id, article.version, orthography.normalise(text))
    await talk.reply(talk.words("The headline is changed."))
    return None


async def _lede(talk: Talk, article: Article) -> str | None:
    text = intake.clean(talk.text)
    if not any(map(str.isalnum, text)):
        return talk.words("Send it as text, please.")
    if len(text) > MAX_LEDE:
        return talk.words("That is too long for a lede ({limit} characters at most).", limit=MAX_LEDE)
    await talk.desk.edit_lede(article.id, article.version, orthography.normalise(text))
    await talk.reply(talk.words("The lede is changed."))
    return None


async def _key_points(talk: Talk, article: Article) -> str | None:
    points = copydesk.read_points(talk.text)
    if not points:
        return talk.words("Send at least one key point, as text.")
    if len(points) > MAX_POINTS:
        return talk.words("Those are too many key points ({limit} at most).", limit=MAX_POINTS)
    await talk.desk.edit_key_points(article.id, article.version, points)
    await talk.reply(talk.words("The key points are changed."))
    return None


async def _photo(talk: Talk, article: Article) -> str | None:
    photo = photo_of(talk.message)
    if photo is None and intake.clean(talk.text).lower() not in {"none", talk.words("none")}:
        return talk.words("Send a photo, please.")
    await talk.desk.set_photo(article.id, article.version, photo)
    await talk.reply(talk.words("The photo is set.") if photo else talk.words("The photo is taken away."))
    return None


async def _note(talk: Talk, article: Article) -> str | None:
    note = intake.clean(talk.text)
    if not note:
        return talk.words("Send it as text, please.")
    if len(note) > MAX_LEDE:
        return talk.words("That is too long for a note ({limit} characters at most).", limit=MAX_LEDE)
    await talk.desk.request_changes(article.id, article.version, note)
    await talk.reply(talk.words("It is back with its reporter."))
    await tell(
        talk,
        article.reporter_id,
        N_("{name} asks for changes to “{headline}”:\n{note}"),
        article,
        note=note,
    )
    await talk.db.cards.show(article.id, article.reporter_id, anew=True)
    return None


_ANSWERS: dict[str, Callable[[Talk, Article], Awaitable[str | None]]] = {
    "headline": _headline,
    "lede": _lede,
    "key_points": _key_points,
    "photo": _photo,
    "note": _note,
}
KINDS = frozenset(_ANSWERS)


async def submit(talk: Talk, article_id: int, version: int) -> None:
    """Hand a draft in: every editor gets its card."""
    if await _still_arriving(talk, article_id):
        return
    article = await talk.desk.submit(article_id, version)
    await _to_the_editors(talk, article, N_("{name} has submitted “{headline}”."))
    await talk.show_card(article.id)
    await talk.answer(talk.words("It is with the editors now."))


async def _to_the_editors(talk: Talk, article: Article, message: str) -> None:
    """Every editor gets the message and the story's card; where there is no editor, the owner does."""
    editors = await talk.db.staff.with_role(Role.EDITOR) or await talk.db.staff.with_role(Role.OWNER)
    for editor in editors:
        if editor.id != talk.who.id:
            await tell(talk, editor.id, message, article)
            await talk.db.cards.show(article.id, editor.id, anew=True)


async def approve(talk: Talk, article_id: int, version: int) -> None:
    """Approve a story: every channel admin gets its card, its reporter the news."""
    if await _still_arriving(talk, article_id):
        return
    article = await talk.desk.approve(article_id, version)
    admins = await talk.db.staff.with_role(Role.CHANNEL_ADMIN) or await talk.db.staff.with_role(Role.OWNER)
    for admin in admins:
        if admin.id not in {talk.who.id, article.reporter_id}:
            await tell(talk, admin.id, N_("{name} has approved “{headline}”. It can be scheduled."), article)
            await talk.db.cards.show(article.id, admin.id, anew=True)
    if article.reporter_id != talk.who.id:
        await tell(talk, article.reporter_id, N_("{name} has approved “{headline}”."), article)
    await talk.show_card(article.id)
    await talk.answer(talk.words("Approved."))


async def request_changes(talk: Talk, article_id: int, version: int) -> None:
    """Ask what is to be changed; the answer goes to the reporter."""
    article = await talk.desk.article(article_id, version)
    talk.desk.require(APPROVERS)
    if "request_changes" not in talk.desk.allowed(article):
        raise WrongState(article.state)
    question = talk.words("What should be changed? Your answer goes to the reporter.")
    await talk.ask("note", question, article=article.id)


async def spike(talk: Talk, article_id: int, version: int) -> None:
    await talk.desk.spike(article_id, version)
    await talk.answer(talk.words("Spiked. You can bring it back."))


async def unspike(talk: Talk, article_id: int, version: int) -> None:
    await talk.desk.unspike(article_id, version)
    await talk.answer(talk.words("It is a draft again."))


async def undo(talk: Talk, article_id: int, version: int) -> None:
    await talk.desk.undo(article_id, version)
    await talk.answer(talk.words("The last edit is undone."))


async def status(talk: Talk, article_id: int, version: int) -> None:
    """A press on the status line: who, what, when."""
    article = await talk.desk.article(article_id)
    reporter = await talk.db.staff.get(article.reporter_id)
    if article.version != version:
        raise StaleCard
    await talk.answer(status_line(article, reporter, talk.words), alert=True)


async def view(talk: Talk, article_id: int, version: int, page: str, channel_id: int = 0) -> None:
    """Walk about under a card: the main keyboard, where and when to publish, the last question before it."""
    article = await talk.desk.article(article_id, version)
    if page in {"plan", "now"}:
        talk.desk.require(SCHEDULERS)
        await talk.show_card(article.id, f"{page}:{channel_id or ''}")
    else:
        await talk.show_card(article.id)
    await talk.answer()


async def tell(talk: Talk, person_id: int, message: str, article: Article, **values: object) -> None:
    """Tell a member of staff what became of a story, in their own language."""
    from bot.words import words

    person = await talk.db.staff.get(person_id)
    if person is None:
        return
    say = words(person.language)
    headline = article.headline if len(article.headline) <= 100 else article.headline[:99] + "…"
    await talk.reply(say(message, name=talk.who.name, headline=headline, **values), to=person_id)


async def _still_arriving(talk: Talk, article_id: int) -> bool:
    """Whether more of the story's paste is waited for: deciding on half a story helps nobody."""
    arriving = await talk.db.pastes.open_of(talk.who.id)
    if arriving and arriving.article_id == article_id and arriving.settles_at and not arriving.refused:
        await talk.answer(
            talk.words("More of the copy is still arriving; press again in a moment."), alert=True
        )
        return True
    return False
