"""Which everyday subjects a story is about: earthquake, currency, chess. Knows words for them, and counts.

A tag is the subject's plain noun, however the story inflects or calls it («زمین‌لرزه», «ریشتر»: زلزله).
A word in the headline may be a figure of speech, one in the lede stand beside the matter: what is often so
(`subject_table.IN_PASSING`) is a subject where the story comes back to it.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from math import inf

import regex

from bot.news.model import Article
from bot.news.subjects import gazetteer, subject_table
from bot.news.subjects.keywords import fold, texts

_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}\p{M}\u200c]*+|[^\s\p{L}\p{N}]")
_MOST_WORDS = 800  # of a text
_MOST = 4000  # characters in which the names of works are looked for
_WORKS = (
    r"(?:فیلم|سریال|مستند|کتاب|رمان|نمایش|آلبوم|مجموعه|قطعه|برنامه|کارگاه|تئاتر|انیمیشن|نمایشنامه|داستان|شعر)"
)
_TITLE = regex.compile(rf"(?:{_WORKS}[\u200c\p{{L}}]*+ (?:\p{{L}}++ ){{0,2}}|(?<=» و ))(«[^«»\n]{{2,40}}»)")
_LEAST = 3.0  # weight: in the lede and once more, or three times in the body
_WEAK_LEAST, _WEAK_IN_LEDE = 5.0, 4.0  # of what is told in passing: «با جوانان», «در ورزشگاه»
_SHORT = 400  # characters of a story that has no room to come back to its subject
_LONG = 1500  # where the body must say it once more
_WEAK = frozenset(
    """
    ورزشگاه خودرو جوانان بازار قیمت گرانی دانشگاه مدرسه دولت نوروز سکه آموزش پژوهش خواب قلب پوست فضا
    خانواده سلامت پزشکی زنان کودکان گاز برق آب نفت فولاد بانک مذاکره فقه تفسیر نماز زمین مسجد دندان
    معماری ورزش جمعیت پارک کتاب روزنامه‌ها حادثه اقتصاد جاده جنگ تسلیت آهن مه سوخت خبرنگاران نساجی
    پیکان بدهی میوه سیب انگور نان روغن زیتون عسل
    """.split()
)
_TEAMS = frozenset(
    """
    نفت فولاد برق گاز بانک سیمان مس پیکان نساجی شهرداری آهن محرم خیبر هوادار خودرو یورو دلار سد پل
    تونل مار فیل جنگ ارتش گوشی جنگل شهدا جاده آسفالت تاکسی قلب پوست نوروز
    """.split()
)
"""What a club is named after, or is told of players and prizes: no subject where the story is of sport."""
_CLUBS = frozenset(
    """
    پرسپولیس استقلال سپاهان تراکتور ملوان بارسلونا یوونتوس لیورپول چلسی آرسنال اینتر دورتموند آژاکس
    تاتنهام الهلال النصر ناپولی لاتزیو سویا والنسیا ولفسبورگ شالکه لستر اورتون پورتو بنفیکا
    گالاتاسرای فنرباغچه بشیکتاش السد الاهلی العین منچستریونایتد منچسترسیتی صباباتری شهرخودرو داماش
    لالیگا بوندسلیگا
    """.split()
) | {"رئال مادرید", "بایرن مونیخ", "اتلتیکو مادرید", "آث میلان", "لیگ یک", "لیگ قهرمانان", "جام حذفی"}
_GAMES = frozenset(
    """
    فوتبال والیبال بسکتبال هندبال فوتسال کشتی وزنه‌برداری تکواندو کاراته جودو بوکس شنا دوومیدانی
    ژیمناستیک شطرنج تنیس بدمینتون شمشیربازی تیراندازی دوچرخه‌سواری کوهنوردی اسکی قایقرانی سوارکاری
    ووشو کبدی
    """.split()
)
"""Fields of sport, which a story tells once («سرمربی تیم فوتبال …»)."""
_AROUND = frozenset(
    """
    پژوهش پلیس قیمت بازار دولت خبرنگاران دانشمندان تسهیلات رئیس‌جمهور ویروس حادثه سفیر امنیت هنر
    موبایل ورزشگاه هواداران داوری شهدا رسانه مسئولیت پیری
    """.split()
)
"""What stands around many subjects: one where the headline has it, and behind a nearer one."""
_MATTERS = (
    _GAMES
    | _CLUBS
    | frozenset(
        """
    زلزله سیل آتش‌سوزی توفان تصادف قتل سرقت انفجار کلاهبرداری اعدام کنکور کانکور سرطان انتخابات استیضاح درگذشت
    """.split()
    )
)
"""What is the matter wherever a lede has it."""
_SPORTS = frozenset(
    (
        "لیگ یک",
        "لیگ قهرمانان",
        "سوپرجام",
        "نقل و انتقالات",
        "ورزشگاه",
        "لیگ برتر",
        "ذوب\u200cآهن",
        "فوتسال",
        "دربی",
        "تیم ملی",
        "المپیک",
        "جام جهانی",
    )
)
_CLUB_OR_FREEDOM = "استقلال"  # a club only beside other sport
_CALLED = {"فولاد": "فولاد خوزستان", "نساجی": "نساجی مازندران"}  # in sport
_OF_FOOTBALL = "⚽"  # its words: a story of a club or a player need not say what they play
_SPEAKS_OF_IT = 5.0  # weight
_RELATIONS = "روابط عمومی"  # who sends a story
_OTHER_GAMES = frozenset("والیبال بسکتبال هندبال فوتسال کشتی شطرنج وزنه‌برداری".split())
_PEOPLE = (("گان", "ه"), ("یان", "ی"), ("ان", ""))  # «سارقان», «نویسندگان»
_NO_PEOPLE = frozenset(map(fold, gazetteer.PLACES)) | {"آسمان"}  # «گرگان»
_LONG_ENOUGH = 5  # letters of a plural
_WITH = {"ارز": "دلار"}  # what readers look for where a story of the first tells it at all


@cache
def _topics() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Folded spellings with their tags, by their first word, the longest first; an office has none."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for words, tag in _spellings().items():
        found.setdefault(words[0], []).append((words, tag))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found


@cache
def _spellings() -> dict[tuple[str, ...], str]:
    """The tag of each spelling, by its folded words."""
    found: dict[tuple[str, ...], str] = {}
    for table in (subject_table.KNOWN, subject_table.IN_PASSING):
        for entry in _entries(table):
            tag, _, others = entry.partition("=")
            spellings = filter(None, (tag, *others.split(",")))
            for spelling in spellings:
                if not spelling.startswith("!"):
                    found.setdefault(_folded(spelling), tag.removeprefix("!"))
    return found | {_folded(office): "" for office in _entries(subject_table.OFFICES)}


def _entries(table: str) -> list[str]:
    parts = (part.strip() for part in table.replace("~", "\u200c").replace("\n", "|").split("|"))
    return [part for part in parts if part]


def _folded(words: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in words.split())


@cache
def _in_passing() -> frozenset[str]:
    tags = (entry.partition("=")[0].removeprefix("!") for entry in _entries(subject_table.IN_PASSING))
    return _WEAK.union(tag for tag in tags if " " not in tag)


def of(article: Article) -> dict[str, float]:
    """Tags with their weights, the headline's first, the heaviest before others."""
    weights: dict[str, float] = {}
    length = 0
    parts = [(text, weight) for text, weight in texts(article) if text]
    titles = {title for text, _ in parts for title in _TITLE.findall(text[:_MOST])}
    for text, weight in parts:
        length += len(text)
        for tag in _in(_without(titles, text)):
            weights[tag] = weights.get(tag, 0) + weight
    top = (article.headline, article.lede)
    football = weights.pop(_OF_FOOTBALL, 0)
    headline, lede = ({*_in(_without(titles, text))} for text in top)
    heavy = {
        tag: weight
        for tag, weight in weights.items()
        if weight >= _least(tag, headline=tag in headline, lede=tag in lede, length=length)
    }
    heavy = _as_in_sport(heavy, weights, football)
    for tag, other in _WITH.items():
        if tag in heavy and other in weights:
            heavy[other] = heavy[tag]
    first = {_CALLED.get(tag, tag) for tag in headline} | headline - _AROUND
    return dict(sorted(heavy.items(), key=lambda each: (each[0] not in first - _AROUND, -each[1])))


def _as_in_sport(heavy: dict[str, float], weights: Mapping[str, float], football: float) -> dict[str, float]:
    """The tags of a story that may be of sport, where clubs are called after much else."""
    if football >= _SPEAKS_OF_IT and _GAMES.isdisjoint(weights):
        heavy["فوتبال"] = _LEAST
    if "فوتبال" not in heavy and not _is_of_sport(weights.keys() - {_CLUB_OR_FREEDOM}):
        heavy.pop(_CLUB_OR_FREEDOM, None)
    if _is_of_sport(heavy):
        called = {tag: _CALLED.get(tag, tag) for tag in heavy if tag in _CALLED or tag not in _TEAMS}
        heavy = {called[tag]: weight for tag, weight in heavy.items() if tag in called}
    if not _CLUBS.isdisjoint(heavy) and _OTHER_GAMES.isdisjoint(weights):
        heavy.setdefault("فوتبال", _LEAST)
    return heavy


def _without(titles: Iterable[str], text: str) -> str:
    """The text without what works are called: «تاکسی نارنجی» is a film."""
    for title in titles:
        text = text.replace(title, "«»")
    return text


def _least(tag: str, *, headline: bool, lede: bool, length: int) -> float:
    """The weight from which a tag is a subject of a story of so many characters, by where it is told."""
    passing, short = tag in _in_passing(), length < _SHORT
    if (tag in _AROUND or tag == _RELATIONS) and not headline:
        return inf
    if headline:
        return _WEAK_LEAST if passing and not short else 0
    if lede and (short or tag in _MATTERS):
        return _WEAK_IN_LEDE if passing else 0
    if lede:
        return _WEAK_IN_LEDE if passing else _LEAST
    return _WEAK_LEAST if passing else _LEAST + (length > _LONG)


def _is_of_sport(tags: Iterable[str]) -> bool:
    return any(tag in _GAMES or tag in _CLUBS or tag in _SPORTS for tag in tags)


def subject(words: str) -> str | None:
    """The tag of which these words are one spelling, if they are: «سارق» is told by «سرقت»."""
    return _spellings().get(_folded(words.replace("_", " "))) or None


def names(words: str) -> bool:
    """Whether all of the words are words for subjects, which have their own tags («لرزه»)."""
    return all(fold(word) in _words() for word in words.split())


@cache
def _words() -> frozenset[str]:
    return frozenset(word for spelling, tag in _spellings().items() if tag for word in spelling)


def _in(text: str) -> Iterator[str]:
    """The subjects in the order of a text; of a longer phrase not those within it."""
    found = (each.group() for each, _ in zip(_WORD.finditer(text), range(_MOST_WORDS), strict=False))
    words = [_one(fold(word)) for word in found]
    at = 0
    while at < len(words):
        for spelling, tag in _topics().get(words[at], ()):
            if tuple(words[at : at + len(spelling)]) == spelling:
                if tag:
                    yield tag
                at += len(spelling)
                break
        else:
            at += 1


def _one(word: str) -> str:
    """One of several people, if they are known so: «سارق» for «سارقان»."""
    if word in _words() or len(word) < _LONG_ENOUGH or not word.endswith("ان") or word in _NO_PEOPLE:
        return word
    ones = (word.removesuffix(many) + one for many, one in _PEOPLE if word.endswith(many))
    return next((one for one in ones if (one,) in _spellings()), word)
