"""The archive searched: what has all that was typed, by how much it is about it. Off the event loop."""

from bot.news.archive import ranking
from bot.news.archive.query import All, Phrase, Query, Term, Wanted, any_of, loosely, wanted
from bot.news.archive.words import letters, stemmed
from storage.archive_reading import ArchiveReading, Asked, Scope

MOST = 100
"""Entries that a search finds."""
_READ = 200  # candidates whose words are looked at
_HEAD = 4.0
_IN_A_ROW = 0.6
"""What the typed words in a row are worth beside the words themselves."""


def found(reading: ArchiveReading, query: Query, scope: Scope, *, limit: int = MOST) -> list[int]:
    """The ids of the entries that answer it, the best first; of one without words the newest.

    Where nothing has all of the words: those with words that begin so, then those with most of them.
    """
    if query.is_empty:
        return []
    whole = wanted(query)
    if whole is None:
        if query.said or query.exact:  # words that every text has
            return []
        entries = reading.entries(reading.newest(scope, limit=limit))
        return sorted(entries, key=lambda id: (entries[id].told_at, id), reverse=True)
    for way in (whole, loosely(query) if not query.without else None):
        answers = _ranked(reading, query, way, scope)[:limit] if way is not None else []
        if answers:
            return answers
    return [] if query.exact else _with_most(reading, query, scope)[:limit]


def _ranked(reading: ArchiveReading, query: Query, way: Wanted, scope: Scope) -> list[int]:
    row = Phrase(query.terms)
    asked = [Asked(wanted=way, worth=1.0, most=1_500), Asked(wanted=way, worth=3.0, head=True, most=400)]
    if len(query.terms) > 1:
        both: Wanted = All((way, row))
        asked += [
            Asked(wanted=both, worth=2.0, most=300),
            Asked(wanted=row, worth=2.0, head=True, most=200),
        ]
        asked = asked if not query.without else asked[:3]
    ids = [id for id, _ in reading.found(asked, scope, limit=_READ)]
    return _exact(reading, query, _by_relevance(reading, query, ids))


def _exact(reading: ArchiveReading, query: Query, ids: list[int]) -> list[int]:
    """Those in which what stood in quotes stands letter for letter."""
    exact = query.verified
    if not exact:
        return ids
    entries = reading.entries(ids[:MOST])
    plain = {id: letters(f"{entry.headline} {entry.text}") for id, entry in entries.items()}
    return [id for id in ids if id in plain and all(each in plain[id] for each in exact)]


def _by_relevance(reading: ArchiveReading, query: Query, ids: list[int]) -> list[int]:
    weights = ranking.weights(query.terms, reading.frequencies(query.terms), reading.size())
    row = stemmed(" ".join((*query.said, *query.exact)), parts=False)
    read = reading.words(ids)

    def worth(id: int) -> tuple[float, int]:
        head, body = read[id].head, read[id].body
        score = ranking.relevance(weights, head, body, of_head=_HEAD)
        near = 1.0 if ranking.in_a_row(row, head) else 0.5 if ranking.in_a_row(row, body) else 0.0
        return score + near * _IN_A_ROW * sum(weights.values()), id

    return sorted(read, key=worth, reverse=True)


def _with_most(reading: ArchiveReading, query: Query, scope: Scope) -> list[int]:
    """Entries with most of the words, by how rare those are."""
    any_at_all = any_of(query)
    if any_at_all is None or query.without:
        return []
    weights = ranking.weights(query.terms, reading.frequencies(query.terms), reading.size())
    asked = [Asked(wanted=Term(word), worth=weights[word], most=500) for word in query.terms]
    asked += [Asked(wanted=Term(word), worth=weights[word], head=True, most=200) for word in query.terms]
    ids = [id for id, _ in reading.found(asked, scope, limit=_READ)]
    return _by_relevance(reading, query, ids)
