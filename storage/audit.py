"""The table of who did what and when. Knows no verbs: they are the desk's."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.news.talk import AuditEntry
from storage.schema_talk import audit


class Audit:
    def __init__(self, connection: AsyncConnection) -> None:
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
    ) -> None:
        await self._connection.execute(
            insert(audit).values(
                at=at,
                person_id=person_id,
                verb=verb,
                article_id=article_id,
                channel_id=channel_id,
                post_id=post_id,
                detail=detail,
            )
        )

    async def of_article(self, article_id: int) -> tuple[AuditEntry, ...]:
        """All that was done with it, in order."""
        rows = await self._connection.execute(
            select(audit).where(audit.c.article_id == article_id).order_by(audit.c.id)
        )
        return tuple(AuditEntry(**row) for row in rows.mappings())
