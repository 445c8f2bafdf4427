"""Half-spaces put back into a paste: its words and spaces weighed, filled, and weighed again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from bot.news.spelling.halfspace import between, certain, context, inner, lists
from bot.news.spelling.halfspace.both_ways import written_both_ways
from bot.news.spelling.halfspace.letters import LONGEST, NON_JOINING, Word, words_of
from bot.news.spelling.halfspace.paste import refilled
from bot.news.spelling.halfspace.scoring import Weights, chance, logit
from bot.news.spelling.halfspace.tables import Chances, Tables
from bot.news.spelling.halfspace.trees import Node, total
from bot.news.spelling.halfspace.verdict import TELLING, Verdict, seen_damage

_OWN = 0.998  # for a form the paste itself, or the newsroom, writes elsewhere
_LOOSE_PLURAL = 0.98  # «کشور ها»: nobody means the word «ها»
_MARKED_MORE = 3.5  # logits; weights learnt from few slips hold back where there is no other way to write
_HOPELESS = -1.0  # logits of two pieces, neither of which is apt to hold together with what it is beside
_PASSES = 8  # what is put back may tell of more; two passes are nearly always enough
_REMEMBERED = 60_000  # words
_UNSEEN = 0.02  # the chance of a pair that is not looked at, where stories have it
_TIPPED = 0.95  # what stories can make of it: copy that lost nothing keeps its own way
_UNASKED = float("nan")
_NOTHING: Chances = {}

type Gaps = Mapping[str, frozenset[int]]  # by letters: where a word has its half-spaces


class Settled(NamedTuple):
    """What the newsroom has decided, whatever weights say."""

    gaps: Gaps
    pairs: Mapping[str, float]  # "left right": what speaks for a half-space between the two, in logits


@dataclass(kw_only=True)
class Restorer:
    """The tables, the weights, and what was worked out for words before."""

    tables: Tables
    inside: Weights
    spaces: Weights
    around: Weights
    inside_trees: list[Node]  # asked where the weights doubt
    spaces_trees: list[Node]
    _words: dict[str, Chances] = field(default_factory=dict)
    worked: Mapping[str, Chances] = field(default_factory=dict)  # what is shipped worked out, to save time
    _spaces: dict[tuple[str, str, str, str], float] = field(default_factory=dict)
    _pairs: dict[str, float | None] = field(default_factory=dict)
    _lefts: dict[str, float] = field(default_factory=dict)
    _rights: dict[str, float] = field(default_factory=dict)

    def restored(self, text: str, decided: Settled, *, habits: bool = False) -> str:
        """The text with its half-spaces, those of words and pairs that are `decided` as that says.

        `habits`: whether compounds that stand apart by habit are joined too.
        """
        words = words_of(text)
        fresh: Sequence[int] = range(len(words))  # the words not looked at since they changed
        own: Gaps = {}
        known = decided.gaps
        for _ in range(_PASSES):
            before, own = own, self._shown(words)
            changed = {
                letters for letters in before.keys() | own.keys() if before.get(letters) != own.get(letters)
            }
            fresh = _to_weigh(words, fresh, changed)
            self._weigh(text, words, fresh, known, own, habits=habits)
            settled = {**own, **known}
            self._weigh_spaces(words, fresh, settled, decided.pairs)
            seen = seen_damage(words, habits=habits)
            sure = written_both_ways(words, seen, self.tables.plain, settled)
            gaps, spaces = Verdict(seen, habits=habits).to_fill(words, sure)
            if not gaps and not spaces:
                break
            text, words, fresh = refilled(text, words, gaps, spaces)
        return text

    def _shown(self, words: list[Word]) -> Gaps:
        """Where the paste itself has half-spaces, but for slips."""
        kept = (word for word in words if word.kept)
        return {word.letters: word.kept for word in kept if not certain.is_typed_so(word, self.tables)}

    def _weigh(
        self, text: str, words: list[Word], fresh: Sequence[int], known: Gaps, own: Gaps, *, habits: bool
    ) -> None:
        asked: list[int] = []  # the few that have a half-space or a chance of one
        market = habits and not certain.MARKET.isdisjoint([word.letters for word in words])
        decided = own.keys() | known.keys()
        worked_out = self._words.get
        for i in fresh:
            word = words[i]
            letters = word.letters
            if word.kept or letters in decided:
                word.chances = self._settled(word, known.get(letters), own)
            else:
                chances = worked_out(letters)
                if chances is None:
                    chances = self.chances(letters)
                word.chances = chances
                if chances and habits:
                    word.chances = certain.with_care(letters, chances, self.tables, market=market)
            if word.chances or word.kept:
                asked.append(i)
            else:
                word.pieces = [letters]
        context.weigh(text, words, asked, self.around)
        for i in asked:
            words[i].pieces = _pieces(words[i])

    def _settled(self, word: Word, known: frozenset[int] | None, own: Gaps) -> Chances:
        if known is not None:
            return dict.fromkeys(known - word.kept, 1.0)
        chances = self.chances(word.letters)
        if word.kept:
            left = {gap: share for gap, share in chances.items() if gap not in word.kept}
            return certain.within_words(word, left, self.tables) if left else left
        if word.letters in own:
            return {**chances, **dict.fromkeys(own[word.letters], _OWN)}
        return chances

    def chances(self, letters: str) -> Chances:
        """The chance of a half-space in each gap of a word, had it lost all of them."""
        chances = self._words.get(letters)
        if chances is None:
            chances = certain.chances(letters, self.tables)
            if chances is None:
                chances = certain.joined(letters, self._weighed(letters))
            _remember(self._words, letters, chances, len(letters))
        return chances

    def _weighed(self, letters: str) -> Chances:
        chances = self.worked.get(letters)
        if chances is None:
            # A known word that was worked out and is not there has no chance in any gap.
            known = self.worked and self.tables.knows(letters)
            chances = _NOTHING if known else self.worked_out(letters)
        return chances

    def worked_out(self, letters: str) -> Chances:
        """The same from the weights, whatever was worked out before."""
        places = inner.gaps(letters) if 2 < len(letters) <= LONGEST else []
        if not places:
            return {}
        shares = self._inside(letters, places)
        chances = {gap: share for gap, share in zip(places, shares, strict=True) if share > TELLING}
        return lists.consulted(letters, chances, self.tables)

    def _inside(self, letters: str, places: list[int]) -> list[float]:
        logits = [self.inside.logit(row) for row in inner.features(letters, places, self.tables)]
        shares = self.inside.along(logits)
        if not any(inner.is_doubted(share) for share in shares):
            return shares
        rows = inner.numbers(letters, places, logits, shares, self.tables)
        return [
            chance(total(self.inside_trees, row)) if inner.is_doubted(share) else share
            for share, row in zip(shares, rows, strict=True)
        ]

    def _weigh_spaces(
        self, words: list[Word], fresh: Sequence[int], settled: Gaps, pairs: Mapping[str, float]
    ) -> None:
        for i in _near(fresh, len(words) - 1):
            word = words[i]
            # After a letter that joins nothing a half-space shows nothing: half of all words end so.
            asked = word.follows and (
                word.letters[-1] not in NON_JOINING or words[i + 1].letters in inner.PLURAL
            )
            word.space = word.alone = self._alone(words, i) if asked else 0.0
        # Of long ones no beginnings: their number times their length would be kept.
        whole = ((letters, gaps) for letters, gaps in settled.items() if len(letters) <= LONGEST)
        begins = {letters[: gap + 1] for letters, gaps in whole for gap in gaps}
        if begins or pairs:
            begins.update(pair.partition(" ")[0] for pair in pairs)
            for word, after in pairwise(words):
                word.space = word.alone
                if word.follows and word.pieces[-1] in begins:
                    gap = len(word.letters) - 1
                    if gap in settled.get(word.letters + after.letters, ()):
                        word.space = _OWN
                    tips = pairs.get(f"{word.pieces[-1]} {after.pieces[0]}")
                    if tips is not None and word.letters[-1] not in NON_JOINING:
                        share = max(word.space, _UNSEEN)
                        word.space = min(chance(logit(share) + tips), max(share, _TIPPED))

    def _alone(self, words: list[Word], i: int) -> float:
        """The chance of the space behind word i, whatever the paste has elsewhere."""
        word, after = words[i], words[i + 1]
        if word.letters[-1] in NON_JOINING:
            loose = after.letters in inner.PLURAL and _is_noun(word.pieces[-1], self.tables)
            return _LOOSE_PLURAL if loose else 0.0
        left, right = word.pieces[-1], after.pieces[0]
        pair = f"{left} {right}"
        alone = self._pairs.get(pair, _UNASKED)
        if alone is _UNASKED:
            alone = self._pair(pair, left, right)
            _remember(self._pairs, pair, alone, len(pair))
        if alone is None and not certain.may_be_letters(word, after):  # nearly all
            return 0.0
        sure = certain.space(words, i, self.tables)
        if sure is None:
            return 0.0 if alone is None else self._space(words, i, left, right, alone)
        return sure

    def _space(self, words: list[Word], i: int, left: str, right: str, alone: float) -> float:
        here, there = words[i].pieces, words[i + 1].pieces
        before = here[-2] if len(here) > 1 else words[i - 1].pieces[-1] if i and words[i - 1].follows else ""
        after = there[1] if len(there) > 1 else words[i + 2].pieces[0] if words[i + 1].follows else ""
        key = (before, left, right, after)
        share = self._spaces.get(key)
        if share is None:
            share = self._between(*key, alone)
            _remember(self._spaces, key, share, sum(map(len, key)))
        return share

    def _between(self, before: str, left: str, right: str, after: str, alone: float) -> float:
        if lists.is_full_name(before, left, right):
            return 0.0
        logit = alone + self.spaces.logit(between.pair_names(before, left, right, after, self.tables))
        if between.is_marked(left, right):
            return chance(logit + _MARKED_MORE)
        if between.is_doubted(logit):
            return chance(total(self.spaces_trees, between.numbers(left, right, logit, self.tables)))
        return chance(logit)

    def _pair(self, pair: str, left: str, right: str) -> float | None:
        """What each of the two by itself speaks for a half-space between them; None: no more is asked."""
        if not between.may_join(left, right, self.tables) or max(len(left), len(right)) > LONGEST:
            return None
        alone = self._left(left) + self._right(right)
        if alone < _HOPELESS and not between.is_written(pair, left, right, self.tables):
            return None
        return alone

    def _left(self, piece: str) -> float:
        logit = self._lefts.get(piece)
        if logit is None:
            logit = self.spaces.logit(between.left_names(piece, self.tables))
            _remember(self._lefts, piece, logit, len(piece))
        return logit

    def _right(self, piece: str) -> float:
        logit = self._rights.get(piece)
        if logit is None:
            logit = self.spaces.logit(between.right_names(piece, self.tables))
            _remember(self._rights, piece, logit, len(piece))
        return logit


def _remember[K, T](store: dict[K, T], key: K, thing: T, letters: int) -> None:
    """Keep what was worked out for a key of so many letters."""
    if letters > 4 * LONGEST:  # no words: a few such would take all the memory
        return
    if len(store) >= _REMEMBERED:
        store.clear()
    store[key] = thing


def _to_weigh(words: list[Word], fresh: Sequence[int], changed: set[str]) -> Sequence[int]:
    """The words to weigh anew: changed ones, those written elsewhere, those read by a changed neighbour."""
    if len(fresh) == len(words):
        return fresh
    near = {i + step for i in fresh for step in (-1, 1)}
    again = (
        i
        for i, word in enumerate(words)
        if word.letters in changed or (i in near and context.is_open(word.letters))
    )
    return sorted({*fresh, *again})


def _near(fresh: Sequence[int], last: int) -> Iterable[int]:
    """The words whose space is to be weighed anew: two pieces before it and two after it matter."""
    if len(fresh) > last:
        return range(last)
    return {near for i in fresh for near in (i - 2, i - 1, i, i + 1) if 0 <= near < last}


def _pieces(word: Word) -> list[str]:
    """The word cut at its half-spaces and where it most likely lost one."""
    out, start = [], 0
    for gap in sorted({*word.kept, *(gap for gap, share in word.chances.items() if share > 0.5)}):
        out.append(word.letters[start : gap + 1])
        start = gap + 1
    return [*out, word.letters[start:]]


def _is_noun(piece: str, tables: Tables) -> bool:
    return piece[-1] in NON_JOINING and tables.code(piece) > 0
