"""The newsroom's own spelling: what an approved text teaches, and what follows from it.

A word is known by its letters without half-spaces and blanks; its spelling says where those stand: «پیش‌بینی»,
«پیش بینی», «پیشبینی». Each approved story says once how it spells a word; how many stories do decides.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log
from typing import Final

from bot.news.spelling import halfspace
from bot.news.spelling.halfspace import Settled
from bot.news.spelling.halfspace.letters import LONGEST, NON_JOINING, ZWNJ, Word, words_of

type Spellings = Mapping[str, int]  # of one word: in how many stories each stands

_ENOUGH, _RATIO = 3, 4  # stories; and times as many as any other spelling has
_MOST = 30  # stories that count: an old habit is unlearnt in as few
_FEW, _LIMIT = 0.3, 2.5  # stories that are as good as seen on both sides; logits
_REMEMBERED = 20_000  # words, and pairs
_UNLEARNT = 2  # what a spelling loses by a story that has another


@dataclass(frozen=True, kw_only=True)
class Own:
    """What approved stories have settled: words by their letters, pairs by «left right»."""

    gaps: Mapping[str, frozenset[int]]
    pairs: Mapping[str, float]  # how much speaks for a half-space between the two, in logits


NOTHING = Own(gaps={}, pairs={})


def taught(text: str) -> dict[str, set[str]]:
    """How an approved text spells each word that may be spelled in more ways than one, by its letters."""
    found: dict[str, set[str]] = {}
    words = words_of(text)
    for word in words:
        for letters, spelling in _of_word(word):
            found.setdefault(letters, set()).add(spelling)
    for word, after in pairwise(words):
        if word.follows:
            left, right = word.parts()[-1], after.parts()[0]
            if _is_pair(left, right):
                found.setdefault(left + right, set()).add(f"{left} {right}")
    return found


def asked(text: str) -> frozenset[str]:
    """The letters of all words and pairs of a text on which something may have been settled."""
    words = words_of(text)
    letters = {word.letters for word in words if 2 < len(word.letters) <= LONGEST}
    pairs = ((word.parts()[-1], after.parts()[0]) for word, after in pairwise(words) if word.follows)
    within = (pair for word in words if word.kept for pair in pairwise(word.parts()))
    return frozenset(letters).union(
        left + right for left, right in (*pairs, *within) if _is_pair(left, right)
    )


def learnt(before: Spellings, story: Iterable[str]) -> dict[str, int]:
    """The counts of a word's spellings once a story that spells it so was approved; none is nought."""
    has = set(story)
    after = {one: count - _UNLEARNT for one, count in before.items() if one not in has and count > _UNLEARNT}
    return after | {one: min(before.get(one, 0) + 1, _MOST) for one in has}


def settles(spellings: Spellings) -> bool:
    """Whether so many stories have one spelling, and so few another, that it rules."""
    best = max(spellings.values(), default=0)
    return best >= _ENOUGH and best >= _RATIO * (sum(spellings.values()) - best)


def decided(counts: Mapping[str, Spellings]) -> Own:
    """What follows from the counts, by letters: words where one spelling rules, and what tips pairs."""
    gaps: dict[str, frozenset[int]] = {}
    pairs: dict[str, float] = {}
    for letters, spellings in counts.items():
        if max(spellings.values(), default=0) < _ENOUGH:  # most of them: it settles nothing
            continue
        best = max(spellings, key=lambda one: spellings[one], default="")
        rest = sum(count for one, count in spellings.items() if one != best)
        rules = best and spellings[best] >= _ENOUGH and spellings[best] >= _RATIO * rest
        if rules and " " not in best:
            gaps[letters] = frozenset(_places(best.split(ZWNJ)))
        for left, right in {tuple(one.replace(" ", ZWNJ).split(ZWNJ)) for one in spellings if _is_two(one)}:
            joined, apart = (spellings.get(left + sign + right, 0) for sign in (ZWNJ, " "))
            if max(joined, apart) >= max(_ENOUGH, _RATIO * min(joined, apart)):
                tips = log((joined + _FEW) / (apart + _FEW))
                pairs[f"{left} {right}"] = max(-_LIMIT, min(_LIMIT, tips))
    return Own(gaps=gaps, pairs=pairs)


def _is_two(spelling: str) -> bool:
    return spelling.count(" ") + spelling.count(ZWNJ) == 1


def settled(own: Own) -> Settled:
    """As the restorer is told it."""
    return Settled(own.gaps, own.pairs)


def _of_word(word: Word) -> Iterator[tuple[str, str]]:
    if len(word.letters) > LONGEST:
        return
    if word.kept:
        if not all(halfspace.is_marked(word.letters, gap) for gap in word.kept):
            yield word.letters, ZWNJ.join(word.parts())
        for left, right in pairwise(word.parts()):
            if _is_pair(left, right):
                yield left + right, left + ZWNJ + right
    elif _may_hold(word.letters):
        yield word.letters, word.letters


# Three times a story is asked for nearly the same words: as it comes, with another headline, once approved.
_may_hold: Final = lru_cache(maxsize=_REMEMBERED)(halfspace.may_hold)


@lru_cache(maxsize=_REMEMBERED)
def _is_pair(left: str, right: str) -> bool:
    """Whether the two could be a compound: no ending, no verb with its sign."""
    if len(left) + len(right) > LONGEST or left[-1] in NON_JOINING:
        return False
    return halfspace.may_join(left, right)


def _places(parts: list[str]) -> Iterator[int]:
    at = -1
    for part in parts[:-1]:
        at += len(part)
        yield at
