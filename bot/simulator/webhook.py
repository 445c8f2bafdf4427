"""Brings updates to the bot's own address: those of one chat in their order, several chats' at once.

An update is off the list when the address answers 2xx, else it is tried again; other chats' go on meanwhile
(`WebhookActor.cpp` of Telegram's server: a queue for each chat, `max_connections` requests at once). So a
later number may be with the bot before an earlier one. As with a local Bot API server plain http is allowed
on this machine, and any port there.
"""

import asyncio
import ipaddress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.simulator.refusal import Refused
from bot.simulator.updates import Updates, lane_of

if TYPE_CHECKING:
    import httpx

RETRY = 1.0  # real seconds
CONNECTIONS = 40
"""Requests at once where `max_connections` does not say; 1 to 100 (core.telegram.org/bots/api#setwebhook)."""
_PORTS = frozenset({80, 88, 443, 8443})
_SECRET_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


def check(url: str, secret: str) -> None:
    """May Telegram call there?

    Raises:
        Refused: Telegram's words.
    """
    parts = urlsplit(url)
    if not (parts.scheme == "http" and _is_here(parts.hostname or "")):
        if parts.scheme != "https":
            raise Refused("bad webhook: An HTTPS URL must be provided for webhook")
        if (parts.port or 443) not in _PORTS:
            raise Refused("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if len(secret) > 256 or set(secret) - _SECRET_LETTERS:
        raise Refused("secret token contains unallowed characters")


class Webhook:
    """The address and the errands to it."""

    def __init__(self, updates: Updates) -> None:
        self._updates = updates
        self._errand: asyncio.Task[None] | None = None
        self._busy: set[object] = set()  # chats of which an update is on its way
        self.last_error: str | None = None

    def start(self, info: dict[str, Any], secret: str) -> None:
        """From now on updates go there and getUpdates conflicts; `info` is what getWebhookInfo tells."""
        self.stop()
        most = max(1, min(info.get("max_connections", CONNECTIONS), 100))
        self._updates.hook({**info, "max_connections": most})
        self._errand = asyncio.get_running_loop().create_task(self._bring(info["url"], secret, most))

    def stop(self) -> None:
        """Back to getUpdates."""
        self._updates.webhook = {}
        self.last_error = None
        if self._errand:
            self._errand.cancel()
            self._errand = None

    async def _bring(self, url: str, secret: str, most: int) -> None:
        import httpx

        self._busy = set()
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        free = asyncio.Semaphore(most)
        async with (
            httpx.AsyncClient(trust_env=False, headers=headers) as client,
            asyncio.TaskGroup() as errands,
        ):
            while True:
                await free.acquire()
                update = await self._updates.first(self._busy)
                self._busy.add(lane_of(update))
                errands.create_task(self._one(client, url, update, free))

    async def _one(
        self, client: "httpx.AsyncClient", url: str, update: dict[str, Any], free: asyncio.Semaphore
    ) -> None:
        refusal = await _refusal_of(client, url, update)
        if refusal is None:
            self._updates.forget(update["update_id"])
        else:
            self.last_error = refusal
            await asyncio.sleep(RETRY)
        self._busy.discard(lane_of(update))
        free.release()
        self._updates.look_again()


async def _refusal_of(client: "httpx.AsyncClient", url: str, update: dict[str, Any]) -> str | None:
    import httpx

    try:
        answer = await client.post(url, json=update)
    except httpx.HTTPError:
        return "Connection refused"
    if answer.is_success:
        return None
    return f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
