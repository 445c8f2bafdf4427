"""Errors of ours, sent to a Sentry-compatible server where the settings name one. Off otherwise.

A report says where in our code something failed: the kind of exception, files, functions and lines, and the
word that the log has for it. What an exception says is left out, for it may quote a story, a name or a
secret; so are values of variables, lines of code, the machine's name, and all that the kit would add itself.
"""

import re
from collections.abc import Callable, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any, Final

from bot import logs, striking
from bot.config import LogSettings
from bot.errors import ConfigError
from bot.machine import version_of

if TYPE_CHECKING:
    from sentry_sdk.transport import Transport
    from sentry_sdk.types import Event, Hint

PATIENCE: Final = 2.0
"""Seconds in which what is under way has to be sent when the bot ends."""
_OURS: Final = re.compile(r"[a-z][a-z_]{0,39}")
"""What our own log calls something; what libraries log may be any text."""
_KEPT: Final = ("event_id", "timestamp", "platform", "level", "release")


def start(settings: LogSettings, *, transport: "type[Transport] | None" = None) -> Callable[[], None]:
    """Report from now on, if an address is set; what ends it.

    Raises:
        ConfigError: the kit is not installed, or the address is none.
    """
    dsn = settings.sentry_dsn.get_secret_value()
    if not dsn:
        return lambda: None
    try:
        import sentry_sdk
        from sentry_sdk.utils import BadDsn
    except ModuleNotFoundError:
        raise ConfigError((("log.sentry_dsn", "needs sentry-sdk: install monadi[sentry]"),)) from None
    striking.keep(dsn)
    try:
        sentry_sdk.init(
            dsn=dsn,
            transport=transport,
            release=f"monadi@{version_of('monadi')}",
            server_name="",
            before_send=scrubbed,
            default_integrations=False,  # they take up what libraries log, arguments and the environment
            auto_enabling_integrations=False,
            include_local_variables=False,
            include_source_context=False,
            max_breadcrumbs=0,
            auto_session_tracking=False,
            send_client_reports=False,
            shutdown_timeout=PATIENCE,
        )
    except BadDsn:
        raise ConfigError((("log.sentry_dsn", "is no address of a project"),)) from None
    logs.report_to(_report)

    def stop() -> None:
        logs.report_to(None)
        sentry_sdk.get_client().close(timeout=PATIENCE)

    return stop


def _report(event: str, error: BaseException | None) -> None:
    """One error: by its exception, or by what the log calls it."""
    import sentry_sdk

    with sentry_sdk.new_scope() as scope:
        scope.set_tag("event", event if _OURS.fullmatch(event) else "log")
        if error is not None:
            sentry_sdk.capture_exception(error, scope=scope)
        elif _OURS.fullmatch(event):
            sentry_sdk.capture_message(event, level="error", scope=scope)


def scrubbed(event: "Event", hint: "Hint") -> "Event | None":
    """What may leave of a report: put together anew, so that nothing goes out that is not named here."""
    del hint
    given: Mapping[str, Any] = event
    kept: dict[str, Any] = {name: given[name] for name in _KEPT if name in given}
    kept["tags"] = {"event": _word(dict(given.get("tags") or {}).get("event"))}
    if given.get("message"):
        kept["message"] = _word(given["message"])
    if values := (given.get("exception") or {}).get("values"):
        kept["exception"] = {"values": [_failure(each) for each in values]}
    return kept  # type: ignore[return-value]  # the kit's own shape of it


def _failure(given: Mapping[str, Any]) -> dict[str, Any]:
    frames = (given.get("stacktrace") or {}).get("frames") or ()
    found: MutableMapping[str, Any] = {name: given.get(name) for name in ("type", "module")}
    return {**found, "stacktrace": {"frames": [_frame(frame) for frame in frames]}}


def _frame(given: Mapping[str, Any]) -> dict[str, Any]:
    names = ("module", "function", "lineno", "in_app")
    return {**{name: given.get(name) for name in names}, "filename": given.get("module")}


def _word(given: Any) -> str:
    return given if isinstance(given, str) and _OURS.fullmatch(given) else "log"
