"""Half-spaces lost on the way put back where a good copy editor would write them; letters never change.

A paste is looked at as a whole first: half-spaces may have been deleted («سیاستها»), turned into spaces
(«سیاست ها»), both, or neither, and each gap is then weighed in that light. docs/halfspace.md says what is
learnt and from what.
"""

from collections.abc import Mapping
from functools import cache, lru_cache

from bot.news.spelling.halfspace import stored
from bot.news.spelling.halfspace.letters import words_of
from bot.news.spelling.halfspace.restore import Restorer

__all__ = ["restored", "restored_with"]

_NOTHING: Mapping[str, frozenset[int]] = {}


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


def restored_with(text: str, *, known: Mapping[str, str] | None) -> str:
    """The same, with words whose spelling is settled: by the house, by its archive.

    Only the forms are looked at, not the keys: «آن‌ها» says where the word gets its half-space if it lost
    it, «آنها» that it gets none. A form of several words is passed over.
    """
    return restorer().restored(text, _settled(tuple(known.values())) if known else _NOTHING)


@lru_cache(maxsize=16)  # a newsroom has one house style
def _settled(forms: tuple[str, ...]) -> Mapping[str, frozenset[int]]:
    single = (found[0] for found in map(words_of, forms) if len(found) == 1)
    return {word.letters: word.kept for word in single}
