"""The table of messages whose buttons wait for a person. Knows no button's meaning."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, insert, select, update

from bot.news.talk import Prompt
from storage.columns import LIMIT
from storage.connection import Connection
from storage.schema_talk import prompts

_WHICH: Final = prompts.c.id == bindparam("which")
_OF_KEY: Final = (prompts.c.chat_id == bindparam("chat"), prompts.c.key == bindparam("of"))
_READ: Final = select(prompts).order_by(prompts.c.id)
_OPEN: Final = _READ.where(*_OF_KEY, prompts.c.closed.is_(False))
_WAITING: Final = _READ.where(prompts.c.chat_id == bindparam("chat"), prompts.c.closed.is_(False))
_CLOSE: Final = update(prompts).where(*_OF_KEY).values(closed=True)
_IN_MESSAGE: Final = _READ.where(
    prompts.c.chat_id == bindparam("chat"), prompts.c.message_id == bindparam("message")
)
_SHOWN: Final = update(prompts).where(_WHICH).values(message_id=bindparam("message"))
_ABOUT: Final = update(prompts).where(_WHICH).values(about=bindparam("of_what", type_=prompts.c.about.type))
_BEFORE: Final = (
    select(prompts)
    .where(prompts.c.closed.is_(False), prompts.c.until < bindparam("moment"))
    .order_by(prompts.c.until)
    .limit(LIMIT)
)
_CLOSED_BEFORE: Final = (
    select(prompts.c.id).where(prompts.c.closed.is_(True), prompts.c.until < bindparam("moment")).limit(LIMIT)
)


class Prompts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def add(
        self,
        chat_id: int,
        key: int,
        about: dict[str, Any],
        until: datetime,
        *,
        message_id: int | None = None,
    ) -> int:
        """Note a message that is about to be sent (or is there, under `message_id`); the note's id."""
        added = await self._connection.scalar(
            insert(prompts)
            .values(chat_id=chat_id, key=key, about=about, until=until, message_id=message_id, closed=False)
            .returning(prompts.c.id)
        )
        return int(added or 0)

    async def shown(self, id: int, message_id: int) -> Prompt | None:
        """It was delivered as that message."""
        await self._connection.execute(_SHOWN, {"which": id, "message": message_id})
        found = await self._read(_READ.where(_WHICH), which=id)
        return found[0] if found else None

    async def open(self, chat_id: int, key: int) -> tuple[Prompt, ...]:
        """The messages of a question whose buttons still wait."""
        return await self._read(_OPEN, chat=chat_id, of=key)

    async def close(self, chat_id: int, key: int) -> tuple[Prompt, ...]:
        """They wait no more; those that did."""
        waited = await self.open(chat_id, key)
        if waited:
            await self._connection.execute(_CLOSE, {"chat": chat_id, "of": key})
        return waited

    async def open_in(self, chat_id: int) -> tuple[Prompt, ...]:
        """All in a chat whose buttons still wait, the oldest first."""
        return await self._read(_WAITING, chat=chat_id)

    async def set_about(self, id: int, about: dict[str, Any]) -> None:
        await self._connection.execute(_ABOUT, {"which": id, "of_what": about})

    async def in_message(self, chat_id: int, message_id: int) -> Prompt | None:
        """What a message of ours asked, also when it is closed."""
        found = await self._read(_IN_MESSAGE, chat=chat_id, message=message_id)
        return found[-1] if found else None

    async def lapsed(self, moment: datetime, limit: int) -> tuple[Prompt, ...]:
        """So many that wait although they have lapsed before a moment, the longest first."""
        return await self._read(_BEFORE, moment=moment, limit=limit)

    async def forget_before(self, moment: datetime, limit: int) -> int:
        """Forget so many that are closed; how many these were."""
        gone = await self._connection.execute(_CLOSED_BEFORE, {"moment": moment, "limit": limit})
        ids = [row.id for row in gone]
        if ids:
            await self._connection.execute(delete(prompts).where(prompts.c.id.in_(ids)))
        return len(ids)

    async def _read(self, query: Any, **asked: Any) -> tuple[Prompt, ...]:
        rows = await self._connection.execute(query, asked)
        return tuple(Prompt(**row) for row in rows.mappings())
