"""A webhook that is in the way: while one is set, Telegram gives `getUpdates` nothing but 409.

Where the mail is fetched it is another program's, or our own of before (`letterbox`). Only its host is told:
the path often holds the token.
"""

from typing import Any
from urllib.parse import urlsplit

import structlog
from telegram import Bot

from bot.errors import SendError
from bot.line import calls

log = structlog.get_logger(__name__)

_IN_THE_WAY = ("while webhook is active", "terminated by setwebhook request")
"""Telegram's own sentences (its public server's source, Client.cpp), in lower case."""


def is_in_the_way(error: SendError) -> bool:
    """Whether `getUpdates` was refused because a webhook is set."""
    said = str(error).lower()
    return any(words in said for words in _IN_THE_WAY)


def host_in(info: dict[str, Any]) -> str:
    """The host to which updates go by Telegram's `WebhookInfo`; empty if no webhook is set."""
    url = str(info.get("url") or "")
    return (urlsplit(url).hostname or "an address of its own") if url else ""


async def remove(bot: Bot) -> None:
    """Remove the webhook if there is one, and say so in the log; the updates that wait at Telegram stay.

    Raises:
        SendError: Telegram did not answer.
    """
    host = host_in(await calls.call(bot, "getWebhookInfo", {}))
    if host:
        await calls.call(bot, "deleteWebhook", {})
        log.warning("webhook_removed", host=host, why="with a webhook set, nobody would be heard here")
