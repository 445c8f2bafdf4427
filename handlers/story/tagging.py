"""A story's hashtags by pressing: the proposed ones all at once, or one by one."""

from bot.aside import worked_out
from bot.drawing import size_of
from bot.errors import NotFound
from bot.line.calls import Keyboard
from bot.news.model import Article
from bot.news.subjects import tags
from bot.news.subjects.hashtags import JOINERS, Joiner
from handlers.story.sight import Sight, back, in_rows
from handlers.story.telling import tell_of_change
from handlers.talk import Talk, button

SHOWN = 20
"""Hashtags on the page: those that are proposed, and what else the story has."""


async def take_all(talk: Talk, article_id: int, version: int) -> None:
    """A press on the front: the story has the proposed hashtags."""
    article = talk.desk.require_editable(await talk.desk.article(article_id, version))
    found = offered(article, JOINERS[(await talk.style()).hashtags])
    if not found:
        await talk.answer(talk.words("The text offers no hashtags; write them: ✏️ Edit, 🏷."), alert=True)
        return
    await talk.desk.edit(article_id, version, hashtags=found)
    await tell_of_change(talk, article)
    await talk.answer(" ".join("#" + tag for tag in found))


async def toggle(talk: Talk, article_id: int, version: int, number: int) -> None:
    """A press on one of the page: the story has it, or has it no more."""
    article = await talk.desk.article(article_id, version)
    there = choices(article, JOINERS[(await talk.style()).hashtags])
    if not 0 <= number < len(there):
        raise NotFound("button")
    tag, has = there[number], article.hashtags
    changed = tuple(one for one in has if one != tag) if tag in has else (*has, tag)
    await talk.desk.edit(article_id, version, hashtags=changed)
    await tell_of_change(talk, article)
    await talk.answer()


async def page(sight: Sight) -> Keyboard:
    """The page behind "edit": what is chosen is ticked; others are written."""
    style = await sight.known.style(sight.house.style)
    ticks = [
        button(f"{'✅ ' if tag in sight.article.hashtags else ''}#{tag}", "story.tag", *sight.key, number)
        for number, tag in enumerate(choices(sight.article, JOINERS[style.hashtags]))
    ]
    write = button(sight.say("✍️ Write them"), "story.edit", *sight.key, "hashtags")
    return [*in_rows(ticks, sight.say), [write], back(sight, "edit")]


def offered(article: Article, joiner: Joiner) -> tuple[str, ...]:
    return worked_out(tags.offered, size_of(article), article, joiner)


def choices(article: Article, joiner: Joiner) -> tuple[str, ...]:
    """What is offered, and behind it what the story has besides; the same for the same content."""
    return tuple(dict.fromkeys([*offered(article, joiner), *article.hashtags]))[:SHOWN]
