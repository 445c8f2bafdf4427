"""How well a reading stands alone, from 0 to 1: less if it leans on its neighbours or says half of it."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

from bot.news.grammar.leadins import Opening
from bot.news.summary import worth
from bot.news.summary.readings import Reading

LEAST = 0.45  # what is less is passed over: speech without its speaker, «وی …», what is too long
_PRONOUN, _POINTS_BACK, _POINTS_NOWHERE, _SPEAKERLESS = 0.05, 0.8, 0.4, 0.4
_POINTS_SOMEWHERE, _HEAD = 0.9, 9  # words: what is pointed at further on stands in the sentence itself
_BEGINNING, _LONGEST_LEAD = 60, 14  # characters; words before the colon
_THIS = frozenset(("این", "همین"))
_NOW = frozenset(
    "هفته ماه سال روز روزها فصل لحظه که ها است کشور استان شهر تیم بازی رقم میزان تعداد دیدار".split()
)
_ASKED = 0.87
_INCOMPLETE, _CUT, _TOO_LONG, _NAMED, _RESOLVED = 0.5, 0.95, 0.02, 0.95, 0.9
_HANGING = 0.4
_POINTING = frozenset("این همین همان آن چنین".split())
_SAID_BEHIND = frozenset(("همان", "آن"))
_BEFORE_POINTING = frozenset("در از به با بر طی برای پس پیش طبق".split())
_LEADS_TO_POINTING = frozenset(  # «بر اساس این تعریف», «با توجه به این آمار»
    {
        ("بر", "اساس"),
        ("بر", "پایه"),
        ("بر", "مبنای"),
        ("به", "دلیل"),
        ("به", "خاطر"),
        ("در", "جریان"),
        ("بر", "طبق"),
    }
)
_THEREUPON = re.compile(r"^(?:\S+ ){0,3}(?:پس|پیش|بعد|قبل) از آن(?! که)[ ،]")
# «این موضوع»: what it is stands in the sentence before.
_NOTHING_BY_ITSELF = frozenset(
    worth.fold("""
    قبیل دست گونه تفاسیر تفسیر اوصاف توصیف حساب
    پاسخ موضوع امر مساله مسئله اقدام روند تصمیم رویداد مدت میان زمینه خصوص باره رابطه حال حالت راستا صورت
    نکته گونه دلیل جهت کار مورد موارد نوع حرف سخن سوال پرسش شرایط وضعیت حادثه اتفاق ادعا ماجرا بخش قسمت
    روز سال ماه هفته زمان دوره نظر نگاه عده افراد فرد دو سه گروه دسته ها اساس منظور ترتیب وجود همه
    راز تعریف عرصه حوزه ویژگی نکتهای نکته مساله‌ای جمله بار مرحله یک سه چهار پنج شش از را به با هم یعنی
    """)
)
_HALVES = frozenset("چون زیرا چراکه هرچند اگرچه گرچه که تا مخصوصا بخصوص اگر وقتی درحالیکه".split())
_HALF_PAIRS = frozenset(
    {("در", "حالی"), ("در", "حالیکه"), ("با", "توجه"), ("با", "اینکه"), ("به", "ویژه"), ("به", "خصوص")}
    | {("به", "گونه"), ("به", "طوری"), ("به", "طوریکه"), ("به", "نحوی")}
)
_MORE_OF_IT = frozenset({("به", "ویژه"), ("به", "خصوص"), ("از", "جمله")})
_COUNTED = frozenset("دسته گروه نمونه مورد بخش راه نکته دلیل مرحله سوال سیوال عامل گام روش علت".split())
_SOMEBODY = frozenset("او وی ایشان آنها آنان اینها اینان".split())
_LEADS_ON = re.compile(
    "^.{2,90}?(?:(?:با|ضمن) (?:بیان|اشاره به|تاکید بر|تأکید بر|اعلام|تصریح)|در پاسخ به) "
    "(?:این\u200c?که|آن\u200c?که|این (?:سوال|سؤال|پرسش) که)[ ،]"
)
HAS_SAID = re.compile(
    "گفت|افزود|نوشت|پرداخت|یادآور|خاطر ?\u200c?نشان|تصریح|اظهار|ابراز|بیان|اعلام|تاکید|تأکید|عنوان|اضافه"
    "|ادامه|خبر داد|خواستار|دانست|گوید|پاسخ داد|توضیح|مطرح|معرفی|ارزیابی|توصیف|انتقاد"
    "|پیش\u200cبینی|گلایه|تشریح|تشکر|دعوت|تسلیت|هشدار|خواست|توصیه|قدردانی|درخواست|پیشنهاد|وعده|نامید|خواند|برشمرد"
)
_SOME = frozenset("برخی بعضی یکی بسیاری تعدادی شماری همه هیچیک تعداد".split())
_PLACES = frozenset("دوم سوم چهارم پنجم بعدی دیگر دیگری آخر".split())
_OWN = ("انش", "هایش", "انشان", "هایشان", "هاشان")  # «شاگردانش»: whose?
_LONG_ENOUGH = 6  # letters: «دانش» is nobody's
_WISHES = frozenset(worth.fold("مسئلت مسألت درود خداقوت التماس آمین تسلیت تبریک"))
_TOLD_TOO = frozenset(("تسلیت", "تبریک"))  # «… پیام تسلیت فرستاد» is news
# A channel's own line, an address, a list of names.
_STRAY_HEAD = re.compile(
    r"این گزارش،|در ادامه .*(?:اشاره|پرداخته|بررسی|معرفی|مرور|ارائه) می\u200c?شود"
    r"|(?:تبصره|ماده|بند) [۰-۹0-9]+ ?[-–:]"
    r"|(?:[^\s،]+ [^\s،]+(?: [^\s،]+)?، ){2,}[^\s،]+ [^\s،]+(?: [^\s،]+)? و [^\s،]+ [^\s،]+ "
)
_STRAY_SIGN = re.compile(r"[\[@#➖▪■◾](?:(?<=[➖▪■◾])|(?<=\[)[۰-۹0-9]+\]|(?<=[@#])\w)")
# Words are looked for as they are first, since few readings have any: a pattern asks at every letter.
_STRAY_WORDS = ("ببین", "بیایید", "کنید", "نکنید", "www", "http", ".com", ".ir", ".org", ".net")
_STRAY_WORD = re.compile(
    r"\b(?:ببینید|ببین|بیایید|(?:فرض|تصور|دقت) کنید|فراموش نکنید|www|https?|\w{3,20}\.(?:com|ir|org|net))\b"
)
_WAITS = tuple(f" {this} {be}." for this in ("آن", "این", "چنین") for be in ("است", "بود", "شد"))
"""«… حاکی از آن است.»: that what?"""
_MUST = re.compile(
    r"\sباید (?:\S+ ){0,3}(?:داشت|کرد|گفت|دانست|پذیرفت|بدانیم|بدانند|بداند)\.$"
)  # «باید توجه داشت | که …»
_STANCE = re.compile(r"(?:مواضع|دیدگاه\u200cهای|نظرات|سخنان) خود را .{0,80}(?:تشریح|بیان|اعلام|مطرح) کرد\.$")
_HALF = re.compile(r"(?:؛|،|:)\s*یا\s|\sدر صورتی\s(?!که)(?!.*\sکه\s)")  # «یا باید …», «تنها در صورتی …» alone
_SO_THEN = frozenset("بنابراین لذا پس ازاینرو درنتیجه".split())
_TALKED = re.compile(r"با خبرنگاران[^.]{0,60} گفت\W?و\W?گو کرد")  # and what was said stands further on
_VOWELS = re.compile("[\u064c-\u0650\u0652]")
_ARABIC = 4  # vowel marks: quoted Arabic
_I_WISH = frozenset("عرض گویم گوییم میگویم نمایم".split())


@dataclass(frozen=True, kw_only=True)
class Voice:
    """Whose words a reading is."""

    spoken: bool
    by: str | None  # the speaker, where the story names one
    meant: str | None = None  # the name that stands in the place of «وی»


def of(reading: Reading, words: Sequence[str], known: AbstractSet[str], voice: Voice) -> float:
    """Of a reading with these folded words; `known` are those of headline and lede.

    Somebody's words whose speaker is not named stand for nothing.
    """
    if not words or reading.fragment or _wishes(words) or _is_strange(reading.text):
        return 0
    if _says_nothing_yet(reading.text):
        return 0
    stands = _alone(reading, words, known, voice)
    if voice.spoken and not reading.named and voice.by is None:
        stands *= _SPEAKERLESS
    if voice.spoken and reading.named and voice.by is not None:
        stands *= _NAMED  # shorter with the name as its label
    if _hangs(reading, words) or reading.text.endswith(_WAITS) or (reading.cut and _is_half(reading.text)):
        stands *= _HANGING
    elif not reading.whole:
        stands *= _INCOMPLETE
    if reading.cut:
        stands *= _CUT
    return stands * (_TOO_LONG if reading.too_long else 1)


def _alone(reading: Reading, words: Sequence[str], known: AbstractSet[str], voice: Voice) -> float:
    """How well it stands by how it begins."""
    if voice.meant is not None:
        return _ASKED if reading.asks_who else _RESOLVED
    said = _said(reading.text)
    if reading.asks_who or reading.opening is Opening.PRONOUN or words[0] in _SOMEBODY or said[:1] == ("وی",):
        return _PRONOUN  # «مهر نوشت: وی …» too
    if reading.dropped and _of_dropped(words, reading.dropped, known):
        return _POINTS_NOWHERE
    noun = _pointed_at(words) or (_pointed_at(said) if said else None)
    if (
        noun in _NOTHING_BY_ITSELF
        or _leans(words)
        or (said and said[0] in _SO_THEN)
        or (" از آن" in reading.text and _THEREUPON.search(reading.text))
    ):
        return _POINTS_NOWHERE
    if noun is not None:
        return 1.0 if noun in known else _POINTS_BACK
    if _points_within(words, known):
        return _POINTS_SOMEWHERE
    return _POINTS_BACK if reading.opening is Opening.POINTS_BACK else 1.0


def _of_dropped(words: Sequence[str], dropped: str, known: AbstractSet[str]) -> bool:
    """Whether «این پرونده» means what the words before «گفت:» name, which the reading leaves out."""
    return any(
        pointing in _THIS
        and noun not in known
        and noun not in _NOW
        and noun in dropped
        and noun not in words[:at]
        for at, (pointing, noun) in enumerate(pairwise(words))
    )


def _says_nothing_yet(text: str) -> bool:
    """Whether it only leads on: «مدیر با بیان اینکه … می‌شود.» has no «گفت» and no word of what was said."""
    if "نکه" not in text and "ن‌که" not in text and " که" not in text:
        return False
    found = _LEADS_ON.search(text)
    return found is not None and not HAS_SAID.search(text, found.end())


def _said(text: str) -> tuple[str, ...]:
    """The first words behind «… گفت:», which may point back as those at the head may."""
    told, colon, core = text.partition(": ")
    return worth.fold(core[:_BEGINNING])[:4] if colon and len(told.split()) <= _LONGEST_LEAD else ()


def _points_within(words: Sequence[str], known: AbstractSet[str]) -> bool:
    """Whether «این …» further on is of a thing that neither the reading nor the top has named."""
    return any(
        pointing in _THIS and noun not in known and noun not in _NOW and noun not in words[:at]
        for at, (pointing, noun) in enumerate(pairwise(words[:_HEAD]))
    )


def _is_strange(text: str) -> bool:
    if " خود را " in text and _STANCE.search(text):
        return True  # and which they are stands further on
    if " ذیل " in text or " موارد زیر " in text or " شرح زیر " in text:
        return True  # what is listed stands elsewhere
    if _STRAY_HEAD.match(text) or _STRAY_SIGN.search(text):
        return True
    if any(word in text for word in _STRAY_WORDS) and _STRAY_WORD.search(text):
        return True
    return len(_VOWELS.findall(text)) >= _ARABIC


def _wishes(words: Sequence[str]) -> bool:
    """Condolences and blessings, which tell nothing: «… تسلیت می‌گویم»."""
    found = _WISHES.intersection(words)
    return bool(found - _TOLD_TOO) or (bool(found) and not _I_WISH.isdisjoint(words[-3:]))


def _pointed_at(words: Sequence[str]) -> str | None:
    """The noun of «این سازمان …», «در همین دیدار …»."""
    begin = 1 if words[0] in _BEFORE_POINTING else 0
    if tuple(words[:2]) in _LEADS_TO_POINTING:
        begin = 2
    pointing, noun, behind = (*words[begin : begin + 3], "", "", "")[:3]
    said_behind = pointing in _SAID_BEHIND and behind == "که"  # «همان سال که پیاده‌روها باریک شد»
    return noun if pointing in _POINTING and not said_behind else None


def _is_half(text: str) -> bool:
    """Whether what was cut away was the other half: «یا این … | یا آن», «در صورتی می‌فروشد | که …»."""
    if "باید " in text and _MUST.search(text):
        return True
    return ("یا " in text or "صورتی" in text) and bool(_HALF.search(text))


def _hangs(reading: Reading, words: Sequence[str]) -> bool:
    """Whether it is half of a sentence: «چون …», or «در حالی که …» without the comma before the rest."""
    if tuple(words[:2]) in _HALF_PAIRS and "،" not in reading.text:
        return True
    if tuple(words[:2]) in _MORE_OF_IT:
        return True  # «به‌ویژه شهریورماه که …» goes on with the sentence before
    return not reading.whole and words[0] in _HALVES


def _leans(words: Sequence[str]) -> bool:
    first, second = (*words[:2], "", "")[:2]
    if (first in _BEFORE_POINTING and second in _SOMEBODY) or "اینها" in words[:3]:
        return True  # «با او رئال …», «همه اینها …»
    if (first, second) == ("در", "پایان") and words[2:3] and words[2] in ("از", "با"):
        return True  # whoever it is that thanked
    if first in _SOME and second == "از" and not _SOMEBODY.isdisjoint(words[2:4]):
        return True  # «برخی از آنها …»
    return (first.endswith(_OWN) and len(first) > _LONG_ENOUGH) or (first in _COUNTED and second in _PLACES)
