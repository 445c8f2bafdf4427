"""Half-spaces lost on the way put back where a good copy editor would write them; letters never change.

A paste is looked at as a whole first: half-spaces may have been deleted («سیاستها»), turned into spaces
(«سیاست ها»), both, or neither, and each gap is then weighed in that light. docs/halfspace.md says what is
learnt and from what.
"""

from collections.abc import Mapping
from functools import cache, lru_cache

from bot.news.spelling.halfspace import between, stored
from bot.news.spelling.halfspace.inner import is_marked
from bot.news.spelling.halfspace.letters import folded, words_of
from bot.news.spelling.halfspace.lists import HAZM
from bot.news.spelling.halfspace.restore import Restorer, Settled
from bot.news.spelling.halfspace.tables import stems

__all__ = [
    "Settled",
    "is_careful",
    "is_marked",
    "is_verb",
    "is_word",
    "may_hold",
    "may_join",
    "often",
    "restored",
    "restored_with",
]

_NOTHING = Settled({}, {})
_NEVER = -24.0  # logits
_POSSIBLE = 0.02
_SLIPS = 2  # times that the press may have run two words together


@cache
def restorer() -> Restorer:
    """All that is known of half-spaces; the first call loads it, in half a second."""
    inside, spaces, around = (stored.load_weights(stored.FOLDER / name) for name in stored.WEIGHTS)
    inside_trees, spaces_trees = (stored.load_trees(stored.FOLDER / name) for name in stored.TREES)
    worked = stored.load_worked(stored.FOLDER / stored.WORKED)
    return Restorer(
        tables=stored.load_tables(),
        inside=inside,
        spaces=spaces,
        around=around,
        inside_trees=inside_trees,
        spaces_trees=spaces_trees,
        worked=worked,
    )


def restored(text: str) -> str:
    """One paste, of any number of lines, with the half-spaces it lost."""
    return restorer().restored(text, _NOTHING)


def restored_with(
    text: str,
    *,
    known: Mapping[str, str] | None,
    apart: frozenset[str] = frozenset(),
    own: Settled | None = None,
    habits: bool = False,
) -> str:
    """The same, with words whose spelling is settled: by the house, by its archive.

    Only the forms are looked at, not the keys: «آن‌ها» says where the word gets its half-space if it lost
    it, «آنها» that it gets none. A form of several words is passed over; pairs of words that are never
    joined are `apart`. `habits`: whether compounds are joined that stand apart by habit, in copy that lost
    nothing. `own` is what the newsroom's approved stories have settled.
    """
    decided = _settled(tuple(known.values()) if known else (), apart)
    if own:  # the house's tables go before what its stories taught
        decided = Settled({**own.gaps, **decided.gaps}, {**own.pairs, **decided.pairs})
    return restorer().restored(text, decided, habits=habits)


@lru_cache(maxsize=16)  # a newsroom has one house style
def _settled(forms: tuple[str, ...], apart: frozenset[str]) -> Settled:
    single = (found[0] for found in map(words_of, forms) if len(found) == 1)
    gaps = {word.letters: word.kept for word in single}
    pairs = dict.fromkeys(map(folded, apart), _NEVER)
    return Settled({**gaps, **{pair.replace(" ", ""): frozenset[int]() for pair in pairs}}, pairs)


def often(word: str, times: int = 40) -> bool:
    """Whether the press writes this word, without half-spaces, so many times."""
    return restorer().tables.common.get(folded(word), 0) >= times


def is_word(word: str) -> bool:
    """Whether anybody has it, or what it is without an ending, as one word."""
    tables = restorer().tables
    return any(
        form in tables.plain
        or form in tables.joined
        or tables.seen(form)[0] > 1
        or tables.common.get(form, 0) > _SLIPS
        for form in [folded(word), *_without_ending(folded(word))]
    )


def is_careful(word: str) -> bool:
    """Whether the careful list or the press has it so; other lists hold words that only ran together."""
    tables, letters = restorer().tables, folded(word)
    return bool(tables.plain.get(letters, 0) & HAZM) or tables.seen(letters)[0] > _SLIPS


def is_listed(word: str) -> bool:
    """Whether the careful list has it: everyday words, and few names."""
    return bool(restorer().tables.plain.get(folded(word), 0) & HAZM)


def is_verb(word: str) -> bool:
    return folded(word) in restorer().tables.verbs


def _without_ending(word: str) -> list[str]:
    """«م», «ش», «ت» alone tell too little: «وعدم» is no «وعد»."""
    return [stem for stem in stems(word) if len(word) - len(stem) > 1 or word[-1] == "ی"]


def may_hold(letters: str) -> bool:
    """Whether a word of these letters might have a half-space in a compound, by what the weights say."""
    chances = restorer().chances(letters)
    return any(share > _POSSIBLE and not is_marked(letters, gap) for gap, share in chances.items())


def may_join(left: str, right: str) -> bool:
    """Whether a half-space between the two might make a compound of them."""
    return not between.is_marked(left, right) and between.may_join(left, right, restorer().tables)
