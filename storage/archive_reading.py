"""The archive, asked: by words, by page, by text. On a plain connection, for it is asked off the event loop.

No question reads more than so many rows of what it finds, the newest first: a word of every second story
costs no more than a rare one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, select, text
from sqlalchemy.sql.elements import TextClause

from bot.news.archive.entry import Entry
from bot.news.archive.query import Term, Wanted
from bot.news.model import ArticleState
from storage.archive_words import for_postgres, for_sqlite, unpacked
from storage.columns import Moment
from storage.schema_archive import archive

FREQUENT = 3_000
"""From so many stories on a word is simply frequent."""
_REACH: Final = 20_000
_OUT: Final = (ArticleState.PUBLISHED, ArticleState.CORRECTED)


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which of the archive is asked.

    Args:
        own: whose stories are seen besides what was brought in; None: everybody's.
        only_out: nobody's but what is out.
        without: a story of ours that is not meant.
    """

    own: int | None = None
    only_out: bool = False
    without: int | None = None
    people: tuple[str, ...] = ()  # letters
    reporters: tuple[int, ...] = ()  # of whose stories, besides those whose byline has the letters
    places: tuple[str, ...] = ()  # words of a channel's title
    channels: tuple[int, ...] = ()  # our channels that are meant by them
    since: datetime | None = None
    until: datetime | None = None


EVERYTHING: Final = Scope()


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question of several that are counted together: what finds it is worth so much."""

    wanted: Wanted
    worth: float
    head: bool = False  # in the headline only
    most: int = 1_000


@dataclass(frozen=True, kw_only=True)
class Words:
    """What an entry is found by."""

    head: list[str]
    body: list[str]


class ArchiveReading:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._is_sqlite = connection.dialect.name == "sqlite"
        self._tables = ("archive_index", "archive_words") if self._is_sqlite else ("archive_words",)

    def size(self) -> int:
        """How many entries there are, about."""
        return self._connection.scalar(text("SELECT max(id) FROM archive")) or 0

    def frequencies(self, words: Collection[str]) -> dict[str, int]:
        """In how many entries each word stands; `FREQUENT` for that many and more."""
        if not words:
            return {}
        listed = list(words)
        asked = " UNION ALL ".join(
            f"SELECT {at} AS place, {self._count(f'w{at}')} AS there" for at in range(len(listed))
        )
        given = {f"w{at}": self._said(Term(word)) for at, word in enumerate(listed)}
        rows = self._connection.execute(text(asked), given)
        return {listed[row.place]: min(row.there, FREQUENT) for row in rows}

    def _count(self, name: str) -> str:
        counts = [
            f"(SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {self._matches(table, name)}"
            f" LIMIT {FREQUENT}) AS few)"
            for table in self._tables
        ]
        return " + ".join(counts)

    def found(
        self, asked: Sequence[Asked], scope: Scope = EVERYTHING, *, limit: int
    ) -> list[tuple[int, float]]:
        """The ids of what answers one of the questions at least, with what it is worth; the best first."""
        if not asked:
            return []
        where, given = _where(scope)
        branches = []
        for at, each in enumerate(asked):
            given |= {f"q{at}": self._said(each.wanted, head=each.head), f"v{at}": each.worth}
            branches += [self._branch(table, at, where, each.most) for table in self._tables]
        statement = text(
            f"SELECT id, sum(worth) AS score FROM ({' UNION ALL '.join(branches)}) AS every"
            " GROUP BY id ORDER BY score DESC, id DESC LIMIT :most"
        )
        return [
            (row.id, row.score)
            for row in self._connection.execute(_moments(statement, given), given | {"most": limit})
        ]

    def newest(self, scope: Scope, *, limit: int) -> list[int]:
        """The ids of what was taken in last; no further back than a reach."""
        where, given = _where(scope)
        reach = f"a.id > (SELECT max(id) FROM archive) - {_REACH}"
        statement = text(
            f"SELECT a.id FROM archive AS a WHERE {reach} AND {where} ORDER BY a.id DESC LIMIT :most"
        )
        return list(self._connection.scalars(_moments(statement, given), given | {"most": limit}))

    def same(self, url_key: str | None, text_key: str | None, scope: Scope, *, limit: int) -> list[int]:
        """The ids of entries of the same page, or with the same text."""
        where, given = _where(scope)
        found: list[int] = []
        for column, value in (("url_key", url_key), ("text_key", text_key)):
            if value is not None:
                newest = f"a.{column} = :value AND {where} ORDER BY a.id DESC LIMIT :most"
                statement = text(f"SELECT a.id FROM archive AS a WHERE {newest}")
                wanted = given | {"value": value, "most": limit}
                found += self._connection.scalars(_moments(statement, given), wanted)
        return list(dict.fromkeys(found))

    def headed(self, keys: Collection[str]) -> list[int]:
        """The newest entry under each of these headlines."""
        if not keys:
            return []
        newest = (
            select(func.max(archive.c.id))
            .where(archive.c.head_key.in_(list(keys)))
            .group_by(archive.c.head_key)
        )
        by_key = newest.add_columns(archive.c.head_key)
        found = {key: id for id, key in self._connection.execute(by_key)}
        return [found[key] for key in dict.fromkeys(keys) if key in found]

    def words(self, ids: Collection[int]) -> dict[int, Words]:
        """What they are found by: the words of the headline, and of the text."""
        if not ids:
            return {}
        found: dict[int, Words] = {}
        if self._is_sqlite:
            rows = self._connection.execute(_STEMS, {"ids": list(ids)})
            found = {row.id: _words(*unpacked(row.stems)) for row in rows}
        unmoved = [id for id in ids if id not in found]
        if unmoved:
            rows = self._connection.execute(_WORDS[self._is_sqlite], {"ids": unmoved})
            found |= {row.id: _words(row.head, row.body) for row in rows}
        return found

    def entries(self, ids: Collection[int]) -> dict[int, Entry]:
        """Those of them that there are."""
        if not ids:
            return {}
        rows = self._connection.execute(select(archive).where(archive.c.id.in_(list(ids))))
        return {row.id: entry_of(row) for row in rows}

    def of_story(self, article_id: int) -> int | None:
        """The entry of one of our stories."""
        return self._connection.scalar(select(archive.c.id).where(archive.c.article_id == article_id))

    def _branch(self, table: str, at: int, where: str, most: int) -> str:
        key, newest = ("rowid", "w.rowid") if self._is_sqlite else ("id", "w.id + 0")  # + 0: not by it
        joined = "" if where == "1 = 1" else f" JOIN archive AS a ON a.id = w.{key}"
        matches = self._matches(table, f"q{at}")
        return (
            f"SELECT * FROM (SELECT w.{key} AS id, CAST(:v{at} AS REAL) AS worth"
            f" FROM {table} AS w{joined} WHERE {matches} AND {where}"
            f" ORDER BY {newest} DESC LIMIT {most}) AS {table}_{at}"
        )

    def _matches(self, table: str, name: str) -> str:
        return f"{table} MATCH :{name}" if self._is_sqlite else f"found @@ CAST(:{name} AS tsquery)"

    def _said(self, wanted: Wanted, *, head: bool = False) -> str:
        return for_sqlite(wanted, head=head) if self._is_sqlite else for_postgres(wanted, head=head)


_STEMS: Final = (
    select(archive.c.id, archive.c.stems)
    .where(archive.c.id.in_(bindparam("ids", expanding=True)))
    .where(archive.c.stems.is_not(None))
)
_WORDS: Final = {
    is_sqlite: text(f"SELECT {key} AS id, head, body FROM archive_words WHERE {key} IN :ids").bindparams(
        bindparam("ids", expanding=True)
    )
    for is_sqlite, key in ((True, "rowid"), (False, "id"))
}


def _words(head: str, body: str) -> Words:
    return Words(head=head.split(), body=body.split())


def _where(scope: Scope) -> tuple[str, dict[str, Any]]:
    """The condition on `a`, an entry, and what it is given."""
    where: list[str] = []
    given: dict[str, Any] = {}
    out = ", ".join(f"'{state}'" for state in _OUT)
    story = "SELECT 1 FROM articles AS s WHERE s.id = a.article_id AND"
    if scope.only_out:
        where.append(f"(a.article_id IS NULL OR EXISTS ({story} s.state IN ({out})))")
    elif scope.own is not None:
        where.append(f"(a.article_id IS NULL OR EXISTS ({story} s.reporter_id = :own))")
        given["own"] = scope.own
    if scope.without is not None:
        where.append("(a.article_id IS NULL OR a.article_id <> :without)")
        given["without"] = scope.without
    for name, sign, moment in (("since", ">=", scope.since), ("until", "<", scope.until)):
        if moment is not None:
            where.append(f"a.told_at {sign} :{name}")
            given[name] = moment
    for at, letters in enumerate(scope.people):
        ids = ", ".join(map(str, scope.reporters)) or "NULL"
        where.append(f"(a.people LIKE :person{at} OR EXISTS ({story} s.reporter_id IN ({ids})))")
        given[f"person{at}"] = f"%{letters}%"
    for at, place in enumerate(scope.places):
        ids = ", ".join(map(str, scope.channels)) or "NULL"
        posted = f"SELECT 1 FROM posts AS p WHERE p.article_id = a.article_id AND p.channel_id IN ({ids})"
        where.append(f"(a.place LIKE :place{at} OR EXISTS ({posted} AND p.state = 'sent'))")
        given[f"place{at}"] = f"%{place}%"
    return " AND ".join(where) or "1 = 1", given


def _moments(statement: TextClause, given: dict[str, Any]) -> TextClause:
    named = [name for name in ("since", "until") if name in given]
    return statement.bindparams(*(bindparam(name, type_=Moment) for name in named))


def entry_of(row: Any) -> Entry:
    """A row of the archive; for the storage's other files."""
    return Entry(
        id=row.id,
        article_id=row.article_id,
        key=row.key,
        headline=row.headline,
        text=row.text,
        told_at=row.told_at,
        url=row.url,
        section=row.section,
        place=row.place,
    )
