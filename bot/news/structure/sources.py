"""Who had the story first, by the words of its first paragraphs, which stay in the text. Knows no lines.

A report («به گزارش …») says it best, in any of the first paragraphs; then what an outlet wrote or was told;
then the words before a paragraph («اهواز - ایرنا -»); last an outlet that reports something further down.
"""

from collections.abc import Callable, Iterable
from itertools import islice

import regex

from bot.news.structure import attribution, outlets

_PARAGRAPHS = 4
_MORE_PARAGRAPHS = 8  # for what an outlet reports further down
_EARLY = 600  # characters of a paragraph within which it names who reported it
_TAIL = 75
_VOWELS = regex.compile(r"[\u064b-\u0652\u0670]")

_AGENCIES = outlets.AGENCIES
_WORD = r"[\p{L}\u200c]+"
_SHORT_NAME = r"(?:\s*\((?P<short>[\p{L}\p{Nd}\u200c ]{2,20})\))?"  # «خبرگزاری دانشجویان ایران (ایسنا)»
_QUOTED = r"[\"«“](?P<source>[^\"«»“”]{2,30})[\"»”]"
_REPORT = r"(?:بنا ?به|بنا ?بر|طبق|بر ?اساس|بر پایه(?:ی)?) گزارش"
_BY = rf"(?:به[ \u200c]?گزارش|به نقل از|به نوشته(?:ی|[ \u200c]ی)?|{_REPORT})"
_ENDS_NAME = r"(?=\s*(?:[،,:؛.(–—-]|از |در |به نقل |و به |که ))"
_KNOWN = (
    rf"(?P<source>(?:{outlets.KIND} )?(?:{_AGENCIES}))(?![\p{{L}}\u200c])(?![ \u200c]?(?:{outlets.ENDS}))"
)
_KINDLY = r"(?:رسمی|خبری|اختصاصی|تحلیلی|تلویزیونی|اینترنتی|ورزشی|محلی|دولتی|اقتصادی)"
_ONE = (  # a name that is known, or is one word behind what it is
    rf"(?:{_KNOWN}|(?P<source>{outlets.KIND} (?:{_KINDLY} )*(?!{_KINDLY}){_WORD}"
    rf"|{_WORD}[ \u200c]?(?:نیوز|آنلاین|پرس))(?![\p{{L}}\u200c]))"
)
_REPORTER = rf"(?:خبرنگار|گروه|سرویس|بخش|دفتر)(?: (?!(?:به|در|از|ما|که|این) ){_WORD}){{0,7}}? "
_REPORTED = regex.compile(
    rf"{_BY}(?: |(?=[\"«“]))(?:روز {_WORD} |امروز |دیروز )?"
    rf"(?:{_KNOWN}{_SHORT_NAME}"
    rf"|(?:{_REPORTER})?{outlets.NAME}{_SHORT_NAME}{_ENDS_NAME}"
    rf"|(?:خبرنگار (?:اعزامی )?|(?:سرویس|گروه) \S+ )?(?:{_ONE}|(?:{outlets.KIND} )?{_QUOTED}))"
)
_NOT_OUTLET = (
    r"(?:این|آن|ما|وی|او|خبرنگار|خبرنگاران|گروه|سرویس|یک|همین|همان|برخی|منابع|رسانه\u200c?ها|رسانه\u200cهای"
    r"|پلیس|شاهدان|محلی|روز)"
)
_NOT_OF_NAME = r"(?!(?:از|در|به|که) |(?:نوشت|اعلام|گفت|گزارش|خبر داد|اظهار|افزود)(?!\p{L}))"
_REPORTED_BY = regex.compile(
    rf"{_BY} (?:خبرنگار (?={outlets.KIND} ))?(?P<source>(?!{_NOT_OUTLET}(?![\p{{L}}\u200c]))"
    rf"{_WORD}(?: {_NOT_OF_NAME}[\p{{L}}\p{{Nd}}\u200c]+){{0,6}}){_SHORT_NAME}"
    r"(?: (?:از|در|و به نقل|به نقل) [^،,؛:.]{2,40})?\s*[،,؛:]"
)
_PRESS = (
    r"(?:خبرگزاری|آژانس(?: خبری)?|روزنامه|هفته[ \u200c]?نامه|مجله|شبکه|تلویزیون|رادیو|سایت"
    r"|وب[ \u200c]?سایت)"
)
_PUBLISHED = (
    r"(?:نوشت|نوشته است|می[ \u200c]?نویسد|گزارش (?:داد|کرد|می[ \u200c]?دهد|داده)|خبر (?:داد|داده)|مدعی شد"
    r"|آورده است)(?![\p{L}\u200c])"
)
_WROTE = regex.compile(
    rf"(?:خبرنگار |گزارش )?(?:[\"«“](?P<outlet>{_AGENCIES})[\"»”]|{outlets.NAME}){_SHORT_NAME}"
    rf"(?:،? [^.:؛]{{0,60}}?)? {_PUBLISHED}"
    rf"|گزارش {outlets.NAME} (?:حاکی|نشان)"
    rf"|(?P<outlet>(?:خبرگزاری|روزنامه|شبکه خبری|شبکه تلویزیونی) {_WORD}(?: {_WORD}){{0,3}}?){_SHORT_NAME}"
    r"(?=[،(]| (?:روز|امروز|دیروز|به نقل|در|اعلام) )(?:،? [^.:؛]{0,60}?)? ?اعلام کرد(?![\p{L}\u200c])"
    rf"|{outlets.NAME} (?:از {_WORD}،|در (?:صفحه|شماره|سرمقاله|یادداشت|گزارش|مطلب))",
    regex.IGNORECASE,
)
_TOLD = r"(?:گفت|گفته|گفتند|می[ \u200c]?گوید|افزود|خبر داد|توضیح داد|اظهار|اعلام کرد)(?!\p{L})"
_TALKED = regex.compile(
    rf"به (?:خبرنگار (?:{_WORD} ){{0,4}}?)?{_ONE} {_TOLD}"
    rf"|در (?:گفت[ \u200c]?و[ \u200c]?گو|گفتگو|مصاحبه|صحبت|گپ)(?:یی|ئی|ی)?(?: {_WORD}){{0,2}}? با "
    rf"(?:خبرنگار(?:ان)? (?:{_WORD} ){{0,5}}?)?{_ONE}(?!\s*ها)"
    rf"|(?:یادداشت|مقاله|مطلب|گزارش)ی که (?:برای|در|خبرگزاری|روزنامه) (?:[^.،:؛]{{0,40}} )?{_ONE}"
)
_FURTHER = regex.compile(
    rf"(?P<source>(?:{_PRESS} (?!رسمی){_WORD}(?: {_WORD}){{0,2}}?|(?<!\S)(?:{_AGENCIES}))){_SHORT_NAME}"
    rf"(?: (?:روز|امروز|دیروز|در|به نقل)[^.:؛،]{{0,40}}?)? {_PUBLISHED}"
)
_ENGLISH = (
    r"(?P<source>Reuters|AP|AFP|(?:The )?Associated Press|BBC(?: Persian)?|CNN|IRNA|ISNA|Fars|Tasnim"
    r"|Mehr|MNA"
    r"|the Guardian|Al[ -]Jazeera|TASS|Xinhua|Bloomberg|Press TV|Anadolu(?: Agency)?|Khaama Press|TOLOnews"
    r"|(?:the )?(?:state news agency )(?:\p{Lu}[\w-]+)"
    r"|(?:\p{Lu}[\w-]+ ){1,4}(?:News Agency|news agency|News|Times|TV|Post|Agency|Press|Daily|Journal))\b"
)
_IN_ENGLISH = regex.compile(
    r"\b(?:[Aa]ccording to|told|(?:cited|quoted|reported|seen) by|interview with|speaking to|report by)"
    rf"(?: the)?(?: \w+)? {_ENGLISH}"
    rf"|{_ENGLISH}(?: news agency)? (?:reports?|reported|said|quoted|wrote|cited)\b"
)

_OFFICE = (
    r"(?:سازمان|وزارت|فدراسیون|کنفدراسیون|اداره(?: کل)?|مرکز|ستاد|پلیس|روابط عمومی|شورای|بانک مرکزی"
    r"|انجمن|اتحادیه"
    r"|دبیرخانه|مؤسسه|موسسه|کمیته|دانشگاه)"
)
_ANNOUNCED = regex.compile(
    rf"(?P<source>{_OFFICE}(?: (?!(?:با|در|طی|از|به) ){_WORD}){{0,5}}?) "
    r"(?:(?:با|در|طی)(?: (?:صدور|انتشار))? (?:[\p{L}\u200c]+ )?(?:اطلاعیه|بیانیه|هشدار|گزارش|پیام|نامه"
    r"|توییت|توئیت|خبر)"
    r"[^.؛]{0,120}?(?:اعلام کرد|خبر داد|هشدار داد|نوشت|گفت)(?!\p{L})|در این (?:باره|خصوص) نوشت(?!\p{L}))"
)
_AT_END = regex.compile(
    rf"(?<=[.!؟»)] ?)[(/\[–—-] ?(?P<source>(?:خبرگزاری )?(?:{_AGENCIES}))\W{{0,2}}$|/ ?(?P<source>ایرنا"
    rf"|ایسنا|تسنیم|ایلنا)\W{{0,2}}$"
)
_HANDLE = regex.compile(r"(?:^|\s)(?P<source>@[A-Za-z]\w{3,31})(?!\S)[^.@]{0,40}$")

_OWN = regex.compile(
    r"(?:گفت[ \u200c]?و[ \u200c]?گوی?|گزارشی?|روایت|پرونده|مصاحبه)[ \u200c]?ی? ?«(?P<quoted>[^«»]{2,30})»"
    r"|^«?(?P<first>[^«»،؛:]{2,30}?)»? (?:.{2,80} )?(?:گزارش|روایت) می[ \u200c]?دهد"
)

type _Reader = Callable[[str], str | None]


def names_reporter(text: str) -> bool:
    """Whether a paragraph begins by saying who reported it, as the one under a page's own lede does."""
    return bool(regex.match(rf"{_BY}(?!\p{{L}})", text)) or attribution.opened(text).text != text


def reported(paragraphs: Iterable[str]) -> str | None:
    """Who had the story first, by its own words; None where it does not say."""
    told = list(islice(paragraphs, _MORE_PARAGRAPHS))
    early = [_VOWELS.sub("", text[:_EARLY]) for text in told]
    readers: tuple[_Reader, ...] = (_by_report, _by_mention, _before_text)
    for said in readers:
        if found := next(filter(None, map(said, early[:_PARAGRAPHS])), None):
            return found
    ends = [text[-_TAIL:] for text in told]
    last = ((_further, early), (_at_end, ends), (_announced, early), (_handle, ends))
    return next((found for said, texts in last for text in texts if (found := said(text))), None)


def of_kicker(kicker: str) -> str | None:
    """The paper whose own story a kicker says it is («گفت‌وگوی «اعتماد» با …», «ایلنا گزارش می‌دهد؛»)."""
    found = _OWN.search(kicker)
    if not found:
        return None
    return outlets.alone(found["quoted"] or found["first"] or "")


def _by_report(text: str) -> str | None:
    """«به گزارش …», or an outlet that quotes another («ایسنا به نقل از … نوشت»)."""
    found = [match for pattern in (_REPORTED, _REPORTED_BY) if (match := pattern.search(text))]
    if not found:
        return None
    if wrote := _WROTE.match(text):
        return _name(wrote)
    return _name(min(found, key=lambda match: match.start()))


def _by_mention(text: str) -> str | None:
    """«ایسنا نوشت: …», «… در گفت‌وگو با مهر گفت» in a paragraph."""
    found = _WROTE.match(text) or _TALKED.search(text) or _IN_ENGLISH.search(text)
    return _name(found) if found else None


def _before_text(text: str) -> str | None:
    """«خبرگزاری ایرنا: …», «اهواز - ایرنا - …» before a paragraph."""
    return attribution.opened(text).source


def _further(text: str) -> str | None:
    found = _FURTHER.search(text)
    return _name(found) if found else None


def _at_end(text: str) -> str | None:
    """«… برآورد شود./ایرنا»."""
    found = _AT_END.search(text)
    return _name(found) if found else None


def _announced(text: str) -> str | None:
    """An office that announced it («سازمان هواشناسی با صدور هشدار … خبر داد»), where no outlet is named."""
    found = _ANNOUNCED.match(text)
    return _name(found) if found else None


def _handle(text: str) -> str | None:
    """The channel whose name closes its post («… @kanal»)."""
    found = _HANDLE.search(text)
    return found["source"] if found else None


def _name(found: "regex.Match[str]") -> str:
    """The outlet's name as the text has it, with its short one in brackets."""
    said = found.groupdict()
    name = (said.get("source") or said.get("outlet") or "").strip('«»"“” ').removesuffix(" و")
    short = said.get("short")
    return f"{name} ({short.strip()})" if short else name
