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
    """Whom a press or a word comes from is asked for theirs several times: it is read once a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[int, int], Question | None] = {}

    async def ask(self, question: Question) -> None:
        """Open a question; an open one to the same person in the same chat gives way."""
        content = {"kind": question.kind, "about": question.about, "asked_at": question.asked_at}
        await self._connection.execute(
            insert_into(self._connection, questions)
            .values(chat_id=question.chat_id, person_id=question.person_id, **content)
            .on_conflict_do_update(index_elements=["chat_id", "person_id"], set_=content)
        )
        self._known.pop((question.chat_id, question.person_id), None)

    async def open(self, chat_id: int, person_id: int) -> Question | None:
        """The question that is open to this person in this chat."""
        if (key := (chat_id, person_id)) not in self._known:
            row = (await self._connection.execute(_OPEN, _to(*key))).mappings().one_or_none()
            self._known[key] = None if row is None else Question(**row)
        return self._known[key]

    async def close(self, chat_id: int, person_id: int) -> bool:
        """Whether one was open."""
        closed = await self._connection.execute(_CLOSE, _to(chat_id, person_id))
        self._known[chat_id, person_id] = None
        return closed.rowcount > 0


def _to(chat_id: int, person_id: int) -> dict[str, int]:
    return {"chat": chat_id, "person": person_id}
