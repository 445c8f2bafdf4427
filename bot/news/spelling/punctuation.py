"""Marks between words: which sign, how many, and where the blanks stand. Knows no letters and no numbers.

Rules: «نشانه‌گذاری» as the Academy's and the press's handbooks agree on it: a mark stands close to the word
before it, a blank follows; brackets and quotes are close to what they hold. Nothing crosses a line's end.
"""

import re

from bot.news.grammar.letter_names import LETTER_NAMES
from bot.news.spelling.house_style import HouseStyle
from bot.news.spelling.untouchable import PLACE

_FA = "\u0621-\u063a\u0641-\u064a\u064b-\u0655\u067e\u0686\u0698\u06a9\u06af\u06c0\u06cc"
_N = "0-9۰-۹"
_WORD = f"{_FA}{_N}{PLACE}"

# Every pattern begins with the mark itself and looks back from behind it: so the search skips all other text.
_COMMA = re.compile(rf",(?<=[{_FA}….»)\]}}\"{PLACE}],)(?=[ \n]*[{_FA}«(\[{{\"{_N}{PLACE}]|$)", re.MULTILINE)
_SEMICOLON = re.compile(rf";(?<=[{_FA}»)\]}}\" ];)(?=[ ]*[{_FA}«(\[{{{_N}]|[ ]*$)", re.MULTILINE)
_QUESTION = re.compile(rf"\?(?<=[{_WORD}»)\" ?؟]\?)(?![A-Za-z{_N}{PLACE}/=&])")

_DOUBLED = re.compile(r"([!؟،؛])\1+|::(?<![:/]::)(?![:/])")
_TWICE = ("!!", "؟؟", "،،", "؛؛", "::")
_TURNED = re.compile(r"!؟(?<![!؟]!؟)(?![!؟])")
_STOPS = re.compile(r"\.\.(?<![./\\]\.\.)(?![./\\])")
_ELLIPSIS = re.compile(r"[.…]{2,}+(?![/\\])")
_MOST_STOPS = 6  # more are a line to write on

# No blank before a mark, but for smileys, «.net», an ellipsis and marks at the head of a line.
_BLANK_BEFORE = re.compile(rf" ([،؛!؟]|:(?![-)(dDpP/])|\.(?<!… \.)(?![.\w{PLACE}]))(?<=[{_WORD}»)\]\"…] .)")
_WRONG_SIDE = re.compile(rf" \.(?<=[{_WORD}»)\]\"] \.)(?=[{_FA}])")  # «گفت .او»
_BLANK_AFTER = re.compile(
    rf"[،؛!؟](?=\S)(?:(?<=[،؛])(?=[{_FA}«(\[\"‹{PLACE}])|(?<=[{_FA}»)]،)(?=[{_N}])|(?<=[!؟])(?=[{_FA}«]))"
)
_AFTER_COLON = re.compile(rf":(?<=[{_FA}]:)(?=[{_FA}«{_N}])|:(?<=[{_N}»)]:)(?=[{_FA}«])")
# «گفت.وی», «شد.وی»; but «ب.ام.و», «ق.م», «بی.بی.سی» and «خبر.کام» stay
_LETTERS = "|".join(sorted(LETTER_NAMES))
_TWO = "|".join(sorted(name for name in LETTER_NAMES if len(name) == 2))
_AFTER_STOP = re.compile(
    rf"\.(?<=[{_FA}]{{2}}\.)(?=[{_FA}]{{2,}}(?!\.[{_FA}]))(?!(?:کام|نت|ارگ|آی\u200cآر|ایران)(?![{_FA}]))"
    rf"(?!(?<=(?:{_TWO})\.)(?<![{_FA}\u200c].{{2}}\.)(?:{_LETTERS})(?![{_FA}]))"
    rf"|\.(?<=[»)]\.)(?=[{_FA}])|\.(?<=[{_FA}]{{3}}\.)(?=«)"
)
_OPENING = re.compile(r"([«(\[‹])[ ]+(?=\S)")
_CLOSING = re.compile(r" ([»)\]›])(?<=[^\s].{2})")
# «امام(ره)» and «کتاب(ها)» are written so
_TIED = "ص|ع|س|ره|عج|ج|قدس|سلام|علیه|علیها|رض|ها|های|ان|ات|ی|ین|هٔ|ۀ|ٔ"
_BEFORE_BRACKET = re.compile(rf"\((?<=[{_FA}{_N}!؟،؛»]\()(?!(?:{_TIED})[^{_FA}])|«(?<=[{_FA}{_N}»]«)")
_AFTER_BRACKET = re.compile(rf"[)\]»](?=\S)(?:(?<=[)\]])(?=[{_FA}]{{2}}|و )|(?<=»)(?=[{_FA}{_N}{PLACE}]))")
_BLANKS = re.compile(r"(?<=\S)[ ]{2,}(?=\S)")
_DASH = re.compile(rf" (?:-{{1,3}}|–|—|ـ+)(?= [{_WORD}«(\[\"…])")
_STUCK = re.compile(
    rf"(?:-|–)(?<=[{_FA}{_N}]{{2}}[\-–])(?= [{_FA}«])|[ ](?:-|–)(?<=[{_WORD}»)] .)(?=[{_FA}]{{2}})"
)
_NO_DASH_AFTER = re.compile(rf"[^{_WORD}»)\]\"…،؛]")


def mended(text: str, style: HouseStyle) -> str:
    """The text with Persian marks, one for each, where they belong; signs in house style."""
    if style.ellipsis != "as_is" and (".." in text or "…" in text):
        text = _ELLIPSIS.sub(_ellipsis, text).replace("…", style.ellipsis)
    if "," in text or ";" in text or "?" in text:
        text = _QUESTION.sub("؟", _SEMICOLON.sub("؛", _COMMA.sub("،", text)))
    if style.doubled:
        if any(twice in text for twice in _TWICE):
            text = _DOUBLED.sub(lambda mark: mark.group()[0], text)
        text = _TURNED.sub("؟!", text)
        text = _STOPS.sub(".", text)
    text = _spaced(text)
    if style.dash != "as_is" and any(f" {dash}" in text for dash in "-–—ـ"):
        text = _DASH.sub(lambda dash: _dash(dash, style.dash), text)
        if f" {style.dash} " in text:
            return "\n".join(_dashed_alike(line, style.dash) for line in text.split("\n"))
    return text


def _dashed_alike(line: str, dash: str) -> str:
    """A line that parts words by dashes with blanks about them has them about all: «تهران- قم»."""
    return _STUCK.sub(f" {dash} ", line).replace(f" {dash}  ", f" {dash} ") if f" {dash} " in line else line


def _ellipsis(stops: re.Match[str]) -> str:
    written = stops.group()
    return "…" if "…" in written or 2 < len(written) <= _MOST_STOPS else written


def _spaced(text: str) -> str:
    if "  " in text:
        text = _BLANKS.sub(" ", text)
    text = _BLANK_BEFORE.sub(r"\1", _WRONG_SIDE.sub(". ", text))
    text = _BLANK_AFTER.sub(r"\g<0> ", text)
    text = _AFTER_STOP.sub(". ", _AFTER_COLON.sub(": ", text))
    text = _close(text)
    return _AFTER_BRACKET.sub(r"\g<0> ", _BEFORE_BRACKET.sub(r" \g<0>", text))


def _close(text: str) -> str:
    """Brackets and quotes close to what they hold; but «خانه » اخبار » ورزش» is a path, not a quote."""
    if text.count("«") != text.count("»") and "\n" in text:
        return "\n".join(map(_close, text.split("\n")))
    if text.count("«") != text.count("»"):
        return text
    return _CLOSING.sub(r"\1", _OPENING.sub(r"\1", text))


def _dash(found: re.Match[str], dash: str) -> str:
    """A dash between words; at the head of a line it is a bullet or a turn of speech, in «۳ - ۱» a score."""
    before = found.string[found.start() - 1 : found.start()]
    score = before.isdigit() and found.string[found.end() + 1].isdigit()
    return found.group() if not before or score or _NO_DASH_AFTER.match(before) else f" {dash}"
