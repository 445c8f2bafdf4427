"""What a text is about, as weighted words: those its headline and beginning say, often, and few others.

Knows no database: how rare a word is in the archive is handed in.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from bot.news.archive.ranking import rarity
from bot.news.archive.words import UNKNOWN, press, stemmed
from bot.news.grammar.stop_words import STOP_WORDS

_HEAD, _BEGINNING, _BODY = 3.0, 1.6, 1.0
_FIRST = 45  # words of the text that its lede has, about
_READ = 700  # words of a text that are weighed
_NUMBER = 0.4
"""A number is seldom what a story is about, though it tells one event from another."""


@dataclass(frozen=True, kw_only=True)
class Text:
    """A headline and a text as their words, with how often each is said, and where."""

    head: tuple[str, ...]
    body: tuple[str, ...]
    said: Mapping[str, float]


def text_of(headline: str, text: str) -> Text:
    head, body = tuple(stemmed(headline)), tuple(stemmed(text)[:_READ])
    said: dict[str, float] = defaultdict(float)
    for run, weight in ((head, _HEAD), (body[:_FIRST], _BEGINNING), (body[_FIRST:], _BODY)):
        for word in run:
            said[word] += weight
    return Text(head=head, body=body, said=said)


def worth_asking(text: Text, most: int) -> list[str]:
    """The words that probably tell most, by the press at large: the archive is asked how rare these are."""
    rare = press()

    def guess(word: str) -> float:
        return log(1 + text.said[word]) * (0.2 + rare.get(word, UNKNOWN))

    named = [word for word in text.said if len(word) > 1 and word not in STOP_WORDS]
    return sorted(named, key=guess, reverse=True)[:most]


def weighed(text: Text, frequencies: Mapping[str, int], size: int) -> dict[str, float]:
    """The words asked about, each with how much it says of what the text is about."""
    found = {}
    for word, frequency in frequencies.items():
        weight = log(1 + text.said[word]) * rarity(frequency, size)
        if word.isdigit():
            weight *= _NUMBER
        found[word] = weight
    return found


def pairs(run: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Neighbours: a name has two."""
    return frozenset(pairwise(run))
