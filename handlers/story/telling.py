"""Who is told what has become of a story: its editors, its reporter, those who have planned it."""

from bot.desk import audience
from bot.desk.stories import OUT
from bot.news.model import Article, ArticleState
from bot.news.posts import for_staff
from bot.words import N_, words
from handlers.phrases import called
from handlers.story import changed
from handlers.talk import Talk, button, show_anew


async def to_the_editors(talk: Talk, article: Article, message: str) -> None:
    """Every editor gets the message and the story's card; where there is no editor, the owner does."""
    for editor in await audience.editors(talk.db):
        if editor.id != talk.who.id:
            await tell(talk, editor.id, message, article)
            await show_anew(talk.db, article.id, editor)


async def tell_of_change(talk: Talk, before: Article) -> None:
    """A story was changed: who approves it, or has planned it, hears of it where it was approved.

    Where it is out the person hears that readers have the version before.
    """
    if before.state is ArticleState.APPROVED:
        await ask_for_approval_again(talk, before)
        await changed.tell_planners(talk, before)
    elif before.state in OUT:
        still = N_(
            "Readers still have the version before. Confirm the correction on the card, or undo the edit."
        )
        await talk.reply(talk.words(still), [[button(talk.words("📄 Its card"), "open", before.id)]])


async def ask_for_approval_again(talk: Talk, before: Article) -> None:
    """An approved story was changed by someone who may not approve: its editors are told."""
    article = await talk.desk.article(before.id)
    if article.state is ArticleState.SUBMITTED:
        await to_the_editors(
            talk, article, N_("{name} has changed “{headline}”, which was approved; it waits for you again.")
        )


async def tell(talk: Talk, person_id: int, message: str, article: Article, **values: object) -> None:
    """Tell a member of staff, if they may hear of it, what became of a story, in their own language."""
    for person in await audience.of_story(talk.db, article, person_id):
        say = words(person.language)
        headline = for_staff.shortened(article.headline, 100)
        await talk.reply(say(message, name=called(talk.who, say), headline=headline, **values), to=person_id)
