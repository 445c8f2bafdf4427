"""The tables of what others do in our channels by hand: edits of our messages, and posts. Knows no story."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import RowMapping, bindparam, delete, insert, select, text, update

from bot.news.talk import HandEdit, HandState
from storage.columns import LIMIT
from storage.connection import Connection
from storage.engine import insert_into
from storage.schema_after import hand_edits, hand_posts

type Call = tuple[str, dict[str, Any]]

_WHICH: Final = hand_edits.c.id == bindparam("which")
_GET: Final = select(hand_edits).where(_WHICH)
_SET: Final = update(hand_edits).where(_WHICH)
_OF_POST: Final = (
    select(hand_edits)
    .where(
        hand_edits.c.post_id == bindparam("post"),
        hand_edits.c.state.not_in((HandState.TAKEN, HandState.UNDONE)),
    )
    .order_by(hand_edits.c.id)
)
_NEW: Final = select(hand_edits).where(text("state = 'new'")).order_by(hand_edits.c.seen_at).limit(LIMIT)
_OLD_POSTS: Final = select(hand_posts).where(hand_posts.c.at < bindparam("moment")).limit(LIMIT)


class ByHand:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(
        self, post_id: int, number: int, message_id: int, calls: tuple[Call, Call], at: datetime
    ) -> int:
        """Note an edit: the calls that would send what was there, and what stands there now; its id."""
        was, stands = calls
        added = insert(hand_edits).values(
            post_id=post_id,
            number=number,
            message_id=message_id,
            was=list(was),
            stands=list(stands),
            state=HandState.NEW,
            seen_at=at,
        )
        return int(await self._connection.scalar(added.returning(hand_edits.c.id)) or 0)

    async def again(self, id: int, stands: Call, at: datetime) -> None:
        """The same message was edited once more."""
        await self._set(id, stands=list(stands), state=HandState.NEW, seen_at=at)

    async def get(self, id: int) -> HandEdit | None:
        rows = await self._connection.execute(_GET, {"which": id})
        row = rows.mappings().one_or_none()
        return _edit(row) if row else None

    async def of_post(self, post_id: int) -> tuple[HandEdit, ...]:
        """What stands in a post by hand, apart from its story, the oldest first."""
        rows = await self._connection.execute(_OF_POST, {"post": post_id})
        return tuple(map(_edit, rows.mappings()))

    async def first_new(self) -> HandEdit | None:
        """The edit that has been waiting longest for its question."""
        rows = await self._connection.execute(_NEW, {"limit": 1})
        row = rows.mappings().one_or_none()
        return _edit(row) if row else None

    async def asked(self, id: int) -> None:
        """Its people were asked."""
        await self._set(id, state=HandState.ASKED)

    async def decide(self, id: int, state: HandState, *, by: int) -> None:
        await self._set(id, state=state, decided_by=by)

    async def forget(self, id: int) -> None:
        """It is as it was, without our doing."""
        await self._connection.execute(delete(hand_edits).where(hand_edits.c.id == id))

    async def posted(self, channel_id: int, at: datetime) -> None:
        """Somebody else has posted in a channel; those of the same moment are one."""
        row = insert_into(self._connection, hand_posts).values(channel_id=channel_id, at=at)
        await self._connection.execute(row.on_conflict_do_nothing(index_elements=["channel_id", "at"]))

    async def forget_before(self, moment: datetime, limit: int) -> int:
        """Forget so many posts of others from before a moment; how many these were."""
        old = await self._connection.execute(_OLD_POSTS, {"moment": moment, "limit": limit})
        gone = [(row.channel_id, row.at) for row in old]
        for channel_id, at in gone:
            which = (hand_posts.c.channel_id == channel_id, hand_posts.c.at == at)
            await self._connection.execute(delete(hand_posts).where(*which))
        return len(gone)

    async def _set(self, id: int, **values: Any) -> None:
        await self._connection.execute(_SET.values(**values), {"which": id})


def _edit(row: RowMapping | Mapping[str, Any]) -> HandEdit:
    values = {**row, "was": tuple(row["was"]), "stands": tuple(row["stands"])}
    return HandEdit(**{**values, "state": HandState(row["state"])})
