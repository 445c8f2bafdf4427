"""Which people a text names. Knows given names, titles and offices, and how a surname is built.

Persons: behind a title («دکتر …»), a given name with what can be a surname, «… …، وزیر …» and «… … گفت:» at
the head of a sentence, whom the headline quotes, a surname alone once the text has had it whole.
"""

from collections.abc import Iterator, Sequence

import regex

from bot.news.grammar.given_names import GIVEN_NAMES, WORDLIKE_GIVEN_NAMES
from bot.news.subjects import beside_names
from bot.news.subjects.named_copy import Copy, Stretch, cities, is_common, organisations

_SURNAME = regex.compile(r"(?:زاده|پور|نژاد|فر|نیا|راد|منش|یان|لو|وند|خواه|دوست|ی|ف|اسکی|سون|مقدم|طلب|پناه)$")
_SURE_SURNAME = regex.compile(r"(?:زاده|پور|نژاد|نیا|یان|وند)$")
_LEAST_SURNAME = 3  # letters
_AGAIN = 2  # times
_PLURAL = regex.compile(r"\u200cها(?:ی|یی)?$|\p{L}{3}ها$")


def found(copy: Copy) -> Iterator[Stretch]:
    at = 0
    while at < len(copy):
        start, end = _person(copy, at)
        if end > start:
            yield start, end, "person"
        at = max(end, at + 1)


def announced(copy: Copy) -> Iterator[Stretch]:
    """Whom the first line quotes by the surname alone («اسکولز: …»), and the word before it further on."""
    surname = copy.at(0)
    if copy.at(1) != ":" or len(surname) < _LEAST_SURNAME or copy.ends_name(0) or is_common(surname):
        return
    if surname in GIVEN_NAMES or surname in beside_names.NO_SURNAMES or (surname,) in organisations():
        return
    if surname in beside_names.PLACE_HEADS or copy.keys.count(surname) < _AGAIN:
        return
    for at, word in enumerate(copy.keys):
        if word != surname:
            continue
        first = at - 1
        opens = (
            copy.begins_sentence(first)
            or copy.at(first - 1) in beside_names.ROLES
            or copy.at(first - 1) == "،"
        )
        given = at > 1 and opens and not copy.ends_name(first) and len(copy.at(first)) > 1
        yield (first if given else at), at + 1, "person"


def _person(copy: Copy, at: int) -> tuple[int, int]:
    """The name that begins with the title or the word here; empty where there is none."""
    begin = at
    while copy.at(begin) in beside_names.TITLES or (
        begin > at and copy.at(begin) in beside_names.BESIDE_TITLES - beside_names.PREFIXES
    ):
        begin += 1
    titled = begin > at
    if copy.at(at - 1)[:1].isdigit():
        return at, at  # «۲۲ بهمن»
    if not titled and copy.at(at - 1) in beside_names.NAMED_AFTER:
        return at, at
    end = _full_name(copy, begin, trusted=titled or copy.at(at - 1) in beside_names.ROLES)
    if end > begin:
        return begin, end
    if titled:
        return begin, _surname_end(copy, begin) if not is_common(copy.at(begin)) else begin
    return at, _presented_end(copy, at)


def _full_name(copy: Copy, at: int, *, trusted: bool) -> int:
    """Where a given name with its surname ends."""
    if copy.at(at) in beside_names.CURRENCIES:
        return at
    end = at + 1 if copy.at(at) in beside_names.PREFIXES else at
    first = end
    while (
        copy.at(end) in GIVEN_NAMES or copy.at(end) in beside_names.FOREIGN_GIVEN_NAMES
    ) and end - first < 3:
        end += 1
    if end == first:
        return at
    if end - first > 1 and copy.keys[first] in WORDLIKE_GIVEN_NAMES and not trusted:
        return at  # «پیام حمید سروری»: the name begins with the next word
    last = _surname_end(copy, end)
    if last == end:
        return end if end - first > 1 and _SURNAME.search(copy.keys[end - 1]) else at
    sure = trusted or first > at or copy.keys[first] not in WORDLIKE_GIVEN_NAMES
    if copy.keys[first] not in beside_names.NO_PAIR and not is_common(copy.keys[last - 1]):
        sure = sure or copy.pairs[copy.keys[last - 2], copy.keys[last - 1]] >= _AGAIN
    told = (
        copy.at(last) in beside_names.SAYING
        or copy.at(last) in beside_names.ROLES
        or (copy.at(last) in "،(" and copy.at(last + 1) in beside_names.ROLES)
    )
    surname = copy.keys[last - 1]
    if not trusted and not sure and _is_of_a_country(surname):
        return at
    likely = bool(_SURNAME.search(surname)) or copy.ends_name(last) or not is_common(surname)
    return last if told or (sure and likely) else at


def _surname_end(copy: Copy, at: int) -> int:
    """One word, or two where the second can only be a part of it."""
    if copy.at(at) in beside_names.NO_SURNAMES | beside_names.TITLES or _PLURAL.search(
        copy.words[at] if at < len(copy) else ""
    ):
        return at
    if copy.names_nothing(at) or copy.at(at) in cities() or copy.at(at) in beside_names.PLACE_ENDS:
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


def _is_of_a_country(word: str) -> bool:
    """«پرتغالی», «آلمانی»."""
    return word.endswith("ی") and word.removesuffix("ی") in cities()


def _is_surname(word: str) -> bool:
    """Whether a word is built as surnames are, and is no everyday word («حسینی» is one, and is built so)."""
    if _SURE_SURNAME.search(word) or word.removesuffix("ی") in GIVEN_NAMES:
        return True
    return bool(_SURNAME.search(word)) and not word.endswith(beside_names.DOINGS) and not is_common(word)


def _presented_end(copy: Copy, at: int) -> int:
    """«کیلور ناواس، دروازه‌بان …», «کیلور ناواس گفت» at the head of a sentence."""
    if not copy.begins_sentence(at):
        return at
    end = at
    while end - at < 3 and not copy.ends_name(end) and not is_common(copy.at(end)):
        end += 1
    if end - at < 2:
        return at
    role = copy.at(end) == "،" and copy.at(end + 1) in beside_names.ROLES
    return end if role or copy.at(end) in beside_names.SAID else at


def surnames_alone(copy: Copy, known: Sequence[Stretch]) -> Iterator[Stretch]:
    """Surnames alone, of people whom the text has named whole."""
    last = {copy.keys[end - 1] for start, end, kind in known if kind == "person" and end - start > 1}
    last = {word for word in last if len(word) > 3 and word not in cities()}
    last = {word for word in last if not is_common(word) or not word.endswith("ی")}
    for at, word in enumerate(copy.keys):
        if word in last and copy.at(at - 1) not in beside_names.NAMED_AFTER:
            yield at, at + 1, "person"
