"""Whom and what a story names, the most important first. Knows a story's parts; `names` reads the text."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import regex

from bot.news.grammar.stop_words import key
from bot.news.model import Article
from bot.news.subjects import names
from bot.news.subjects.keywords import texts
from bot.news.subjects.named_copy import Kind
from bot.news.subjects.names import Name

_MOST = 20_000
"""Characters that are looked at: whom a story names only behind them is not whom it is about."""


@dataclass(frozen=True, kw_only=True)
class Named:
    """Someone or something, as the story writes the whole name."""

    text: str
    kind: Kind


_WEIGHTY = 2.0
"""A name in the lede weighs as much, or one told twice in the body."""


_PRESS = regex.compile(
    r"(?:خبرگزاری|باشگاه خبرنگاران|پایگاه خبری|تسنیم|ایسنا|ایرنا|ایلنا|فارس|پانا|مهر|رویترز|آسوشیتدپرس)\b"
)
_TOLD_BY = regex.compile(r"(?:گزارش|نقل از|گفت\W?و\W?گو(?:یی)? با|مصاحبه با|خبرنگار|سرویس)[^.\n]{0,25}$")
_BESIDE = 60  # characters before a name


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
    story = "\n".join(text for text, _ in parts)[:_MOST]
    found = [name for name in names.found(story) if not _tells(name, story)]
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


def _tells(name: Name, story: str) -> bool:
    """Whether it is who tells the story, and not in it: «به گزارش خبرگزاری …», «در گفت‌وگو با ایسنا»."""
    if name.kind != "organisation" or not _PRESS.match(name.text):
        return False
    return bool(_TOLD_BY.search(story[max(0, name.start - _BESIDE) : name.start]))


def _whole(found: Sequence[Name]) -> dict[str, str]:
    """What people told by one name are filed under: the first whole name that ends or begins so."""
    whole: dict[str, str] = {}
    for name in found:
        if name.kind == "person" and len(words := name.text.split()) > 1:
            whole.setdefault(key(words[-1]), _filed(name))
    for name in found:
        if name.kind == "person" and len(words := name.text.split()) > 1:
            whole.setdefault(key(words[0]), _filed(name))  # «ولاتکو: …»
    return whole


def _filed(name: Name) -> str:
    return " ".join(map(key, name.text.split()))
