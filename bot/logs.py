"""Logs that people and machines can read, and that never hold a secret.

What libraries say through `logging`, Python's warnings, and exceptions that nobody has caught are written
alike: python-telegram-bot logs an unreadable answer whole, and the page that a filter sent holds the token.
"""

import logging
import sys
import threading
import traceback
from collections.abc import Callable, MutableMapping
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

    given = (settings.telegram.token, settings.assistant.key, settings.log.sentry_dsn)
    found = {each.get_secret_value() for each in given}
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
        _tell,
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


_reporter: "Reporter | None" = None
type Reporter = Callable[[str, BaseException | None], None]
"""Hears of each error that is logged: what the log calls it, and the exception."""


def report_to(reporter: Reporter | None) -> None:
    """Have errors told to somebody else too; None: to nobody."""
    global _reporter  # noqa: PLW0603 - a process has one log
    _reporter = reporter


def _tell(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if _reporter is not None and event.get("level") in ("error", "critical"):
        given = event.get("exc_info")
        error = given if isinstance(given, BaseException) else None
        if isinstance(given, tuple):
            error = given[1]
        elif given and error is None:
            error = sys.exc_info()[1]
        with suppress(Exception):  # what can't be reported is in the log all the same
            _reporter(str(event.get("event")), error)
    return event


def _strike(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """In the values, as they are; `_strike_line` sees only what became of them."""
    for key, value in event.items():
        if (text := striking.struck(str(value))) != str(value):
            event[key] = text
    return event


def _strike_line(_: Any, __: str, line: Any) -> Any:
    return striking.struck(line) if isinstance(line, str) else line
