"""Proposals of an outside model: asked for by a button, shown with their origin, taken only by a person."""

from datetime import datetime

from bot.desk import audience
from bot.desk.stories import APPROVERS, Desk
from bot.errors import NotAllowed, NotFound
from bot.line import calls
from bot.line.assistant import Proposal
from bot.news.model import Article, BulletList, KeyPoint, Staff
from bot.news.posts import for_staff
from bot.news.talk import Proposed
from bot.words import words
from handlers.story.telling import tell_of_change
from handlers.talk import Talk, button, titled
from storage import Db


async def ask(talk: Talk, article_id: int, version: int) -> None:
    """A press on the card's button: the answer comes as a message of its own."""
    article = await talk.desk.article(article_id, version)
    if not talk.house.assistant:
        raise NotFound("button")
    if "edit" not in talk.desk.allowed(article):
        raise NotAllowed(*sorted(APPROVERS))
    most = talk.house.asks_per_hour
    if await talk.db.proposals.times_asked(talk.who.id, talk.now) >= most:
        said = talk.words("You have asked {count} times in this hour; ask again in the next one.", count=most)
        await talk.answer(said, alert=True)
        return
    await talk.db.proposals.count_ask(talk.who.id, talk.now)
    await talk.db.proposals.ask(article.id, talk.who.id, talk.now)
    await talk.answer(talk.words("I am asking the assistant; its proposal comes in a moment."))


def text_of(article: Article) -> str:
    """All that a proposal may draw on."""
    lines = [article.headline, article.lede]
    for section in article.sections:
        lines.append(section.heading or "")
        for block in section.blocks:
            lines += (
                [f"{item.label or ''} {item.text}" for item in block.items]
                if isinstance(block, BulletList)
                else [block.text]
            )
    return "\n".join(filter(None, lines))


async def offer(db: Db, asked: Proposed, proposal: Proposal | None, now: datetime) -> None:
    """Put the proposal before who asked for it; nothing of the story changes until a button is pressed."""
    article = await db.articles.get(asked.article_id)
    heard = await audience.of_story(db, article, asked.person_id) if article else ()
    person = next((one for one in heard if article and _may_take(db, one, article, now)), None)
    if person is None or article is None:
        await db.proposals.drop(asked.article_id)
        return
    say, key = words(person.language), (article.id, article.version)
    if proposal is None:
        await db.proposals.drop(asked.article_id)
        message, rows = titled(say("The assistant has no proposal that the copy supports."), ""), []
    else:
        await db.proposals.answer(asked.article_id, proposal.headline, proposal.points)
        points = "\n".join(f"• {point}" for point in proposal.points)
        struck = say(
            "{count} of its texts {count:was|were} struck: the copy does not support {count:it|them}.",
            count=proposal.struck,
        )
        words_of_it = [for_staff.quoted(text) for text in (proposal.headline or "", points)]
        body = "\n\n".join(filter(None, [*words_of_it, struck if proposal.struck else ""]))
        message = titled(say("🤖 Proposed by the assistant, checked against the copy"), body)
        rows = [[button(say("Take the headline"), "story.take_headline", *key)]] if proposal.headline else []
        rows += [[button(say("Take the key points"), "story.take_points", *key)]] if proposal.points else []
    method, params = calls.message_call(person.id, message, rows or None)
    await db.notices.add(person.id, method, params)


def _may_take(db: Db, person: Staff, article: Article, now: datetime) -> bool:
    return "edit" in Desk(db=db, who=person, now=now).allowed(article)


async def take_headline(talk: Talk, article_id: int, version: int) -> None:
    proposed, before = await _proposed(talk, article_id), await talk.desk.article(article_id)
    await talk.desk.edit_headline(article_id, version, proposed.headline or "")
    await tell_of_change(talk, before)
    await talk.answer(talk.words("The headline is changed."))


async def take_points(talk: Talk, article_id: int, version: int) -> None:
    proposed, before = await _proposed(talk, article_id), await talk.desk.article(article_id)
    points = tuple(KeyPoint(text=point) for point in proposed.points)
    await talk.desk.edit_key_points(article_id, version, points)
    await tell_of_change(talk, before)
    await talk.answer(talk.words("The key points are changed."))


async def _proposed(talk: Talk, article_id: int) -> Proposed:
    proposed = await talk.db.proposals.of_article(article_id)
    if proposed is None or not (proposed.headline or proposed.points):
        raise NotFound("button")
    return proposed
