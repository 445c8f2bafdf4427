"""Our own chats, where a message of a channel is shown for a moment to be read, and nothing stays behind.

Each forward is noted before it is made and after it, and forgotten when it is deleted: after a crash, or a
lost answer, `tidy` finds what is left (`bot.delivery.strays` where nobody knows its id).
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import structlog
from telegram import Bot

from bot.clock import Clock
from bot.delivery import strays
from bot.delivery.strays import Hunt
from bot.errors import AnswerLost, ChatGone, ChatMoved, Flooded, NothingToEdit, Refused, SendError
from bot.line import calls
from storage import Storage
from storage.shown import Shown

log = structlog.get_logger(__name__)

LATER = timedelta(seconds=10)
"""How long to wait before something is tried again to be taken away."""
AT_ONCE = 8
"""Notes that are seen to in one go."""
SIGN = "⏳"
"""What we write to a chat to learn how far its ids have come; it is taken away at once."""
_QUIET = {"disable_notification": True, "protect_content": True}
AT_THE_START = datetime.min.replace(tzinfo=UTC)


@dataclass(kw_only=True)
class Diary:
    """Shows and takes away; `tidy_at` is when to look for what stayed behind, None if nothing did."""

    bot: Bot
    storage: Storage
    clock: Clock
    tidy_at: datetime | None = AT_THE_START
    _deaf: set[int] = field(default_factory=set)
    _hunt: Hunt | None = None

    async def shown(self, chats: tuple[int, ...], channel_id: int, id: int) -> dict[str, Any]:
        """A message of a channel, shown to the first of our chats that takes it.

        Raises:
            ChatGone: none of them does, or the channel is closed to us.
            SendError: there is no such message, it can't be shown, or Telegram could not be asked.
        """
        gone = ChatGone("there is nobody to show it to")
        for chat_id in sorted(chats, key=self._deaf.__contains__):
            try:
                seen = await self._forwarded(chat_id, channel_id, id)
            except (ChatGone, ChatMoved) as error:
                self._deaf.add(chat_id)
                gone = ChatGone(error.description)
            else:
                self._deaf.discard(chat_id)
                return seen
        raise gone

    async def tidy(self) -> None:
        """Delete what was left behind; what can't be deleted now waits for the next time."""
        self.tidy_at = None
        async with self.storage.begin() as db:
            left = await db.shown.first(AT_ONCE)
        try:
            for one in left:
                if one.message_id is not None:
                    await self._see_to((one,), partial(self._delete, one.chat_id, one.message_id))
            unknown = self._hunt.notes if self._hunt else _of_one_chat(left)
            if unknown:
                await self._see_to(unknown, partial(self._hunt_down, unknown))
        except SendError as error:
            await self._tidy_later(error)
            return
        if left and self.tidy_at is None:  # there may be more
            self.tidy_at = await self.clock()

    async def _see_to(self, notes: tuple[Shown, ...], take_away: Callable[[], Awaitable[None]]) -> None:
        try:
            await take_away()
        except Refused as error:  # the chat is lost, or the message is too old: nothing to be done
            log.info("left_behind", chat_id=notes[0].chat_id, why=error.description)
            self._hunt = None
        if self._hunt and self._hunt.notes == notes:  # there is more of the chat to be looked at
            return
        for one in notes:
            await self._forget(one.id)

    async def _hunt_down(self, notes: tuple[Shown, ...]) -> None:
        """Find and take away what nobody knows the ids of, in one chat."""
        chat_id = notes[0].chat_id
        if self._hunt is None:
            if not await strays.can_be_told(self.bot, chat_id):
                log.info("left_behind", chat_id=chat_id, why="can't be told from others' messages")
                return
            sign = {**_QUIET, "chat_id": chat_id, "text": SIGN}
            sent = await self._made(chat_id, chat_id, 0, "sendMessage", sign)
            self._hunt = Hunt(notes=notes, newest=sent["message_id"])
        await self._hunt.go_on(self.bot, partial(self._forwarded, chat_id, chat_id))
        if self._hunt.is_over:
            self._hunt = None

    async def _tidy_later(self, error: SendError) -> None:
        wait = timedelta(seconds=error.retry_after) if isinstance(error, Flooded) else timedelta()
        self.tidy_at = await self.clock() + max(wait, LATER)

    async def _forwarded(self, chat_id: int, source_id: int, id: int) -> dict[str, Any]:
        asked = {**_QUIET, "chat_id": chat_id, "from_chat_id": source_id, "message_id": id}
        return await self._made(chat_id, source_id, id, "forwardMessage", asked)

    async def _made(
        self, chat_id: int, source_id: int, id: int, method: str, asked: dict[str, Any]
    ) -> dict[str, Any]:
        """A message in a chat of ours, which is taken away as soon as it is there."""
        now = await self.clock()
        async with self.storage.begin() as db:
            note = await db.shown.begin(chat_id, source_id, id, now)
        try:
            seen: dict[str, Any] = await calls.call(self.bot, method, asked)
        except AnswerLost as error:
            await self._tidy_later(error)
            raise
        except SendError:
            await self._forget(note)
            raise
        async with self.storage.begin() as db:
            await db.shown.there(note, seen["message_id"])
        await self._take_away(note, chat_id, seen["message_id"])
        return seen

    async def _take_away(self, note: int, chat_id: int, message_id: int) -> None:
        try:
            await self._delete(chat_id, message_id)
        except SendError as error:
            log.info("not_taken_away", chat_id=chat_id, why=error.description)
            await self._tidy_later(error)
            return
        await self._forget(note)

    async def _delete(self, chat_id: int, message_id: int) -> None:
        with suppress(NothingToEdit):  # it is gone
            await calls.call(self.bot, "deleteMessage", {"chat_id": chat_id, "message_id": message_id})

    async def _forget(self, note: int) -> None:
        async with self.storage.begin() as db:
            await db.shown.gone(note)


def _of_one_chat(notes: tuple[Shown, ...]) -> tuple[Shown, ...]:
    """Those without an id that are in the same chat as the first of them."""
    unknown = [one for one in notes if one.message_id is None]
    return tuple(one for one in unknown if one.chat_id == unknown[0].chat_id)
