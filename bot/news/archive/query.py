"""What somebody types to search the archive, read: words, phrases, what must not be there, who, where, when.

Knows no database: `storage.archive_query` says it in a database's own words.
"""

from dataclasses import dataclass, field, replace
from itertools import pairwise

import regex

from bot.news.archive.words import letters, stemmed, stems
from bot.news.summary import worth

MOST_WORDS = 16
"""Words of what is typed that are looked for."""
_LONGEST = 400  # characters
_MOST_JOINTS = 4  # spaces of a phrase that may be half-spaces in the text


@dataclass(frozen=True)
class Term:
    """A word as `words` has it; with `begins`, all words that begin so."""

    word: str
    begins: bool = False


@dataclass(frozen=True)
class Phrase:
    words: tuple[str, ...]


@dataclass(frozen=True)
class All:
    of: tuple["Wanted", ...]


@dataclass(frozen=True)
class Any:
    of: tuple["Wanted", ...]


@dataclass(frozen=True)
class Without:
    wanted: "Wanted"
    unwanted: tuple["Wanted", ...]


type Wanted = Term | Phrase | All | Any | Without


@dataclass(frozen=True, kw_only=True)
class Query:
    """What was typed.

    `said` are the words as they were typed, `exact` what stood in quotes, `without` what must not be there.
    """

    said: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    terms: tuple[str, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        return not (self.said or self.exact or self.people or self.places or self.days)

    @property
    def verified(self) -> tuple[str, ...]:
        """Letters that a text must have in a row, for its quotes; a database knows stems only."""
        return tuple(filter(None, map(letters, self.exact)))


_QUOTED = r'"[^"]*"?|«[^»]*»?|“[^”]*”?'
_PART = regex.compile(rf"(?P<not>[-−–](?=\S))?(?:(?P<key>[^\s:\"«“]{{1,12}}):(?=\S))?(?P<what>{_QUOTED}|\S+)")
_KEYS = {
    "people": {"from", "by", "از", "نویسنده", "خبرنگار"},
    "places": {"in", "در", "کانال"},
    "days": {"day", "days", "on", "روز", "تاریخ"},
}


def read(typed: str) -> Query:
    """What was typed, whatever it is: what is no operator is a word."""
    found: dict[str, list[str]] = {name: [] for name in ("said", "exact", "without", *_KEYS)}
    for part in _PART.finditer(typed[:_LONGEST]):
        _take(found, part)
    query = Query(**{name: tuple(values[:MOST_WORDS]) for name, values in found.items()})
    terms = dict.fromkeys(stemmed(" ".join(_tied(query.said))) + stemmed(" ".join(query.exact)))
    return replace(query, terms=tuple(terms))


def _take(found: dict[str, list[str]], part: "regex.Match[str]") -> None:
    what = part["what"]
    quoted = what[0] in '"«“'
    bare = what.strip('"«»“”').strip() if quoted else what
    name = next((name for name, keys in _KEYS.items() if (part["key"] or "").casefold() in keys), None)
    if name is None and part["key"]:  # «ساعت:۱۸» is text
        bare = f"{part['key']} {bare}"
    if not bare or not (letters(bare) or name):
        return
    if name is not None and not part["not"]:
        found[name].append(bare.lstrip("@"))
    elif part["not"]:
        found["without"].append(bare)
    else:
        found["exact" if quoted else "said"].append(bare)


def wanted(query: Query) -> Wanted | None:
    """What a text must have; None where only who, where and when is asked."""
    must = [each for each in (_said(query.said), *map(_phrase, query.exact)) if each is not None]
    if not must:
        return None
    whole = _all(must)
    unwanted = tuple(each for each in map(_phrase, query.without) if each is not None)
    return Without(whole, unwanted) if unwanted else whole


def any_of(query: Query) -> Wanted | None:
    """The same with one of its words at least: for where nothing has all of them."""
    if not query.terms:
        return None
    one: Wanted = Any(tuple(map(Term, query.terms)))
    unwanted = tuple(each for each in map(_phrase, query.without) if each is not None)
    return Without(one, unwanted) if unwanted else one


def loosely(query: Query) -> Wanted | None:
    """Every word also as the beginning of one, and as two that were written together."""
    each = [_loose(word) for word in query.terms]
    return _all(each) if each else None


def _loose(word: str) -> Wanted:
    if len(word) < 3:
        return Term(word)
    halves = (
        Phrase((one, other))
        for at in range(2, len(word) - 1)
        for one, other in zip(stems(word[:at])[:1], stems(word[at:])[:1], strict=False)
        if len(one) > 1 and len(other) > 1
    )
    return Any((Term(word, begins=True), *halves))


def _said(said: tuple[str, ...]) -> Wanted | None:
    """All of the words; two neighbours may be one word in the text."""
    apart = [each for each in map(_word, _tied(said)) if each is not None]
    if not apart:
        return None
    ways: list[Wanted] = [_all(apart)]
    raw = _tied(said)
    for at, pair in enumerate(pairwise(raw)):
        joined = stemmed("\u200c".join(pair))[:1]
        rest = [each for each in map(_word, (*raw[:at], *raw[at + 2 :])) if each is not None]
        if joined and joined[0] not in {word for each in pair for word in stemmed(each)}:
            ways.append(_all([Term(joined[0]), *rest]))
    return Any(tuple(dict.fromkeys(ways))) if len(ways) > 1 else ways[0]


def _tied(said: tuple[str, ...]) -> list[str]:
    """The words as typed, a loose ending or beginning tied to what it belongs to."""
    tied: list[str] = []
    for word in " ".join(said).split():
        if tied and not stemmed(f"x {word}")[1:]:
            tied[-1] = f"{tied[-1]} {word}"  # «ها»; of itself it is nothing
        elif tied and tied[-1] in {"می", "نمی"}:
            tied[-1] = f"{tied[-1]} {word}"
        else:
            tied.append(word)
    return tied


def _word(said: str) -> Wanted | None:
    """One word as typed: a compound may stand apart in the text."""
    found = stemmed(said)
    if not found:
        return None
    if len(found) == 1:
        return _whole_or_halves(found[0])
    halves = stemmed(said.replace("\u200c", " "))
    return (
        Any((Term(found[0]), _all(list(map(Term, halves)))))
        if "\u200c" in said
        else _all(list(map(Term, found)))
    )


def _whole_or_halves(word: str) -> Wanted:
    """The word; also as two that the press knows: «کتابخانه» is «کتاب خانه» somewhere."""
    known = worth.model().words
    halves = tuple(
        Phrase((one, other))
        for at in range(3, len(word) - 2)
        if (one := word[:at]) in known and (other := word[at:]) in known
    )
    return Any((Term(word), *halves)) if halves else Term(word)


def _phrase(exact: str) -> Wanted | None:
    """Its words in a row, whichever of its spaces are half-spaces or none in the text."""
    raw = exact.replace("\u200c", " ").split()
    joints = min(len(raw) - 1, _MOST_JOINTS)
    ways: dict[tuple[str, ...], None] = {}
    for choice in range(2 ** max(joints, 0)):
        said = raw[0] if raw else ""
        for at, word in enumerate(raw[1:]):
            said += ("\u200c" if at < joints and choice >> at & 1 else " ") + word
        row = tuple(stemmed(said, parts=False))
        if row:
            ways[row] = None
    rows: list[Wanted] = [Term(row[0]) if len(row) == 1 else Phrase(row) for row in ways]
    if not rows:
        return None
    return rows[0] if len(rows) == 1 else Any(tuple(rows))


def _all(of: list[Wanted]) -> Wanted:
    return of[0] if len(of) == 1 else All(tuple(of))
