"""What a text claims, word by word: which words and amounts, denied or not, done or open. Judges nothing.

Two texts are read alike, so that one can be held against the other (`support`). Persian puts the verb last: a
clause ends with it, and a denying verb denies the word before it. English denies the word after its "not".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache
from unicodedata import normalize

import regex

from bot.news.grammar import amounts, function_words, moods
from bot.news.grammar.moods import Mood

_PRESENTED = regex.compile(r"[\uFB50-\uFDFF\uFE70-\uFEFC\uFF00-\uFFEF]+")
_LETTERS = str.maketrans("يىكئأإٱؤۀةەھہ\u00a0", "ییکیاااوههههه ")
_UNSEEN = regex.compile(r"[\p{M}\p{Cf}\u0640--\u200c]+", regex.V1)
_HYPHEN = regex.compile(r"(?<=\p{L})[-\u2010\u2011](?=\p{L})")
_APART_BEFORE = regex.compile(r"(?<![\p{L}\u200c])(ن?می|بی|غیر|نا) (?=\p{L})")
_APART_AFTER = regex.compile(r"(?<=\p{L}) (?=(?:ها|های|هایی|هایش|هایشان|تر|ترین|اند)(?![\p{L}\u200c]))")
_NUMBER = (
    r"(?:(?<![\p{L}\p{N}\-–−])[-−])?\p{Nd}+"
    r"(?:(?:[,٬،](?=\p{Nd}{3}(?!\p{Nd}))|[.٫/:\-–−](?=\p{Nd}))\p{Nd}+)*"
)
_PERCENT_BEFORE = regex.compile(rf"[%٪]\s?({_NUMBER})(?!\s?[%٪])")
_PERCENT = regex.compile(r"[%٪]|\bper ?cent\b")
_TOKEN = regex.compile(
    rf"(?P<number>{_NUMBER})|(?P<word>\p{{L}}[\p{{L}}\u200c'’]*|[\p{{S}}\p{{No}}\p{{Nl}}])"
    r"|(?P<end>[.!?؟؛;…\n]+)|(?P<pause>[^\s\p{L}\p{N}\p{S}\u200c])"
)
_NEGATING_HALVES = ("بی", "غیر", "نا", "می", "نمی")
_DENIES_NEXT = frozenset("عدم بدون نه not no never without cannot nor neither".split())
_COUNTED_BY_NINE = frozenset(
    "نفر تن روز شب سال ماه هفته ساعت دقیقه ثانیه بار مورد درصد متر کیلومتر دستگاه ساله روزه ماهه نفره".split()
)
_NOT_ONLY = frozenset("تنها فقط صرفا only just".split())
_NEW_TURN = ("و", "اما", "ولی", "بلکه")
_VERB_GROUP = 3  # words: «گرفته نشده است»


class Stance(Enum):
    PLAIN = auto()
    LEANING = auto()  # in a clause that denies
    DENIED = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """A word, an amount (with its value) or a mark."""

    text: str  # with half-spaces
    kind: str  # "word", "number", "end" of a sentence, "pause"
    value: str = ""

    @property
    def word(self) -> str:
        return self.text.replace("\u200c", "")

    @property
    def means(self) -> bool:
        """Whether it is a word that carries news."""
        return self.kind == "word" and not (function_words.holds(self.word) or moods.will(self.text))


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A word that carries news, as its clause has it."""

    token: Token
    place: int  # among the text's tokens
    sentence: int
    clause: int
    stance: Stance
    complement: bool  # what is done, or is not: the word before its clause's verb, or a verb of its own
    mood: Mood
    side: str  # whether its clause's verb gives or takes: «شکست داد», «شکست خورد»


@dataclass(frozen=True, kw_only=True)
class Reading:
    tokens: tuple[Token, ...]
    claims: tuple[Claim, ...]


@dataclass(kw_only=True)
class _Stances:
    """How the words of one clause stand, by their places."""

    denied: set[int] = field(default_factory=set)
    leaning: set[int] = field(default_factory=set)


def read(text: str) -> Reading:
    tokens = _with_amounts(list(_tokens(folded(text))))
    return Reading(tokens=tuple(tokens), claims=tuple(_claims(tokens)))


def folded(text: str) -> str:
    """One spelling: Persian letters, no case, nothing unseen but half-spaces, signs of percent as a word."""
    text = _PRESENTED.sub(lambda drawn: normalize("NFKC", drawn.group()), text).casefold()
    text = _HYPHEN.sub(" ", _UNSEEN.sub("", text.translate(_LETTERS)))
    text = _APART_AFTER.sub("\u200c", _APART_BEFORE.sub("\\1\u200c", text))
    return _PERCENT.sub(" درصد ", _PERCENT_BEFORE.sub(r"\1 درصد ", text))


@lru_cache(maxsize=4096)
def keys(text: str) -> frozenset[str]:
    """The spellings a word may be known by: as a whole and by halves, with and without endings."""
    halves = text.split("\u200c")
    names = {"".join(halves)}
    if halves[0] not in _NEGATING_HALVES:
        names |= {half for half in halves[:8] if len(half) > 1 and not function_words.holds(half)}
    verb = {f"~{stem}" for stem in moods.stems(text)}  # no noun's
    return frozenset(stem for name in names for stem in function_words.stems(name)) | verb


def _tokens(text: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(text):
        kind, piece = str(found.lastgroup), found.group()
        if kind == "word":
            yield from (
                Token(text=part, kind=kind) for part in amounts.parts(piece.strip("\u200c'’") or piece)
            )
        else:
            yield Token(text=piece, kind=kind)


def _with_amounts(flat: Sequence[Token]) -> list[Token]:
    """The words of each amount as one token."""
    merged: list[Token] = []
    at = 0
    for found in amounts.find([each.word for each in flat]):
        said = " ".join(each.word for each in flat[found.start : found.end])
        merged += [*flat[at : found.start], Token(text=said, kind="number", value=found.value)]
        at = found.end
    return [*merged, *flat[at:]]


def _claims(tokens: Sequence[Token]) -> Iterator[Claim]:
    words = [each.text for each in tokens]
    sentence = clause = start = 0
    carried = False  # the clause before denies what this one tells: «اجازه ندارد … شرکت کند»
    for at, token in enumerate(tokens):
        verb = token.kind == "word" and _ends_clause(words, at)
        if not (verb or token.kind == "end" or at + 1 == len(tokens)):
            continue
        span = range(start, at + 1)
        carried = carried and verb and moods.is_subjunctive(token.text) and words[start] not in _NEW_TURN
        denies = verb and (carried or _denied(words, span))
        yield from _clause_claims(tokens, span, verb=verb, denies=denies, ids=(sentence, clause))
        start, clause, sentence = at + 1, clause + 1, sentence + (token.kind == "end")
        carried = denies


def _ends_clause(words: Sequence[str], at: int) -> bool:
    """Whether a finite verb stands here that no other continues; a modal one waits for its verb."""
    if not moods.is_verb(words, at) or moods.modal(words[at]):
        return False
    return at + 1 == len(words) or not moods.is_verb(words, at + 1)


def _denied(words: Sequence[str], span: range) -> bool:
    """Whether the clause's verb denies, by itself or by a modal verb before it."""
    group = span[-_VERB_GROUP:]
    return any(
        moods.affirmed(words[place]) is not None and (place in group or moods.modal(words[place]))
        for place in span
    )


def _clause_claims(
    tokens: Sequence[Token], span: range, *, verb: bool, denies: bool, ids: tuple[int, int]
) -> Iterator[Claim]:
    meaning = [place for place in span if tokens[place].means]
    done = [place for place in meaning if not moods.modal(tokens[place].text)] if verb else []
    complement = done[-1] if done else None
    stances = _stances(tokens, span, meaning)
    if denies:
        stances.leaning.update(meaning)
        stances.denied |= {complement} if complement is not None else set()
    words = [tokens[place].text for place in span]
    mood, side = (moods.mood(words), moods.side(words[-1])) if verb else (Mood.DONE, "")
    for place in meaning:
        yield Claim(
            token=tokens[place],
            place=place,
            sentence=ids[0],
            clause=ids[1],
            stance=_stance(place, stances),
            complement=place == complement,
            mood=mood,
            side=side,
        )


def _denies_next(word: str, following: Sequence[Token]) -> bool:
    """«نه روز» is nine days, «نه دولت» is not the government."""
    return word in _DENIES_NEXT and not (word == "نه" and following and following[0].word in _COUNTED_BY_NINE)


def _stance(place: int, stances: _Stances) -> Stance:
    if place in stances.denied:
        return Stance.DENIED
    return Stance.LEANING if place in stances.leaning else Stance.PLAIN


def _stances(tokens: Sequence[Token], span: range, meaning: Sequence[int]) -> _Stances:
    """What single words deny: «عدم» and "not" the next one, «نشدن» and «نشده» the one before."""
    found = _Stances()
    following = iter([*meaning, span.stop])
    after = next(following)
    before: int | None = None
    for place in span:
        while after <= place and after < span.stop:
            before, after = after, next(following)
        word = tokens[place].word
        only = place + 1 < span.stop and tokens[place + 1].word in _NOT_ONLY
        if (_denies_next(word, tokens[place + 1 : place + 2]) or word.endswith(("n't", "n’t"))) and not only:
            found.denied |= {after} & set(meaning[-1:]) if after == span.stop else {after}
            if word.isascii() or "’" in word:
                found.leaning.update(range(place + 1, span.stop))
        elif place != span[-1] and before is not None and moods.denies_noun(tokens[place].text):
            found.denied.add(before)
    return found
