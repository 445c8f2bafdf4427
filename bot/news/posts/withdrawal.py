"""A withdrawn story: until when its posts can be deleted, and what stands in their place afterwards."""

from datetime import date, datetime, timedelta

from bot.news.model import Look, Message, Post
from bot.news.posts.direction import marked, right_to_left
from bot.news.posts.markup import Styled, entities
from bot.news.posts.wording import worded
from bot.news.times import calendar

DELETABLE = timedelta(hours=48) - timedelta(minutes=5)
"""For how long a bot may delete a message in a channel (Bot API, `deleteMessage`), less the call's way."""
WITHDRAWN = "withdrawn"
"""The reason of a post that stands in its channel as a withdrawal."""


def is_old(post: Post, now: datetime) -> bool:
    """Whether a bot may not delete it any more."""
    return post.sent_at is not None and now - post.sent_at >= DELETABLE


def notice(look: Look, language: str, on: date) -> Message:
    """The house's words and the day, in the language of the story (BCP 47); nothing of its text."""
    said = worded(look, language).withdrawal
    day = calendar.show_day(on, "fa" if language.partition("-")[0].lower() == "fa" else "en")
    shown = marked(Styled(f"{said}\n{day}"), rtl=right_to_left(language))
    return Message(text=shown.text, entities=entities(shown))
