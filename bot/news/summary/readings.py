"""The ways a sentence can stand as a point: whole, without its lead-in, without its tail. Chooses none.

A reading is one stretch of the copy: nothing is added but a full stop, nothing left out from the middle.
"""

import re
from dataclasses import dataclass

from bot.news.grammar import clauses, leadins, verbs
from bot.news.grammar.clauses import Tokens
from bot.news.grammar.leadins import Opening

FEWEST_WORDS, MOST_WORDS = 7, 40  # the halves of a word with a half-space counted apart
_FEWEST_WITH_FIGURE = 5  # «هزینه کار ۳۵ میلیارد تومان است.»
MOST_APART = 35  # as blanks part them
_NEVER_OVER = 60
_BLANKS = re.compile(r"\s+")
_CITED = re.compile(r"«[^»]*»|\"[^\"]*\"|“[^”]*”")
_LONG_CITATION = 6  # words: what is shorter is a name
_LOOSE_ENDS = " \t\n\u00a0\ufe0f\u200f،,؛;:–—-*"
_CODE_BEHIND = re.compile(r"(?<=[^\W\d]|[.»\s])[/\s]*/[\w\u200c/]{0,20}\.?$")  # «… نیست./», «….​/۷۱۲/ت۳۰۲»
_LATIN, _ARABIC_LETTER = re.compile("[A-Za-z]"), re.compile("[\u0600-\u06ff]")
_ENGLISH_SAYS = re.compile(r"\b(?:said|says|told|added|according to|called|warned|announced)\b")
_ENGLISH_US = re.compile(r"\b(?:[Ww]e|I|[Oo]ur|us|[Mm]y)\b")
_ENGLISH_PRONOUNS = frozenset("he she they it him her them his their this these those".split())
_ENGLISH_LEANING = frozenset("but and so also however meanwhile such then that".split())
_ONE = frozenset(("وی", "او"))
_ABOUT = frozenset("درباره درمورد درخصوص پیرامون با ضمن".split())
_IN_ANSWER = frozenset("پاسخ واکنش مورد خصوص باره رابطه توضیح تشریح جواب".split())  # not «در ادامه»
_NAME = 3  # words that a name in the place of «وی» has more
_LEAST_SAID = 4  # tokens behind the colon
_TOPIC = 4  # words before the colon that tell what about
_SELDOM_VERBS = frozenset("شدید کردی دیدی مردی سردی میدانی بودی گرمی".split())  # «درد شدید», «موسیقی کردی»
_UNFINISHED = frozenset("و که با از به در تا را یا اینکه برای اما ولی".split())
_ENDED = (".", "!", "…", "»", '"', "”", ")")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A stretch of a sentence that could be a point."""

    text: str
    start: int  # where it stands in its sentence
    end: int
    opening: Opening
    speakerless: bool  # says «ما» or only quotes, and nobody is named
    whole: bool  # has the verbs that it waits for
    fragment: bool  # has no verb at all: a caption, a line of names
    named: bool  # begins with who says it
    asks_who: bool  # begins with «وی» and what about («وی درباره … گفت:»): good with the name in its place
    dropped: str  # the words before its colon that it leaves out
    cut: bool  # does not run to the end of its sentence
    too_long: bool


@dataclass(frozen=True, kw_only=True)
class _Stretch:
    """Tokens of a sentence, and whether a speaker is named by the first of them."""

    first: int
    end: int
    named: bool = False
    asks_who: bool = False
    dropped: str = ""
    least: int = 0  # tokens: what is shorter ends before it says anything


def of(sentence: str, tokens: Tokens | None = None) -> list[Reading]:
    """The readings of a sentence, whose tokens may be known.

    Those over `MOST_WORDS` only where there is no other.
    """
    if sentence.rstrip()[-1:] in (*":؟?", "") or leadins.announces(sentence):
        return []
    tokens = tokens or clauses.tokens(sentence)
    found = [each for stretch in _stretches(sentence, tokens) for each in _within(sentence, tokens, stretch)]
    return [each for each in found if not each.too_long] or found


def _stretches(sentence: str, tokens: Tokens) -> list[_Stretch]:
    """Where a reading may begin, and whether its speaker stands in it."""
    end = len(tokens.words)
    first = tokens.at(leadins.skip(sentence))
    colon = leadins.attribution(tokens.words[first:])
    if colon is None:
        return [_Stretch(first=first, end=end)]
    behind = tokens.at(leadins.skip(sentence, tokens.ends[first + colon]))
    introducing = tokens.words[first : first + colon]
    found = [_Stretch(first=behind, end=end, dropped=" ".join(introducing))]
    if told := leadins.told_within(introducing):
        found.append(_Stretch(first=first + told[0], end=first + told[1] + 1))
    if not leadins.speaker_unnamed(introducing):
        found.insert(0, _Stretch(first=first, end=end, named=True))
        if (behind_it := _behind_occasion(introducing)) is not None:
            found.insert(0, _Stretch(first=first + behind_it, end=end, named=True))
    elif introducing[0] in _ONE and len(introducing) > _TOPIC and _says_what_about(introducing[1:3]):
        found.insert(0, _Stretch(first=first, end=end, asks_who=True, least=colon + _LEAST_SAID))
    return found


def _says_what_about(words: tuple[str, ...]) -> bool:
    return words[0] in _ABOUT or (words[0] == "در" and words[1] in _IN_ANSWER)


def _behind_occasion(introducing: tuple[str, ...]) -> int | None:
    """Where the speaker begins behind «در این مراسم که … برگزار شد، …»."""
    if introducing[0] not in ("در", "طی") or introducing[1:2] not in (("این",), ("همین",)):
        return None
    begin = next((at + 1 for at, word in enumerate(introducing) if word == "،"), None)
    rest = introducing[begin:] if begin else ()
    return begin if len(rest) > 1 and not leadins.speaker_unnamed(rest) else None


def _within(sentence: str, tokens: Tokens, stretch: _Stretch) -> list[Reading]:
    first, words = stretch.first, tokens.words[stretch.first : stretch.end]
    if tokens.count(first, stretch.end) > MOST_WORDS and (begin := clauses.restart(words)):
        first, words = first + begin, words[begin:]
    read = clauses.read(words)
    found: list[Reading] = []
    stops = (stop + 1 for stop in read.stops if stop >= stretch.least and words[stop] not in _SELDOM_VERBS)
    for end in (len(words), *stops):
        count = tokens.count(first, first + end)
        whole_with_figure = end == len(words) and any(word[0].isdigit() for word in words)
        fewest = _FEWEST_WITH_FIGURE if whole_with_figure else FEWEST_WORDS
        if fewest <= count <= _NEVER_OVER and _holds(words[:end]):
            cut = end < len(words)
            place = tokens.starts[first], tokens.ends[first + end - 1]
            found.append(
                _reading(
                    sentence,
                    place,
                    words[:end],
                    stretch=stretch,
                    cut=cut,
                    whole=cut or read.whole,
                    too_long=count + stretch.asks_who * _NAME > MOST_WORDS
                    or (end > MOST_APART and _is_wide(sentence[slice(*place)])),
                )
            )
    return found


def _is_wide(text: str) -> bool:
    return len(_BLANKS.findall(text)) >= MOST_APART


def _holds(words: tuple[str, ...]) -> bool:
    """Whether the words neither begin nor end within a phrase."""
    last = next(word for word in reversed(words) if word[0].isalnum())
    return words[0] != "را" and not verbs.is_finite(words, 0) and last not in _UNFINISHED


def _reading(
    sentence: str,
    place: tuple[int, int],
    words: tuple[str, ...],
    *,
    stretch: _Stretch,
    cut: bool,
    whole: bool,
    too_long: bool,
) -> Reading:
    named = stretch.named
    bare = sentence[slice(*place)].replace("**", "").strip(_LOOSE_ENDS)
    if "/" in bare:
        bare = _CODE_BEHIND.sub("", bare)
    text, stray = _without_stray_quote(bare)
    foreign = _ARABIC_LETTER.search(text) is None and _LATIN.search(text) is not None
    if foreign:
        return _foreign(text, place, words, cut=cut, too_long=too_long)
    return Reading(
        text=text if text.endswith(_ENDED) else text + ".",
        start=place[0],
        end=place[1],
        opening=leadins.opening(words),
        speakerless=not named and (stray or _needs_speaker(text, words)),
        whole=whole,
        fragment=not whole and not any(verbs.is_finite(words, at) for at in range(len(words))),
        named=named,
        asks_who=stretch.asks_who,
        dropped=stretch.dropped,
        cut=cut,
        too_long=too_long,
    )


def _foreign(
    text: str, place: tuple[int, int], words: tuple[str, ...], *, cut: bool, too_long: bool
) -> Reading:
    """A sentence in letters whose verbs are not known: whole as it stands."""
    says = _ENGLISH_SAYS.search(text) is not None
    first = words[0].casefold()
    leans = Opening.PRONOUN if first in _ENGLISH_PRONOUNS else Opening.ALONE
    if first in _ENGLISH_LEANING:
        leans = Opening.POINTS_BACK
    return Reading(
        text=text if text.endswith(_ENDED) else text + ".",
        start=place[0],
        end=place[1],
        opening=leans,
        speakerless=not says and (_ENGLISH_US.search(text) is not None or text.startswith(('"', "“"))),
        whole=True,
        fragment=False,
        named=says,
        asks_who=False,
        dropped="",
        cut=cut,
        too_long=too_long,
    )


def _without_stray_quote(text: str) -> tuple[str, bool]:
    """The text without a mark whose other half stands in another sentence, and whether there was one."""
    straight = text.count('"') % 2 == 1
    opened = text.count("«") - text.count("»")
    if (straight and text.startswith('"')) or (opened > 0 and text.startswith("«")):
        return text[1:].lstrip(), True
    if (straight and text.rstrip(".").endswith('"')) or (opened < 0 and text.rstrip(".").endswith("»")):
        return text.rstrip('."»').rstrip(), True
    return text, straight or opened != 0


def _needs_speaker(text: str, words: tuple[str, ...]) -> bool:
    if not _CITED.search(text):
        return verbs.speaks_of_us(words)
    if (cited := _CITED.match(text)) and len(cited.group().split()) > _LONG_CITATION:
        return True
    return verbs.speaks_of_us(clauses.tokens(_CITED.sub(" ", text)).words)
