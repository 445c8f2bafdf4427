"""A typed text taken apart into words of `time_words`. Knows no clock and no grammar.

Spelling makes no difference: digits, Arabic ي and ك, hamza, ezafe, diacritics and marks of direction,
nor a ZWNJ, a space or nothing between the parts of one word («پس‌فردا»).
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from bot.errors import NotATime
from bot.news.times.time_words import Kind, fold, lexicon, openers

_DAYS = {Kind.WEEKDAY, Kind.WEEKDAYS, Kind.EVERY_DAY, Kind.ODD_DAYS, Kind.WORKDAYS, Kind.WEEKEND}


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    kind: Kind
    value: int
    text: str  # folded
    start: int  # in `Typed.text`
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Typed:
    """What was typed; `words` ends in four of kind END, so that looking ahead needs no care."""

    text: str  # without what is invisible
    original: str
    words: tuple[Word, ...]

    def __len__(self) -> int:
        return len(self.words) - 4

    def part(self, first: int, end: int) -> str:
        """The text of the words from `first` to before `end`."""
        return self.text[self.words[first].start : self.words[end - 1].end]

    def chunk(self, index: int) -> str:
        """The word at `index` with all that is written together with it."""
        return _chunk(self.original, self.text, self.words[index].start)


# Tatweel, diacritics with hamza and madda above, marks of direction, ZWJ, soft hyphen, byte order mark.
_INVISIBLE = re.compile(
    "[\u0640\u064b-\u065f\u0670\u200d-\u200f\u202a-\u202e\u2060-\u2069\u061c\u00ad\ufeff]+"
)
_IN_CLOCK = re.compile(r"(?<=\d)\u200c+(?=:\d)|(?<=\d:)\u200c+(?=\d)")  # «۸\u200c:۳۰»
_LOOSE_CLOCK = re.compile(  # «۸ : ۳۰», but not in «۱۴۰۵/۹/۵: ۱۰:۳۰»
    r"(?<![\d/.:-])(\d{1,2})(?:[ \t\u200c]+:[ \t\u200c]*|:[ \t\u200c]+)([0-5۰-۵٠-٥]\d)(?![\d/.-]|[ \t]*:)"
)
_SLIPPED_COLON = re.compile(r"(?<![\d/.:;؛-])(\d{1,2})[;؛](?=[0-5۰-۵٠-٥]\d(?![\d:]))")  # of the same key
_LETTERS = re.compile(r"(?<![^\W\d_])[^\W\d_]{5,24}(?![^\W\d_])")
_RUN_TOGETHER = {
    Kind.DAY,
    Kind.NIGHT_OF,
    Kind.WEEKDAY,
    Kind.WEEKDAYS,
    Kind.PART,
    Kind.HOUR,
    Kind.JALALI_MONTH,
    Kind.EVERY_DAY,
}
_DOTTED = re.compile(r"\b([apقب])\.? ?([mظ])\b\.?")
_TOKEN = re.compile(
    r"""(?P<date>\d{1,4}([/.-])\d{1,2}\2\d{1,4}(?!\d))(?:t(?=\d))?
    |(?P<time>\d{1,2}[:.]\d\d(?!\d)(?::00(?!\d))?)
    |(?P<decimal>\d{1,2}\.\d(?!\d))
    |(?P<short>\d{1,2}/\d{1,2}(?!\d))
    |(?P<digits>\d+)
    |(?P<word>و(?=(?:نیم|ربع|یکم?|دوم?|سه|سوم|چهارم?|پنجم?|ششم?|هفتم?|هشتم?|نهم?)(?![^\W\d_]))
        |(?:نیم|یک|یه|دو|سه)(?=ساعت(?![^\W\d_]))
        |(?:یک|دو|سه|چهار|پنج|شش|شیش|هفت|هشت|نه|ده|یازده|دوازده)(?=و(?:نیم|ربع)(?![^\W\d_]))
        |هر(?=(?:شب|صبح|صب|ظهر|عصر)(?![^\W\d_]))
        |(?:فردا|پسفردا|امروز)(?=(?:صبح|صب|ظهر|عصر|بعدازظهر)(?![^\W\d_]))
        |[^\W\d_]+(?:'[^\W\d_]+)?)
    |(?P<blank>[\s\u200c]+)
    |(?P<break>[,،;؛()«»"]+|(?<!\d):|[.!?؟]+(?=\s|$))
    |(?P<sign>.)""",
    re.VERBOSE,
)


def read(text: str) -> Typed:
    """The words of `text`.

    Raises:
        NotATime: a word that no time is typed with.
    """
    visible = _IN_CLOCK.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))
    visible = _LOOSE_CLOCK.sub(r"\1:\2", _SLIPPED_COLON.sub(r"\1:", visible))
    visible = _LETTERS.sub(lambda found: _parted(found[0]) or found[0], visible)
    folded = _DOTTED.sub(lambda found: (found[1] + found[2]).ljust(len(found[0])), fold(visible))
    tokens = [found for found in _TOKEN.finditer(folded) if found.lastgroup != "blank"]
    words: list[Word] = []
    at = 0
    while at < len(tokens):
        word, used = _word(tokens, at, after_hour=bool(words) and words[-1].kind is Kind.HOUR)
        if word is None and tokens[at].lastgroup != "break":
            raise NotATime(_chunk(text, visible, tokens[at].start()))
        words += [word] if word else []
        at += used
    end = Word(kind=Kind.END, value=0, text="", start=len(visible), end=len(visible))
    return Typed(text=visible, original=text, words=(*words, end, end, end, end))


@lru_cache(maxsize=2_000)
def _parted(letters: str) -> str | None:
    """«فردا صبح ساعت» of «فرداصبحساعت»: words that ran together; None of all others."""
    words, folded = lexicon(), fold(letters)
    if folded in words:
        return letters
    for cut in range(len(letters) - 2, 1, -1):
        first = words.get(folded[:cut])
        if first and first[0] in _RUN_TOGETHER:
            rest = _last_of(letters[cut:]) or _parted(letters[cut:])
            if rest:
                return f"{letters[:cut]} {rest}"
    return None


def _last_of(letters: str) -> str | None:
    meaning = lexicon().get(fold(letters))
    return letters if meaning and meaning[0] in _RUN_TOGETHER else None


def with_ranges(typed: Typed) -> Typed:
    """The same where `8 to 20` is a range of hours, and not eight minutes before twenty."""
    words = [
        replace(word, kind=Kind.UNTIL) if word.kind is Kind.TO and before.kind is Kind.DIGITS else word
        for before, word in pairwise((typed.words[-1], *typed.words))
    ]
    return replace(typed, words=tuple(words))


def with_parts(typed: Typed) -> Typed:
    """The same where «شب‌ها» is «هر شب», or «شب» where days are named with it."""
    named = any(word.kind in _DAYS for word in typed.words)
    words: list[Word] = []
    for word in typed.words:
        if word.kind is Kind.PARTS:
            words += [] if named else [replace(word, kind=Kind.EVERY)]
            word = replace(word, kind=Kind.PART)  # noqa: PLW2901
        words.append(word)
    return replace(typed, words=tuple(words))


def _word(tokens: list[re.Match[str]], at: int, *, after_hour: bool) -> tuple[Word | None, int]:
    """The longest word of the table that begins at a token, else the number there."""
    token = tokens[at]
    for used in (3, 2) if token[0] in openers() else ():
        parts = tokens[at : at + used]
        if len(parts) < used or any(part.lastgroup == "break" for part in parts):
            continue
        together = lexicon().get("".join([part[0] for part in parts]))
        if together and not (after_hour and together[0] is Kind.WEEKDAY):  # «ساعت ۵ شنبه»: five, on Saturday
            return _as_word(token, parts[-1].end(), together), used
    meaning = lexicon().get(token[0]) or _number(token)
    return meaning and _as_word(token, token.end(), meaning), 1


def _as_word(token: re.Match[str], end: int, meaning: tuple[Kind, int]) -> Word:
    return Word(kind=meaning[0], value=meaning[1], text=token[0], start=token.start(), end=end)


def _number(token: re.Match[str]) -> tuple[Kind, int] | None:
    match token.lastgroup:
        case "digits" if len(token[0]) <= 4:
            return Kind.DIGITS, int(token[0])
        case "time":
            hour, minute = re.split("[:.]", token[0])[:2]
            return Kind.TIME, int(hour) * 100 + int(minute)
        case "decimal":
            return Kind.DECIMAL, round(float(token[0]) * 100)
        case "short":
            return Kind.SHORT_DATE, 0
        case "date":
            return Kind.DATE, 0
    return None


def _chunk(original: str, visible: str, at: int) -> str:
    """What stands at `at` of the visible text, up to the blanks around it, as it was typed."""
    chunks = [(found[0], found.end()) for found in re.finditer(r"\S+", visible)]
    number = next(n for n, (_, end) in enumerate(chunks) if end > at)
    typed = original.split()
    return typed[number] if len(typed) == len(chunks) else chunks[number][0]
