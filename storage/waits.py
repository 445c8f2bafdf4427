"""Every moment until which something waits, whatever it is: a wait is a span, and a clock may be set back."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Select, func, literal, literal_column, select, union_all, update

from bot.news.model import PostState
from bot.news.talk import ChangeState, InboxState, NoticeState
from storage.connection import Connection
from storage.schema import changes, pauses, posts
from storage.schema_talk import cards, inbox, notices

_WAITING: Final = (
    (posts, posts.c.id, posts.c.not_before, posts.c.state.in_((PostState.PENDING, PostState.UNCONFIRMED))),
    (changes, changes.c.id, changes.c.not_before, changes.c.state == ChangeState.PENDING),
    (notices, notices.c.id, notices.c.not_before, notices.c.state == NoticeState.PENDING),
    (pauses, pauses.c.chat_id, pauses.c.until, pauses.c.chat_id.is_not(None)),
)

MOST: Final = 10_000
"""So many of a kind are counted; more are as many."""


def _depth(name: str, *where: ColumnElement[bool]) -> Select[str, int]:
    some = select(literal_column("1").label("one")).where(*where).limit(MOST).subquery()
    return select(literal(name).label("name"), func.count().label("count")).select_from(some)


_LIVE: Final = (PostState.PENDING, PostState.SENDING, PostState.HELD, PostState.UNCONFIRMED)
_DEPTHS: Final = union_all(
    _depth("updates", inbox.c.state == literal_column(f"'{InboxState.PENDING}'")),  # as its index has it
    _depth("notices", notices.c.state == NoticeState.PENDING),
    _depth("cards", cards.c.revision != cards.c.delivered),
    _depth("changes", changes.c.state == ChangeState.PENDING),
    *(_depth(f"posts_{state.value}", posts.c.state == state) for state in _LIVE),
)


class Waits:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def set_back(self, by: timedelta, now: datetime) -> None:
        """The clock was set back to `now`: the end of a wait on the old one is as near as before."""
        for table, key, until, waits in _WAITING:
            rows = (await self._connection.execute(select(key, until).where(waits, until > now))).all()
            for id, moment in rows:
                await self._connection.execute(
                    update(table).where(key == id).values({until: max(now, moment - by)})
                )

    async def depths(self) -> dict[str, int]:
        """How much waits, by what it is: updates, notices, cards, and posts by their state.

        By indexes of what waits, and no further than `MOST` each.
        """
        rows = await self._connection.execute(_DEPTHS)
        return {name: count for name, count in rows.all()}  # noqa: C416 - rows are no pairs to mypy

    async def posts_ahead(self, now: datetime) -> int:
        """How many posts have their time still to come."""
        return (
            await self._connection.scalar(
                select(func.count())
                .select_from(posts)
                .where(posts.c.state == PostState.PENDING, posts.c.due_at > now)
            )
            or 0
        )
