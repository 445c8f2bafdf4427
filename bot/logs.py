"""Logs that people and machines can read, and that never hold the token."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from bot.config import LogSettings


def set_up(settings: LogSettings, *, secret: str = "") -> None:
    """Send structured events to stderr, with `secret` struck out of every value, also in tracebacks."""
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=_plain)
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            _striking(secret),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[settings.level.upper()]
        ),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # stderr as it is when something is said
        cache_logger_on_first_use=False,
    )
    # httpx logs whole URLs, and Telegram's hold the token (python-telegram-bot#5120)
    for name in ("httpx", "httpcore", "apscheduler", "telegram"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _plain(out: Any, exc_info: Any) -> None:
    structlog.dev.plain_traceback(out, exc_info)


def _striking(secret: str) -> structlog.typing.Processor:
    def strike(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        if secret:
            for key, value in event.items():
                if secret in (text := str(value)):
                    event[key] = text.replace(secret, "…")
        return event

    return strike
