"""A proposal from outside: what the copy supports is taken, and on any fault the newsroom's own stand."""

import asyncio
import gzip
import json
import socket
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError
from structlog.testing import capture_logs

from bot.config import AssistantSettings
from bot.line.assistant import Proposal, propose
from tests import misbehaving_server as misbehaving
from tests.misbehaving_server import Behaviour, answering, endless, saying, serving
from tests.newsroom import COPY as STORY
from tests.newsroom import newsroom

KEY = "sk-very-secret"
COPY = "شورای شهر دلارود بودجه ۴۲۰ میلیارد تومانی را تصویب کرد. طرح تراموا تصویب نشد. سه ایستگاه آتش‌نشانی ساخته می‌شود."
HEADLINE = "تصویب بودجه ۴۲۰ میلیارد تومانی دلارود"
POINTS = ["شورای شهر بودجه ۴۲۰ میلیارد تومانی را تصویب کرد.", "طرح تراموا تصویب نشد."]
GOOD = json.dumps({"headline": HEADLINE, "points": POINTS})


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def assistant(url: str, **changes: Any) -> AssistantSettings:
    return AssistantSettings(**{"url": url, "model": "m", "key": KEY, "timeout": 20, **changes})


async def proposed(behaviour: Behaviour, **changes: Any) -> Proposal | None:
    async with serving(behaviour) as server:
        return await propose(assistant(server.url, **changes), COPY, language="fa")


async def test_a_supported_proposal_is_taken_whole() -> None:
    assert await proposed(saying(GOOD)) == Proposal(headline=HEADLINE, points=tuple(POINTS), struck=0)


async def test_the_question_goes_to_the_endpoint_with_the_key_the_model_and_the_copy() -> None:
    async with serving(saying(GOOD)) as server:
        await propose(assistant(server.url + "/"), COPY, language="fa")

    assert server.heads[0].startswith("POST /v1/chat/completions HTTP/1.1")
    assert f"authorization: bearer {KEY}" in server.heads[0].lower()
    question = server.bodies[0]
    assert question["model"] == "m"
    assert question["messages"][1] == {"role": "user", "content": COPY}
    assert "JSON" in question["messages"][0]["content"]
    assert question["response_format"] == {"type": "json_object"}


async def test_without_a_key_none_is_sent_and_half_a_surrogate_does_no_harm() -> None:
    async with serving(saying(GOOD)) as server:
        found = await propose(assistant(server.url, key=""), COPY + " \ud83d", language="ckb")

    assert found
    assert "authorization" not in server.heads[0].lower()


async def test_what_the_copy_does_not_support_is_struck_and_counted() -> None:
    content = json.dumps(
        {"headline": "تصویب بودجه ۴۳۰ میلیارد تومانی دلارود", "points": ["طرح تراموا تصویب شد.", *POINTS]}
    )

    assert await proposed(saying(content)) == Proposal(headline=None, points=tuple(POINTS), struck=2)


async def test_no_more_points_are_taken_than_were_asked_for() -> None:
    found = await proposed(saying(GOOD), max_points=1)

    assert found == Proposal(headline=HEADLINE, points=(POINTS[0],), struck=0)


@pytest.mark.parametrize(
    "content",
    [f"```json\n{GOOD}\n```", f"Here it is: {GOOD} Anything else?", f"<think>{{no}}</think>\n{GOOD}"],
    ids=["fenced", "talkative", "thinking"],
)
async def test_json_mode_is_not_relied_on(content: str) -> None:
    found = await proposed(saying(content))

    assert found == Proposal(headline=HEADLINE, points=tuple(POINTS), struck=0)


async def test_a_headline_may_be_missing() -> None:
    found = await proposed(saying(json.dumps({"headline": None, "points": POINTS})))

    assert found == Proposal(headline=None, points=tuple(POINTS), struck=0)


FAULTS: dict[str, tuple[Behaviour, str]] = {
    "a bad request": (answering("{}", status="400 Bad Request"), "status 400"),
    "a wrong key": (answering(json.dumps({"error": KEY}), status="401 Unauthorized"), "status 401"),
    "too many requests": (
        answering(
            "{}", status="429 Too Many Requests", headers="Retry-After: 1\r\nContent-Type: application/json"
        ),
        "status 429",
    ),
    "a server's fault": (answering(GOOD, status="500 Internal Server Error"), "status 500"),
    "a gateway's page": (
        answering("<html>", status="502 Bad Gateway", headers="Content-Type: text/html"),
        "status 502",
    ),
    "no content": (answering("", status="204 No Content"), "status 204"),
    "a redirect": (
        answering("", status="307 Moved", headers="Location: http://127.0.0.1:1/v1"),
        "status 307",
    ),
    "a web page": (answering("<html>", headers="Content-Type: text/html"), "not JSON by its content type"),
    "no content type": (answering(GOOD, headers="Server: x"), "not JSON by its content type"),
    "a packed answer": (
        answering(
            gzip.compress(b" " * 10_000_000),
            headers="Content-Type: application/json\r\nContent-Encoding: gzip",
        ),
        "packed, though asked not to be",
    ),
    "broken JSON": (answering('{"choices": ['), "JSONDecodeError"),
    "an empty body": (answering(""), "JSONDecodeError"),
    "no text at all": (answering(b'{"choices": "\xc3("}'), "UnicodeDecodeError"),
    "JSON too deep": (answering("[" * 60_000), "RecursionError"),
    "another shape": (answering('{"result": "ok"}'), "not a chat completion"),
    "a list": (answering("[1, 2]"), "not a chat completion"),
    "no choices": (answering('{"choices": []}'), "not a chat completion"),
    "no content in it": (saying(None), "not a chat completion"),
    "an empty content": (saying(""), "no JSON object in it"),
    "prose": (saying("I'm sorry, I can't do that."), "no JSON object in it"),
    "half an object": (saying(GOOD[:-10]), "JSONDecodeError"),
    "an object too deep": (saying('{"a":' * 9_000), "RecursionError"),
    "points that are one text": (saying('{"headline": "x", "points": "y"}'), "not a headline and points"),
    "points that are numbers": (saying('{"headline": "x", "points": [1]}'), "not a headline and points"),
    "no points": (saying('{"headline": "x"}'), "not a headline and points"),
    "nothing proposed": (saying('{"headline": "", "points": []}'), "nothing the copy supports"),
    "nonsense": (
        saying('{"headline": "lorem", "points": ["\\ud83d", "ipsum 7"]}'),
        "nothing the copy supports",
    ),
    "an endless body": (endless(b" " * 8192), "too large"),
    "a connection reset": (misbehaving.resetting, "ReadError"),
    "a body cut short": (misbehaving.cut_short, "RemoteProtocolError"),
    "a connection closed": (misbehaving.hanging_up, "RemoteProtocolError"),
    "no HTTP": (misbehaving.babbling, "RemoteProtocolError"),
}


@pytest.mark.parametrize(("behaviour", "why"), FAULTS.values(), ids=FAULTS.keys())
async def test_on_any_fault_nothing_is_proposed_and_one_line_tells_why(
    behaviour: Behaviour, why: str
) -> None:
    with capture_logs() as lines:
        assert await proposed(behaviour) is None

    assert [(line["event"], line["why"]) for line in lines] == [("proposal_failed", why)]
    assert KEY not in str(lines)
    assert "شورای" not in str(lines)


@pytest.mark.parametrize(
    "behaviour", [misbehaving.silent, endless(b" ", pause=0.01)], ids=["silent", "a slow drip"]
)
async def test_the_time_limit_is_for_the_whole(behaviour: Behaviour) -> None:
    async with serving(behaviour) as server:
        with capture_logs() as lines:
            assert await propose(assistant(server.url, timeout=0.25), COPY, language="fa") is None

    assert lines[0]["why"] in ("TimeoutError", "ReadTimeout")


async def test_a_refused_connection_is_a_fault() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, and nobody listens
        with capture_logs() as lines:
            url = f"http://127.0.0.1:{taken.getsockname()[1]}"
            assert await propose(assistant(url), COPY, language="fa") is None

    assert lines[0]["why"] == "ConnectError"


@pytest.mark.parametrize("key", ["کلید", "a\r\nX-Other: b", "a\x00"])
async def test_a_key_that_no_header_can_hold_is_a_fault_and_is_not_told(key: str) -> None:
    with capture_logs() as lines:
        assert await proposed(saying(GOOD), key=key) is None

    assert len(lines) == 1
    assert key not in str(lines)


async def test_the_key_may_come_from_a_file_and_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("filed\n")
    async with serving(saying(GOOD)) as server:
        assert await propose(assistant(server.url, key="", key_file=tmp_path / "key"), COPY, language="en")
        assert (
            await propose(assistant(server.url, key="", key_file=tmp_path / "no"), COPY, language="en")
            is None
        )

    assert len(server.heads) == 1
    assert "bearer filed" in server.heads[0].lower()


async def test_a_cancelled_question_is_cancelled() -> None:
    async with serving(misbehaving.silent) as server:
        asking = asyncio.create_task(propose(assistant(server.url, timeout=9), COPY, language="fa"))
        await server.asked.wait()
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking


async def test_it_is_off_by_default() -> None:
    with capture_logs() as lines:
        assert await propose(AssistantSettings(), COPY, language="fa") is None

    assert lines == []


def test_the_key_is_not_shown() -> None:
    settings = assistant("https://example.com/v1", key=SecretStr(KEY))

    assert KEY not in repr(settings) + str(settings) + str(settings.model_dump())


@pytest.mark.parametrize(
    "changes",
    [
        {"url": "http://example.com/v1"},
        {"url": "http://127.0.0.1.example.com/v1"},
        {"url": "http://localhost.example.com"},
        {"url": "ftp://127.0.0.1"},
        {"url": "example.com/v1"},
        {"url": "https://"},
        {"url": f"https://me:{KEY}@example.com"},
        {"url": "https://example.com/v1?version=1"},
        {"model": ""},
        {"key_file": "/run/key"},
        {"timeout": 0},
        {"max_points": 0},
    ],
)
def test_settings_that_would_do_harm_are_faults_and_show_no_value(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as caught:
        assistant(**{"url": "https://example.com/v1", **changes})

    assert KEY not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["https://example.com/v1", "http://localhost:8080/v1", "http://[::1]:8080/v1", "http://127.0.0.2"]
)
def test_https_and_this_machine_will_do(url: str) -> None:
    assert assistant(url).url == url
    assert assistant("http://10.0.0.7/v1", allow_http=True).allow_http


async def test_a_proposal_is_offered_with_its_origin_and_taken_by_a_person() -> None:
    made_up = json.dumps(
        {"headline": "سپیدکوه ۲۰ اتوبوس برقی خرید", "points": ["شهردار ۹۰۰ نفر را اخراج کرد."]}
    )
    async with serving(saying(made_up)) as server, newsroom(assistant=assistant(server.url)) as house:
        await house.reporter.sends(STORY)
        before = house.reporter.card()["text"]
        await house.reporter.presses("پیشنهاد بخواه")
        await house.settles()
        said = house.reporter.text()

        assert said.startswith("🤖 پیشنهاد دستیار")
        assert "۱ پیشنهادش حذف شد" in said
        assert "۹۰۰" not in said
        assert house.reporter.card()["text"] == before
        await house.reporter.presses("این تیتر را بگذار")
        assert house.reporter.card()["text"].startswith("سپیدکوه ۲۰ اتوبوس برقی خرید")


async def test_a_faulty_assistant_leaves_the_story_as_it_is() -> None:
    async with serving(saying("no")) as server, newsroom(assistant=assistant(server.url)) as house:
        await house.reporter.sends(STORY)
        await house.reporter.presses("پیشنهاد بخواه")
        await house.settles()

        assert "پیشنهادی نداشت" in house.reporter.text()


async def test_without_an_endpoint_there_is_no_such_button() -> None:
    async with newsroom() as house:
        await house.reporter.sends(STORY)

        assert not [label for label in house.reporter.buttons() if "🤖" in label]
        assert "از من نیست" in await house.reporter.forges("story.propose:1:1")
