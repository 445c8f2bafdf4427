"""Which tags a story is offered. Knows whom and what it is about; `hashtags` says what is one tag."""

from bot.news.grammar.stop_words import key
from bot.news.model import Article
from bot.news.subjects import keywords, named
from bot.news.subjects.hashtags import Joiner, tagged

_TERMS_FIRST = 4  # then names that are told less, then further terms
_WORDS, _LETTERS = 4, 40  # of a longer tag nobody reads


def offered(article: Article, joiner: Joiner = "_", limit: int = 6) -> tuple[str, ...]:
    """Up to `limit` tags without their sign, the most important first, each one tag for Telegram.

    The copy's own keywords lead; then come the weightiest terms (names are among them) and further names.
    """
    terms = keywords.of(article, limit)
    names = (name.text for name in named.told(article))
    tags: dict[str, str] = {}
    for words in (*article.keywords, *terms[:_TERMS_FIRST], *names, *terms[_TERMS_FIRST:]):
        tag = tagged(words, joiner)
        if tag and len(tag) <= _LETTERS and len(words.split()) <= _WORDS:
            tags.setdefault(key(tag).replace("_", ""), tag.removeprefix("#"))
    return tuple(tags.values())[:limit]
