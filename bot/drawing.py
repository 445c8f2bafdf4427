"""A story as its post, drawn aside where it is long (`bot.aside`). Knows no channel's line and no card."""

from datetime import date
from typing import Any

from bot.aside import worked_out, worked_out_once
from bot.news.model import Article, BulletList, Look, Message
from bot.news.posts import for_staff, message, rich

_QUICKER = 16
"""Times as fast as reading copy: so much more is drawn at once.

Measured on stories shown whole: 0.1 ms a thousand characters of prose, 0.6 where all are emoji or nothing has
a space; reading copy takes 4. A trip to a thread and a transaction begun again cost more than most stories.
"""
_A_PIECE = 40
"""Characters that take as long as each line or bullet takes besides its own."""


_SHORT = 20_000
"""Characters of a story that is remembered as it was drawn last: each of its cards asks for the same."""


def size_of(article: Article) -> int:
    """Characters of a story, more or less: what work on it goes through."""
    blocks = [block for section in article.sections for block in section.blocks]
    points = [
        *article.key_points,
        *(item for block in blocks if isinstance(block, BulletList) for item in block.items),
    ]
    texts = [article.headline, article.lede, *(each.text for each in points)]
    texts += [block.text for block in blocks if not isinstance(block, BulletList)]
    return sum(map(len, texts)) + _A_PIECE * (len(texts) + len(article.related) + len(article.repairs))


def messages(article: Article, look: Look, *, on: date | None = None) -> tuple[Message, ...]:
    """`message.compose`."""
    size = size_of(article)
    drawn = worked_out_once if size <= _SHORT else worked_out
    return drawn(message.compose, size // _QUICKER, article, look, on=on)


def rich_message(article: Article, look: Look, *, on: date | None = None) -> dict[str, Any] | None:
    """`rich.rich_message`."""
    size = size_of(article)
    drawn = worked_out_once if size <= _SHORT else worked_out
    return drawn(rich.rich_message, size // _QUICKER, article, look, on=on)


def for_cards(article: Article) -> Article:
    """`for_staff.story`."""
    size = size_of(article)
    quoted = worked_out_once if size <= _SHORT else worked_out
    return quoted(for_staff.story, size // _QUICKER, article)
