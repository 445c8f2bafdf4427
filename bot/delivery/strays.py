"""Finds forwards of ours in a chat though nobody knows their ids: the answer was lost, or the process died.

A bot can't read a chat, but ids there rise: they are among the last ones before a message that we send now.
A forward of a look is protected, as nothing else is that we write to people: Telegram refuses to forward it
once more, and so it is told from all else there.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from telegram import Bot

from bot.errors import NothingToEdit, Refused
from bot.line import calls

type Show = Callable[[int], Awaitable[dict[str, Any]]]
"""Forwards the chat's message with an id into the chat itself, and takes it away; raises a SendError."""

PROTECTED = "protected content"
AT_A_TIME = 8
"""How many ids are looked at before others have their turn; and how many a death costs at the most."""
CLOSE, REACH = 24, 1000
"""How many ids before the newest are looked at whatever is there, and how many at the most.

Each look of ours since has used up some, and in private chats all of a bot's chats share one row of ids: most
of those between are not there, which is one call. Below `Hunt.floor` nothing can be, so mostly it is few."""
EARLIER = timedelta(minutes=1)
"""How much older than a forward a message has to be, by its date, to stand before it: clocks differ."""


@dataclass(kw_only=True)
class Hunt:
    """A search through one chat, from the newest message backwards; cut short (429), it is gone on with.

    One search finds all that is unknown there: `since` is when the first of it was shown, `last` the newest
    note of it, `floor` an id up to which nothing is unknown. Where one before it was cut off, what that one
    has looked at, `looked_from` to `looked_to`, is passed over: else a process that dies often would never
    come to the end, and the rest would slip out of its reach.
    """

    chat_id: int
    since: datetime
    last: int
    newest: int
    floor: int = 0
    looked_from: int = 0
    looked_to: int = 0
    looked_at: int = 0
    at: int = field(init=False)  # all above it is looked at
    _is_past: bool = False  # what comes now is older than all that is looked for

    def __post_init__(self) -> None:
        self._go_to(self.newest - 1)

    async def go_on(self, bot: Bot, show: Show) -> None:
        """Look at some of what is left, and take away what is found: posts in doubt are not to wait for all.

        Raises:
            SendError: Telegram could not be asked now, or the chat is lost.
        """
        for _ in range(AT_A_TIME):
            if self.is_over:
                return
            if await self._is_stray(bot, show, self.at):
                await _deleted(bot, self.chat_id, self.at)
            self.looked_at += 1
            self._go_to(self.at - 1)

    @property
    def is_over(self) -> bool:
        """Whether all is looked at."""
        return self.at <= self.floor or self.looked_at >= (CLOSE if self._is_past else REACH)

    @property
    def has_more_than_before(self) -> bool:
        """Whether all above `at` is looked at, what the search before had come to as well."""
        return self.looked_to <= self.floor or self.at < self.looked_to

    def _go_to(self, id: int) -> None:
        self.at = self.looked_from - 1 if id == self.looked_to else id

    async def _is_stray(self, bot: Bot, show: Show, id: int) -> bool:
        try:
            origin = (await show(id)).get("forward_origin", {})
        except Refused as error:
            return PROTECTED in error.description.lower()
        # Of others' messages the date says nothing: they may be forwards of something old.
        if origin.get("sender_user", {}).get("id") == bot.id:
            self._is_past = self._is_past or origin["date"] < (self.since - EARLIER).timestamp()
        return False


async def can_be_told(bot: Bot, chat_id: int) -> bool:
    """Whether what is protected there is ours: not all is, nor could we delete what others have written."""
    chat = await calls.call(bot, "getChat", {"chat_id": chat_id})
    if chat.get("has_protected_content"):
        return False
    if chat_id > 0:
        return True
    me = await calls.call(bot, "getChatMember", {"chat_id": chat_id, "user_id": bot.id})
    return not me.get("can_delete_messages") and me.get("status") != "creator"


async def _deleted(bot: Bot, chat_id: int, id: int) -> None:
    with suppress(NothingToEdit):  # it is gone, or not ours to delete
        await calls.call(bot, "deleteMessage", {"chat_id": chat_id, "message_id": id})
