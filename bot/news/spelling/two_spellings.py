"""One name in two spellings: «زلنسکی» here and «زلینسکی» there, «Zelensky» and «Zelenskyy».

Knows words, and changes nothing: two people may have names that are a letter apart, so a person decides.
Told are words of one story that are the same but for the seat of a hamza, a half-space or one letter inside,
if one of them is nobody's word and the other no everyday one; an ending makes no other name.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, islice

from bot.news.spelling import doubtful, halfspace
from bot.news.spelling.halfspace.letters import Word, folded, words_of

_SHORTEST, _LONGEST = 4, 16  # letters
_LONG = 6  # from here on any one letter may be a slip
_MOST_WORDS, _MOST_FORMS = 3_000, 400  # of a text that are looked at
_MOST_ALIKE = 6  # forms with the same rest: more are no name
_ENDINGS = frozenset("ها های هایی ای ی ام ات اش یی ست است اند".split())
_ONE_FOR_ANOTHER = tuple(map(frozenset, ("ذزضظ", "سصث", "تطد", "هح", "قغکگخ", "جچژز", "بپ", "وف", "اعه")))
_VOWELS = re.compile("[\u0640\u064b-\u0653\u0670]")
_SEAT = re.compile("[أؤئ]")
_SELDOM = 20  # times that the press has a word which may be a name in spite of the lists
_SURNAME = re.compile("(?:زاده|پور|نژاد|نیا|فر|وند|لو|الله|الدین)$")
_PLURAL = re.compile("(?:ان|ین|ون|ات)$")
_LATIN = re.compile(r"(?<![\w@#./-])[A-Z][a-z]{4,15}(?![\w@-]|\.\w)")
_SAME_END = re.compile(r"(?:yy|iy|ii|y|i|ie)$")


@dataclass(frozen=True, kw_only=True)
class Twice:
    """The two spellings as the text has them: first the one that stands there oftener, or earlier."""

    usual: str
    other: str


@dataclass(slots=True)
class _Form:
    letters: str  # that it is compared by
    written: str
    is_strange: bool  # nobody's word
    is_named: bool  # a name by what stands around it
    times: int = 1


def found(text: str, names: Iterable[str] = ()) -> Iterator[Twice]:
    """Each pair once; `names` are those that the text is known to name."""
    named = list(names)
    yield from _pairs(_persian(text, named), _is_one_letter_away)
    yield from _pairs(_latin(text), _is_one_latin_letter_away)


def _persian(text: str, names: list[str]) -> list[_Form]:
    """What may be a name: nobody's words, those of a name, and those that no careful list has."""
    parts = {part for name in names for word in words_of(name) for part in (word.letters, *word.parts())}
    stems = [_stem(text, word) for word in islice(words_of(text), _MOST_WORDS)]
    seated = {letters for written, letters in stems if _SEAT.search(written)}  # «مؤتلفه»
    parts |= {letters for letters in seated if not halfspace.often(letters, _SELDOM)}
    forms: dict[str, _Form] = {}
    for written, letters in stems:
        if written in forms:
            forms[written].times += 1
        elif _SHORTEST <= len(letters) <= _LONGEST and (
            letters in parts or not _is_everyday(written, letters)
        ):
            strange = not (doubtful.is_known(letters) or (letters in parts and halfspace.is_careful(letters)))
            forms[written] = _Form(letters, written, is_strange=strange, is_named=letters in parts)
        if len(forms) >= _MOST_FORMS:
            break
    for name in names:  # «علی پور» beside «علی‌پور»
        joined = "".join(word.letters for word in words_of(name))
        if " " in name and len(joined) == len(re.sub(r"[\s\u200c]", "", name)) <= _LONGEST:
            forms.setdefault(name, _Form(joined, name, is_strange=False, is_named=True))
    return list(forms.values())


@lru_cache(maxsize=20_000)  # words come again
def _is_everyday(written: str, letters: str) -> bool:
    """Whether it is a word of the careful list, or one with an ending, or a compound: no name by itself."""
    if "\u200c" in written and not _SURNAME.search(letters):
        return True
    return halfspace.is_verb(letters) or any(map(halfspace.is_listed, doubtful.stems(letters)))


def _stem(text: str, word: Word) -> tuple[str, str]:
    """A word without vowels and the endings behind half-spaces, as it is written and its letters."""
    pieces = _VOWELS.sub("", text[word.start : word.end]).split("\u200c")
    while len(pieces) > 1 and pieces[-1] in _ENDINGS:
        pieces.pop()
    return "\u200c".join(pieces), folded("".join(filter(str.isalpha, "".join(pieces))))


def _latin(text: str) -> list[_Form]:
    forms: dict[str, _Form] = {}
    for match in islice(_LATIN.finditer(text), _MOST_WORDS):
        if match.group() in forms:
            forms[match.group()].times += 1
        elif len(forms) < _MOST_FORMS:
            forms[match.group()] = _Form(match.group(), match.group(), is_strange=True, is_named=False)
    return list(forms.values())


def _pairs(forms: list[_Form], is_one: Callable[[str, str], bool]) -> Iterator[Twice]:
    alike: dict[str, list[_Form]] = {}
    for form in forms:
        for rest in {form.letters, *_one_less(form.letters)}:
            alike.setdefault(rest, []).append(form)
    told: set[tuple[str, str]] = set()
    for group in alike.values():
        if 1 < len(group) <= _MOST_ALIKE:
            for one, other in combinations(group, 2):
                if (one.written, other.written) not in told and _are_one_name(one, other, is_one):
                    told.add((one.written, other.written))
                    usual, rare = (one, other) if one.times >= other.times else (other, one)
                    yield Twice(usual=usual.written, other=rare.written)


def _one_less(letters: str) -> list[str]:
    return [letters[:at] + letters[at + 1 :] for at in range(1, len(letters))]


def _are_one_name(one: _Form, other: _Form, is_one: Callable[[str, str], bool]) -> bool:
    if one.letters == other.letters:
        known = one.is_named or other.is_named or _SURNAME.search(one.letters) is not None
        return known or "\u200c" not in one.written + other.written
    if _PLURAL.sub("", one.letters) == _PLURAL.sub("", other.letters):
        return False
    return (one.is_strange or other.is_strange) and is_one(one.letters, other.letters)


def _is_one_letter_away(one: str, other: str) -> bool:
    """A letter more or less inside, another of its sound, two swapped; in long words another of any sound."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < len(longer):
        return longer[-1] == shorter[-1] and any(
            longer[:at] + longer[at + 1 :] == shorter for at in range(1, len(longer) - 1)
        )
    differ = [at for at in range(len(one)) if one[at] != other[at]]
    if len(differ) == 2:
        first, second = differ
        return second == first + 1 and one[first] == other[second] and one[second] == other[first]
    if len(differ) != 1 or differ[0] in (0, len(one) - 1):
        return False
    pair = {one[differ[0]], other[differ[0]]}
    return len(one) >= _LONG or any(pair <= group for group in _ONE_FOR_ANOTHER)


def _is_one_latin_letter_away(one: str, other: str) -> bool:
    """The same in Latin letters, and «Zelensky», «Zelenskyy»: not «Iran» and «Iraq», «Korea» and «Korean»."""
    if _SAME_END.search(one) and _SAME_END.search(other):
        return _SAME_END.sub("", one) == _SAME_END.sub("", other)
    if len(one) == len(other) > _LONG and one[:-1] == other[:-1]:
        return True  # «Lukashenko», «Lukashenka»
    return min(len(one), len(other)) >= _LONG and _is_one_letter_away(one, other)
