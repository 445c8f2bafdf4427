"""The tables of what other programs send. Of a token only what tells it again is kept, never the token."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import RowMapping, bindparam, delete, insert, select, update

from bot.news.model import Article, article_from_json, content_json
from storage.connection import Connection
from storage.engine import insert_into
from storage.schema_sent import sent_items, sent_requests, tokens

_BY_HASH: Final = select(tokens).where(tokens.c.hash == bindparam("hash"), tokens.c.revoked_at.is_(None))
_ITEM: Final = select(sent_items).where(
    sent_items.c.sender == bindparam("sender"), sent_items.c.key == bindparam("key")
)


@dataclass(frozen=True, kw_only=True)
class Token:
    """Who may send, as what, in whose name."""

    id: int
    name: str
    scope: str
    person_id: int
    created_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class SentItem:
    """A story that was sent before, and how the last that was sent of it read."""

    article_id: int
    reading: Article


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What a request was answered, to be said again when it comes again."""

    body: str
    status: int
    answer: dict[str, Any]


def digest(words: str | bytes) -> str:
    """What is kept of a token, a key or a body."""
    raw = words if isinstance(words, bytes) else words.encode("utf-8", "replace")
    return hashlib.sha256(raw).hexdigest()


class Tokens:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(self, hashed: str, name: str, *, scope: str, person_id: int, now: datetime) -> int:
        """The token's id."""
        added = await self._connection.scalar(
            insert(tokens)
            .values(hash=hashed, name=name, scope=scope, person_id=person_id, created_at=now)
            .returning(tokens.c.id)
        )
        return int(added or 0)

    async def by_hash(self, hashed: str) -> Token | None:
        """The one that is good, by what is kept of it."""
        row = (await self._connection.execute(_BY_HASH, {"hash": hashed})).mappings().one_or_none()
        return _token(row) if row else None

    async def good(self) -> tuple[Token, ...]:
        """Those that were not revoked, the oldest first."""
        rows = await self._connection.execute(
            select(tokens).where(tokens.c.revoked_at.is_(None)).order_by(tokens.c.id)
        )
        return tuple(map(_token, rows.mappings()))

    async def used(self, id: int, now: datetime) -> None:
        await self._connection.execute(update(tokens).where(tokens.c.id == id).values(used_at=now))

    async def revoke(self, id: int, now: datetime) -> bool:
        """False if it was before."""
        gone = await self._connection.execute(
            update(tokens).where(tokens.c.id == id, tokens.c.revoked_at.is_(None)).values(revoked_at=now)
        )
        return gone.rowcount > 0


class SentItems:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def get(self, sender: str, item: str) -> SentItem | None:
        """What a sender has sent under their own word for it."""
        asked = {"sender": digest(sender), "key": digest(item)}
        row = (await self._connection.execute(_ITEM, asked)).mappings().one_or_none()
        if row is None:
            return None
        return SentItem(article_id=row["article_id"], reading=article_from_json(row["reading"]))

    async def put(self, sender: str, item: str, article_id: int, reading: Article, now: datetime) -> None:
        values = {"article_id": article_id, "reading": content_json(reading), "at": now}
        await self._connection.execute(
            insert_into(self._connection, sent_items)
            .values(sender=digest(sender), key=digest(item), **values)
            .on_conflict_do_update(index_elements=[sent_items.c.sender, sent_items.c.key], set_=values)
        )

    async def answered(self, token_id: int, key: str) -> Answered | None:
        """What the request of that key was answered."""
        row = (
            await self._connection.execute(
                select(sent_requests).where(
                    sent_requests.c.token_id == token_id, sent_requests.c.key == digest(key)
                )
            )
        ).one_or_none()
        return Answered(body=row.body, status=row.status, answer=row.answer) if row else None

    async def keep_answer(self, token_id: int, key: str, told: Answered, now: datetime) -> None:
        await self._connection.execute(
            insert(sent_requests).values(token_id=token_id, key=digest(key), at=now, **vars(told))
        )

    async def forget_before(self, moment: datetime, limit: int) -> int:
        """Drop some answers of before then. Returns how many."""
        old = (
            select(sent_requests.c.token_id, sent_requests.c.key)
            .where(sent_requests.c.at < moment)
            .order_by(sent_requests.c.at)
            .limit(limit)
        )
        gone = 0
        for row in (await self._connection.execute(old)).all():
            dropped = await self._connection.execute(
                delete(sent_requests).where(
                    sent_requests.c.token_id == row.token_id, sent_requests.c.key == row.key
                )
            )
            gone += dropped.rowcount
        return gone


def _token(row: RowMapping) -> Token:
    return Token(**{name: value for name, value in row.items() if name != "hash"})
