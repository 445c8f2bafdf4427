"""Whom and what a story names, the most important first. Knows a story's parts; `names` reads the text."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from bot.news.grammar.stop_words import key
from bot.news.model import Article
from bot.news.subjects import names
from bot.news.subjects.keywords import texts
from bot.news.subjects.names import Kind, Name

_MOST = 20_000
"""Characters that are looked at: whom a story names only behind them is not whom it is about."""


@dataclass(frozen=True, kw_only=True)
class Named:
    """Someone or something, as the story writes the whole name."""

    text: str
    kind: Kind


_WEIGHTY = 2.0
"""A name in the lede weighs as much, or one told twice in the body."""


_SHORT = 80
"""Words of a story that has no room to tell a name twice."""


def told(article: Article) -> tuple[Named, ...]:
    """Each name once: what stands in headline and lede, and what is told often, comes first."""
    return tuple(name for name, _ in _weighed(article))


def weighty(article: Article) -> tuple[Named, ...]:
    """Those that headline or lede have, or the body more than once."""
    short = sum(len(text.split()) for text, _ in texts(article)) < _SHORT
    return tuple(
        name
        for name, weight in _weighed(article)
        if short or weight >= _WEIGHTY + (name.kind == "place")  # every story is somewhere
    )


def _weighed(article: Article) -> list[tuple[Named, float]]:
    parts = [(text, weight) for text, weight in texts(article) if text]
    starts = [0, *accumulate(len(text) + 1 for text, _ in parts)]
    found = names.found("\n".join(text for text, _ in parts)[:_MOST])
    whole = _whole(found)
    weights: dict[str, float] = {}
    shown: dict[str, Named] = {}
    for name in found:
        filed = whole.get(key(name.text), _filed(name)) if name.kind == "person" else _filed(name)
        weights[filed] = weights.get(filed, 0) + parts[bisect_right(starts, name.start) - 1][1]
        text = " ".join(name.text.split())
        if filed not in shown or text.count(" ") > shown[filed].text.count(" "):
            shown[filed] = Named(text=text, kind=name.kind)
    return [(shown[filed], weights[filed]) for filed in sorted(shown, key=lambda filed: -weights[filed])]


def _whole(found: Iterable[Name]) -> dict[str, str]:
    """What people told by their surname alone are filed under: the first whole name that ends with it."""
    whole: dict[str, str] = {}
    for name in found:
        if name.kind == "person" and len(words := name.text.split()) > 1:
            whole.setdefault(key(words[-1]), _filed(name))
    return whole


def _filed(name: Name) -> str:
    return " ".join(map(key, name.text.split()))
