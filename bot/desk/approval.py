"""What the newsroom has approved, and what counts as published. Asked by whoever sends it."""

from collections.abc import Mapping
from datetime import datetime

from bot.desk.stories import APPROVERS, Desk
from bot.news.model import Article, ArticleState
from storage import Db


async def approved(db: Db, article_id: int) -> Article | None:
    """The article as it was approved last."""
    article = await db.articles.get(article_id)
    return (await approved_of(db, {article_id: article})).get(article_id) if article else None


async def approved_of(db: Db, articles: Mapping[int, Article]) -> dict[int, Article]:
    """Each of the articles, given as they are now, as it was approved last.

    Those that never were are left out.
    """
    found = {}
    for id, article in articles.items():
        if article.approved_version == article.version:  # as nearly always: it is at hand
            found[id] = article
        elif article.approved_version is not None:
            content = await db.articles.at_version(id, article.approved_version)
            if content is not None:
                found[id] = content
    return found


async def decided_on(desk: Desk, article: Article) -> Article:
    """The content that the person decides on: the newest; what was approved for those who only schedule."""
    only_schedules = not desk.may(APPROVERS) and article.reporter_id != desk.who.id
    if only_schedules and article.approved_version not in {None, article.version}:
        return await desk.db.articles.at_version(article.id, article.approved_version or 0) or article
    return article


async def published(db: Db, article_id: int, now: datetime) -> Article:
    """The article of a post that is out whole: with its first one it is published."""
    article = await db.articles.get(article_id)
    assert article is not None  # articles are never deleted
    if article.state is ArticleState.APPROVED:
        await db.articles.set_state(
            article.id, ArticleState.PUBLISHED, now=now, approved_version=article.approved_version
        )
    return article
