"""The amounts of a text, in digits and in words, Persian and English. Knows numbers, not what they count.

A value is a text, so that equal amounts are equal: `3200000` for «۳ میلیون و ۲۰۰ هزار», `12.5` for «۱۲٫۵»,
`2-1` for a score (also «دو بر یک»), `1403-5-12` for a date, `12:30` for an hour, `#3` for «سومین».
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from unicodedata import decimal

_TEENS = (
    "صفر یک دو سه چهار پنج شش هفت هشت نه ده یازده دوازده سیزده چهارده پانزده شانزده هفده هجده نوزده",
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""",
)
_TENS = ("بیست سی چهل پنجاه شصت هفتاد هشتاد نود", "twenty thirty forty fifty sixty seventy eighty ninety")
_HUNDREDS = ("صد دویست سیصد چهارصد پانصد ششصد هفتصد هشتصد نهصد",)
_SPOKEN = {"چار": 4, "شیش": 6, "پونزده": 15, "شونزده": 16, "هیفده": 17, "هیجده": 18, "هژده": 18}
_SCALES = {
    **dict.fromkeys(("هزار", "هزاری", "thousand"), 10**3),
    **dict.fromkeys(("میلیون", "میلیونی", "million"), 10**6),
    **dict.fromkeys(("میلیارد", "میلیاردی", "billion", "bn"), 10**9),
    **dict.fromkeys(("تریلیون", "trillion"), 10**12),
}
_HUNDRED_TIMES = ("hundred", "صد")
_ENGLISH_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_PERSIAN_ORDINALS = {"اول": 1, "اولین": 1, "نخستین": 1, "سوم": 3, "سومین": 3, "سیام": 30, "سیامین": 30}
_NO_ORDINALS = ("سیم", "سهم", "سهمین")  # a wire, a share
_ORDINAL_ENDINGS = ("ام", "امین", "مین", "st", "nd", "rd", "th")
_JOINERS = ("و", "and")
_MONTHS = frozenset(
    """فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند ژانویه فوریه مارس آوریل مه
    ژوین ژوییه جولای اوت سپتامبر اکتبر نوامبر دسامبر حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت
    january february march april may june july august september october november december""".split()
)
_MOST_DIGITS = 15  # of a number that is counted with; a longer one is a code
_GROUPING = re.compile(r"[,٬،](?=\d{3}(?!\d))")
_SIGNS = re.compile(r"[.٫/:\-]")


@dataclass(frozen=True, kw_only=True)
class Amount:
    """The words from `start` to `end` say `value`."""

    start: int
    end: int
    value: str


def _numbered(words: Sequence[str], first: int = 0, step: int = 1) -> dict[str, int]:
    return {word: first + step * place for row in words for place, word in enumerate(row.split())}


_CARDINALS: Mapping[str, int] = {
    **_numbered(_TEENS),
    **_numbered(_TENS, 20, 10),
    **_numbered(_HUNDREDS, 100, 100),
    **_SPOKEN,
    "یکصد": 100,
}
_ORDINALS: Mapping[str, int] = {
    **{
        word + ending: value
        for word, value in _CARDINALS.items()
        if not word.isascii()
        for ending in ("م", "مین")
        if word + ending not in _NO_ORDINALS
    },
    **_numbered((_ENGLISH_ORDINALS,), 1),
    **_PERSIAN_ORDINALS,
}
_WORDS = frozenset({*_CARDINALS, *_ORDINALS, *_SCALES})
_GLUED = re.compile(rf"(.{{2,8}}?)({'|'.join(_SCALES)})")


def parts(word: str) -> tuple[str, ...]:
    """A word with half-spaces, or none, taken apart if it is an amount: «بیست‌ودو», «پنج‌هزار», «صدهزار»."""
    halves = word.split("\u200c")
    if len(halves) > 1:
        apart = tuple(piece for half in halves for piece in _and_apart(half))
        return apart if all(piece in _WORDS or piece in _JOINERS for piece in apart) else (word,)
    glued = _GLUED.fullmatch(word)
    return (glued[1], glued[2]) if glued and glued[1] in _CARDINALS else (word,)


def _and_apart(half: str) -> tuple[str, ...]:
    return ("و", half[1:]) if half[:1] == "و" and half[1:] in _WORDS else (half,)


def find(words: Sequence[str]) -> Iterator[Amount]:
    """The amounts in folded words without half-spaces, in order."""
    at = 0
    while at < len(words):
        if words[at] not in _WORDS and not words[at][-1:].isdecimal():  # nearly all: no amount begins so
            at += 1
            continue
        found = _amount(words, at)
        if found and found.end < len(words) and words[found.end] == "بر":  # a score
            other = _amount(words, found.end + 1)
            if other and "#" not in found.value + other.value:
                found = Amount(start=at, end=other.end, value=f"{found.value}-{other.value}")
        if found:
            yield found
        at = found.end if found else at + 1


def _amount(words: Sequence[str], at: int) -> Amount | None:
    """«سه میلیون و ۲۰۰ هزار»: groups with falling scales."""
    if at < len(words) and words[at][-1:].isdecimal() and not _is_plain(value := _value(words[at])):
        return Amount(start=at, end=at + 1, value=value)
    total, ceiling, end, here, ordinal = Decimal(0), Decimal("Infinity"), at, at, False
    while True:
        group, after, ordinal = _group(words, here)
        scale, after = (1, after) if ordinal else _scale(words, after)
        value_here = (group if group is not None else Decimal(1)) * scale
        if after == here or value_here >= ceiling:
            break
        total, end = total + value_here, after
        if scale == 1:
            break
        ceiling, ordinal = Decimal(scale), False
        here = end + 1 if words[end : end + 1] and words[end] in _JOINERS else end
    if end == at:
        return None
    return _ended(words, at, end, f"{total.normalize():f}", ordinal=ordinal)


def _ended(words: Sequence[str], start: int, end: int, value: str, *, ordinal: bool) -> Amount:
    """With the ending of an ordinal after it; «سوم مرداد» is «۳ مرداد»."""
    following = words[end] if end < len(words) else ""
    if following in _ORDINAL_ENDINGS and words[end - 1].isdecimal():
        ordinal, end = True, end + 1
        following = words[end] if end < len(words) else ""
    mark = "#" if ordinal and following not in _MONTHS else ""
    return Amount(start=start, end=end, value=mark + value)


def _scale(words: Sequence[str], at: int) -> tuple[int, int]:
    """«هزار», and «هزار میلیارد»: its size and what stands after it."""
    scale = 1
    for _ in range(2):
        if at < len(words) and words[at] in _SCALES:
            scale, at = scale * _SCALES[words[at]], at + 1
    return scale, at


def _group(words: Sequence[str], at: int) -> tuple[Decimal | None, int, bool]:
    """Below a thousand in words, or digits: its value, what stands after it, whether it is an ordinal."""
    if at < len(words) and words[at][-1:].isdecimal():
        value = _value(words[at])
        return (Decimal(value), at + 1, False) if _is_plain(value) else (None, at, False)
    total, limit, end, here = 0, 1000, at, at
    while here < len(words):
        word = words[here]
        value_here = _CARDINALS.get(word, _ORDINALS.get(word, limit))
        if value_here >= limit:
            break
        total, end = total + value_here, here + 1
        if word in _ORDINALS:
            return Decimal(total), end, True
        limit = 100 if value_here >= 100 else 10 if value_here >= 20 else 0
        if 0 < total < 20 and end < len(words) and words[end] in _HUNDRED_TIMES:
            total, end, limit = total * 100, end + 1, 100
        here = end + 1 if end < len(words) and words[end] in _JOINERS else end
    return (Decimal(total) if end > at else None), end, False


def _value(number: str) -> str:
    """Digits and signs in one spelling."""
    latin = "".join(str(decimal(sign)) if sign.isdecimal() else sign for sign in number)
    latin = _GROUPING.sub("", latin.replace("−", "-").replace("–", "-"))
    minus, latin = ("-", latin[1:]) if latin[:1] == "-" else ("", latin)
    pieces = [piece.lstrip("0") or "0" for piece in _SIGNS.split(latin)]
    signs = _SIGNS.findall(latin)
    if len(signs) == 1 and signs[0] in ".٫/":
        fraction = _SIGNS.split(latin)[1].rstrip("0")
        return minus + pieces[0] + (f".{fraction}" if fraction else "")
    return minus + (":" if ":" in signs else "-").join(pieces)


def _is_plain(value: str) -> bool:
    return len(value) <= _MOST_DIGITS and not _SIGNS.search(value.replace(".", "", 1).lstrip("-"))
