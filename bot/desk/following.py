"""The desk's verbs on stories that go on with an earlier one, and the chain that these make."""

from dataclasses import replace

from bot.desk.stories import EDITABLE, Desk
from bot.errors import NotFound, WrongState
from bot.news.grammar import sentences
from bot.news.model import Article
from bot.news.talk import FollowUp

CHOICES = 8
"""Sentences of an earlier story from which the changed one is chosen."""
LONGEST_CHAIN = 20


async def follow(desk: Desk, article_id: int, earlier_id: int) -> None:
    """Let a story that is not out yet go on with one that is.

    Raises:
        WrongState: it is out already.
        NotFound: it is the earlier one itself, or that one goes on with it.
    """
    article, earlier = await _open(desk, article_id), await desk.article(earlier_id)
    chain = [earlier.id, *[link.earlier_id for link in await before(desk, earlier)]]
    if article_id in chain:
        raise NotFound("article")
    was = await desk.db.follow_ups.get(article_id)
    await desk.db.follow_ups.put(FollowUp(article_id=article_id, earlier_id=earlier_id))
    await _noted(desk, article, earlier_id, was)


async def leave(desk: Desk, article_id: int) -> None:
    """It goes on with none."""
    article = await _open(desk, article_id)
    was = await desk.db.follow_ups.get(article_id)
    await desk.db.follow_ups.drop(article_id)
    await _noted(desk, article, None, was)


async def quote(desk: Desk, article_id: int, number: int) -> FollowUp:
    """Choose the sentence of the earlier story that has changed: one of `choices`, or none (below 0).

    Raises:
        NotFound: there is no such sentence, or the story goes on with none.
    """
    article = await _open(desk, article_id)
    link = await desk.db.follow_ups.get(article_id)
    if link is None:
        raise NotFound("change")
    found = choices(await desk.article(link.earlier_id))
    if number >= len(found):
        raise NotFound("button")
    link = replace(link, quote=found[number] if number >= 0 else "")
    await desk.db.follow_ups.put(link)
    await _noted(desk, article, link.earlier_id)
    return link


def choices(earlier: Article) -> tuple[str, ...]:
    """The sentences of a story that an update may change, in their order."""
    found = [earlier.headline, *sentences.split(earlier.lede), *(point.text for point in earlier.key_points)]
    return tuple(dict.fromkeys(text.strip() for text in found if text.strip()))[:CHOICES]


async def before(desk: Desk, article: Article) -> tuple[FollowUp, ...]:
    """What a story goes on with, and what that does: the newest link first."""
    links: list[FollowUp] = []
    link = await desk.db.follow_ups.get(article.id)
    while link is not None and len(links) < LONGEST_CHAIN:
        links.append(link)
        link = await desk.db.follow_ups.get(link.earlier_id)
    return tuple(links)


async def _open(desk: Desk, article_id: int) -> Article:
    article = await desk.article(article_id)
    desk.require_edit(article)
    if article.state not in EDITABLE:
        raise WrongState(article.state)
    return article


async def _noted(desk: Desk, article: Article, earlier_id: int | None, was: FollowUp | None = None) -> None:
    """Written down; the cards of all that it links, or has linked, show it."""
    linked = {article.id} | ({earlier_id} if earlier_id else set()) | ({was.earlier_id} if was else set())
    for id in sorted(linked):
        await desk.db.cards.touch(id)
    await desk.log("follow", article, earlier=earlier_id)
