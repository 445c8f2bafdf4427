"""The table of stories that go on with an earlier one. Knows no post."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import bindparam, delete, insert, select

from bot.news.talk import FollowUp
from storage.connection import Connection
from storage.schema_after import follow_ups

_GET: Final = select(follow_ups).where(follow_ups.c.article_id == bindparam("article"))
_OF: Final = select(follow_ups).where(follow_ups.c.article_id.in_(bindparam("articles", expanding=True)))
_AFTER: Final = (
    select(follow_ups)
    .where(follow_ups.c.earlier_id == bindparam("article"))
    .order_by(follow_ups.c.article_id)
)
_AROUND: Final = (
    select(follow_ups)
    .where(
        follow_ups.c.article_id.in_(bindparam("articles", expanding=True))
        | follow_ups.c.earlier_id.in_(bindparam("articles", expanding=True))
    )
    .order_by(follow_ups.c.article_id)
)


class FollowUps:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def put(self, link: FollowUp) -> None:
        """Let a story go on with an earlier one, instead of with any other."""
        await self.drop(link.article_id)
        values = {"article_id": link.article_id, "earlier_id": link.earlier_id, "quote": link.quote}
        await self._connection.execute(insert(follow_ups), values)

    async def drop(self, article_id: int) -> None:
        """It goes on with none."""
        await self._connection.execute(delete(follow_ups).where(follow_ups.c.article_id == article_id))

    async def get(self, article_id: int) -> FollowUp | None:
        """What a story goes on with."""
        rows = await self._connection.execute(_GET, {"article": article_id})
        row = rows.mappings().one_or_none()
        return FollowUp(**row) if row else None

    async def of(self, article_ids: Collection[int]) -> dict[int, FollowUp]:
        """What each of the stories goes on with; those that go on with none are left out."""
        if not article_ids:
            return {}
        rows = await self._connection.execute(_OF, {"articles": tuple(article_ids)})
        return {row["article_id"]: FollowUp(**row) for row in rows.mappings()}

    async def around(self, article_ids: Collection[int]) -> tuple[FollowUp, ...]:
        """The links of these stories: what each goes on with, and what goes on with it."""
        rows = await self._connection.execute(_AROUND, {"articles": tuple(article_ids)})
        return tuple(FollowUp(**row) for row in rows.mappings())

    async def after(self, article_id: int) -> tuple[FollowUp, ...]:
        """What goes on with a story."""
        rows = await self._connection.execute(_AFTER, {"article": article_id})
        return tuple(FollowUp(**row) for row in rows.mappings())
