"""Words that a paste has fused in one place and with a space in another; it knows no weights.

«ملکحسینی» here and «ملک حسینی» there are one word that lost its half-space in two ways: so names come out
right that no list has and the press never wrote.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

from bot.news.spelling.halfspace.damage import Both
from bot.news.spelling.halfspace.letters import NON_JOINING, Word

_BOTH = 0.1  # the least share of each damage; where only one befell, the two are the copy's own habit


class Sure(NamedTuple):
    """Where a half-space was lost for certain."""

    gaps: Mapping[int, list[int]]  # by word
    spaces: Collection[int]  # after these words


_NONE = Sure({}, ())


def written_both_ways(
    words: list[Word], seen: Both, usual: Collection[str], settled: Collection[str]
) -> Sure:
    """Where words stand that are written both ways.

    Not those which are `usual` fused, since the two may be two words («تنها», «تن ها»), nor settled ones.
    """
    if min(seen.compounds.deleted, seen.compounds.spaced) < _BOTH:
        return _NONE
    odd = {word.letters for word in words}.difference(usual, settled)
    if not odd:
        return _NONE
    unusual = {
        piece
        for word in words
        if word.letters in odd
        for piece in (word.letters, *word.pieces)
        if piece not in usual and piece not in settled
    }
    apart = [(i, left + right, len(left) - 1) for i, left, right in _apart(words, unusual)]
    if not apart:
        return _NONE
    cut = {both: gap for _, both, gap in apart}
    return Sure(
        gaps={i: filled for i, word in enumerate(words) if (filled := _gaps(word, cut, settled))},
        spaces={i for i, both, gap in apart if cut[both] == gap},
    )


def _apart(words: list[Word], fused: set[str]) -> Iterator[tuple[int, str, str]]:
    """The words before each space that cuts one of these, and the pieces beside it."""
    begun = {piece[:2] for piece in fused}
    for i, word in enumerate(words[:-1]):
        if word.follows and word.pieces[-1][:2] in begun:
            left, right = word.pieces[-1], words[i + 1].pieces[0]
            if left + right not in fused:
                continue
            if left[-1] not in NON_JOINING and min(len(left), len(right)) > 1:
                yield i, left, right


def _gaps(word: Word, cut: Mapping[str, int], settled: Collection[str]) -> list[int]:
    """The gaps of a word that is to be cut, or has pieces that are."""
    if word.letters in cut:
        return [cut[word.letters]]
    if cut.keys().isdisjoint(word.pieces) or word.letters in settled:  # nearly all
        return []
    starts = accumulate(map(len, word.pieces), initial=0)
    return [start + cut[piece] for start, piece in zip(starts, word.pieces, strict=False) if piece in cut]
