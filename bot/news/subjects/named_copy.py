"""The words of a text as names are looked for in it, and tables of places and organisations."""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import pairwise
from typing import Literal

import regex

from bot.news.grammar import verbs
from bot.news.grammar.stop_words import STOP_WORDS, key
from bot.news.subjects import beside_names, gazetteer
from bot.news.summary import worth

type Kind = Literal["person", "place", "organisation"]
type Stretch = tuple[int, int, Kind]  # words from, up to, and what they name

_TOKEN = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}\p{M}\u200c]*+|\n|[^\s\p{L}\p{N}]")
_LONGEST_WORD = 40  # letters: no longer one is a name
_END = ""  # stands behind the last word
_COMMON = 0.62  # rarity (`worth`) under which a word is everyday press, and no foreign name
MARKS = frozenset('،,:؛;.!?؟()«»"“”[]-–—…/\n') | {_END}


class Copy:
    """The words and marks of a text; `at` may be asked for a place before the first or behind the last."""

    def __init__(self, text: str) -> None:
        self.text = text
        tokens = [(each.group(), each.start(), each.end()) for each in _TOKEN.finditer(text)]
        self.words = tuple(token[0] for token in tokens)
        self.keys = tuple((len(word) <= _LONGEST_WORD and key(word)) or word for word in self.words)
        self.starts = tuple(token[1] for token in tokens)
        self.ends = tuple(token[2] for token in tokens)
        self.pairs = Counter(pairwise(self.keys))

    def __len__(self) -> int:
        return len(self.keys)

    def at(self, place: int) -> str:
        return self.keys[place] if 0 <= place < len(self.keys) else _END

    def begins_sentence(self, place: int) -> bool:
        return self.at(place - 1) in (_END, ".", "\n", "!", "؟", ":", "؛")

    def names_nothing(self, place: int) -> bool:
        """A mark, a number, a word of grammar, a verb, a role: no part of a name."""
        word = self.at(place)
        if (
            word in MARKS
            or word in STOP_WORDS
            or word in beside_names.ROLES
            or word in beside_names.SAYING
            or not word[0].isalpha()
        ):
            return True
        return verbs.is_finite(self.words, place)

    def ends_name(self, place: int) -> bool:
        """Whether a person's name can't go on here."""
        return self.names_nothing(place) or self.at(place) in cities()


@cache
def table() -> dict[str, list[tuple[tuple[str, ...], Kind]]]:
    """The names of the gazetteer by their first word, the longest first."""
    kinds: list[tuple[Iterable[str], Kind]] = [
        (gazetteer.ORGANISATIONS, "organisation"),
        (gazetteer.PLACES | gazetteer.WORDLIKE_PLACES | gazetteer.TWOFOLD_PLACES, "place"),
    ]
    table: dict[str, list[tuple[tuple[str, ...], Kind]]] = {}
    for names, kind in kinds:
        for name in names:
            words = tuple(map(key, _TOKEN.findall(name)))
            table.setdefault(words[0], []).append((words, kind))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


@cache
def organisations() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(map(key, _TOKEN.findall(name))) for name in gazetteer.ORGANISATIONS)


@cache
def cities() -> frozenset[str]:
    return frozenset(map(key, gazetteer.PLACES | gazetteer.TWOFOLD_PLACES))


def is_common(word: str) -> bool:
    known = worth.model().words.get("".join(worth.fold(word)))
    return known is not None and known.rarity < _COMMON
