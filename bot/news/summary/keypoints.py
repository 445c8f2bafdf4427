"""The points an editor would put on top: sentences or clauses of the copy. Knows no layout.

A point is worth what its pairs of words are worth (`worth`), as far as neither the lede nor a point before
it has told them. Somebody's words have their speaker beside them (`speakers`), else they are no point; one
that leans on the sentence before it is worth less. The weightiest is chosen first, and so they are given,
until they hold as many words as one takes in at a glance.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise

import regex

from bot.news.grammar import sentences
from bot.news.grammar.leadins import Opening
from bot.news.model import KeyPoint
from bot.news.summary import readings, speakers, standing, worth
from bot.news.summary.speakers import Told
from bot.news.summary.standing import Voice
from bot.news.summary.worth import Pair

_SENTENCES = 60  # looked at: a story's weight is not behind them
_LEAST_WORDS = 4  # of a sentence that is more than a scrap
_LONG_QUOTATION = regex.compile(r"«\s*([^«»]{200,}+)»")
_FEWEST, _MOST = 3, 5
_GLANCE = 75  # words that the points hold together, about
_LEAST_LEFT = 6
_ASKED = ("?", "؟")
_INTERVIEW, _OFTEN = 3, 4  # questions; paragraphs for each of them
_LINE, _VERSES = 60, 4  # characters of a line of verse; such lines of a poem
_CLOSES = (".", "!", "؟", "?", "»", '"', ":", "…", ")")
_PARTICLE = 2  # letters
_THEY = frozenset(("وی", "او"))  # one person
_ANSWER = regex.compile(r"(?:بله|نه|خیر|آره|ابدا|ابداً)\s*[،,.!؛]")
_BREVITY = 0.4  # 0: the worth of a point as a whole counts, 1: the worth of each of its words
_REPEATS = 0.6  # of a point's words, by rarity, standing in the lede, or in another point
_REPEATS_WITH_FIGURE = 0.65  # if it says a number that they do not
_REPEATS_HEADLINE = 0.75  # more, since what goes on to say what the headline promises has its words
_REPEATS_CORE, _LEAST_CORE = 0.62, 5  # of what stands behind «گفت»; words of it
_SAYS = frozenset("گفت افزود نوشت".split())
_REPEATS_BOTH = 0.57  # in headline and lede together, if there is a lede


@dataclass(frozen=True, kw_only=True)
class _Story:
    worths: dict[Pair, float]
    known: frozenset[str]  # the words of headline and lede


@dataclass(frozen=True, kw_only=True)
class _Candidate:
    text: str
    speaker: str | None  # whose words it is, where the reading itself does not say it
    place: int  # its sentence
    standing: float  # how well it stands alone, 0 to 1
    words: Sequence[str]
    worths: dict[Pair, float]  # of its pairs, in their order

    @cached_property
    def span(self) -> float:
        """What its worth is divided by, so that short points have a chance."""
        return float(max(len(self.words), 1) ** _BREVITY)

    @cached_property
    def rarities(self) -> dict[str, float]:
        """How rare each of its words is."""
        return worth.rarities(self.words)

    @cached_property
    def rarity(self) -> float:
        """How rare its words are together."""
        return sum(self.rarities.values())

    @cached_property
    def figures(self) -> frozenset[str]:
        """Its words that begin with a digit."""
        return frozenset(word for word in self.rarities if word[0].isdigit())

    @cached_property
    def ceiling(self) -> float:
        """What it weighs where nothing is told yet: never more."""
        return self.standing * sum(self.worths.values()) / self.span


def extract(headline: str, lede: str, paragraphs: Iterable[str]) -> tuple[KeyPoint, ...]:
    """Up to five points of the body, the weightiest first; none where it says little beyond the lede.

    Of a long story only the first sentences are read
    (`_SENTENCES`), so that the time stays linear in its length.
    """
    read, answers = _paragraphs(paragraphs)
    told = speakers.told(headline, lede, read, answers)
    folded = [worth.fold(each.sentence) for each in told]
    titled, known = worth.fold(headline), worth.fold(lede)
    story = _Story(worths=worth.worths(titled, folded), known=frozenset((*titled, *known)))
    candidates = [
        each
        for place, (one, words) in enumerate(zip(told, folded, strict=True))
        for each in _candidates(one, words, place, story)
    ]
    chosen = _chosen(candidates, titled, known)
    return tuple(KeyPoint(text=each.text, label=each.speaker) for each in chosen)


def _paragraphs(paragraphs: Iterable[str]) -> tuple[list[list[str]], frozenset[int]]:
    """Their sentences, without what an interviewer asks; and which of them answer one who asks again."""
    found: list[list[str]] = []
    answers: list[int] = []
    questions = many = 0
    for paragraph, answer in pairwise((*_prose(tuple(paragraphs)), "")):
        if paragraph.rstrip().endswith(_ASKED) or _ANSWER.match(answer):
            questions += 1
            continue
        if questions:
            answers.append(len(found))
        pieces = [piece for each in sentences.split(paragraph) for piece in _pieces(each)]
        told = [piece for piece in pieces if len(piece.split()) >= _LEAST_WORDS][: _SENTENCES - many]
        found.append(told)
        many += len(told)
        if many >= _SENTENCES:
            break
    many_asked = questions >= _INTERVIEW and questions * _OFTEN >= len(found)
    return found, frozenset(answers if many_asked else ())


def _prose(paragraphs: Sequence[str]) -> Sequence[str]:
    """The paragraphs without lines of verse, where most are short and end with no mark."""
    verse = {
        place
        for place, text in enumerate(paragraphs)
        if len(text) <= _LINE and not text.rstrip().endswith(_CLOSES)
    }
    if len(verse) < _VERSES or len(verse) * 2 < len(paragraphs):
        return paragraphs
    return [text for place, text in enumerate(paragraphs) if place not in verse]


def _pieces(sentence: str) -> tuple[str, ...]:
    """The sentence, or those of a quotation that no point could hold, without its marks."""
    opened = _LONG_QUOTATION.sub(r"\1", sentence)
    return (sentence,) if opened == sentence else sentences.split(opened)


def _candidates(told: Told, folded: Sequence[str], place: int, story: _Story) -> list[_Candidate]:
    sentence = told.sentence
    found = readings.of(sentence, told.tokens)
    pairs = [(pair, story.worths[pair]) for pair in pairwise(folded)] if found else []
    # A reading has the words of its sentence without those that stand before and behind it.
    edges = {edge for each in found for edge in (each.start, each.end)}
    passed = worth.counted(sentence, edges) if edges else {}
    candidates = []
    for each in found:
        first, end = passed[each.start], passed[each.end]
        words = folded[first:end]
        spoken = (told.spoken or each.speakerless) and not _says_itself(each.text, told)
        text, meant = each.text, None
        if each.asks_who or (not spoken and each.opening is Opening.PRONOUN):
            text, meant = _resolved(text, told.speaker if each.asks_who else _meant(text, told, story))
        spoken = spoken and meant is None
        voice = Voice(spoken=spoken, by=told.speaker, meant=meant)
        candidates.append(
            _Candidate(
                text=_closed(text),
                speaker=told.speaker
                if spoken and not each.named and not _names(text, told.speaker)
                else None,
                place=place,
                standing=standing.of(each, words, story.known, voice),
                words=words,
                worths=dict(pairs[first : max(first, end - 1)]),
            )
        )
    return candidates


def _says_itself(text: str, told: Told) -> bool:
    """Whether who says it is named in the reading: what has lost its beginning may have lost the name."""
    return told.named and any(word in text for word in (told.speaker or "").split() if len(word) > _PARTICLE)


def _names(text: str, speaker: str | None) -> bool:
    """Whether the words before «… گفت:» have the whole name: «شاهین فرهت» in quotation marks too."""
    before, colon, _ = text.partition(": ")
    return bool(colon and speaker) and all(word in before for word in (speaker or "").split())


def _closed(text: str) -> str:
    """The text without a quotation mark that has lost its fellow in another sentence."""
    for opened, shut in (('"', '"'), ("«", "»")):
        if opened == shut and text.count(opened) == 1:
            text = text.replace(opened, "")
        elif (
            opened != shut
            and text.count(opened) != text.count(shut)
            and text.count(opened) + text.count(shut) == 1
        ):
            text = text.replace(opened, "").replace(shut, "")
    return text


def _meant(text: str, told: Told, story: _Story) -> str | None:
    """Whom «او» means: likely who spoke last, in what a speaker does, or where the top is about that person.

    «او متولد ۱۳۱۵ بود» is of whom the story is about, and a wrong name does harm.
    """
    if told.meant is None:
        return None
    family = worth.fold(told.meant.partition("،")[0])[-1:]
    sure = standing.HAS_SAID.search(text) or not story.known.isdisjoint(family)
    return told.meant if sure else None


def _resolved(text: str, meant: str | None) -> tuple[str, str | None]:
    """The text with the name of whom «وی» means at its head, and that name; as it is where there is none."""
    first, blank, rest = text.partition(" ")
    if meant is None or not blank or first not in _THEY:
        return text, None
    name = meant.partition("،")[0]
    return f"{name} {rest}", name


def _chosen(
    candidates: Sequence[_Candidate], headline: Sequence[str], known: Sequence[str]
) -> list[_Candidate]:
    """The weightiest, then whatever is weightiest with what is told already left out."""
    titled = frozenset(headline)
    left = [
        each
        for each in candidates
        if each.standing >= standing.LEAST
        and not _repeats(each, titled, _REPEATS_HEADLINE)
        and not (known and _repeats(each, titled.union(known), _REPEATS_BOTH))
        and not _says_again(each, titled.union(known))
    ]
    left.sort(key=lambda each: each.ceiling, reverse=True)
    told = [frozenset(known)]
    seen = set(pairwise(known))
    chosen: list[_Candidate] = []
    used = 0
    while len(chosen) < _MOST and (len(chosen) < _FEWEST or used < _GLANCE - _LEAST_LEFT):
        best = _heaviest(left, told, seen, max(_GLANCE - used, _LEAST_LEFT))
        if not best:
            break
        chosen.append(best)
        told.append(frozenset(best.words))
        seen.update(best.worths)
        used += len(best.words)
        left = [each for each in left if each.place != best.place]
    return chosen


def _heaviest(
    candidates: Iterable[_Candidate], told: Sequence[AbstractSet[str]], seen: AbstractSet[Pair], room: int
) -> _Candidate | None:
    """The first of the weightiest that repeats nothing told; `candidates` have the highest ceiling first."""
    best, weight = None, 0.0
    for each in candidates:
        if each.ceiling <= weight:
            break
        weighs = _weight(each, seen, room)
        if weighs > weight and not any(_repeats(each, known) for known in told):
            best, weight = each, weighs
    return best


def _repeats(candidate: _Candidate, known: AbstractSet[str], most: float = _REPEATS) -> bool:
    """Whether most of what it says is known."""
    rarities = candidate.rarities
    if most < _REPEATS_WITH_FIGURE and candidate.figures - known:
        most = _REPEATS_WITH_FIGURE
    return sum([rarities[word] for word in rarities.keys() & known]) > most * candidate.rarity


def _says_again(candidate: _Candidate, known: AbstractSet[str]) -> bool:
    """Whether what somebody is told to say is known: «… در گفت‌وگو با … گفت که …»."""
    said = next((at for at, word in enumerate(candidate.words) if word in _SAYS and at), None)
    core = candidate.words[said + 1 :] if said is not None else ()
    if len(core) < _LEAST_CORE:
        return False
    rarities = worth.rarities(core)
    return sum(rarities[word] for word in rarities.keys() & known) > _REPEATS_CORE * sum(rarities.values())


def _weight(candidate: _Candidate, seen: AbstractSet[Pair], room: int) -> float:
    new = sum(value for pair, value in islice(candidate.worths.items(), room) if pair not in seen)
    return candidate.standing * new / candidate.span
