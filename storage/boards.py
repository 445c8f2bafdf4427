"""The table of messages that show how something stands, with what they showed. Knows no mark's meaning."""

from typing import Final

from sqlalchemy import bindparam, delete, select

from bot.news.boards import Board
from storage.connection import Connection
from storage.engine import insert_into
from storage.schema_talk import boards

_READ: Final = select(boards)
_DROP: Final = delete(boards).where(
    boards.c.chat_id == bindparam("chat"), boards.c.message_id == bindparam("message")
)


class Boards:
    """Those that still stand: a message that shows something else, or nothing, has no row here."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def put(self, board: Board) -> None:
        """That message shows this now, whatever it showed before."""
        shown = {"marks": board.marks, "keyboard": board.keyboard, "until": board.until}
        await self._connection.execute(
            insert_into(self._connection, boards)
            .values(chat_id=board.chat_id, message_id=board.message_id, **shown)
            .on_conflict_do_update(index_elements=["chat_id", "message_id"], set_=shown)
        )

    async def drop(self, chat_id: int, message_id: int) -> None:
        await self._connection.execute(_DROP, {"chat": chat_id, "message": message_id})

    async def all(self) -> tuple[Board, ...]:
        """Few: each stands two days at most."""
        return tuple(Board(**row) for row in (await self._connection.execute(_READ)).mappings())
