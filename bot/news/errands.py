"""A page or a file that somebody sent, still to be fetched and read. Knows no web."""

from dataclasses import dataclass
from datetime import datetime

from bot.news.media import Media
from bot.news.talk import Origin


@dataclass(frozen=True, kw_only=True)
class Errand:
    """`url` of a page, or `file_id` of a file; `note`: the words it came with, `media`: the picture.

    It waits until it has `failed` (the reason) or its story is there (`article_id`).
    """

    person_id: int
    asked_at: datetime
    name: str
    url: str | None = None
    file_id: str | None = None
    note: str = ""
    origin: Origin | None = None
    media: Media | None = None
    failed: str | None = None
    article_id: int | None = None
    id: int = 0
