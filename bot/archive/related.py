"""What was told before of the same matter: found by its words, and ranked. Off the event loop."""

from dataclasses import dataclass
from datetime import datetime
from math import exp

from bot.news.archive import ranking, subject
from bot.news.archive.entry import Entry, head_key, text_key
from bot.news.archive.query import Term
from bot.news.archive.subject import Text
from storage.archive_reading import ArchiveReading, Asked, Scope, Words

_ASKED = 48  # words of a story that the archive is asked about
_LOOKED_FOR = 22  # of them by which it is searched
_READ = 80  # candidates whose words are looked at
_MOST_OF_A_WORD = 400
_SHORTEST_TITLE = 12  # letters of a line that may be another story's headline
_LONGEST_TITLE = 200
_MOST_LINES = 400
_PAIR, _HEAD = 0.5, 2.0
"""What two neighbours of one text that are so in the other count, and a word of a headline."""
_USUAL_LENGTH = 110
"""Words: what is longer has to share more. A search is asked in few words, and is milder (`ranking`)."""
_NEAR, _FADES = 0.25, 20.0
"""What is new counts so much more, and how many days until that is a third."""
_SAME_SECTION = 0.1


@dataclass(frozen=True, kw_only=True)
class Told:
    """A story as it is compared with the archive's."""

    headline: str
    text: str
    url: str | None = None
    section: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Kin:
    """An entry that is akin: how much, by which words; `named` where the story has its headline as a line."""

    id: int
    score: float
    shared: tuple[str, ...] = ()
    named: bool = False


def found(reading: ArchiveReading, told: Told, scope: Scope, *, limit: int) -> list[Kin]:
    """The entries that are most akin, the best first; those that the story itself names before all."""
    named = _named(reading, told)
    text = subject.text_of(told.headline, told.text)
    akin = [each for each in candidates(reading, text, scope) if each.id not in named]
    entries = reading.entries([each.id for each in akin[: limit * 4]])
    itself = text_key(told.text), head_key(told.headline)
    others = [each for each in akin if each.id in entries and not _is_itself(entries[each.id], itself)]
    ranked = sorted(others, key=lambda each: each.score * _nearness(told, entries[each.id]), reverse=True)
    return [*(Kin(id=id, score=float("inf"), named=True) for id in named), *ranked][:limit]


def candidates(reading: ArchiveReading, text: Text, scope: Scope) -> list[Kin]:
    """Entries with the rare words of a story, by how much they are about what it is about."""
    asked_about = subject.worth_asking(text, _ASKED)
    size = reading.size()
    weights = subject.weighed(text, reading.frequencies(asked_about), size)
    best = sorted(weights, key=weights.__getitem__, reverse=True)[:_LOOKED_FOR]
    asked = [Asked(wanted=Term(word), worth=weights[word], most=_MOST_OF_A_WORD) for word in best]
    asked += [
        Asked(wanted=Term(word), worth=weights[word], head=True, most=_MOST_OF_A_WORD // 2) for word in best
    ]
    ids = [id for id, _ in reading.found(asked, scope, limit=_READ)]
    kin = [_kin(id, words, text, weights) for id, words in reading.words(ids).items()]
    return sorted(kin, key=lambda each: (each.score, each.id), reverse=True)


def _kin(id: int, words: Words, text: Text, weights: dict[str, float]) -> Kin:
    score = ranking.relevance(weights, words.head, words.body, of_head=_HEAD, usual=_USUAL_LENGTH)
    mine = subject.pairs(text.head) | subject.pairs(text.body)
    both = mine & (subject.pairs(words.head) | subject.pairs(words.body))
    score += _PAIR * sum(min(weights.get(one, 0), weights.get(other, 0)) for one, other in both)
    there = set(words.head) | set(words.body)
    shared = sorted(there & weights.keys(), key=weights.__getitem__, reverse=True)[:6]
    return Kin(id=id, score=score, shared=tuple(shared))


def _named(reading: ArchiveReading, told: Told) -> list[int]:
    """The entries whose headlines the text has as lines of their own."""
    keys: dict[str, None] = {}
    for line in told.text.split("\n")[:_MOST_LINES]:
        for title in (line, line.partition(":")[2], line.rpartition("(")[0]):
            if _SHORTEST_TITLE <= len(title) <= _LONGEST_TITLE and (key := head_key(title)):
                keys[key] = None
    itself = head_key(told.headline)
    return reading.headed([key for key in keys if key != itself])


def _is_itself(entry: Entry, itself: tuple[str | None, str | None]) -> bool:
    text, head = itself
    return (text is not None and text_key(entry.text) == text) or (
        head is not None and head_key(entry.headline) == head and not entry.text.strip()
    )


def _nearness(told: Told, entry: Entry) -> float:
    near = 1.0
    if told.at is not None:
        near += _NEAR * exp(-abs((told.at - entry.told_at).total_seconds()) / 86_400 / _FADES)
    if told.section and told.section == entry.section:
        near += _SAME_SECTION
    return near
