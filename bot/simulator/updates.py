"""Updates waiting for the bot, and how they are fetched; knows nothing of what stands in them.

By tdlib/telegram-bot-api `Client.cpp` (`process_get_updates_query`): one poller at a time, an offset
confirms all before it, a negative one counts from the end, the last `allowed_updates` hold, waiting is cut
at 50 s, and the same offset asked again within 3 s is made to wait.
"""

import asyncio
import time
from collections.abc import Set as AbstractSet
from typing import Any

from bot.simulator.refusal import Refused

Update = dict[str, Any]

NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
LONGEST = 50  # seconds
_FIRST_ID = 300_001
_OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
_HOOKED = "terminated by setWebhook request"


def lane_of(update: Update) -> object:
    """Whose updates come one after the other: those of a chat; of presses, those of a person."""
    body: dict[str, Any] = next((each for name, each in update.items() if name != "update_id"), {})
    chat = body.get("chat")
    return chat["id"] if chat else ("from", body.get("from", {}).get("id"))


class Updates:
    """The queue. Ids rise by one and are never used twice; waiting is on real time."""

    def __init__(self) -> None:
        self.pending: list[Update] = []
        self.allowed: set[str] = set()  # empty: all but NOT_BY_DEFAULT
        self.webhook: Update = {}
        self.closed = False
        self._next_id = _FIRST_ID
        self._arrived = asyncio.Event()
        self._poller: asyncio.Future[str] | None = None  # "": look again; else why its waiting is over
        self._asked = (-1, float("-inf"))  # offset, when

    def queue(self, kind: str, body: Any) -> None:
        """Adds an update unless the bot asked not to get its kind."""
        if kind not in self.allowed if self.allowed else kind in NOT_BY_DEFAULT:
            return
        self.pending.append({"update_id": self._next_id, kind: body})
        self._next_id += 1
        self._arrived.set()
        self._wake()

    async def fetch(self, offset: int = 0, limit: int = 100, timeout: int = 0) -> list[Update]:  # noqa: ASYNC109 - Telegram's own parameter
        """What waits from `offset` on; if nothing does, waits up to `timeout` seconds for it.

        Raises:
            Refused: 409, a webhook is set or another poller has come.
        """
        if self.webhook:
            raise Refused(
                "can't use getUpdates method while webhook is active;"
                " use deleteWebhook to delete the webhook first",
                409,
            )
        self._wake(_OTHER_POLLER)
        timeout, limit = self._held_back(offset, max(0, min(timeout, LONGEST)), limit)
        self.confirm(offset)
        until = time.monotonic() + timeout
        while not self.pending and not self.closed and (left := until - time.monotonic()) > 0:
            await self._wait(left)
        return self.pending[: limit if 1 <= limit <= 100 else 100]

    async def first(self, busy: AbstractSet[object] = frozenset()) -> Update:
        """The oldest one of a chat that is not `busy`, as soon as there is one; it stays until `forget`."""
        while True:
            for update in self.pending:
                if lane_of(update) not in busy:
                    return update
            self._arrived.clear()
            await self._arrived.wait()

    def look_again(self) -> None:
        """Have `first` look: who was busy is so no more."""
        self._arrived.set()

    def forget(self, update_id: int) -> None:
        """One was taken, whatever became of those before it."""
        self.pending = [update for update in self.pending if update["update_id"] != update_id]

    def close(self) -> None:
        """Answers whoever waits."""
        self.closed = True
        self._wake()

    def hook(self, info: Update) -> None:
        """Updates go elsewhere from now on: whoever waits for them is told (`Client::abort_long_poll`)."""
        self.webhook = info
        self._wake(_HOOKED)

    def _held_back(self, offset: int, timeout: int, limit: int) -> tuple[int, int]:
        before, when = self._asked
        passed = time.monotonic() - when
        self._asked = (offset, time.monotonic())
        if offset != before:
            return timeout, limit
        return (3 if timeout < 3 and passed < 3 else timeout), (1 if passed < 0.5 else limit)

    def confirm(self, offset: int) -> None:
        """Forgets all before that id; a negative offset keeps so many of the newest, 0 all."""
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset > 0:
            self.pending = [update for update in self.pending if update["update_id"] >= offset]

    async def _wait(self, seconds: float) -> None:
        mine = self._poller = asyncio.get_running_loop().create_future()
        try:
            ended = await asyncio.wait_for(mine, seconds)
        except TimeoutError:
            return
        finally:
            if self._poller is mine:
                self._poller = None
        if ended:
            raise Refused(ended, 409)

    def _wake(self, ended: str = "") -> None:
        if self._poller and not self._poller.done():
            self._poller.set_result(ended)
