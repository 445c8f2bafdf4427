"""What a text's first words say about where it comes from: place, outlet, service, reporter. Knows no lines.

«تهران - ایرنا -», «سرویس شمال-», «شمال نیوز-سپیدکوه-رضا کهن:» go from the lede into fields of their own; what
the sentence needs («به گزارش ایسنا، …», «… در گفت‌وگو با مهر گفت») is read and stays.
"""

from dataclasses import dataclass, replace

import regex

from bot.news.structure import bylines, outlets

_AGENCIES = outlets.AGENCIES
_PLACE = r"[\p{L}\u200c]+(?: [\p{L}\u200c]+){0,2}"
_DASH = r"\s*[-–—ـ]+\s+"
_CITIES = (
    "تهران|مشهد|اصفهان|شیراز|تبریز|کرج|قم|اهواز|کرمانشاه|ارومیه|رشت|زاهدان|همدان|کرمان|یزد|اردبیل|بندرعباس"
    "|اراک|زنجان|سنندج|قزوین|خرم\u200c?آباد|گرگان|ساری|بجنورد|بوشهر|بیرجند|ایلام|شهرکرد|سمنان|یاسوج"
    "|کابل|هرات|قندهار|بلخ|مزار شریف|مزارشریف|بامیان|جلال\u200c?آباد|ننگرهار|غزنی"
    "|قندوز|بدخشان|پروان|لشکرگاه|هلمند|فراه|تخار"
    "|بغداد|آنکارا|مسکو|پکن|لندن|پاریس|واشنگتن|نیویورک|ژنو|وین"
)
_PROVINCES = (
    "آذربایجان (?:شرقی|غربی)|البرز|چهارمحال و بختیاری|خراسان (?:رضوی|شمالی|جنوبی)|خوزستان"
    "|سیستان و بلوچستان|فارس"
    "|کردستان|کهگیلویه و بویراحمد|گلستان|گیلان|لرستان|مازندران|مرکزی|هرمزگان"
)
_ENGLISH = "Reuters|AP|AFP|IRNA|ISNA|MNA|FNA|Tasnim|Fars|Mehr|Xinhua|TASS|BBC|CNN|dpa|Bloomberg|UPI|PTI"
_DATELINE = regex.compile(
    rf"(?P<dateline>{_PLACE}{_DASH}(?:{_AGENCIES})|(?:{_AGENCIES})(?:{_DASH}|\s*/\s*){_PLACE}"
    rf"|{_PLACE} ?[(/،] ?(?:{_AGENCIES})(?:[،,] [^()]{{2,25}})?\)?|(?:{_CITIES})"
    rf"|[A-Z][A-Z. ]{{2,25}}(?:, [A-Z][\w. ]{{1,20}})?(?: \([\w ]+\))?"
    rf"|(?:[A-Z][\w.]+(?: [A-Z][\w.]+)?(?:, [A-Z][\w. ]{{1,20}})?[, ]*)?\((?:{_ENGLISH})\)"
    rf"|[A-Z][\w.]+(?: [A-Z][\w.]+)?, (?:{_ENGLISH}))(?:{_DASH}|\s+[-–—ـ]+(?=\p{{L}})"
    rf"|:\s+)(?=\S)"
    rf"|(?P<dateline>{_PLACE}\s*[-–—ـ/]+\s*(?:{_AGENCIES}))\s*[-–—ـ:]+\s*(?=\S)"
    rf"|(?P<dateline>(?:{_AGENCIES})\s*/\s*(?:{_CITIES}|{_PROVINCES}))\s+(?=\S)"
)
_BARE_DATELINE = regex.compile(
    rf"(?:{_CITIES}|{_PLACE}(?=.*(?<![\p{{L}}\u200c])(?:{_AGENCIES})(?![\p{{L}}\u200c])))"
    r"(?:\s*[-–—ـ/،,]\s*[\p{L}\u200c ]{2,25}|\s*\([\p{L}\u200c ]{2,25}(?:[،,] [^()]{2,25})?\))?"
    rf"|(?:خبرگزاری )?(?:{_AGENCIES})(?:{_DASH}|\s*/\s*){_PLACE}"
    r"|[A-Z][A-Z. ]{2,25}(?:, [A-Z][\w. ]{1,20})?(?: ?\([\w ]+\)|\s*[-–—]\s*[\w ]{2,25})"
)
_AGENCY = regex.compile(rf"(?<![\p{{L}}\u200c])(?:{_AGENCIES})(?![\p{{L}}\u200c])", regex.IGNORECASE)
_IN_BRACKETS = regex.compile(rf"(?<=\()[A-Z][\w ]+(?=\)$)|\b(?:{_ENGLISH})$")
_HYPHENS = r"\s*[-–—ـ:/؛]+\s*"
_SERVICE = regex.compile(
    rf"(?P<service>(?:سرویس|گروه|حوزه"
    r"|بخش) [\p{L}\u200c]+(?:(?: و)? [\p{L}\u200c]+){0,2}?)"
    rf"{_HYPHENS}(?=\S)"
    rf"(?:{outlets.NAME}{_HYPHENS})?"
)
_OUTLET = regex.compile(
    rf"{outlets.NAME}(?: [\p{{L}}\u200c]+)?(?:\s*\([^()]{{1,25}}\))?(?:\s*[-–—ـ/|؛]+\s*|\s*:\s+)(?=\S)",
    regex.IGNORECASE,
)
_LINK = regex.compile(r"\s*[-–—ـ_|:؛،/]+\s*")
_OF_SERVICE = regex.compile(
    r"(?P<service>(?:سرویس|گروه|حوزه|دفتر) [\p{L}\u200c]+(?:(?: و)? [\p{L}\u200c]+){0,2}?)"
    rf"(?: [«\"]?{outlets.NAME}[»\"]?)?"
)
_FACTS = 2  # of a prefix that names several
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
        agency = agency_in(place)
        behind = None if agency else _by_outlet(rest)
        return replace(behind or Opening(text=rest, source=agency), dateline=place)
    if by := _by_chain(text):
        return by
    if found := _SERVICE.match(text):
        after = Opening(text=text[found.end() :], service=found["service"], source=found["outlet"])
        return replace(after, text=after.text) if after.text[:1].isalnum() else Opening(text=text)
    return _by_outlet(text) or Opening(text=text)


def alone(line: str) -> Opening | None:
    """What a line says that has but an outlet with its service or reporter, its text under it."""
    found = _by_chain(line.rstrip(" -–—ـ:؛/|") + ": _") if len(line) <= _LONGEST_PREFIX else None
    return found if found and (found.byline or found.service) else None


def _by_chain(text: str) -> Opening | None:
    """«خبرگزاری مهر، گروه هنر - رضا کهن:»: nothing but an outlet with a service, a place or a name."""
    said: dict[str, str] = {}
    end = 0
    for found in _LINK.finditer(text[:_LONGEST_PREFIX]):
        facts = _facts(text[end : found.start()].strip())
        if not facts or facts.keys() & said.keys():
            break
        said |= facts
        end = found.end()
    if "outlet" not in said or len(said) < _FACTS or not regex.match(r"\w", text[end:]):
        return None
    return Opening(
        text=text[end:],
        dateline=said.get("place"),
        source=said["outlet"],
        service=said.get("service"),
        byline=said.get("person"),
    )


def _facts(piece: str) -> dict[str, str]:
    """What a piece of a prefix says; nothing of other words."""
    if found := _OF_SERVICE.fullmatch(piece):
        named = {"service": found["service"]}
        return named | ({"outlet": found["outlet"]} if found["outlet"] else {})
    if outlet := outlets.alone(piece):
        return {"outlet": outlet}
    if regex.fullmatch(f"(?:{_CITIES}|{_PROVINCES})", piece):
        return {"place": piece}
    return {"person": piece} if bylines.is_person(piece) else {}


def _by_outlet(text: str) -> Opening | None:
    """«ایلنا/ …», «خبرگزاری رسا ـ …»."""
    found = _OUTLET.match(text)
    if not found or found.end() > _LONGEST_PREFIX:
        return None
    name = _unquoted(found["outlet"])
    if name in _NOT_BARE and found.group().rstrip().endswith((":", "/", "؛", "|")):
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
    """The agency that a dateline names: a known one, or what a Latin one has in brackets."""
    found = _AGENCY.search(place) or _IN_BRACKETS.search(place)
    return found.group() if found else None


def _unquoted(name: str) -> str:
    return name.strip('«»"“” ')
