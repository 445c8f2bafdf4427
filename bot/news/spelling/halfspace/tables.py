"""What is known of words: which exist, which hold half-spaces, how the press has them; it decides nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.news.spelling.halfspace.letters import ZWNJ

type Chances = dict[int, float]  # of a half-space in a gap
type Places = dict[int, int]  # a gap, by the letter before it, and how often or by whom it is written
type Rates = dict[str, tuple[int, int]]  # how often the press joins, how often it leaves apart


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
    pairs: Rates  # "left right"
    verbs: frozenset[str]
    participles: frozenset[str]
    lefts: dict[str, int]  # what stands before a half-space in the press: in how many words
    rights: dict[str, int]
    listed_lefts: dict[str, int]
    listed_rights: dict[str, int]
    by_base: Rates  # `pairs`, the right one without its endings, all its forms together
    left_rates: Rates  # a piece beside what is after it
    right_rates: Rates  # beside what is before it

    def code(self, word: str) -> int:
        code = self.plain.get(word, 0)
        return code + 64 if word in self.joined else code

    def knows(self, word: str) -> bool:
        """Whether any list or the press has it, be it with half-spaces."""
        return word in self.plain or word in self.common or word in self.joined or word in self.counts

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
    pairs: Rates,
    roots: Iterable[str],
    left_rates: Rates,
    right_rates: Rates,
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
        by_base=by_base(pairs),
        left_rates=left_rates,
        right_rates=right_rates,
    )


def by_base(pairs: Rates) -> Rates:
    """The pairs once more under the right one and each of what is left of it without an ending."""
    out: Rates = {}
    for pair, (joined, apart) in pairs.items():
        left, _, right = pair.partition(" ")
        for base in (right, *stems(right)):
            key = f"{left} {base}"
            before = out.get(key, (0, 0))
            out[key] = (before[0] + joined, before[1] + apart)
    return out


_LOOSE = (
    "ی", "ان", "انی", "م", "ش", "ت", "ها", "های", "هایی", "شان", "اش", "ای", "تر", "ترین", "یی", "ند", "یم",
)  # fmt: skip


def stems(word: str) -> list[str]:
    """What is left of a word without the endings it may have."""
    if not word.endswith(_LOOSE):  # most words, and quicker
        return []
    return [word[: -len(e)] for e in _LOOSE if word.endswith(e) and len(word) - len(e) > 1]


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
