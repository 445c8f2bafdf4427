"""Our end of the wire to Telegram: python-telegram-bot's `Bot` over our own reading of the answers."""

from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from bot.config import Settings
from bot.line.answers import Answers

STAFFS = 8
"""Connections for what the staff is told, beside those of the channels."""


def telegram_bot(
    settings: Settings,
    *,
    sending: int = 0,
    request: BaseRequest | None = None,
    polling: BaseRequest | None = None,
) -> Bot:
    """Our end of the line to Telegram, through the proxy if there is one, with room for `sending` posts.

    Raises:
        ConfigError: there is no token.
    """
    base = settings.telegram.base_url.rstrip("/")
    proxy = settings.telegram.proxy
    request = request or HTTPXRequest(
        proxy=proxy, connection_pool_size=sending + STAFFS, read_timeout=30.0, pool_timeout=10.0
    )
    return Bot(
        settings.telegram.secret(),
        base_url=f"{base}/bot",
        base_file_url=f"{base}/file/bot",
        request=Answers(request),
        get_updates_request=Answers(polling or HTTPXRequest(proxy=proxy, connection_pool_size=2)),
    )
