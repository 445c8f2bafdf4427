"""Agencies, papers and sites by name, and how copy names them before its text. Knows no articles.

The list is of names that Persian copy uses bare («ایسنا:», «به گزارش مشرق»); any other outlet is known by the
word before its name («خبرگزاری …») or the ending of it («… نیوز»).
"""

import regex

from bot.news.structure import frames

AGENCIES = (
    "ایرنا|ایسنا|ایلنا|ایکنا|ایمنا|ایبنا|ایپنا|آنا|برنا|شانا|شبستان|تسنیم|فارس|مهر|میزان|پانا|ایانا"
    "|سیناپرس|ایسکانیوز"
    "|صدا و سیما|صداوسیما|خانه ملت|حوزه|رسا|قدسنا|شفقنا|کرد ?پرس|دفاع پرس|باشگاه خبرنگاران(?: جوان)?"
    "|خبر ?آنلاین"
    "|همشهری ?آنلاین|مشرق(?: ?نیوز)?|رکنا|موج|نسیم|نسیم آنلاین|دانشجو|تابناک|عصر ?ایران|فرارو|انتخاب|الف"
    "|جماران|خبرفوری"
    "|خبر ?ورزشی|ورزش ?(?:سه|3|۳)|طرفداری|هرانا|اقتصاد ?آنلاین|دنیای اقتصاد|تجارت ?نیوز|فردا ?نیوز"
    "|جام جم(?: ?آنلاین)?"
    "|اطلاعات|کیهان|همشهری|جوان|شرق|اعتماد|آرمان|شهروند|فرهیختگان|صبح نو|وطن امروز|ابتکار|ایران ورزشی|پیام ما"
    "|دیجیاتو|زومیت|فرادید|رویداد ?(?:24|۲۴)?|دیده ?بان ایران|ساعت ?(?:24|۲۴)|بهار ?نیوز|نامه ?نیوز|صراط"
    "|جهان ?نیوز|شیعه ?نیوز"
    "|رادیو فردا|ایران اینترنشنال|صدای آمریکا|افغانستان اینترنشنال|طلوع ?نیوز|آریانا ?نیوز|(?<!\\S)(?:8"
    "|۸) صبح|هشت صبح"
    "|پژواک|خامه پرس|باختر|اطلاعات روز"
    "|رویترز|فرانسه|آسوشیتدپرس|اسوشیتدپرس|شینهوا|تاس|اسپوتنیک|آناتولی|بلومبرگ|المیادین|المنار|العربیه"
    "|العالم|پرس ?تی ?وی"
    "|بی\u200c?بی\u200c?سی(?: فارسی)?|سی\u200c?ان\u200c?ان|الجزیره|دویچه[ \u200c]?وله|یورونیوز|گاردین"
    "|نیویورک[ \u200c]?تایمز"
    "|reuters|ap|afp|irna|isna|xinhua|bbc|tass|sputnik|bloomberg|cnn|dpa|anadolu"
)
AGENCIES = regex.sub(r"(?<!\[) ", "[ \u200c]", AGENCIES)  # «دنیای‌اقتصاد», «ایران‌اینترنشنال»
KIND = (
    r"(?:خبرگزاری|آژانس(?: خبری)?|روزنامه|هفته[ \u200c]?نامه|ماه[ \u200c]?نامه|مجله|نشریه|شبکه"
    r"|تلویزیون|رادیو"
    r"|پایگاه(?: (?:خبری|اطلاع[ \u200c]رسانی"
    r"|تحلیلی|خبری[ \u200c-]تحلیلی))*|سایت|وب[ \u200c]?سایت|رسانه|پورتال|کانال)"
)
ENDS = r"نیوز|آنلاین|پرس|پلاس|تی ?وی|press|news|online"
_WORD = r"[\p{L}\p{M}\u200c\p{Nd}]+"
_OF_A_SENTENCE = r"(?!گفت|نوشت|اعلام|گزارش|(?:در|از|به|با|یک|این|ها|های|ما) )"
_NAMED = (
    rf"(?:(?:{KIND})(?: {_OF_A_SENTENCE}{_WORD}){{1,4}}|(?:خبرگزاری )?(?:{AGENCIES})"
    rf"|{_WORD}[ \u200c]?(?:{ENDS}))"
)
NAME = rf"(?P<outlet>(?:{KIND}) [«\"“]{_WORD}(?: {_WORD}){{0,3}}[»\"”]|{_NAMED})"
_IN_ENGLISH = r"(?:[a-z]+ ){1,3}(?:times|post|tribune|herald|journal|news agency)"
_ALONE = regex.compile(
    rf"(?P<outlet>(?:شبکه|پایگاه) اطلاع[ \u200c]?رسانی(?: [^ .:؟!]{{1,20}}){{1,7}}|{_IN_ENGLISH})"
    rf"|(?:به (?:گزارش|نقل از)\s+[«\"“](?P<outlet>[^«»\"“”]{{2,30}})[»\"”]|(?:به (?:گزارش|نقل از)\s+"
    rf"|منبع\s*[:：]?\s*)?{NAME}(?: فارسی)?)(?:\s*\([^()]{{1,20}}\))?\s*(?:(?:نوشت|گزارش داد|خبر داد"
    rf"|گزارش کرد)\s*[:：]?|[:：؛/-])?",
    regex.IGNORECASE,
)
_LONGEST = 60
_OF_A_SITE = regex.compile(rf"(?:{KIND})\b")


def alone(line: str) -> str | None:
    """The outlet that a line names and no more («ایسنا نوشت:», «خبرگزاری …», «پایگاه خبری …:»), or None."""
    if len(line) > _LONGEST:
        return None
    found = _ALONE.fullmatch(line.strip(" .•|–—-"))
    return found["outlet"].strip('«»"“” ') if found else None


def sure(line: str) -> bool:
    """Whether an outlet's line can be nothing else: it ends in a colon, or says what the name is."""
    return line.rstrip().endswith((":", "：")) or bool(_OF_A_SITE.match(frames.fold(line)))
