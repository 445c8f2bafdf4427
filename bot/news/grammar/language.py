"""Which language a text is in, by its letters and commonest words. Knows five of them.

Other languages are taken for the nearest of the five: Latin script for English, Urdu and Pashto for Persian.
"""

import re

import regex

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}\u200c]*+")
_LATIN_LETTER = regex.compile(r"\p{Latin}")
# What has all of them and a few besides: `re` finds it thirty times as fast as `regex` does by the script.
_LIKE_LATIN = re.compile(
    "[A-Za-z\u00aa-\u02ff\u1d00-\u1fff\u2071-\u218f\u2c60-\u2c7f\ua720-\uab6f\ufb00-\ufb06\uff00-\uff60"
    "\U00010780-\U000107bf\U0001df00-\U0001dfff]"
)
_ARABIC_LETTERS = regex.compile(r"\p{Arabic}+")
# Arabic script by its ranges: `re` finds words of them six times as fast as `regex` does by properties.
_LETTER = (
    "\u0620-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c9"
    "\ufb50-\ufdff\ufe70-\ufefc"
)
_WRITTEN = re.compile(f"[{_LETTER}][{_LETTER}\u064b-\u065f\u0670\u06d6-\u06ed\u200c]*+")
_UNSPOKEN = regex.compile(r"(?:https?://|www\.|[@#])[!-~]+|[!-~]++@[!-~]+")  # addresses, names, tags
_UNSPOKEN_SIGNS = ("://", "www.", "@", "#")
_SORANI = frozenset("ڕڵۆێەڤ")
_PERSIAN = "پچژگ\u200c"
_PERSIAN_KEYS = "یک"  # Iran's press types Arabic with them too, so they weigh little
_ARABIC = "ةىإأؤ"
_PERSIAN_WORDS = frozenset(
    "که از به را با این است برای در آن شد کرد های ها می هم گفت شده خود یک بر تا نیز اما بود او وی".split()
)
_ARABIC_WORDS = frozenset("في من على إلى أن التي الذي هذا هذه عن مع بعد قال كان كما لم ذلك بين خلال".split())
_ARTICLE = regex.compile("ال(?!زام|بته|ماس|هام|گ|کتر|مپی|ان$|برز|یاف|تهاب|فبا|هی)\\p{L}")
_ENGLISH_WORDS = frozenset("the of to and in a is for on with as at by that it was from after says".split())
_SAMPLE = 1500  # characters: more would not change the answer
_KEYS_PER_WORD = 4
_SORANI_SHARE = 3  # one word of so many has a letter of Sorani's own; in running text it is two of three

# Dari by its own words, as Kabul's press has them where Tehran's says دانشگاه, بیمارستان, درصد, هواپیما, …
_DARI = frozenset(
    """
    پوهنتون پوهنتون@ها پوهنتون@های پوهنتونی پوهنځی پوهاند شفاخانه شفاخانه@ها شفاخانه@های طیاره طیارات فیصد
    باشنده باشندگان باشنده@گان جاپان جاپانی کانکور سارنوال سارنوالی لوی@سارنوالی قوماندان قوماندانی محصلان
    محصلین داکتر داکتران انجنیر انجنیران موتر موترها موترهای موتر@ها موتر@های دریور تیلیفون بایسکل پولیس
    صحییت خبریال کمیشنری روزمره@گی دهاقین استخباراتی سرک سرک@ها سرک@های لیسه لیسه@های چوکی تکت ترانسپورت
    دیپارتمنت پیسه فابریکه فابریکه@های بلدیه کمپیوتر تخنیکی
    """.replace("@", "\u200c").split()
)
# What a report from Afghanistan has in any Persian: it takes two of them, and none of Tehran's beside them.
_AFGHAN = frozenset(
    """
    والی والیان ولایت ولایات ولایت@های ولسوال ولسوالی ولسوالی@ها ولسوالی@های شاروال شاروالی شاروالی@های
    افغانی جرگه ولسی@جرگه اکمالات عساکر محصل مکاتب پاسپورت پښتو لویه امارت
    """.replace("@", "\u200c").split()
)
_IRANIAN = frozenset(
    """
    فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند دانشگاه دانشجویان بیمارستان شهرداری
    شهردار پلیس درصد هواپیما خودرو خودروها خودروهای دکتر مهندس فرماندار استاندار دادستان دادستانی ژاپن
    تومان ریال ایران تهران استان شهرستان رایانه بهداشتی راننده تلفن
    """.split()
)
_MONTHS = "حمل|ثور|جوزا|سرطان|اسد|سنبله|میزان|عقرب|قوس|جدی|دلو|حوت"
_DAY = r"(?<!\p{Nd})(?:[12۱۲]\p{Nd}|[1-9۱-۹]|3[0-2]|۳[۰-۲])(?:م)?"
_AFGHAN_DATE = regex.compile(rf"{_DAY} (?:ماه )?(?:{_MONTHS})(?!\p{{L}})")
_OWN, _TOPIC, _DATE = 2, 1, 2
_ENOUGH = 2


def detect(text: str) -> str:
    """`fa`, `fa-AF` (Dari), `ar`, `ckb` or `en`; `fa` where nothing tells.

    Addresses, @names and #tags count for no language. In mixed text the one that most is in wins; a line
    with any Persian and no English grammar is Persian, however many names of products it holds.
    """
    sample = text[:_SAMPLE]
    if any(sign in sample for sign in _UNSPOKEN_SIGNS):
        sample = _UNSPOKEN.sub(" ", sample)
    if _is_english(sample):
        return "en"
    words = _WRITTEN.findall(sample)
    if any(letter in sample for letter in _SORANI):
        sorani = sum(not _SORANI.isdisjoint(word) for word in words)
        if sorani * _SORANI_SHARE > len(words):
            return "ckb"
    for_persian = sum(map(_PERSIAN_WORDS.__contains__, words)) + _count(_PERSIAN, sample)
    for_persian += _count(_PERSIAN_KEYS, sample) // _KEYS_PER_WORD
    for_arabic = sum(map(_ARABIC_WORDS.__contains__, words)) + _count(_ARABIC, sample)
    for_arabic += sum(bool(_ARTICLE.match(word)) for word in words if word.startswith("ال"))
    if for_arabic > for_persian:
        return "ar"
    return "fa-AF" if _is_dari(sample, frozenset(words)) else "fa"


def is_persian(code: str) -> bool:
    """Whether a code is one of Persian's, as Iran or Afghanistan writes it."""
    return code == "fa" or code.startswith("fa-")


def _is_english(sample: str) -> bool:
    latin = len(_LATIN_LETTER.findall(sample)) if _LIKE_LATIN.search(sample) else 0
    arabic = sum(map(len, _ARABIC_LETTERS.findall(sample))) if latin else 0
    if latin <= arabic * 2:
        return False
    return not arabic or any(word.lower() in _ENGLISH_WORDS for word in _WORD.findall(sample))


def _count(letters: str, text: str) -> int:
    return sum(map(text.count, letters))


def _is_dari(sample: str, words: frozenset[str]) -> bool:
    score = _OWN * len(words & _DARI) + _TOPIC * len(words & _AFGHAN)
    if any(month in sample for month in _MONTHS.split("|")) and _AFGHAN_DATE.search(sample):
        score += _DATE
    if not score:
        return False
    return score - len(words & _IRANIAN) >= _ENOUGH
