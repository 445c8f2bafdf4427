"""Spiking a story, bringing it back, withdrawing its approval: asked where posts hang on it, and told."""

from bot.desk import audience, spiking
from bot.desk.rights import APPROVERS
from bot.errors import WrongState
from bot.line.calls import Keyboard
from bot.news.model import Article, ArticleState, Message, Post, PostState, Role
from bot.news.times import calendar
from bot.words import N_, Words, words
from handlers import prompts
from handlers.phrases import called
from handlers.posts import seen
from handlers.talk import Talk, button, called_by, titled

SPIKED = "spiked"
"""What the note of "bring back" holds: the story. Its button goes once anybody has brought it back."""
SHOWN = 15
"""Posts that a question names."""


async def spike(talk: Talk, article_id: int, version: int) -> None:
    """A press on "spike": done at once where nothing hangs on the story, else asked."""
    article = await talk.desk.article(article_id, version)
    _require(talk, article, "spike")
    hanging = await spiking.hanging_on(talk.db, article.id)
    if hanging:
        title = talk.words("Spike this story?")
        ways = [(talk.words("🗑 Yes, spike it"), "story.spike_sure")]
        await _ask(talk, article, title, hanging, ways)
    else:
        await _spiked(talk, article_id, version)


async def spike_surely(talk: Talk, article_id: int, version: int, was: str, key: int) -> None:
    """The answer to that question."""
    if await _is_as_asked(talk, article_id, was, key):
        await _spiked(talk, article_id, version)


async def _spiked(talk: Talk, article_id: int, version: int) -> None:
    article, posts = await spiking.spike(talk.desk, article_id, version)
    message = N_("{name} has spiked “{headline}”; it does not go out.")
    await _tell(talk, article, posts, message)
    if posts:
        back = [button(talk.words("♻️ Bring back"), "story.unspike", article.id, article.version)]
        text = talk.words("Spiked. You can bring it back with all that it had.")
        spiked, about = Message(text=f"{text}\n{called_by(article)}"), {SPIKED: article.id}
        await talk.prompt(spiked, [back], talk.update.update_id, about, lasts=prompts.KEPT)
    await talk.db.cards.close_page(article.id, talk.who.id)
    await talk.answer(talk.words("Spiked. You can bring it back."))


async def unspike(talk: Talk, article_id: int, version: int) -> None:
    """All as it was: the approval, and the posts in their places."""
    article, posts = await spiking.unspike(talk.desk, article_id, version)
    await prompts.end(talk.db, await audience.holders(talk.db, Role), (SPIKED, article.id))
    message = N_("{name} has brought “{headline}” back, with its place in the queue.")
    await _tell(talk, article, posts, message)
    held = [post for post in posts if post.state is PostState.HELD]
    if article.state is ArticleState.DRAFT:
        said = talk.words("It is a draft again.")
    elif held:
        said = talk.words(
            "It is back. {count} {count:post is|posts are} held: {count:its|their} time is over, or taken.",
            count=len(held),
        )
    else:
        said = talk.words("It is back, with all that it had.")
    await talk.answer(said)


async def unapprove(talk: Talk, article_id: int, version: int) -> None:
    """A press on "withdraw the approval": the same."""
    article = await talk.desk.article(article_id, version)
    _require(talk, article, "withdraw_approval")
    hanging = await spiking.hanging_on(talk.db, article.id)
    if hanging:
        title = talk.words("Withdraw the approval? Nothing of it goes out until it is approved again.")
        await _ask(
            talk,
            article,
            title,
            hanging,
            [(talk.words("↩️ Yes, withdraw it"), "story.unapprove_sure")],
        )
    else:
        await _unapproved(talk, article_id, version)


async def unapprove_surely(talk: Talk, article_id: int, version: int, was: str, key: int) -> None:
    """The answer to that question."""
    if await _is_as_asked(talk, article_id, was, key):
        await _unapproved(talk, article_id, version)


async def _unapproved(talk: Talk, article_id: int, version: int) -> None:
    article, posts = await spiking.withdraw_approval(talk.desk, article_id, version)
    message = N_("{name} has withdrawn the approval of “{headline}”; it goes out once it is approved again.")
    await _tell(talk, article, posts, message)
    await talk.db.cards.close_page(article.id, talk.who.id)
    await talk.answer(talk.words("The approval is withdrawn. Approve again, and its posts are as they were."))


def _require(talk: Talk, article: Article, verb: str) -> None:
    if verb in talk.desk.allowed(article):
        return
    talk.desk.require_edit(article)
    if verb != "spike" or article.state is not ArticleState.DRAFT:
        talk.desk.require(APPROVERS)
    raise WrongState(article.state)


async def _ask(
    talk: Talk, article: Article, title: str, hanging: tuple[Post, ...], ways: list[tuple[str, str]]
) -> None:
    """One question that names what hangs on the story; its buttons hold what was seen."""
    key = talk.update.update_id
    lines = [called_by(article), *await _lines(talk, hanging, talk.words)]
    about = (article.id, article.version, seen.of_all(hanging), key)
    rows: Keyboard = [[button(text, verb, *about)] for text, verb in ways]
    rows.append([button(talk.words("✖️ Never mind"), "cancel", key)])
    await talk.prompt(titled(title, "\n".join(lines)), rows, key, {"sure": article.id})


async def _lines(talk: Talk, posts: tuple[Post, ...], say: Words) -> list[str]:
    """What goes with a story, a line each: the channel and the time."""
    lines = []
    for post in posts[:SHOWN]:
        where = await talk.db.channels.get(post.channel_id)
        assert where is not None  # channels are never deleted
        time = calendar.relative(post.due_at, talk.now, where.time_zone, say.language)
        lines.append(say("• {channel}: {time}", channel=where.title, time=time))
    if len(posts) > SHOWN:
        lines.append(say("… and {count} more", count=len(posts) - SHOWN))
    return lines


async def _is_as_asked(talk: Talk, article_id: int, was: str, key: int) -> bool:
    """Whether the question is open and names what still hangs on the story; it is closed now."""
    waited = await prompts.close(talk.db, talk.who.id, key)
    if not waited or waited[0].until <= talk.now:
        await talk.strip_pressed()
        await talk.answer(talk.words("That question is not open any more."))
        return False
    if seen.of_all(await spiking.hanging_on(talk.db, article_id)) != was:
        await seen.has_changed(talk)
        return False
    return True


async def _tell(talk: Talk, article: Article, posts: tuple[Post, ...], message: str) -> None:
    """Its reporter, and whoever planned a post of it, hear of it, with the posts that it is about."""
    concerned = {article.reporter_id}
    for post in posts:
        concerned |= {person.id for person in await audience.of_post(talk.db, post)}
    for person in await audience.of_story(talk.db, article, *(concerned - {talk.who.id})):
        say = words(person.language)
        headline = called_by(article).removeprefix("📄 ")
        lines = [say(message, name=called(talk.who, say), headline=headline)]
        lines += await _lines(talk, posts, say)
        card = [button(say("📄 Its card"), "open", article.id)]
        await talk.reply(Message(text="\n".join(lines)), [card], to=person.id)
