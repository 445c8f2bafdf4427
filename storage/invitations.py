"""The table of open invitations: of a link only what tells it again, never the link. Knows no right."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, func, insert, or_, select

from bot.news.model import Role
from bot.news.people import Invitation
from storage.columns import NOW
from storage.connection import Connection
from storage.schema_people import invitations

_OPEN: Final = invitations.c.expires_at > NOW
_ALL: Final = select(invitations).where(_OPEN).order_by(invitations.c.id)
_ONE: Final = _ALL.where(invitations.c.id == bindparam("which"))
_FOR: Final = _ALL.where(
    or_(
        invitations.c.token_hash == bindparam("hash"),
        invitations.c.username == bindparam("name"),
    )
)
_COUNT: Final = select(func.count()).select_from(invitations).where(_OPEN)


class Invitations:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(
        self,
        role: Role,
        *,
        by: int,
        now: datetime,
        expires_at: datetime,
        token_hash: str | None = None,
        username: str | None = None,
        channel_id: int | None = None,
    ) -> int:
        """Invite whoever has the link, or that @name (lower case, without the @); the invitation's id."""
        await self._connection.execute(delete(invitations).where(invitations.c.expires_at <= now))
        added = await self._connection.scalar(
            insert(invitations)
            .values(
                role=role,
                token_hash=token_hash,
                username=username,
                channel_id=channel_id,
                invited_by=by,
                created_at=now,
                expires_at=expires_at,
            )
            .returning(invitations.c.id)
        )
        return int(added or 0)

    async def meant_for(self, token_hash: str, username: str, now: datetime) -> Invitation | None:
        """The open one that this link, or this @name, is of."""
        rows = await self._connection.execute(_FOR, {"hash": token_hash, "name": username, "now": now})
        row = rows.first()
        return _invitation(row) if row is not None else None

    async def get(self, id: int, now: datetime) -> Invitation | None:
        row = (await self._connection.execute(_ONE, {"which": id, "now": now})).one_or_none()
        return _invitation(row) if row is not None else None

    async def take(self, id: int) -> bool:
        """It is used, or revoked; False if it was before."""
        gone = await self._connection.execute(delete(invitations).where(invitations.c.id == id))
        return gone.rowcount > 0

    async def count(self, now: datetime) -> int:
        return await self._connection.scalar(_COUNT, {"now": now}) or 0

    async def all(self, now: datetime) -> tuple[Invitation, ...]:
        """Those that are open, the oldest first."""
        rows = await self._connection.execute(_ALL, {"now": now})
        return tuple(map(_invitation, rows))


def _invitation(row: Row[*tuple[Any, ...]]) -> Invitation:
    return Invitation(
        id=row.id,
        role=Role(row.role),
        channel_id=row.channel_id,
        username=row.username,
        invited_by=row.invited_by,
        expires_at=row.expires_at,
    )
