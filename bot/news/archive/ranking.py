"""Which of what was found comes first: by how rare its words are, how often and where. No database."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log

_SATURATION = 1.2  # k1 of BM25
_BY_LENGTH, _OF_LONG = 0.6, 0.75
"""Its b, of a few words that are looked for and of a whole text (docs/benchmarks.md)."""
_FEW_WORDS = 6
_USUAL_LENGTH = 220  # words of a body
type Words = Sequence[str]


def rarity(frequency: int, size: int) -> float:
    """How much a word tells that stands in so many of so many texts; BM25's, never below zero."""
    return log(1 + (size - min(frequency, size) + 0.5) / (frequency + 0.5))


def relevance(
    words: Mapping[str, float], head: Words, body: Words, *, of_head: float, usual: float | None = None
) -> float:
    """How much a text is about words, each with its weight: BM25 over both fields together.

    `of_head`: as how many of the body a word of the headline counts; `usual`: of a whole text that is
    compared, words from which a text has to share more.
    """
    by_length = _BY_LENGTH if usual is None else _OF_LONG
    length = 1 - by_length + by_length * (len(body) + len(head)) / (usual or _USUAL_LENGTH)
    score = 0.0
    many = len(words) > _FEW_WORDS  # then counting each of the text's words once is quicker
    in_body = Counter(body).__getitem__ if many else body.count
    for word, weight in words.items():
        often = of_head * head.count(word) + in_body(word)
        if often:
            score += weight * often * (_SATURATION + 1) / (often + _SATURATION * length)
    return score


def in_a_row(words: Words, text: Words) -> bool:
    """Whether the words stand there in their order, one behind the other."""
    if len(words) < 2 or len(words) > len(text):
        return False
    first = words[0]
    return any(
        word == first and tuple(text[at : at + len(words)]) == tuple(words) for at, word in enumerate(text)
    )


def weights(words: Iterable[str], frequencies: Mapping[str, int], size: int) -> dict[str, float]:
    return {word: rarity(frequencies.get(word, 0), size) for word in words}
