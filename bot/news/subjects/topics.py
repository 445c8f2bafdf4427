"""Which everyday subjects a story is about: earthquake, currency, chess. Knows words for them, and counts.

A tag is the subject's plain noun, however the story inflects or calls it («زمین‌لرزه», «ریشتر»: زلزله).
The table was written down from general knowledge of what Persian newsrooms file stories under.
"""

from collections.abc import Iterable, Iterator
from functools import cache

import regex

from bot.news.model import Article
from bot.news.subjects.keywords import fold, texts

_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}\p{M}\u200c]*+|[^\s\p{L}\p{N}]")
_LONGEST = 3  # words
_MOST_WORDS = 800  # of a text
_LEAST = 3.0  # weight where neither headline nor lede tells it
_WEAK_LEAST = 5.0  # of what is told in passing: «با جوانان», «در ورزشگاه»
_WEAK = frozenset(
    """
    ورزشگاه خودرو جوانان بازار قیمت گرانی دانشگاه مدرسه دولت نوروز سکه آموزش پژوهش خواب قلب پوست فضا خانواده
    سلامت پزشکی زنان کودکان گاز برق آب نفت فولاد بانک مذاکره فقه تفسیر نماز زمین مسجد دندان معماری ورزش جمعیت
    پارک کتاب روزنامه‌ها حادثه اقتصاد جاده جنگ تسلیت آهن مه سوخت خبرنگاران
    نساجی پیکان بدهی میوه سیب انگور نان روغن زیتون عسل
    """.split()
)
_TEAMS = frozenset("نفت فولاد برق گاز بانک سیمان مس پیکان نساجی شهرداری آهن محرم خیبر هوادار".split())
"""What a club is named after: no subject where the story is of sport."""
_SPORTS = frozenset(
    "فوتبال والیبال بسکتبال هندبال فوتسال لیگ‌برتر پرسپولیس استقلال سپاهان تراکتور ذوب‌آهن دربی".split()
)
_CLUBS = frozenset("پرسپولیس استقلال سپاهان تراکتور ملوان بارسلونا یوونتوس لیورپول چلسی آرسنال".split())
_OTHER_GAMES = frozenset("والیبال بسکتبال هندبال فوتسال کشتی شطرنج وزنه‌برداری".split())
_PEOPLE = (("گان", "ه"), ("یان", "ی"), ("ان", ""))  # «سارقان», «نویسندگان»
_LONG_ENOUGH = 5  # letters of a plural
_WITH = {"ارز": "دلار"}  # what readers look for where a story of the first tells it at all

# A subject a line or between bars: its tag, and behind «=» other words for it; `~` is a half-space.
_TABLE = """
زلزله=زمین لرزه,زمین~لرزه,ریشتر,پس~لرزه|سیل=سیلاب,سیل~زده|آتش~سوزی=آتش سوزی,حریق,آتش گرفت,آتش گرفته
آتش~نشانی=آتش~نشان,آتش نشانی|توفان=طوفان|خشکسالی|هواشناسی=سازمان هواشناسی|باران=بارندگی,بارش باران
برف=بارش برف|آلودگی هوا=آلودگی هوای|گرد و غبار=ریزگرد,گردوغبار|محیط زیست=زیست~محیطی,محیط~زیست|حیات وحش
جنگل|دریاچه|تالاب|رودخانه|سد|کم~آبی=بحران آب,کم آبی|آب و فاضلاب=آبفا|دلار|یورو|ارز=نرخ ارز,صرافی,ارزها
طلا|سکه=سکه بهار آزادی|بورس=شاخص کل,فرابورس,بازار سرمایه,سهامدار|بورس کالا|رمزارز=بیت~کوین,ارز دیجیتال
بانک|بانک مرکزی|تورم|گرانی|یارانه=یارانه~ها|مالیات|بودجه|اقتصاد|صادرات|واردات|گمرک|قاچاق=قاچاقچی|تحریم
بیمه|وام=تسهیلات بانکی|مسکن=آپارتمان,اجاره~بها,مستأجر|خودرو=خودروساز,ایران~خودرو,سایپا خودرو|بنزین
گازوئیل|نفت=نفت خام,اوپک|گاز|برق=خاموشی,نیروگاه|پتروشیمی|فولاد|معدن|کشاورزی=کشاورز|گندم|برنج|مرغ|تخم~مرغ
گوشت=گوشت قرمز|دامداری=دامدار|شیلات=ماهیگیری|صنایع لبنی=لبنی,لبنیات|بازار|قیمت=نرخ,بهای|استخدام
اشتغال=بیکاری|کارگران=کارگر|بازنشستگان=بازنشسته|دستمزد|معلمان=فرهنگیان|پرستاران=پرستار
فوتبال=لیگ برتر فوتبال,گلزنی,دروازه~بان,هافبک|لیگ برتر|لیگ قهرمانان|جام جهانی|جام حذفی|المپیک|پارالمپیک
بازی~های آسیایی|تیم ملی|پرسپولیس|استقلال|سپاهان|تراکتور|ملوان|سایپا|فولاد خوزستان|ذوب~آهن|رئال مادرید
بارسلونا|یوونتوس|لیورپول|چلسی|آرسنال|بایرن مونیخ|دربی=داربی,شهرآورد|والیبال|بسکتبال|هندبال|فوتسال
کشتی=کشتی~گیر|وزنه~برداری=وزنه~بردار|تکواندو|کاراته|جودو|بوکس|شنا|دوومیدانی|ژیمناستیک|شطرنج=شطرنج~باز
تنیس|بدمینتون|شمشیربازی|تیراندازی|دوچرخه~سواری|کوهنوردی=کوهنورد|اسکی|قایقرانی|سوارکاری|ورزشگاه|مدال
نقل و انتقالات=نقل~وانتقالات|مدرسه=مدارس,دانش~آموز|دانشگاه=دانشجو|کنکور|کانکور|آزمون|نام~نویسی=ثبت~نام
آموزش و پرورش|هنرستان|آموزش|پژوهش=پژوهشگر|کرونا=کووید|آنفلوآنزا|سرطان|دیابت|واکسن=واکسیناسیون|دارو
بیمارستان=شفاخانه|پزشکی=پزشک|سلامت|تغذیه=رژیم غذایی|خواب=بی~خوابی,کم~خوابی|پوست|قلب|علوم پزشکی|اورژانس
بارداری|روان~شناسی|ورزش|شارژر|باتری|موسیقی=نوازنده,آهنگ,ترانه|کنسرت|ارکستر
سینما=فیلم سینمایی,جشنواره فیلم|تئاتر|تلویزیون|رادیو|کتاب=کتابفروش,کتابفروشی|شعر=شاعر,غزل|رمان
نقاشی=نقاش|عکاسی=نمایشگاه عکس,عکاس|موزه|میراث فرهنگی|کاروانسرا
باستان~شناسی=باستان~شناس,کاوش,تپه باستانی,سنگ~نوشته|مرمت|گردشگری=گردشگر|صنایع~دستی=صنایع دستی|جشنواره
نمایشگاه|روزنامه~ها=روزنامه|نوروز|محرم=عاشورا,تاسوعا|رمضان|اربعین|حج|نماز|قرآن|تفسیر|فقه|حوزه علمیه
پلیس=کلانتری,مأمور انتظامی,نیروی انتظامی,مأمور پلیس,پلیس راهور,پلیس آگاهی|سرقت=سارق,سرقتی,دزدی|قتل=قاتل
تصادف=واژگونی|کلاهبرداری=کلاهبردار|مواد مخدر=مخدر,تریاک,شیشه|دادگاه|زندان=زندانی,حبس|اعدام|آدم~ربایی
انفجار|حادثه=حوادث|درگذشت=درگذشته|تسلیت|پل عابر|جاده=گردنه,محور مواصلاتی|راه روستایی|راه~آهن=قطار|مترو
اتوبوس=اتوبوس~رانی|هواپیما|فرودگاه|پرواز=پروازها|ترافیک|حمل و نقل|شهرداری|شورای شهر|پیاده~رو|پارک
زباله=پسماند|بازارچه مرزی|مرز|انتخابات=رأی~گیری,نامزد انتخاباتی|مجلس=نماینده مجلس|دولت|رئیس~جمهور|کابینه
استیضاح|سپاه|ارتش|برجام|هسته~ای=غنی~سازی|مذاکره=مذاکرات|جنگ=درگیری|آتش~بس|پهپاد|موشک|داعش|طالبان
حزب~الله|پناهجویان=پناهنده,مهاجر|مهاجرت|کودتا|برگزیت|ناتو|سازمان ملل|اتحادیه اروپا|حقوق بشر|زنان
کودکان=کودک|جوانان|سالمندان|خانواده|ازدواج|طلاق|جمعیت|اینترنت|گوشی=تلفن همراه,گوشی هوشمند|هوش مصنوعی
فضا=فضاپیما,ناسا,فضانورد,ایستگاه فضایی|ماهواره|روبات=ربات|شبکه~های اجتماعی|فیسبوک|تلگرام|اینستاگرام|گوگل
اپل|سامسونگ|ژنتیک=ژنتیکی|چپ~دستی=چپ~دست|گردو|قهوه|چای|زعفران|پسته|خرما|انگور|سیب|زیتون|عسل
روغن=روغن خوراکی|شکر|نان=نانوایی|میوه|لوازم خانگی|سیمان|آهن=میلگرد|پاری~سن~ژرمن=پاری سن ژرمن,پاریسن ژرمن
منچستریونایتد=منچستر یونایتد|منچسترسیتی=منچستر سیتی|اینتر|آث میلان=میلان|اتلتیکو مادرید
دورتموند=بوروسیا دورتموند|آژاکس|تاتنهام|الهلال|النصر|گل~گهر=گل گهر|نساجی=نساجی مازندران|مس رفسنجان
آلومینیوم اراک|پیکان|چادرملو|صنعت نفت=صنعت نفت آبادان,نفت آبادان|نفت تهران|سوپرجام|لیگ ملت~ها|سازمان لیگ
المپیاد|ووشو|کبدی|سنگ~نوردی=سنگ~نورد|گلف|هاکی|راگبی|بیلیارد|اتومبیل~رانی|دوپینگ|فضای سبز=بوستان
فضای مجازی|یخبندان|کولاک|مه=مه غلیظ,مه~گرفتگی|موج گرما=گرمای هوا|آب شرب=آب آشامیدنی|آب=منابع آب|قنات
سدسازی|تغییر اقلیم=تغییرات اقلیمی,گرمایش زمین|انرژی خورشیدی|نانو|سلول~های بنیادی=سلول بنیادی|آیفون
لپ~تاپ|اندروید|ویندوز|بازی رایانه~ای|استارتاپ=استارت~آپ|فیلترینگ|امنیت سایبری=هکر,بدافزار,حمله سایبری
گیاهان دارویی=گیاه دارویی,دمنوش|ویتامین|فشار خون|کلسترول|لاغری=کاهش وزن|آشپزی=طرز تهیه,دستور پخت|زیبایی
دندان=دندان~پزشک|چشم~پزشکی|ایدز|آلزایمر|ام~اس=ام اس|سکته=سکته قلبی,سکته مغزی|افسردگی|اعتیاد=معتاد
سیگار=دخانیات|پیوند عضو=اهدای عضو|آسم|میگرن|کبد|کلیه|استخوان=پوکی استخوان|قصاص|گروگان~گیری|کودک~آزاری
غرق~شدگی=غرق شد,غرق شدن|گازگرفتگی|سقوط هواپیما|بهمن=سقوط بهمن|سفال=سفالگر,سفالگری
فرش=قالی,فرش دستباف,قالی~باف|خوشنویسی=خوشنویس|مستند|انیمیشن=پویانمایی|سریال|دوبله|ترجمه=مترجم
معماری=معمار|اسکار|جشنواره فجر|نوبل=جایزه نوبل|مسجد|زیارت=زائر|عزاداری|نماز جمعه|اعتکاف
خبرنگاران=روز خبرنگار|تروریسم=تروریستی|اف~ای~تی~اف=FATF|سهام عدالت|خصوصی~سازی|نرخ سود
سربازی=سرباز,مشمولان|کولبران=کولبر|دانش~آموزان|بهزیستی|معلولان=معلول|اورانیوم=غنی~سازی اورانیوم
شهرسازی=شهرساز|بدهی=بدهی دولت|ازدواج کودکان|کودک~همسری|پیاده~راه|مهدکودک|خیریه=خیران,خیرین
بهداشت=خانه بهداشت|مستمری|سوخت|موتورسیکلت|زائران=زائر اربعین
"""


@cache
def _topics() -> dict[tuple[str, ...], str]:
    """The tag of each spelling, by its folded words."""
    found: dict[tuple[str, ...], str] = {}
    for entry in _TABLE.replace("~", "\u200c").replace("\n", "|").split("|"):
        tag, _, others = entry.strip().partition("=")
        for spelling in filter(None, (tag, *others.split(","))):
            found[tuple(fold(word) for word in spelling.split())] = tag
    return found


def of(article: Article) -> dict[str, float]:
    """Tags with their weights, the heaviest first: those of headline and lede, or told three times."""
    weights: dict[str, float] = {}
    for text, weight in texts(article):
        for tag in _in(text):
            weights[tag] = weights.get(tag, 0) + weight
    headline = {*_in(article.headline)}
    top = headline | {*_in(article.lede)}
    heavy = {tag: weight for tag, weight in weights.items() if weight >= _LEAST or tag in top}
    heavy = {
        tag: weight
        for tag, weight in heavy.items()
        if tag not in _WEAK or tag in headline or weight >= _WEAK_LEAST
    }
    if _is_of_sport(heavy):
        heavy = {tag: weight for tag, weight in heavy.items() if tag not in _TEAMS}
    if not _CLUBS.isdisjoint(heavy) and _OTHER_GAMES.isdisjoint(weights):
        heavy.setdefault("فوتبال", _LEAST)
    for tag, other in _WITH.items():
        if tag in heavy and other in weights:
            heavy[other] = heavy[tag]
    return dict(sorted(heavy.items(), key=lambda each: -each[1]))


def _is_of_sport(tags: Iterable[str]) -> bool:
    return any(tag.replace(" ", "\u200c") in _SPORTS for tag in tags)


def subject(words: str) -> str | None:
    """The tag of which these words are one spelling, if they are: «سارق» is told by «سرقت»."""
    return _topics().get(tuple(fold(word) for word in words.replace("_", " ").split()))


def names(words: str) -> bool:
    """Whether all of the words are words for subjects, which have their own tags («لرزه»)."""
    return all(fold(word) in _words() for word in words.split())


@cache
def _words() -> frozenset[str]:
    return frozenset(word for spelling in _topics() for word in spelling)


def _in(text: str) -> Iterator[str]:
    """The subjects in the order of a text; of a longer phrase not those within it."""
    found = (each.group() for each, _ in zip(_WORD.finditer(text), range(_MOST_WORDS), strict=False))
    words = [_one(fold(word)) for word in found]
    at = 0
    while at < len(words):
        for length in range(_LONGEST, 0, -1):
            if tag := _topics().get(tuple(words[at : at + length])):
                yield tag
                at += length
                break
        else:
            at += 1


def _one(word: str) -> str:
    """One of several people, if they are known so: «سارق» for «سارقان»."""
    if word in _words() or len(word) < _LONG_ENOUGH or not word.endswith("ان"):
        return word
    ones = (word.removesuffix(many) + one for many, one in _PEOPLE if word.endswith(many))
    return next((one for one in ones if (one,) in _topics()), word)
