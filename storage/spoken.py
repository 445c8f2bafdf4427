"""The table of the messages that became copy, each as its person sent it. Knows no story."""

from typing import Any, Final

from sqlalchemy import RowMapping, bindparam, select, update

from bot.news import media
from bot.news.talk import Spoken
from storage.connection import Connection
from storage.engine import insert_into
from storage.schema_talk import spoken

_READ: Final = select(
    spoken.c.message_id, spoken.c.paste_id, spoken.c.words, spoken.c.sent, spoken.c.media
).order_by(spoken.c.message_id)
_ONE: Final = _READ.where(
    spoken.c.person_id == bindparam("person"), spoken.c.message_id == bindparam("message")
)
_OF_PASTE: Final = _READ.where(spoken.c.paste_id == bindparam("paste"))
_MOVE: Final = update(spoken).where(spoken.c.paste_id == bindparam("frm")).values(paste_id=bindparam("to"))


class SpokenWords:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def keep(self, person_id: int, said: Spoken) -> None:
        """Keep a message as it is now; it takes the place of the same one as it was."""
        content: dict[str, Any] = {
            "paste_id": said.paste_id,
            "words": said.words,
            "sent": said.sent,
            "media": media.as_json(said.media),
        }
        await self._connection.execute(
            insert_into(self._connection, spoken)
            .values(person_id=person_id, message_id=said.message_id, **content)
            .on_conflict_do_update(index_elements=["person_id", "message_id"], set_=content)
        )

    async def get(self, person_id: int, message_id: int) -> Spoken | None:
        rows = await self._connection.execute(_ONE, {"person": person_id, "message": message_id})
        row = rows.mappings().one_or_none()
        return None if row is None else _spoken(row)

    async def of(self, paste_id: int) -> tuple[Spoken, ...]:
        """All messages of a paste, in the order in which they were sent."""
        rows = await self._connection.execute(_OF_PASTE, {"paste": paste_id})
        return tuple(map(_spoken, rows.mappings()))

    async def move(self, frm: int, to: int) -> None:
        """What came as one paste belongs to another."""
        await self._connection.execute(_MOVE, {"frm": frm, "to": to})


def _spoken(row: RowMapping) -> Spoken:
    return Spoken(**{**row, "media": media.from_json(row["media"])})
