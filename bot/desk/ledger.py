"""What stands where: the stories that readers have had, newest change first, with their posts."""

import asyncio
from dataclasses import dataclass

from bot.desk.rights import DECIDERS
from bot.desk.stories import Desk
from bot.news.model import Article, ArticleState, Post

STORIES = (ArticleState.PUBLISHED, ArticleState.CORRECTED, ArticleState.KILLED)
REACH = 300
"""Stories that are looked through, the newest first."""
AT_ONCE = 30


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A story with those of its posts that readers have had."""

    article: Article
    posts: tuple[Post, ...]


async def stories(desk: Desk, typed: str) -> tuple[Article, ...]:
    """Those whose headline or lede has each of the typed words, as far as the person may see them."""
    own = None if desk.may(DECIDERS) else desk.who.id
    wanted, found = typed.casefold().split(), list[Article]()
    for skip in range(0, REACH, AT_ONCE):
        some = await desk.db.articles.in_states(*STORIES, reporter_id=own, skip=skip, limit=AT_ONCE)
        found += [article for article in some if _has(article, wanted)]
        if len(some) < AT_ONCE:
            break
        await asyncio.sleep(0)  # others have their turn between two readings
    return tuple(found)


def _has(article: Article, wanted: list[str]) -> bool:
    text = f"{article.headline} {article.lede}".casefold()
    return all(word in text for word in wanted)


async def entry(desk: Desk, article: Article) -> Entry:
    """Where it stands, or has stood."""
    posts = await desk.db.posts.of_article(article.id)
    out = [post for post in posts if post.sent_at is not None or post.message_ids]
    return Entry(article=article, posts=tuple(out))
