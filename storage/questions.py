"""The table of what the bot has asked and not yet been answered. Knows no question's meaning."""

from typing import Final

from sqlalchemy import bindparam, delete, select

from bot.news.talk import Question
from storage.connection import Connection
from storage.engine import insert_into
from storage.schema_talk import questions

_TO: Final = (questions.c.chat_id == bindparam("chat"), questions.c.person_id == bindparam("person"))
_OPEN: Final = select(questions).where(*_TO)
_CLOSE: Final = delete(questions).where(*_TO)


class Questions:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def ask(self, question: Question) -> None:
        """Open a question; an open one to the same person in the same chat gives way."""
        content = {"kind": question.kind, "about": question.about, "asked_at": question.asked_at}
        await self._connection.execute(
            insert_into(self._connection, questions)
            .values(chat_id=question.chat_id, person_id=question.person_id, **content)
            .on_conflict_do_update(index_elements=["chat_id", "person_id"], set_=content)
        )

    async def open(self, chat_id: int, person_id: int) -> Question | None:
        """The question that is open to this person in this chat."""
        found = await self._connection.execute(_OPEN, _to(chat_id, person_id))
        row = found.one_or_none()
        return None if row is None else Question(**row._mapping)  # noqa: SLF001 - public in spite of its name

    async def close(self, chat_id: int, person_id: int) -> bool:
        """Whether one was open."""
        closed = await self._connection.execute(_CLOSE, _to(chat_id, person_id))
        return closed.rowcount > 0


def _to(chat_id: int, person_id: int) -> dict[str, int]:
    return {"chat": chat_id, "person": person_id}
