"""Logs that people and machines can read, and that never hold a secret.

What libraries say through `logging`, Python's warnings, and exceptions that nobody has caught are written
alike: python-telegram-bot logs an unreadable answer whole, and the page that a filter sent holds the token.
"""

import logging
import sys
import threading
import traceback
from collections.abc import MutableMapping
from contextlib import suppress
from types import TracebackType
from typing import Any

import structlog

from bot import addresses, counting, striking
from bot.config import LogSettings, Settings
from bot.errors import ConfigError

_WORDY = ("httpx", "httpcore", "apscheduler", "telegram")
"""httpx logs whole URLs, and Telegram's hold the token (python-telegram-bot#5120)."""


def secrets_of(settings: Settings) -> frozenset[str]:
    """Every secret that stands in the settings themselves, not those in files that they name."""
    from storage.address import secrets_of as secrets_of_database

    found = {settings.telegram.token.get_secret_value(), settings.assistant.key.get_secret_value()}
    proxies = (settings.telegram.proxy, settings.intake.proxy)
    for url in (*proxies, settings.telegram.base_url, settings.clock_url):
        found |= striking.of_url(url or "")
    return frozenset(found | secrets_of_database(settings.database)) - {""}


def keep_secrets(settings: Settings) -> None:
    """Strike all of them from now on, those in files too (who needs one finds out if it can't be read)."""
    striking.keep(*secrets_of(settings))
    for url in addresses.proxies_around().values():
        striking.keep(*striking.of_url(url))
    for secret in (settings.telegram.secret, settings.assistant.secret):
        with suppress(ConfigError):
            striking.keep(*filter(None, [secret()]))


def set_up(settings: LogSettings, *, secret: str = "") -> None:
    """Send structured events to stderr, with `secret` and all that `striking` knows struck out."""
    striking.keep(*filter(None, [secret]))
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=_plain)
    )
    first: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,  # which update or post it is about
        structlog.processors.add_log_level,
        _count,
        structlog.processors.TimeStamper(fmt="iso"),
    ]
    structlog.configure(
        processors=[*first, structlog.processors.format_exc_info, _strike, renderer, _strike_line],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[settings.level.upper()]
        ),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # stderr as it is when something is said
        cache_logger_on_first_use=False,
    )
    _adopt_logging(first, renderer)


def _adopt_logging(first: list[structlog.typing.Processor], renderer: structlog.typing.Processor) -> None:
    """Have `logging` write as we do, and its wordy loggers say only what is wrong."""
    meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*first, structlog.stdlib.add_logger_name],
        processors=[meta, structlog.processors.format_exc_info, _strike, renderer, _strike_line],
    )
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if isinstance(handler, _Stderr)]:
        root.removeHandler(old)
    ours = _Stderr()
    ours.setFormatter(formatter)
    root.addHandler(ours)
    for name in _WORDY:
        logging.getLogger(name).setLevel(logging.WARNING)


class _Stderr(logging.Handler):
    """Writes to stderr as it is when something is said; `logging`'s own complaint would quote the record."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            sys.stderr.write(self.format(record) + "\n")
        except Exception as error:  # noqa: BLE001 - `logging` would print the record as it is
            sys.stderr.write(f"a log line could not be written: {type(error).__name__}\n")


def catch_the_uncaught() -> None:
    """Have warnings, and exceptions that end a thread or the process, written with all secrets struck out."""
    logging.captureWarnings(capture=True)

    def process(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.stderr.write(striking.struck("".join(traceback.format_exception(kind, error, trace))))

    sys.excepthook = process
    threading.excepthook = lambda said: process(
        said.exc_type, said.exc_value or said.exc_type(), said.exc_traceback
    )
    sys.unraisablehook = lambda said: process(
        said.exc_type, said.exc_value or said.exc_type(), said.exc_traceback
    )


def _plain(out: Any, exc_info: Any) -> None:
    structlog.dev.plain_traceback(out, exc_info)


def _count(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Errors are counted: owners hear once a week how many there were."""
    if event.get("level") in ("error", "critical"):
        counting.FAULTS[event["level"]] += 1
    return event


def _strike(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """In the values, as they are; `_strike_line` sees only what became of them."""
    for key, value in event.items():
        if (text := striking.struck(str(value))) != str(value):
            event[key] = text
    return event


def _strike_line(_: Any, __: str, line: Any) -> Any:
    return striking.struck(line) if isinstance(line, str) else line
