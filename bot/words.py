"""The words the bot says to its staff, from gettext catalogues. Words inside posts come with a look.

Sources are English, Persian is a catalogue like any other and the default. `pybabel` extracts and compiles
(`./run words`); a test finds messages that are missing or no longer used.
"""

import gettext
import re
from functools import cache
from pathlib import Path
from typing import Self

from bot.news.posts.for_staff import quoted

LANGUAGES = ("fa", "en")
_SIGNED = re.compile(r"(?<![\w\u200e/])[/@](?=[A-Za-z])")
"""The sign of a /command or @name: in a Persian line it would be shown at the wrong end of the word."""
_PERSIAN_FIRST = re.compile("[^A-Za-z\u0590-\u08ff]*[\u0590-\u08ff]")
"""An English line whose first letter is a name's: Telegram would set all of it from right to left."""
_PERSIAN_DIGITS = str.maketrans("0123456789,", "۰۱۲۳۴۵۶۷۸۹٬")


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "to be translated later"
    """Mark a message that stands in a table and is translated where it is said."""
    return message


class _Amount(str):
    """A number in a language's digits; `{count:post|posts}` is the word that goes with it in English."""

    __slots__ = ("_is_one",)
    _is_one: bool

    def __new__(cls, shown: str, *, is_one: bool) -> Self:
        made = super().__new__(cls, shown)
        made._is_one = is_one
        return made

    def __format__(self, words: str) -> str:
        one, bar, many = words.partition("|")
        return (one if self._is_one else many) if bar else super().__format__(words)


class _Said(str):
    """Words of ours, which may stand in a longer sentence of ours as they are."""

    __slots__ = ()


class Words:
    """One language's words. What fills them is other people's: no command in it can be pressed."""

    def __init__(self, language: str) -> None:
        self.language = language
        locale = Path(__file__).parent / "locale"
        self._catalogue = gettext.translation("monadi", locale, [language], fallback=language == "en")

    def __call__(self, message: str, **values: object) -> str:
        """The message in this language, its `{names}` filled with `values`; numbers in its digits."""
        text = self._catalogue.gettext(message)
        if values:
            text = text.format(**{name: self.number(value) for name, value in values.items()})
        if self.language == "fa":
            return _Said(_SIGNED.sub("\u200e\\g<0>", text))
        return _Said(f"\u200e{text}" if _PERSIAN_FIRST.match(text) else text)

    def number(self, value: object) -> object:
        """An integer in the language's digits, from 10,000 on with separators; a text with no /command."""
        if type(value) is str:
            return quoted(value)
        if not isinstance(value, int):
            return value
        text = f"{value:,}" if abs(value) >= 10_000 else str(value)
        shown = text.translate(_PERSIAN_DIGITS) if self.language == "fa" else text
        return _Amount(shown, is_one=value == 1)


@cache
def words(language: str) -> Words:
    """The words of `language`; Persian where there is none of that name."""
    return Words(language if language in LANGUAGES else "fa")
