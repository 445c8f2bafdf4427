"""What was told already: the same page, text, a near copy, or the same event in other words. Off the loop."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.archive.related import Told, candidates
from bot.news.archive import likeness, subject
from bot.news.archive.entry import Entry, text_key, url_key
from storage.archive_reading import ArchiveReading, Scope

_LOOKED_AT = 12
"""Of what is most akin, so many are compared word by word."""
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
    entries = reading.entries(list(dict.fromkeys((*same, *near))))
    others = [
        each for each in entries.values() if each.article_id is None or each.article_id != scope.without
    ]
    twins = [twin for each in others if (twin := _twin(told, each, url, text)) is not None]
    order = list(Why)
    return sorted(twins, key=lambda each: (order.index(each.why), -each.id))[:MOST]


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
