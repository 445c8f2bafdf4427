"""Our own chats, where a message of a channel is shown for a moment to be read, and nothing stays behind.

Each forward is noted before it is made and after it, and forgotten when it is deleted: after a crash, or a
lost answer, `tidy` finds what is left. A forward is protected, as nothing else is that we write to people: so
one whose id nobody knows is told from all else there, by Telegram's refusal to forward it once more.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from telegram import Bot

from bot.clock import Clock
from bot.errors import AnswerLost, ChatGone, Flooded, NothingToEdit, Refused, SendError
from bot.line import calls
from storage import Storage
from storage.shown import Shown

log = structlog.get_logger(__name__)

LATER = timedelta(seconds=10)
"""How long to wait before something is tried again to be taken away."""
AT_ONCE = 8
"""Notes that are seen to in one go."""
REACH = 24
"""How many ids before the newest one are looked at for a forward of which the id is not known."""
AT_THE_START = datetime.min.replace(tzinfo=UTC)
PROTECTED = "protected content"


@dataclass(kw_only=True)
class Diary:
    """Shows and takes away; `tidy_at` is when to look for what stayed behind, None if nothing did."""

    bot: Bot
    storage: Storage
    clock: Clock
    tidy_at: datetime | None = AT_THE_START
    _deaf: set[int] = field(default_factory=set)

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
            except ChatGone as error:
                self._deaf.add(chat_id)
                gone = error
            else:
                self._deaf.discard(chat_id)
                return seen
        raise gone

    async def tidy(self) -> None:
        """Delete what was left behind; what can't be deleted now waits for the next time."""
        self.tidy_at = None
        async with self.storage.begin() as db:
            left = await db.shown.first(AT_ONCE)
        for one in left:
            try:
                await self._find_and_take_away(one)
            except Refused as error:  # the chat is lost, or the message of the channel: nothing to be found
                log.info("left_behind", chat_id=one.chat_id, why=error.description)
                await self._forget(one.id)
            except SendError as error:
                await self._tidy_later(error)
                return
        if len(left) == AT_ONCE and self.tidy_at is None:
            self.tidy_at = await self.clock()

    async def _tidy_later(self, error: SendError) -> None:
        wait = timedelta(seconds=error.retry_after) if isinstance(error, Flooded) else timedelta()
        self.tidy_at = await self.clock() + max(wait, LATER)

    async def _forwarded(self, chat_id: int, channel_id: int, id: int) -> dict[str, Any]:
        now = await self.clock()
        async with self.storage.begin() as db:
            note = await db.shown.begin(chat_id, channel_id, id, now)
        asked = {
            "chat_id": chat_id,
            "from_chat_id": channel_id,
            "message_id": id,
            "disable_notification": True,
            "protect_content": True,
        }
        try:
            seen: dict[str, Any] = await calls.call(self.bot, "forwardMessage", asked)
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
            await calls.call(self.bot, "deleteMessage", {"chat_id": chat_id, "message_id": message_id})
        except NothingToEdit:
            pass  # it is gone
        except SendError as error:
            log.info("not_taken_away", chat_id=chat_id, why=error.description)
            await self._tidy_later(error)
            return
        await self._forget(note)

    async def _forget(self, note: int) -> None:
        async with self.storage.begin() as db:
            await db.shown.gone(note)

    async def _find_and_take_away(self, left: Shown) -> None:
        """Delete a forward; one without an id is among the last messages of its chat."""
        if left.message_id is not None:
            asked = {"chat_id": left.chat_id, "message_id": left.message_id}
            await calls.call(self.bot, "deleteMessage", asked)
        elif left.chat_id > 0:  # in a group all may be protected
            newest = await self._forwarded(left.chat_id, left.channel_id, left.original_id)
            for id in await self._protected_before(left.chat_id, newest["message_id"]):
                await calls.call(self.bot, "deleteMessage", {"chat_id": left.chat_id, "message_id": id})
        await self._forget(left.id)

    async def _protected_before(self, chat_id: int, newest: int) -> list[int]:
        """The last messages of a chat that can't be forwarded; none where that is true of all there."""
        chat = await calls.call(self.bot, "getChat", {"chat_id": chat_id})
        if chat.get("has_protected_content"):
            return []
        found = []
        for id in range(newest - 1, max(0, newest - 1 - REACH), -1):
            try:
                await self._forwarded(chat_id, chat_id, id)
            except Refused as error:
                if PROTECTED in error.description.lower():
                    found.append(id)
        return found
