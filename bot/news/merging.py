"""A story's copy changed and its fields were edited meanwhile: what the new copy brings, and what stays.

Knows no person: only the story as the old copy made it, as the new one makes it, and as it is now.
"""

from dataclasses import fields
from typing import Any

from bot.news.model import RECORD_FIELDS, Article

NOT_OF_COPY = RECORD_FIELDS | {"media", "urgency", "embargoed_until"}
"""What a story has that its copy does not say."""


def merged(before: Article, after: Article, now: Article) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The fields that the new copy changes, and those that it would, if a person had not changed them since.

    A field that a person has edited stays theirs.
    """
    changed: dict[str, Any] = {}
    kept: list[str] = []
    for name in (each.name for each in fields(Article) if each.name not in NOT_OF_COPY):
        old, new, present = (getattr(article, name) for article in (before, after, now))
        if new in (old, present):
            continue
        if present == old:
            changed[name] = new
        else:
            kept.append(name)
    return changed, tuple(kept)
