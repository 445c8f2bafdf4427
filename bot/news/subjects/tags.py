"""Which tags a story is offered. Knows whom and what it is about; `hashtags` says what is one tag."""

from collections.abc import Iterator
from typing import Literal

import regex

from bot.news.model import Article
from bot.news.subjects import gazetteer, keywords, named, nouns, topics
from bot.news.subjects.hashtags import Joiner, tagged

type _Sort = Literal["subject", "organisation", "other", "filling"]

_TOPICS_FIRST, _PROPER_FIRST, _NAMES_FIRST = 3, 1, 3
_FEW = 2  # tags; where there are no more, terms of the story's own fill up
_OFTEN = 3  # times that a story says whom it is about
_WORDS, _LETTERS = 4, 40  # of a longer tag nobody reads
_MOST = 20_000  # characters that are looked at
_FURNITURE = regex.compile(
    r"(?:اخبار|خبر|خبرهای|فیلم|عکس|ویدئو|ویدیو|فوری|مهم[\u200c ]?ترین|گزارش|تصویری|video|photos?|news)\b"
)
_OF_A_FIELD = frozenset("سازمان فدراسیون وزارت بورس بانک دانشگاه پلیس شورای مرکز ستاد اتحادیه".split())
"""Heads of organisations that are told beside their field: «سازمان هواشناسی»; «شرکت فیسبوک» is «فیسبوک»."""
_PRESS = regex.compile(
    r"(?:خبرگزاری|باشگاه خبرنگاران|پایگاه خبری|روابط عمومی|خبرنگار|تسنیم|ایسنا|ایرنا|ایلنا|فارس|پانا)\b"
)  # who tells it
_EVERYWHERE = frozenset(("ایران",))  # what nearly every story of the press names


def offered(article: Article, joiner: Joiner = "_", limit: int = 6) -> tuple[str, ...]:
    """Up to `limit` tags without their sign, the most important first, each one tag for Telegram.

    The copy's own keywords lead; then come its subjects (`topics`), whom and what it names in headline and
    lede or often, and only where those are few its weightiest terms. None is there twice in two forms.
    """
    tags: list[str] = []
    told: list[tuple[frozenset[str], _Sort]] = []
    subjects_told: set[str | None] = set()
    for words, sort in _offers(article, limit):
        if len(tags) >= limit or (sort == "filling" and len(tags) >= _FEW):
            break
        tag = tagged(words, joiner)
        parts = frozenset(keywords.fold(part) for word in words.split() for part in word.split("\u200c"))
        if not tag or len(tag) > _LETTERS or len(words.split()) > _WORDS:
            continue
        of_a_field = sort == "organisation" and words.split()[0] in _OF_A_FIELD
        subject = None if of_a_field else topics.subject(words)
        if subject in subjects_told:
            continue
        if not any(_same(parts, sort, *other) for other in told):
            subjects_told.update({subject} - {None})
            told.append((parts, sort))
            tags.append(tag.removeprefix("#"))
    return tuple(tags)


def _same(parts: frozenset[str], sort: _Sort, other: frozenset[str], other_sort: _Sort) -> bool:
    """Whether two tags are one in two forms; an organisation is not its field («سازمان هواشناسی»)."""
    if parts != other and (sort, other_sort) == ("organisation", "subject") and parts & _OF_A_FIELD:
        return False
    return parts <= other or parts >= other


def _offers(article: Article, limit: int) -> Iterator[tuple[str, _Sort]]:
    """Words for tags, and what they are."""
    for words in article.keywords:
        if not (_FURNITURE.match(words) or _PRESS.match(words)):
            yield words, "other"
    told = named.told(article)
    names = [name for name in named.weighty(article) if _is_offered(name.text, article.headline)]
    heads = {name.text.split()[0] for name in names[:_NAMES_FIRST] if name.kind == "organisation"}
    places = {name.text for name in told if name.kind == "place"}
    places |= {topics.subject(place) or place for place in places}
    subjects = [subject for subject in topics.of(article) if subject not in places | heads]
    story = "\n".join(text for text, _ in keywords.texts(article))[:_MOST]
    parts = {part for name in told for part in name.text.split()}
    terms = [
        term
        for term in keywords.of(article, limit)
        if not _is_told(term)
        and term not in parts
        and (" " in term or keywords.is_rare(term))
        and nouns.stands_as_one(term, story)
    ]
    proper = [
        term
        for term in terms
        if term in article.headline
        and keywords.is_proper(term)
        and story.count(term) >= _OFTEN
        and (len(subjects) < _FEW or " " in term)
    ]
    yield from ((words, "subject") for words in subjects[:_TOPICS_FIRST])
    yield from ((words, "other") for words in proper[:_PROPER_FIRST])
    for name in names[:_NAMES_FIRST]:
        yield _with_head(name.text, story), "organisation" if name.kind == "organisation" else "other"
    yield from ((words, "filling") for words in (*subjects[_TOPICS_FIRST:], *terms))


def _is_offered(name: str, headline: str) -> bool:
    if name in headline:
        return True
    return not (name in _EVERYWHERE or _PRESS.match(name) or name in gazetteer.WORDLIKE_PLACES)


def _is_told(term: str) -> bool:
    """Whether a term is a subject's word, or a run with one in it («شرکت لبنی»); or a word with a number."""
    words = term.split()
    part = len(words) > 1 and not keywords.is_proper(term) and any(map(topics.names, words))
    return topics.names(term) or part or any(char.isdigit() for char in term)


def _with_head(name: str, story: str) -> str:
    """«استان مرکزی» for «مرکزی», which is an everyday word too."""
    if name not in gazetteer.WORDLIKE_PLACES:
        return name
    return next((f"{head} {name}" for head in ("استان", "شهر") if f"{head} {name}" in story), name)
