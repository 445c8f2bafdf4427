"""Half-spaces put back into a paste: words and spaces weighed, the damage judged, the gaps filled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from bot.news.halfspace import between, context, damage, inner, lists
from bot.news.halfspace.letters import LONGEST, NON_JOINING, ZWNJ, Word, words_of
from bot.news.halfspace.scoring import Weights
from bot.news.halfspace.tables import Chances, Tables

_ENOUGH = 0.45  # the chance from which on a half-space is put back
_TELLING = 0.005  # a smaller chance is none
_OWN = 0.998  # for a form the paste itself, or the newsroom, writes elsewhere
_LOOSE_PLURAL = 0.98  # «کشور ها»: nobody means the word «ها»
_HOPELESS = -2.0  # logits of two pieces, neither of which is apt to hold together with what it is beside
_PASSES = 8  # what is put back may tell of more; two passes are nearly always enough
_REMEMBERED = 60_000  # words


@dataclass(kw_only=True)
class Restorer:
    """The tables, the weights, and what was worked out for words before."""

    tables: Tables
    inside: Weights
    spaces: Weights
    around: Weights
    _words: dict[str, Chances] = field(default_factory=dict)
    worked: Mapping[str, Chances] = field(default_factory=dict)  # what is shipped worked out, to save time
    _spaces: dict[tuple[str, str, str, str], float] = field(default_factory=dict)
    _lefts: dict[str, float] = field(default_factory=dict)
    _rights: dict[str, float] = field(default_factory=dict)

    def restored(self, text: str, known: Mapping[str, frozenset[int]]) -> str:
        """The text with its half-spaces; `known` gives the gaps of words whose spelling is settled."""
        for _ in range(_PASSES):
            after = self._once(text, known)
            if after == text:
                break
            text = after
        return text

    def _once(self, text: str, known: Mapping[str, frozenset[int]]) -> str:
        words = words_of(text)
        if not words:
            return text
        own = {word.letters: word.kept for word in words if word.kept}
        for word in words:
            word.chances = self._settled(word, known.get(word.letters), own)
        context.weigh(text, words, self.around)
        self._weigh_spaces(words, {**own, **known})
        return _filled(text, words, _damage(words))

    def _settled(
        self, word: Word, known: frozenset[int] | None, own: Mapping[str, frozenset[int]]
    ) -> Chances:
        if known is not None:
            return dict.fromkeys(known - word.kept, 1.0)
        chances = self.chances(word.letters)
        if word.kept:
            return {gap: share for gap, share in chances.items() if gap not in word.kept}
        if word.letters in own:
            return {**chances, **dict.fromkeys(own[word.letters], _OWN)}
        return chances

    def chances(self, letters: str) -> Chances:
        """The chance of a half-space in each gap of a word, had it lost all of them."""
        chances = self.worked.get(letters)
        if chances is None:
            chances = self._words.get(letters)
        if chances is None:
            chances = self._worked_out(letters)
            _remember(self._words, letters, chances)
        return chances

    def _worked_out(self, letters: str) -> Chances:
        places = inner.gaps(letters) if 2 < len(letters) <= LONGEST else []
        if not places:
            return {}
        shares = self.inside.chances(inner.features(letters, places, self.tables))
        chances = {gap: share for gap, share in zip(places, shares, strict=True) if share > _TELLING}
        return lists.consulted(letters, chances, self.tables)

    def _weigh_spaces(self, words: list[Word], settled: Mapping[str, frozenset[int]]) -> None:
        pieces = [_pieces(word) for word in words]
        run: list[tuple[Word, float]] = []
        for i, word in enumerate(words[:-1]):
            logit = self._space(words, pieces, i) if word.follows else None
            if logit is not None:
                run.append((word, logit))
                continue
            if run:
                self._settle(run)
                run = []
            if word.follows and _is_loose_plural(pieces[i][-1], words[i + 1].letters, self.tables):
                word.space = _LOOSE_PLURAL
        self._settle(run)
        for word, after in pairwise(words):
            if word.follows and len(word.letters) - 1 in settled.get(word.letters + after.letters, ()):
                word.space = _OWN

    def _space(self, words: list[Word], pieces: list[list[str]], i: int) -> float | None:
        here, there = pieces[i], pieces[i + 1]
        left, right = here[-1], there[0]
        if max(len(left), len(right)) > LONGEST or not between.may_join(left, right, self.tables):
            return None
        alone = self._left(left) + self._right(right)
        if alone < _HOPELESS and not between.is_written(left, right, self.tables):
            return None
        before = here[-2] if len(here) > 1 else pieces[i - 1][-1] if i and words[i - 1].follows else ""
        after = there[1] if len(there) > 1 else pieces[i + 2][0] if words[i + 1].follows else ""
        key = (before, left, right, after)
        logit = self._spaces.get(key)
        if logit is None:
            logit = alone + self.spaces.logit(between.pair_names(*key, self.tables))
            _remember(self._spaces, key, logit)
        return logit

    def _left(self, piece: str) -> float:
        logit = self._lefts.get(piece)
        if logit is None:
            logit = self.spaces.logit(between.left_names(piece, self.tables))
            _remember(self._lefts, piece, logit)
        return logit

    def _right(self, piece: str) -> float:
        logit = self._rights.get(piece)
        if logit is None:
            logit = self.spaces.logit(between.right_names(piece, self.tables))
            _remember(self._rights, piece, logit)
        return logit

    def _settle(self, run: list[tuple[Word, float]]) -> None:
        if run:
            for (word, _), share in zip(run, self.spaces.along([logit for _, logit in run]), strict=True):
                word.space = share


def _remember[K, T](store: dict[K, T], key: K, thing: T) -> None:
    if len(store) >= _REMEMBERED:
        store.clear()
    store[key] = thing


def _pieces(word: Word) -> list[str]:
    """The word cut at its half-spaces and where it most likely lost one."""
    if not word.kept and not word.chances:
        return [word.letters]
    if not word.kept and not word.chances:
        return [word.letters]
    out, start = [], 0
    for gap in sorted({*word.kept, *(gap for gap, share in word.chances.items() if share > 0.5)}):
        out.append(word.letters[start : gap + 1])
        start = gap + 1
    return [*out, word.letters[start:]]


def _is_loose_plural(left: str, right: str, tables: Tables) -> bool:
    return left[-1] in NON_JOINING and right in inner.PLURAL and tables.code(left) > 0


def _damage(words: list[Word]) -> damage.Damage:
    fused = [
        min(share, damage.MARKED if inner.is_marked(word.letters, gap) else damage.STYLE)
        for word in words
        for gap, share in word.chances.items()
    ]
    spaced = [
        min(word.space, damage.MARKED if _is_marked(word, after) else damage.STYLE)
        for word, after in pairwise(words)
        if word.space > _TELLING
    ]
    return damage.seen_in(fused, spaced, sum([len(word.kept) for word in words]))


def _is_marked(word: Word, after: Word) -> bool:
    return after.letters in inner.ENDINGS or word.letters in inner.VERBAL


def _filled(text: str, words: list[Word], seen: damage.Damage) -> str:
    out = []
    done = 0
    for word in words:
        for gap in _lost(word, seen.deleted) if word.chances else ():
            out.append(text[done : word.place(gap)] + ZWNJ)
            done = word.place(gap)
        if word.space and damage.given(word.space, seen.spaced) > _ENOUGH:
            out.append(text[done : word.end] + ("" if word.letters[-1] in NON_JOINING else ZWNJ))
            done = word.end + 1
    out.append(text[done:])
    return "".join(out)


def _lost(word: Word, rate: float) -> list[int]:
    """The gaps to fill, without those that would leave a single letter but «و» between two half-spaces."""
    lost = {gap: share for gap, share in word.chances.items() if damage.given(share, rate) > _ENOUGH}
    for gap in sorted(lost):
        for near in (gap - 1, gap + 1):
            alone = word.letters[max(gap, near)] != "و"
            if gap in lost and alone and (near in word.kept or lost.get(near, 0.0) > lost[gap]):
                del lost[gap]
    return sorted(lost)
