"""From the chances of all gaps of a paste: what befell it, and which gaps to fill; it knows no weights."""

from collections.abc import Iterable

from bot.news.grammar.given_names import GIVEN_NAMES
from bot.news.spelling.halfspace.between import is_marked as is_marked_space
from bot.news.spelling.halfspace.both_ways import Sure
from bot.news.spelling.halfspace.certain import with_bound
from bot.news.spelling.halfspace.damage import MARKED, STYLE, Both, Damage, Seen, given, seen_in
from bot.news.spelling.halfspace.inner import PLURAL, VERBAL, is_marked
from bot.news.spelling.halfspace.letters import LONGEST, Word

TELLING = 0.005  # a smaller chance is none
_ENOUGH = 0.48  # the chance from which on a half-space is put back
_ENOUGH_BY_HABIT = 0.42  # … in place of a space in a compound, where those are joined by habit
_SLIP = 0.75  # … whatever the rest of the copy tells: where careful copy leaves such a space it is a slip
_SLIP_WITHIN = 0.8  # … of a plural or a verb written as one
_ENOUGH_BETWEEN = 0.35  # … in place of a space, the surer it is that spaces are the damage


def seen_damage(words: list[Word], *, habits: bool) -> Both:
    """What befell the two kinds of gaps; `habits` as `damage.seen_in` has it."""
    marked, compounds = Seen(fused=[], spaced=[], kept=0), Seen(fused=[], spaced=[], kept=0)
    for word in [word for word in words if word.chances or word.kept]:  # few have any
        for gap, share in word.chances.items():
            if is_marked(word.letters, gap):
                marked.fused.append(min(share, MARKED))
            else:
                compounds.fused.append(min(share, STYLE))
        for gap in word.kept if len(word.letters) <= LONGEST else ():  # what is longer is no word
            (marked if is_marked(word.letters, gap) else compounds).kept += 1
    _see_spaces(words, marked, compounds)
    return seen_in(marked, compounds, habits=habits)


def _see_spaces(words: list[Word], marked: Seen, compounds: Seen) -> None:
    for i in [i for i, word in enumerate(words) if word.space > TELLING]:
        word, after = words[i], words[i + 1]
        if is_marked_space(word.letters, after.letters):
            marked.spaced.append(min(word.space, MARKED))
        else:
            compounds.spaced.append(min(word.space, STYLE))


class Verdict:
    """What is done about each gap, given the damage; `habits` as `damage.seen_in` has it."""

    def __init__(self, seen: Both, *, habits: bool) -> None:
        self._seen = seen
        self._habits = habits

    def to_fill(self, words: list[Word], sure: Sure) -> tuple[dict[int, list[int]], set[int]]:
        """By word: the gaps to fill; and the words after which a half-space is to stand for the space."""
        lost = (
            (i, self._lost(word, sure.gaps.get(i, ())))
            for i, word in enumerate(words)
            if word.chances or i in sure.gaps
        )
        gaps = {i: filled for i, filled in lost if filled}
        spaces = {i for i, word in enumerate(words) if word.space and self._is_lost(word, words[i + 1])}
        return gaps, spaces.union(sure.spaces)

    def _is_lost(self, word: Word, after: Word) -> bool:
        if is_marked_space(word.letters, after.letters):
            return given(word.space, self._seen.marked.spaced) > _enough_between(self._seen.marked)
        rate = self._seen.compounds.spaced
        if self._habits:
            slip = word.space > _SLIP and word.letters not in GIVEN_NAMES
            return slip or given(with_bound(after.pieces[0], word.space), rate) > _ENOUGH_BY_HABIT
        return given(word.space, rate) > _enough_between(self._seen.compounds)

    def _is_lost_within(self, word: Word, gap: int, share: float) -> bool:
        letters = word.letters
        if is_marked(letters, gap):
            whole = letters[gap + 1 :] in PLURAL or letters[: gap + 1] in VERBAL
            slip = self._habits and whole and not word.kept and share > _SLIP_WITHIN
            return slip or given(share, self._seen.marked.deleted) > _ENOUGH
        return given(share, self._seen.compounds.deleted) > _ENOUGH

    def _lost(self, word: Word, sure: Iterable[int]) -> list[int]:
        """The gaps to fill, none that would leave a single letter but «و» between two half-spaces."""
        lost = {gap: share for gap, share in word.chances.items() if self._is_lost_within(word, gap, share)}
        lost.update(dict.fromkeys(sure, 1.0))
        for gap in sorted(lost):
            for near in (gap - 1, gap + 1):
                alone = word.letters[max(gap, near)] != "و"
                if gap in lost and alone and (near in word.kept or lost.get(near, 0.0) > lost[gap]):
                    del lost[gap]
        return sorted(lost)


def _enough_between(kind: Damage) -> float:
    return _ENOUGH + (_ENOUGH_BETWEEN - _ENOUGH) * kind.spaced
