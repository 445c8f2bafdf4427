"""What opens the week board, by its digest: a link is taken once, a session lasts, what is spent stays so."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, select

from storage.connection import Connection
from storage.engine import insert_into
from storage.schema_board import board_keys


class KeyKind(StrEnum):
    LINK = "link"
    SESSION = "session"
    SPENT = "spent"  # Telegram's signed word, which was used already


class BoardKeys:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, hashed: str, kind: KeyKind, person_id: int, until: datetime) -> bool:
        """False if it is there already, of whatever kind."""
        added = await self._connection.execute(
            insert_into(self._connection, board_keys)
            .values(hash=hashed, kind=kind.value, person_id=person_id, until=until)
            .on_conflict_do_nothing(index_elements=[board_keys.c.hash])
        )
        return added.rowcount > 0

    async def whose(self, hashed: str, kind: KeyKind, now: datetime) -> int | None:
        """Whose key it is, if it is good."""
        found: int | None = await self._connection.scalar(
            select(board_keys.c.person_id).where(
                board_keys.c.hash == hashed, board_keys.c.kind == kind.value, board_keys.c.until > now
            )
        )
        return found

    async def drop(self, hashed: str, kind: KeyKind) -> bool:
        """False if it was not there: somebody else has taken it."""
        gone = await self._connection.execute(
            delete(board_keys).where(board_keys.c.hash == hashed, board_keys.c.kind == kind.value)
        )
        return gone.rowcount > 0

    async def drop_of(self, person_id: int, kind: KeyKind) -> int:
        """Drop all of a person's; how many."""
        gone = await self._connection.execute(
            delete(board_keys).where(board_keys.c.person_id == person_id, board_keys.c.kind == kind.value)
        )
        return gone.rowcount

    async def forget_before(self, moment: datetime, limit: int) -> int:
        """Drop some that are over since then. Returns how many."""
        old = (
            select(board_keys.c.hash)
            .where(board_keys.c.until <= moment)
            .order_by(board_keys.c.until)
            .limit(limit)
        )
        gone = await self._connection.execute(delete(board_keys).where(board_keys.c.hash.in_(old)))
        return gone.rowcount
