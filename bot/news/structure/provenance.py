"""Where a story comes from: dateline, agency, address, keywords. Knows its machinery and its first lines."""

from collections.abc import Iterable
from dataclasses import dataclass

import regex

from bot.news.structure import bylines, frames, parts
from bot.news.structure.frames import Frame

_AGENCIES = (
    "ایرنا|ایسنا|ایلنا|ایکنا|ایمنا|ایبنا|ایپنا|آنا|برنا|شانا|شبستان|تسنیم|فارس|مهر|میزان"
    "|صدا و سیما|صداوسیما|خانه ملت|حوزه|رسا|دفاع پرس|باشگاه خبرنگاران(?: جوان)?|خبرآنلاین|همشهری آنلاین|مشرق"
    "|انتخاب|تابناک|عصر ایران|ورزش سه|هرانا|رویترز|فرانسه|آسوشیتدپرس|شینهوا|تاس|اسپوتنیک|آناتولی"
    "|بی\u200c?بی\u200c?سی|الجزیره|دویچه وله|reuters|ap|afp|irna|isna|xinhua|bbc"
)
_PLACE = r"[\p{L}\u200c]+(?: [\p{L}\u200c]+){0,2}"
_DASH = r"\s*[-–—ـ]+\s+"
_CITIES = (
    "تهران|مشهد|اصفهان|شیراز|تبریز|کرج|قم|اهواز|کرمانشاه|ارومیه|رشت|زاهدان|همدان|کرمان|یزد|اردبیل|بندرعباس"
    "|اراک|زنجان|سنندج|قزوین|خرم\u200c?آباد|گرگان|ساری|بجنورد|بوشهر|بیرجند|ایلام|شهرکرد|سمنان|یاسوج"
    "|کابل|بغداد|آنکارا|مسکو|پکن|لندن|پاریس|واشنگتن|نیویورک|ژنو|وین"
)
_DATELINE = regex.compile(
    rf"(?P<dateline>{_PLACE}{_DASH}(?:{_AGENCIES})|(?:{_AGENCIES}){_DASH}{_PLACE}"
    rf"|{_PLACE} ?[(/،] ?(?:{_AGENCIES})\)?|(?:{_CITIES})"
    rf"|[A-Z][A-Z. ]{{2,25}}(?:, [A-Z][\w. ]{{1,20}})?(?: \([\w ]+\))?)(?:{_DASH}|:\s+)(?=\S)"
)
_BARE_DATELINE = regex.compile(
    rf"(?:{_CITIES}|{_PLACE}(?=.*(?:{_AGENCIES})))"
    r"(?:\s*[-–—ـ/،,]\s*[\p{L}\u200c ]{2,25}|\s*\([\p{L}\u200c ]{2,25}\))?"
    rf"|(?:خبرگزاری )?(?:{_AGENCIES}){_DASH}{_PLACE}"
    r"|[A-Z][A-Z. ]{2,25}(?:, [A-Z][\w. ]{1,20})?(?: ?\([\w ]+\)|\s*[-–—]\s*[\w ]{2,25})"
)
_AGENCY = regex.compile(rf"(?<![\p{{L}}\u200c])(?:{_AGENCIES})(?![\p{{L}}\u200c])", regex.IGNORECASE)
_SOURCE = (
    rf"(?P<source>(?:خبرگزاری )?(?:{_AGENCIES})|(?:خبرگزاری|روزنامه|شبکه|پایگاه خبری|سایت) [\p{{L}}\u200c]+)"
    r"(?![\p{L}\u200c])"
)
_REPORTED = regex.compile(
    rf"به (?:گزارش|نقل از) (?:(?:خبرنگار (?!حوزه )|سرویس \S+ |گروه \S+ )?(?:{_SOURCE}"
    r"|[\"«“](?P<source>[^\"«»“”]{2,30})[\"»”])"
    # «خبرنگار سیاست خارجی ایرنا،», but not «خبرنگار اعزامی به فارس،»
    rf"|خبرنگار (?:(?!(?:به|در|از|ما|که) )[\p{{L}}\u200c]+ ){{1,7}}?{_SOURCE}(?=\s*(?:[،,:؛.]|از |در )))"
)
_ADDRESS = regex.compile(
    r"(?:https?://|www\.)[^\s<>«»]+|(?<=\s|^)[a-z\d.-]+\.[a-z]{2,}/[^\s<>«»]+", regex.IGNORECASE
)
_LINKED = regex.compile(r"\[([^\[\]]+)\]\((https?://\S+)\)")
_HASHTAG = regex.compile(r"#([\w\u200c]+)")
_SHORT_LINK = regex.compile(r"کوتاه|short")
_LABEL = regex.compile(r"[^:]{2,30}:\s*(?!//)|(?:گروه|سرویس|حوزه)\s+")
_BETWEEN = regex.compile(r"\s*[،,؛;|\n]\s*")
_CRUMB = regex.compile(r"[>»›]")
_FRONT_PAGES = frozenset(
    "خانه|صفحه اصلی|صفحه نخست|صفحه اول|سرویس ها|اخبار|همه اخبار|home|front page|news".split("|")
)
_NOTED = (Frame.FORM, Frame.DATE, Frame.CODE, Frame.PHOTO, Frame.CONTACT, Frame.CHANNEL, Frame.SENDER)
_EARLY = 600  # characters within which a story names who reported it


@dataclass(frozen=True, kw_only=True)
class Provenance:
    source: str | None = None
    source_url: str | None = None
    category: str | None = None
    keywords: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    note: str | None = None  # what tells the staff something, but no reader: codes, dates, photographers


def dateline(text: str) -> tuple[str | None, str]:
    """The place (and agency) that a story's first words name, and the text without it."""
    found = _DATELINE.match(text)
    if not found:
        return None, text
    return found["dateline"].strip(), text[found.end() :]


def is_dateline(line: str) -> bool:
    """Whether a line is a dateline and no more («تهران - ایسنا», "LONDON (Reuters)")."""
    return bool(_BARE_DATELINE.fullmatch(line.strip(" :-–—")))


def agency(text: str) -> str | None:
    """Who had the story first, by its own words («به گزارش خبرگزاری مهر»); they stay in the text."""
    found = _REPORTED.search(text[:_EARLY])
    return found["source"] if found else None


def agency_in(place: str) -> str | None:
    found = _AGENCY.search(place)
    return found.group() if found else None


def read(machinery: Iterable[str]) -> Provenance:
    """What the lines of machinery say; end marks, share lines, counts and names of parts say nothing."""
    found: dict[Frame, list[str]] = {}
    signatures: list[str] = []
    for line in machinery:
        kind = frames.frame(line)
        if parts.is_name(line) or bylines.is_bare_role(line):
            continue
        if kind:
            found.setdefault(kind, []).append(line)
        else:
            signatures.append(line)
    tags = " ".join(found.get(Frame.HASHTAGS, []) + found.get(Frame.KEYWORDS, []))
    sources = [_LINKED.sub(r"\1 - \2", line) for line in found.get(Frame.SOURCE, [])]
    trails = [(line, _sections(line)) for line in found.get(Frame.CATEGORY, [])]
    places = [sections[0] for _, sections in trails if sections]  # what a slot for a kind of story asks for
    places += map(_value, found.get(Frame.DESK, []))
    address = _source_url(found.get(Frame.LINK, []) + sources)
    source = next(filter(None, (_ADDRESS.sub("", _value(line)).strip(" -–—") for line in sources)), None)
    spare = [line for kind in _NOTED for line in found.get(kind, [])]
    spare += [line for line in found.get(Frame.LINK, []) if not address or address not in line]
    spare += [line for line in sources if (source or "") not in line]
    spare += [line for line, sections in trails if len(sections) != 1] + places[1:] + signatures
    return Provenance(
        source=source,
        source_url=address,
        category=places[0] if places else None,
        keywords=_keywords(found.get(Frame.KEYWORDS, [])),
        hashtags=tuple(dict.fromkeys(_HASHTAG.findall(tags))),
        note="\n".join(spare) or None,
    )


def _sections(line: str) -> list[str]:
    """Of a breadcrumb: «خانه » اقتصاد » کشاورزی» → «اقتصاد», «کشاورزی»."""
    crumbs = [crumb.strip() for crumb in _CRUMB.split(line)]
    return [crumb for crumb in crumbs if crumb and frames.fold(crumb) not in _FRONT_PAGES]


def _value(line: str) -> str:
    """What stands behind a line's label («منبع: ایسنا» → «ایسنا»; «گروه سیاسی» → «سیاسی»)."""
    return _LABEL.sub("", line.strip()).strip(" .")


def _keywords(lines: Iterable[str]) -> tuple[str, ...]:
    words = (
        word.strip(" .\u200c") for line in lines for word in _BETWEEN.split(_HASHTAG.sub("", _value(line)))
    )
    return tuple(dict.fromkeys(word for word in words if word))


def _source_url(lines: Iterable[str]) -> str | None:
    """The story's address; a shortened one only where there is no other."""
    addresses = [
        (bool(_SHORT_LINK.search(line)), found.group()) for line in lines for found in _ADDRESS.finditer(line)
    ]
    return min(addresses, key=lambda each: each[0])[1] if addresses else None
