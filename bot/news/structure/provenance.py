"""Where a story comes from by its machinery: source, address, category, keywords. Knows no text."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

import regex

from bot.news.structure import bylines, frames, furniture, outlets, parts
from bot.news.structure.frames import Frame

_ADDRESS = regex.compile(
    r"(?:https?://|www\.)[^\s<>«»]+|(?<=\s|^)[a-z\d.-]+\.[a-z]{2,}/[^\s<>«»]+", regex.IGNORECASE
)
_LINKED = regex.compile(r"\[([^\[\]]+)\]\((https?://\S+)\)")
_HASHTAG = regex.compile(r"#([\w\u200c]+)")
_SHORT_LINK = regex.compile(r"کوتاه|short")
_LABEL = regex.compile(
    r"(?:منبع|منابع|م[اأ]خذ)(?: خبر| مطلب)?\s*[؛/–-]\s*|[^:]{2,30}:\s*(?!//)|(?:گروه|سرویس|حوزه)\s+"
)
_BETWEEN = regex.compile(r"\s*[،,؛;|\n]\s*")
_HANDLE = regex.compile(r"\W*(@[A-Za-z]\w{3,31})\W*")
_CRUMB = regex.compile(r"[>»›«]")
_FRONT_PAGES = frozenset(
    "خانه|صفحه اصلی|صفحه نخست|صفحه اول|سرویس ها|اخبار|همه اخبار|home|front page|news".split("|")
)
_NOTED = (Frame.FORM, Frame.DATE, Frame.CODE, Frame.PHOTO, Frame.CONTACT, Frame.CHANNEL, Frame.SENDER)


@dataclass(frozen=True, kw_only=True)
class Provenance:
    source: str | None = None
    channel: str | None = None  # whose name closes the post, where nothing says more
    source_url: str | None = None
    category: str | None = None
    keywords: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    note: str | None = None  # what tells the staff something, but no reader: codes, dates, photographers


def read(machinery: Iterable[str], below: Iterable[str] = ()) -> Provenance:
    """What the lines of machinery say; end marks, share lines, counts and names of parts say nothing.

    A section's name `below` the story is a menu's or a tag, and no category.
    """
    found: dict[Frame, list[str]] = {}
    signatures: list[str] = []
    for line, under in chain(((line, False) for line in machinery), ((line, True) for line in below)):
        if parts.is_name(line) or bylines.is_bare_role(line):
            continue
        for piece in pieces(line):
            kind = _kind(piece)
            if kind and not (under and kind is Frame.DESK and furniture.kind(piece) is None):
                found.setdefault(kind, []).append(piece)
            elif piece == line or not bylines.is_credit(piece):
                signatures.append(piece)
    tags = " ".join(found.get(Frame.HASHTAGS, []) + found.get(Frame.KEYWORDS, []))
    sources = [_LINKED.sub(r"\1 - \2", line) for line in found.get(Frame.SOURCE, [])]
    trails = [(line, _sections(line)) for line in found.get(Frame.CATEGORY, [])]
    places = [sections[0] for _, sections in trails if sections]  # what a slot for a kind of story asks for
    places += map(_value, found.get(Frame.DESK, []))
    address = _source_url(found.get(Frame.LINK, []) + sources)
    named = (outlets.alone(line) or _ADDRESS.sub("", _value(line)).strip(" -–—") for line in sources)
    source = next(filter(None, named), None)
    spare = [line for kind in _NOTED for line in found.get(kind, [])]
    spare += [line for line in found.get(Frame.LINK, []) if not address or address not in line]
    spare += [line for line in sources if (source or "") not in line]
    spare += [line for line, sections in trails if len(sections) != 1] + places[1:] + signatures
    handles = filter(None, map(_HANDLE.fullmatch, found.get(Frame.CHANNEL, [])))
    return Provenance(
        source=source,
        channel=next((each[1] for each in handles), None),
        source_url=address,
        category=places[0] if places else None,
        keywords=_keywords(found.get(Frame.KEYWORDS, [])),
        hashtags=tuple(dict.fromkeys(_HASHTAG.findall(tags))),
        note="\n".join(spare) or None,
    )


def pieces(line: str) -> list[str]:
    """The facts of a line: several where separators part them."""
    return furniture.parts(line) if furniture.kind(line) is Frame.MIXED else [line]


def _kind(piece: str) -> Frame | None:
    """What a piece of machinery says; by its place one more may name an outlet or a section."""
    if kind := furniture.kind(piece):
        return kind
    if outlets.alone(piece):
        return Frame.SOURCE
    return Frame.DESK if furniture.is_section(piece) else None


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


def outlet_of(tags: Iterable[str]) -> str | None:
    """The outlet that a tag names, and says what it is («#خبرگزاری …»)."""
    return next((name for tag in tags if outlets.sure(tag) and (name := outlets.alone(tag))), None)


def tags(lines: Iterable[str]) -> list[str]:
    """The tags on lines of their own, which may part several."""
    return [word for line in lines for word in _BETWEEN.split(line.strip(" #.|")) if word.strip()]


def _source_url(lines: Iterable[str]) -> str | None:
    """The story's address; a shortened one only where there is no other."""
    addresses = [
        (bool(_SHORT_LINK.search(line)), found.group()) for line in lines for found in _ADDRESS.finditer(line)
    ]
    return min(addresses, key=lambda each: each[0])[1] if addresses else None
