"""Persian verbs that end a clause, and those of saying. Knows forms, not sentences.

A word that is more often a noun in print (شکست, خرید, نشست, پرداخت) counts as a verb only with a prefix or an
ending: it is better to see too few ends of clauses than a false one.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

# Past stem, present stem. An asterisk marks a past stem that is also a noun.
_STEMS = """
کرد کن|شد شو|داد ده|گرفت گیر|داشت دار|رفت رو|آمد آی|آمد آ|گفت گو|گفت گوی|زد زن|رسید رس
یافت یاب|خواست خواه|توانست توان|دانست دان|گذاشت گذار|آورد آور|*برد بر|ماند مان|رساند رسان
نمود نما|نمود نمای|گردید گرد|کشید کش|خورد خور|*دید بین|شنید شنو|نوشت نویس|خواند خوان
افزود افزا|افزود افزای|پیوست پیوند|پذیرفت پذیر|انداخت انداز|ایستاد ایست|افتاد افت|*بست بند
*شکست شکن|*ساخت ساز|*پرداخت پرداز|*خرید خر|فروخت فروش|*کشت کش|*نشست نشین|برگشت برگرد
*بازگشت بازگرد|برگزید برگزین|آموخت آموز|ریخت ریز|سپرد سپار|شمرد شمار|شمرد شمر|*شناخت شناس|*گذشت گذر
گذراند گذران|*گشت گرد|پرسید پرس|جنگید جنگ|درخشید درخش|کوشید کوش|بخشید بخش|پوشید پوش
طلبید طلب|فهمید فهم|فرستاد فرست|گنجید گنج|انجامید انجام|نگریست نگر|گریخت گریز|آفرید آفرین
پیمود پیما|*راند ران|فرمود فرما|کاست کاه|نهاد نه|*باخت باز|*درگذشت درگذر|*برداشت بردار
*دریافت دریاب|برخاست برخیز|سنجید سنج|گماشت گمار|*کاشت کار|بود باش|انگیخت انگیز|آمیخت آمیز
پیچید پیچ|چرخید چرخ|دوید دو|لرزید لرز|ربود ربا|افراشت افراز|کوبید کوب|گشود گشای|کشاند کشان
نامید نام|برشمرد برشمار|درآمد درآی|برگرداند برگردان|بازگرداند بازگردان|بازماند بازمان
"""
_PAST_ENDINGS = ("", "م", "ی", "یم", "ید", "ند")
_PRESENT_ENDINGS = ("م", "ی", "د", "یم", "ید", "ند")
_BARE = """
است نیست هست هستم هستیم هستید هستند نیستم نیستیم نیستند بود باشد باشند باشیم نباشد نباشند دارد
دارند دارم داریم دارید ندارد ندارند ندارم نداریم ندارید کند کنند کنیم کنم نکند نکنند شود شوند
شویم نشود نشوند دهد دهند دهیم ندهد ندهند گیرد گیرند نگیرد یابد یابند یابیم گردد گردند نگردد
نماید نمایند باد باشم باشید شوم شوید کنید دهید برگردد برگردند بازگردد بازگردند آید آیند آورند
آوریم پذیرد سازد سازند بردارد بردارند درآید درآمد برآید
"""
_LAST_LETTERS = "دتمی"  # of every form below: most words are told from verbs by this alone
_IMPERFECT = ("می", "نمی")
_AUXILIARIES = frozenset("اند ام ایم اید".split())
_LONGEST = 40  # letters: more than any form has
_WILL = frozenset(
    "خواهد خواهند خواهم خواهیم خواهید نخواهد نخواهند نخواهم نخواهیم".split(),
)
_PAIRED = frozenset(
    "گو گوی گوها گوهای گویی گوی آمد شد آمدهای ستد خورد برگشت نبود ریز کاست شو جو فروش ساز".split()
)

# With a light verb (کرد, داشت, شد, داد, …) they say something.
_SAYING = frozenset(
    """
    اظهار بیان تاکید تأکید تصریح خاطرنشان نشان عنوان اعلام اضافه ابراز یادآور یادآوری متذکر ادامه
    توضیح اذعان خبر اشاره پیشنهاد تشریح گزارش ادعا مدعی مطرح پاسخ امیدواری تشکر خواستار هشدار پاسخ
    تکرار فاش تایید تأیید رد
    """.split()
)
_LIGHT = frozenset(
    "کرد کردند داشت داشتند شد شدند داد دادند نمود نمودند ساخت است می‌کند می‌کنند می‌کنیم می‌کنم می‌دهد".split()
)
_SAID = ("گفت", "افزود", "نوشت", "گوید", "گویند", "گفته", "نوشته", "افزاید", "فرمود", "فرمودند", "پرسید")


def _stems() -> Iterator[tuple[str, str, bool]]:
    for pair in _STEMS.replace("\n", "|").split("|"):
        if pair:
            past, present = pair.split()
            yield past.removeprefix("*"), present, past.startswith("*")


def _finite() -> frozenset[str]:
    forms = set(_BARE.split())
    for past, _, noun in _stems():
        endings = _PAST_ENDINGS[1:] if noun else _PAST_ENDINGS
        forms |= {past + ending for ending in endings if ending != "ی"}
        forms |= {"ن" + past + ending for ending in _PAST_ENDINGS}
        forms |= {f"{past}ه{tail}" for tail in ("\u200cاند", "\u200cام", "\u200cایم", "اند", "\u200cاید")}
        forms |= {f"ن{past}ه{tail}" for tail in ("\u200cاند", "\u200cام", "\u200cایم", "اند", "\u200cاید")}
    return frozenset(forms)


def _after_imperfect() -> frozenset[str]:
    return frozenset(
        stem + ending
        for past, present, _ in _stems()
        for stem, endings in ((past, _PAST_ENDINGS), (present, _PRESENT_ENDINGS))
        for ending in endings
    )


def _subjunctive() -> frozenset[str]:
    return frozenset(
        prefix + present + ending
        for _, present, _ in _stems()
        if present[0] != "آ"
        for prefix in ("ب", "ن")
        for ending in ("د", "ند", "یم", "ید")
    ) | {"بیاید", "بیایند", "بیاورد", "بیاورند", "نیاید", "بیندازد", "بیفتد", "بیفزاید", "بیابد"}


_SUBJUNCTIVE = _subjunctive() | frozenset(
    """کند کنند کنیم کنم کنید شود شوند شویم شوم شوید دهد دهند دهیم دهید گیرد گیرند یابد یابند گردد
    گردند باشد باشند""".split()
)
_FINITE = (_finite() | _subjunctive()) - {"نبرد"}  # a battle
_STEMMED = _after_imperfect()
_PARTICIPLES = frozenset(f"{sign}{past}ه" for past, _, _ in _stems() for sign in ("", "ن"))


@lru_cache(maxsize=20_000)  # words come again
def _may_be_finite(word: str) -> bool:
    return word in _AUXILIARIES or word in _FINITE or word in _STEMMED or word.startswith(_IMPERFECT)


def may_be_finite(word: str) -> bool:
    """Whether a word is a finite verb beside some word or other."""
    return word[-1] in _LAST_LETTERS and len(word) <= _LONGEST and _may_be_finite(word)


def is_finite(words: Sequence[str], at: int) -> bool:
    """Whether a finite verb (with its auxiliary) ends at this word."""
    word = words[at]
    if word[-1] not in _LAST_LETTERS:
        return False
    before = words[at - 1] if at else ""
    if word in _AUXILIARIES:
        return before in _PARTICIPLES
    if not _has_form(word, before):
        return False
    return not (at + 2 < len(words) and words[at + 1] == "و" and words[at + 2] in _PAIRED)


def _has_form(word: str, before: str) -> bool:
    if word in _FINITE or (before in _WILL and word in _BARE_PASTS):
        return True
    if before in _IMPERFECT:
        return word in _STEMMED
    if not word.startswith(_IMPERFECT):
        return False
    for prefix in _IMPERFECT:
        if word.startswith(prefix):
            rest = word.removeprefix(prefix)
            together = len(rest) > 2 and rest[-1] != "ی" and rest in _STEMMED  # «میدانی» is an adjective
            return (rest[:1] == "\u200c" and rest[1:] in _STEMMED) or together
    return False


_BARE_PASTS = frozenset(past for past, _, _ in _stems())


def follows_mi(word: str) -> bool:
    """Whether a word is a form that «می» goes before: «رود», «رفت», «رفته»."""
    return word in _STEMMED or word in _PARTICIPLES


def says(words: Sequence[str]) -> bool:
    """Whether the words end in a verb of saying: «گفت», «اظهار داشت», «تأکید کرده است»."""
    tail = [word for word in words[-4:] if word not in ("است", "می", "بود", "هم", "نیز")]
    if not tail:
        return False
    last = tail[-1].removeprefix("می\u200c")
    if last.startswith(_SAID) and len(last) < len("گفته\u200cاند") + 1:
        return True
    light = last.removesuffix("ه") in _LIGHT or tail[-1] in _LIGHT or last in ("کند", "دهد", "کنند")
    return light and any(word in _SAYING for word in tail[-3:-1])


def is_subjunctive(word: str) -> bool:
    return word in _SUBJUNCTIVE


def may_end(words: Sequence[str]) -> bool:
    """Whether a sentence of these words ends in a verb; here also «پرداخت» and «ماست» count."""
    return (
        is_finite(words, len(words) - 1)
        or words[-1] in _BARE_PASTS
        or words[-1].endswith(("است", "هاست", "ماست"))
    )


def tells(words: Sequence[str]) -> bool:
    """Whether a verb of saying has told what it says already: «از … خبر داد», «بر … تأکید کرد»."""
    at = max(
        (place for place in range(max(len(words) - 3, 0), len(words)) if words[place] in _TOLD), default=-1
    )
    return at > 0 and any(word in _TOLD[words[at]] for word in words[:at])


_TOLD = {
    "خبر": ("از",),
    "تاکید": ("بر",),
    "تأکید": ("بر",),
    "انتقاد": ("از",),
    "هشدار": ("درباره", "نسبت"),
    "تشریح": ("را",),
    "تایید": ("را",),
    "تأیید": ("را",),
    "رد": ("را",),
    "اعلام": ("را",),
    "مطرح": ("را",),
    "عنوان": ("را",),
}


def speaks_of_us(words: Sequence[str]) -> bool:
    """Whether a verb or pronoun speaks of me or us: such words need their speaker beside them."""
    if not _FIRST.isdisjoint(words):
        return True
    firsts = [at for at, word in enumerate(words) if word[-1] == "م"]
    return any(
        words[at].startswith(("می\u200c", "نمی\u200c")) or (at and words[at - 1] in _IMPERFECT)
        for at in firsts
    )


def _first_persons() -> frozenset[str]:
    pasts = {
        f"{sign}{past}{ending}" for past, _, _ in _stems() for sign in ("", "ن") for ending in ("م", "یم")
    }
    perfects = {f"{past}ه\u200c{ending}" for past, _, _ in _stems() for ending in ("ام", "ایم")}
    presents = {f"{sign}{now}{end}" for _, now, _ in _stems() for sign in ("ب", "ن") for end in ("م", "یم")}
    return frozenset(pasts | perfects | presents)


_FIRST = (_first_persons() - {"نیم", "نبردم"}) | frozenset(
    """
    من ما خودم خودمان شما بنده اینجانب داریم دارم نداریم ندارم هستم هستیم نیستم نیستیم خواهیم خواهم
    کنیم کنم شویم شوم باشیم باشم امیدوارم امیدواریم ایم ام معتقدم معتقدیم خوشحالم خوشحالیم راضی‌ام
    مطمئنم
    """.split()
)
