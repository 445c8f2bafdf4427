"""What no copy editor may change: where it stands in a text. Knows how it looks, and mends nothing itself.

Addresses, handles, tags, code, Latin words with their quotes, file names, Arabic (of the Quran, with vowel
signs, or quoted), verse in its layout, gaps of tables, phone numbers, versions and codes of all kinds.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from bot.news.spelling import arabic
from bot.news.spelling.verse import layout_spans

type Place = tuple[int, int]

PLACE, GAP = "\ue000", "\ue001"
"""Stand for one untouchable span while its neighbours are mended: a word without letters, a blank."""

_PLACES = re.compile(f"[{PLACE}{GAP}]")
_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
_MARKUP = re.compile(r"</?[A-Za-z][^<>\n]{0,300}>")
_STARTS_LATIN = re.compile(r"[A-Za-z\u00C0-\u024F@#_\\]")
_LATIN = "A-Za-z\u00c0-\u024f"
_ENDS = r"\s«»‹›\"“”،؛<>"  # ends an address
_FILES = "pdf|docx?|xlsx?|pptx?|zip|rar|jpe?g|png|gif|webp|mp3|mp4|avi|mkv|ogg|csv|json|txt|apk|exe|psd|html?"
# Every branch begins where no longer one could have begun: the search stays linear in words of any length.
_INLINE = re.compile(
    rf"(?P<url>(?<![{_LATIN}0-9])[0-9]{{0,9}}(?:[A-Za-z][A-Za-z0-9+.\-]{{1,15}}://|www\.)[^{_ENDS}]+)"
    rf"|(?P<email>(?<![\w.+\-])[\w.+\-]++@[\w\-]+(?:\.[\w\-]+)+)"
    rf"|(?P<file>(?<![\w.\-/\\])[\w.\-/\\\u200c]*?\.(?:{_FILES})(?!\w))"
    rf"|(?P<domain>(?<![\w.\-])(?:[A-Za-z0-9\-]+\.)+[A-Za-z]{{2,}}(?![\w])(?:[/?#][^{_ENDS}]*)?)"
    rf"|(?P<tag>[#@][\w\u200c·]+)"
    rf"|(?P<joined>(?<![^\W_])[^\W_]++_[\w\u200c]+)"
    rf"|(?P<latin>(?<![{_LATIN}0-9])(?:[0-9][0-9.,]{{0,9}})?[{_LATIN}][{_LATIN}0-9.+&'’/\\:_%=~^*,()@#$!?\-]*)"
)
_MONTH = re.compile(
    r"(?<![A-Za-z])(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)(?![A-Za-z])\.?"
)
_BEFORE_MONTH = re.compile(r"(?<![\w/.,\-])(?:[0-9]{1,4}(?:st|nd|rd|th)?[ /.,\-–]{1,2}){1,2}$")
_AFTER_MONTH = re.compile(r"(?:[ /.,\-–]{1,2}[0-9]{1,4}(?:st|nd|rd|th)?(?![\w:٪%])){1,2}")
_LONGEST_BEFORE_MONTH = 16
_LONGEST_TOKEN = 4000
_TRAILING = re.compile(r"[.,:;!?؟)\]}'’…*&/\\\-=~^%+(]+$")
_BETWEEN_LATIN = re.compile(r"[ \t.,&:;/'’()+\-–]{1,4}(?:[0-9][0-9.]*[ ])?")
_AFTER_LATIN = re.compile(r"[ ][0-9]{1,4}(?:[.\-][0-9]+)*(?![\w/]|[.,:][0-9]|[ ]?[٪%])")
_TO_QUOTE = re.compile(r"[^\n\u0600-\u06FF\uFB50-\uFEFC\"“”'‘’«»()]{0,60}")  # no Persian up to there
_QUOTES = {'"': '"', "“": "”", "'": "'", "‘": "’", "«": "»", "(": ")"}

_N = "0-9۰-۹٠-٩"
_LONG_NUMBER = re.compile(rf"[{_N}+][{_N} .()\-–]{{4,}}")
_NUMBERS = re.compile(
    rf"(?<![{_N}])(?:"
    rf"(?:\+|00)[{_N}]{{1,3}}(?:[ \-–()]{{0,2}}[{_N}]){{7,12}}"  # +98 21 1234 5678
    rf"|[0۰٠](?:[ \-–]?[{_N}]){{8,10}}(?![{_N}])"  # 021-12345678, 0912 345 6789
    rf"|[{_N}]{{4,8}}[\-–][0۰٠][{_N}]{{2,3}}(?![{_N}])"  # as typed from right to left: 12345678-021
    rf"|[{_N}]{{4}}(?:[ \-–][{_N}]{{4}}){{3}}(?![{_N}])"  # a bank card
    rf"|[{_N}]+(?:\.[{_N}]+){{2,}}"  # an IP address, a version, a date with dots
    rf"|[{_N}]{{10,}}"  # a national id, an account
    rf")"
)
_AMOUNT = re.compile(r"[ ]?(?:ریال|تومان|دلار|یورو|نفر)")
# A number after such a word is a name, not an amount. «کد» is Arabic-typed «كد» too.
_CODE_WORDS = (
    "تلفکس|تلفن|نمابر|فکس|موبایل|پیامک|شناسه|شبا|سریال|بارکد|پلاک|نسخه|نسخۀ|ورژن|ویرایش"
    "|صندوق پستی|انتهای[ \u200c]?پیام|[کك]دپستی"
    "|شماره (?:تماس|تلفن|همراه|ثبت|نامه|پرونده|مجوز|حساب|[کك]ارت|شبا|سریال|شناسنامه|ملی|پروانه|قرارداد)"
    r"|[کك]د(?: [^\W\d_]{2,10}){0,2}"
)
_VALUE = re.compile(rf"[{_N}][{_N}./\-–]{{2,}}")
_CODED = re.compile(
    rf"(?<!\w)(?:{_CODE_WORDS})(?:[ \u200c](?:شماره|ثابت|همراه|تماس|گویا|پیامکی|های)){{0,3}}"
    rf"[ ]?[:：/]?[ ]?(?P<value>{_VALUE.pattern}(?<![./\-–]))"
)
_LONGEST_NAME = 60  # characters before the value

# «الله» is often not written out: «عبدا...», «فضل ا...».
_DOTTED = re.compile(
    r"(?:(?<![\w\u200c])|عبد|فضل|آیت|حجت|روح|نصر|سیف|اسد|حبیب|رحمت|نعمت|عزت|ولی|قدرت|ید)ا\.{2,3}(?!\.)"
)


def spans(text: str, kept: frozenset[str] = frozenset()) -> tuple[Place, ...]:
    """The untouchable places of a text, in order and apart; `kept` are words to be left alone besides."""
    found = [match.span() for match in _CODE.finditer(text)] if "`" in text else []
    if "<" in text and ">" in text:
        found += (match.span() for match in _MARKUP.finditer(text))
    latin = _inline(text)
    found += latin
    if latin:
        found += map(_whole_date, _MONTH.finditer(text))
    for number in _LONG_NUMBER.finditer(text):
        names = _NUMBERS.finditer(text, *number.span())
        found += (name.span() for name in names if not _AMOUNT.match(text, name.end()))
    for value in _VALUE.finditer(text):  # names are looked for only beside numbers: there are few
        codes = _CODED.finditer(text, max(0, value.start() - _LONGEST_NAME), value.end())
        found += (code.span("value") for code in codes)
    if "ا.." in text:
        found += (match.span() for match in _DOTTED.finditer(text))
    found += arabic.spans(text)
    found += layout_spans(text)
    if kept:
        found += (match.span() for match in _alternatives(kept).finditer(text))
    if PLACE in text or GAP in text:
        found += (match.span() for match in _PLACES.finditer(text))
    return tuple(_apart(found))


def hidden(text: str, places: Iterable[Place]) -> tuple[str, list[str]]:
    """The text with `PLACE` or `GAP` for each of the places, and what stood there."""
    open_text: list[str] = []
    untouched: list[str] = []
    at = 0
    for start, end in places:
        span = text[start:end]
        open_text += [text[at:start], GAP if span.isspace() else PLACE]
        untouched.append(span)
        at = end
    return "".join([*open_text, text[at:]]), untouched


def shown(text: str, untouched: list[str]) -> str:
    """The opposite of `hidden`."""
    parts = _PLACES.split(text)
    return "".join(part + kept for part, kept in zip(parts, [*untouched, ""], strict=True))


def _inline(text: str) -> list[Place]:
    """Addresses and Latin: token by token, since most tokens of Persian copy have nothing of the kind."""
    found: list[Place] = []
    at = 0
    while start := _STARTS_LATIN.search(text, at):
        token = arabic.token_around(text, at, start.start())
        at = token.end()
        word = token.group()
        if len(word) > _LONGEST_TOKEN:  # no word of any language
            found.append(token.span())
            continue
        found += (
            (token.start() + start, token.start() + end)
            for start, end in map(_trimmed, _INLINE.finditer(word))
            if start < end
        )
    return _with_quotes(text, _one_run(text, found))


def _whole_date(month: re.Match[str]) -> Place:
    """An English month with the figures about it: «2023 September 28» stays English as a whole."""
    text, start = month.string, month.start()
    before = _BEFORE_MONTH.search(text, max(0, start - _LONGEST_BEFORE_MONTH), start)
    after = _AFTER_MONTH.match(text, month.end())
    return before.start() if before else start, after.end() if after else month.end()


def _trimmed(match: re.Match[str]) -> Place:
    """Without the sentence's own punctuation at its end; a bracket that was opened inside stays."""
    found = match.group()
    if match.lastgroup in ("tag", "joined"):
        return match.span()
    tail = _TRAILING.search(found)
    end = tail.start() if tail else len(found)
    while found[:end].count("(") > found[:end].count(")") and found[end : end + 1] == ")":
        end += 1
    if tail and tail.group()[0] in "+/":  # «C++», «example.org/»
        end += len(tail.group()) - len(tail.group().lstrip("+/"))
    return match.start(), match.start() + end


def _one_run(text: str, places: list[Place]) -> list[Place]:
    """Latin words that follow one another are one place, with the number that ends a name («Windows 11»)."""
    runs: list[Place] = []
    for start, end in places:
        if runs and _BETWEEN_LATIN.fullmatch(text, runs[-1][1], start):
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    limits = [start for start, _ in runs[1:]] + [len(text)]
    return [
        (start, _with_number(text, end, limit)) for (start, end), limit in zip(runs, limits, strict=False)
    ]


def _with_number(text: str, end: int, limit: int) -> int:
    number = _AFTER_LATIN.match(text, end)
    return number.end() if number and number.end() <= limit else end


def _with_quotes(text: str, places: list[Place]) -> list[Place]:
    return [_quoted(text, start, end) for start, end in places]


def _quoted(text: str, start: int, end: int) -> Place:
    """The place with the quotes or brackets round it, if nothing Persian is between them."""
    closing = _QUOTES.get(text[start - 1]) if start else None
    between = _TO_QUOTE.match(text, end)
    if closing and between and text[between.end() : between.end() + 1] == closing:
        return start - 1, between.end() + 1
    return start, end


@lru_cache(maxsize=64)
def _alternatives(kept: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted(filter(None, kept), key=lambda form: (-len(form), form))
    forms = "|".join(map(re.escape, longest_first)) or "(?!)"
    return re.compile(rf"(?<![\w\u200c])(?:{forms})(?![\w\u200c])")


def _apart(places: list[Place]) -> Iterator[Place]:
    """In order, those that overlap or hold one another as one."""
    ordered = sorted(places)
    if not ordered:
        return
    start, end = ordered[0]
    for _, (next_start, next_end) in pairwise(ordered):
        if next_start < end:
            end = max(end, next_end)
        else:
            yield start, end
            start, end = next_start, next_end
    yield start, end
