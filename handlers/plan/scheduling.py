"""Putting an approved story into a channel: the next free slot, a typed time, or now."""

from datetime import UTC, datetime

from bot.desk import places
from bot.desk.stories import SCHEDULERS
from bot.errors import NotFound, PastTime, TypedTimeError
from bot.news.model import ArticleState, Channel, Post
from bot.news.plans.rhythm import Unfit
from bot.news.times import calendar, typed_time
from handlers.phrases import EXAMPLES
from handlers.posts import afterwards, holding, seen
from handlers.posts.doubts import in_full, offer
from handlers.story import decisions, warnings
from handlers.talk import Talk, button


async def into_slot(talk: Talk, article_id: int, version: int, channel_id: int, minute: int = 0) -> None:
    """The next free slot: at the `minute` that the button named, if it named one; else it is shown anew."""
    if minute and not await _is_still_free(talk, (article_id, version, channel_id), minute):
        return
    await _scheduled(talk, await talk.schedule.into_slot(article_id, version, channel_id))


async def approve_into_slot(talk: Talk, article_id: int, version: int, channel_id: int, minute: int) -> None:
    """Who may do both decides and plans with one press; a question about its headline comes first."""
    if not await _is_still_free(talk, (article_id, version, channel_id), minute):
        return
    await decisions.approve(talk, article_id, version)
    if (await talk.desk.article(article_id)).state is ArticleState.APPROVED:
        await _scheduled(talk, await talk.schedule.into_slot(article_id, version, channel_id))


async def _is_still_free(talk: Talk, story: tuple[int, int, int], minute: int) -> bool:
    """Whether the slot that was seen is still the next one for the story; else the card is drawn anew."""
    article_id, version, channel_id = story
    article = await talk.desk.article(article_id, version)
    where = await talk.schedule.channel(channel_id)
    free = await talk.schedule.next_free(where, article)
    if free is None or free == moment(minute):
        return True
    await talk.show_card(article.id)
    time = calendar.relative(free, talk.now, where.time_zone, talk.words.language)
    said = talk.words("That slot is over, or taken. The next one is {time}: press again.", time=time)
    await talk.answer(said, alert=True)
    return False


async def now(talk: Talk, article_id: int, version: int, channel_id: int) -> None:
    """The second press: the first one showed the post as it will be, and asked."""
    post = await talk.schedule.publish_now(article_id, version, channel_id)
    if post.due_at > talk.now:
        await _scheduled(talk, post, talk.now)
        return
    await talk.show_card(post.article_id)
    await talk.answer(talk.words("It is on its way."))


async def at(talk: Talk, article_id: int, version: int, channel_id: int, minute: int) -> None:
    """A press on one of the readings of a time that could be read in several ways."""
    asked = moment(minute)
    await _scheduled(talk, await talk.schedule.at(article_id, version, channel_id, asked), asked)
    await talk.close_question()


def moment(minute: int) -> datetime:
    """The moment that a button holds, in minutes since 1970.

    Raises:
        NotFound: no button of ours holds that.
    """
    try:
        return datetime.fromtimestamp(minute * 60, UTC)
    except (OverflowError, OSError, ValueError) as error:
        raise NotFound("button") from error


async def ask_time(talk: Talk, article_id: int, version: int, channel_id: int) -> None:
    """Ask for a time; the next message is the answer."""
    article = await talk.desk.article(article_id, version)
    talk.desk.require(SCHEDULERS)
    where = await talk.schedule.channel(channel_id)
    question = talk.words("When should it be in {channel}?", channel=where.title)
    text = f"{question}\n{talk.words(EXAMPLES)}"
    await talk.ask("time", text, story=article, article=article.id, channel=where.id)


async def time_answered(talk: Talk, about: dict[str, int]) -> None:
    """The answer to `ask_time`. A time that can't be taken leaves the question open."""
    where = await talk.schedule.channel(about["channel"])
    article = await talk.desk.article(about["article"])  # what goes out is what is approved by then
    key = (article.id, article.version, where.id)
    try:
        due_at = typed_time.parse(talk.text, talk.now, where.time_zone)
    except TypedTimeError as error:
        await offer(talk, error, where.time_zone, about["key"], "plan.at", *key)
        return
    post = await talk.schedule.at(*key, due_at)
    await talk.close_question()
    await _scheduled(talk, post, due_at)


async def _scheduled(talk: Talk, post: Post, asked: datetime | None = None) -> None:
    """Echo what was understood, in both calendars, with a way to take it back; `asked` for a time.

    Of a slot that was pressed the card itself tells: a message comes only where there is more to say.
    """
    where = await talk.schedule.channel(post.channel_id)
    if post.due_at <= talk.now:
        raise PastTime("", post.due_at)
    when = echo(talk, post.due_at, where)
    await talk.show_card(post.article_id)
    warned = await warnings.of_new_post(talk, post, where)
    rows = [
        [
            button(talk.words("🗓 Queue"), "plan.queue", where.id),
            button(talk.words("✖️ Cancel"), "plan.cancel_post", post.id, seen.of(post)),
        ],
        *afterwards.row(post, talk.words),
    ]
    said = talk.words("In the queue of {channel}: {time}.", channel=where.title, time=when)
    caution, _ = await holding.caution(talk.desk, talk.words)
    notes = await remarks(talk, post, asked, where) if asked else []
    more = [*warned, *([caution] if caution else [])]
    if asked or more or not talk.update.callback_query:
        await talk.reply("\n".join([*notes, said, *more]), rows)
    if talk.update.callback_query:
        await talk.answer(said)


async def warn(talk: Talk, post: Post, asked: datetime) -> None:
    """Say what a person should know of the time that they have moved a post to, if there is anything."""
    if notes := await remarks(talk, post, asked, await talk.schedule.channel(post.channel_id)):
        await talk.reply("\n".join(notes))


async def remarks(talk: Talk, post: Post, asked: datetime, where: Channel) -> list[str]:
    """What a person should know of the time they asked for: quiet hours, another post near, a full day."""
    say = talk.words
    lines = []
    if post.due_at != asked:
        then = calendar.show_hour(asked, where.time_zone, say.language)
        lines.append(
            say(
                "{asked} is in quiet hours; it goes to {time}.",
                asked=then,
                time=echo(talk, post.due_at, where),
            )
        )
    found, near = await places.objections(talk.db, where, post.due_at, talk.now, post)
    if near is not None:
        other = calendar.show_hour(near, where.time_zone, say.language)
        spacing = where.rhythm.spacing
        lines.append(
            say(
                "⚠️ Another post is due at {time}; the spacing is {minutes} minutes.",
                time=other,
                minutes=spacing,
            )
        )
    if Unfit.HOUR_FULL in found:
        lines.append(say("⚠️ That hour has as many posts as the channel allows."))
    if Unfit.DAY_FULL in found:
        lines.append(say("⚠️ That day has as many posts as the channel allows."))
    return lines


def echo(talk: Talk, at: datetime, where: Channel) -> str:
    """A time of a channel as people check it."""
    return in_full(at, where.time_zone, talk.words)
