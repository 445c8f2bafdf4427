"""The table of updates as they came, stored before Telegram forgets them. Knows nothing of their content."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    delete,
    func,
    literal_column,
    or_,
    select,
    update,
)

from bot.news.talk import InboxState, Incoming
from storage.connection import Connection
from storage.engine import insert_into
from storage.schema_talk import inbox

OTHERS: Final = 2**62
"""The turn of all who are no member of staff: the last of all, above every id of Telegram's (52 bits)."""

_PENDING: Final = inbox.c.state == literal_column(f"'{InboxState.PENDING}'")  # as the index of turns has it


_OTHER: Final = inbox.alias("other")
_OTHER_PENDING: Final = _OTHER.c.state == literal_column(f"'{InboxState.PENDING}'")


def _next(
    pending: ColumnElement[Any], other: ColumnElement[Any]
) -> Select[int, dict[str, Any], datetime, int, bool]:
    """The statement that gives the next one; `pending` is how the database is told that it waits."""
    first_turn = select(func.min(inbox.c.turn)).where(pending)
    next_turn = first_turn.where(
        inbox.c.turn > bindparam("after", type_=BigInteger), inbox.c.turn < OTHERS
    ).scalar_subquery()
    last = select(func.max(_OTHER.c.update_id)).where(other, _OTHER.c.turn == inbox.c.turn)
    return (
        select(
            inbox.c.update_id,
            inbox.c.payload,
            inbox.c.received_at,
            inbox.c.turn,
            and_(
                inbox.c.turn == first_turn.scalar_subquery(),
                inbox.c.turn == select(func.max(inbox.c.turn)).where(pending).scalar_subquery(),
                inbox.c.update_id == last.scalar_subquery(),
            ).label("is_last"),
        )
        .where(pending, inbox.c.turn == func.coalesce(next_turn, first_turn.scalar_subquery()))
        .order_by(inbox.c.update_id)
        .limit(1)
    )


# SQLite takes any equality for the best it can get, and would read all that waits, at every update; told that
# this one holds nearly always (https://sqlite.org/lang_corefunc.html#likelihood) it takes the index of turns.
_NEARLY_ALL: Final = [
    func.likelihood(pending, literal_column("0.9999"), type_=Integer)
    for pending in (_PENDING, _OTHER_PENDING)
]
_NEXT_PENDING: Final = {"sqlite": _next(*_NEARLY_ALL), "postgresql": _next(_PENDING, _OTHER_PENDING)}
_NEWEST: Final = select(func.max(inbox.c.update_id))


class Inbox:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def store(
        self,
        update_id: int,
        payload: dict[str, object],
        now: datetime,
        *,
        turn: int = 0,
        done: bool = False,
    ) -> bool:
        """Keep an update, as one that is done with if it asks for nothing; False if it was here before."""
        state = InboxState.DONE if done else InboxState.PENDING
        stored = await self._connection.execute(
            insert_into(self._connection, inbox)
            .values(update_id=update_id, payload=payload, received_at=now, state=state, turn=turn)
            .on_conflict_do_nothing(index_elements=[inbox.c.update_id])
        )
        return stored.rowcount > 0

    async def store_all(self, kept: Iterable[Incoming]) -> None:
        """Keep updates that are to be handled; those that were here before stay as they are."""
        rows = [
            {
                "update_id": each.update_id,
                "payload": each.payload,
                "received_at": each.received_at,
                "turn": each.turn,
                "state": InboxState.PENDING,
            }
            for each in kept
        ]
        if rows:
            storing = insert_into(self._connection, inbox)
            await self._connection.execute(
                storing.on_conflict_do_nothing(index_elements=[inbox.c.update_id]), rows
            )

    async def next_pending(self, after: int = 0) -> Incoming | None:
        """The oldest one of whoever has the next turn after the one named; of others if no staff waits.

        So each member of staff is served in turn, in the order of their own messages.
        """
        asked = _NEXT_PENDING[self._connection.dialect.name]
        row = (await self._connection.execute(asked, {"after": after})).mappings().one_or_none()
        return None if row is None else Incoming(**{**row, "is_last": bool(row["is_last"])})

    async def payload(self, update_id: int) -> dict[str, Any] | None:
        """An update as it came, also a handled one as long as it is kept."""
        found = await self._connection.execute(select(inbox.c.payload).where(inbox.c.update_id == update_id))
        row = found.one_or_none()
        return None if row is None else row.payload

    async def done(self, update_id: int) -> None:
        await self._connection.execute(
            update(inbox).where(inbox.c.update_id == update_id).values(state=InboxState.DONE)
        )

    async def failed(self, update_id: int, why: str) -> None:
        await self._connection.execute(
            update(inbox).where(inbox.c.update_id == update_id).values(state=InboxState.FAILED, why=why)
        )

    async def forget_before(self, moment: datetime, limit: int) -> int:
        """Drop what was received before `moment` and is done; the newest may not be confirmed yet. How many.

        Only of the `limit` lowest numbers, which came first.
        """
        first = select(inbox.c.update_id).where(inbox.c.state == InboxState.DONE).order_by(inbox.c.update_id)
        forgotten = await self._connection.execute(
            delete(inbox).where(
                inbox.c.update_id.in_(first.limit(limit)),
                inbox.c.received_at < moment,
                inbox.c.update_id < _NEWEST.scalar_subquery(),
            )
        )
        return forgotten.rowcount

    async def forget_failed(self, moment: datetime, most: int, limit: int) -> int:
        """Drop what failed before `moment`, and all but the `most` newest of it. Returns how many.

        At most `limit`, the lowest numbers first.
        """
        failed = select(inbox.c.update_id).where(inbox.c.state == InboxState.FAILED)
        beyond = await self._connection.scalar(
            failed.order_by(inbox.c.update_id.desc()).limit(1).offset(most)
        )
        first = failed.order_by(inbox.c.update_id).limit(limit)
        forgotten = await self._connection.execute(
            delete(inbox).where(
                inbox.c.update_id.in_(first),
                or_(inbox.c.received_at < moment, inbox.c.update_id <= (-1 if beyond is None else beyond)),
                inbox.c.update_id < _NEWEST.scalar_subquery(),
            )
        )
        return forgotten.rowcount
