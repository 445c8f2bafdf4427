"""What stands where: the stories that readers have had, newest change first, with their posts."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.desk.rights import DECIDERS
from bot.desk.stories import Desk
from bot.news.model import Article, ArticleState, Post

STORIES = (ArticleState.PUBLISHED, ArticleState.CORRECTED, ArticleState.KILLED)
REACH = 300
"""Stories that are looked through, the newest first."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A story with those of its posts that readers have had."""

    article: Article
    posts: tuple[Post, ...]


async def stories(desk: Desk, words: Collection[str] = ()) -> tuple[int, ...]:
    """The ids of those with all of the words (`bot.news.folding`), as far as the person may see them."""
    own = None if desk.may(DECIDERS) else desk.who.id
    return await desk.db.lists.among_newest(REACH, STORIES, reporter_id=own, words=words)


async def entry(desk: Desk, article: Article) -> Entry:
    """Where it stands, or has stood."""
    posts = await desk.db.posts.of_article(article.id)
    out = [post for post in posts if post.sent_at is not None or post.message_ids]
    return Entry(article=article, posts=tuple(out))
