"""What is looked for in the archive, in a database's own words: FTS5's or `tsquery`'s. Knows no table.

All words are stems of letters and digits (`bot.news.archive.words`), so nothing in them can be an operator.
"""

import zlib

from bot.news.archive.query import All, Any, Phrase, Term, Wanted, Without

_GAP = 10
"""Places between the headline's last word and the body's first: no phrase goes across."""
_LAST_PLACE = 16_383  # of a word in a tsvector
_MOST_PLACES = 255  # of one word there


def packed(head: str, body: str) -> bytes:
    """The words of a headline and of a text, in less than half of their letters."""
    return zlib.compress(f"{head}\n{body}".encode(), _LEVEL)


def unpacked(stems: bytes) -> tuple[str, str]:
    head, _, body = zlib.decompress(stems).decode().partition("\n")
    return head, body


_LEVEL = 6
"""zlib's own middle."""


def for_sqlite(wanted: Wanted, *, head: bool = False) -> str:
    """As FTS5's MATCH takes it; `head`: in the headline only."""
    if head and isinstance(wanted, Without):  # what must not be there must not be in the text either
        return f"(head : {_fts(wanted.wanted)}) NOT ({' OR '.join(map(_fts, wanted.unwanted))})"
    return f"head : ({_fts(wanted)})" if head else _fts(wanted)


def for_postgres(wanted: Wanted, *, head: bool = False) -> str:
    """The same as a `tsquery`; the headline's words have the weight A."""
    return _tsquery(wanted, "A" if head else "")


def vector(head: str, body: str) -> str:
    """A `tsvector` of both, each word with its places: PostgreSQL's own parser would take ours apart."""
    places: dict[str, list[str]] = {}
    at = 0
    for text, weight in ((head, "A"), (body, "")):
        for word in text.split():
            at = min(at + 1, _LAST_PLACE)
            known = places.setdefault(word, [])
            if len(known) < _MOST_PLACES:
                known.append(f"{at}{weight}")
        at = min(at + _GAP, _LAST_PLACE)
    return " ".join(f"'{word}':{','.join(known)}" for word, known in places.items())


def _fts(wanted: Wanted) -> str:
    match wanted:
        case Term(word, begins):
            return f'"{word}" *' if begins else f'"{word}"'
        case Phrase(words):
            return f'"{" ".join(words)}"'
        case All(of):
            return "(" + " AND ".join(map(_fts, of)) + ")"
        case Any(of):
            return "(" + " OR ".join(map(_fts, of)) + ")"
        case Without(some, unwanted):
            return f"({_fts(some)} NOT ({' OR '.join(map(_fts, unwanted))}))"


def _tsquery(wanted: Wanted, weight: str) -> str:
    match wanted:
        case Term(word, begins):
            return f"'{word}'" + (f":{weight}{'*' if begins else ''}" if weight or begins else "")
        case Phrase(words):
            return "(" + " <-> ".join(_tsquery(Term(word), weight) for word in words) + ")"
        case All(of):
            return "(" + " & ".join(_tsquery(each, weight) for each in of) + ")"
        case Any(of):
            return "(" + " | ".join(_tsquery(each, weight) for each in of) + ")"
        case Without(some, unwanted):
            nots = " | ".join(_tsquery(each, "") for each in unwanted)
            return f"({_tsquery(some, weight)} & !({nots}))"
