"""What the newsroom has approved, and what counts as published. Asked by whoever sends it."""

from dataclasses import replace
from datetime import datetime

from bot.desk.stories import APPROVERS, Desk
from bot.news.model import Article, ArticleState
from storage import Db


async def approved(db: Db, article_id: int) -> Article | None:
    """The article as it was approved last."""
    article = await db.articles.get(article_id)
    if article is None or article.approved_version is None:
        return None
    if article.approved_version == article.version:  # as nearly always: it is at hand
        return article
    content = await db.articles.at_version(article.id, article.approved_version)
    return content and replace(content, version=article.approved_version)


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
