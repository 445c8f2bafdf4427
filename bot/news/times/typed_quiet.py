"""Reads the quiet hours that a person typed: days, then from when to when. Knows no dates.

«هر شب ۲۳ تا ۷», «جمعه‌ها ۰ تا ۱۰», «۱۳ تا ۱۵ شنبه‌ها», `23:00-07:00`; without days it is every day.
"""

import re

from bot.errors import NoSuchTime, NotATime, VagueTime
from bot.news.quiet import DAY, Quiet
from bot.news.times.time_phrases import clocks, readings
from bot.news.times.time_words import Kind, Part
from bot.news.times.typed_days import EVERY_DAY, typed_days
from bot.news.times.typed_words import Typed, read, with_parts, with_ranges

MAX_CHARACTERS = 500
_SENTENCES = re.compile(r"[\n؛;]")
_HOURS = {Part.NOON: DAY // 2, Part.MIDNIGHT: DAY}
_UNTIL = {Kind.UNTIL, Kind.TO, Kind.DASH}


def parse(text: str) -> tuple[Quiet, ...]:
    """The quiet hours that `text` names.

    Raises:
        NotATime: a word was not understood, or it is far too much.
        VagueTime: «۱۱ تا ۷», which may begin in the morning or at night; hours without an end.
        NoSuchTime: 25:00.
    """
    if len(text) > MAX_CHARACTERS:
        raise NotATime(text[:40])
    found = [
        quiet
        for sentence in _SENTENCES.split(text)
        if sentence.strip()
        for quiet in _sentence(sentence.strip())
    ]
    if not found:
        raise NotATime(text[:40])
    return tuple(dict.fromkeys(found))


def _sentence(sentence: str) -> list[Quiet]:
    typed = with_ranges(with_parts(read(sentence)))
    chosen, nightly, at = typed_days(typed, 0) or (None, frozenset[Part](), 0)
    found, at = _stretches(typed, at, nightly)
    if not found:
        raise VagueTime(sentence) if at == len(typed) and chosen else NotATime(typed.chunk(at))
    if chosen is None and (after := typed_days(typed, at)):
        chosen, nightly, at = after
        found, _ = _stretches(typed, 0, nightly)  # «۱۱ تا ۷ هر شب»
    if at < len(typed):
        raise NotATime(typed.chunk(at))
    if chosen is None:
        chosen = EVERY_DAY
    return [_quiet(sentence, chosen, start, end) for start, end in found]


def _quiet(sentence: str, chosen: frozenset[int], start: int, end: int) -> Quiet:
    if start >= DAY and chosen != EVERY_DAY:
        raise VagueTime(sentence)  # after midnight: whose night?
    return Quiet(weekdays=chosen, start=start % DAY, end=end % DAY)


def _stretches(typed: Typed, at: int, nightly: frozenset[Part]) -> tuple[list[tuple[int, int]], int]:
    """«۱۳ تا ۱۵ و ۲۳ تا ۷», in minutes, and the index after it."""
    found: list[tuple[int, int]] = []
    here = at
    while more := _stretch(typed, here, nightly):
        stretch, at = more
        found.append(stretch)
        here = at + (typed.words[at].kind is Kind.AND)
    return found, at


def _stretch(typed: Typed, at: int, nightly: frozenset[Part]) -> tuple[tuple[int, int], int] | None:
    first = at
    at += typed.words[at].kind in {Kind.FROM, Kind.FILLER}
    begun = _hour(typed, at, nightly)
    if begun is None or typed.words[begun[2]].kind not in _UNTIL:
        return None
    ended = _hour(typed, begun[2] + 1, frozenset())
    if ended is None:
        return None
    start, plain, _ = begun
    end, _, at = ended
    if start == end or (plain and 0 < start <= DAY // 2 and end <= start):
        raise VagueTime(typed.part(first, at))  # «۱۱ تا ۷»: from which eleven?
    return (start, end), at


def _hour(typed: Typed, at: int, parts: frozenset[Part]) -> tuple[int, bool, int] | None:
    """A minute of the day, whether nothing says which half of the day is meant, and the index after it."""
    before = typed.words[at]
    if before.kind is Kind.PART and Part(before.value) in _HOURS and clocks(typed, at + 1) is None:
        return _HOURS[Part(before.value)], False, at + 1
    begin = at + (before.kind is Kind.PART)
    begin += typed.words[begin].kind is Kind.FILLER
    found = clocks(typed, begin)
    if found is None:
        return None
    said, end = found
    after = typed.words[end].kind is Kind.PART and typed.words[end - 1].kind is not Kind.PART
    named = [typed.words[n] for n, is_named in ((at, before.kind is Kind.PART), (end, after)) if is_named]
    parts |= {Part(word.value) for word in named}
    meant = readings(said[0], parts)
    if not meant:
        raise NoSuchTime(typed.part(at, end + after))
    if len(said) > 1 or len(meant) > 1:  # «۹ و ۱۰» is no end of anything
        raise VagueTime(typed.part(at, end + after))
    plain = not parts and all(typed.words[n].kind is not Kind.TIME for n in range(begin, end))
    return meant[0], plain, end + after
