"""A headline that the copy did not have: shown as proposed, and taken or replaced by a person."""

from bot.line.calls import Keyboard
from bot.news.model import Article
from bot.news.posts import for_staff
from handlers import prompts
from handlers.talk import Talk, button, titled


async def take(talk: Talk, article_id: int, version: int) -> None:
    """A press on "take it": the proposed headline is the story's."""
    await talk.desk.edit(article_id, version, headline_proposed=False)
    await talk.answer(talk.words("It is the headline now."))


async def ask(talk: Talk, article: Article) -> None:
    """Approving a story whose headline nobody has taken: first that."""
    say, key = talk.words, talk.update.update_id
    title = say("The copy has no headline. Shall it have the proposed one?")
    rows: Keyboard = [
        [button(say("✅ Take it and approve"), "story.approve_title", article.id, article.version, key)],
        [button(say("✏️ Another headline"), "story.edit", article.id, article.version, "headline")],
        [button(say("✖️ Never mind"), "cancel", key)],
    ]
    await talk.prompt(titled(title, for_staff.quoted(article.headline)), rows, key, {"sure": article.id})
    await talk.answer(say("The copy has no headline: I have asked you below."))


async def was_asked(talk: Talk, key: int) -> bool:
    """Whether the question is still open; it is closed now."""
    waited = await prompts.close(talk.db, talk.who.id, key)
    if waited and waited[0].until > talk.now:
        return True
    await talk.strip_pressed()
    await talk.answer(talk.words("That question is not open any more."))
    return False
