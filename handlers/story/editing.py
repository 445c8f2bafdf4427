"""Changing a story: the questions behind the edit buttons, and their answers."""

from collections.abc import Awaitable, Callable

from bot.aside import worked_out
from bot.drawing import size_of
from bot.errors import NotFound
from bot.news import copydesk
from bot.news.model import Article, Entity, KeyPoint, Message
from bot.news.posts.markup import utf16_length
from bot.news.spelling import orthography
from bot.news.structure import intake
from bot.news.subjects import tags
from bot.news.subjects.hashtags import JOINERS, tagged
from bot.words import N_
from handlers.story import attachments, media
from handlers.story.proposing import text_of
from handlers.story.telling import tell, tell_of_change
from handlers.talk import Talk, called_by, show_anew

MAX_HEADLINE = 300
MAX_LEDE = 3000
MAX_POINTS = 20
LONGEST_ANSWER = 3400
"""Longer messages may be the first part of several (`paste`), and no field takes as much."""

_FIELDS: dict[str, Callable[[Article], str]] = {
    "headline": lambda article: article.headline,
    "lede": lambda article: article.lede,
    "key_points": lambda article: points_text(article.key_points),
    "hashtags": lambda article: " ".join("#" + tag for tag in article.hashtags),
}
_QUESTIONS = {
    "headline": N_("Send the new headline. Now it is:"),
    "lede": N_("Send the new lede. Now it is:"),
    "key_points": N_("Send the key points, one a line (“label: text”). Now they are:"),
    "hashtags": N_("Send the hashtags with blanks between them. Now they are, or could be:"),
    "photo": media.QUESTION,
}


async def ask(talk: Talk, article_id: int, version: int, field: str) -> None:
    """A press on an edit button: ask for the new text, showing the present one to copy from."""
    if field not in _QUESTIONS:
        raise NotFound("button")
    article = await talk.desk.article(article_id, version)
    talk.desk.require_editable(article)
    question, present = talk.words(_QUESTIONS[field]), present_of(article, field)
    offered = await _offered_hashtags(talk, article) if field == "hashtags" and not present else present
    await talk.ask(field, with_present(question, offered), story=article, article=article.id, was=present)


async def _offered_hashtags(talk: Talk, article: Article) -> str:
    joiner = JOINERS[(await talk.style()).hashtags]
    return " ".join("#" + tag for tag in worked_out(tags.offered, size_of(article), article, joiner))


def with_present(question: str, present: str) -> Message:
    """The present text as code: one tap copies it."""
    present = present[:MAX_LEDE]
    if not present:
        return Message(text=question)
    offset = utf16_length(question) + 1
    code = Entity(type="code", offset=offset, length=utf16_length(present))
    return Message(text=f"{question}\n{present}", entities=(code,))


def points_text(points: tuple[KeyPoint, ...]) -> str:
    return "\n".join(f"{point.label}: {point.text}" if point.label else point.text for point in points)


async def answered(talk: Talk, kind: str, about: dict[str, object]) -> None:
    """The answer to an edit question: change that field of the story as it is now.

    A change of another field meanwhile does not matter; if the same field has changed, the question is put
    again with the new text, and the person's own answer still stands in the chat.
    """
    article = await talk.desk.article(int(str(about["article"])))
    if kind in _FIELDS and present_of(article, kind) != about["was"]:
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
    if kind != "photo":
        await attachments.tell_left_out(talk, words_only=True)
    await talk.show_card(article.id)
    await tell_of_change(talk, article)


def answer_to(kind: str) -> Callable[[Talk, dict[str, object]], Awaitable[None]]:
    """The reader of answers to one kind of edit question."""

    async def read(talk: Talk, about: dict[str, object]) -> None:
        await answered(talk, kind, about)

    return read


def _named(said: str, article: Article) -> str:
    """What was done, and to which story: the card may be screens above."""
    return f"{said}\n{called_by(article)}"


def present_of(article: Article, kind: str) -> str:
    """A field's text as it is asked for; nothing for what is no text."""
    return _FIELDS[kind](article) if kind in _FIELDS else ""


async def _headline(talk: Talk, article: Article) -> str | None:
    text = " ".join(intake.clean(talk.text).split())
    if not any(map(str.isalnum, text)):
        return talk.words("Send it as text, please.")
    if len(text) > MAX_HEADLINE:
        return talk.words("That is too long for a headline ({limit} characters at most).", limit=MAX_HEADLINE)
    await talk.desk.edit_headline(article.id, article.version, await _repaired(talk, article, text))
    await talk.reply(_named(talk.words("The headline is changed."), article))
    return None


async def _lede(talk: Talk, article: Article) -> str | None:
    text = intake.clean(talk.text)
    if not any(map(str.isalnum, text)):
        return talk.words("Send it as text, please.")
    if len(text) > MAX_LEDE:
        return talk.words("That is too long for a lede ({limit} characters at most).", limit=MAX_LEDE)
    await talk.desk.edit_lede(article.id, article.version, await _repaired(talk, article, text))
    await talk.reply(_named(talk.words("The lede is changed."), article))
    return None


async def _repaired(talk: Talk, article: Article, text: str) -> str:
    beside = text_of(article)
    style = await talk.style(f"{text}\n{beside}")
    return worked_out(orthography.repaired_beside, len(text) + len(beside), text, beside, style)


async def _key_points(talk: Talk, article: Article) -> str | None:
    points = worked_out(copydesk.read_points, len(talk.text), talk.text, await talk.style(talk.text))
    if not points:
        return talk.words("Send at least one key point, as text.")
    if len(points) > MAX_POINTS:
        return talk.words("Those are too many key points ({limit} at most).", limit=MAX_POINTS)
    await talk.desk.edit_key_points(article.id, article.version, points)
    await talk.reply(_named(talk.words("The key points are changed."), article))
    return None


async def _hashtags(talk: Talk, article: Article) -> str | None:
    written = [tagged(word.lstrip("#")) for word in intake.clean(talk.text).split()]
    found = tuple(dict.fromkeys(tag.removeprefix("#") for tag in written if tag))
    if not found:
        return talk.words("Send at least one hashtag, as text.")
    if len(found) > MAX_POINTS:
        return talk.words("Those are too many hashtags ({limit} at most).", limit=MAX_POINTS)
    await talk.desk.edit(article.id, article.version, hashtags=found)
    await talk.reply(_named(talk.words("The hashtags are changed."), article))
    return None


async def _note(talk: Talk, article: Article) -> str | None:
    note = intake.clean(talk.text)
    if not note:
        return talk.words("Send it as text, please.")
    if len(note) > MAX_LEDE:
        return talk.words("That is too long for a note ({limit} characters at most).", limit=MAX_LEDE)
    await talk.desk.request_changes(article.id, article.version, note)
    await talk.reply(_named(talk.words("It is back with its reporter."), article))
    await tell(
        talk,
        article.reporter_id,
        N_("{name} asks for changes to “{headline}”:\n{note}"),
        article,
        note=note,
    )
    if (reporter := await talk.db.staff.get(article.reporter_id)) is not None:
        await show_anew(talk.db, article.id, reporter)
    return None


_ANSWERS: dict[str, Callable[[Talk, Article], Awaitable[str | None]]] = {
    "headline": _headline,
    "lede": _lede,
    "key_points": _key_points,
    "hashtags": _hashtags,
    "photo": media.answered,
    "note": _note,
}
KINDS = frozenset(_ANSWERS)
