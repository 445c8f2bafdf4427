"""Numbers as the house writes them. Knows digits and the signs between them, and no amounts in words.

Times, dates, scores, fractions and what may be one keep their signs (12:30, 1403/05/12, 2-1); what is an
address, a version, a phone number or a code is hidden before (`untouchable`).
"""

import re

from bot.news.spelling import halfspace
from bot.news.spelling.house_style import HouseStyle

_N = "0-9۰-۹"
_LATIN, _PERSIAN = "0123456789", "۰۱۲۳۴۵۶۷۸۹"

# Every pattern begins with a digit or a sign and looks back from behind it: the search skips all other text.
_PERCENT_AFTER = re.compile(rf"[%٪](?<=[{_N}].)(?![%٪])|[ ][%٪](?<=[{_N}]..)(?![%٪{_N}])")
_PERCENT_BEFORE = re.compile(rf"[%٪](?<![\w%٪].)(?<![{_N}%٪] .)[ ]?([{_N}]+(?:[.٫/,٬][{_N}]+)*)(?![ ]?[%٪])")
_ALONE = rf"[{_N}](?<![{_N}].)(?<![{_N}][.,٫٬،:/\-].)"
_END = rf"(?![{_N}]|[.,٫٬:/\-][{_N}])"
# Three digits after a full stop may be thousands: nobody can tell. After «ساعت» it is the hour.
_DECIMAL = re.compile(rf"({_ALONE}(?<!ساعت .)[{_N}]{{0,3}})[.٫]([{_N}]{{1,2}}|[{_N}]{{4,6}}){_END}")
_COMMA = re.compile(rf"({_ALONE}[{_N}]{{0,2}}),([{_N}]{{1,2}})(?=[ ]?(?:واحد )?(?:درصد|[٪%]))")  # «۴۱,۳ درصد»
# A stroke is a decimal sign before what is never counted in fractions, and before a measure where it can
# be none: greater than one, or two digits behind it («۱/۲ لیتر» may be a half).
_STROKE = rf"({_ALONE}[{_N}]{{0,2}})/((?![0۰](?![{_N}]))[{_N}]{{1,2}}){_END}"
_BIG = "درصدی?|[٪%]|(?:میلیون|میلیارد|تریلیون|بیلیون|ریشتر|برابر)ی?|هزار|در مقیاس"
_MEASURE = (
    "(?:دلار|یورو|تومان|ریال|پوند|متر|کیلومتر|سانتی‌متر|میلی‌متر|مترمربع|هکتار|تن|کیلو|کیلوگرم|گرم|لیتر|بشکه|مگاوات"
    "|گیگاوات|درجه|ثانیه|دقیقه|واحد)ی?"
)
_OTHER_END = rf"(?: (?:تا|الی|و|یا) [{_N}]{{1,3}}[/.٫][{_N}]{{1,2}})?"  # «۲/۵ تا ۳/۵ میلیون»
_BIG_STROKE = re.compile(rf"{_STROKE}(?={_OTHER_END} ?(?:{_BIG})(?![\w\u200c]))")
_MEASURE_STROKE = re.compile(rf"{_STROKE}(?={_OTHER_END} ?(?:{_MEASURE})(?![\w\u200c]))")
_DECIMAL_SIGN = re.compile(rf"٫(?<=[{_N}].)(?=[{_N}])")
_THOUSANDS = re.compile(
    rf"{_ALONE}[{_N}]{{0,2}}(?:(?:[,٬][{_N}]{{3}})+|(?:،[{_N}]{{3}}){{2,}})(?:[.٫][{_N}]{{1,2}})?{_END}"
)
_SEPARATOR = re.compile(r"[,٬،]")

_MONTHS = "فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند"
_COUNTED = (
    "نفر|تومان|ریال|دلار|یورو|درصد|هزار|میلیون|میلیارد|تریلیون|کیلومتر|کیلوگرم|متر|سانتی‌متر|تن|کیلو|لیتر"
    "|هکتار|سال|ماه|روز|ساعت|دقیقه|ثانیه|هفته|مورد|بازی|گل|امتیاز|درجه|دستگاه|واحد|عدد|سکه|رای|رأی|کشور|شهر"
    "|نماینده|استان|تیم|خودرو|عیار|بسته|قدم|تا|یا|به|در|بر|الی|علیه"
    f"|کشته|زخمی|مجروح|مصدوم|مدال|جلد|صفحه|برگ|قلم|بند|ماده|{_MONTHS}"
)
_NOUN_AFTER = re.compile(rf"[{_N}](?=(?:{_COUNTED})(?![\w\u200c]))")
_SCALE_BEFORE = re.compile(
    rf"[{_N}] ?(?:هزار|میلیون|میلیارد|تریلیون)"
    r"(?=(?:تومان|ریال|دلار|یورو|نفر|تن|متر|کیلومتر|هکتار|واحد|بشکه|میلیارد|خانوار|دستگاه)(?![\w\u200c]))"
)
_AFTER_LETTER = re.compile(rf"[{_N}](?<=[\u0622-\u06cc].)")
_WORD_BEFORE = re.compile(
    r"(?:^|[^\w\u200c])(?:ساعت|سال|حدود|شماره|ماده|بند|تبصره|و|یا|به|از|تا|در|با|هر|که|این|طی|مدت|تعداد|مبلغ|قیمت|نرخ"
    r"|رده|رتبه|مرحله|دوره|هفته|دقیقه|روز|ماه|صفحه|طبقه|جمع|مجموع|بیش|کمتر|بیشتر|حداقل|حداکثر|دست‌کم|تنها|فقط|فاصله"
    r"|آیه|سوره|اصل|افزایش|کاهش|معادل|بر|برای|بین|شد|وی|آن"
    rf"|حضور|ارزش|وزن|سن|عرض|طول|ارتفاع|عمق|مساحت|ظرفیت|بالای|زیر|تقریبا|{_MONTHS})$"
)
_WORD_AFTER = re.compile(rf"[{_N}](?=([آ-ی]{{3,}}+)(?![\w\u200c]))")
_NO_WORD_AFTER = ("ه", "ی", "ین", "ام", "م")  # «۱۰نفره», «۳بعدی», «۱۲مین»: made of the figure
_LONGEST_BEFORE = 9  # letters


def in_style(text: str, style: HouseStyle) -> str:
    """The text with its numbers in house style; a word that ran into a number stands apart again."""
    if not any(digit in text for digit in _LATIN + _PERSIAN):
        return text
    if style.percent != "as_is" and ("%" in text or "٪" in text):
        text = _PERCENT_BEFORE.sub(rf"\1{style.percent}", _PERCENT_AFTER.sub(style.percent, text))
    text = _SCALE_BEFORE.sub(r"\g<0> ", text)
    text = _WORD_AFTER.sub(_before_word, _NOUN_AFTER.sub(r"\g<0> ", text))
    text = _AFTER_LETTER.sub(_parted, text)
    if style.thousands != "as_is":
        text = _THOUSANDS.sub(lambda number: _grouped(number.group(), style), text)
    if style.decimal != "as_is":
        if "/" in text and style.decimal != "/":
            text = _BIG_STROKE.sub(rf"\1{style.decimal}\2", text)
            text = _MEASURE_STROKE.sub(lambda number: _unstroked(number, style.decimal), text)
        text = _COMMA.sub(rf"\1{style.decimal}\2", text)
        text = _DECIMAL_SIGN.sub(style.decimal, _DECIMAL.sub(rf"\1{style.decimal}\2", text))
    if style.digits == "as_is":
        return text
    typed, printed = (_LATIN, _PERSIAN) if style.digits == "persian" else (_PERSIAN, _LATIN)
    for digit, other in zip(typed, printed, strict=True):  # quicker than `translate`
        text = text.replace(digit, other)
    return text


def _grouped(number: str, style: HouseStyle) -> str:
    grouped = _SEPARATOR.sub(style.thousands, number)
    return grouped if style.decimal == "as_is" else re.sub(r"[.٫]", style.decimal, grouped)


def _unstroked(number: re.Match[str], sign: str) -> str:
    """The number with the sign of a decimal, unless it may be a fraction."""
    whole, behind = number.groups()
    certain = int(whole) >= int(behind) or len(behind) > 1 or int(whole) == 0
    return f"{whole}{sign}{behind}" if certain else number.group()


def _before_word(digit: re.Match[str]) -> str:
    """«۱۲۲جهان» in two; what no one has heard of may be a name, and «۱۰نفره» is one word."""
    word = digit[1]
    apart = not word.endswith(_NO_WORD_AFTER) and halfspace.often(word)
    return f"{digit.group()} " if apart else digit.group()


def _parted(digit: re.Match[str]) -> str:
    """«ساعت۱۲» in two; but «اف۳۵» and «دهه۶۰» may be names."""
    before = digit.string[max(0, digit.start() - _LONGEST_BEFORE) : digit.start()]
    return f" {digit.group()}" if _WORD_BEFORE.search(before) else digit.group()
