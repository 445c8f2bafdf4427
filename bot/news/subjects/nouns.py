"""Whether a word stands in a story as a noun does: no table of nouns is known.

A Persian noun comes behind a preposition or a pointing word, before «را», in the plural, or begins a
sentence; an adjective comes behind its noun, what counts others («قبضه», «قلاده») behind a number, and the
first half of a compound verb before its second («هو شد»).
"""

import regex

from bot.news.subjects.keywords import fold

_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}\p{M}\u200c]*+|\n|[^\s\p{L}\p{N}]")
_MOST_WORDS = 1500
_BEFORE = frozenset(
    """
    از به در با بر برای تا بدون علیه درباره توسط طی این آن هر هیچ چند یک دو سه کدام همین همان انواع نوعی
    ، : ؛ . ! ؟ ( « / | \n
    """.split(" ")
) | {"\n", ""}
_COUNTED = regex.compile(r"\p{Nd}++$|^(?:هزار|میلیون|میلیارد|صد|ده|چندین)$")
_VERBS = regex.compile(
    r"^(?:شد|شو|می\u200cشو|کرد|کن|می\u200cکن|داد|ده|است$|بود|باش|نیست|ماند|گرفت|دانست|خواند|هست)"
)
_PLURAL = regex.compile(r"ها(?:ی|یی)?$")
_MARKS = regex.compile(r"\W")
_NEVER = regex.compile(
    r"ترین$|ی\u200cها$|\u200c(?:دار|آمیز|پذیر|گونه|مند|وار)$|^(?:مسئولان|مسوولان|مدیران|مردم|کارشناسان|نگاه|آغاز|بدن|دست|سر|چهره|راز|نقش|جای|سایه|دل|گام|حضور|نگرانی|شرایط|وضعیت"
    r"|پیامد|پیامدها|ابعاد|دلایل|علل|عوامل|آیات|غفلت|ضعف|ضعف‌ها|ملزومات|رمز|راز|تولیت|گردن|مقام|نماینده|سهم|نسل|مسیر|آستانه|شاهد|جلسه|نشست|سخنان|سخنرانی|اظهارات|دیدگاه|پیام|متن|نامه"
    r"|شهردار|فرماندار|استاندار|رئیس|مدیر|وزیر|نماینده|معاون|دبیر|سرمربی|بازیکن|بازیکنان|قابل|مورد|ویژه|عدم|وجود|انجام|نوع|شیوه|روند|زمینه|حوزه|بخش|عرصه|جزئیات|ادامه|علت|دلیل)$"
)


def stands_as_one(term: str, story: str) -> bool:
    """Whether the term's first word is somewhere a noun, and mostly no counting word or half a verb."""
    words = term.split()
    if term.isascii():
        return all(word[0].isupper() for word in words)
    if any(_NEVER.search(word) for word in words) or "ایی" in words[-1][-3:]:
        return False
    first, last = fold(words[0]), fold(words[-1])
    texts = [each.group() for each, _ in zip(_WORD.finditer(story), range(_MOST_WORDS), strict=False)]
    evidence, against, many = False, 0, 0
    for at, word in enumerate(texts):
        if fold(word) != first:
            continue
        many += 1
        end = at + len(words) - 1
        before, behind = texts[at - 1] if at else "", texts[end + 1] if end + 1 < len(texts) else ""
        if fold(texts[min(end, len(texts) - 1)]) != last:
            behind = ""
        against += bool(_COUNTED.search(before)) or bool(_VERBS.match(behind))
        evidence = evidence or before in _BEFORE or behind == "را" or bool(_PLURAL.search(word))
    return evidence and against * 2 <= many
