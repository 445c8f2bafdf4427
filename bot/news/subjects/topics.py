"""Which everyday subjects a story is about: earthquake, currency, chess. Knows words for them, and counts.

A tag is the subject's plain noun, however the story inflects or calls it («زمین‌لرزه», «ریشتر»: زلزله).
The table was written down from general knowledge of what Persian newsrooms file stories under.
"""

from collections.abc import Iterator
from functools import cache

import regex

from bot.news.model import Article
from bot.news.subjects.keywords import fold, texts

_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}\p{M}\u200c]*+|[^\s\p{L}\p{N}]")
_LONGEST = 3  # words
_MOST_WORDS = 800  # of a text
_LEAST = 3.0  # weight where neither headline nor lede tells it
_WITH = {"ارز": "دلار"}  # what readers look for where a story of the first tells it at all

# A subject a line or between bars: its tag, and behind «=» other words for it; `~` is a half-space.
_TABLE = """
زلزله=زمین لرزه,زمین~لرزه,ریشتر,پس~لرزه|سیل=سیلاب,سیل~زده|آتش~سوزی=آتش سوزی,حریق,آتش گرفت,آتش گرفته
آتش~نشانی=آتش~نشان,آتش نشانی|توفان=طوفان|خشکسالی|هواشناسی=سازمان هواشناسی|باران=بارندگی,بارش باران
برف=بارش برف|آلودگی هوا=آلودگی هوای|گرد و غبار=ریزگرد,گردوغبار|محیط زیست=زیست~محیطی,محیط~زیست
حیات وحش|جنگل|دریاچه|تالاب|رودخانه|سد|کم~آبی=بحران آب,کم آبی|آب و فاضلاب=آبفا|دلار|یورو
ارز=نرخ ارز,صرافی,ارزها|طلا|سکه=سکه بهار آزادی|بورس=شاخص کل,فرابورس,بازار سرمایه,سهامدار|بورس کالا
رمزارز=بیت~کوین,ارز دیجیتال|بانک|بانک مرکزی|تورم|گرانی|یارانه=یارانه~ها|مالیات|بودجه|اقتصاد|صادرات
واردات|گمرک|قاچاق=قاچاقچی|تحریم|بیمه|وام=تسهیلات بانکی|مسکن=آپارتمان,اجاره~بها,مستأجر
خودرو=خودروساز,ایران~خودرو,سایپا خودرو|بنزین|گازوئیل|نفت=نفت خام,اوپک|گاز|برق=خاموشی,نیروگاه
پتروشیمی|فولاد|معدن|کشاورزی=کشاورز|گندم|برنج|مرغ|تخم~مرغ|گوشت=گوشت قرمز|دامداری=دامدار
شیلات=ماهیگیری|صنایع لبنی=لبنی,لبنیات|بازار|قیمت=نرخ,بهای|استخدام|اشتغال=بیکاری|کارگران=کارگر
بازنشستگان=بازنشسته|دستمزد|معلمان=فرهنگیان|پرستاران=پرستار
فوتبال=لیگ برتر فوتبال,گلزنی,دروازه~بان,هافبک|لیگ برتر|لیگ قهرمانان|جام جهانی|جام حذفی|المپیک
پارالمپیک|بازی~های آسیایی|تیم ملی|پرسپولیس|استقلال|سپاهان|تراکتور|ملوان|سایپا|فولاد خوزستان|ذوب~آهن
رئال مادرید|بارسلونا|یوونتوس|لیورپول|چلسی|آرسنال|بایرن مونیخ|دربی|والیبال|بسکتبال|هندبال|فوتسال
کشتی=کشتی~گیر|وزنه~برداری=وزنه~بردار|تکواندو|کاراته|جودو|بوکس|شنا|دوومیدانی|ژیمناستیک
شطرنج=شطرنج~باز|تنیس|بدمینتون|شمشیربازی|تیراندازی|دوچرخه~سواری|کوهنوردی=کوهنورد|اسکی|قایقرانی
سوارکاری|ورزشگاه|مدال|نقل و انتقالات=نقل~وانتقالات|مدرسه=مدارس,دانش~آموز|دانشگاه=دانشجو|کنکور|کانکور
آزمون|نام~نویسی=ثبت~نام|آموزش و پرورش|هنرستان|آموزش|پژوهش=پژوهشگر|کرونا=کووید|آنفلوآنزا|سرطان|دیابت
واکسن=واکسیناسیون|دارو|بیمارستان=شفاخانه|پزشکی=پزشک|سلامت|تغذیه=رژیم غذایی|خواب=بی~خوابی,کم~خوابی
پوست|قلب|علوم پزشکی|اورژانس|بارداری|روان~شناسی|ورزش|شارژر|باتری|موسیقی=نوازنده,آهنگ,ترانه|کنسرت
ارکستر|سینما=فیلم سینمایی,جشنواره فیلم|تئاتر|تلویزیون|رادیو|کتاب|شعر=شاعر,غزل|رمان|نقاشی=نقاش|عکاسی
موزه|میراث فرهنگی|کاروانسرا|باستان~شناسی=باستان~شناس|مرمت|گردشگری=گردشگر|صنایع~دستی=صنایع دستی
جشنواره|نمایشگاه|روزنامه~ها=روزنامه|نوروز|محرم=عاشورا,تاسوعا|رمضان|اربعین|حج|نماز|قرآن|تفسیر|فقه
حوزه علمیه|پلیس=کلانتری,مأمور انتظامی,نیروی انتظامی|سرقت=سارق,سرقتی,دزدی|قتل=قاتل|تصادف=واژگونی
کلاهبرداری=کلاهبردار|مواد مخدر=مخدر,تریاک,شیشه|دادگاه|زندان=زندانی|اعدام|آدم~ربایی|انفجار
تیراندازی مرگبار=تیراندازی در|حادثه=حوادث|درگذشت=درگذشته|تسلیت|پل عابر|جاده=گردنه,محور مواصلاتی
راه روستایی|راه~آهن=قطار|مترو|اتوبوس=اتوبوس~رانی|هواپیما|فرودگاه|پرواز=پروازها|ترافیک|حمل و نقل
شهرداری|شورای شهر|پیاده~رو|پارک|زباله=پسماند|بازارچه مرزی|مرز|انتخابات=رأی~گیری,نامزد انتخاباتی
مجلس=نماینده مجلس|دولت|رئیس~جمهور|کابینه|استیضاح|سپاه|ارتش|برجام|هسته~ای=غنی~سازی
مذاکره=مذاکرات,گفت~وگوها|جنگ=درگیری|آتش~بس|پهپاد|موشک|داعش|طالبان|حزب~الله|پناهجویان=پناهنده,مهاجر
مهاجرت|کودتا|برگزیت|ناتو|سازمان ملل|اتحادیه اروپا|حقوق بشر|زنان|کودکان=کودک|جوانان|سالمندان|خانواده
ازدواج|طلاق|جمعیت|اینترنت|گوشی=تلفن همراه,گوشی هوشمند|هوش مصنوعی|فضا=فضاپیما,ناسا|ماهواره|روبات=ربات
شبکه~های اجتماعی|فیسبوک|تلگرام|اینستاگرام|گوگل|اپل|سامسونگ|ژنتیک=ژنتیکی|چپ~دستی=چپ~دست|گردو|قهوه|چای
زعفران|پسته|خرما
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
    top = {*_in(article.headline), *_in(article.lede)}
    heavy = {tag: weight for tag, weight in weights.items() if weight >= _LEAST or tag in top}
    for tag, other in _WITH.items():
        if tag in heavy and other in weights:
            heavy[other] = heavy[tag]
    return dict(sorted(heavy.items(), key=lambda each: -each[1]))


def names(words: str) -> bool:
    """Whether all of the words are words for subjects, which have their own tags («لرزه»)."""
    return all(fold(word) in _words() for word in words.split())


@cache
def _words() -> frozenset[str]:
    return frozenset(word for spelling in _topics() for word in spelling)


def _in(text: str) -> Iterator[str]:
    """The subjects in the order of a text; of a longer phrase not those within it."""
    words = [fold(found.group()) for found, _ in zip(_WORD.finditer(text), range(_MOST_WORDS), strict=False)]
    at = 0
    while at < len(words):
        for length in range(_LONGEST, 0, -1):
            if tag := _topics().get(tuple(words[at : at + length])):
                yield tag
                at += length
                break
        else:
            at += 1
