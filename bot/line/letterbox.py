"""The mail as Telegram itself brings it: a webhook of our own, off by default.

Telegram is answered once an update is in the database, and before it is handled; what it gets no 2xx for it
brings again (core.telegram.org/bots/api#setwebhook), and what came before is known by its number. Those that
come at once are stored together. Telegram says how many still wait, so it is asked once in a while: that is
also when a webhook that somebody removed or changed is set again.
"""

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import structlog
from telegram import Bot

from bot import striking
from bot.clock import Clock
from bot.config import Settings
from bot.errors import SendError, StorageError
from bot.line import calls, ingest, postman
from bot.line.postman import Told
from bot.loops import Complaints, pause

log = structlog.get_logger(__name__)

PATH: Final = "/telegram"
"""Where Telegram brings updates, below the server's base address."""
CONNECTIONS: Final = 16
"""Requests that Telegram may make at once: a quarter of what the server takes (`bot.web.serving`)."""
SOON, LATER = 2.0, 25.0
"""Seconds between two looks at what Telegram says of the webhook: while updates wait there, and else."""


@dataclass(frozen=True, kw_only=True)
class Hook:
    """Where Telegram brings updates, and how we know that it is Telegram."""

    url: str
    secret: str = field(repr=False)

    @classmethod
    def of(cls, settings: Settings) -> "Hook | None":
        """None where the mail is fetched.

        The secret follows from the token: it is kept nowhere, and is another one with another token.

        Raises:
            ConfigError: there is no token.
        """
        if not settings.server.webhook:
            return None
        token = settings.telegram.secret()
        secret = hmac.new(token.encode(), b"monadi: who brings updates", "sha256").hexdigest()
        striking.keep(secret)
        return cls(url=f"{settings.server.base_url}{PATH}", secret=secret)

    def params(self) -> dict[str, Any]:
        """The parameters of `setWebhook`."""
        return {
            "url": self.url,
            "secret_token": self.secret,
            "max_connections": CONNECTIONS,
            "allowed_updates": ingest.ALLOWED_UPDATES,
        }

    def is_told_by(self, info: dict[str, Any]) -> bool:
        """Whether Telegram's `WebhookInfo` is of this one; the secret it does not tell."""
        kinds = set(info.get("allowed_updates") or ())
        return info.get("url") == self.url and kinds == set(ingest.ALLOWED_UPDATES)


@dataclass(kw_only=True)
class Letterbox:
    """Takes what Telegram brings, and `take_in` stores it; `rival` hears of another program's webhook."""

    bot: Bot
    hook: Hook
    take_in: Callable[[Sequence[dict[str, Any]]], Awaitable[None]]
    clock: Clock
    told: Told
    rival: Callable[[], Awaitable[object]]
    is_set: bool = False
    _waiting: list[tuple[dict[str, Any], asyncio.Future[None]]] = field(default_factory=list)
    _storing: asyncio.Task[None] | None = None
    _failed_at: int = 0  # Telegram's own stamp of the last failure that was told
    _complaints: Complaints = field(default_factory=Complaints)

    async def take(self, update: dict[str, Any]) -> None:
        """Keep an update that has a number: once this returns it is in the database.

        Raises:
            StorageError: it is not; Telegram shall bring it again.
        """
        kept = asyncio.get_running_loop().create_future()
        self._waiting.append((update, kept))
        if self._storing is None:
            self._storing = asyncio.create_task(self._store())
        await kept

    async def _store(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[: ingest.FULL], self._waiting[ingest.FULL :]
                try:
                    await self.take_in([update for update, _ in batch])
                except Exception as error:  # noqa: BLE001 - whoever brought it is told
                    _settle(batch, error)
                else:
                    _settle(batch, None)
                    self.told.brought()
        finally:
            self._storing = None

    async def after_mail(self) -> None:
        """Let what was brought be stored first, though not for long."""
        if self._storing is not None:
            await asyncio.wait([self._storing], timeout=postman.BEFORE_WORK)

    async def run(self, stop: asyncio.Event) -> None:
        """Set the webhook and see to it that it stays, until `stop`; it is left set, for who comes next."""
        wait = rest = 1.0
        while not stop.is_set():
            try:
                if not self.is_set:
                    await self._set()
                rest = min(2 * rest, LATER) if await self._more_waits() else LATER
                await pause(stop, rest)
                wait, rest = 1.0, rest if rest < LATER else SOON / 2
            except Exception as error:  # noqa: BLE001 - whatever comes, there is mail behind it
                await self._say(error, wait)
                await pause(stop, wait)
                wait = min(wait * 2, postman.LONGEST_REST)

    async def _set(self) -> None:
        await calls.call(self.bot, "setWebhook", self.hook.params())
        self.is_set = True
        log.info("webhook_set", host=urlsplit(self.hook.url).hostname)

    async def _more_waits(self) -> bool:
        """Look at what Telegram says of the webhook; whether updates still wait there."""
        before = await self.clock()
        info = await calls.call(self.bot, "getWebhookInfo", {})
        if not self.hook.is_told_by(info):
            log.warning("webhook_gone", what_now="it is set again; does another program use this token?")
            await self.rival()
            await self._set()
            return True
        waits = int(info.get("pending_update_count") or 0)
        if not waits and not self._waiting:
            self.told.heard(before)
        failed_at = info.get("last_error_date") or 0
        if waits and failed_at > self._failed_at:
            self._failed_at = failed_at
            if self._complaints.is_new("failing", str(info.get("last_error_message"))):
                log.warning("webhook_fails", why=info.get("last_error_message"), waiting=waits)
        return waits > 0

    async def _say(self, error: Exception, again_in: float) -> None:
        is_new = self._complaints.is_new(type(error).__name__, str(error))
        if not isinstance(error, SendError | StorageError):
            if is_new:
                log.error("webhook_failed", exc_info=error)
            return
        if is_new:
            log.warning("no_webhook", why=str(error), again_in=again_in)
        await self.told.trouble(error)


def _settle(batch: Sequence[tuple[dict[str, Any], asyncio.Future[None]]], error: Exception | None) -> None:
    for _, kept in batch:
        if kept.done():  # whoever brought it has hung up
            continue
        if error is None:
            kept.set_result(None)
        else:
            kept.set_exception(error)
