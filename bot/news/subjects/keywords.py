"""What a story is about, in a few terms of its own words. Knows counts and places, not meaning.

A term is a run of words between marks, numbers, verbs and stop words. It weighs more the oftener the story
says it, the nearer to the top (headline, lede, headings), and the rarer its words are in the press (`worth`).
Several words are one term where the story repeats them together, or `names` knows them as one name.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from math import log
from typing import NamedTuple

import regex

from bot.news.grammar import verbs
from bot.news.grammar.stop_words import STOP_WORDS, key, keys
from bot.news.model import Article, BulletList
from bot.news.subjects import beside_names, names
from bot.news.summary import worth

type Term = tuple[str, ...]

_TOKEN = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}\p{M}\u200c]*+(?:[-'’][\p{L}\p{N}]++)*|\n|[^\s\p{L}\p{N}]")
_HEADLINE, _LEDE, _HEADING, _BODY = 4.0, 2.0, 2.0, 1.0
_LONGEST_TERM = 4  # words
_LONGEST_WORD = 40  # letters
_MOST_WORDS = 500  # and marks of the body that are looked at: by then it has said what it is about
_FAMILIAR, _UNKNOWN = 0.45, 0.8  # rarity of a word that everybody uses, and of one that the table lacks
_RARE = 0.6
_NAME_PULL = 1.35
_LOOSE_PULL, _ONCE_PULL = 0.6, 0.5  # of a lone adjective, and of what stands in one place
_BY_LENGTH = (0.0, 1.0, 1.5, 1.65, 1.6)

# Endings folded for counting: plurals, «ی» of ezafe behind a vowel, comparison; behind a half-space, or where
# the stem keeps three letters: «ها» in «تنها» is none, and neither is «ی» in «ایرانی».
_ENDING = regex.compile(
    r"(?<=\p{L}{2})\u200c(?:ها(?:یی|ی)?(?:ش|شان|مان|یش|یشان|یمان)?|ای|ی|ترین|تر|اش|شان|مان|ام|اند)$"
    r"|(?<=\p{L}{3})های?$|(?<=\p{L}{2}[او])ی$"
)
_MAY_END = ("ها", "های", "ای", "وی")
_KEEPS = frozenset(map(key, "تنها انتها بها برای دارای آقای ماجرای بلوای رای های وای جای".split()))
_EZAFE = regex.compile(r"(?<=ها)ی$|(?<=\p{L}{2}[او])ی$|\u0654$")
_ADJECTIVE = regex.compile(r"ی$|مین$|دهم$|شان$")  # or a noun with an ending: seldom a term alone
_GENERAL = beside_names.ROLES | beside_names.PLACE_HEADS  # «وزیر», «شهر»: terms only with what follows
_LIGHT = frozenset(
    """
    کرد کردند شد شدند داد دادند شود شوند کند کنند می\u200cشود می\u200cکند می\u200cشوند می\u200cکنند
    شده کرده یافت گرفت
    """.split()
)
_ADDRESS = regex.compile(r"(?<!\S)(?=\S{0,200}?(?:@\w|://|www\.|\w\.(?:com|ir|net|org)\b))\S++")
_ORDINAL = regex.compile(
    r"(?:\p{L}دهم|بیستم|سیام|صدم|^(?:شش|هفت|هشت|نه|ده)م)$"
)  # «سیزدهم لیگ» begins within a phrase
_DONE_TO = regex.compile(
    r"\p{L}{2}(?:اند|(?<!م)انده)$"
)  # «لرزاند»: made to do; no noun of the press but names ends so
_URGENT = keys("فوری عاجل")  # says how the story goes out, not what it is about
_VERBAL = tuple(
    stem + ending
    for stem in "کرد شد یافت داد گرفت رسید داشت بود گفت رفت آمد ساخت".split()
    for ending in ("ن", "ه", "ه\u200cاند", "ه\u200cاست", "ه\u200cام", "ه\u200cایم")
)


@dataclass(kw_only=True, slots=True)
class _Found:
    """What is known of a term."""

    weight: float = 0.0
    count: int = 0
    shown: dict[str, int] = field(default_factory=dict)
    named: bool = False


class _Word(NamedTuple):
    shown: str
    folded: str  # empty where it is no part of a term


def of(article: Article, limit: int = 6) -> tuple[str, ...]:
    """Up to `limit` terms, the weightiest first, each as the story mostly writes it."""
    found: dict[Term, _Found] = {}
    for text, weight in texts(article):
        _count(found, text, weight)
    kicker = (article.kicker or "").split()
    if kicker and len(kicker) <= _LONGEST_TERM and all(word.isalpha() for word in map(key, kicker)):
        _add(found, tuple(map(fold, kicker)), " ".join(kicker), _LEDE).named = True
    return tuple(_chosen(found, limit))


def texts(article: Article) -> Iterator[tuple[str, float]]:
    """The parts of a story, each with what a word in it weighs."""
    yield article.headline, _HEADLINE
    yield article.kicker or "", _LEDE
    yield article.lede, _LEDE
    if not article.sections:
        yield "\n".join(point.text for point in article.key_points), _BODY
    yield "\n".join(section.heading or "" for section in article.sections), _HEADING
    body = "\n".join(_body(article))
    yield body, _BODY


def _body(article: Article) -> Iterator[str]:
    for section in article.sections:
        for block in section.blocks:
            if isinstance(block, BulletList):
                yield block.intro or ""
                yield from (f"{item.label or ''}: {item.text}" for item in block.items)
            else:
                yield block.text


def _count(found: dict[Term, _Found], text: str, weight: float) -> None:
    """Add a text's terms."""
    text = _ADDRESS.sub("\n", text)
    tokens = [token for token, _ in zip(_TOKEN.finditer(text), range(_MOST_WORDS), strict=False)]
    raw = tuple(token.group() for token in tokens)
    words = [_word(raw, at) for at in range(len(raw))]
    for at in range(len(words)):
        for term, shown in _terms_from(words, at):
            _add(found, term, shown, weight)
    if tokens:
        _add_names(found, text[: tokens[-1].end()], weight)


def _add(found: dict[Term, _Found], term: Term, shown: str, weight: float) -> _Found:
    known = found.setdefault(term, _Found())
    known.weight += weight
    known.count += 1
    known.shown[shown] = known.shown.get(shown, 0) + 1
    return known


def _add_names(found: dict[Term, _Found], text: str, weight: float) -> None:
    """Names are terms also where they are told once, and with «و» inside («آموزش و پرورش»)."""
    for name in names.found(text):
        term = tuple(map(fold, name.text.split()))
        if not all(0 < len(word) <= _LONGEST_WORD for word in term):
            continue
        known = found.get(term) or _add(found, term, name.text, weight)
        known.named = True


def _terms_from(words: list[_Word], at: int) -> Iterator[tuple[Term, str]]:
    """The terms that begin with the word here."""
    term: Term = ()
    shown = ""
    for word in takewhile(lambda word: word.folded, words[at : at + _LONGEST_TERM]):
        term = (*term, word.folded)
        shown = f"{shown} {word.shown}" if shown else word.shown
        yield term, shown


def _word(raw: tuple[str, ...], at: int) -> _Word:
    word = raw[at]
    if len(word) < 2 or len(word) > _LONGEST_WORD:
        return _Word(shown=word, folded="")
    known = key(word)
    nothing = known in STOP_WORDS or known in _URGENT or not any(map(str.isalpha, known))
    nothing = nothing or _is_verb(raw, at)
    return _Word(shown=word, folded="" if nothing else _stem(word, known))


def _is_verb(raw: tuple[str, ...], at: int) -> bool:
    """A verb, or the noun of a compound one: «منتشر» in «منتشر شد»."""
    word = raw[at]
    if at + 1 < len(raw) and raw[at + 1] in _LIGHT:
        return True
    return word.endswith(_VERBAL) or bool(_DONE_TO.search(word)) or verbs.is_finite(raw, at)


def fold(word: str) -> str:
    """A word's key without endings of plural, ezafe and comparison: «رسانه\u200cهای» and «رسانه» are one."""
    return _stem(word, key(word))


def _stem(word: str, known: str) -> str:
    if known in _KEEPS or not ("\u200c" in word or word.endswith(_MAY_END)):
        return known
    return key(_ENDING.sub("", word))


def _chosen(found: Mapping[Term, _Found], limit: int) -> Iterator[str]:
    told: list[Term] = []
    standing = [term for term in found if _stands(found, term)]
    for term in sorted(standing, key=lambda each: -_score(found, each)):
        if len(told) >= limit:
            return
        if not any(_overlap(term, other) for other in told):
            told.append(term)
            yield _shown(found, term)


def _stands(found: Mapping[Term, _Found], term: Term) -> bool:
    """Whether the words belong together, and the last one does not lead on («رئیس شورای»)."""
    known = found[term]
    if known.named:
        return True
    if _ORDINAL.search(term[0]):
        return False
    if len(term) == 1:
        return term[0] not in _GENERAL and (known.count > 1 or known.weight >= _HEADLINE)
    if known.count == 1 or known.count * 3 < min(found[(word,)].count for word in term if (word,) in found):
        return False
    return term[-1] in _KEEPS or not _EZAFE.search(_mostly(known))


def _score(found: Mapping[Term, _Found], term: Term) -> float:
    known = found[term]
    rarity = sum(map(_rarity, term)) / len(term)
    length = _BY_LENGTH[min(len(term), _LONGEST_TERM)]
    return log(1 + known.weight) * (rarity - _FAMILIAR / 2) * length * _pull(term, known)


def _pull(term: Term, known: _Found) -> float:
    pull = 1.0 if known.count > 1 else _ONCE_PULL
    if known.named:
        return pull * _NAME_PULL
    return pull * _LOOSE_PULL if len(term) == 1 and _ADJECTIVE.search(term[0]) else pull


def _mostly(known: _Found) -> str:
    return max(known.shown, key=known.shown.__getitem__)


def is_proper(words: str) -> bool:
    """Whether it may be a name: the press at large does not know every word of it."""
    return any(
        key(part) not in worth.model().words for word in words.split() for part in word.split("\u200c")
    )


def is_rare(word: str) -> bool:
    """Whether the press seldom has the word: «نیمه» and «فصل» tell nothing alone."""
    return _rarity(fold(word)) >= _RARE


def _rarity(word: str) -> float:
    known = worth.model().words.get(word)
    return known.rarity if known else _UNKNOWN


def _overlap(term: Term, other: Term) -> bool:
    if "".join(term) == "".join(other):  # «تربیت بدنی» with and without its half-space
        return True
    shared = len(set(term) & set(other))
    return shared * 2 >= min(len(term), len(other)) and shared > 0


def _shown(found: Mapping[Term, _Found], term: Term) -> str:
    """As the story mostly writes it, without an ezafe that would lead on."""
    shown = _mostly(found[term])
    if found[term].named or term[-1] in _KEEPS:
        return shown
    bare = _EZAFE.sub("", shown)  # «مرفاوی» has none
    known = shown.endswith(("های", "\u0654")) or key(bare.split()[-1]) in worth.model().words
    return bare if known else shown
