"""The words that frame a story: labels, share lines, end marks, Persian and English. Knows single lines.

Patterns meet folded lines: Persian letters, no half-spaces, lower case, no emoji or punctuation at the ends.
"""

from enum import StrEnum

import regex

_UNSEEN = "ـ\u0654\u200c\u200d\u200e\u200f"  # the hamza of «اطلاعیهٔ» as good as unseen
_FOLDED = (("ي", "ی"), ("ى", "ی"), ("ك", "ک"), ("ۀ", "ه"), *((sign, "") for sign in _UNSEEN))
_BEFORE = regex.compile(r"[^\p{L}\p{N}]++")
_BEHIND = regex.compile(r"(?r)[^\p{L}\p{N}؟?!]++")  # searched from the end backwards
_RUN_ON = regex.compile(r"(?<=[.!؟»]) +(?=(?:انتهای|پایان) (?:پیام|خبر)(?:[ /|]|$))", regex.MULTILINE)
_RUN_ON_MARKS = ("انتهای پیام", "انتهای خبر", "پایان پیام", "پایان خبر")
_NUMBER = r"[\d.,٫٬]+ ?(?:k|m|هزار|میلیون)?"
_NAME_BLANKS = 8  # in a name of a part with all its marks: longer lines need not be folded
LONGEST = 400  # characters: no frame is longer


class Frame(StrEnum):
    """What a line of machinery says about the story."""

    END = "end"
    CODE = "code"
    COUNTS = "counts"
    SHARE = "share"
    CHANNEL = "channel"
    DATE = "date"
    DESK = "desk"
    CATEGORY = "category"
    SOURCE = "source"
    LINK = "link"
    KEYWORDS = "keywords"
    HASHTAGS = "hashtags"
    PHOTO = "photo"
    FORM = "form"
    SENDER = "sender"
    CONTACT = "contact"
    PAGE = "page"  # buttons, menus, forms, notices: nothing about the story
    MIXED = "mixed"  # several of them on one line


def parted(copy: str) -> str:
    """The copy with end marks that stand behind a text on lines of their own."""
    return _RUN_ON.sub("\n", copy) if any(mark in copy for mark in _RUN_ON_MARKS) else copy


def fold(line: str) -> str:
    """The line as the patterns meet it."""
    return _unwrapped(plain(line[:LONGEST]))


def is_only(name: regex.Pattern[str], line: str) -> bool:
    """Whether a line is a name of two or three words and no more, marks about it aside."""
    return line.count(" ") < _NAME_BLANKS and bool(name.fullmatch(fold(line)))


def _unwrapped(line: str) -> str:
    """The line without the emoji and punctuation at its ends."""
    if found := _BEFORE.match(line):
        line = line[found.end() :]
    if found := _BEHIND.match(line):
        line = line[: found.start()]
    return line


def plain(line: str) -> str:
    """The line with one spelling for each letter, and small."""
    for typed, printed in _FOLDED:
        line = line.replace(typed, printed)
    return line.casefold()


def _any(*alternatives: str) -> regex.Pattern[str]:
    return regex.compile("|".join(f"(?:{alternative})" for alternative in alternatives))


_MONTHS = (
    "فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند"
    "|ژانویه|فوریه|مارس|آوریل|مه|می|ژوئن|ژوئیه|جولای|اوت|آگوست|سپتامبر|اکتبر|نوامبر|دسامبر"
    "|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
)
_WEEKDAYS = r"(?:(?:(?:یک|دو|سه|چهار|پنج) ?)?شنبه|جمعه|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_DAY = (
    rf"(?:{_WEEKDAYS}[،,]? ?)?(?:\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{1,4}}"
    rf"|\d{{1,2}} (?:{_MONTHS})،? ?(?:ماه )?\d{{2,4}}|(?:{_MONTHS}) \d{{1,2}},? \d{{4}})"
)
_HOUR = r"(?:ساعت ?)?\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?"
_STAMP = (
    r"(?=[^\[\]]*:\d\d)(?=[^\[\]]*\d[/.-]\d)[\d/:.،, -]{11,24}(?: ?[ap]m)?"  # of WhatsApp, Telegram Desktop
)
_SAID_NUMBER = (
    r"(?:یک|دو|سه|چهار|پنج|شش|هفت|هشت|نه|ده|\p{L}{2,4}زده|ه[فی]جده|بیست|سی|چهل|پنجاه|شصت|هفتاد|هشتاد|نود|\p{L}{0,4}صد"
    r"|دویست|هزار)م?"
)
_LABELLED = r" ?[:：] ?"
_ADDRESS = r"(?:(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@[a-z]\w{3,31})"

RELATED_HEADING = _any(
    r"(?:مطالب|مطلب|مطلب ?های|اخبار|خبر|خبر ?های|گزارش ?های|لینک ?های?|پیوند ?های?|نوشته ?های|مقالات"
    r"|مقاله ?های|مقاله ?ی?|خبرها|گزارش ?ها|دستور ?های|ویدئو ?های|ویدیو ?های|پست ?های)"
    r" ?ی? ?(?:مرتبط|پیشنهادی|مشابه|همسان|وابسته|پربازدید)(?: (?:با|به|در) .{1,30})?",
    r"(?:بیشتر|همچنین|هم چنین|حتما|در ادامه|این ?ها را|این (?:خبر|مطلب|گزارش)? ?را|مرتبط)"
    r"(?: هم| نیز)? (?:بخوا?نید|بخوایند|ببینید|بشنوید)(?: در این باره)?",
    r"(?:پیشنهاد می ?(?:کنیم|شود)(?: (?:بخوانید|ببینید))?|(?:این (?:خبر|مطلب) ?(?:ها)? را )?از دست ندهید"
    r"|(?:اخبار|خبر ?ها|خبر ?های|مطالب|گزارش ?های) [^.]{0,40}را از دست ندهید)",
    r"در (?:همین|این) (?:رابطه|زمینه|باره)(?: (?:بیشتر )?(?:بخوانید|ببینید))?|بیشتر در این باره",
    r"(?:به )?این (?:مطالب|خبرها|اخبار)(?: هم| نیز)? (?:علاقه ?مند باشید|را بخوانید|پیشنهاد می ?شود)",
    r"شاید (?:از )?این .{2,20}(?:خوشتان|دوست|علاقه).{0,15}",
    r"مرتبط|خبر ?های? ?(?:دیگر|بیشتر) در این (?:باره|زمینه)",
    r"related(?: (?:articles?|stor(?:y|ies)|links?|news|posts?|content|coverage|reading|topics?))?",
    r"(?:read|see) (?:more|also|next)|more (?:on|about) this(?: story)?|more stories|further reading",
)


def is_related_heading(text: str) -> bool:
    return bool(RELATED_HEADING.fullmatch(fold(text)))


def inline_related(line: str) -> str | None:
    """The title behind «بیشتر بخوانید: …» on one line, or None."""
    heading, _, title = line.partition(":")
    return title.strip() or None if len(heading) < 40 and is_related_heading(heading) else None


_FRAMES = {
    Frame.END: _any(
        r"(?:انتهای|پایان) (?:پیام|خبر|گزارش)(?:[ /.]*(?:[\d/]+|/ ?\p{L}{1,3}[\d/]*))?",
        r"ends|end of (?:story|text)",
        r"(?:این (?:گزارش|گفت ?و ?گو|یادداشت|مطلب) )?ادامه دارد|to be continued",
    ),
    Frame.CODE: _any(
        r"(?:[a-z\d:/]+ ){0,4}(?:کد|شناسه|شماره) ?(?:خبر|مطلب|گزارش|یادداشت)[: ]+\w*\d\w*",
        r"(?:\p{L}\.){1,3} ?\p{L}?(?: ?/ ?(?:(?:\p{L}\.){1,3} ?\p{L}?|\d{1,6}))+",  # «ا.م/ ۱۲», «س.ن/پ.م»
        r"[\p{L}\d]{1,10}(?:\*\*\d{3,6}){1,3}",  # an agency's own: «سیام**1418**9211»
        r"(?=\D{0,8}\d)[\p{L}\d]{1,5}/[\p{L}\d]{1,5}(?:/[\p{L}\d]{1,5})?",
        r"(?:news|story|post) (?:id|code)[: ]+\w+",
        r"(?:روزنامه [^–-]{2,25}[–-] ?)?(?:سال (?:\p{L}+ ){1,5}?[،,–-]? ?)?شماره (?:پیاپی )?(?:[\d ]+|"
        rf"{_SAID_NUMBER}(?: (?:و )?{_SAID_NUMBER}){{0,7}})",
        rf"سال {_SAID_NUMBER}(?: (?:و )?{_SAID_NUMBER}){{0,3}}(?: ?[،,–-] ?{_DAY})?",
    ),
    Frame.COUNTS: _any(
        rf"(?:تعداد )?(?:بازدید|دیدگاه|نظر|نظرات|لایک|پسند)(?: ?ها)?(?:{_LABELLED}| ?\(?){_NUMBER}",
        rf"{_NUMBER} (?:بازدید|نظر|دیدگاه|لایک|پسند|views?|comments?|likes?|shares?)",
        rf"[\d.,٫]+ ?[km]\W{{1,6}}{_HOUR}",  # «👁 12.4K | ⏰ ۰۹:۱۲»
        r"(?:بدون|ثبت|ارسال) (?:نظر|دیدگاه)|(?:نظر|دیدگاه) (?:شما|خود را?) .{2,30}",
        r"(?:مدت )?زمان (?:تقریبی )?(?:مورد نیاز )?(?:برای )?(?:مطالعه|خواندن)[: ]+.{1,20}"
        r"|reading time\W.{1,20}",
        r"(?:خواندن |مطالعه )?\d+ ?(?:min(?:ute)?s? read|دقیقه(?:(?: زمان)?(?: برای)? (?:مطالعه|خواندن"
        r"|خوانده (?:شده|شود|می ?شود)))?)",
        rf"(?:visits?|hits|views|reads?|shares?) ?: ?{_NUMBER}|{_NUMBER} (?:بار|مرتبه|نفر) ?(?:خوانده"
        rf"|دیده|مشاهده)?"
        r" ?(?:شده)?(?: است)?",
        rf"(?:(?:تعداد|مجموع) )*(?:دفعات )?(?:مشاهده|نمایش|بازدید"
        rf"|دیدگاه ?ها){_LABELLED}{_NUMBER}(?: (?:نفر|بار|مرتبه))?",
    ),
    Frame.SHARE: _any(
        r"(?:این (?:خبر|مطلب|صفحه|مقاله) را )?(?:با .{2,20} )?(?:به )?(?:اشتراک|شریک) ?(?:بگذارید"
        r"|گذاری|گذاشتن|سازید)"
        r"(?: ?(?:مطلب|خبر|در).{0,40})?",
        r"کپی (?:کردن )?(?:لینک|آدرس|پیوند)(?: (?:خبر|مطلب|کوتاه))?|لینک کپی شد",
        r"ارسال به (?:دوستان|دیگران)|نسخه چاپی|چاپ|پرینت",
        r"(?:دریافت|دانلود|download)? ?(?:فایل )?[\d.,٫]+ ?(?:[kmg]b|مگابایت|کیلوبایت|گیگابایت)",
        r"تبلیغ(?:ات)?|آگهی|advertis(?:ement|ing)|sponsored|اندازه (?:متن|قلم|فونت).{0,30}"
        r"|ورود ?/? ?(?:و )?(?:ثبت ?نام|عضویت)"
        r"|(?:تمام|تمامی|کلیه|همه) (?:ی )?حقوق .{2,60}محفوظ.{0,60}|.{0,40}all rights reserved.{0,30}",
        r"(?:برای .{2,30} )?(?:ورق بزنید|کپشن را بخوانید)|(?:لینک|link) .{0,30}(?:بایو|bio)|(?:ادامه"
        r"|مشاهده) (?:مطلب|خبر)",
        r"(?:ارسال(?:ی| شده)?|فرستاده شده) (?:از|با) (?:طریق )?(?:موبایل|گوشی|آیفون|تلفن همراه|سامسونگ"
        r"|اندروید).{0,30}"
        r"|sent (?:from|via|with) (?:my|mail|outlook|yahoo|gmail|samsung|proton)\b.{0,30}"
        r"|get outlook for .{2,20}",
        r"share(?: this.{0,20}| on.{0,20}|:.{0,60})?|copy link|print(?: this.{0,20})?|follow us.{0,40}",
        r"(?:(?:تلگرام|واتس ?اپ|توییتر|توئیتر|فیس ?بوک|لینکدین|اینستاگرام|ایتا|بله|سروش|روبیکا|ایمیل"
        r"|telegram|whatsapp|twitter|facebook|linkedin|instagram|email|x)(?:\W+|$)){2,}",
    ),
    Frame.CHANNEL: _any(
        r"(?:(?:به )?(?:کانال|صفحه|پیج)|ما را).{0,60}(?:دنبال کنید|بپیوندید|عضو شوید)"
        r"|عضویت در کانال.{0,40}",
        r"(?:\S+ ){1,7}را (?:\S+ ){0,3}دنبال (?:کنید|نمایید)",
        r"(?:(?:آدرس|نشانی|لینک) )?(?:کانال|صفحه|پیج|گروه)(?: .{2,30})?" + _LABELLED + r"@[a-z]\w{3,31}",
        r"(?:تلگرام|اینستاگرام|توییتر|توئیتر|ایتا|بله|سروش|روبیکا|یوتیوب"
        r"|instagram|telegram|twitter|x)"
        rf"(?: .{{2,20}})?{_LABELLED}{_ADDRESS}",
        r"(?:(?:در )?(?:کانال|گروه) (?:ما )?)?(?:عضو شوید|بپیوندید)",
        r"(?:برای|جهت) .{2,40}(?:کانال|صفحه|پیج|گروه).{0,40}(?:کلیک|لمس) (?:کنید|نمایید)",
        r"join (?:us|our channel).{0,40}|(?:id )?@[a-z]\w{3,31}(?:\W+@[a-z]\w{3,31})*",
        r"(?:https?://)?(?:t\.me|telegram\.me)/\+?[a-z]\w+(?:/[\w-]{16,})?",
    ),
    Frame.DATE: _any(
        rf"(?:تاریخ|زمان)?(?: ?(?:انتشار|درج|خبر|به ?روز ?رسانی))?[: ]*{_DAY}(?:[ ،,|–—-]*{_HOUR})?",
        rf"{_HOUR}[ ،,|–—-]*{_DAY}|(?:published|updated|posted|date)(?: on| at)?[: ]+.{{4,40}}\d.{{0,12}}",
        r"(?:(?:تاریخ|زمان) (?:انتشار|درج|خبر)|(?:(?:تاریخ|زمان"
        r"|آخرین) )?به ?روز ?رسانی)(?: ?: ?.{4,40}| (?=.*\d).{4,40})",
        rf"(?:نوشته|ارسال|منتشر|ثبت|درج|به ?روز) شده (?:در|به تاریخ) ?:? ?(?=.*\d)"
        rf"(?:{_WEEKDAYS}|\d|[^|]{{0,20}}(?:{_MONTHS}))[^|]{{0,60}}|last (?:updated?"
        rf"|modified)\W.{{0,12}}\d.{{0,40}}"
        r"|last (?:updated?|modified)\W.{2,12} \d.{0,40}",
    ),
    Frame.DESK: _any(
        r"(?:گروه|سرویس|بخش|حوزه|دسته ?(?:بندی)?(?: ?ها)?|موضوع|section"
        r"|category)" + _LABELLED + r"\w.{0,40}",
        r"(?:گروه|سرویس) (?:خبری|خبر|مطلب)" + _LABELLED + r"\w.{0,40}",
        r"(?:گروه|سرویس|حوزه) (?:سیاسی|سیاست|اقتصادی?|اجتماعی|جامعه|فرهنگی|فرهنگ و هنر|هنری?|ورزشی?"
        r"|بین ?الملل|جهان|خارجی|استان ?ها|علمی|حوادث|سلامت)",
    ),
    Frame.SOURCE: _any(
        r"(?:منبع|به نقل از|source|via)" + _LABELLED + r"(?:\w.{0,80}|\[\w[^\[\]]{0,60}\]\(\S+)",
        r"(?:منبع|منابع|ماخذ|مرجع)(?: خبر| مطلب)?(?: ?[:؛/–-]+ ?)\w.{0,60}",
        rf"(?:برگرفته از|مرجع|گرد ?آوری(?: و (?:تنظیم|ترجمه))?|تهیه و تنظیم){_LABELLED}"
        r"(?:(?:بخش|گروه|تحریریه|سایت|پایگاه|مجله|خبرگزاری|روزنامه) \w.{0,40}|[a-z\d.-]+\.[a-z]{2,}\S*)",
    ),
    Frame.LINK: _any(
        r"(?:(?:لینک|آدرس|نشانی|پیوند|link|url)(?: (?:کوتاه|خبر|مطلب|اصلی|منبع))*"
        rf"(?:{_LABELLED}|\s+))?(?:https?://|www\.)\S+",
        r"(?:متن کامل|(?:اصل )?(?:این )?خبر(?: اصلی)?|مشروح|ادامه|جزئیات|مشاهده|full (?:story|text)"
        r"|read)[^:]{0,30}" + _LABELLED + r"https?://\S+",
        r"(?:[a-z\d-]+\.)+[a-z]{2,}(?:/\S*)?",
        r"(?:لینک|link)(?: (?:کوتاه|خبر|اصلی|مطلب))*" + _LABELLED + r"[a-z\d.-]+\.[a-z]{2,}/\S*",
    ),
    Frame.KEYWORDS: _any(
        r"(?:برچسب|کلید ?واژه|واژگان کلیدی|تگ|کلمات کلیدی|واژه ?های کلیدی|tags?|keywords?|topics)"
        rf"(?: ?ها?ی?(?: خبر)?)?{_LABELLED}\S.*",
        rf"موضوعات(?: مرتبط)?{_LABELLED}\S.*",
    ),
    Frame.PHOTO: _any(
        r"(?:عکس|عکاس(?:ان)?|عکس ?ها|تصویر|تصاویر|photos?|photograph(?:y|er)|images?|pictures?)"
        r"(?: (?:از|by))?" + _LABELLED + r"\w.{0,60}",
        r"منبع (?:عکس|تصویر|فیلم|ویدئو|ویدیو)(?: ?ها)?" + _LABELLED + r"\w.{0,40}",
        r"photo(?:s|graphy|graphs)? by [^.!؟?]{2,40}",
        r"\d{1,3} (?:عکس|تصویر|photos|pictures)",
        r"(?:[\p{Arabic}\u200c،]+ ){3,14}\((?:afp|ap|reuters|epa|getty(?: images)?)",
        r"(?:منبع|توضیح|شرح|زیرنویس) (?:تصویر|عکس|فیلم|ویدئو|ویدیو) ?[،,:] ?\S.*",
        r"(?:عکس|تصویر|تصاویر|فیلم) (?:از )?(?:آرشیوی?|بایگانی)|.{3,120}[،,(/|-] ?(?:عکس"
        r"|تصویر) (?:از )?(?:آرشیوی?|بایگانی)",
        r".{3,120}[(\[|] ?(?:عکس|تصویر) ?[:/] ?[^():/]{2,30}|[^.؟?!]{3,120} / ?عکس ?: ?[^():/]{2,30}",
        r".{3,160}(?:[–—-] ?copyright|reuters/|\bafp/|\bap photo/|\bap/|getty images/|\bepa/) ?\S.{0,60}",
        r".{3,140}\((?:file|archive|handout)(?: photos?| picture| image)?|.{3,140}\(photo(?: by"
        r"| courtesy of|:) [^()]{2,40}",
    ),
    Frame.FORM: _any(
        r"(?:بسمه تعالی|به نام (?:خدا|خداوند.{0,40}|او|ایزد .{2,20})|باسمه تعالی|هوالحق|بسم الله.{0,20})",
        r"(?:شماره|پیوست)(?: نامه)?" + _LABELLED + r"(?:[\d/\p{L}-]*\d[\d/\p{L}-]*|ندارد|دارد)",
        r"(?:این (?:گزارش|خبر|مطلب|متن) )?(?:با|بر ?اساس|از) (?:استفاده از )?(?:اطلاعات|گزارش ?های?|مطالب)"
        r" .{2,80} (?:تهیه|تنظیم|نوشته|تکمیل) (?:شد|شده است|شده)",
        r"(?:برای|جهت) (?:انتشار|درج|اطلاع رسانی)(?: فوری| عمومی| در .{2,30})?|محرمانه"
        r"|for (?:immediate )?release|(?:press|news|media) release"
        r"|(?:اطلاعیه|بیانیه|اعلامیه|خبر|گزارش) (?:مطبوعاتی|رسانه ?ای)",
        r"(?:strictly )?(?:under )?embargo(?:ed)?(?: (?:un)?til{1,2}\b| ?:).{0,50}"
        r"|not for publication.{0,30}"
        r"|(?:این (?:خبر|مطلب) )?تا .{2,50}(?:منتشر نشود|قابل انتشار نیست|انتشار نیابد)",
    ),
    Frame.CONTACT: _any(
        r"(?:شماره )?(?:تماس|تلفن|مدیر(?: سایت| مسئول)?|سردبیر|پست الکترونیکی?"
        r"|نمابر|دورنگار|فکس|ایمیل|رایانامه|ارتباط"
        r"|(?:media )?contact|tel|phone|e-?mail)"
        r"(?: .{1,30}?)?" + _LABELLED + r".{0,40}(?:\d{4}|@).{0,40}",
        rf"{_ADDRESS}(?:\s*[|،,–—-]\s*{_ADDRESS})+",
        r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[0۰](?:9|۹)\d{2}[ -]?\d{3}[ -]?\d{4}|[0۰]\d{2,3}[ -]\d{7,8}",
    ),
    Frame.SENDER: _any(
        rf"{_STAMP}\] [^:\[\]]{{2,40}}",
        rf"[^\[\]:،,]{{2,40}}, \[{_STAMP}",
        r"(?:forwarded from|(?:هدایت|فوروارد|بازارسال) ?(?:شده)? از)[: ]+.{2,60}",
    ),
}
_ANY_FRAME = _any(*(pattern.pattern for pattern in _FRAMES.values()))  # most lines are none of them
_HASHTAGS = regex.compile(r"(?:#\s?[\w\u200c]+\s*){2,}|\W*(?:#[\w\u200c]+[\s،,|]*)+")
_RULE = regex.compile(r"[/*\-_=~.#– ]{3,}|(?P<sign>[^\w\s])\uFE0F?(?:\s?(?P=sign)\uFE0F?){2,}")
_PHOTOGRAPHED = regex.compile(r"[📷📸]\uFE0F?\s*(?:[\p{L}\u200c]+ ){1,2}[\p{L}\u200c]+")
_COUNTED = regex.compile(rf"[👁👀👍👎❤💬🔁♥]\uFE0F?\W{{0,3}}(?:{_NUMBER})")
_BEFORE_HANDLE = regex.compile(r"^[^\p{L}\p{N}@]+")
_BREADCRUMB = regex.compile(r"[^«>»›:.؟!]{2,30}(?: ?[>»›] ?[^«>»›:.؟!]{2,30}){1,4}")
_TRAIL_WORDS = 12
_FROM_HOME = regex.compile(
    r"(?:(?:شما اینجا هستید|مکان شما|موقعیت شما|مسیر(?: جاری)?) ?: ?)?(?:خانه|صفحه ?\u200c?ی? (?:نخست"
    r"|اصلی|اول)|home)"
    r"(?: ?[«»>›/\\|] ?[^«»>›/\\|.؟!]{2,40}){1,5}"
)


def frame(line: str) -> Frame | None:
    """The kind of machinery a stripped line is, or None for a line of the story."""
    if len(line) > LONGEST:
        return None
    if "#" in line and _HASHTAGS.fullmatch(line):
        return Frame.HASHTAGS
    if _is_trail(line):
        return Frame.CATEGORY
    if not line[:1].isalnum():  # these begin with a sign
        if _RULE.fullmatch(line):
            return Frame.END
        if _PHOTOGRAPHED.fullmatch(line):
            return Frame.PHOTO
        if _COUNTED.fullmatch(line):
            return Frame.COUNTS
    return _by_wording(plain(line))


def _is_trail(line: str) -> bool:
    """Whether a line leads from a page's home, or from one word to the next («اقتصاد > صنعت»)."""
    if _FROM_HOME.fullmatch(line):
        return True
    parted = ">" in line or "»" in line or "›" in line
    return parted and len(line.split()) <= _TRAIL_WORDS and bool(_BREADCRUMB.fullmatch(line))


def _by_wording(line: str) -> Frame | None:
    folded, handle = _unwrapped(line), _BEFORE_HANDLE.sub("", line).strip()
    of_channel = _FRAMES[Frame.CHANNEL].fullmatch(handle)
    if not (of_channel or _ANY_FRAME.fullmatch(folded)):
        return None
    for kind, pattern in _FRAMES.items():
        if pattern.fullmatch(folded) or (kind is Frame.CHANNEL and of_channel):
            return kind
    return None
