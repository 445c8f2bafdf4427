"""The archive's table, written: what was told, and the words it is found by (`archive_reading` looks)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, exists, false, func, insert, or_, select, text, true, update

from bot.news.archive.entry import Entry, Indexed
from bot.news.model import Article
from storage.archive_reading import entry_of
from storage.archive_words import packed, unpacked, vector
from storage.articles import newest_of
from storage.columns import LIMIT, Moment
from storage.connection import Connection
from storage.schema import articles, posts
from storage.schema_archive import POSTGRES_WORDS, SQLITE_INDEX, SQLITE_WORDS, archive

_UNREAD: Final = (
    select(
        articles.c.id,
        articles.c.created_at,
        select(func.min(posts.c.sent_at, type_=Moment))
        .where(posts.c.article_id == articles.c.id)
        .scalar_subquery()
        .label("sent_at"),
    )
    .where(articles.c.indexed == false())
    .order_by(articles.c.id.desc())
    .limit(LIMIT)
)
_ADD: Final = insert(archive)
_FIND: Final = insert(SQLITE_INDEX).values(
    rowid=bindparam("rowid"), head=bindparam("head"), body=bindparam("body")
)
_FORGET: Final = _FIND.values(archive_index="delete")
"""FTS5's own command (https://sqlite.org/fts5.html#the_delete_command): what was put in has to be said."""
_CLEAR: Final = text("INSERT INTO archive_words (archive_words) VALUES ('rebuild')")
_UNMOVED: Final = select(SQLITE_WORDS).order_by(SQLITE_WORDS.c.rowid.desc()).limit(LIMIT)
_DONE: Final = (
    update(articles)
    .where(
        articles.c.id == bindparam("which"),
        articles.c.version == bindparam("at_version"),
        articles.c.state == bindparam("in_state"),
    )
    .values(indexed=true())
)


@dataclass(frozen=True, kw_only=True)
class Unread:
    """A story of ours that is to be taken in, when it was first told, or begun, and what is known of it."""

    article: Article
    told_at: datetime
    kept: Entry | None


class Archive:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._is_sqlite = connection.dialect.name == "sqlite"

    async def add(self, found: Sequence[tuple[Entry, Indexed]]) -> None:
        """Take in what was brought: entries whose keys the archive does not have (`known`)."""
        if not found:
            return
        first = (
            await self._connection.scalar(
                select(archive.c.id).where(archive.c.id > 0).order_by(archive.c.id.desc()).limit(1)
            )
            or 0
        ) + 1
        numbered = list(enumerate(found, first))
        await self._connection.execute(_ADD, [self._row(id, *each) for id, each in numbered])
        await self._add_words([(id, each[1]) for id, each in numbered])

    async def known(self, keys: Collection[str]) -> frozenset[str]:
        """Which of these keys it has."""
        found = await self._connection.scalars(select(archive.c.key).where(archive.c.key.in_(keys)))
        return frozenset(filter(None, found))

    async def unread(self, limit: int) -> tuple[Unread, ...]:
        """Stories that have changed since they were taken in, or never were; the latest first."""
        rows = (await self._connection.execute(_UNREAD, {"limit": limit})).all()
        if not rows:
            return ()
        told = {row.id: row.sent_at or row.created_at for row in rows}
        found = await newest_of(self._connection, list(told))
        kept = await self._kept(told)
        return tuple(
            Unread(article=article, told_at=told[article.id], kept=kept.get(article.id)) for article in found
        )

    async def _kept(self, article_ids: Collection[int]) -> dict[int | None, Entry]:
        """What is known of these stories and found by words."""
        in_words = (SQLITE_WORDS.c.rowid if self._is_sqlite else POSTGRES_WORDS.c.id) == archive.c.id
        has_words = or_(archive.c.stems.is_not(None), exists().where(in_words))
        known = select(archive).where(archive.c.article_id.in_(article_ids), has_words)
        rows = await self._connection.execute(known)
        return {row.article_id: replace(entry_of(row), byline=row.people) for row in rows}

    async def keep(self, unread: Unread, entry: Entry, found: Indexed | None) -> None:
        """Have one of our stories as it was read; unless it has changed since, the archive knows it now.

        `found` is None where it is found as what is kept of it: only its state has changed, or its time.
        """
        article = unread.article
        if found is not None:
            await self._read_anew(article.id, entry, found)
        elif unread.kept is not None and unread.kept.told_at != entry.told_at:
            told_at = update(archive).where(archive.c.id == unread.kept.id).values(told_at=entry.told_at)
            await self._connection.execute(told_at)
        await self._connection.execute(
            _DONE, {"which": article.id, "at_version": article.version, "in_state": article.state}
        )

    async def repack(self, limit: int) -> bool:
        """Move the words of a few entries out of SQLite's table of before; whether there may be more."""
        if not self._is_sqlite:
            return False
        found = (await self._connection.execute(_UNMOVED, {"limit": limit + 1})).all()
        for row in found[:limit]:
            await self._connection.execute(
                update(archive).where(archive.c.id == row.rowid).values(stems=packed(row.head, row.body))
            )
            await self._forget_words(row.rowid, None)
            await self._connection.execute(_FIND, [{"rowid": row.rowid, "head": row.head, "body": row.body}])
        if 0 < len(found) <= limit:  # what is left of an index of nothing
            await self._connection.execute(_CLEAR)
        return len(found) > limit

    async def _read_anew(self, article_id: int, entry: Entry, found: Indexed) -> None:
        known = await self._connection.execute(
            select(archive.c.id, archive.c.stems).where(archive.c.article_id == article_id)
        )
        row = known.one_or_none()
        if row is None:
            await self.add([(entry, found)])
            return
        await self._connection.execute(
            update(archive).where(archive.c.id == row.id).values(**self._row(row.id, entry, found))
        )
        await self._forget_words(row.id, row.stems)
        await self._add_words([(row.id, found)])

    async def _forget_words(self, id: int, stems: bytes | None) -> None:
        """SQLite's index has to be told which words it shall forget: it does not keep them."""
        if not self._is_sqlite:
            await self._connection.execute(delete(POSTGRES_WORDS).where(POSTGRES_WORDS.c.id == id))
        elif stems is None:
            await self._connection.execute(delete(SQLITE_WORDS).where(SQLITE_WORDS.c.rowid == id))
        else:
            head, body = unpacked(stems)
            await self._connection.execute(_FORGET, {"rowid": id, "head": head, "body": body})

    async def _add_words(self, found: Sequence[tuple[int, Indexed]]) -> None:
        if self._is_sqlite:
            rows = [{"rowid": id, "head": each.head, "body": each.body} for id, each in found]
            await self._connection.execute(_FIND, rows)
            return
        vectors = [
            {"id": id, "head": each.head, "body": each.body, "places": vector(each.head, each.body)}
            for id, each in found
        ]
        await self._connection.execute(
            insert(POSTGRES_WORDS).values(found=text("CAST(:places AS tsvector)")), vectors
        )

    def _row(self, id: int, entry: Entry, found: Indexed) -> dict[str, Any]:
        return {
            "id": id,
            "article_id": entry.article_id,
            "key": entry.key,
            "headline": entry.headline,
            "text": entry.text,
            "told_at": entry.told_at,
            "url": entry.url,
            "section": entry.section,
            "people": found.people,
            "place": entry.place,
            "url_key": found.url_key,
            "text_key": found.text_key,
            "head_key": found.head_key,
            "stems": packed(found.head, found.body) if self._is_sqlite else None,
        }
