"""Who is told what has become of a story: its editors, its reporter, those who have planned it."""

from collections.abc import Collection, Iterable
from typing import Any

from bot.desk import audience
from bot.desk.stories import OUT
from bot.line import calls
from bot.news.model import Article, ArticleState, Message, Staff
from bot.news.posts import for_staff
from bot.words import words
from handlers.phrases import called
from handlers.story import changed, differing, group_entry
from handlers.talk import Talk, show_anew


async def to_the_editors(talk: Talk, article: Article, message: str = "") -> None:
    """Every editor gets the story's card, which says how it stands; where there is none, the owner does.

    Before it stands the `message`, where the card can't say what has happened.
    """
    people = [person for person in await audience.editors(talk.db) if person.id != talk.who.id]
    if message:
        heard = [person for person in people if audience.may_hear(person, article)]
        await talk.db.notices.add_all((each.id, *_said(talk, each, message, article)) for each in heard)
    await to_all(talk, people, article, besides={talk.who.id})
    await group_entry.show(talk.db, article.id, talk.house)


async def to_all(talk: Talk, people: Iterable[Staff], article: Article, *, besides: Collection[int]) -> None:
    """Certain people get the story's card, by the same few statements."""
    await show_anew(talk.db, article.id, *[person for person in people if person.id not in besides])


async def tell_of_change(talk: Talk, before: Article) -> None:
    """A story was changed: who approves it, or has planned it, hears of it where it was approved.

    Of one that is out, who has changed it sees what readers don't have yet.
    """
    if before.state is ArticleState.APPROVED:
        await ask_for_approval_again(talk, before)
        await changed.tell_planners(talk, before)
    elif before.state in OUT:
        article = await talk.desk.article(before.id)
        if article.version not in {before.version, article.approved_version}:
            told = await differing.against_readers(talk, article.id, talk.words(differing.REMAINS))
            await talk.reply(*told, to=talk.who.id)


async def ask_for_approval_again(talk: Talk, before: Article) -> None:
    """An approved story was changed by someone who may not approve: its editors are told."""
    article = await talk.desk.article(before.id)
    if article.state is ArticleState.SUBMITTED:
        await to_the_editors(talk, article)
        await differing.tell_editors(talk, before)


async def tell(talk: Talk, person_id: int, message: str, article: Article, **values: object) -> None:
    """Tell a member of staff, if they may hear of it, what became of a story, in their own language."""
    for person in await audience.of_story(talk.db, article, person_id):
        await talk.post(*_said(talk, person, message, article, **values), to=person_id)


def _said(
    talk: Talk, to: Staff, message: str, article: Article, **values: object
) -> tuple[str, dict[str, Any]]:
    say = words(to.language)
    headline = for_staff.shortened(article.headline, 100)
    text = say(message, name=called(talk.who, say), headline=headline, **values)
    return calls.message_call(to.id, Message(text=text))
