"""One quantity with two values: «۱۲ کشته» in the headline, «۱۴ نفر کشته شدند» in the text.

Knows numbers and what they count, and decides nothing: a story may tell of an earlier count too. Told is only
what is said once on top and once below it: a number that stands in both, a sum of others, one that is about
so many, or rounded, contradicts nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from bot.news.grammar import amounts, sentences
from bot.news.grammar.amounts import Amount
from bot.news.grammar.stop_words import STOP_WORDS, key

_TOKEN = re.compile(r"[0-9۰-۹٠-٩]+(?:[.,٫٬/:\-–][0-9۰-۹٠-٩]+)*|[^\W\d_]+(?:\u200c[^\W\d_]+)*|[^\w\s\u200c]")
_PERSONS = frozenset("نفر تن people persons person".split())
_COUNTERS = frozenset("تا مورد فقره دستگاه باب قلاده راس عدد".split()) | _PERSONS
_OF_PEOPLE = {
    "killed": "کشته کشتهها جانباخته جانباختگان باختند باختن باخت قربانی قربانیان killed dead deaths died",
    "hurt": "زخمی مصدوم مجروح مصدومان زخمیها مجروحان injured wounded hurt",
    "missing": "مفقود مفقودان ناپدید missing",
    "arrested": "بازداشت دستگیر بازداشتی arrested detained",
}
_FATES = {word: fate for fate, words in _OF_PEOPLE.items() for word in words.split()}
_ABOUT = frozenset(
    "حدود حدودا نزدیک قریب بیش بیشتر کمتر زیر بالای حداقل دستکم حداکثر تقریبا بالغ صدها دهها"
    " about around nearly almost over least most than up some".split()
)
_ANOTHER = frozenset(
    "دیگر دیگری دوم other more another"
    " دیروز پیش گذشته قبل پیشتر قبلا ابتدا پارسال"
    " yesterday last earlier ago".split()
)
_UNITS = frozenset(
    "درصد درصدی ریال تومان دلار یورو میلیون میلیارد هزار متر متری کیلومتر کیلوگرم تن تنی لیتر هکتار"
    " ساعت ساعته دقیقه ثانیه"
    " روز روزه هفته ماه ماهه سال ساله بار برابر مرتبه صبح شب ظهر عصر percent year years day days"
    " hours minutes times"
    " میلادی شمسی خورشیدی قمری قرن دهه million billion dollars euros pm am از به و در که با تا را".split()
)
_STOPS = frozenset(".!?؟؛;\n")
_REACH = 5  # words from «نفر» to what became of them
_MOST_SENTENCES, _MOST_COUNTS, _MOST_PARTS = 80, 100, 8
_MOST_CHARACTERS, _LONGEST_SENTENCE = 20_000, 600  # of a text, and of a sentence, that are read
_SHARED = 0.5  # of the headline's words, in the sentence that tells the same


@dataclass(frozen=True, kw_only=True)
class Contradiction:
    """The two, as the text has them."""

    above: str
    below: str


@dataclass(frozen=True, kw_only=True)
class _Count:
    counted: str
    value: float
    said: str
    words: frozenset[str]  # of its sentence
    is_loose: bool  # about so many, or of another matter


def found(headline: str, lede: str, body: str) -> Iterator[Contradiction]:
    """What headline or lede says of a quantity that what follows says otherwise; one of each quantity."""
    top, first, rest = (_counts(text) for text in (headline, lede, body))
    told: set[str] = set()
    for above, below in ((top, first), (top, [*first, *rest]), (first, rest)):
        for one in above:
            other = None if one.counted in told else _other(one, above, below)
            if other is not None:
                told.add(one.counted)
                yield Contradiction(above=one.said, below=other.said)


def _other(one: _Count, above: Sequence[_Count], below: Sequence[_Count]) -> _Count | None:
    """The one count below of what the one above counts, if the two can't both be true."""
    same = [each for each in below if each.counted == one.counted]
    values = {each.value for each in same}
    here = {each.value for each in above if each.counted == one.counted}
    if len(values) != 1 or len(here) != 1 or values == here:
        return None
    if any(each.is_loose for each in (one, *same)) or _is_rounded(one.value, same[0].value):
        return None
    if _is_sum(one.value, [each.value for each in below]) or _is_sum(
        same[0].value, [each.value for each in above]
    ):
        return None
    if one.counted in _OF_PEOPLE:
        return same[0]
    shared = len(one.words & same[0].words)
    return same[0] if shared >= max(2, _SHARED * len(one.words)) else None


def _is_rounded(one: float, other: float) -> bool:
    return round(other) == one or round(one) == other


def _is_sum(value: float, others: list[float]) -> bool:
    some = others[:_MOST_PARTS]
    return any(
        sum(chosen) == value for size in range(2, len(some) + 1) for chosen in combinations(some, size)
    )


def _counts(text: str) -> list[_Count]:
    found: list[_Count] = []
    for sentence in islice(sentences.split(text[:_MOST_CHARACTERS]), _MOST_SENTENCES):
        found += _of_sentence(sentence[:_LONGEST_SENTENCE])
    return found[:_MOST_COUNTS]


def _of_sentence(sentence: str) -> Iterator[_Count]:
    raw = _TOKEN.findall(sentence)
    words = [part for word in raw for part in amounts.parts(word)]
    keys = [key(word) for word in words]
    here = list(amounts.find(keys))
    if not here:
        return
    told = frozenset(word for word in keys if word.isalpha() and len(word) > 2 and word not in STOP_WORDS)
    starts = {amount.start for amount in here}
    of_another = not _ANOTHER.isdisjoint(keys)
    for amount in here:
        counted = _counted(keys, amount, starts)
        value = _number(amount.value)
        if counted is None or value is None:
            continue
        what, end = counted
        near = {*keys[max(0, amount.start - 3) : amount.start], *keys[amount.end : end + 3]}
        yield _Count(
            counted=what,
            value=value,
            said=" ".join(words[amount.start : end]),
            words=told,
            is_loose=of_another or bool(near & _ABOUT),
        )


def _counted(keys: Sequence[str], amount: Amount, starts: set[int]) -> tuple[str, int] | None:
    """What a number counts, and the index after its word."""
    at = amount.end
    persons = at < len(keys) and keys[at] in _PERSONS
    at += at < len(keys) and keys[at] in _COUNTERS
    if fate := _fate(keys, range(at, min(len(keys), at + (_REACH if persons else 1))), starts):
        return fate
    if persons:  # «بازداشت ۱۲ نفر», «شمار کشته‌ها به ۱۲ نفر رسید»
        before = _fate(keys, range(amount.start - 1, max(-1, amount.start - _REACH), -1), starts)
        return before and (before[0], at)
    if at >= len(keys) or not keys[at].isalpha() or keys[at] in STOP_WORDS:
        return None
    if {keys[at], keys[at].removesuffix("ی")} & _UNITS:
        return None
    return (keys[at], at + 1) if amount.value != "1" else None


def _fate(keys: Sequence[str], places: Iterable[int], starts: set[int]) -> tuple[str, int] | None:
    """What became of people, in the nearest of some places, and the index after it."""
    for place in places:
        if keys[place] in _STOPS or place in starts:
            return None
        if keys[place] in _FATES:
            return _FATES[keys[place]], place + 1
    return None


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None
