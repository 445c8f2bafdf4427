"""The copy desk: raw copy in, an article out. Knows what the parts of a paste are for, not how they look.

1. `hypertext.plain`, `intake.clean`: tags go, and what Telegram would change is changed first;
2. `orthography.repaired`: the spelling, in house style; `repairs` lists what was changed;
3. `lines.labelled`: what each line is;
4. `sections`, `related`, `bylines`, `provenance`: the labelled lines become fields;
5. `points`: the copy's own list of points, or its weightiest sentences.

No word is lost: each lands in a field (what is for the staff only in `ed_note`), but for end marks, share
lines, counts of views, and the words that label a field («نویسنده:», «تیتر:», «مطالب مرتبط»).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from bot.errors import CopyTooLong, EmptyCopy
from bot.news import points
from bot.news.grammar import language, sentences
from bot.news.model import Article, KeyPoint, Paragraph, Section
from bot.news.spelling import halfspace, orthography, repairs
from bot.news.spelling.house_style import DEFAULT, HouseStyle
from bot.news.structure import (
    attribution,
    bylines,
    frames,
    hypertext,
    intake,
    letters,
    lines,
    parts,
    provenance,
    related,
    sections,
    sources,
)
from bot.news.structure.attribution import Opening
from bot.news.structure.bylines import Byline
from bot.news.structure.labels import Label
from bot.news.structure.marks import Shape, shape
from bot.news.summary import titling, worth

_BODY = {Label.HEADING, Label.PARAGRAPH, Label.LIST_INTRO, Label.BULLET, Label.CONTINUED, Label.QUOTE}
_TEXT = _BODY | {Label.KICKER, Label.HEADLINE, Label.LEDE}
_LONE_HEADLINE_WORDS = 25
_LONG_HEADLINE_WORDS = 40
_UNREAD_HEADLINE = 90  # characters of a text that has none, until it is read
_RUN_ON_WORDS = 45  # of a lede that may be a whole story
_RUN_ON_SHARE = 3
_LEDE_WORDS = 15  # a lede that is made of a paragraph has so many, where its sentences do
_TURN = regex.compile(
    r"(?:وی|او|ایشان|این (?:مقام|مسئول|نماینده|کارشناس|فرمانده|استاد)|به گفته|مدیر|رئیس|معاون|وزیر|سخنگو)\b"
)


def prepare() -> None:
    """Load what `read` needs, half a second's work, so that the first story waits for nothing."""
    halfspace.restorer()
    worth.model()


def read(copy: str, style: HouseStyle = DEFAULT, *, record: bool = False) -> Article:
    """The article that raw copy holds, spelled in the house style; `record` keeps what was repaired.

    Raises:
        CopyTooLong: over `intake.MAX_COPY` characters.
        EmptyCopy: no letter and no digit in it.
    """
    if len(copy) > intake.MAX_COPY:
        raise CopyTooLong(intake.MAX_COPY)
    written = intake.clean(frames.parted(letters.opened(hypertext.plain(copy))))
    text = orthography.repaired(written, style)
    if not any(char.isalnum() for char in text):
        raise EmptyCopy
    article = _article(text.split("\n"), language.detect(text))
    return replace(article, repairs=repairs.listed(written, text)) if record else article


def unread(copy: str) -> Article:
    """Copy as it came, while more of it may follow: its first lines on top, the others below, nothing mended.

    Raises:
        CopyTooLong: over `intake.MAX_COPY` characters.
        EmptyCopy: no letter and no digit in it.
    """
    if len(copy) > intake.MAX_COPY:
        raise CopyTooLong(intake.MAX_COPY)
    text = intake.clean(hypertext.plain(copy))
    if not any(char.isalnum() for char in text):
        raise EmptyCopy
    first, *others = [line.strip() for line in text.split("\n") if line.strip()]
    headline = first if len(first.split()) <= _LONG_HEADLINE_WORDS else ""
    lede, *rest = [*others, ""] if headline else [first, *others]
    body = tuple(Paragraph(text=line) for line in rest if line)
    return Article(
        headline=headline or lede[:_UNREAD_HEADLINE],
        lede=lede,
        sections=(Section(blocks=body),) if body else (),
        language=language.detect(text),
    )


def read_points(text: str, style: HouseStyle = DEFAULT) -> tuple[KeyPoint, ...]:
    """Key points as a person types them: one a line, with or without marks; none if there is no word."""
    typed = orthography.repaired(intake.clean(text), style).split("\n")
    return tuple(sections.point(shape(line).body) for line in typed if any(char.isalnum() for char in line))


@dataclass(frozen=True, kw_only=True)
class _Top:
    """The first words of a story."""

    headline: str
    lede: str
    body: tuple[str, ...] = ()  # what did not fit above
    proposed: bool = False  # the headline is ours: the copy has none


def _article(texts: Sequence[str], spoken: str) -> Article:
    shapes = [shape(text) for text in texts]
    labels = lines.labelled(shapes)
    labelled = list(zip(labels, map(parts.unnamed, shapes, labels), strict=True))
    top = _top(labelled)
    said_first = attribution.opened(top.lede)
    lede = said_first.text
    body = [(label, line) for label, line in labelled if label in _BODY]
    if said_first == Opening(text=lede):
        said_first, body = _first_of_body(body)
    place = _first(labelled, Label.DATELINE)
    if place and (chain := attribution.alone(place)):  # «خبرگزاری نمونه/ گروه هنر: رضا کهن» over its text
        said_first, place = replace(chain, text=lede), None
    dateline = " - ".join(filter(None, (place, said_first.dateline))) or None
    said = provenance.read(*_machinery(labelled))
    by = _byline([*(line for label, line in labelled if label is Label.AUTHOR), *_named_beside(labelled)])
    lede, more = _run_on(lede, body)
    body = [*((Label.PARAGRAPH, shape(text)) for text in (*more, *top.body)), *body]
    built = sections.build(body)
    return Article(
        headline=top.headline,
        headline_proposed=top.proposed,
        kicker=_first(labelled, Label.KICKER),
        lede=lede,
        sections=built,
        key_points=points.of(top.headline, lede, built),
        related=related.links(_links(labelled)),
        byline=by.name or said_first.byline,
        author_bio=by.bio,
        dateline=dateline,
        source=said.source
        or _first(labelled, Label.SOURCE)
        or _source(said_first, dateline, lede, built)
        or provenance.outlet_of(_keywords(said.keywords, labelled))
        or sources.of_kicker(_first(labelled, Label.KICKER) or "")
        or said.channel,
        source_url=said.source_url,
        category=said.category or said_first.service,
        language=spoken,
        ed_note=said.note,
        keywords=_keywords(said.keywords, labelled),
        hashtags=said.hashtags,
    )


def _first_of_body(body: list[tuple[Label, Shape]]) -> tuple[Opening, list[tuple[Label, Shape]]]:
    """The dateline before the first paragraph («ساری - ایرنا -»), under a lede that is the page's own."""
    if not body or body[0][0] is not Label.PARAGRAPH:
        return Opening(text=""), body
    found = attribution.opened(body[0][1].text)
    if not (found.dateline and found.source):
        return Opening(text=""), body
    return found, [(Label.PARAGRAPH, shape(found.text)), *body[1:]]


def _machinery(labelled: Sequence[tuple[Label, Shape]]) -> tuple[list[str], list[str]]:
    """The lines of machinery, and those of them that stand under the story."""
    last = max((at for at, (label, _) in enumerate(labelled) if label in _TEXT), default=len(labelled))
    found = [(at, line.text) for at, (label, line) in enumerate(labelled) if label is Label.META]
    return [text for at, text in found if at < last], [text for at, text in found if at > last]


def _first(labelled: Sequence[tuple[Label, Shape]], wanted: Label) -> str | None:
    return next((sections.plain(line.title) for label, line in labelled if label is wanted), None)


def _source(first: Opening, dateline: str | None, lede: str, built: Sequence[Section]) -> str | None:
    """Who had the story first, by the lede's first words, the first paragraphs, or the dateline."""
    told = (text for section in built for text in section.paragraphs)
    from_place = attribution.agency_in(dateline) if dateline else None
    return first.source or from_place or sources.reported([lede, *told])


def _keywords(said: Sequence[str], labelled: Sequence[tuple[Label, Shape]]) -> tuple[str, ...]:
    """The copy's tags: those on one line and those under each other."""
    listed = provenance.tags(line.body for label, line in labelled if label is Label.KEYWORD)
    return tuple(dict.fromkeys((*said, *listed)))


def _links(labelled: Sequence[tuple[Label, Shape]]) -> list[str]:
    """What the copy names to read besides, and the links in its text, which a post shows without them."""
    named = [line.body for label, line in labelled if label is Label.RELATED]
    shown = (line.text for label, line in labelled if label in _TEXT)
    return named + [link for link in related.inline(shown) if not any(link in each for each in named)]


def _top(labelled: Sequence[tuple[Label, Shape]]) -> _Top:
    """Headline and lede; where the copy begins with a paragraph, a headline is proposed from it."""
    headline = _first(labelled, Label.HEADLINE) or ""
    lede = _first(labelled, Label.LEDE)
    alone = not any(label in _BODY or label is Label.LEDE for label, _ in labelled)
    if not _is_paragraph(headline, _LONE_HEADLINE_WORDS if alone else _LONG_HEADLINE_WORDS):
        return _Top(headline=headline, lede=lede or "")
    first, *rest = sentences.split(headline)
    told = (lede,) if lede else ()
    if rest and len(titling.bare(first)) <= titling.LONGEST:  # it is the headline, and said once
        first, *rest = rest
        title = titling.bare(headline[: headline.index(first)])
    else:
        title = titling.proposed("\n".join(filter(None, (headline, lede))))
    opening, more = _opening([first, *rest])
    return _Top(headline=title, lede=opening, body=(*more, *told), proposed=True)


def _is_paragraph(line: str, most: int) -> bool:
    """Whether a line is no headline, but text: longer than one may be, and it ends or holds a sentence."""
    if len(line) <= titling.LONGEST:
        return False
    return len(line.split()) > most or line.endswith(".") or len(sentences.split(line)) > 1


def _opening(told: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The sentences that are the lede, and what is left, a paragraph of it; short text is lede as a whole."""
    words = [len(sentence.split()) for sentence in told]
    if sum(words) <= _RUN_ON_WORDS:
        return "".join(told).strip(), ()
    end = next((at for at in range(1, len(told) + 1) if sum(words[:at]) >= _LEDE_WORDS), len(told))
    rest = "".join(told[end:]).strip()
    return "".join(told[:end]).strip(), (rest,) if rest else ()


def _run_on(lede: str, body: Sequence[tuple[Label, Shape]]) -> tuple[str, tuple[str, ...]]:
    """A story that stands on one line: its first sentence, and a paragraph for each turn of its speaker."""
    told = sum(line.words for _, line in body)
    if len(lede.split()) < _RUN_ON_WORDS or told * _RUN_ON_SHARE > len(lede.split()):
        return lede, ()
    first, *rest = [text.strip(" -–—") for text in sentences.split(lede)]
    paragraphs: list[str] = []
    for sentence in filter(None, rest):
        if paragraphs and not _TURN.match(sentence):
            paragraphs[-1] += f" {sentence}"
        else:
            paragraphs.append(sentence)
    turns = sum(bool(_TURN.match(paragraph)) for paragraph in paragraphs)
    return (first, tuple(paragraphs)) if turns > 1 else (lede, ())


def _byline(authors: Sequence[Shape]) -> Byline:
    """The first person named, and all that is said about who worked on the story."""
    found = [bylines.read(line.body) for line in authors]
    name = next((each.name for each in found if each.name), None)
    about = [each.bio if each.name in (name, None) else _with_name(each) for each in found]
    return Byline(name=name, bio="\n".join(filter(None, about)) or None)


def _named_beside(labelled: Sequence[tuple[Label, Shape]]) -> list[Shape]:
    """Who wrote it, where the copy says so on a line with other facts («آرش نیک | ۳ آذر»)."""
    machinery = (provenance.pieces(line.text) for label, line in labelled if label is Label.META)
    several = (pieces for pieces in machinery if len(pieces) > 1)
    return [shape(piece) for pieces in several for piece in pieces if bylines.is_credit(piece)]


def _with_name(by: Byline) -> str:
    if by.bio and by.name and by.name in by.bio:
        return by.bio
    return " - ".join(filter(None, (by.name, by.bio)))
