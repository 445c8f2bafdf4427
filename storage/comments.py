"""The table of what colleagues have said about stories. Knows no right."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, func, insert, select

from bot.news.talk import Comment
from storage.columns import LIMIT
from storage.connection import Connection
from storage.schema_review import comments

_OF: Final = comments.c.article_id == bindparam("article")
_NEWEST: Final = (
    select(comments).where(_OF).order_by(comments.c.id.desc()).offset(bindparam("skip")).limit(LIMIT)
)
_COUNT: Final = select(func.count()).select_from(comments).where(_OF)
_LAST: Final = select(comments).where(
    comments.c.id.in_(
        select(func.max(comments.c.id))
        .where(comments.c.article_id.in_(bindparam("ids", expanding=True)), comments.c.kind == "changes")
        .group_by(comments.c.article_id)
    )
)


class Comments:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, article_id: int, person_id: int, text: str, *, kind: str, now: datetime) -> int:
        """Returns the comment's id."""
        added = await self._connection.scalar(
            insert(comments)
            .values(article_id=article_id, person_id=person_id, text=text, kind=kind, at=now)
            .returning(comments.c.id)
        )
        return int(added or 0)

    async def newest(self, article_id: int, *, skip: int = 0, limit: int) -> tuple[Comment, ...]:
        """So many of a story's, the newest first."""
        return await self._read(_NEWEST, article=article_id, skip=skip, limit=limit)

    async def count(self, article_id: int) -> int:
        return await self._connection.scalar(_COUNT, {"article": article_id}) or 0

    async def asked_for(self, article_ids: Collection[int]) -> dict[int, Comment]:
        """The last request for changes of each of the stories that has one."""
        return {each.article_id: each for each in await self._read(_LAST, ids=list(article_ids))}

    async def _read(self, query: Any, **asked: Any) -> tuple[Comment, ...]:
        rows = await self._connection.execute(query, asked)
        return tuple(Comment(**row) for row in rows.mappings())
