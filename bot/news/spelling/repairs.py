"""What was repaired in the spelling of copy, so that an editor can see and take back each repair.

Knows how an article's texts are walked through; which spelling is right is `orthography`'s business.
"""

import re
from collections.abc import Callable, Sequence
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
_FIRST = re.compile(r"[\w\u200c]+|[^\w\u200c]")
_WORD_END, _GOES_ON = re.compile(r"\w"), re.compile(r"[\w\u200c]")


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
    undo = _undoing(repairs[0]) if len(repairs) == 1 else _Undoing(repairs)
    changes = {name: _through(getattr(article, name), undo) for name in _TEXTS}
    undone = frozenset(repairs)
    left = tuple(repair for repair in article.repairs if repair not in undone)
    return replace(article, **changes, repairs=left)


class _Undoing:
    """Puts back many at once, in one pass through a text; where two begin at one place, the longer."""

    def __init__(self, repairs: Sequence[Repair]) -> None:
        self._before = {repair.after: repair.before for repair in reversed(repairs) if repair.after}
        lengths: dict[str, set[int]] = {}  # of those that begin with the same word or sign
        for after in self._before:
            lengths.setdefault(_first(after), set()).add(len(after))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def __call__(self, text: str) -> str:
        pieces: list[str] = []
        done = 0
        for found in _FIRST.finditer(text):
            at = found.start()
            after = self._at(text, at, found.group()) if at >= done else None
            if after:
                pieces += [text[done:at], self._before[after]]
                done = at + len(after)
        return "".join([*pieces, text[done:]])

    def _at(self, text: str, at: int, first: str) -> str | None:
        """The one that stands at a place, not as the beginning of another word."""
        for length in self._lengths.get(first, ()):
            after = text[at : at + length]
            if after in self._before and not (
                _WORD_END.search(after[-1]) and _GOES_ON.match(text, at + length)
            ):
                return after
        return None


def _first(after: str) -> str:
    found = _FIRST.match(after)
    assert found is not None  # it takes any character
    return found.group()


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
