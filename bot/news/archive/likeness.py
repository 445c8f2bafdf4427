"""Whether two texts are one: copied with some words changed, or the same event in other words. No database.

A near copy shares most of its runs of three words, or one is cut from the other. Yet a table of prices of
two days does so too: where numbers and names differ, it is another story in the same words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.news.archive.words import UNKNOWN, press, stemmed
from bot.news.grammar.stop_words import STOP_WORDS
from bot.news.subjects import names

_RUN = 3  # words of a shingle
_NAMED_IN = 1_200  # characters
_READ = 600  # words that are compared
_ALIKE = 0.33
"""Of all runs of both texts: with one word of twelve changed it is 0.4."""
_CUT_FROM = 0.72
"""Of the shorter text's runs: one is a part of the other."""
_FEWEST_RUNS = 7
_NUMBERS_ALIKE = 0.5
_FEW_NUMBERS = 2
_POWER = 2
_RARE = 0.4  # rarity (`worth`) from which a word tells an event from others


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A text as it is compared."""

    head: frozenset[str]
    body: tuple[str, ...]
    runs: frozenset[int]
    numbers: frozenset[str]
    rare: Mapping[str, float]  # words that tell events apart, each with its weight


type Story = tuple[str, str]
"""Headline and text."""


def is_copy(one: Story, other: Story) -> bool:
    """Whether one is a near copy of the other, or a part of it."""
    mine, theirs = compared(*one), compared(*other)
    fewer, more = sorted((mine.runs, theirs.runs), key=len)
    if len(fewer) < _FEWEST_RUNS:
        return False
    both = len(fewer & more)
    alike = both / (len(fewer) + len(more) - both) >= _ALIKE
    return (alike or both >= _CUT_FROM * len(fewer)) and _tells_the_same(mine, theirs)


def event_score(one: Story, other: Story) -> tuple[float, float, float]:
    """How much two texts share of rare words, of their headlines, of numbers; each 0 to 1."""
    mine, theirs = compared(*one), compared(*other)
    shared = sum(weight for word, weight in mine.rare.items() if word in theirs.rare)
    less = min(sum(mine.rare.values()), sum(theirs.rare.values()))
    heads = _share(mine.head, theirs.head)
    numbers = _share(mine.numbers, theirs.numbers) if mine.numbers and theirs.numbers else 0.5
    return (shared / less if less else 0.0), heads, numbers


def is_same_event(one: Story, other: Story) -> bool:
    """Whether they tell the same event: stories told twice stand out so from their nearest others."""
    mine, theirs = compared(*one), compared(*other)
    rare, heads, numbers = event_score(one, other)
    if _numbers_differ(mine, theirs) and _share(mine.runs, theirs.runs) > _SAME_WORDS:
        return False
    both = sum(word in theirs.rare for word in mine.rare)
    less, more = sorted((sum(mine.rare.values()), sum(theirs.rare.values())))
    least = _LEAST_RARE if less > more / 2 else _LEAST_RARE_OF_SHORT  # a flash has few words to share
    alike = both >= _FEWEST_RARE and rare >= least and rare + heads / 2 + numbers * 0.3 >= _SAME_EVENT
    return alike and not _names_differ(one, other)


_SAME_EVENT, _LEAST_RARE, _LEAST_RARE_OF_SHORT, _FEWEST_RARE = 0.72, 0.5, 0.35, 3
_SAME_WORDS = 0.15


def _share[T](one: frozenset[T], other: frozenset[T]) -> float:
    """What both have, of the smaller."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _tells_the_same(one: Compared, other: Compared) -> bool:
    """Whether the numbers and names of texts in the same words are the same too."""
    if _numbers_differ(one, other):
        return False
    only = [word for word in one.head if word not in other.head and word not in other.rare]
    return len(only) < max(2, len(one.head)) or _share(frozenset(one.rare), frozenset(other.rare)) > 0.6


def _names_differ(one: Story, other: Story) -> bool:
    """Whether both name somebody or somewhere, and nobody and nowhere of the other's."""
    mine, theirs = _named(*one), _named(*other)
    return bool(mine and theirs) and not mine & theirs


@lru_cache(maxsize=64)
def _named(headline: str, text: str) -> frozenset[str]:
    found = names.found(f"{headline}\n{text[:_NAMED_IN]}")
    return frozenset(word for name in found for word in stemmed(name.text))


def _numbers_differ(one: Compared, other: Compared) -> bool:
    fewer, more = sorted((one.numbers, other.numbers), key=len)
    return len(fewer) >= _FEW_NUMBERS and len(fewer & more) < _NUMBERS_ALIKE * len(fewer)


@lru_cache(maxsize=64)
def compared(headline: str, text: str) -> Compared:
    head, body = stemmed(headline, parts=False), stemmed(text, parts=False)[:_READ]
    runs = [hash(tuple(body[at : at + _RUN])) for at in range(len(body) - _RUN + 1)]
    known = press()
    rare = {}
    for word in (*head, *body[:200]):
        rarity = known.get(word, UNKNOWN)
        if rarity >= _RARE and word not in STOP_WORDS and not word.isdigit() and len(word) > 2:
            rare[word] = rarity**_POWER
    return Compared(
        head=frozenset(word for word in head if word not in STOP_WORDS),
        body=tuple(body),
        runs=frozenset(runs),
        numbers=frozenset(word for word in (*head, *body) if word.isdigit()),
        rare=rare,
    )
