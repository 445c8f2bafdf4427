"""What each pair of neighbouring words is worth to a summary. Knows words and places, no meaning.

The worth is the chance that an editor would have put the pair into the lede of the story: a logistic model
over the headline, the place, how often the story says it, how rare its words are, and how often the press
puts them into a lede (`worth.tsv`, learnt by `tools/train_keypoints.py`).
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import chain, islice, pairwise
from math import exp, log
from typing import NamedTuple

type Pair = tuple[str, str]

# Everyday letters stand before `\w`, which takes four times as long to say what is one.
_PART = re.compile(r"[a-z0-9\u0621-\u063a\u0641-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc\w]+")
_SPELT = {
    **dict(zip("يىكئأإآؤۀة", "ییکیاااوهه", strict=True)),
    **dict(zip("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "0123456789" * 2, strict=True)),
    **dict.fromkeys(map(chr, (*range(0x64B, 0x653), 0x640, 0x654, 0x670)), ""),  # vowel marks, tatweel
    "_": " ",  # a letter for `\w`
}
_ODDLY_SPELT = re.compile(f"[{''.join(_SPELT)}]")
_NEAR_THE_FRONT = 8  # words


@dataclass(frozen=True, kw_only=True)
class Word:
    rarity: float = 1.0  # 0: in every story, 1: in none
    pull: float = 0.0  # how much oftener than other words it comes from a story into its lede, log odds


@dataclass(frozen=True, kw_only=True)
class Model:
    weights: tuple[float, ...]
    words: Mapping[str, Word]


_UNKNOWN = Word()


def fold(text: str) -> tuple[str, ...]:
    """The words of a text in one spelling, the halves of a word with a half-space apart."""
    if len(text) < 2 and not text.isalnum():  # what most often stands before and behind a reading
        return ()
    return tuple(_PART.findall(_spelt(text)))


def counted(text: str, places: Iterable[int]) -> dict[int, int]:
    """How many of the words of a text, as `fold` has them, stand before each of the places between words."""
    spelt = _spelt(text)
    starts = [found.start() for found in _PART.finditer(spelt)]
    same = len(spelt) == len(text)
    return {place: bisect_left(starts, place if same else len(_spelt(text[:place]))) for place in places}


def _spelt(text: str) -> str:
    return _ODDLY_SPELT.sub(lambda found: _SPELT[found.group()], text).casefold()


@lru_cache(maxsize=1)
def model() -> Model:
    """The shipped model: its weights on the first line, then a word a line, in thousandths."""
    head, *lines = resources.files("bot.news.summary").joinpath("worth.tsv").read_text("utf-8").splitlines()
    words = {}
    for line in lines:
        word, rarity, pull = line.split("\t")
        words[word] = Word(rarity=int(rarity) / 1000, pull=int(pull) / 1000)
    return Model(weights=tuple(map(float, head.split())), words=words)


def rarities(words: Iterable[str]) -> dict[str, float]:
    """How rare each word is; digits and words unknown to the press are the rarest."""
    listed = model().words
    return {word: listed.get(word, _UNKNOWN).rarity for word in words}


class _Weights(NamedTuple):
    """What a pair gains by each of its features, as `describe` has them."""

    base: float
    titled_pair: float
    titled: float
    titled_rarity: float
    times: float
    nearness: float
    first: float
    place: float
    rarities: float
    rarest: float
    spread: float
    length: float
    pull: float
    told: float
    told_nearness: float
    front: float


def worths(headline: Sequence[str], sentences: Sequence[Sequence[str]]) -> dict[Pair, float]:
    """The worth of each pair of neighbours in the folded sentences, 0 to 1.

    The model over `describe`, but what a word or a place adds is worked out once for all its pairs.
    """
    learnt = model()
    gain = _Weights(*learnt.weights)
    titled, titled_pairs = set(headline), set(pairwise(headline))
    of_both, of_rarest = gain.rarities, gain.rarest
    telling = [_share(titled, sentence) for sentence in sentences]
    added = _added(titled, sentences, learnt)
    found: dict[Pair, float] = {}  # log odds, from the first sentence with the pair
    weighed: list[dict[Pair, float]] = []  # the same of each sentence by itself
    told_in: dict[Pair, list[int]] = {}  # the sentences of pairs that several have
    for place, sentence in enumerate(sentences):
        here = _of_place(place, telling[place], len(sentences), gain)
        said = [added[word] for word in sentence]
        logits = {
            pair: here + one + other + of_both * rare * rare2 + of_rarest * min(rare, rare2)
            for pair, ((one, rare), (other, rare2)) in zip(pairwise(sentence), pairwise(said), strict=True)
        }
        for pair in {*islice(pairwise(sentence), _NEAR_THE_FRONT)}:
            logits[pair] += gain.front
        for pair in logits.keys() & titled_pairs:
            logits[pair] += gain.titled_pair
        for pair in logits.keys() & found.keys():
            if pair not in told_in:
                told_in[pair] = [next(at for at, each in enumerate(weighed) if pair in each)]
            told_in[pair].append(place)
            del logits[pair]
        found |= logits
        weighed.append(logits)
    for pair, places in told_in.items():
        first, more = places[0], max(telling[place] for place in places) - telling[places[0]]
        found[pair] += gain.times * log(len(places)) + more * (gain.told + gain.told_nearness / (1 + first))
    return {pair: 1 / (1 + exp(-logit)) for pair, logit in found.items()}


def _added(
    titled: set[str], sentences: Sequence[Sequence[str]], learnt: Model
) -> dict[str, tuple[float, float]]:
    """What each word adds by itself, and how rare it is."""
    gain = _Weights(*learnt.weights)
    added: dict[str, tuple[float, float]] = {}
    for word, many in Counter(chain.from_iterable(map(set, sentences))).items():
        known = learnt.words.get(word, _UNKNOWN)
        logit = gain.spread * log(many) * known.rarity + gain.pull * known.pull
        if word in titled:
            logit += gain.titled + gain.titled_rarity * known.rarity
        added[word] = logit, known.rarity
    return added


def _of_place(place: int, told: float, many: int, gain: _Weights) -> float:
    """What a sentence adds to all its pairs, `told` being the share of the headline in it."""
    logit = gain.base + gain.place * place / many + gain.length * log(many) + gain.told * told
    return logit + (gain.nearness + gain.told_nearness * told) / (1 + place) + (0 if place else gain.first)


def describe(
    headline: Sequence[str], sentences: Sequence[Sequence[str]], words: Mapping[str, Word]
) -> dict[Pair, tuple[float, ...]]:
    """What the model looks at, for each pair."""
    titled, titled_pairs = set(headline), set(pairwise(headline))
    spread = Counter(word for sentence in sentences for word in set(sentence))
    each = {
        word: _seen(words.get(word, _UNKNOWN), word in titled, log(many)) for word, many in spread.items()
    }
    telling = [_share(titled, sentence) for sentence in sentences]
    many = log(len(sentences) or 1)
    described: dict[Pair, tuple[float, ...]] = {}
    for pair, (first, front, places) in _places(sentences).items():
        rarity, title, title_rarity, spread_rarity, pull = each[pair[0]]
        rarity2, title2, title_rarity2, spread_rarity2, pull2 = each[pair[1]]
        told = max(telling[place] for place in places) if len(places) > 1 else telling[first]
        described[pair] = (
            1.0,
            1.0 if pair in titled_pairs else 0.0,
            title + title2,
            title_rarity + title_rarity2,
            log(len(places)),
            1 / (1 + first),
            0.0 if first else 1.0,
            first / len(sentences),
            rarity * rarity2,
            min(rarity, rarity2),
            spread_rarity + spread_rarity2,
            many,
            pull + pull2,
            told,
            told / (1 + first),
            1.0 if front < _NEAR_THE_FRONT else 0.0,
        )
    return described


def _seen(word: Word, titled: bool, spread: float) -> tuple[float, ...]:
    return word.rarity, float(titled), titled * word.rarity, spread * word.rarity, word.pull


def _places(sentences: Iterable[Sequence[str]]) -> dict[Pair, tuple[int, int, list[int]]]:
    """Where each pair stands: its first sentence, its place in that, and all its sentences."""
    found: dict[Pair, tuple[int, int, list[int]]] = {}
    for place, sentence in enumerate(sentences):
        for front, pair in enumerate(pairwise(sentence)):
            known = found.get(pair)
            if known is None:
                found[pair] = place, front, [place]
            elif known[2][-1] != place:
                known[2].append(place)
    return found


def _share(titled: set[str], sentence: Sequence[str]) -> float:
    return len(titled.intersection(sentence)) / len(titled) if titled else 0.0
