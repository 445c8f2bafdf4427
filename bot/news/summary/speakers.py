"""Whose words each sentence of a story is, as far as the story says it by «… گفت:». Weighs nothing.

An opinion that is told as a fact misleads: so the speaker goes with a point. Within a paragraph all behind
«… گفت:» is speech; «وی افزود:» is of whoever spoke before; an interview's answers are of whom its headline
quotes («کهن: …»). Who can't be named from the text is None.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import dropwhile

from bot.news.grammar import clauses, leadins, sentences, verbs
from bot.news.grammar.clauses import Tokens

_LONGEST_NAME = 7  # words: more are a name with what its bearer does
_LONGEST_HEAD = 5  # of a headline's speaker
_LEADS_ON = frozenset(
    """
    با در به از بر برای ضمن پس طی درباره پیرامون نیز هم همچنین که اینکه تا روز امروز دیروز امشب صبح عصر
    شامگاه بامداد پیش‌تر پیشتر سپس
    """.split()
)
_BEGIN_NONE = frozenset(
    """
    در به از با بر برای ضمن پس طی این آن همین چنین وی او ایشان آنها آن‌ها آنان وقتی اگر هنگامی زمانی چون
    چندی یکی سپس بعد
    """.split()
)
_TIMES = frozenset("اواسط اوایل اواخر هفته ماه سال روز گذشته جاری پیش امروز دیروز پریروز اخیرا اخیراً".split())
_NEVER_WITHIN = frozenset(("را", "که", "؟", ":", "؛", ".", "(", ")", "-", "–", "/"))
_TITLES = frozenset("دکتر مهندس سردار سرهنگ آقای خانم حجت‌الاسلام آیت‌الله استاد سرتیپ سرلشکر پروفسور".split())
_JOINTS = dict.fromkeys(map(ord, "\u200c ،"))
_OPENED = frozenset('«"“')
_BY_THEM = re.compile(r"به (?:گفته|اعتقاد|باور|عقیده)(?:\u200c?ی|ٔ)? (?:او|وی|ایشان)\b")


@dataclass(frozen=True, kw_only=True)
class Told:
    """A sentence of a story; `spoken` where it is somebody's words, `speaker` whose, if that is said."""

    sentence: str
    spoken: bool = False
    named: bool = False  # it says itself who says it: «… خبر داد»
    speaker: str | None = None
    tokens: Tokens | None = None  # of the sentence, where somebody looked at them


class _Begins(Enum):
    NOTHING = auto()
    NAME = auto()  # of whoever may speak next
    WORDS = auto()  # and the sentences behind it go on with them
    QUOTATION = auto()  # which its marks end


def told(headline: str, lede: str, paragraphs: Iterable[Sequence[str]]) -> list[Told]:
    """The sentences of the paragraphs, each with its speaker; headline and lede only name some."""
    speaker = _of_headline(headline)
    for sentence in sentences.split(lede):
        speaker = _heard(sentence, _asked(sentence), speaker)[0]
    found: list[Told] = []
    for paragraph in paragraphs:
        speaking = False
        for sentence in paragraph:
            tokens = _asked(sentence)
            speaker, begins = _heard(sentence, tokens, speaker)
            speaking = begins is _Begins.WORDS or (speaking and begins is _Begins.NOTHING)
            spoken = speaking or begins is _Begins.QUOTATION
            named = begins is _Begins.NAME
            one = Told(sentence=sentence, spoken=spoken, named=named, speaker=speaker, tokens=tokens)
            found.append(one)
    return found


def _asked(sentence: str) -> Tokens | None:
    """The words of a sentence that may say who speaks."""
    if ":" not in sentence and not verbs.says(sentence.rstrip(".!» \n").split()[-4:]):
        return None
    return clauses.tokens(sentence)


def _heard(sentence: str, tokens: Tokens | None, before: str | None) -> tuple[str | None, _Begins]:
    """Who speaks after a sentence, and what of their words it begins."""
    by_them = _BY_THEM.match(sentence)
    if by_them or tokens is None:
        return before, _Begins.WORDS if by_them else _Begins.NOTHING
    words = tokens.words[tokens.at(leadins.skip(sentence)) :]
    colon = leadins.attribution(words)
    if colon is not None:
        introducing = words[:colon]
        begins = (
            _Begins.QUOTATION
            if words[colon + 1 : colon + 2] and words[colon + 1] in _OPENED
            else _Begins.WORDS
        )
        return name_in(introducing) or (before if leadins.speaker_unnamed(introducing) else None), begins
    said = words[:-1] if words[-1:] in ((".",), ("!",)) else words
    if said and verbs.says(said) and (named := name_in(said)):
        return named, _Begins.NAME
    return before, _Begins.NOTHING


def name_in(introducing: Sequence[str]) -> str | None:
    """Who is named at the head of «سرهنگ صفاری با بیان این خبر گفت»; None where that is not clear."""
    words = tuple(dropwhile(_TIMES.__contains__, introducing))  # «اواسط هفته گذشته …»
    if not words or words[0] in _BEGIN_NONE:
        return None
    end = 0
    while end < len(words) and words[end] not in _LEADS_ON and not _says_soon(words, end):
        if words[end] in _NEVER_WITHIN or verbs.is_finite(words, end):
            return None
        end += 1
    if end > _LONGEST_NAME and "،" in words[:end]:
        end = words.index("،")
    if not 0 < end <= _LONGEST_NAME or end == len(words) or (end == 1 and words[0] in _TITLES):
        return None
    name = " ".join(words[:end]).replace(" ،", "،").strip("، ")
    return name if name.translate(_JOINTS).isalpha() else None


def _says_soon(words: Sequence[str], at: int) -> bool:
    if verbs.says(words[at : at + 1]):
        return True
    return verbs.says(words[at : at + 2]) and not verbs.says(words[at + 1 : at + 2])


def _of_headline(headline: str) -> str | None:
    """«کهن: رقیب من …»."""
    head, colon, rest = headline.partition(":")
    words = head.split()
    if not colon or not rest.strip() or not 0 < len(words) <= _LONGEST_HEAD:
        return None
    return head.strip(" «»") if verbs.speaks_of_us(clauses.tokens(rest).words) else None
