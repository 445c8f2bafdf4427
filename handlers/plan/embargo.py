"""Setting, changing and lifting a story's embargo: its questions and answers, and who is told."""

from datetime import datetime
from typing import Any

from bot.desk import audience, embargo
from bot.desk.stories import APPROVERS, EDITABLE
from bot.errors import PastTime, TypedTimeError, WrongState
from bot.news.model import Article, Post, PostState
from bot.news.structure import intake
from bot.news.times import typed_until
from bot.words import N_, words
from handlers.phrases import EXAMPLES
from handlers.plan.scheduling import moment
from handlers.posts.doubts import in_full, offer
from handlers.story.telling import tell
from handlers.talk import Talk, button


async def ask(talk: Talk, article_id: int, version: int) -> None:
    """A press on the embargo: what it is, and for editors the question for another time."""
    article = await talk.desk.article(article_id, version)
    if not talk.desk.may(APPROVERS):
        text = talk.words("Until then no channel gets it. Only an editor or the owner can change that.")
        await talk.answer(text, alert=True)
        return
    _require_before_publication(article)
    question = talk.words("Until when must it not be published?")
    await talk.ask("embargo", f"{question}\n{talk.words(EXAMPLES)}", story=article, article=article.id)


async def ask_to_lift(talk: Talk, article_id: int, version: int) -> None:
    """A press on "lift": ask for the reason."""
    article = await talk.desk.article(article_id, version)
    talk.desk.require(APPROVERS)
    _require_before_publication(article)
    await _ask_why(talk, article, None)


def _require_before_publication(article: Article) -> None:
    if article.state not in EDITABLE:
        raise WrongState(article.state)


async def _ask_why(talk: Talk, article: Article, end: datetime | None) -> None:
    question = (
        N_("Why may it go out earlier? Your answer is kept in the log, and those who planned it are told.")
        if end
        else N_(
            "Why is the embargo lifted? Your answer is kept in the log, and those who planned it are told."
        )
    )
    await talk.ask(
        "lift",
        talk.words(question),
        story=article,
        article=article.id,
        end=int(end.timestamp()) // 60 if end else 0,
    )


async def time_answered(talk: Talk, about: dict[str, Any]) -> None:
    """The typed time of the embargo's end; one that can't be read leaves the question open."""
    article = await talk.desk.article(about["article"])
    try:
        end = typed_until.parse(talk.text, talk.now, talk.house.time_zone)
    except TypedTimeError as error:
        await offer(
            talk, error, talk.house.time_zone, about["key"], "plan.embargo_at", article.id, article.version
        )
        return
    await _chosen(talk, article, end)


async def at(talk: Talk, article_id: int, version: int, minute: int) -> None:
    """A press on one of the readings of a vague time."""
    article = await talk.desk.article(article_id, version)
    await _chosen(talk, article, moment(minute))


async def _chosen(talk: Talk, article: Article, end: datetime) -> None:
    talk.desk.require(APPROVERS)
    _require_before_publication(article)
    if end <= talk.now:
        raise PastTime("", end)
    await talk.close_question()
    if embargo.lifts(article, end, talk.now):
        await _ask_why(talk, article, end)
        return
    stored, held = await embargo.put(talk.desk, article.id, article.version, end)
    time = _shown(talk, end)
    await talk.reply(talk.words("Under embargo: no channel gets it before {time}.", time=time))
    await _tell_of_held(talk, stored, held)
    await talk.show_card(article.id)


async def reason_answered(talk: Talk, about: dict[str, Any]) -> None:
    """Why it is lifted, or ends earlier: it is, and those who planned the story are told."""
    article = await talk.desk.article(about["article"])
    reason = " ".join(intake.clean(talk.text).split())
    if not any(map(str.isalnum, reason)):
        await talk.reply(talk.words("Send it as text, please."))
        return
    if len(reason) > embargo.MAX_REASON:
        limit = embargo.MAX_REASON
        await talk.reply(
            talk.words("That is too long for a reason ({limit} characters at most).", limit=limit)
        )
        return
    end = moment(about["end"]) if about["end"] else None
    if end is not None and end <= talk.now:
        end = None  # it is over while the reason was written
    stored, held = await embargo.put(talk.desk, article.id, article.version, end, reason)
    await talk.close_question()
    said = talk.words("The embargo is lifted.") if end is None else _earlier(talk, end)
    await talk.reply(said)
    await _tell_of_lifting(talk, stored, reason)
    await _tell_of_held(talk, stored, held)
    await talk.show_card(article.id)


def _shown(talk: Talk, end: datetime) -> str:
    zone = talk.house.time_zone
    return in_full(end, zone, talk.words)


def _earlier(talk: Talk, end: datetime) -> str:
    return talk.words("Under embargo: no channel gets it before {time}.", time=_shown(talk, end))


async def _tell_of_lifting(talk: Talk, article: Article, reason: str) -> None:
    """Whoever planned the story hears it; what is held stays held until they decide."""
    posts = await talk.db.posts.of_article(article.id)
    planned = [post for post in posts if post.state is not PostState.CANCELED]
    planners = {person.id for post in planned for person in await audience.of_post(talk.db, post)}
    lifted = N_("{name} has lifted the embargo on “{headline}”: {reason}")
    sooner = N_("{name} has let the embargo on “{headline}” end earlier: {reason}")
    for person_id in sorted(planners - {talk.who.id}):
        await tell(talk, person_id, sooner if article.embargoed_until else lifted, article, reason=reason)
    for post in posts:
        if post.state is PostState.HELD and post.reason == "embargo":
            await _offer(talk, post, N_("Its post is still held; give it a time."))


async def _tell_of_held(talk: Talk, article: Article, held: tuple[Post, ...]) -> None:
    """Whoever planned a post before the embargo's end hears that it is held, with a way to it."""
    message = N_(
        "{name} has put “{headline}” under embargo. Its post was planned before the end and is held."
    )
    for post in held:
        for person in await audience.of_post(talk.db, post):
            if person.id != talk.who.id:
                await tell(talk, person.id, message, article)
        await _offer(talk, post, N_("Give it a time after the embargo, or cancel it."))
    if held:
        count = len(held)
        await talk.reply(
            talk.words(
                "{count} {count:post was|posts were} planned before its end; {count:it is|they are} held.",
                count=count,
            )
        )


async def _offer(talk: Talk, post: Post, sentence: str) -> None:
    for person in await audience.of_post(talk.db, post):
        say = words(person.language)
        await talk.reply(say(sentence), [[button(say("🗓 The post"), "plan.page", post.id)]], to=person.id)
