"""A story as short as a caption: its headline, and of its lede what fits. Knows no look of a channel."""

from collections.abc import Iterator

import regex

from bot.news.grammar import clauses, sentences
from bot.news.model import Article, BulletList, Look
from bot.news.posts.markup import fitting, utf16_length
from bot.news.posts.printable import printable
from bot.news.posts.splitting import CAPTION

_BETWEEN = "\n\n"
_MORE = "…"
_LEAST = 40  # UTF-16 units: less of a lede says nothing
_LEAST_SHARE = 3  # a clause or sentence that fills less than a third of the room says too little
_CONNECTOR = regex.compile(r"\s(?:و|یا|از|به|در|با|بر|برای|که|تا)$")
_WORD_END = regex.compile(r"\S(?=\s)")
_LOOSE_END = " \n\t،,؛;:–—-«(["
_ENDING = '.!?؟…»”")]'


def caption(article: Article, limit: int = CAPTION) -> str:
    """Headline and lede in at most `limit` UTF-16 units, cleaned; never empty (`limit` is at least 1).

    The lede (the first paragraph or point, where there is none) is cut behind a sentence, else a clause,
    else a word with «…». Of an article that shows nothing at all «…» is left.
    """
    headline, lede = _shown(article)
    if not headline:
        return _shortened(lede, limit) or _MORE
    if utf16_length(headline) > limit:
        return _shortened(headline, limit)
    room = limit - utf16_length(headline + _BETWEEN)
    if not lede or room < min(_LEAST, utf16_length(lede)):
        return headline
    return headline + _BETWEEN + _shortened(lede, room)


def _shown(article: Article) -> tuple[str, str]:
    """The headline and what stands for the lede, as Telegram keeps them."""
    headline, lede = "", ""
    for text in _texts(article):
        shown = printable(Article(headline=article.headline, lede=text), Look())
        headline, lede = shown.headline, shown.lede
        if lede:
            break
    return headline, lede


def _texts(article: Article) -> Iterator[str]:
    yield article.lede
    for section in article.sections:
        for block in section.blocks:
            if isinstance(block, BulletList):
                yield from (point.text for point in block.items)
            else:
                yield block.text
    yield from (point.text for point in article.key_points)
    yield article.kicker or ""


def _shortened(text: str, limit: int) -> str:
    """At most `limit` units of the text; as a whole, sentences, a clause, or words with «…»."""
    if utf16_length(text) <= limit:
        return text
    window = text[: fitting(text, limit)]
    told = _sentences(text[: len(window) + 2], len(window))
    if told and len(told) * _LEAST_SHARE >= len(window):
        return told
    return _clause(window) or _words(window, limit) or told or text[: fitting(text, limit)]


def _sentences(text: str, room: int) -> str:
    """As many whole sentences as fit into `room` characters, no quotation left open."""
    told, size = "", 0
    for sentence in sentences.split(text)[:-1]:
        size += len(sentence)
        so_far = text[:size].rstrip()
        if len(so_far) > room:
            break
        if so_far.count("«") == so_far.count("»") and so_far[-1:] in _ENDING:
            told = so_far
    return told


def _clause(window: str) -> str:
    """The longest run of whole clauses, closed with a full stop; nothing where it would be a scrap."""
    found = clauses.tokens(window)
    ends = [found.ends[at] for at in clauses.read(found.words).stops if found.ends[at] < len(window)]
    if not ends or ends[-1] * _LEAST_SHARE < len(window):
        return ""
    return window[: ends[-1]].rstrip(_LOOSE_END) + "."


def _words(window: str, limit: int) -> str:
    """As many words as fit with «…», a word cut only where it is the first; quotations are closed."""
    closing = _MORE + ("»" if window.count("«") > window.count("»") else "")
    room = window[: fitting(window, max(limit - len(closing), 0))]
    end = max((each.end() for each in _WORD_END.finditer(window, 0, len(room) + 1)), default=0)
    kept = _CONNECTOR.sub("", room[:end] if end else _graphemes(room)).rstrip(_LOOSE_END)
    if kept.count("«") <= kept.count("»"):
        closing = _MORE
    return kept + closing if kept else ""


def _graphemes(room: str) -> str:
    """Without the last one, which may have been cut."""
    return "".join(regex.findall(r"\X", room)[:-1]) or room
