"""Stories in long lists: page by page, and searched by words within somebody's own. Knows no right."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import ColumnElement, func, select

from bot.news.model import ArticleState
from storage.connection import Connection
from storage.schema import articles

_NEWEST: Final = (articles.c.changed_at.desc(), articles.c.id.desc())


class StoryLists:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def count(
        self,
        states: Collection[ArticleState],
        *,
        reporter_id: int | None = None,
        words: Collection[str] = (),
    ) -> int:
        """How many stories are in one of the states, one reporter's if given, with all of the words."""
        where = _where(states, reporter_id, words)
        return await self._connection.scalar(select(func.count()).select_from(articles).where(*where)) or 0

    async def page(
        self,
        states: Collection[ArticleState],
        *,
        reporter_id: int | None = None,
        words: Collection[str] = (),
        skip: int,
        limit: int,
    ) -> tuple[int, ...]:
        """The ids of so many of these, after the first `skip`; the newest change comes first."""
        where = _where(states, reporter_id, words)
        chosen = select(articles.c.id).where(*where).order_by(*_NEWEST).offset(skip).limit(limit)
        return tuple((await self._connection.scalars(chosen)).all())

    async def among_newest(
        self,
        reach: int,
        states: Collection[ArticleState],
        *,
        reporter_id: int | None = None,
        words: Collection[str] = (),
    ) -> tuple[int, ...]:
        """The ids of those with all of the words among so many of the newest, in their order.

        For lists that grow without an end: no more than these are looked at.
        """
        newest = select(articles.c.id, articles.c.changed_at, articles.c.searched)
        newest = newest.where(*_where(states, reporter_id, ())).order_by(*_NEWEST).limit(reach)
        few = newest.subquery()
        chosen = select(few.c.id).order_by(few.c.changed_at.desc(), few.c.id.desc())
        chosen = chosen.where(*(few.c.searched.like(f"%{word}%") for word in words))
        return tuple((await self._connection.scalars(chosen)).all())


def _where(
    states: Collection[ArticleState], reporter_id: int | None, words: Collection[str]
) -> list[ColumnElement[bool]]:
    """`words` are folded (`bot.news.folding`): letters and digits only."""
    where: list[ColumnElement[bool]] = [articles.c.state.in_(sorted(states))]
    if reporter_id is not None:
        where.append(articles.c.reporter_id == reporter_id)
    return where + [articles.c.searched.like(f"%{word}%") for word in words]
