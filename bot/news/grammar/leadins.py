"""The words before what a sentence says: sources, connectors, «وی افزود:». Knows where they end, no more."""

import re
from collections.abc import Sequence
from enum import StrEnum

import regex

from bot.news.grammar import verbs


def _any_of(phrases: str) -> str:
    """A pattern of phrases between bars; a blank in them may be a half-space or missing."""
    listed = sorted((each.strip() for each in phrases.replace("\n", " ").split("|")), key=len, reverse=True)
    return "(?:" + "|".join(regex.escape(each).replace("\\ ", "[ \u200c]?") for each in listed) + ")"


# What may go wherever it opens a sentence.
_LOOSE_WORDS = _any_of("""
    همچنین|هم چنین|همین طور|البته|اما|ولی|لیکن|بنابراین|ضمنا|ضمناً|متاسفانه|متأسفانه|
    خوشبختانه|و|که|سپس|چرا که|به طوری که|ضمن اینکه|ضمن آنکه|این در حالی است که|
    این در حالی بود که|این در شرایطی است که|نخست اینکه|نخست آنکه|اول اینکه|دوم اینکه|دوم آنکه|سوم اینکه|
    چهارم اینکه|آخر اینکه|دیگر اینکه|از این رو|از همین رو|به همین دلیل|به همین خاطر|به این ترتیب|بدین ترتیب|
    در نتیجه|بدیهی است|بدیهی است که|طبیعی است که|به هر حال|در هر صورت
""")
# What goes where a comma follows: «در ادامه، …», not «در ادامه مسابقه …».
_SET_OFF = _any_of("""
    از سوی دیگر|از طرف دیگر|از سویی|از طرفی|از سویی دیگر|از طرفی دیگر|در ادامه|
    در همین حال|در عین حال|در این میان|در این بین|در واقع|در حقیقت|در ضمن|
    در پایان|در نهایت|در همین راستا|در همین زمینه|در همین رابطه|در همین خصوص|در این راستا|
    در این زمینه|در این رابطه|در این خصوص|در این باره|به همین ترتیب|به این دلیل|به این منظور|به همین منظور|
    به هر ترتیب|به هر روی|با این حال|با این وجود|با وجود این|با این همه|علاوه بر این|
    علاوه بر آن|افزون بر این|به علاوه|بر این اساس|بر همین اساس|برای این منظور|
    به عنوان مثال|به عنوان نمونه|برای مثال|برای نمونه
""")
_WORTH_SAYING = _any_of("""
    گفتنی|شایان ذکر|شایان گفتن|شایان یادآوری|لازم به ذکر|لازم به یادآوری|لازم به توضیح|
    قابل ذکر|قابل توجه|یادآوری|یادآور|جالب|ناگفته نماند
""")
_CONNECTOR = regex.compile(
    rf"{_LOOSE_WORDS}(?:[،,]\s*|\s+)|{_SET_OFF}[،,]\s*"
    rf"|به (?:گفته|اعتقاد|باور|عقیده)(?:\u200c?ی|ٔ)? (?:او|وی|ایشان)(?:[،,؛]\s*|\s+)"
    rf"|(?:در ادامه|در بخشی از|در پایان)[^،:.]{{0,40}} آمده(?: است)?[:،]\s*"
    rf"|{_WORTH_SAYING}(?: است| می[ \u200c]?شود)?(?: که| این ?که)?[،,]?\s+"
)
_AGENCIES = "فارس|ایسنا|ایرنا|تسنیم|مهر"
_SOURCE = regex.compile(
    r"(?:(?:به|بنا ?به|بنا ?بر|بر ?اساس|طبق|مطابق)(?: این| همین)? ?(?:گزارش|نقل ?از|نوشته|خبر|روایت)"
    r"|بنابراین گزارش)\b[^،,:؛.\n]{0,90}?"
    # up to a comma, or to a name that all know: «به گزارش ایسنا رئیس …»; but «… فارس از تهران، …» goes on
    rf"(?:\s*[،,؛:]+|(?<=این گزارش|{_AGENCIES}|سه ?[\"”»]|\))(?=\s+(?!از\s|به نقل|و به|در\s|[،,؛:]))"
    rf"|(?<=\))(?=\s+در\s))\s*"
    # «خبرگزاری ایرنا: سرهنگ …»، «گروه اقتصادی - …»
    r"|(?:خبرگزاری|سرویس|گروه|پایگاه خبری)(?:[ \u200c]\w{2,20}){1,3}\s*[:–—-]+\s*"
)
_BULLET = regex.compile(r"[\s*•▪●◾■\-–—_،,؛:]+")
_LONGEST_ATTRIBUTION = 60  # tokens

_PRONOUNS = frozenset("وی او ایشان آنها آن‌ها آنان نامبرده اینها این‌ها اینان".split())
_ANSWERS, _AFTER_ANSWERS = frozenset("بله خیر آری نه yes no".split()), frozenset("،؛,;.!")
_WORDLESS = frozenset("همچنین هم نیز در ادامه و پایان سپس آخر خاتمه باره".split())
_OFFICES = frozenset(
    """
    مقام مسئول مسوول مسؤول مدیر نماینده عضو کارشناس استاد فعال مربی بازیکن منبع وزیر نهاد نویسنده
    پژوهشگر فرمانده پزشک معاون دیپلمات سیاستمدار کارگردان بازیگر هنرمند مدرس متخصص سرمربی مهاجم مدافع
    هافبک دروازه‌بان پیشکسوت ورزشکار
    """.split()
)
_THAT = frozenset("که اینکه این‌که آنکه براینکه".split())
_STATING = frozenset("با بیان بر به اعلام ذکر یادآوری تصریح عنوان از تأکید تاکید".split())
_LEAST_TOLD = 5  # words
_VERB_OF_SAYING = 2  # words, at the most: «خاطرنشان کرد»
_POINTING = frozenset("این آن همین همان چنین".split())
_LEANING = frozenset("در است بود ها رو هم حالی را که به نیز".split())
_EARLY = 7  # words: «نمایش خوب او …» leans on the sentence before as «او …» does
_FOLLOWS = re.compile(
    r"(?:مشاهده|ملاحظه|مطالعه|دنبال|کلیک|تماشا) (?:می ?\u200c?)?(?:کنید|کنیم|بفرمایید|نمایید|فرمایید)"
    r"|می ?\u200c?خوانید|در (?:ادامه|پایان)(?: نیز)? (?:آورده|ارائه) "
    r"|در این (?:نوشته|مطلب|نوشتار|مقاله|یادداشت|گزارش|قسمت|بخش)\b.{0,80}"
    r"(?:صحبت|آشنا|پرداخته|بررسی|آورده|معرفی|خواهیم)"
    r"|به (?:شرح|قرار) زیر|در (?:زیر|ذیل) |عبارتند از$|از این قرار"
)


class Opening(StrEnum):
    """How a sentence begins."""

    ALONE = "alone"
    POINTS_BACK = "points back"  # «این بازیکن»
    PRONOUN = "pronoun"  # «وی», «او», «آنها»


def skip(sentence: str, start: int = 0) -> int:
    """Where the sentence begins behind marks of a list, its source and connectors."""
    while True:
        here = start
        for pattern in (_BULLET, _SOURCE, _CONNECTOR):
            if found := pattern.match(sentence, start):
                start = found.end()
        if start == here:
            return start


def attribution(words: Sequence[str]) -> int | None:
    """The place of the colon that ends «… گفت:», if the sentence has one outside a quotation."""
    for at, word in enumerate(words[:_LONGEST_ATTRIBUTION]):
        if word in '«"“':
            return None
        if word == ":":
            return at if verbs.says(words[:at]) else None
    return None


def speaker_unnamed(introducing: Sequence[str]) -> bool:
    """Whether the words before the colon say only «وی», «این مقام», or nobody at all."""
    first, second = (*introducing, "", "")[:2]
    if first in _PRONOUNS or (first in _POINTING and second in _OFFICES):
        return True
    return len([word for word in introducing if word not in _WORDLESS]) <= _VERB_OF_SAYING


def told_within(introducing: Sequence[str]) -> tuple[int, int] | None:
    """What «وی با بیان اینکه …، گفت» tells before the colon: the place of its first word, and of its last."""
    opener = next((at for at, word in enumerate(introducing) if at and word in _THAT), None)
    if opener is None:
        return None
    stated = introducing[max(opener - 2, 0) : opener]
    last = max((at for at, word in enumerate(introducing) if at > opener and word in "،,"), default=0) - 1
    if last < opener + _LEAST_TOLD or not verbs.is_finite(introducing, last):
        return None
    return None if _STATING.isdisjoint(stated) else (opener + 1, last)


def opening(words: Sequence[str]) -> Opening:
    first, second = (*words[:2], "", "")[:2]
    if first in _PRONOUNS or (first.casefold() in _ANSWERS and second in _AFTER_ANSWERS):
        return Opening.PRONOUN
    if first in ("این", "آن") and (second in _LEANING or verbs.is_finite(words, 1)):
        return Opening.PRONOUN
    if first in _POINTING or not _PRONOUNS.isdisjoint(words[:_EARLY]):
        return Opening.POINTS_BACK
    return Opening.ALONE


def announces(sentence: str) -> bool:
    """Whether it only says that something follows: «… را در زیر می‌خوانید»."""
    return bool(_FOLLOWS.search(sentence))
