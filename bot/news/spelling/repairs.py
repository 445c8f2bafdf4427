"""What was repaired in the spelling of copy, so that an editor can see and take back each repair.

Knows how an article's texts are walked through; which spelling is right is `orthography`'s business.
"""

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from bot.news.model import Article, Repair
from bot.news.spelling import corrections

_TEXTS = frozenset(
    {
        "headline", "kicker", "lede", "sections", "key_points", "related", "byline", "author_bio",
        "dateline", "source", "keywords", "hashtags",
    }
)  # fmt: skip
_NOT_WORDS = frozenset({"type", "url"})


def listed(before: str, after: str) -> tuple[Repair, ...]:
    """What makes `after` of `before`, the same change counted once."""
    lines = zip(before.split("\n"), after.split("\n"), strict=False)  # a repair never crosses a line
    changes = [change for old, new in lines if old != new for change in corrections.between(old, new)]
    return tuple(
        Repair(before=one.before, after=one.after, count=one.count, left=one.context[0], right=one.context[1])
        for one in corrections.grouped(changes)
    )


def taken_back(article: Article, *repairs: Repair) -> Article:
    """The article with these repairs undone wherever their result stands."""
    for repair in repairs:
        undo = _undoing(repair)
        changes = {name: _through(getattr(article, name), undo) for name in _TEXTS}
        article = replace(article, **changes)
    left = tuple(repair for repair in article.repairs if repair not in repairs)
    return replace(article, repairs=left)


def _undoing(repair: Repair) -> Callable[[str], str]:
    """Puts `before` back for `after` where it stands alone, not inside of another word."""
    bare = re.escape(repair.after)
    start = r"(?<![\w\u200c])" if re.match(r"\w", repair.after) else ""
    end = r"(?![\w\u200c])" if re.search(r"\w$", repair.after) else ""
    pattern = re.compile(start + bare + end)
    return lambda text: pattern.sub(lambda _: repair.before, text)


def _through(value: Any, change: Callable[[str], str]) -> Any:
    """A value with `change` done to every text in it."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_through(one, change) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        inner = {
            field.name: _through(getattr(value, field.name), change)
            for field in fields(value)
            if field.name not in _NOT_WORDS
        }
        return replace(value, **inner)
    return value
