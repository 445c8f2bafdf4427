"""Words that may be spelled in two ways, in the house's. Knows the style's tables, and no grammar."""

import re
from collections.abc import Mapping
from functools import lru_cache

from bot.news.spelling.house_style import HouseStyle
from bot.news.spelling.untouchable import PLACE

_TELLING = re.compile(r".?[\u200cأؤئ].?| (?:این|آن) که|(?<=.) الله")
_SIGNS = "\u200cأؤئ"
_SIGN = re.compile(r"[\u200cأؤئ]")
_BEGINNING = 5  # characters of a form without a sign: «غیر ق»
_AROUND = 3  # characters of a sign with its neighbours
_EZAFE = re.compile(r"(?:ۀ|ه\u0654|ه\u200cی)(?![\w\u200c])")


def in_style(text: str, style: HouseStyle) -> str:
    """The text with the house's forms of words, of hamza, and of the «ی» after «ه»."""
    if style.ezafe != "as_is":
        text = _EZAFE.sub(style.ezafe, text)
    if found := _present(style.hamza, text):
        text = _stems(found).sub(lambda stem: style.hamza[stem.group()], text)
    if found := _present(style.words, text):
        text = _whole(found).sub(lambda word: style.words[word.group()], text)
    return text


def _present(table: Mapping[str, str], text: str) -> tuple[str, ...]:
    """The forms that are there at all: few, and plain search is quicker than one pattern for all."""
    signs = {text[max(0, at - 1) : at + 2] for at in (found.start() for found in _SIGN.finditer(text))}
    return tuple(
        form
        for telling, forms in _told(tuple(table))
        if (telling in signs if len(telling) == _AROUND and telling[1] in _SIGNS else telling in text)
        for form in forms
        if form in text
    )


@lru_cache(maxsize=16)  # a newsroom has one house style, and that two tables
def _told(forms: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The forms by what tells most of them: a half-space or hamza with its neighbours, or how they begin."""
    told: dict[str, list[str]] = {}
    for form in forms:
        found = _TELLING.search(form)
        told.setdefault(found.group() if found else form[:_BEGINNING], []).append(form)
    return tuple((telling, tuple(group)) for telling, group in told.items())


@lru_cache(maxsize=512)
def _whole(forms: tuple[str, ...]) -> re.Pattern[str]:
    """Whole words, or the first part of a compound («هم‌زمان‌سازی»)."""
    return re.compile(rf"(?:{_alternatives(forms, rf'\w\u200c{PLACE}')})(?![\w{PLACE}])")


@lru_cache(maxsize=512)
def _stems(forms: tuple[str, ...]) -> re.Pattern[str]:
    """The beginning of a word, or of a part of one («غیرمسؤول» is not found, «می‌گوئیم» is)."""
    return re.compile(_alternatives(forms, rf"\w{PLACE}"))


def _alternatives(forms: tuple[str, ...], not_before: str) -> str:
    """Longest first, sorted by initials, so that the search skips all other letters."""
    tails: dict[str, list[str]] = {}
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        tails.setdefault(form[0], []).append(re.escape(form[1:]))
    return "|".join(
        f"{re.escape(initial)}(?<![{not_before}].)(?:{'|'.join(rest)})" for initial, rest in tails.items()
    )
