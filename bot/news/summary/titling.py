"""A short headline for copy that has none: a whole clause of its first sentences. A person decides on it.

Nothing is added and nothing left out from the middle; of the lede's first sentence it is never a part that
ends where the sentence goes on to say what was meant.
"""

import re
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from bot.news.grammar import leadins, sentences
from bot.news.grammar.leadins import Opening
from bot.news.summary import readings, worth
from bot.news.summary.readings import Reading
from bot.news.summary.worth import Pair

LONGEST = 90
"""Characters: two lines on a telephone."""
_READ = 4000  # characters of the text that are looked at
_SENTENCES = 12
_FEWEST = 12  # characters: less tells nothing
_BREVITY = 0.4  # as with key points
_JOINT = re.compile(
    r"[،,؛;:–—(]|\s(?=(?:که|تا|و|اما|ولی|زیرا|چون|پس از"
    r"|after|as|while|when|which|who|and|but|because|following)\s)"
)
_LOOSE_ENDS = " \t\n\u00a0،,؛;:–—-*«(.\u200c"
_UNFINISHED = re.compile(
    r"\s(?:و|که|با|از|به|در|تا|را|یا|برای|این|آن|هر|یک|بر|of|the|a|an|to|in|on|for|with|by|at|from|and|or|that)$"
)


def proposed(text: str) -> str:
    """A headline of at most `LONGEST` characters, without a full stop; "" where the text has no word."""
    told = [each.strip() for each in sentences.split(text[:_READ])][:_SENTENCES]
    found = list(_clauses(told))
    worths = worth.worths((), [worth.fold(each) for each in told]) if len(found) > 1 else {}
    return max(found, key=partial(_weight, worths), default="") or _phrase(next(filter(_has_word, told), ""))


def _has_word(sentence: str) -> bool:
    return any(map(str.isalnum, sentence))


def _weight(worths: dict[Pair, float], clause: str) -> float:
    """What a clause would be worth in a lede; the first of equal ones is taken."""
    words = worth.fold(clause)
    pairs = dict.fromkeys(pairwise(words))
    brevity: float = max(len(words), 1) ** _BREVITY
    return sum(worths.get(pair, 0.0) for pair in pairs) / brevity


def _clauses(told: list[str]) -> Iterator[str]:
    """Whole clauses that stand alone, in their order; of one sentence the longest."""
    for sentence in told:
        whole = bare(sentence[leadins.skip(sentence) :])
        ends = not sentence.endswith((":", "؟", "?")) and _finished(whole) == whole
        if ends and _FEWEST <= len(whole) <= LONGEST:
            yield whole
            continue
        found = [bare(each.text) for each in readings.of(sentence) if _stands_alone(each)]
        fitting = [each for each in found if _FEWEST <= len(each) <= LONGEST]
        if fitting:
            yield max(fitting, key=len)


def _stands_alone(reading: Reading) -> bool:
    leans = reading.opening in {Opening.PRONOUN, Opening.POINTS_BACK}
    return reading.whole and not (reading.fragment or reading.speakerless or leans)


def bare(sentence: str) -> str:
    """A sentence without the full stop at its end."""
    text = " ".join(sentence.split())
    return text[:-1].rstrip() if text.endswith(".") and not text.endswith("..") else text


def _phrase(sentence: str) -> str:
    """Where no clause is short enough: up to a joint of the sentence, else so many whole words."""
    text = bare(sentence)
    if len(text) <= LONGEST:
        return _finished(text) or text
    joints = [at for each in _JOINT.finditer(text, _FEWEST, LONGEST) if (at := each.start()) > LONGEST // 3]
    kept = text[: joints[-1]] if joints else text[: LONGEST - 1].rpartition(" ")[0] or text[: LONGEST - 1]
    return (_finished(kept) or kept) + ("" if joints else "…")


def _finished(text: str) -> str:
    """Without the words at its end that something has to follow."""
    kept = text.rstrip(_LOOSE_ENDS)
    while (shorter := _UNFINISHED.sub("", kept).rstrip(_LOOSE_ENDS)) != kept:
        kept = shorter
    return kept
