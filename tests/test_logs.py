"""Logs never hold the token, wherever it stands."""

import json

import structlog

from bot import logs
from bot.config import LogSettings
from tests.newsroom import NEWS, newsroom


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


async def test_a_line_says_which_update_or_post_it_is_about(capsys) -> None:
    async with newsroom() as house:
        await house.approved()
        logs.set_up(LogSettings(level="debug", format="json"))
        try:
            await house.admin.forges(f"plan.now:1:1:{NEWS}")
            await house.admin.sends("/connect @sport")
            await house.admin.sends("/help")
        finally:
            logs.set_up(LogSettings(level="warning"))
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    calls = [line for line in lines if line["event"] == "called"]

    assert any(line.get("post") == 1 and line["method"].startswith("send") for line in calls)
    assert any("update" in line and line["method"] == "getChat" for line in calls)
    assert all("update" not in line for line in calls if line["method"] == "getUpdates")
    assert all("post" not in line for line in calls if line["method"] == "answerCallbackQuery")
