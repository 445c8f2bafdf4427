"""The table of who did what and when. Knows no verbs: they are the desk's."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, insert, select

from bot.news.talk import AuditEntry
from storage.connection import Connection
from storage.schema_talk import audit

_LOG: Final = insert(audit).returning(audit.c.id)
_OF_ARTICLE: Final = select(audit).where(audit.c.article_id == bindparam("article_id")).order_by(audit.c.id)


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
