"""What was told already: the same page, text, a near copy, or the same event in other words. Off the loop."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.archive.related import Told, candidates
from bot.news.archive import likeness, subject
from bot.news.archive.entry import Entry, text_key, url_key
from bot.news.archive.query import Phrase
from bot.news.archive.subject import Text
from bot.news.archive.words import UNKNOWN, press
from storage.archive_reading import ArchiveReading, Asked, Scope

_LOOKED_AT = 12
"""Of what is most akin, so many are compared word by word."""
_MOST_RUNS = 10
_WITHIN = timedelta(days=4)
"""An event that is told again later is news of its own."""
MOST = 20


class Why(StrEnum):
    PAGE = "page"
    TEXT = "text"
    COPY = "copy"
    EVENT = "event"


@dataclass(frozen=True, kw_only=True)
class Twin:
    """An entry that tells the same."""

    id: int
    why: Why


def found(reading: ArchiveReading, told: Told, scope: Scope) -> list[Twin]:
    """The entries that tell the same, the surest first."""
    url, text = url_key(told.url), text_key(told.text)
    same = reading.same(url, text, scope, limit=MOST)
    read = subject.text_of(told.headline, told.text)
    near = [each.id for each in candidates(reading, read, scope)[:_LOOKED_AT]]
    near += [id for id, _ in reading.found(_runs(read), scope, limit=_LOOKED_AT)]
    entries = reading.entries(list(dict.fromkeys((*same, *near))))
    others = [
        each for each in entries.values() if each.article_id is None or each.article_id != scope.without
    ]
    twins = [twin for each in others if (twin := _twin(told, each, url, text)) is not None]
    order = list(Why)
    return sorted(twins, key=lambda each: (order.index(each.why), -each.id))[:MOST]


def _runs(read: Text) -> list[Asked]:
    """Rows of three words from all over the text: a copy has most of them, however usual its words are.

    A word is looked for in the newest few hundred stories alone, and an old one may have no rare words.
    """
    rare, body = press(), read.body
    step = max(3, len(body) // _MOST_RUNS)
    asked = []
    for start in range(0, len(body) - 2, step):
        rows = [body[at : at + 3] for at in range(start, min(start + step, len(body) - 2))]
        best = max(rows, key=lambda row: sum(rare.get(word, UNKNOWN) for word in row))
        asked.append(Asked(wanted=Phrase(tuple(best)), worth=1.0, most=_LOOKED_AT))
    return asked[:_MOST_RUNS]


def _twin(told: Told, entry: Entry, url: str | None, text: str | None) -> Twin | None:
    if url is not None and url_key(entry.url) == url:
        return Twin(id=entry.id, why=Why.PAGE)
    if text is not None and text_key(entry.text) == text:
        return Twin(id=entry.id, why=Why.TEXT)
    mine, other = (told.headline, told.text), (entry.headline, entry.text)
    if likeness.is_copy(mine, other):
        return Twin(id=entry.id, why=Why.COPY)
    apart = told.at is not None and abs(told.at - entry.told_at) > _WITHIN
    if not apart and likeness.is_same_event(mine, other):
        return Twin(id=entry.id, why=Why.EVENT)
    return None
