"""The table of who has which story. Knows no right."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, func, select

from bot.news.talk import Claim
from storage.columns import LIMIT, NOW
from storage.connection import Connection
from storage.engine import insert_into
from storage.schema_review import claims

_SOME: Final = select(claims).where(claims.c.article_id.in_(bindparam("ids", expanding=True)))
_OVER: Final = select(claims).where(claims.c.until <= NOW).order_by(claims.c.until).limit(LIMIT)
_NEXT: Final = select(func.min(claims.c.until))


class Claims:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def put(self, claim: Claim) -> None:
        """It is that person's now, whoever had it."""
        values = {"person_id": claim.person_id, "until": claim.until}
        await self._connection.execute(
            insert_into(self._connection, claims)
            .values(article_id=claim.article_id, **values)
            .on_conflict_do_update(index_elements=[claims.c.article_id], set_=values)
        )

    async def of(self, article_ids: Collection[int]) -> dict[int, Claim]:
        """Those of the stories that somebody has, or had until they lapsed, by story."""
        return {claim.article_id: claim for claim in await self._read(_SOME, ids=list(article_ids))}

    async def drop(self, article_id: int) -> None:
        await self._connection.execute(delete(claims).where(claims.c.article_id == article_id))

    async def lapsed(self, now: datetime, limit: int) -> tuple[Claim, ...]:
        """So many that have lapsed, the longest first."""
        return await self._read(_OVER, now=now, limit=limit)

    async def next_end(self) -> datetime | None:
        """When the next one lapses."""
        end: datetime | None = await self._connection.scalar(_NEXT)
        return end

    async def _read(self, query: Any, **asked: Any) -> tuple[Claim, ...]:
        rows = await self._connection.execute(query, asked)
        return tuple(Claim(**row) for row in rows.mappings())
