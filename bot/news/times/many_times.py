"""Tells a sentence of several times, or a pasted calendar, from one time. Knows neither days nor hours."""

import re

from bot.news.times.time_words import Kind, fold, lexicon

_NUMBERS = 8  # a time in both calendars has six
_WEEKDAYS = 4
_BETWEEN = re.compile(r"\s(?:و|and)\s|[،,؛;\n]")
_WORD = re.compile(r"[^\W\d_]+(?:\u200c[^\W\d_]+)*")
_INITIALS = frozenset("شیدسچپج")  # the head of a Persian calendar


def sentences(text: str) -> list[str]:
    """The parts of `text`, each of which may be a time of its own."""
    return [part for part in _BETWEEN.split(text) if part.strip()]


def is_calendar(text: str) -> bool:
    """Whether there are more days or numbers in it than any one time has."""
    words = _WORD.findall(fold(text))
    kinds = [lexicon().get(word.replace("\u200c", "")) for word in words]
    named = sum(kind is not None and kind[0] is Kind.WEEKDAY for kind in kinds)
    headed = len(_INITIALS.intersection(words)) > _WEEKDAYS
    return headed or named >= _WEEKDAYS or len(re.findall(r"\d+", text)) >= _NUMBERS
