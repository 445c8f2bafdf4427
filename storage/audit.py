"""The table of who did what and when. Knows no verbs: they are the desk's."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, bindparam, delete, func, insert, select

from bot.news.talk import AuditEntry, Sought
from storage.columns import Moment
from storage.connection import Connection
from storage.schema_review import comments
from storage.schema_talk import audit

_LOG: Final = insert(audit).returning(audit.c.id)
_NEVER: Final = 2**62
"""An id that no entry will have."""
_FIRST_AT: Final = (
    select(audit.c.id)
    .where(audit.c.at >= bindparam("moment", type_=Moment))
    .order_by(audit.c.at, audit.c.id)
    .limit(1)
)
_OF_ARTICLE: Final = select(audit).where(audit.c.article_id == bindparam("article_id")).order_by(audit.c.id)

_WITH_SAID: Final = _OF_ARTICLE.add_columns(
    select(func.count())
    .select_from(comments)
    .where(comments.c.article_id == bindparam("article_id"))
    .scalar_subquery()
    .label("said")
)


class Audit:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def log(
        self,
        *,
        at: datetime,
        person_id: int,
        verb: str,
        article_id: int | None = None,
        channel_id: int | None = None,
        post_id: int | None = None,
        detail: dict[str, Any] | None = None,
    ) -> int:
        """Returns the entry's id."""
        logged = await self._connection.execute(
            _LOG,
            {
                "at": at,
                "person_id": person_id,
                "verb": verb,
                "article_id": article_id,
                "channel_id": channel_id,
                "post_id": post_id,
                "detail": detail,
            },
        )
        id: int = logged.scalar_one()
        return id

    async def page(
        self, sought: Sought, *, limit: int, before: int | None = None, after: int | None = None
    ) -> tuple[AuditEntry, ...]:
        """So many entries, the newest first: those before the entry `before`, or the next ones after `after`.

        Days are found where they begin in the record: its ids rise with time.
        """
        where = await self._where(sought)
        if where is None:
            return ()
        where.append(audit.c.id < (before or _NEVER) if after is None else audit.c.id > after)
        order = audit.c.id.desc() if after is None else audit.c.id
        rows = await self._connection.execute(select(audit).where(*where).order_by(order).limit(limit))
        found = tuple(AuditEntry(**row) for row in rows.mappings())
        return found if after is None else found[::-1]

    async def _where(self, sought: Sought) -> list[ColumnElement[bool]] | None:
        """What is asked of an entry; None: there is none of these days."""
        asked = (
            (audit.c.person_id, sought.person_id),
            (audit.c.article_id, sought.article_id),
            (audit.c.channel_id, sought.channel_id),
        )
        where = [column == value for column, value in asked if value is not None]
        if sought.since is not None:
            if (first := await self._first_at(sought.since)) is None:
                return None
            where.append(audit.c.id >= first)
        if sought.until is not None and (end := await self._first_at(sought.until)) is not None:
            where.append(audit.c.id < end)
        return where

    async def _first_at(self, moment: datetime) -> int | None:
        """The first entry from that moment on."""
        first: int | None = await self._connection.scalar(_FIRST_AT, {"moment": moment})
        return first

    async def forget_before(self, moment: datetime, limit: int) -> int:
        """Drop some entries of before that moment, the oldest first. Returns how many."""
        old = select(audit.c.id).where(audit.c.at < moment).order_by(audit.c.at).limit(limit)
        forgotten = await self._connection.execute(delete(audit).where(audit.c.id.in_(old)))
        return forgotten.rowcount

    async def get(self, id: int) -> AuditEntry | None:
        row = (await self._connection.execute(select(audit).where(audit.c.id == id))).mappings().one_or_none()
        return AuditEntry(**row) if row else None

    async def last_of_post(self, article_id: int, post_id: int) -> AuditEntry | None:
        """The newest entry about a post of that article."""
        rows = await self._connection.execute(
            select(audit)
            .where(audit.c.article_id == article_id, audit.c.post_id == post_id)
            .order_by(audit.c.id.desc())
            .limit(1)
        )
        row = rows.mappings().one_or_none()
        return AuditEntry(**row) if row else None

    async def of_article(self, article_id: int) -> tuple[AuditEntry, ...]:
        """All that was done with it, in order."""
        rows = await self._connection.execute(_OF_ARTICLE, {"article_id": article_id})
        return tuple(AuditEntry(**row) for row in rows.mappings())

    async def with_comments(self, article_id: int) -> tuple[tuple[AuditEntry, ...], int | None]:
        """The same, and how many comments the story has (a card needs both): None where nothing is noted."""
        rows = (await self._connection.execute(_WITH_SAID, {"article_id": article_id})).mappings().all()
        said: int | None = rows[0]["said"] if rows else None
        return tuple(AuditEntry(**{key: row[key] for key in row if key != "said"}) for row in rows), said
