"""For what a time is chosen by pressing: the word in each button that says so. Knows no month."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.desk.places import passes_quiet
from bot.desk.stories import SCHEDULERS
from bot.errors import NotFound, WrongState
from bot.news.model import Article, Channel, Post, PostState
from bot.news.plans.slots import open_to
from bot.news.posts import for_staff
from handlers.talk import Talk

_STORY = re.compile(r"a(\d{1,15})\.(\d{1,9})\.(-?\d{1,15})", re.ASCII)
_POST = re.compile(r"p(\d{1,15})\.(\d{1,9})", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A time for a story in a channel, or another one for a post.

    `channel` is as the post meets it: of the slots only those that take the story, and no quiet hours for
    one that a second person has confirmed as urgent. `moved`: the post has another time than it
    had when the button was made.
    """

    word: str
    channel: Channel
    article: Article
    post: Post | None = None
    moved: bool = False

    @property
    def place(self) -> ZoneInfo:
        return ZoneInfo(self.channel.time_zone)

    @property
    def headline(self) -> str:
        headline = for_staff.quoted(self.article.headline)
        return for_staff.shortened(headline, 80)


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
        return Wanted(word=word, channel=await _met(talk, int(found[3]), article), article=article)
    found = _POST.fullmatch(word)
    if found is None:
        raise NotFound("button")
    post = await talk.schedule.post(int(found[1]))
    if post.state not in {PostState.PENDING, PostState.HELD}:
        raise WrongState(post.state)
    article = await talk.desk.article(post.article_id)
    return Wanted(
        word=word,
        channel=await _met(talk, post.channel_id, article, post),
        article=article,
        post=post,
        moved=minute_of(post.due_at) != int(found[2]),
    )


async def _met(talk: Talk, channel_id: int, article: Article, post: Post | None = None) -> Channel:
    where = await talk.schedule.channel(channel_id)
    slots = open_to(where.slots, category=article.category, urgency=article.urgency)
    rhythm = replace(where.rhythm, quiet=()) if passes_quiet(post) else where.rhythm
    return replace(where, slots=slots, rhythm=rhythm)
