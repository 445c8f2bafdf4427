"""From the chances of all gaps of a paste: what befell it, and which gaps to fill; it knows no weights."""

from collections.abc import Iterable
from itertools import pairwise

from bot.news.spelling.halfspace.between import is_marked as is_marked_space
from bot.news.spelling.halfspace.both_ways import Sure
from bot.news.spelling.halfspace.damage import MARKED, STYLE, Damage, given, seen_in
from bot.news.spelling.halfspace.inner import is_marked
from bot.news.spelling.halfspace.letters import Word

TELLING = 0.005  # a smaller chance is none
_ENOUGH = 0.48  # the chance from which on a half-space is put back
_ENOUGH_BETWEEN = 0.35  # … in place of a space, the surer it is that spaces are the damage


def seen_damage(words: list[Word]) -> Damage:
    fused = [
        min(share, MARKED if is_marked(word.letters, gap) else STYLE)
        for word in words
        if word.chances
        for gap, share in word.chances.items()
    ]
    spaced = [
        min(word.space, MARKED if is_marked_space(word.letters, after.letters) else STYLE)
        for word, after in pairwise(words)
        if word.space > TELLING
    ]
    return seen_in(fused, spaced, sum([len(word.kept) for word in words if word.kept]))


def to_fill(words: list[Word], seen: Damage, sure: Sure) -> tuple[dict[int, list[int]], set[int]]:
    """By word: the gaps to fill; and the words after which a half-space is to stand for the space."""
    enough = _ENOUGH + (_ENOUGH_BETWEEN - _ENOUGH) * seen.spaced
    lost = (
        (i, _lost(word, seen.deleted, sure.gaps.get(i, ())))
        for i, word in enumerate(words)
        if word.chances or i in sure.gaps
    )
    gaps = {i: filled for i, filled in lost if filled}
    spaces = {i for i, word in enumerate(words) if word.space and given(word.space, seen.spaced) > enough}
    return gaps, spaces.union(sure.spaces)


def _lost(word: Word, rate: float, sure: Iterable[int]) -> list[int]:
    """The gaps to fill, without those that would leave a single letter but «و» between two half-spaces."""
    lost = {gap: share for gap, share in word.chances.items() if given(share, rate) > _ENOUGH}
    lost.update(dict.fromkeys(sure, 1.0))
    for gap in sorted(lost):
        for near in (gap - 1, gap + 1):
            alone = word.letters[max(gap, near)] != "و"
            if gap in lost and alone and (near in word.kept or lost.get(near, 0.0) > lost[gap]):
                del lost[gap]
    return sorted(lost)
