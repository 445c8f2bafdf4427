"""Which tags a story is offered. Knows whom and what it is about; `hashtags` says what is one tag."""

from collections.abc import Iterator
from typing import Literal

import regex

from bot.news.model import Article
from bot.news.subjects import keywords, named, topics
from bot.news.subjects.hashtags import Joiner, tagged

type _Sort = Literal["subject", "organisation", "other", "filling"]

_TOPICS_FIRST, _PROPER_FIRST, _NAMES_FIRST = 3, 1, 3
_FEW = 2  # tags; where there are no more, terms of the story's own fill up
_OFTEN = 3  # times that a story says whom it is about
_WORDS, _LETTERS = 4, 40  # of a longer tag nobody reads
_FURNITURE = regex.compile(
    r"(?:اخبار|خبر|خبرهای|فیلم|عکس|ویدئو|ویدیو|فوری|مهم[\u200c ]?ترین|گزارش|تصویری|video|photos?|news)\b"
)
_EVERYWHERE = frozenset(("ایران",))  # what nearly every story of the press names


def offered(article: Article, joiner: Joiner = "_", limit: int = 6) -> tuple[str, ...]:
    """Up to `limit` tags without their sign, the most important first, each one tag for Telegram.

    The copy's own keywords lead; then come its subjects (`topics`), whom and what it names in headline and
    lede or often, and only where those are few its weightiest terms. None is there twice in two forms.
    """
    tags: list[str] = []
    told: list[tuple[frozenset[str], _Sort]] = []
    for words, sort in _offers(article, limit):
        if len(tags) >= limit or (sort == "filling" and len(tags) >= _FEW):
            break
        tag = tagged(words, joiner)
        parts = frozenset(keywords.fold(part) for word in words.split() for part in word.split("\u200c"))
        if not tag or len(tag) > _LETTERS or len(words.split()) > _WORDS:
            continue
        if not any(_same(parts, sort, *other) for other in told):
            told.append((parts, sort))
            tags.append(tag.removeprefix("#"))
    return tuple(tags)


def _same(parts: frozenset[str], sort: _Sort, other: frozenset[str], other_sort: _Sort) -> bool:
    """Whether two tags are one in two forms; an organisation is not its field («سازمان هواشناسی»)."""
    if parts != other and (sort, other_sort) == ("organisation", "subject"):
        return False
    return parts <= other or parts >= other


def _offers(article: Article, limit: int) -> Iterator[tuple[str, _Sort]]:
    """Words for tags, and what they are."""
    for words in article.keywords:
        if not _FURNITURE.match(words):
            yield words, "other"
    subjects = list(topics.of(article))
    names = [
        name
        for name in named.weighty(article)
        if name.text not in _EVERYWHERE or name.text in article.headline
    ]
    terms = [term for term in keywords.of(article, limit) if not topics.names(term)]
    story = "\n".join(text for text, _ in keywords.texts(article))
    proper = [
        term
        for term in terms
        if term in article.headline and keywords.is_proper(term) and story.count(term) >= _OFTEN
    ]
    yield from ((words, "subject") for words in subjects[:_TOPICS_FIRST])
    yield from ((words, "other") for words in proper[:_PROPER_FIRST])
    for name in names[:_NAMES_FIRST]:
        yield name.text, "organisation" if name.kind == "organisation" else "other"
    yield from ((words, "filling") for words in (*subjects[_TOPICS_FIRST:], *terms))
