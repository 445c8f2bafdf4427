"""Logs never hold the token, wherever it stands."""

import structlog

from bot import logs
from bot.config import LogSettings


def fail() -> None:
    raise ValueError("https://api.telegram.org/bot123:SECRET/getMe")


def test_the_token_is_struck_out_of_events_values_and_tracebacks(capsys) -> None:
    for form in ("console", "json"):
        logs.set_up(LogSettings(format=form), secret="123:SECRET")
        log = structlog.get_logger()
        try:
            fail()
        except ValueError:
            log.exception("failed 123:SECRET", url="bot123:SECRET", many=["123:SECRET"])
        written = capsys.readouterr().err

        assert "ValueError" in written
        assert "SECRET" not in written
    logs.set_up(LogSettings(level="warning"))
