"""Words that ran together, parted where it is certain: «زمانیکه», «آنرا», «بعنوان», «رابرای», «وعدم».

Closed lists where the fused form is common in careless copy; else a little word beside a common one, if
nobody has the two as one word. What might be a name stays.
"""

import re
from functools import lru_cache

from bot.news.spelling import halfspace
from bot.news.spelling.untouchable import PLACE

_FA = "\u0621-\u063a\u0641-\u064a\u067e\u0686\u0698\u06a9\u06af\u06cc"
_MARK = "\u064b-\u0655\u0670\u200c"
# The letters that a word to be parted begins or ends with: most words are passed over by these.
_CANDIDATE = re.compile(
    rf"(?<![\w{_MARK}{PLACE}])(?:[ابدرو][{_FA}]{{3,18}}|آن[{_FA}]{{2,12}}|(?:هر|یک|چند)[{_FA}]{{2,4}}|[{_FA}]{{3,16}}(?:که|است|را|از|با|در|خود|کرد|شد|گرفت|دارد|کردند|شدند|گرفتند))"
    rf"(?![\w{_MARK}{PLACE}])"
)

_WITH_BE = frozenset(  # «به» and its noun, where the two written as one are no other word
    "عنوان عهده طور طوری صورت صورتی دلیل دنبال علت منظور مدت میزان مناسبت گونه تدریج واسطه نحو نفع موجب سختی"
    " سوی سمت وسیله جای نظر خاطر ویژه دست همراه موقع سادگی راحتی سرعت لحاظ غیر ترتیب شدت زودی عبارت شرط قدری"
    " هنگام کار پایان درستی خوبی ندرت هیچ اتفاق جهت رغم نوعی".split()
)
# Two words of which lists and much of the press have made one, and no dictionary has.
_CLOSED = {
    f"{first}{second}": f"{first} {second}"
    for first, seconds in {
        "در": "حالی خصوص مورد پی جریان طول این آن صورتی نتیجه میان واقع حقیقت"
        " نظر حاشیه راستای زمینه کنار برابر مقابل"
        " اختیار حال حین قالب جهت سطح"
        " پایان آغاز ابتدا ابتدای ادامه داخل خارج مجموع سراسر همین هر یک آستانه پاسخ",
        "از": "سوی جمله نظر این آن طرف جانب طریق میان بین لحاظ جهت حیث ابتدای دیگر هر یک همین",
        "بر": "اساس روی طبق پایه عهده اثر مبنای",
        "و": "این آن همچنین نیز",
        "هر": "حال وقت صورت روز سال دو ماه هفته شب سه نفر",
        "یک": "سال روز ماه هفته ساعت نفر سوم",
        "چند": "روز سال ماه نفر ساعت هفته",
    }.items()
    for second in seconds.split()
}
_AFTER_THAT = frozenset("را هم کار افراد موضوع".split())
_BEFORE_THAT = frozenset("درصورتی صورتی بطوری طوری زمانی هنگامی کسانی جایی".split())  # «کسانیکه»
_AFTER_RA = frozenset(
    "برای به از در با که نیز انجام اعلام شکست کسب دریافت اجرا آغاز دارد دارند ندارد ندارند".split()
)
_AFTER_BA = frozenset(
    "وجود توجه حضور اشاره بیان تاکید تأکید اعلام هدف هم همکاری مشارکت مرکزیت استفاده کمک موفقیت توجهی"
    " شرکت تلاش محوریت رعایت همراهی حفظ هدایت".split()
)
_BEFORE_NOUN = ("در", "از", "و")
_BEHIND = ("است", "را", "از", "با", "در", "خود", "کرد", "شد", "گرفت", "دارد", "کردند", "شدند", "گرفتند")
_OPEN = frozenset("اآدذرزژو")  # a word that ends so runs into the next unseen
_SHORTEST, _EVER, _COMMON, _COMMONEST = 4, 3, 50, 100


def parted(text: str) -> str:
    """The text with such words apart; what holds a half-space or a vowel sign stays.

    Letters stay, but «به» gets back the one it lost in «بعنوان».
    """
    return _CANDIDATE.sub(lambda found: _parted(found.group()), text)


@lru_cache(maxsize=20_000)  # words come again
def _parted(word: str) -> str:
    if word.endswith("یکه"):
        head = word.removesuffix("که")
        if head in _BEFORE_THAT:
            return f"{_parted(head)} که"
        if halfspace.often(head[:-1]) and halfspace.often(head, _EVER) and not halfspace.is_careful(word):
            return f"{_parted(head)} که"
    return _CLOSED.get(word) or _of_two(word) or word


def _of_two(word: str) -> str | None:
    if word[0] == "ب" and word[1:] in _WITH_BE:
        return f"به {word[1:]}"
    for first in ("آن", "این"):
        rest = word.removeprefix(first)
        if rest != word and (rest in _AFTER_THAT or _are_two(word, rest, _COMMONEST)):
            return f"{first} {rest}"
    for first, after in (("را", _AFTER_RA), ("با", _AFTER_BA)):
        if word.startswith(first) and word.removeprefix(first) in after:
            return f"{first} {word.removeprefix(first)}"
    return _noun_behind(word) or _noun_before(word)


def _noun_behind(word: str) -> str | None:
    first = next((one for one in _BEFORE_NOUN if word.startswith(one)), None)
    if first is None:
        return None
    rest = word.removeprefix(first)
    often = _COMMON if len(rest) >= _SHORTEST else _COMMONEST
    if len(rest) < _SHORTEST - 1 or not _are_two(word, rest, often):
        return None
    return None if first == "در" and halfspace.is_verb(rest) else f"{first} {rest}"


def _noun_before(word: str) -> str | None:
    last = next((one for one in _BEHIND if word.endswith(one)), None)
    if last is None:
        return None
    noun = word.removesuffix(last)
    if len(noun) < _SHORTEST - 1 or not (noun[-1] in _OPEN or last == "را"):
        return None
    return f"{noun} {last}" if _are_two(word, noun, _COMMON) else None


def _are_two(word: str, noun: str, often: int) -> bool:
    return halfspace.often(noun, often) and not halfspace.is_word(word)
