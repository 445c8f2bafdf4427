"""What a week has brought, counted, and the row that says up to where it was told. Knows nobody who reads."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, case, extract, func, literal_column, select, text, update

from bot.news.model import ArticleState, PostState
from bot.news.talk import ChangeKind, ChangeState
from bot.news.upkeep import Mark
from storage.connection import Connection
from storage.engine import insert_into
from storage.schema import articles, changes, posts
from storage.schema_upkeep import week_sums

MOST: Final = 100_000
"""So many are counted; more are as many."""
_TABLES_BYTES: Final = (  # of this newsroom: others may have a schema beside it
    "SELECT sum(pg_total_relation_size(oid)) FROM pg_class"
    " WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
)
_UNFINISHED: Final = (ArticleState.DRAFT, ArticleState.CHANGES_REQUESTED)


class WeekSums:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def mark(self) -> Mark | None:
        """Where the last one ended; None before the first start."""
        row = (await self._connection.execute(select(week_sums))).one_or_none()
        if row is None:
            return None
        return Mark(told_until=row.told_until, database_bytes=row.database_bytes, faults=row.faults)

    async def put(self, mark: Mark) -> None:
        """From here on the next one tells."""
        values = vars(mark)
        await self._connection.execute(
            insert_into(self._connection, week_sums)
            .values(id=1, **values)
            .on_conflict_do_update(index_elements=["id"], set_=values)
        )

    async def add_faults(self, count: int) -> None:
        """So many more faults of ours."""
        await self._connection.execute(update(week_sums).values(faults=week_sums.c.faults + count))

    async def out(
        self, channel_id: int, since: datetime, until: datetime, late: timedelta
    ) -> tuple[int, int]:
        """How many of a channel's posts went out from `since` on and before `until`, and how many so late."""
        is_late = case((self._lateness() >= late.total_seconds(), 1), else_=0)
        asked = select(func.count(), func.coalesce(func.sum(is_late), 0)).where(
            posts.c.channel_id == channel_id, posts.c.sent_at >= since, posts.c.sent_at < until
        )
        count, late_ones = (await self._connection.execute(asked)).one()
        return count, late_ones

    async def failed(self, channel_id: int, since: datetime, until: datetime) -> int:
        """How many of a channel's posts that were due then have failed."""
        return await self._count(
            select(func.count())
            .select_from(posts)
            .where(
                posts.c.channel_id == channel_id,
                posts.c.state == PostState.FAILED,
                posts.c.due_at >= since,
                posts.c.due_at < until,
            )
        )

    async def corrected(self, since: datetime, until: datetime) -> dict[int, int]:
        """How many corrections were brought out then, by channel; those that had none are left out."""
        rows = await self._connection.execute(
            select(posts.c.channel_id, func.count())
            .join_from(changes, posts)
            .where(
                changes.c.state == ChangeState.DONE,
                changes.c.due_at >= since,
                changes.c.due_at < until,
                changes.c.kind == ChangeKind.EDIT,
            )
            .group_by(posts.c.channel_id)
        )
        return {channel_id: count for channel_id, count in rows.all()}  # noqa: C416 - rows are no pairs to mypy

    async def drafts(self) -> int:
        """How many stories are unfinished, `MOST` at the most."""
        some = (
            select(literal_column("1").label("one"))
            .select_from(articles)
            .where(articles.c.state.in_(_UNFINISHED))
            .limit(MOST)
            .subquery()
        )
        return await self._count(select(func.count()).select_from(some))

    async def database_bytes(self) -> int:
        """How large the database is on its disk, a log beside it not counted."""
        if self._connection.dialect.name == "postgresql":
            return await self._count(text(_TABLES_BYTES))
        pages = await self._count(text("SELECT page_count FROM pragma_page_count()"))
        return pages * await self._count(text("SELECT page_size FROM pragma_page_size()"))

    async def _count(self, asked: Any) -> int:
        return int(await self._connection.scalar(asked) or 0)

    def _lateness(self) -> ColumnElement[Any]:
        """Seconds from due to out."""
        if self._connection.dialect.name == "postgresql":
            return extract("epoch", posts.c.sent_at - posts.c.due_at)
        days = func.julianday(posts.c.sent_at) - func.julianday(posts.c.due_at)
        return func.round(days * 86_400)
