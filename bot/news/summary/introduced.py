"""Who is named in the words before «گفت:», and where that is not clear. Knows one sentence, and no story."""

from collections.abc import Sequence
from itertools import dropwhile

from bot.news.grammar import verbs
from bot.news.grammar.given_names import GIVEN_NAMES
from bot.news.grammar.stop_words import key

_LONGEST_NAME = 7  # words: more are a name with what its bearer does
_LONGEST_OFFICE = 10  # «رئیس اداره فرهنگ و ارشاد اسلامی شهرستان …»
_SHORT_NAME = 2  # «استاندار اصفهان»: is a name whatever follows
_LEADS_ON = frozenset(
    """
    با در به از بر برای ضمن پس طی درباره پیرامون نیز هم همچنین که اینکه تا روز امروز دیروز امشب صبح عصر
    شامگاه بامداد پیش‌تر پیشتر سپس ظهر شب دقایقی ساعاتی ساعتی لحظاتی هفته درمورد درخصوص خطاب پیش
    درگفت درگفت‌وگو درجمع دردیدار درنشست درحاشیه بابیان بااشاره باتاکید باتأکید
    خواستار بعد بعدازظهر بعدازظهر قبل نیمروز سحرگاه
    شنبه یکشنبه یک‌شنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه پنج‌شنبه جمعه راجع نسبت
    """.split()
)
_BEGIN_NONE = frozenset(
    """
    در به از با بر برای ضمن پس طی این آن همین چنین وی او ایشان آنها آن‌ها آنان وقتی اگر هنگامی زمانی چون
    چندی یکی سپس بعد برپایه بنا خبرنگار خبرنگاری خبرنگاران مجری
    """.split()
)
_TIMES = frozenset("اواسط اوایل اواخر هفته ماه سال روز گذشته جاری پیش امروز دیروز پریروز اخیرا اخیراً".split())
_NEVER_WITHIN = frozenset(("را", "؟", ":", "؛", ".", "/", "من", "ما", "وی", "او", "این", "آن", "یک"))
_SET_APART = frozenset(("(", "-", "–", "—", "ـ", "که"))  # «ستاره همتی (سرپرست کاوش)»
_TITLES = frozenset(
    "دکتر مهندس سردار سرهنگ آقای اقای آقا خانم شهید حجت‌الاسلام آیت‌الله استاد سرتیپ سرلشکر پروفسور".split()
)
OFFICES = frozenset(
    """
    رئیس رییس مدیر مدیرکل مدیرعامل معاون عضو نماینده شهردار دبیر دبیرکل سرپرست مسئول مسوول مسؤول فرماندار
    بخشدار استاندار وزیر سخنگو سخنگوی فرمانده امام خطیب سرمربی مربی کارشناس استاد نخست‌وزیر سفیر دادستان
    قائم‌مقام جانشین تولیت مشاور پژوهشگر کاپیتان بازیکن مهاجم مدافع دروازه‌بان هافبک ملی‌پوش رهبر کارگردان بازیگر
    """.split()
)
_JUDGES = frozenset(
    "دانست خواند نامید برشمرد شمرد عنوان ارزیابی اعلام توصیف قلمداد معرفی مطرح ذکر تلقی".split()
)
_SENT_BY = frozenset("روابط خبرگزاری پایگاه خبرنگار سایت روزنامه".split())
_HERE = frozenset(("این", "همین"))
PERSONS_ONLY_TOLD = frozenset("خبرنگار خبرنگاری مجری".split())  # who asks: «… پرسید که وی گفت:»
_JOINTS = dict.fromkeys(map(ord, "\u200c ،"))


def name_in(introducing: Sequence[str]) -> str | None:
    """Who is named at the head of «سرهنگ صفاری با بیان این خبر گفت»; None where that is not clear."""
    words = _behind_circumstances(tuple(introducing))
    if not words or words[0] in _BEGIN_NONE:
        return None
    end = _end(words)
    if end is None or end == len(words):
        return None
    most = _LONGEST_OFFICE if words[0] in OFFICES else _LONGEST_NAME
    if "،" in words[:end] and (end > most or words[end - 1] in ("و", "یکی")):
        end = words.index("،")
    if not 0 < end <= most or (end == 1 and words[0] in _TITLES):
        return None
    if end > _SHORT_NAME and _judges(words[end:]) and not _ended_for_sure(words, end):
        return None  # «تولیت آستان اولویت کار حوزه در … را … دانست و گفت»: the object begins behind the name
    if end <= _SHORT_NAME and _judges(words[end:]) and not is_name(words[:end]):
        return None
    return _plain(words[:end])


def is_name(words: Sequence[str]) -> bool:
    """Whether the first word is a given name, a title or an office."""
    return key(words[0]) in GIVEN_NAMES or words[0] in OFFICES or words[0] in _TITLES


def without_title(name: str) -> str:
    """«صفاری» for «سرهنگ صفاری»: so a name is looked for among those that are known."""
    words = name.split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in _TITLES else words)


def _behind_circumstances(words: tuple[str, ...]) -> tuple[str, ...]:
    """Without «اواسط هفته گذشته …», «در این مراسم نیز …»."""
    words = tuple(dropwhile(_TIMES.__contains__, words))
    if words[:1] == ("در",) and len(words) > 3 and words[1] in _HERE:
        words = words[3:]
        if words[0] == "که":
            comma = next((at for at, word in enumerate(words) if word == "،"), len(words))
            words = words[comma + 1 :]
        words = tuple(dropwhile(("نیز", "هم", "،").__contains__, words))
    if (
        words
        and words[0] in _SENT_BY
        and "،" in words[:_LONGEST_NAME]
        and (rest := words[words.index("،") + 1 :])
    ):
        return rest  # «روابط عمومی راه‌آهن، کیوان پرهام گفت»
    return words


def _end(words: Sequence[str]) -> int | None:
    """Where the name ends; None where a verb or an object stands in it."""
    for end, word in enumerate(words):
        if word in _SET_APART and end:
            return end if end > 1 or word == "که" else None
        if word in _LEADS_ON or _says_soon(words, end):
            return end
        if word in _NEVER_WITHIN or verbs.is_finite(words, end):
            return None
    return len(words)


def _judges(words: Sequence[str]) -> bool:
    """Whether what follows is «… را … دانست و گفت»: an object may stand right behind the name."""
    if "را" not in words:
        return False
    return not _JUDGES.isdisjoint(words[words.index("را") :])


def _ended_for_sure(words: Sequence[str], end: int) -> bool:
    return words[end] in ("با", "ضمن", "،", "(")


def _plain(words: Sequence[str]) -> str | None:
    name = " ".join(words).replace(" ،", "،").strip("، ")
    bare = name.translate(_JOINTS)
    return name if bare.isalnum() and bare[0].isalpha() else None


def _says_soon(words: Sequence[str], at: int) -> bool:
    if verbs.says(words[at : at + 1]):
        return True
    return verbs.says(words[at : at + 2]) and not verbs.says(words[at + 1 : at + 2])
