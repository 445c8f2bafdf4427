"""Errors of ours that are reported elsewhere: where in the code, and no text, name, value or secret."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from pydantic import SecretStr
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from bot import logs, reporting
from bot.config import LogSettings
from bot.errors import ConfigError

DSN = "https://0123456789abcdef0123456789abcdef@sentry.example/1"
TOKEN = "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghi"
STORY = "شهرداری سپیدکوه ۲۰ اتوبوس برقی خرید"
ON = LogSettings(sentry_dsn=SecretStr(DSN))

log = structlog.get_logger("bot.loops")


class Kept(Transport):
    """Keeps what would be sent, as it would be."""

    sent: list[str] = []  # noqa: RUF012 - the kit makes one of its own

    def capture_envelope(self, envelope: Envelope) -> None:
        self.sent.append(envelope.serialize().decode())


@pytest.fixture
def sent() -> Iterator[list[str]]:
    Kept.sent = []
    logs.set_up(ON, secret=TOKEN)
    stop = reporting.start(ON, transport=Kept)
    yield Kept.sent
    stop()


def fails(story: str, token: str) -> None:
    """As a bug would: with what nobody may read in its message, its cause, and its variables."""
    name = f"مهتاب ادیب {token}"
    try:
        dict[str, str]()[story]
    except KeyError as cause:
        raise ValueError(f"{story} of {name}: https://api.telegram.org/bot{token}/getMe") from cause


def fault(**more: Any) -> None:
    try:
        fails(STORY, TOKEN)
    except ValueError:
        log.exception("step_failed", loop="desk", story=STORY, **more)


def event_in(said: str) -> dict[str, Any]:
    *_, body = said.strip().splitlines()
    found: dict[str, Any] = json.loads(body)
    return found


def test_where_it_failed_is_told(sent: list[str]) -> None:
    fault()

    (said,) = sent
    event = event_in(said)
    cause, failure = event["exception"]["values"]
    assert (cause["type"], failure["type"]) == ("KeyError", "ValueError")
    assert failure["stacktrace"]["frames"][-1]["function"] == "fails"
    assert failure["stacktrace"]["frames"][-1]["lineno"] > 1
    assert event["tags"] == {"event": "step_failed"}
    assert event["release"].startswith("monadi@")


def test_no_text_no_name_no_secret_and_no_place_of_the_machine_leaves(sent: list[str]) -> None:
    fault(person="مهتاب ادیب", token=TOKEN)
    log.error("Story of مهتاب ادیب", story=STORY)
    log.error("token_refused", why=STORY)
    logging.getLogger("telegram").error("unreadable: %s", STORY)
    try:
        fails(STORY, TOKEN)
    except ValueError:
        logging.getLogger("apscheduler").exception("Job for %s failed", STORY)

    everything = json.dumps(
        [json.loads(line) for said in sent for line in said.splitlines()], ensure_ascii=False
    )
    assert len(sent) == 3, "a fault, what our log calls one, and what a library has caught"
    for secret in (
        STORY,
        "مهتاب",
        TOKEN,
        TOKEN[:20],
        "api.telegram.org",
        "unreadable",
        "/home",
        "/tmp",
        __file__,
    ):
        assert secret not in everything, secret
    for said in sent:
        assert set(event_in(said)) <= {
            "event_id", "timestamp", "platform", "level", "release", "tags", "message", "exception",
        }  # fmt: skip


def test_what_is_less_than_an_error_is_not_told(sent: list[str]) -> None:
    log.warning("no_mail", why="away")
    log.info("running")

    assert sent == []


def test_without_an_address_nothing_is_reported() -> None:
    Kept.sent = []
    logs.set_up(LogSettings())
    reporting.start(LogSettings(), transport=Kept)()
    fault()

    assert Kept.sent == []


def test_it_ends_with_the_bot() -> None:
    Kept.sent = []
    logs.set_up(ON)
    reporting.start(ON, transport=Kept)()
    fault()

    assert Kept.sent == []


def test_what_is_no_address_is_said_at_the_start() -> None:
    with pytest.raises(ConfigError, match="sentry_dsn"):
        reporting.start(LogSettings(sentry_dsn=SecretStr("hello")))


def test_a_reporter_that_fails_keeps_no_line_from_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    def broken(_event: str, _error: BaseException | None) -> None:
        raise RuntimeError

    logs.set_up(LogSettings())
    logs.report_to(broken)
    fault()
    logs.report_to(None)

    assert "step_failed" in capsys.readouterr().err
