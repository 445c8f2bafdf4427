"""What is known of words: which exist, which hold half-spaces, how the press has them; it decides nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.news.halfspace.letters import ZWNJ

type Chances = dict[int, float]  # of a half-space in a gap
type Places = dict[int, int]  # a gap, by the letter before it, and how often or by whom it is written


def opened(form: str) -> tuple[str, list[int]]:
    """A form's letters without its half-spaces, and the gaps where they stood."""
    pieces = form.split(ZWNJ)
    places, at = [], -1
    for piece in pieces[:-1]:
        at += len(piece)
        places.append(at)
    return "".join(pieces), places


@dataclass(frozen=True, kw_only=True, eq=False)
class Tables:
    """All keys are folded letters without half-spaces."""

    plain: dict[
        str, int
    ]  # a word listed without half-spaces: a code of who lists it and how frequent they say it is
    joined: dict[str, Places]  # a word listed with half-spaces: bits of who puts them there
    counts: dict[str, tuple[int, Places]]  # a word of the press: how often seen, how often with which gaps
    common: dict[str, int]  # a word without half-spaces: how often it is seen in any copy, careful or not
    pairs: dict[
        str, tuple[int, int]
    ]  # "left right": how often the press joins them, how often it leaves them apart
    verbs: frozenset[str]
    participles: frozenset[str]
    lefts: dict[str, int]  # what stands before a half-space in the press: in how many words
    rights: dict[str, int]
    listed_lefts: dict[str, int]
    listed_rights: dict[str, int]

    def code(self, word: str) -> int:
        code = self.plain.get(word, 0)
        return code + 64 if word in self.joined else code

    def seen(self, word: str) -> tuple[int, Places]:
        return self.counts.get(word, (0, {}))

    def level(self, word: str) -> int:
        """How common the word is, 0 to 9."""
        return min(9, self.common.get(word, 0).bit_length())

    def rest_class(self, word: str) -> str:
        if word in self.verbs:
            return "v"
        return "w" if self.code(word) else "-"


def tables(
    *,
    plain: dict[str, int],
    joined: dict[str, Places],
    counts: dict[str, tuple[int, Places]],
    common: dict[str, int],
    pairs: dict[str, tuple[int, int]],
    roots: Iterable[str],
) -> Tables:
    """The tables with what follows from them."""
    verbs, participles = conjugated(roots)
    usual = ((word, [g for g, k in gaps.items() if 2 * k > n]) for word, (n, gaps) in counts.items() if gaps)
    lefts, rights = parts_of(usual)
    listed_lefts, listed_rights = parts_of(joined.items())
    return Tables(
        plain=plain,
        joined=joined,
        counts=counts,
        common=common,
        pairs=pairs,
        verbs=verbs,
        participles=participles,
        lefts=lefts,
        rights=rights,
        listed_lefts=listed_lefts,
        listed_rights=listed_rights,
    )


def parts_of(forms: Iterable[tuple[str, Iterable[int]]]) -> tuple[dict[str, int], dict[str, int]]:
    """How many of the words have this before, and that after, a half-space."""
    lefts: dict[str, int] = {}
    rights: dict[str, int] = {}
    for word, places in forms:
        for place in places:
            left, right = word[: place + 1], word[place + 1 :]
            lefts[left] = lefts.get(left, 0) + 1
            rights[right] = rights.get(right, 0) + 1
    return lefts, rights


def conjugated(roots: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The finite forms and the participles of verbs given as `past#present`."""
    verbs: set[str] = set()
    participles: set[str] = set()
    for root in roots:
        past, _, present = root.partition("#")
        participles |= {past + "ه", "ن" + past + "ه"}
        stems = [past, "ن" + past]
        for stem in (present, present + "ی") if present.endswith(("ا", "و")) else (present,):
            stems += [stem, "ن" + stem, "ب" + stem]
        verbs |= {stem + ending for stem in stems for ending in ("م", "ی", "یم", "ید", "ند", "د")}
        verbs |= {past, "ن" + past}
    return frozenset(verbs), frozenset(participles)
