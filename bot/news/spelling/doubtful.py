"""Words that are probably misspelled: nobody has them, and one slip of a key away stands a common one.

Knows words and slips, and changes nothing: names are words that nobody has too, so a person decides. What
people and the press write is told by the tables of `halfspace`; nothing else is loaded.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from bot.news.spelling import halfspace
from bot.news.spelling.halfspace.letters import ZWNJ, Word, words_of
from bot.news.spelling.halfspace.lists import HAZM

_SHORTEST, _LONGEST = 4, 16  # letters of a word that is looked at
_COMMON = 10  # times that the press has the word that is meant
_COMMON_SHORT = 25  # the same, where a short word has many neighbours
_SHORT = 5
_COMMON_LONG, _LONG = 3, 7
_SLIPS = 3  # times that the press may have a word by a slip
_FAR = 60  # times that the word meant is commoner than one the press has by a slip
_OFTEN = 2  # times in one story: what stands there oftener is meant so
_MOST_WORDS, _MOST_STRANGE = 3_000, 60  # of a text that are looked at
_PLACE_HEADS = frozenset(
    "روستای روستا شهر شهرستان بخش محله کوی خیابان منطقه دهستان کوه رود بازارچه مرزی استان".split()
)

_OF_STEM = 4  # times that a word is commoner than with an ending

_SOUND_ALIKE = ("زذضظ", "سصث", "تط", "هح", "قغ", "اعآ")
_DOTS = ("بپتثنی", "جچحخ", "دذ", "رزژ", "سش", "صض", "طظ", "عغ", "فق", "کگ")
_KEYBOARD = ("ضصثقفغعهخحجچ", "شسیبلاتنمکگ", "ظطزرذدپو")
_ENDINGS = (
    "هایشان", "هایمان", "هایش", "هایم", "هایی", "های", "ها", "شان", "مان", "تان", "ترین", "تری", "تر", "ان",
    "ات", "ام", "اش", "ای", "یی", "ی", "ش", "م", "ند", "یم", "ید", "اند",
)  # fmt: skip
_BEGINNINGS = ("نمی", "می", "بی", "نا", "هم", "پیش", "پس", "فرا", "ضد", "غیر", "ابر", "زیر")
_VOWELS = re.compile("[\u064c-\u0652]")
_ALPHABET = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیئآ"


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """A word as the text has it, and the common one that may be meant."""

    written: str
    meant: str


def found(text: str, names: Iterable[str] = ()) -> Iterator[Doubt]:
    """The doubtful words of a text in their order, each once; nothing of `names` is one."""
    words = words_of(text)[:_MOST_WORDS]
    passed = {part for name in names for word in words_of(name) for part in (word.letters, *word.parts())}
    times: dict[str, int] = {}
    for word in words:
        times[word.letters] = times.get(word.letters, 0) + 1
    unknown = [word.letters not in passed and not _is_known(word) for word in words]
    strange = dict.fromkeys(
        at
        for at, word in enumerate(words)
        if unknown[at] and times[word.letters] <= _OFTEN and not _is_name(text, words, unknown, at)
    )
    told: set[str] = set()
    for at in islice(strange, _MOST_STRANGE):
        meant = _meant(words[at])
        if meant is not None and words[at].letters not in told:
            told.add(words[at].letters)
            yield Doubt(written=text[words[at].start : words[at].end], meant=meant)


def _is_name(text: str, words: list[Word], unknown: list[bool], at: int) -> bool:
    """Whether it may be one: beside another strange word, in quotation marks, behind «روستای», with «ال»."""
    word = words[at]
    if word.letters.startswith("ال") or _VOWELS.search(text, word.start, word.end):
        return True
    if word.follows and unknown[at + 1]:
        return True
    if at > 0 and words[at - 1].follows and (unknown[at - 1] or words[at - 1].letters in _PLACE_HEADS):
        return True
    return text[max(word.start - 1, 0)] in '«"“(' or text[word.end : word.end + 1] in tuple('»"”)(')


def _is_known(word: Word) -> bool:
    if not _SHORTEST <= len(word.letters) <= _LONGEST or is_known(word.letters):
        return True
    parts = [part.removeprefix("و") for part in word.parts()]  # «بیست‌ودوم»
    return len(parts) > 1 and all(len(part) < _SHORTEST or is_known(part) for part in parts)


@lru_cache(maxsize=20_000)
def is_known(letters: str) -> bool:
    """Whether anybody has a word, or what it is without endings."""
    return _has(letters) or any(map(_has, stems(letters)))


def _is_made_of_two(letters: str) -> bool:
    return any(_seen(letters[:cut]) and _seen(letters[cut:]) for cut in range(3, len(letters) - 2))


def _has(letters: str) -> bool:
    """Whether a careful list or the press has it; other lists hold what only once was typed so."""
    tables = halfspace.restorer().tables
    return bool(
        tables.plain.get(letters, 0) & HAZM
        or _times(letters) > _SLIPS
        or letters in tables.joined
        or letters in tables.verbs
        or letters in tables.participles
    )


def _seen(letters: str) -> bool:
    tables = halfspace.restorer().tables
    return tables.common.get(letters, 0) >= _COMMON or letters in tables.verbs


def stems(letters: str) -> Iterator[str]:
    """A word, and what it is without its ending, its beginning, or both."""
    ends = [letters, *(letters.removesuffix(end) for end in _ENDINGS if letters.endswith(end))]
    for stem in ends:
        if len(stem) > 2:
            yield stem
        for begin in _BEGINNINGS:
            if stem.startswith(begin) and len(stem) - len(begin) > 2:
                yield stem.removeprefix(begin)


def _meant(word: Word) -> str | None:
    """The commonest word that one slip makes of what is written."""
    if word.kept:
        return _meant_in_part(word.parts())
    return _one_slip_from(word.letters)


def _meant_in_part(parts: list[str]) -> str | None:
    """The same for a word with half-spaces, of which one part is strange."""
    strange = [at for at, part in enumerate(parts) if len(part) >= _SHORTEST and not is_known(part)]
    if len(strange) != 1 or (meant := _one_slip_from(parts[strange[0]])) is None:
        return None
    return ZWNJ.join((*parts[: strange[0]], meant, *parts[strange[0] + 1 :]))


def _one_slip_from(letters: str) -> str | None:
    least = _COMMON if len(letters) > _SHORT else _COMMON_SHORT
    if len(letters) >= _LONG:
        least = _COMMON_LONG
    if _is_made_of_two(letters):  # «خبرگذاری» is none, though «گذاری» and «خبر» are
        least = max(least, _FAR)
    if seen := _times(letters):
        least = max(least, _FAR * seen)
    best = max(_slips(letters), key=_commonness, default="")
    return best if _commonness(best) >= least else None


def _times(letters: str) -> int:
    """How often the press has it."""
    tables = halfspace.restorer().tables
    return max(tables.common.get(letters, 0), tables.seen(letters)[0])


@lru_cache(maxsize=50_000)
def _commonness(letters: str) -> int:
    tables, seen = halfspace.restorer().tables, _times(letters)
    if seen or len(letters) <= _SHORT:
        return seen
    stems = (letters.removesuffix(end) for end in _ENDINGS if letters.endswith(end))
    return max((tables.common.get(stem, 0) // _OF_STEM for stem in stems), default=0)


def _slips(letters: str) -> Iterator[str]:
    """What may be meant: swapped neighbours, one letter too many or too few, one for another."""
    for at, (one, other) in enumerate(pairwise(letters)):
        if one != other:
            yield letters[:at] + other + one + letters[at + 2 :]
    for at, letter in enumerate(letters):
        yield letters[:at] + letters[at + 1 :]
        for other in _FOR.get(letter, ()):
            yield letters[:at] + other + letters[at + 1 :]
    for at in range(len(letters)):
        for letter in _ALPHABET:
            yield letters[:at] + letter + letters[at:]


def _for() -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for group in (*_SOUND_ALIKE, *_DOTS):
        for letter in group:
            found.setdefault(letter, set()).update(set(group) - {letter})
    for row in _KEYBOARD:
        for one, other in pairwise(row):
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    return {letter: "".join(sorted(others)) for letter, others in found.items()}


_FOR = _for()
