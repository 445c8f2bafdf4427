"""Which people, places and organisations a text names, as far as tables carry. Knows newspaper Persian only.

Precision goes before recall. Places and organisations: `gazetteer`, towns behind who governs them, and heads
of organisations with town, field or quoted name («شرکت «…»»); people: `persons`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from bot.news.grammar import verbs
from bot.news.grammar.given_names import GIVEN_NAMES
from bot.news.grammar.stop_words import PREPOSITIONS, TIMES, key, keys
from bot.news.subjects import beside_names, gazetteer, persons
from bot.news.subjects.named_copy import MARKS, Copy, Kind, Stretch, cities, is_common, table
from bot.news.summary import worth


@dataclass(frozen=True, kw_only=True)
class Name:
    text: str
    kind: Kind
    start: int
    end: int


_CLOSES_NAME = PREPOSITIONS | beside_names.SAYING | keys("که است")
_LEADS_ON = regex.compile(r"\u200cهای$|[او]ی$")  # «اتحادیه موسسه‌های …», «انجمن سینمای …»: the name goes on
_LIGHT = ("کرد", "کن", "نمو", "داش", "می", "نمی", "نکرد", "نکن", "نداش")  # «شرکت کردند»: they took part
_OPEN_WORDS = 3
_LEAST_SURNAME = 3  # letters


def found(text: str) -> tuple[Name, ...]:
    """The names in order; they do not overlap."""
    copy = Copy(text)
    stretches = [
        *_listed(copy),
        *_headed(copy),
        *persons.found(copy),
        *persons.announced(copy),
        *_governed(copy),
    ]
    taken = _apart(stretches)
    taken = _apart([*taken, *persons.surnames_alone(copy, taken)])
    return tuple(_name(copy, stretch) for stretch in taken)


_WRINKLES, _CENTRAL = (key("و"), key("چروک")), key("مرکزی")
_WORDLIKE_PLACES = frozenset(map(key, gazetteer.WORDLIKE_PLACES))
_TWOFOLD_PLACES = frozenset(map(key, gazetteer.TWOFOLD_PLACES))


def _name(copy: Copy, stretch: Stretch) -> Name:
    start, end = copy.starts[stretch[0]], copy.ends[stretch[1] - 1]
    return Name(text=copy.text[start:end], kind=stretch[2], start=start, end=end)


def _listed(copy: Copy) -> Iterator[Stretch]:
    for at, word in enumerate(copy.keys):
        for words, kind in table().get(word, ()):
            if copy.keys[at : at + len(words)] == words:
                if kind == "organisation" or _is_place(copy, at, at + len(words)):
                    yield at, at + len(words), kind
                break


def _is_place(copy: Copy, start: int, end: int) -> bool:
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


def _governed(copy: Copy) -> Iterator[Stretch]:
    """Towns and villages that no table has, behind who governs them: «شهردار گلشن», «روستای …»."""
    for at, word in enumerate(copy.keys[:-1]):
        built = word in beside_names.PLACE_HEADS and copy.keys[at + 1].endswith(beside_names.BUILT_PLACES)
        if not (word in beside_names.GOVERNED or built) or not _is_unheard(copy, at + 1):
            continue
        end = at + 2
        if _is_unheard(copy, end) and not built and not verbs.is_finite(copy.words, end + 1):
            end += 1
        if not _LEADS_ON.search(copy.words[end - 1]):
            yield at + 1, end, "place"


def _is_unheard(copy: Copy, at: int) -> bool:
    """Whether the word may be a name that the press at large does not use, no given name and no adjective."""
    word = copy.at(at)
    if (
        copy.ends_name(at)
        or word in GIVEN_NAMES
        or word in beside_names.UNSPECIFIC
        or len(word) < _LEAST_SURNAME
    ):
        return False
    return "".join(worth.fold(word)) not in worth.model().words and word not in beside_names.NO_SURNAMES


def _headed(copy: Copy) -> Iterator[Stretch]:
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


def _town_end(copy: Copy, at: int) -> int | None:
    """Where a place of the tables that begins here ends."""
    for words, kind in table().get(copy.at(at), ()):
        if kind == "place" and copy.keys[at : at + len(words)] == words:
            return at + len(words)
    return None


def _open_end(copy: Copy, at: int) -> int | None:
    """Where the name of a company ends, if it does not lead on («اتحادیه موسسه‌های …»)."""
    if copy.at(at) in beside_names.UNSPECIFIC or copy.at(at).startswith(_LIGHT):
        return None
    end = _soon_closed(copy, at)
    if end is None or _LEADS_ON.search(copy.words[end - 1]):
        return None
    whole = copy.keys[end - 1] in cities() and end - at > 1
    return end if whole or copy.keys[at] not in beside_names.FIRST_OF_MORE else None


def _soon_closed(copy: Copy, at: int) -> int | None:
    """Behind a town, or soon before a word that no name goes on with."""
    end = at
    while end - at <= _OPEN_WORDS and not copy.names_nothing(end):
        if end > at and (town := _town_end(copy, end)):
            return town
        if end > at and is_common(copy.keys[end]) and not is_common(copy.keys[at]):
            return end  # «شرکت شیائومی | جزئیات …»
        end += 1
        if copy.keys[end - 1] in cities():
            return end
    if end == at or end - at > _OPEN_WORDS:
        return None
    closed = copy.at(end) in _CLOSES_NAME or copy.at(end) in MARKS - {"«"} or copy.at(end) in TIMES
    return end if closed else None


def _apart(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Without those that overlap a longer one (of equals: an earlier one), in order."""
    kept: list[Stretch] = []
    used: set[int] = set()
    for stretch in sorted(stretches, key=lambda each: (each[0] - each[1], each[0])):
        places = range(stretch[0], stretch[1])
        if used.isdisjoint(places):
            used.update(places)
            kept.append(stretch)
    return sorted(kept)
