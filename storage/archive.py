"""The archive's table, written: what was told, and the words it is found by (`archive_reading` looks)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, exists, false, func, insert, select, text, true, update

from bot.news.archive.entry import Entry, Indexed
from bot.news.model import Article
from storage.archive_reading import entry_of
from storage.archive_words import vector
from storage.articles import newest_of
from storage.columns import LIMIT, Moment
from storage.connection import Connection
from storage.schema import articles, posts
from storage.schema_archive import POSTGRES_WORDS, SQLITE_WORDS, archive

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
        await self._connection.execute(_ADD, [_row(id, *each) for id, each in numbered])
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
        has_words = (SQLITE_WORDS.c.rowid if self._is_sqlite else POSTGRES_WORDS.c.id) == archive.c.id
        known = select(archive).where(archive.c.article_id.in_(article_ids), exists().where(has_words))
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

    async def _read_anew(self, article_id: int, entry: Entry, found: Indexed) -> None:
        id = await self._connection.scalar(select(archive.c.id).where(archive.c.article_id == article_id))
        if id is None:
            await self.add([(entry, found)])
            return
        await self._connection.execute(
            update(archive).where(archive.c.id == id).values(**_row(id, entry, found))
        )
        await self._forget_words(id)
        await self._add_words([(id, found)])

    async def _forget_words(self, id: int) -> None:
        if self._is_sqlite:
            await self._connection.execute(delete(SQLITE_WORDS).where(SQLITE_WORDS.c.rowid == id))
        else:
            await self._connection.execute(delete(POSTGRES_WORDS).where(POSTGRES_WORDS.c.id == id))

    async def _add_words(self, found: Sequence[tuple[int, Indexed]]) -> None:
        if self._is_sqlite:
            rows = [{"rowid": id, "head": each.head, "body": each.body} for id, each in found]
            await self._connection.execute(insert(SQLITE_WORDS), rows)
            return
        vectors = [
            {"id": id, "head": each.head, "body": each.body, "places": vector(each.head, each.body)}
            for id, each in found
        ]
        await self._connection.execute(
            insert(POSTGRES_WORDS).values(found=text("CAST(:places AS tsvector)")), vectors
        )


def _row(id: int, entry: Entry, found: Indexed) -> dict[str, Any]:
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
    }
