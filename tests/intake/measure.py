"""How well a page is read, field by field: ours beside each extractor alone."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.errors import CopyError, PageError
from bot.intake import pages, pages_copy
from bot.intake.pages_dates import When
from bot.intake.pages_dates import read as moment
from bot.news.folding import folded
from bot.news.model import Article, BulletList
from bot.news.spelling.house_style import HouseStyle
from tests.intake.layouts import Told

FIELDS = (
    "headline",
    "kicker",
    "lede",
    "body",
    "clean",
    "byline",
    "source",
    "published",
    "image",
    "tags",
    "canonical",
    "half_spaces",
)


@dataclass
class Read:
    """What a reader made of a page, in plain values."""

    headline: str = ""
    kicker: str = ""
    lede: str = ""
    lines: list[str] = field(default_factory=list)
    byline: str = ""
    source: str = ""
    published: str = ""
    image: str = ""
    tags: list[str] = field(default_factory=list)
    canonical: str = ""


def ours(told: Told) -> Read:
    try:
        page = pages.read(told.html, told.url)
        article = pages_copy.article_of(pages_copy.told(page), HouseStyle.plain())  # as the page spells it
    except (PageError, CopyError):
        return Read()
    return Read(
        headline=article.headline, kicker=article.kicker or "", lede=article.lede, lines=lines_of(article),
        byline=article.byline or "", source=article.source or "", image=page.image or "",
        published=page.published.isoformat() if page.published else "", tags=list(article.keywords), canonical=page.url,
    )  # fmt: skip


def lines_of(article: Article) -> list[str]:
    found = list[str]()
    for section in article.sections:
        found += [section.heading] if section.heading else []
        for block in section.blocks:
            if isinstance(block, BulletList):
                found += [block.intro] if block.intro else []
                found += [" ".join(filter(None, (item.label, item.text))) for item in block.items]
            else:
                found.append(block.text)
    return found


def newspaper(told: Told) -> Read:
    from newspaper import Article as Newspaper

    article = Newspaper(told.url, language=told.story.language, fetch_images=False)
    article.download(input_html=told.html)
    article.parse()
    lines = [line for line in (article.text or "").split("\n") if line.strip()]
    return Read(
        headline=article.title or "", lede=article.meta_description or "", lines=lines, byline=", ".join(article.authors or []),
        source=article.meta_site_name or "", published=article.publish_date.isoformat() if article.publish_date else "",
        image=article.top_image or "", tags=list(article.tags or article.meta_keywords or []), canonical=article.canonical_link or "",
    )  # fmt: skip


def trafilatura(told: Told) -> Read:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    found = bare_extraction(told.html, url=told.url, with_metadata=True, include_comments=False)
    if not isinstance(found, Document):
        return Read()
    return Read(
        headline=found.title or "", lede=found.description or "", lines=(found.text or "").split("\n"), byline=found.author or "",
        source=found.sitename or "", published=found.date or "", image=found.image or "", tags=list(found.tags or []), canonical=found.url or "",
    )  # fmt: skip


def _similar(one: str, two: str) -> bool:
    a, b = folded(one), folded(two)
    return a == b or (
        min(len(a), len(b)) > 30 and (a in b or b in a) and min(len(a), len(b)) > 0.85 * max(len(a), len(b))
    )


def judged(told: Told, read: Read) -> dict[str, float]:
    """By field 0 … 1; a field that the page does not have is not judged, but an invented one is 0."""
    story = told.story
    wanted = list(story.paragraphs)
    found = {folded(line) for line in read.lines}
    everywhere = " ".join([folded(read.lede), *found])
    scores: dict[str, float] = {"headline": float(_similar(read.headline, story.headline))}
    if told.kicker or read.kicker:
        scores["kicker"] = float(_similar(read.kicker, told.kicker))
    scores["lede"] = float(_similar(read.lede, story.lede))
    scores["body"] = sum(folded(text.strip("«»")) in everywhere for text in wanted) / len(wanted)
    known = " ".join(map(folded, (*wanted, story.lede, story.headline, told.kicker, *told.tags)))
    strange = [line for line in read.lines if folded(line) and folded(line) not in known]
    scores["clean"] = 1 - len(strange) / max(1, len(read.lines))
    if told.byline or read.byline:
        scores["byline"] = float(folded(read.byline) == folded(told.byline))
    scores["source"] = float(folded(read.source) == folded(told.source))
    scores["published"] = float(_same_moment(read.published, told.published))
    if told.image or read.image:
        scores["image"] = float(read.image == (told.image or ""))
    if told.tags or read.tags:
        scores["tags"] = _f1({folded(tag) for tag in read.tags}, {folded(tag) for tag in told.tags})
    scores["canonical"] = float(read.canonical.rstrip("/") == told.canonical.rstrip("/"))
    scores["half_spaces"] = _half_spaces(
        story.headline + " " + story.lede + " " + " ".join(wanted),
        " ".join([read.headline, read.lede, *read.lines]),
    )
    return scores


def _same_moment(read: str, wanted: str) -> bool:
    one, two = moment(read) if read else None, moment(wanted)
    return (
        isinstance(one, When)
        and isinstance(two, When)
        and abs((one.instant - two.instant).total_seconds()) < 60
    )


def _f1(found: set[str], wanted: set[str]) -> float:
    hits = len(found & wanted)
    return 2 * hits / (len(found) + len(wanted)) if found or wanted else 1.0


def _half_spaces(wanted: str, read: str) -> float:
    words = set(re.findall(r"\w+(?:\u200c\w+)+", wanted))
    return sum(word in read for word in words) / len(words) if words else 1.0


def table(tolds: Iterable[Told], readers: dict[str, Callable[[Told], Read]]) -> dict[str, dict[str, float]]:
    """By reader and field the mean over the pages that have it."""
    sums: dict[str, dict[str, list[float]]] = {name: {} for name in readers}
    for told in tolds:
        for name, reader in readers.items():
            for key, score in judged(told, reader(told)).items():
                sums[name].setdefault(key, []).append(score)
    return {
        name: {key: sum(values) / len(values) for key, values in fields.items()}
        for name, fields in sums.items()
    }


READERS: dict[str, Callable[[Told], Any]] = {
    "ours": ours,
    "newspaper4k": newspaper,
    "trafilatura": trafilatura,
}
