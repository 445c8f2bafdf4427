"""The table of what waits for a second person. Knows neither what it is about nor who may confirm it."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, insert, select, update

from bot.news.plans.confirmation import Confirmation, Decision
from storage.columns import NOW
from storage.connection import Connection
from storage.schema import confirmations

_OPEN: Final = confirmations.c.state == Decision.OPEN
_EXPIRE: Final = (
    update(confirmations)
    .where(_OPEN, confirmations.c.expires_at <= NOW)
    .values(state=Decision.EXPIRED)
    .returning(confirmations)
)


class Confirmations:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def ask(
        self, kind: str, about: dict[str, Any], *, by: int, now: datetime, expires_at: datetime
    ) -> Confirmation:
        asked = await self._connection.execute(
            insert(confirmations)
            .values(
                kind=kind,
                about=about,
                state=Decision.OPEN,
                asked_by=by,
                asked_at=now,
                expires_at=expires_at,
            )
            .returning(confirmations)
        )
        return _confirmation(asked.one())

    async def get(self, id: int) -> Confirmation | None:
        found = (
            await self._connection.execute(select(confirmations).where(confirmations.c.id == id))
        ).one_or_none()
        return None if found is None else _confirmation(found)

    async def open(self, kind: str) -> tuple[Confirmation, ...]:
        """What nobody has decided yet, the oldest first."""
        rows = await self._connection.execute(
            select(confirmations).where(_OPEN, confirmations.c.kind == kind).order_by(confirmations.c.id)
        )
        return tuple(map(_confirmation, rows))

    async def decide(self, id: int, decision: Decision, *, by: int | None) -> bool:
        """Confirm or refuse it, or let it expire (by nobody); False if that was done before."""
        decided = await self._connection.execute(
            update(confirmations).where(_OPEN, confirmations.c.id == id).values(state=decision, decided_by=by)
        )
        return decided.rowcount > 0

    async def expire(self, now: datetime) -> tuple[Confirmation, ...]:
        """Let those expire whose time is over; which these are."""
        return tuple(map(_confirmation, await self._connection.execute(_EXPIRE, {"now": now})))


def _confirmation(row: Row[*tuple[Any, ...]]) -> Confirmation:
    return Confirmation(
        id=row.id,
        kind=row.kind,
        about=row.about,
        state=Decision(row.state),
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        expires_at=row.expires_at,
        decided_by=row.decided_by,
    )
