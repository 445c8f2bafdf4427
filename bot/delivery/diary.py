"""Our own chats, where a message of a channel is shown for a moment to be read, and nothing stays behind.

Each forward is noted before it is made and after it, and forgotten when it is deleted: after a crash, or a
lost answer, `tidy` finds what is left (`bot.delivery.strays` where nobody knows its id).
"""

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
                    await self._delete_noted(one.id, one.chat_id, one.message_id)
            unknown = [one.chat_id for one in left if one.message_id is None]
            if self._hunt or unknown:
                await self._search(self._hunt.chat_id if self._hunt else unknown[0])
        except SendError as error:
            await self._tidy_later(error)
            return
        if left and self.tidy_at is None:  # there may be more
            self.tidy_at = await self.clock()

    async def _delete_noted(self, note: int, chat_id: int, message_id: int) -> None:
        try:
            await self._delete(chat_id, message_id)
        except Refused as error:  # the chat is lost, or the message is too old: nothing to be done
            log.info("left_behind", chat_id=chat_id, why=error.description)
        await self._forget(note)

    async def _search(self, chat_id: int) -> None:
        """Find and take away what nobody knows the ids of, in one chat: all of it in one search."""
        try:
            await self._hunt_down(chat_id)
        except Refused as error:
            self._hunt = None
            await self._give_up(chat_id, error.description)

    async def _hunt_down(self, chat_id: int) -> None:
        if self._hunt is None:
            if not await strays.can_be_told(self.bot, chat_id):
                await self._give_up(chat_id, "can't be told from others' messages")
                return
            self._hunt = await self._begun(chat_id)
        hunt = self._hunt
        await hunt.go_on(self.bot, partial(self._shown_again, chat_id))
        async with self.storage.begin() as db:
            if hunt.is_over:
                self._hunt = None
                await db.shown.searched(chat_id, last=hunt.last, upto=hunt.newest)
            elif hunt.has_more_than_before:
                await db.shown.looked(chat_id, frm=hunt.at + 1, to=hunt.newest - 1)

    async def _begun(self, chat_id: int) -> Hunt:
        """A search from a message on that is written now, and taken away at once.

        It is noted before that, as one of what is unknown there, until all is looked at: so whatever the
        search itself leaves behind when it is cut off is found by the next one.
        """
        now = await self.clock()
        async with self.storage.begin() as db:
            last = await db.shown.begin(chat_id, chat_id, 0, now)
            unknown = await db.shown.unknown(chat_id)
        sent = await calls.call(self.bot, "sendMessage", {**_QUIET, "chat_id": chat_id, "text": SIGN})
        await self._take_away(None, chat_id, sent["message_id"])
        return Hunt(
            chat_id=chat_id,
            since=unknown.since or now,
            last=last,
            newest=sent["message_id"],
            floor=unknown.floor,
            looked_from=unknown.looked_from,
            looked_to=unknown.looked_to,
        )

    async def _shown_again(self, chat_id: int, id: int) -> dict[str, Any]:
        asked = {**_QUIET, "chat_id": chat_id, "from_chat_id": chat_id, "message_id": id}
        try:
            seen: dict[str, Any] = await calls.call(self.bot, "forwardMessage", asked)
        except AnswerLost:
            self._hunt = None  # it may be there, above all that this search looks at: another one finds it
            raise
        await self._take_away(None, chat_id, seen["message_id"])
        return seen

    async def _give_up(self, chat_id: int, why: str) -> None:
        log.info("left_behind", chat_id=chat_id, why=why)
        async with self.storage.begin() as db:
            await db.shown.give_up(chat_id)

    async def _tidy_later(self, error: SendError) -> None:
        wait = timedelta(seconds=error.retry_after) if isinstance(error, Flooded) else timedelta()
        self.tidy_at = await self.clock() + max(wait, LATER)

    async def _forwarded(self, chat_id: int, source_id: int, id: int) -> dict[str, Any]:
        """A message in a chat of ours, which is taken away as soon as it is there."""
        asked = {**_QUIET, "chat_id": chat_id, "from_chat_id": source_id, "message_id": id}
        now = await self.clock()
        async with self.storage.begin() as db:
            note = await db.shown.begin(chat_id, source_id, id, now)
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

    async def _take_away(self, note: int | None, chat_id: int, message_id: int) -> None:
        """Delete what is there; where that fails, its note stays, or one is made."""
        try:
            await self._delete(chat_id, message_id)
        except SendError as error:
            log.info("not_taken_away", chat_id=chat_id, why=error.description)
            if note is None:
                await self._note(chat_id, message_id)
            await self._tidy_later(error)
            return
        if note is not None:
            await self._forget(note)

    async def _note(self, chat_id: int, message_id: int) -> None:
        now = await self.clock()
        async with self.storage.begin() as db:
            await db.shown.there(await db.shown.begin(chat_id, chat_id, 0, now), message_id)

    async def _delete(self, chat_id: int, message_id: int) -> None:
        with suppress(NothingToEdit):  # it is gone
            await calls.call(self.bot, "deleteMessage", {"chat_id": chat_id, "message_id": message_id})

    async def _forget(self, note: int) -> None:
        async with self.storage.begin() as db:
            await db.shown.gone(note)
