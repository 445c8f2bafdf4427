"""For what a time is chosen by pressing: the word in each button that says so. Knows no month."""

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.desk import SCHEDULERS
from bot.errors import NotFound, WrongState
from bot.news.model import Article, Channel, Post, PostState
from handlers.talk import Talk

_STORY = re.compile(r"a(\d{1,15})\.(\d{1,9})\.(-?\d{1,15})", re.ASCII)
_POST = re.compile(r"p(\d{1,15})\.(\d{1,9})", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A time for a story in a channel, or another one for a post.

    `moved`: the post has another time than it had when the button was made.
    """

    word: str
    channel: Channel
    headline: str
    story: tuple[int, int]  # the article's id and version
    post: Post | None = None
    moved: bool = False

    @property
    def place(self) -> ZoneInfo:
        return ZoneInfo(self.channel.time_zone)


def for_story(article: Article, where: Channel) -> str:
    """What a button holds that lets a time be chosen for a story."""
    return f"a{article.id}.{article.version}.{where.id}"


def for_post(post: Post) -> str:
    """What a button holds that lets another time be chosen for a post."""
    return f"p{post.id}.{minute_of(post.due_at)}"


def minute_of(at: datetime) -> int:
    """Minutes since 1970, as buttons hold a moment."""
    return int(at.timestamp()) // 60


async def find(talk: Talk, word: str) -> Wanted:
    """What a button's word means today.

    Raises:
        NotFound: no button of ours holds that.
        StaleCard, WrongState: the story has changed since; the post is past that.
    """
    talk.desk.require(SCHEDULERS)
    word = str(word)  # a forged one may be a number
    if found := _STORY.fullmatch(word):
        article = await talk.desk.article(int(found[1]), int(found[2]))
        where = await talk.schedule.channel(int(found[3]))
        key = (article.id, article.version)
        return Wanted(word=word, channel=where, headline=_short(article.headline), story=key)
    found = _POST.fullmatch(word)
    if found is None:
        raise NotFound("button")
    post = await talk.schedule.post(int(found[1]))
    if post.state not in {PostState.PENDING, PostState.HELD}:
        raise WrongState(post.state)
    story = await talk.desk.article(post.article_id)
    return Wanted(
        word=word,
        channel=await talk.schedule.channel(post.channel_id),
        headline=_short(story.headline),
        story=(story.id, story.version),
        post=post,
        moved=minute_of(post.due_at) != int(found[2]),
    )


def _short(headline: str) -> str:
    return headline if len(headline) <= 80 else f"{headline[:79].rstrip()}…"
