"""A text as the archive knows it: its words in order, each brought down to what all its spellings share.

Letters, digits, vowels and half-spaces are folded first; then endings go. Plurals, comparison and what
stands behind a half-space always do; «ی», «ان», «ش» and the like only where the press knows what is left, and
uses it more than the whole: «ایرانی» is «ایران», but «بازی» stays. Knows no database.
"""

from functools import cache, lru_cache

import regex

from bot.news.grammar.stop_words import keys
from bot.news.summary import worth

MOST = 20_000
"""Characters of a text that are indexed: a long report has said by then what it is about."""
_LONGEST = 40  # letters of a word

_ALIKE = (
    str.maketrans("يىئكةۀأإآٱؤ\u200d\u00a0\u202f", "یییکههااااو\u200c  ")
    | dict.fromkeys((*range(0x64B, 0x660), 0x640, 0x670, 0xAD, 0x200E, 0x200F, *range(0x202A, 0x202F)), "")
    | {zero + digit: str(digit) for zero in (0x6F0, 0x660) for digit in range(10)}
)
_WORD = regex.compile(r"[\p{L}\p{N}]++(?:\u200c++[\p{L}\p{N}]++)*+")
_GROUPED = regex.compile(r"(?<=\d)[٬,،](?=\d{3}(?!\d))")  # «۱۲٬۰۰۰»
_ODD = regex.compile(r"[\ufb50-\ufdff\ufe70-\ufeff\uff00-\uffef\u00b2-\u00bd]")

_ENDINGS = keys(
    """
    ها های هایی هایم هایت هایش هایمان هایتان هایشان هام هات هاش هامون هاتون هاشون هاست هایند
    ای ی یی ام ات اش ایم اید اند ایست است مان تان شان ترین تر تری ترها ترهای ترینها ترینهای را
    """
)
"""What is an ending behind a half-space; most of them also behind a space."""
_LOOSE = keys("ی ها های هایی هایم هایت هایش هایمان هایتان هایشان تر ترین تری ام ات اش اند ایم اید")
"""Those that are nothing else when they stand alone."""
_BEFORE = keys("می نمی")
_PLURAL = regex.compile(r"(?<=..)ها(?:ی|یی|یم|یت|یش|یمان|یتان|یشان|ش|شان|یشون|شون|ست)?$")
_COMPARED = regex.compile(r"(?<=...)ترین(?:ها|های)?$")
_SUFFIXES = (
    *("هایشان", "یشان", "یمان", "یتان", "شان", "مان", "تان", "ترین", "تری", "تر", "یی", "ای", "ان", "ین"),
    *("ات", "اش", "ام", "ی", "ش", "م", "ت"),
)
_KEEPS = frozenset(map(str, keys("تنها انتها بها منتها اشتها ماجرای اینها آنها")))
_NOTHING = keys(
    """
    و در به از که این با را است آن برای تا بر هم یا شد کرد شده بود می های یک خود وی دیگر نیز ها هر اما
    the a an of to in on and for is was
    """
)
"""Words of every text: they tell none from another."""
_SAME = {
    "هیات": "هیت",
    "مسول": "مسیول",
    "تهرون": "تهران",
    "اطاق": "اتاق",
    "بلیط": "بلیت",
    "امپراطور": "امپراتور",
    "گفتوگو": "گفتگو",
}


def folded(text: str) -> str:
    """The text in one spelling, with its spaces and half-spaces."""
    if _ODD.search(text):
        import unicodedata

        text = unicodedata.normalize("NFKC", text)
    return _GROUPED.sub("", text.translate(_ALIKE).casefold())


def letters(text: str) -> str:
    """Its letters and digits alone: equal for two texts that differ in spacing and marks only."""
    return "".join(_WORD.findall(folded(text))).replace("\u200c", "")


def stemmed(text: str, *, parts: bool = True) -> list[str]:
    """Its stems in the order of the words, those of every text left out; then the parts of its compounds."""
    found: list[str] = []
    others: list[str] = []
    before = ""
    for word in _WORD.findall(folded(text[:MOST])):
        if word in _LOOSE and found:
            continue
        if word in _BEFORE:
            before = word
            continue
        first, *more = stems(before + word) or ("",)
        before = ""
        if first:
            found.append(first)
            others += more
    return found + others if parts else found


@lru_cache(maxsize=65_536)
def stems(word: str) -> tuple[str, ...]:
    """What a folded word is found by: itself without its endings, then the parts of a compound."""
    parts = word.split("\u200c")
    while len(parts) > 1 and parts[-1] in _ENDINGS:
        parts.pop()
    whole = "".join(parts)[:_LONGEST]
    if whole in _NOTHING:
        return ()
    first = _one(whole)
    if len(parts) == 1 or parts[0] in _BEFORE:
        return (first,)
    others = (_one(part) for part in parts if len(part) > 2 and part not in _NOTHING)
    return (first, *dict.fromkeys(other for other in others if other != first))


def _one(word: str) -> str:
    stem = _stem(word)
    stem = stem.replace("یی", "ی").replace("وو", "و")  # «رئیس» and «رییس», «داوود» and «داود»
    return _SAME.get(stem, stem)


def _stem(word: str) -> str:
    if len(word) < 4 or not word.isalpha() or word in _KEEPS:
        return word
    if word[0].isascii():
        return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
    bare = _COMPARED.sub("", _PLURAL.sub("", word))
    for ending in _SUFFIXES:
        if bare.endswith(ending) and len(bare) - len(ending) >= 3:
            base = _known(bare, bare.removesuffix(ending), ending)
            if base:
                return base
    if bare.endswith(("ای", "وی")) and len(bare) > 4:
        return bare[:-1]  # «نیروی», «فضای»: of ezafe
    return bare


def _known(word: str, base: str, ending: str) -> str | None:
    """What is left of a word, if the press knows it better than the word."""
    known = worth.model().words
    own = known[word].rarity if word in known else 1.1
    if ending in {"ان", "ین"}:
        own = 1.1 if len(base) > 3 else 0.0  # «مسئولان» is used oftener than «مسئول»
    tries = [base]
    if ending == "ان" and base.endswith("گ"):
        tries = [base[:-1] + "ه"]  # «نمایندگان»
    elif ending == "ان" and base.endswith("ی"):
        tries = [base[:-1], base]  # «دانشجویان»
    return next((each for each in tries if each in known and known[each].rarity < own), None)


UNKNOWN = 1.1
"""How rare a word is that the press table lacks: 0 is in every story, 1 in hardly any."""


@cache
def press() -> dict[str, float]:
    """How rare words are in the press at large, by their stems."""
    found: dict[str, float] = {}
    for word, known in worth.model().words.items():
        for stem in stems(word)[:1]:
            found[stem] = min(known.rarity, found.get(stem, UNKNOWN))
    return found
