"""To which of a person's stories files belong that came alone: guessed where there is one, else asked."""

from collections.abc import Iterable, Sequence

from bot.errors import DeskError
from bot.news.model import Article, ArticleState, Message
from bot.news.talk import Paste
from bot.words import N_
from handlers import prompts
from handlers.talk import NAMED, Talk, button, called_by

MOST = 8
"""Stories that are named."""
_THEIRS = frozenset({ArticleState.DRAFT, ArticleState.SUBMITTED, ArticleState.CHANGES_REQUESTED})
"""States in which a file may come late and nobody has decided on the story without it."""


async def of(talk: Talk, recent: Iterable[Paste], *, besides: int = 0) -> list[Article]:
    """The stories that the person wrote in these and may still change, the last first."""
    ids = dict.fromkeys(each.article_id for each in recent if each.text and each.article_id)
    found = []
    for article_id in [each for each in ids if each and each != besides][:MOST]:
        try:
            article = await talk.desk.article(article_id)
        except DeskError:
            continue
        if article.state in _THEIRS and "edit" in talk.desk.allowed(article):
            found.append(article)
    return found


def key_of(arrived: Paste) -> int:
    """By which the question for these files is closed; updates' numbers are above zero."""
    return -arrived.id


async def ask(talk: Talk, arrived: Paste, said: str, stories: Sequence[Article]) -> None:
    """Offer the stories they may belong to; a text that comes takes them too."""
    await prompts.close(talk.db, talk.who.id, key_of(arrived))
    rows = [
        [button(called_by(each)[: NAMED // 2], "story.media_to", arrived.id, each.id)] for each in stories
    ]
    text = f"{said}\n{talk.words('Or do they belong to one of these?')}"
    await talk.prompt(Message(text=text), rows, key_of(arrived), {"media": arrived.id})


async def say_guessed(talk: Talk, arrived: Paste, article: Article) -> None:
    """Say to which story they went, and let it be said that this was wrong."""
    await talk.db.pastes.picture(arrived.id, arrived.pictures, arrived.last_part_at, None)  # for that button
    rows = [
        [button(talk.words("↪️ It is for another story"), "story.media_elsewhere", arrived.id, article.id)]
    ]
    text = talk.words(N_("I added that to the story you sent before it."))
    about = {"media": arrived.id}
    await talk.prompt(Message(text=f"{text}\n{called_by(article)}"), rows, key_of(arrived), about)
