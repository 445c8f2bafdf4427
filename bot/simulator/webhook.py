"""Brings updates to the bot's own address, one after the other; knows not what stands in them.

An update is off the list when the address answers 2xx, else it is tried again. As with a local Bot API server
plain http is allowed on this machine.
"""

import asyncio
import ipaddress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.simulator.refusal import Refused
from bot.simulator.updates import Updates

if TYPE_CHECKING:
    import httpx

RETRY = 1.0  # real seconds
_SECRET_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


def check(url: str, secret: str) -> None:
    """May Telegram call there?

    Raises:
        Refused: Telegram's words.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_here(parts.hostname or "")):
        raise Refused("bad webhook: An HTTPS URL must be provided for webhook")
    if len(secret) > 256 or set(secret) - _SECRET_LETTERS:
        raise Refused("secret token contains unallowed characters")


class Webhook:
    """The address and the errand to it."""

    def __init__(self, updates: Updates) -> None:
        self._updates = updates
        self._errand: asyncio.Task[None] | None = None
        self.last_error: str | None = None

    def start(self, info: dict[str, Any], secret: str) -> None:
        """From now on updates go there and getUpdates conflicts; `info` is what getWebhookInfo tells."""
        self.stop()
        self._updates.hook(info)
        self._errand = asyncio.get_running_loop().create_task(self._bring(info["url"], secret))

    def stop(self) -> None:
        """Back to getUpdates."""
        self._updates.webhook = {}
        self.last_error = None
        if self._errand:
            self._errand.cancel()
            self._errand = None

    async def _bring(self, url: str, secret: str) -> None:
        import httpx

        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        async with httpx.AsyncClient(trust_env=False, headers=headers) as client:
            while True:
                update = await self._updates.first()
                self.last_error = await _refusal_of(client, url, update)
                if self.last_error is None:
                    self._updates.confirm(update["update_id"] + 1)
                else:
                    await asyncio.sleep(RETRY)


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
