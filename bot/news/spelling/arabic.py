"""Arabic among Persian: where it stands, and whether a text is Persian for all that. Translates nothing."""

import re
from collections.abc import Iterator

from bot.news.grammar import language
from bot.news.spelling import halfspace

type Place = tuple[int, int]

_TOKEN = re.compile(r"\S+")
_SAMPLE = 2000  # characters: more than `language` reads
_LATIN = re.compile(r"[A-Za-z\u00C0-\u024F]")
_QURAN = re.compile(r"[﴿﴾][^﴿﴾\n]*[﴿﴾]")
_VOWEL = re.compile(r"[\u064B\u064D-\u0650\u0652\u0656\u0657\u0670\u06D6-\u06ED]|ٱ")
_BETWEEN_VOWELLED = 2  # words without signs that may stand between two with them
_ARABIC_SIGN = re.compile(r"[ةأإ\u064E-\u0650]")
_ARABIC_NOUNS = re.compile(r"ال(?<!\w..)\w+ (?:\w+ ){0,2}ال")
_SENTENCE = 3  # blanks
_QUOTED = re.compile(r"«[^«»\n]{4,400}»|\"[^\"\n]{4,400}\"|“[^“”\n]{4,400}”|\([^()\n]{4,400}\)")
_FOREIGN_SIGN = re.compile(r"[ةأإٱ]|[ڕڵۆێەڤ]")
_ARABIC_WORD = re.compile(  # that Persian has in no sentence of its own
    r"(?<![\w\u200c])(?:فی|فیها|فیه|فیهم|بها|لها|الذی|الذین|التی|هذا|هذه|ذلک|تلک|کان|کانت|قال|الی|الیه|الیک|علیه|علیهم"
    r"|علیها|علیک|علیکم|علینا|منه|منها|منهم|لنا|لکم|لهم|انما|انه|انهم|لیس|لم|لن|قد|ثم|اذا|هو|نحن|انت|انتم|لقد)(?![\w\u200c])"
)
_PERSIAN_IN_LINE = re.compile(
    r"[پچژگ\u200c]|(?<!\w)(?:که|را|از|این|است|برای|با|در|به|می|ها|های|تا|هم|نیز|شد|کرد|بود|آن|یک|خود|او|شما|ای)(?!\w)"
)
_LINE, _WORDS = re.compile(r"[^\n/]+"), re.compile(r"\w+")
_FEWEST, _MOST_PERSIAN = 4, 0.5
_TYPED_ARABIC = (("ي", "ی"), ("ى", "ی"), ("ك", "ک"))
_PERSIAN_HAMZA = re.compile(r"[أؤ](?<=\w.)")  # «تأثیر», «مؤثر»: only at the head of a word it tells
_PERSIAN_AT_SIGHT = re.compile(r"(?<![\w\u200c])(?:که|را|از|این|است|برای)(?!\w)")


def spans(text: str) -> Iterator[Place]:
    """Verses of the Quran, words with vowel signs, quotations and whole lines of Arabic (or Kurdish)."""
    if "﴿" in text or "﴾" in text:
        yield from (match.span() for match in _QURAN.finditer(text))
    if _VOWEL.search(text):
        yield from _vowelled(text)
    yield from _by_words(text)
    if not (_ARABIC_SIGN.search(text) or _FOREIGN_SIGN.search(text) or _ARABIC_NOUNS.search(text)):
        return
    for quoted in _QUOTED.finditer(text):
        inside = quoted.group()[1:-1]
        signed = _ARABIC_SIGN.search(inside) or _ARABIC_NOUNS.search(inside)
        if signed and " " in inside.strip() and spoken(inside) == "ar":
            yield quoted.span()
    for line in re.finditer(r"[^\n]+", text):
        if _is_foreign(line.group()):
            yield line.span()


def _by_words(text: str) -> Iterator[Place]:
    """Lines and half-lines that are Arabic by their words, though no sign tells: unvowelled verse."""
    if any(typed in text for typed, _ in _TYPED_ARABIC):
        for typed, printed in _TYPED_ARABIC:
            text = text.replace(typed, printed)
    for found in _LINE.finditer(text):
        line = found.group()
        if _PERSIAN_IN_LINE.search(line) or not _ARABIC_WORD.search(line):  # the first words tell of most
            continue
        words = _WORDS.findall(line)
        if len(words) >= _FEWEST and sum(map(halfspace.often, words)) <= _MOST_PERSIAN * len(words):
            yield found.span()


def _is_foreign(line: str) -> bool:
    if line.count(" ") < _SENTENCE or not _FOREIGN_SIGN.search(line) or _PERSIAN_AT_SIGHT.search(line):
        return False
    return spoken(line) in ("ar", "ckb")


def is_arabic(line: str) -> bool:
    """Whether a line by itself is Arabic (or Kurdish), by its signs or its words."""
    return _is_foreign(line) or any(end - start == len(line) for start, end in _by_words(line))


def may_be_arabic(line: str) -> bool:
    """Whether nothing in a line is Persian for sure: beside Arabic it is Arabic too."""
    return not _PERSIAN_IN_LINE.search(line)


def _vowelled(text: str) -> Iterator[Place]:
    """Words with two vowel signs or more; Persian has one now and then, for a word that could be misread."""
    start = end = 0
    for word_start, word_end in _words_with_two_vowels(text):
        between = text[end:word_start]
        if end and "\n" not in between and between.count(" ") <= _BETWEEN_VOWELLED + 1:
            end = word_end
        else:
            if end:
                yield start, end
            start, end = word_start, word_end
    if end:
        yield start, end


def _words_with_two_vowels(text: str) -> Iterator[Place]:
    at = 0
    while vowel := _VOWEL.search(text, at):
        token = token_around(text, at, vowel.start())
        at = token.end()
        if _VOWEL.search(text, vowel.end(), at):
            yield token.span()


def token_around(text: str, after: int, inside: int) -> re.Match[str]:
    """The token that holds the character at `inside`; it begins not before `after`."""
    start = 1 + max(text.rfind(blank, after, inside) for blank in " \n\t\u00a0")
    token = _TOKEN.search(text, start or after)
    assert token
    return token


def spoken(text: str) -> str:
    """The language of a text, also where Arabic keys or hamzas make Persian look like Arabic."""
    sample = _as_persian(text)
    foreign = _FOREIGN_SIGN.search(sample) or _LATIN.search(sample)
    if not foreign and _PERSIAN_AT_SIGHT.search(sample):
        return "fa"  # as `language` would say, twenty times as quickly
    return language.detect(sample)


def is_persian(text: str, open_text: str) -> bool:
    """Whether a text is Persian; or what is open of it, where most is an address or a quotation."""
    return language.is_persian(spoken(text)) or bool(_PERSIAN_AT_SIGHT.search(_as_persian(open_text)))


def _as_persian(text: str) -> str:
    sample = text[:_SAMPLE]
    for typed, printed in _TYPED_ARABIC:
        sample = sample.replace(typed, printed)
    return _PERSIAN_HAMZA.sub("ا", sample)
