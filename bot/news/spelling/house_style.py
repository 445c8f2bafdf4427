"""The house style: what a newsroom has decided where Persian may be written in more ways than one.

Knows the choices and their defaults; `docs/house_style.md` holds the source of each. «Academy» below is the
Academy of Persian Language and Literature's «دستور خط فارسی». Where the press does not follow it, or follows
no one, the default is `as_is`: what is right either way is not an editor's business.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, Self

from bot.news.spelling.own import NOTHING, Own

_LOOSE = (("\u200c", "\u200c"), (" ", "\u200c"), ("\u200c", " "), (" ", " "))  # «و» between two roots
_PAIRED_ROOTS = (  # not «گویی»: «گفت و گویی پشیمان بود»
    ("گفت", ("گو", "گوی", "گوها", "گوهای")),
    ("جست", ("جو", "جوی", "جوها", "جوهای")),
    ("شست", ("شو", "شوی")),
    ("پرس", ("جو", "جوی")),
)
_FUSED_ROOTS = ("گفتگو", "جستجو", "شستشو")  # Academy: the «و» between them is written
_FUSED_ENDINGS = "|ی|یی|ها|های|هایی|یم|یت|یش|هایم|هایت|هایش|هایشان|ست|گر|گران".split("|")
_TOWNS = (  # apart they say nothing else; not «پیران شهر», «نظر آباد», «شهر کرد»: those may be two words
    "سی سخت|سی‌سخت|ده لران|دهلران|گل پایگان|گلپایگان|لا هیجان|لاهیجان|فیروز کوه|فیروزکوه|گرم سار|گرمسار"
    "|کبودر آهنگ|کبودرآهنگ"
).split("|")
_DENIED = (
    "قانونی ممکن رسمی نظامی مجاز عادی واقعی منتظره مترقبه مستقیم ضروری دولتی انسانی علنی اخلاقی طبیعی"
    " عمدی فعال مسکونی"
    " معمول معمولی منطقی نفتی حضوری سیاسی شرعی بومی بهداشتی مولد کیفری قطعی متعارف ایرانی مسلمان"
).split()
_OF_GOD = (  # men's names, and titles: Academy, the Arabic article close to what is before it
    "روح آیت حجت حزب ذبیح سیف فضل فرج رحمت نعمت عزت هدایت لطف قدرت حبیب خلیل عنایت وجیه عین بقیه فتح"
).split()
_OF_GOD_FUSED = "عبد اسد ید نصر شکر امر ثار".split()  # a half-space would show nothing
_BEFORE_THAT = (  # «این که» behind these is the conjunction; elsewhere «این» may be what does something
    "با این|به این|از این|بر این|برای این|بدون این|درباره این|مورد این|وجود این|بیان این|اعلام این|دلیل این"
    "|علت این|رغم این|محض این|مگر این|تا این|ضمن این|جز این|گو این|کما این|مگر آن|پس از آن|پیش از آن"
    "|قبل از آن|بعد از آن|بدون آن|برای آن|جای آن|جز آن|حال آن|ضمن آن"
).split("|")
_ONE_WORD = "هم‌اکنون نیمه‌نهایی راه‌آهن راه‌حل همه‌جانبه زنده‌یاد امکان‌پذیر دانش‌آموخته دانش‌آموختگان".split()
_JOINED = (  # form in house style, forms it stands for
    ("آنها", "آن‌ها"),  # Academy, list of exceptions to «آن» apart; the press 10 : 1
    ("آنهایی", "آن‌هایی"),
    ("آنهاست", "آن‌هاست"),
    ("اینها", "این‌ها"),
    ("اینهاست", "این‌هاست"),
    ("آنچه", "آن‌چه"),  # Academy, «چه»; the press 29 : 1
    ("آنکه", "آن‌که"),  # Academy, «که»; the press 17 : 1
    ("اینکه", "این‌که"),  # the press 24 : 1
    ("آنجا", "آن‌جا"),  # Academy, «آن»; the press 96 : 1
    ("اینجا", "این‌جا"),  # the press 152 : 1
    ("همدیگر", "هم‌دیگر"),  # Academy, «هم»: words felt as one
    ("همچنین", "هم‌چنین"),  # the press 52 : 1
    ("همچنان", "هم‌چنان"),
    ("همکار", "هم‌کار"),
    ("همکاران", "هم‌کاران"),
    ("همکاری", "هم‌کاری"),
    ("بیشتر", "بیش‌تر"),  # Academy, «تر»: بهتر, بیشتر, کمتر, مهتر, کهتر
    ("بیشترین", "بیش‌ترین"),
    ("کمتر", "کم‌تر"),
    ("کمترین", "کم‌ترین"),
    ("بهتر", "به‌تر"),
    ("بهترین", "به‌ترین"),
    ("یکدیگر", "یک‌دیگر"),
    ("چنانچه", "چنان‌چه"),  # Academy, «چه»
    ("چنانکه", "چنان‌که"),  # Academy, «که»
    ("بلکه", "بل‌که"),
    *((f"{before}که", f"{before} که") for before in _BEFORE_THAT),  # Academy, «که»; the press 24 : 1
    *((f"{name}‌الله", f"{name} الله") for name in _OF_GOD),
    *((f"{name}الله", f"{name} الله") for name in _OF_GOD_FUSED),
    *((joined, joined.replace("\u200c", " ")) for joined in _ONE_WORD),  # Academy; most of the press
    ("خاطرنشان", "خاطر نشان"),
    ("آقای", "اقای"),
    ("آقایان", "اقایان"),
    ("آنها", "انها"),
    ("حالی‌که", "حالیکه"),  # «درحالیکه», «در حالیکه»: Academy, «که» apart
    ("درحالی‌که", "درحالیکه"),
    ("یکشنبه", "یک‌شنبه"),
    ("دوشنبه", "دو شنبه"),
    ("چهارشنبه", "چهار شنبه"),
    ("سه‌شنبه", "سه شنبه"),
    ("هیچ‌گونه", "هیچگونه"),  # Academy, «هیچ»: apart from what follows
    ("هیچ‌گاه", "هیچگاه"),
    *((f"غیر{word}", f"غیر {word}", f"غیر\u200c{word}") for word in _DENIED),  # Academy: a prefix
    ("رئیس‌جمهور", "رئیس جمهور"),  # Academy's word list
    ("رئیس‌جمهوری", "رئیس جمهوری"),
    ("کوتاه‌مدت", "کوتاه مدت"),
    ("میان‌مدت", "میان مدت"),
    *(  # Academy: «و» between two roots stands close to both
        (f"{first}‌و{second}", *(f"{first}{before}و{after}{second}" for before, after in _LOOSE))
        for first, seconds in _PAIRED_ROOTS
        for second in seconds
    ),
    *(
        (f"{root[:-2]}‌و{root[-2:]}{ending}", f"{root}{ending}")
        for root in _FUSED_ROOTS
        for ending in _FUSED_ENDINGS
    ),
    *(
        (f"{town}{ending}", f"{apart}{ending}")
        for apart, town in zip(_TOWNS[::2], _TOWNS[1::2], strict=True)
        for ending in ("", "ی")
    ),
)
WORDS: Mapping[str, str] = MappingProxyType({other: form for form, *others in _JOINED for other in others})

# Two words in print, though lists and some of the press join them; who writes them as one may.
APART = frozenset(
    (
        "جام جهانی", "تیم ملی", "هیئت وزیران", "هیئت دولت", "کره جنوبی", "کره شمالی", "آفریقای جنوبی",
        "خانه ملت", "قوه قضائیه", "قوه قضاییه", "قوه مقننه", "قوه مجریه",
    )
)  # fmt: skip

# Academy, «همزه»: its seat in the middle of a word goes by the sounds about it; and between two vowels the
# Persian «ی» stands, not hamza («پایین», «زیبایی»). Stems: what follows them stays. No names: رضائی is free
# to be رضائی, and the judiciary writes itself «قضائیه».
_RESEATED = (
    ("مسئول", "مسؤول", "مسوول"),
    ("هیئت", "هیأت", "هیات"),
    ("مسئله", "مسأله", "مساله"),
    ("جرئت", "جرأت"),
    ("نشئت", "نشأت"),
    ("شئون", "شؤون"),
    ("رئیس", "رییس"),
    ("جزئی", "جزیی"),
    ("ارائه", "ارایه"),
    ("مسائل", "مسایل"),
    ("توطئه", "توطیه"),
    ("تبرئه", "تبریه"),
    ("مؤتلفه", "موتلفه"),  # a party's name, and it writes itself so
)
_BETWEEN_VOWELS = (
    "پائین پائیز آئین آمریکائی اروپائی ابتدائی نهائی دریائی هوائی شیمیائی زیبائی توانائی دانائی شناسائی"
    " راهنمائی گردهمائی رونمائی بازگشائی طلائی روستائی دارائی اجرائی دانشجوئی پاسخگوئی گوئی جوئی"
)
HAMZA: Mapping[str, str] = MappingProxyType(
    {
        **{other: form for form, *others in _RESEATED for other in others},
        **{other: other.replace("ئ", "ی") for other in _BETWEEN_VOWELS.split()},
    }
)


@dataclass(frozen=True, kw_only=True)
class HouseStyle:
    """One table of choices. `as_is` and False leave what is written; `kept` are forms never to be changed.

    `ezafe` is how «خانه» is joined to the next word where the copy marks it; `words` and `hamza` map a form
    to the preferred one (of whole words, and of the beginnings of words); their letters must be the same.
    `apart` are pairs of words that no half-space joins; `own` is what approved stories settled.
    `hashtags` is for tags that are offered: those of the copy stay as they are.
    """

    digits: Literal["persian", "latin", "as_is"] = "persian"  # ISIRI 6219; school books and the press
    decimal: Literal["٫", ".", "/", "as_is"] = "٫"  # Unicode CLDR for fa, after ISIRI 6219
    thousands: Literal["٬", ",", "،", "as_is"] = "٬"  # the same
    percent: Literal["٪", "%", "as_is"] = "٪"  # the same
    quotes: Literal["guillemets", "straight", "as_is"] = "guillemets"  # Academy and the press: «», within ‹›
    ellipsis: Literal["…", "...", "as_is"] = "…"  # one sign, not three full stops that a line's end may part
    dash: Literal["–", "—", "-", "as_is"] = "–"  # «نشانه‌گذاری»: the dash is longer than the hyphen
    ezafe: Literal["ۀ", "هٔ", "ه‌ی", "as_is"] = "as_is"  # Academy: «ۀ»; the press: all, mostly none
    hashtags: Literal["_", "half_space"] = "_"  # between the words of a tag; a half-space may show nothing
    doubled: bool = True  # «!!», «،،»: one sign says it
    compounds: bool = True  # «پیش بینی» in tidy copy: Academy, compounds felt as one word have the half-space
    little_words: bool = True  # «بعنوان», «آنرا»: Academy, «به», «را», «هم», «که» apart
    words: Mapping[str, str] = field(default=WORDS, hash=False)
    hamza: Mapping[str, str] = field(default=HAMZA, hash=False)
    kept: frozenset[str] = frozenset()
    apart: frozenset[str] = APART
    own: Own = field(default=NOTHING, hash=False)

    def __post_init__(self) -> None:
        """Raises ValueError where a table would change more than the spelling of a word."""
        wrong = [form for table in (self.words, self.hamza) for form in table if not _same(form, table[form])]
        if wrong:
            raise ValueError(f"not another spelling of the same word: {', '.join(wrong)}")

    @classmethod
    def plain(cls) -> Self:
        """House style off: only what is wrong in every house is mended."""
        return cls(
            digits="as_is",
            decimal="as_is",
            thousands="as_is",
            percent="as_is",
            quotes="as_is",
            ellipsis="as_is",
            dash="as_is",
            doubled=False,
            compounds=False,
            little_words=False,
            apart=frozenset(),
            words=MappingProxyType({}),
            hamza=MappingProxyType({}),
        )


@lru_cache(maxsize=4096)  # the same tables with each style that is put together: for each paste
def _same(form: str, preferred: str) -> bool:
    """Whether two words have the same letters, but for the seats of hamza, the half-spaces and blanks.

    The «و» between two roots may be unwritten: «گفتگو» is «گفت‌وگو».
    """
    one, other = (re.sub(r"[\s\u200c]", "", word) for word in (form, preferred))
    if len(one) < len(other):
        other = re.sub(r"[\s\u200c]", "", preferred.replace("\u200cو", "", 1))
    return len(one) == len(other) and all(
        a == b or {a, b} <= _ALEFS or ({a, b} & _HAMZAS and {a, b} <= _SEATS)
        for a, b in zip(one, other, strict=True)
    )


_ALEFS = frozenset("اأإآٱ")
_HAMZAS = frozenset("أؤئء")
_SEATS = frozenset("ایوأؤئء")

DEFAULT = HouseStyle()
