"""Which people, places and organisations a text names, as far as tables carry. Knows newspaper Persian only.

Precision goes before recall. Persons: behind a title («دکتر …»), a given name with what can be a surname,
«… …، وزیر …» and «… … گفت:» at the head of a sentence, a surname alone once the text has had it whole. Places
and organisations: `gazetteer`, and heads of organisations with town, field or quoted name («شرکت «…»»).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import regex

from bot.news.grammar import verbs
from bot.news.grammar.given_names import GIVEN_NAMES, WORDLIKE_GIVEN_NAMES
from bot.news.grammar.stop_words import PREPOSITIONS, STOP_WORDS, TIMES, key, keys
from bot.news.subjects import beside_names, gazetteer
from bot.news.summary import worth

type Kind = Literal["person", "place", "organisation"]


@dataclass(frozen=True, kw_only=True)
class Name:
    text: str
    kind: Kind
    start: int
    end: int


type _Stretch = tuple[int, int, Kind]  # words from, up to, and what they name

_TOKEN = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}\p{M}\u200c]*+|\n|[^\s\p{L}\p{N}]")
_LONGEST_WORD = 40  # letters: no longer one is a name
_END = ""  # stands behind the last word


_SURNAME = regex.compile(r"(?:زاده|پور|نژاد|فر|نیا|راد|منش|یان|لو|وند|خواه|دوست|ی|ف|اسکی|سون|مقدم|طلب|پناه)$")
_SURE_SURNAME = regex.compile(r"(?:زاده|پور|نژاد|نیا|یان|وند)$")
_CLOSES_NAME = PREPOSITIONS | beside_names.SAYING | keys("که است")
_MARKS = frozenset('،,:؛;.!?؟()«»"“”[]-–—…/\n') | {_END}
_LIGHT = ("کرد", "کن", "نمو", "داش", "می", "نمی")  # «شرکت کردند»: they took part
_OPEN_WORDS = 3
_COMMON = 0.62  # rarity (`worth`) under which a word is everyday press, and no foreign name


def found(text: str) -> tuple[Name, ...]:
    """The names in order; they do not overlap."""
    copy = _Copy(text)
    stretches = [*_listed(copy), *_headed(copy), *_persons(copy)]
    taken = _apart(stretches)
    taken = _apart([*taken, *_surnames(copy, taken)])
    return tuple(copy.name(stretch) for stretch in taken)


class _Copy:
    """The words and marks of a text; `at` may be asked for a place before the first or behind the last."""

    def __init__(self, text: str) -> None:
        self.text = text
        tokens = [(each.group(), each.start(), each.end()) for each in _TOKEN.finditer(text)]
        self.words = tuple(token[0] for token in tokens)
        self.keys = tuple((len(word) <= _LONGEST_WORD and key(word)) or word for word in self.words)
        self.starts = tuple(token[1] for token in tokens)
        self.ends = tuple(token[2] for token in tokens)

    def __len__(self) -> int:
        return len(self.keys)

    def name(self, stretch: _Stretch) -> Name:
        start, end = self.starts[stretch[0]], self.ends[stretch[1] - 1]
        return Name(text=self.text[start:end], kind=stretch[2], start=start, end=end)

    def at(self, place: int) -> str:
        return self.keys[place] if 0 <= place < len(self.keys) else _END

    def begins_sentence(self, place: int) -> bool:
        return self.at(place - 1) in (_END, ".", "\n", "!", "؟", ":", "؛")

    def names_nothing(self, place: int) -> bool:
        """A mark, a number, a word of grammar, a verb, a role: no part of a name."""
        word = self.at(place)
        if (
            word in _MARKS
            or word in STOP_WORDS
            or word in beside_names.ROLES
            or word in beside_names.SAYING
            or not word[0].isalpha()
        ):
            return True
        return verbs.is_finite(self.words, place)

    def ends_name(self, place: int) -> bool:
        """Whether a person's name can't go on here."""
        return self.names_nothing(place) or self.at(place) in _cities()


@cache
def _table() -> dict[str, list[tuple[tuple[str, ...], Kind]]]:
    """The names of the gazetteer by their first word, the longest first."""
    kinds: list[tuple[Iterable[str], Kind]] = [
        (gazetteer.ORGANISATIONS, "organisation"),
        (gazetteer.PLACES | gazetteer.WORDLIKE_PLACES | gazetteer.TWOFOLD_PLACES, "place"),
    ]
    table: dict[str, list[tuple[tuple[str, ...], Kind]]] = {}
    for names, kind in kinds:
        for name in names:
            words = tuple(map(key, _TOKEN.findall(name)))
            table.setdefault(words[0], []).append((words, kind))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


@cache
def _cities() -> frozenset[str]:
    return frozenset(map(key, gazetteer.PLACES | gazetteer.TWOFOLD_PLACES))


_WRINKLES, _CENTRAL = (key("و"), key("چروک")), key("مرکزی")
_WORDLIKE_PLACES = frozenset(map(key, gazetteer.WORDLIKE_PLACES))
_TWOFOLD_PLACES = frozenset(map(key, gazetteer.TWOFOLD_PLACES))


def _listed(copy: _Copy) -> Iterator[_Stretch]:
    for at, word in enumerate(copy.keys):
        for words, kind in _table().get(word, ()):
            if copy.keys[at : at + len(words)] == words:
                if kind == "organisation" or _is_place(copy, at, at + len(words)):
                    yield at, at + len(words), kind
                break


def _is_place(copy: _Copy, start: int, end: int) -> bool:
    word, before = copy.keys[start], copy.at(start - 1)
    if before in beside_names.CURRENCIES or copy.keys[end : end + 2] == _WRINKLES:
        return False
    if word == _CENTRAL and before not in beside_names.PROVINCE:
        return False
    if before in beside_names.NAMED_AFTER - beside_names.PLACE_HEADS and before not in beside_names.IN:
        return False
    if end - start > 1:
        return True
    if word in _WORDLIKE_PLACES:
        return before in beside_names.PLACE_HEADS
    if word in _TWOFOLD_PLACES:
        return before in beside_names.PLACE_HEADS or (
            before in beside_names.IN and copy.at(start + 1) not in keys("برق نوری فشار")
        )
    return True


def _headed(copy: _Copy) -> Iterator[_Stretch]:
    """Organisations by their head word."""
    for at, word in enumerate(copy.keys):
        if word in beside_names.QUOTED_HEADS and copy.at(at + 1) == "«":
            closing = next((end for end in range(at + 3, at + 8) if copy.at(end) == "»"), None)
            if closing:
                yield at, closing + 1, "organisation"
        if word == "فدراسیون" and copy.at(at + 1) in beside_names.FIELDS:
            yield at, at + 2, "organisation"
        elif word in beside_names.OPEN_HEADS and (end := _open_end(copy, at + 1)):
            yield at, end, "organisation"
        for length in (3, 2, 1):
            if copy.keys[at : at + length] in beside_names.WITH_TOWN and (
                end := _town_end(copy, at + length)
            ):
                yield at, end, "organisation"
                break


def _town_end(copy: _Copy, at: int) -> int | None:
    """Where a place of the tables that begins here ends."""
    for words, kind in _table().get(copy.at(at), ()):
        if kind == "place" and copy.keys[at : at + len(words)] == words:
            return at + len(words)
    return None


def _open_end(copy: _Copy, at: int) -> int | None:
    """Where the name of a company ends: behind a town, or soon before a word that no name goes on with."""
    if copy.at(at) in beside_names.UNSPECIFIC or copy.at(at).startswith(_LIGHT):
        return None
    end = at
    while end - at <= _OPEN_WORDS and not copy.names_nothing(end):
        if end > at and _is_common(copy.keys[end]) and not _is_common(copy.keys[at]):
            return end  # «شرکت شیائومی | جزئیات …»
        end += 1
        if copy.keys[end - 1] in _cities():
            return end
    if end == at or end - at > _OPEN_WORDS:
        return None
    closed = copy.at(end) in _CLOSES_NAME or copy.at(end) in _MARKS - {"«"} or copy.at(end) in TIMES
    return end if closed else None


def _persons(copy: _Copy) -> Iterator[_Stretch]:
    at = 0
    while at < len(copy):
        start, end = _person(copy, at)
        if end > start:
            yield start, end, "person"
        at = max(end, at + 1)


def _person(copy: _Copy, at: int) -> tuple[int, int]:
    """The name that begins with the title or the word here; empty where there is none."""
    begin = at
    while copy.at(begin) in beside_names.TITLES or (
        begin > at and copy.at(begin) in beside_names.BESIDE_TITLES - beside_names.PREFIXES
    ):
        begin += 1
    titled = begin > at
    if not titled and copy.at(at - 1) in beside_names.NAMED_AFTER:
        return at, at
    end = _full_name(copy, begin, trusted=titled or copy.at(at - 1) in beside_names.ROLES)
    if end > begin:
        return begin, end
    if titled:
        return begin, _surname_end(copy, begin) if not _is_common(copy.at(begin)) else begin
    return at, _presented_end(copy, at)


def _full_name(copy: _Copy, at: int, *, trusted: bool) -> int:
    """Where a given name with its surname ends."""
    if copy.at(at) in beside_names.CURRENCIES:
        return at
    end = at + 1 if copy.at(at) in beside_names.PREFIXES else at
    first = end
    while copy.at(end) in GIVEN_NAMES and end - first < 3:
        end += 1
    if end == first:
        return at
    if end - first > 1 and copy.keys[first] in WORDLIKE_GIVEN_NAMES and not trusted:
        return at  # «پیام حمید سروری»: the name begins with the next word
    last = _surname_end(copy, end)
    if last == end:
        return end if end - first > 1 and _SURNAME.search(copy.keys[end - 1]) else at
    sure = trusted or first > at or copy.keys[first] not in WORDLIKE_GIVEN_NAMES
    told = (
        copy.at(last) in beside_names.SAYING
        or copy.at(last) in beside_names.ROLES
        or (copy.at(last) in "،(" and copy.at(last + 1) in beside_names.ROLES)
    )
    surname = copy.keys[last - 1]
    likely = bool(_SURNAME.search(surname)) or copy.ends_name(last) or not _is_common(surname)
    return last if told or (sure and likely) else at


def _surname_end(copy: _Copy, at: int) -> int:
    """One word, or two where the second can only be a part of it."""
    if copy.names_nothing(at) or copy.at(at) in _cities() or copy.at(at) in beside_names.PLACE_ENDS:
        return at
    end = at + 1
    if copy.keys[at] in beside_names.PARTICLES:
        return end if copy.ends_name(end) else end + 1
    if copy.at(end) in beside_names.SECOND:
        return end + 1
    if copy.at(end) == "آباد":  # a village in two words
        return at
    closes = not copy.ends_name(end) and copy.ends_name(end + 1)
    return end + 1 if closes and _is_surname(copy.keys[end]) else end


def _is_surname(word: str) -> bool:
    """Whether a word is built as surnames are, and is no everyday word («حسینی» is one, and is built so)."""
    if _SURE_SURNAME.search(word) or word.removesuffix("ی") in GIVEN_NAMES:
        return True
    return bool(_SURNAME.search(word)) and not word.endswith(beside_names.DOINGS) and not _is_common(word)


def _presented_end(copy: _Copy, at: int) -> int:
    """«کیلور ناواس، دروازه‌بان …», «کیلور ناواس گفت» at the head of a sentence."""
    if not copy.begins_sentence(at):
        return at
    end = at
    while end - at < 3 and not copy.ends_name(end) and not _is_common(copy.at(end)):
        end += 1
    if end - at < 2:
        return at
    role = copy.at(end) == "،" and copy.at(end + 1) in beside_names.ROLES
    return end if role or copy.at(end) in beside_names.SAID else at


def _is_common(word: str) -> bool:
    known = worth.model().words.get("".join(worth.fold(word)))
    return known is not None and known.rarity < _COMMON


def _surnames(copy: _Copy, known: Sequence[_Stretch]) -> Iterator[_Stretch]:
    """Surnames alone, of people whom the text has named whole."""
    last = {copy.keys[end - 1] for start, end, kind in known if kind == "person" and end - start > 1}
    last = {word for word in last if len(word) > 3 and not _is_common(word) and word not in _cities()}
    for at, word in enumerate(copy.keys):
        if word in last and copy.at(at - 1) not in beside_names.NAMED_AFTER:
            yield at, at + 1, "person"


def _apart(stretches: Iterable[_Stretch]) -> list[_Stretch]:
    """Without those that overlap a longer one (of equals: an earlier one), in order."""
    kept: list[_Stretch] = []
    used: set[int] = set()
    for stretch in sorted(stretches, key=lambda each: (each[0] - each[1], each[0])):
        places = range(stretch[0], stretch[1])
        if used.isdisjoint(places):
            used.update(places)
            kept.append(stretch)
    return sorted(kept)
