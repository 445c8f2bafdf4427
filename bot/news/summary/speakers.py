"""Whose words each sentence of a story is, as far as the story says it by «… گفت:». Weighs nothing.

An opinion that is told as a fact misleads: so the speaker goes with a point. Within a paragraph all behind
«… گفت:» is speech; «وی افزود:» and «این مدیر گفت:» are of whoever spoke before; an interview's answers are of
whom its headline quotes («کهن: …»). Who was named in full once keeps that name. Who can't be named from the
text is None.
"""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import islice

from bot.news.grammar import clauses, leadins, sentences, verbs
from bot.news.grammar.clauses import Tokens
from bot.news.summary import introduced
from bot.news.summary.introduced import name_in

_LONGEST_HEAD = 5  # of a headline's speaker
_ABOUT = 30  # words that introduce somebody, looked at
_SAME = 3  # of the first four words of a name that must have introduced somebody before
_LEDE = 20  # sentences of it that are heard
_LONGEST_MEMORY = 3  # sentences: so long «وی» is who spoke
_OPENED = frozenset('«"“')
_AGAIN = frozenset(("مقام", "نامبرده"))  # «مقام عالی دولت در استان افزود:» is who spoke before
_PRESS = frozenset("مهر ایسنا ایرنا فارس تسنیم ایلنا پانا خبرگزاری میزان برنا".split())
_WROTE = frozenset(("نوشت", "نوشته", "گزارش"))
_THINGS = frozenset(
    """
    بیانیه گزارش روزنامه بانک شرکت سازمان نهاد خبرگزاری رسانه شبکه منبع وزارتخانه اداره باشگاه فدراسیون کتاب
    اطلاعیه نامه پیام خبر هفته‌نامه پایگاه سایت انجمن حزب گروه وزارت موسسه مؤسسه
    """.split()
)
_SAID = frozenset(
    "گفت افزود گفتند افزودند می‌گوید می‌گویند نوشت کرد کردند داد دادند داشت داشتند شد شدند".split()
)
_ACCORDING = frozenset("گفته گفتهٔ اعتقاد باور عقیده نظر".split())
_MAY_SAY = re.compile(rf"\b(?:{'|'.join(sorted(_SAID))})\b|به (?:گفته|اعتقاد|باور|عقیده|نظر) ")
_BY_THEM = re.compile(
    r"به (?:گفته|اعتقاد|باور|عقیده|نوشته)(?:\u200c?ی|ٔ)? (?:او|وی|ایشان|این (?:مقام|مسئول|روزنامه))\b"
)


_INTERVIEW = re.compile(
    r"(?:گفت\W?و\W?گو(?:یی)?|مصاحبه|گپ\W?و?\W?گفت)(?: [^\s،.]+){0,3}? با ([^.\n:؛]{4,80})"
)


@dataclass(frozen=True, kw_only=True)
class Told:
    """A sentence of a story; `spoken` where it is somebody's words, `speaker` whose, if that is said."""

    sentence: str
    spoken: bool = False
    named: bool = False  # it says itself who says it: «… خبر داد»
    speaker: str | None = None
    meant: str | None = None  # whom «وی» means at its head
    tokens: Tokens | None = None  # of the sentence, where somebody looked at them


class _Begins(Enum):
    NOTHING = auto()
    NAME = auto()  # of whoever may speak next
    WORDS = auto()  # and the sentences behind it go on with them
    QUOTATION = auto()  # which its marks end


@dataclass
class _Ear:
    """Who has been heard in a story so far."""

    speaker: str | None
    known: dict[str, frozenset[str]] = field(default_factory=dict)  # and the words that introduced them
    since: int = 0  # sentences

    def hear(self, sentence: str, tokens: Tokens | None) -> _Begins:
        """Take the next sentence; what of somebody's words it begins."""
        self.since += 1
        by_them = _BY_THEM.match(sentence)
        if by_them or tokens is None:
            return _Begins.WORDS if by_them else _Begins.NOTHING
        words = tokens.words[tokens.at(leadins.skip(sentence)) :]
        if words[:1] == ("به",) and words[1:2] and words[1] in _ACCORDING and (by := _named_by(words[2:])):
            self._speaks(self._fullest(by, words[2:_ABOUT]))
            return _Begins.NAME
        colon = leadins.attribution(words)
        if colon is not None:
            self._speaks(self._who(words[:colon]))
            quoted = words[colon + 1 : colon + 2] and words[colon + 1] in _OPENED
            return _Begins.QUOTATION if quoted else _Begins.WORDS
        end = next(
            (at for at, word in enumerate(words) if word in _SAID and verbs.says(words[: at + 1])), None
        )
        if end is not None and (named := name_in(words[: end + 1])):
            self._speaks(self._fullest(named, words[: end + 1]))
            return _Begins.NAME
        return _Begins.NOTHING

    @property
    def is_a_thing(self) -> bool:
        """Whether who spoke last is an office or a paper: nobody says «وی» of it."""
        return self.speaker is not None and not _THINGS.isdisjoint(self.speaker.split()[:1])

    def _speaks(self, who: str | None) -> None:
        self.speaker = who
        self.since = 0

    def _who(self, introducing: Sequence[str]) -> str | None:
        if leadins.speaker_unnamed(introducing) or introducing[0] in _AGAIN or _is_press(introducing):
            return self.speaker
        if introducing[0] in ("این", "همین") and len(introducing) > 1:
            noun = introducing[1]
            same = self.speaker is not None and noun in self.speaker.split()
            return self.speaker if same or noun not in _THINGS else None
        if named := name_in(introducing):
            return self._fullest(named, introducing)
        return self._meant(introducing)

    def _fullest(self, name: str, introducing: Sequence[str]) -> str:
        """The longest form of a name that stands before, or this one, which is kept."""
        for known in reversed(self.known):
            if name != known and _within(introduced.without_title(name), known):
                return known
        about = frozenset(introducing[:_ABOUT])
        self.known[name] = about | self.known.get(name, frozenset())
        return name

    def _meant(self, introducing: Sequence[str]) -> str | None:
        """Who has been introduced by the same words before: «صفاری ارزش آن را … دانست و گفت»."""
        if introducing[0] in introduced.PERSONS_ONLY_TOLD:
            return self.speaker
        first = [word for word in introducing[:4] if word != "،"]
        for known, about in reversed(self.known.items()):
            if first[0] in known.split()[1:] and first[0] not in introduced.OFFICES:
                return known
            if sum(word in about for word in first) >= _SAME:
                return known
        return None


def told(
    headline: str, lede: str, paragraphs: Iterable[Sequence[str]], answers: AbstractSet[int] = frozenset()
) -> list[Told]:
    """The sentences of the paragraphs, each with its speaker; headline and lede only name some.

    `answers` are the places of the paragraphs that answer an interviewer: they are the words of whom the top
    says the interview is with, except where they tell of that person.
    """
    asked = _interviewed(f"{headline}\n{lede}") if answers else None
    ear = _Ear(speaker=_of_headline(headline) or asked)
    for sentence in islice(sentences.split(lede), _LEDE):
        ear.hear(sentence, _asked(sentence))
    found: list[Told] = []
    for place, paragraph in enumerate(paragraphs):
        speaking = False
        for sentence in paragraph:
            if place in answers:
                found.append(_answer(sentence, asked or ear.speaker))
                continue
            tokens = _asked(sentence)
            before = ear.speaker if ear.since < _LONGEST_MEMORY and not ear.is_a_thing else None
            begins = ear.hear(sentence, tokens)
            speaking = begins is _Begins.WORDS or (speaking and begins is _Begins.NOTHING)
            found.append(
                Told(
                    sentence=sentence,
                    spoken=speaking or begins is _Begins.QUOTATION,
                    named=begins is _Begins.NAME,
                    speaker=ear.speaker,
                    meant=before,
                    tokens=tokens,
                )
            )
    return found


def _answer(sentence: str, speaker: str | None) -> Told:
    tells_of_them = speaker is not None and speaker.split("،")[0].split()[-1] in sentence
    return Told(sentence=sentence, spoken=not tells_of_them, speaker=None if tells_of_them else speaker)


def _interviewed(top: str) -> str | None:
    """Whom «گفت‌وگو با بهمن ستوده، نقاش پیشکسوت، …» names."""
    found = _INTERVIEW.search(top)
    words = clauses.tokens(found.group(1)).words if found else ()
    named = name_in((*words, "گفت")) if words else None
    return named if named and introduced.is_name(named.split()) else None


def _named_by(words: Sequence[str]) -> str | None:
    """Whom «به گفته دکتر نسرین امانی، متخصص قلب، …» names."""
    comma = next((at for at, word in enumerate(words[:_ABOUT]) if word == "،"), None)
    if not comma or not introduced.is_name(words[:comma]):
        return None
    return name_in((*words[:comma], "گفت"))


def _is_press(introducing: Sequence[str]) -> bool:
    """Whether a paper passes on what somebody says: «مهر در خبری نوشت: وی ادامه داد: …»."""
    return introducing[0] in _PRESS and not _WROTE.isdisjoint(introducing)


def _within(name: str, longer: str) -> bool:
    return f" {name} " in f" {longer} ".replace("،", "")


def _asked(sentence: str) -> Tokens | None:
    """The words of a sentence that may say who speaks."""
    return clauses.tokens(sentence) if ":" in sentence or _MAY_SAY.search(sentence) else None


def _of_headline(headline: str) -> str | None:
    """«کهن: رقیب من …»."""
    head, colon, rest = headline.partition(":")
    words = head.split()
    if not colon or not rest.strip() or not 0 < len(words) <= _LONGEST_HEAD:
        return None
    return head.strip(" «»") if verbs.speaks_of_us(clauses.tokens(rest).words) else None
