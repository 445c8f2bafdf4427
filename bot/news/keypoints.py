"""The sentences an editor would put on top: whole ones, chosen from the copy. Knows no layout.

A sentence weighs what it tells of the headline, how early it stands, and how central its words are (TF-IDF
within the story); a long one less. One after the other is chosen so that it repeats neither the lede nor
those before it (maximal marginal relevance); they are given in the order of the copy.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log, sqrt

import regex

from bot.news import sentences
from bot.news.model import KeyPoint

_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}\p{M}\u200c]*")
_SUFFIX = regex.compile("\u200c.{1,6}$")
_FOLDED = str.maketrans("أإآؤۀةئ", "اااوههی")
_COMMON = """
و در به از که این را با است برای آن تا بر هم نیز یک شد شده کرد کرده بود ها های می خود اما یا اگر باید
هر وی او ما آنها دارد داشت شود گفت افزود دو پس پیش بین روی نیست هستند باشد همچنین وقتی دیگر کند کنند
the a an of to in and is was for on that by with as at it from be has have had are were said
"""
_STOPWORDS = frozenset(_COMMON.split())
_FEWEST_WORDS, _MOST_WORDS = 6, 40
_TYPICAL_WORDS = 22
_CANDIDATES = 60  # sentences looked at: a story's weight is not behind them, and choosing costs their square
_PER_POINT = 6  # sentences: a story of thirty gets five points
_FEWEST, _MOST = 3, 5
_FOR_HEADLINE, _FOR_WEIGHT, _FOR_PLACE = 1.0, 0.3, 0.5
_FADING = 0.25
_LENGTH_MATTERS = 0.7
_NOVELTY = 0.5
_REPEATS_LEDE = 0.6


@dataclass(frozen=True, kw_only=True)
class _Sentence:
    text: str
    place: int
    words: int
    terms: Counter[str]


def extract(headline: str, lede: str, paragraphs: Iterable[str]) -> tuple[KeyPoint, ...]:
    """Up to five sentences of the body; none where it says little beyond the lede."""
    candidates = _candidates(paragraphs)
    about_lede = _terms(f"{headline} {lede}")
    fresh = [each for each in candidates if not _repeats(each, _terms(lede))]
    if not fresh:
        return ()
    weights = _rarity(candidates)
    scored = _scored(fresh, _terms(headline), weights)
    wanted = min(_MOST, max(_FEWEST, len(fresh) // _PER_POINT))
    chosen = _diverse(fresh, scored, wanted, weights, about_lede if lede else Counter())
    return tuple(KeyPoint(text=each.text) for each in sorted(chosen, key=lambda each: each.place))


def _candidates(paragraphs: Iterable[str]) -> list[_Sentence]:
    found: list[_Sentence] = []
    place = 0
    for paragraph in paragraphs:
        for sentence in sentences.split(paragraph):
            words = len(sentence.split())
            if _FEWEST_WORDS <= words <= _MOST_WORDS * 2 and sentence.rstrip()[-1:] not in ":؟?":
                found.append(
                    _Sentence(text=sentence.strip(), place=place, words=words, terms=_terms(sentence))
                )
            place += 1
        if len(found) >= _CANDIDATES:
            break
    return found[:_CANDIDATES]


def _terms(text: str) -> Counter[str]:
    words = (_SUFFIX.sub("", word.casefold()).translate(_FOLDED) for word in _WORD.findall(text))
    return Counter(word for word in words if word not in _STOPWORDS)


def _repeats(sentence: _Sentence, lede: Counter[str]) -> bool:
    """Whether most of what a sentence says stands in the lede."""
    known = sum(count for term, count in sentence.terms.items() if term in lede)
    return known > _REPEATS_LEDE * sentence.terms.total()


def _rarity(all_sentences: Sequence[_Sentence]) -> dict[str, float]:
    """Inverse sentence frequency within the story."""
    having = Counter(term for each in all_sentences for term in each.terms)
    return {term: log(1 + len(all_sentences) / count) for term, count in having.items()}


def _scored(
    candidates: Sequence[_Sentence], headline: Counter[str], weights: dict[str, float]
) -> list[float]:
    whole = Counter[str]()
    for each in candidates:
        whole.update(each.terms)
    central = [_alike(each.terms, whole, weights) for each in candidates]
    told = [_told(each.terms, headline, weights) for each in candidates]
    return [
        _length_penalty(each.words)
        * (
            _FOR_HEADLINE * told[at] / (max(told) or 1)
            + _FOR_WEIGHT * central[at] / (max(central) or 1)
            + _FOR_PLACE / (1 + each.place * _FADING)
        )
        for at, each in enumerate(candidates)
    ]


def _told(terms: Counter[str], headline: Counter[str], weights: dict[str, float]) -> float:
    """How much of the headline a sentence tells."""
    whole = sum(weights.get(term, 1.0) for term in headline)
    return sum(weights.get(term, 1.0) for term in headline if term in terms) / whole if whole else 0.0


def _length_penalty(words: int) -> float:
    return min(1.0, float((_TYPICAL_WORDS / words) ** _LENGTH_MATTERS))


def _alike(one: Counter[str], other: Counter[str], weights: dict[str, float]) -> float:
    """The cosine of two bags of weighted terms."""
    shared = sum(
        count * other[term] * weights.get(term, 0.0) ** 2 for term, count in one.items() if term in other
    )
    return shared / (_length(one, weights) * _length(other, weights) or 1.0)


def _length(terms: Counter[str], weights: dict[str, float]) -> float:
    return sqrt(sum((count * weights.get(term, 0.0)) ** 2 for term, count in terms.items()))


def _diverse(
    candidates: Sequence[_Sentence],
    scores: Sequence[float],
    wanted: int,
    weights: dict[str, float],
    lede: Counter[str],
) -> list[_Sentence]:
    """Maximal marginal relevance: the best, then whatever is best and new."""
    seen = [_alike(each.terms, lede, weights) for each in candidates]
    left = set(range(len(candidates)))
    chosen: list[int] = []
    while left and len(chosen) < wanted:
        best = max(left, key=lambda at: (scores[at] - _NOVELTY * seen[at], -at))
        chosen.append(best)
        left.discard(best)
        for at in left:
            seen[at] = max(seen[at], _alike(candidates[at].terms, candidates[best].terms, weights))
    return [candidates[at] for at in chosen]
