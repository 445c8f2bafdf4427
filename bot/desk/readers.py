"""What readers may be shown outside Telegram: what stands in public channels, as it was approved last."""

from dataclasses import dataclass
from datetime import datetime

from bot.desk.approval import approved_of
from bot.desk.stories import OUT
from bot.news.model import Article, Channel
from bot.news.posts.digest_post import is_digest
from storage import Db


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A story with the channel it stands in, since when, and as which message."""

    article: Article
    channel: Channel
    at: datetime
    message_id: int | None


async def channel(db: Db, name: str) -> Channel | None:
    """A public channel, by its @name."""
    found = await db.channels.named(name)
    return found if found is not None and found.username else None


async def of_channel(db: Db, where: Channel, now: datetime, limit: int) -> tuple[Shown, ...]:
    """Its stories, the newest first, each once; digests tell of others and are left out."""
    seen = await db.readers.of_channel(where.id, now, limit)
    stories = await approved_of(db, await db.articles.some({each.article_id for each in seen}))
    told: dict[int, Shown] = {}
    for each in seen:
        article = stories.get(each.article_id)
        if article is not None and article.state in OUT and not is_digest(article):
            shown = Shown(article=article, channel=where, at=each.sent_at, message_id=each.message_id)
            told.setdefault(article.id, shown)
    return tuple(told.values())


async def story(db: Db, article_id: int, now: datetime) -> Shown | bool:
    """A story that stands in a public channel; else whether one ever did: it is gone then."""
    seen = await db.readers.of_story(article_id, now)
    article = await db.articles.get(article_id)
    if not seen or article is None or article.state not in OUT:
        return await db.readers.had(article_id)
    first = seen[-1]  # where it was published first
    where = await db.channels.get(first.channel_id)
    shown = (await approved_of(db, {article.id: article})).get(article.id)
    if where is None or shown is None:
        return False
    return Shown(article=shown, channel=where, at=first.sent_at, message_id=first.message_id)
