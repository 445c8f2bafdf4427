"""What a text's first words say about where it comes from: place, outlet, service, reporter. Knows no lines.

«تهران - ایرنا -», «سرویس شمال-», «شمال نیوز-سپیدکوه-رضا کهن:» go from the lede into fields of their own; what
the sentence needs («به گزارش ایسنا، …», «… در گفت‌وگو با مهر گفت») is read and stays.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

import regex

from bot.news.structure import bylines, outlets

_AGENCIES = outlets.AGENCIES
_PLACE = r"[\p{L}\u200c]+(?: [\p{L}\u200c]+){0,2}"
_DASH = r"\s*[-–—ـ]+\s+"
_CITIES = (
    "تهران|مشهد|اصفهان|شیراز|تبریز|کرج|قم|اهواز|کرمانشاه|ارومیه|رشت|زاهدان|همدان|کرمان|یزد|اردبیل|بندرعباس"
    "|اراک|زنجان|سنندج|قزوین|خرم\u200c?آباد|گرگان|ساری|بجنورد|بوشهر|بیرجند|ایلام|شهرکرد|سمنان|یاسوج"
    "|کابل|هرات|بغداد|آنکارا|مسکو|پکن|لندن|پاریس|واشنگتن|نیویورک|ژنو|وین"
)
_PROVINCES = (
    "آذربایجان (?:شرقی|غربی)|البرز|چهارمحال و بختیاری|خراسان (?:رضوی|شمالی|جنوبی)|خوزستان"
    "|سیستان و بلوچستان|فارس"
    "|کردستان|کهگیلویه و بویراحمد|گلستان|گیلان|لرستان|مازندران|مرکزی|هرمزگان"
)
_DATELINE = regex.compile(
    rf"(?P<dateline>{_PLACE}{_DASH}(?:{_AGENCIES})|(?:{_AGENCIES})(?:{_DASH}|\s*/\s*){_PLACE}"
    rf"|{_PLACE} ?[(/،] ?(?:{_AGENCIES})\)?|(?:{_CITIES})"
    rf"|[A-Z][A-Z. ]{{2,25}}(?:, [A-Z][\w. ]{{1,20}})?(?: \([\w ]+\))?)(?:{_DASH}|\s+[-–—ـ]+(?=\p{{L}})"
    rf"|:\s+)(?=\S)"
    rf"|(?P<dateline>(?:{_AGENCIES})\s*/\s*(?:{_CITIES}|{_PROVINCES}))\s+(?=\S)"
)
_BARE_DATELINE = regex.compile(
    rf"(?:{_CITIES}|{_PLACE}(?=.*(?:{_AGENCIES})))"
    r"(?:\s*[-–—ـ/،,]\s*[\p{L}\u200c ]{2,25}|\s*\([\p{L}\u200c ]{2,25}\))?"
    rf"|(?:خبرگزاری )?(?:{_AGENCIES}){_DASH}{_PLACE}"
    r"|[A-Z][A-Z. ]{2,25}(?:, [A-Z][\w. ]{1,20})?(?: ?\([\w ]+\)|\s*[-–—]\s*[\w ]{2,25})"
)
_AGENCY = regex.compile(rf"(?<![\p{{L}}\u200c])(?:{_AGENCIES})(?![\p{{L}}\u200c])", regex.IGNORECASE)
_HYPHENS = r"\s*[-–—ـ:/؛]+\s*"
_SERVICE = regex.compile(
    rf"(?P<service>(?:سرویس|گروه|حوزه"
    r"|بخش) [\p{L}\u200c]+(?:(?: و)? [\p{L}\u200c]+){0,2}?)"
    rf"{_HYPHENS}(?=\S)"
    rf"(?:{outlets.NAME}{_HYPHENS})?"
)
_OUTLET = regex.compile(
    rf"{outlets.NAME}(?: [\p{{L}}\u200c]+)?(?:\s*\([^()]{{1,25}}\))?(?:\s*[-–—ـ/]+\s*|\s*:\s+)(?=\S)",
    regex.IGNORECASE,
)
_NOT_BARE = frozenset(
    (
        "اطلاعات الف جوان شرق اعتماد انتخاب فرانسه تاس موج دانشجو "
        "شهروند ابتکار حوزه میزان مهر فارس آرمان کیهان "
        "همشهری ap"
    ).split()
)
"""Names that open sentences as words («اعتماد: …»): they need a dash, or «روزنامه» before them."""
_WORDS = r"[\p{L}\u200c]+(?: [\p{L}\u200c]+)"
_REPORTER = regex.compile(
    rf"(?:(?P<chain>{_WORDS}{{0,2}}(?:\s*[-–—/]\s*{_WORDS}{{0,2}}){{0,2}}?)\s*[-–—/]\s*)?"
    rf"(?P<person>{_WORDS}{{1,2}})(?:\s*\((?P<outlet>[^()]{{2,30}})\))?\s*[:：–-]\s*(?=\S)"
)
_SOURCE = (
    rf"(?P<source>(?:خبرگزاری )?(?:{_AGENCIES})|(?:خبرگزاری|روزنامه|شبکه|پایگاه خبری|سایت) [\p{{L}}\u200c]+)"
    r"(?![\p{L}\u200c])"
)
_QUOTED = r"[\"«“](?P<source>[^\"«»“”]{2,30})[\"»”]"
_BY = r"(?:به[ \u200c]?گزارش|به نقل از|به نوشته(?:ی)?|(?:بنا ?به|بنا بر|طبق|بر ?اساس) گزارش)"
_REPORTED = regex.compile(
    rf"{_BY} (?:(?:خبرنگار (?!حوزه )|سرویس \S+ |گروه \S+ )?(?:{_SOURCE}|(?:{outlets.KIND} )?{_QUOTED})"
    # «خبرنگار سیاست خارجی ایرنا،», but not «خبرنگار اعزامی به فارس،»
    rf"|(?:خبرنگار|گروه|سرویس) (?:(?!(?:به|در|از|ما"
    rf"|که) )[\p{{L}}\u200c]+ ){{1,7}}?{_SOURCE}(?=\s*(?:[،,:؛.(]|از |در |به نقل )))"
)
_NOT_OUTLET = r"(?:این|آن|ما|وی|او|خبرنگار|خبرنگاران|گروه|سرویس|یک|همین|همان|برخی|منابع|پلیس|شاهدان|محلی)"
_REPORTED_BY = regex.compile(
    rf"{_BY} (?:خبرنگار (?={outlets.KIND} ))?(?P<source>(?!{_NOT_OUTLET}(?![\p{{L}}\u200c]))"
    r"[\p{L}\u200c]+(?: (?!از |در |به |که )[\p{L}\u200c]+){0,6})"
    r"(?:\s*\([^()]{2,20}\))?(?: (?:از|در|به نقل) [^،,؛:.]{2,40})?\s*[،,؛:]"
)
_TALKED = regex.compile(
    rf"به (?:خبرنگار )?(?P<source>(?:خبرگزاری )?(?:{_AGENCIES})) گفت(?!\p{{L}})"
    r"|در (?:گفت[ \u200c]?و[ \u200c]?گو|گفتگو|مصاحبه)(?:یی|ئی)? با "
    rf"(?:خبرنگار (?:[\p{{L}}\u200c]+ ){{0,4}}?)?"
    rf"{_SOURCE}(?!\s*ها)"
)
_WROTE = regex.compile(
    rf"{outlets.NAME}(?: [^.،:؛]{{0,40}})? (?:نوشت|گزارش داد|گزارش کرد|خبر داد)(?![\p{{L}}\u200c])"
    rf"|{outlets.NAME} (?:از [\p{{L}}\u200c]+،|در (?:صفحه|شماره|سرمقاله|یادداشت|گزارش|مطلب))",
    regex.IGNORECASE,
)
_VOWELS = regex.compile(r"[\u064b-\u0652\u0670]")
_EARLY = 600  # characters of a paragraph within which it names who reported it
_PARAGRAPHS = 4
_LONGEST_PREFIX = 90


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A text without the words before its first sentence, and what those say."""

    text: str
    dateline: str | None = None
    source: str | None = None
    service: str | None = None
    byline: str | None = None


def opened(text: str) -> Opening:
    """The text's first words as fields, and the text without them."""
    if by := _by_reporter(text):
        return by
    place, rest = dateline(text)
    if place:
        return Opening(text=rest, dateline=place, source=agency_in(place))
    if found := _SERVICE.match(text):
        after = Opening(text=text[found.end() :], service=found["service"], source=found["outlet"])
        return replace(after, text=after.text) if after.text[:1].isalnum() else Opening(text=text)
    return _by_outlet(text) or Opening(text=text)


def _by_outlet(text: str) -> Opening | None:
    """«ایلنا/ …», «خبرگزاری رسا ـ …»."""
    found = _OUTLET.match(text)
    if not found or found.end() > _LONGEST_PREFIX:
        return None
    name = _unquoted(found["outlet"])
    if name in _NOT_BARE and found.group().rstrip().endswith((":", "/")):
        return None
    return Opening(text=text[found.end() :], source=name)


def _by_reporter(text: str) -> Opening | None:
    """«شمال نیوز-سپیدکوه-رضا کهن: …», «نگار کهن (رادیو نمونه): …»; a speaker before a colon stays."""
    found = _REPORTER.match(text)
    if not found or not (found["chain"] or found["outlet"]) or not bylines.is_person(found["person"]):
        return None
    outlet = (
        outlets.alone(regex.split(r"\s*[-–—/]\s*", found["chain"])[0]) if found["chain"] else found["outlet"]
    )
    if not outlet:
        return None
    return Opening(text=text[found.end() :], byline=found["person"], source=outlet)


def dateline(text: str) -> tuple[str | None, str]:
    """The place (and agency) that a story's first words name, and the text without it."""
    found = _DATELINE.match(text)
    if not found:
        return None, text
    return found["dateline"].strip(), text[found.end() :]


def is_dateline(line: str) -> bool:
    """Whether a line is a dateline and no more («تهران - ایسنا», "LONDON (Reuters)")."""
    return len(line) <= _LONGEST_PREFIX and bool(_BARE_DATELINE.fullmatch(line.strip(" :-–—")))


def agency_in(place: str) -> str | None:
    found = _AGENCY.search(place)
    return found.group() if found else None


def reported(paragraphs: Iterable[str]) -> str | None:
    """Who had the story first, by its own words in the first paragraphs; they stay in the text."""
    early = [_VOWELS.sub("", text[:_EARLY]) for text in islice(paragraphs, _PARAGRAPHS)]
    for said in (_by_report, _by_mention):
        if found := next(filter(None, map(said, early)), None):
            return found
    return None


def _by_report(text: str) -> str | None:
    found = [match for pattern in (_REPORTED_BY, _REPORTED) if (match := pattern.search(text))]
    return _unquoted(min(found, key=lambda match: match.start())["source"]) if found else None


def _by_mention(text: str) -> str | None:
    """«ایسنا نوشت: …», «… در گفت‌وگو با مهر گفت», «خبرگزاری ایرنا: …» in a paragraph."""
    if found := _WROTE.match(text):
        return _unquoted(found["outlet"])
    if found := _TALKED.search(text):
        return _unquoted(found["source"])
    said = _by_outlet(text)
    return said.source if said else None


def _unquoted(name: str) -> str:
    return name.strip('«»"“” ')
