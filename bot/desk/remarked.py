"""The desk's verbs that leave a dated word in a post that is out: corrected, out of date."""

from dataclasses import replace
from datetime import date

from bot.desk.stories import APPROVERS, OUT, Desk
from bot.errors import WrongState
from bot.news.model import Article


async def correct(desk: Desk, article_id: int, version: int, on: date) -> tuple[Article, int]:
    """Bring what is out to this version, and tell its readers that it was corrected that day.

    Raises:
        WrongState: readers don't have it, or they have this version.
    """
    article = await desk.article(article_id, version)
    desk.require(APPROVERS)
    if article.state not in OUT or article.approved_version == article.version:
        raise WrongState(article.state)
    dated = await desk.save(replace(article, corrected_on=on), "edit", fields=["corrected_on"])
    return await desk.correct(dated.id, dated.version)


async def outdate(desk: Desk, article_id: int, version: int, on: date | None) -> tuple[Article, int]:
    """Tell the readers of what is out that it is out of date since that day; None: that it is not.

    Raises:
        WrongState: readers don't have it, or that is so already.
    """
    article = await desk.article(article_id, version)
    desk.require(APPROVERS)
    if article.state not in OUT or bool(on) == bool(article.outdated_on):
        raise WrongState(article.state)
    marked = await desk.save(replace(article, outdated_on=on), "edit", fields=["outdated_on"])
    return await desk.correct(marked.id, marked.version)
