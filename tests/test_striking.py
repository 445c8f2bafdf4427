"""No secret reaches a screen, a log or the database, in whatever form and from whoever's mouth it comes."""

import asyncio
import base64
import json
import logging
import os
import re
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr
from typer.testing import CliRunner

from bot import cli, config, logs, striking
from bot.config import AssistantSettings, FixedSettings, LogSettings, TelegramSettings
from bot.errors import ConfigError

HALF = "AAS3CRET-token_of-thirty-five-chars"
TOKEN = f"7000000001:{HALF}"
WORD = "S3CRETpro/xy#z?q"
"""A password with what ends an address too early."""

FORMS: tuple[Callable[[str], str], ...] = (
    str,
    quote,
    lambda word: quote(word, safe=""),
    lambda word: quote(word, safe="").replace("%2F", "%2f").replace("%3A", "%3a"),
    lambda word: json.dumps(word)[1:-1],
    lambda word: repr(word)[1:-1],
    escape,
    lambda word: base64.b64encode(f"someone:{word}".encode()).decode(),
)


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test keeps, the next does not know."""
    monkeypatch.setattr(striking, "_ways", set())
    monkeypatch.setattr(striking, "_known", None)


@given(st.text(min_size=4), st.sampled_from(FORMS[:-1]))
@settings(deadline=None)
def test_a_secret_is_recognised_in_every_form(secret: str, form: Callable[[str], str]) -> None:
    try:
        written = form(secret)
    except UnicodeEncodeError:
        assume(condition=False)

    assert any(re.fullmatch(way, written, re.DOTALL) for way in striking.ways_of(secret))


@pytest.mark.parametrize("form", FORMS)
def test_a_secret_is_struck_in_every_form(form: Callable[[str], str]) -> None:
    striking.keep(WORD)
    said = striking.struck(f"before {form(WORD)} after")

    assert form(WORD) not in said
    assert said.startswith("before ")
    assert said.endswith(" after")


def test_a_token_that_nobody_told_is_struck_by_its_shape() -> None:
    for text in (f"/bot{TOKEN}/getMe", f"/bot{TOKEN.replace(':', '%3A')}/getMe"):
        assert HALF not in striking.struck(text)
    assert striking.struck("at 12:30 in news:2026") == "at 12:30 in news:2026"


def test_settings_show_no_secret_however_they_are_printed() -> None:
    loaded = FixedSettings(
        database="postgresql://me:S3CRET@h/d?password=S3CRET",
        clock_url="http://u:S3CRET@h",
        telegram=TelegramSettings(
            token=SecretStr(TOKEN), proxy="http://u:S3CRETpro@h:1", base_url="http://u:S3CRET@h:1"
        ),
        assistant=AssistantSettings(url="https://h/v1", model="m", key=SecretStr("S3CRETkey")),
    )

    for told in (repr(loaded), str(loaded), repr(loaded.telegram), f"{loaded.telegram!s}"):
        assert "S3CRET" not in told


@pytest.mark.parametrize(
    "line",
    [
        f'[telegram]\nproxy = "http://user:{WORD}@127.0.0.1:9"',
        '[telegram]\nproxy = "http://user:S3CRETpro/xy@127.0.0.1:9"',
        '[telegram]\nproxy = "socks5://user:S3CRET@pro@127.0.0.1:9"',
        '[telegram]\nproxy = "http://user:S3CRET pro@127.0.0.1:9"',
        '[telegram]\nproxy = "http://127.0.0.1:S3CRET"',
        '[telegram]\nproxy = "http://user:S3CRET[@127.0.0.1:9"',
        '[telegram]\nbase_url = "http://user:S3CRET/x@127.0.0.1:9"',
        '[assistant]\nmodel = "m"\nurl = "http://user:S3CRET/x@127.0.0.1:9"',
        'database = "mysql://me:S3CRET@h/d"',
        '[telegram]\ntoken = "S3CRET',
        "[telegram]\ntoken = S3CRET",
        '[telegram]\n"token" = ["S3CRET"]',
    ],
)
def test_a_config_that_can_not_be_read_is_told_without_its_values(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "catch_the_uncaught", lambda: None)
    (tmp_path / "config.toml").write_text(line)

    for verb in ("run", "check"):
        done = CliRunner().invoke(cli.app, [verb, "--config", str(tmp_path / "config.toml")])
        assert done.exit_code in (1, 2)
        assert isinstance(done.exception, SystemExit)
        assert "S3CRET" not in done.output


def test_the_environment_is_not_quoted_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONADI_TELEGRAM", '{"token": "S3CRET')

    with pytest.raises(ConfigError) as caught:
        config.load(None)
    assert "S3CRET" not in str(caught.value)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "http_proxy", "ALL_PROXY"])
@pytest.mark.parametrize("proxy", ["http://u:S3CRET/x@127.0.0.1:9", "u:S3CRET#x@127.0.0.1:9"])
def test_a_proxy_of_the_environment_is_not_quoted(
    name: str, proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, proxy)

    with pytest.raises(ConfigError) as caught:
        config.load(None)
    assert name in str(caught.value.faults)
    assert "S3CRET" not in str(caught.value.faults)


@pytest.mark.parametrize("token", ["1:S3CRET\u06f1", "1:S3CRET x", "1:S3CRET/x", "https://h/bot1:S3CRET"])
def test_a_token_that_can_not_stand_in_an_address_is_told_without_it(token: str) -> None:
    with pytest.raises(ConfigError) as caught:
        TelegramSettings(token=SecretStr(token)).secret()

    assert "S3CRET" not in str(caught.value.faults)


@pytest.mark.parametrize(
    "proxy", ["http://user:S3CRET%2Fpro@127.0.0.1:9", "socks5://u:p%40ss@h:1", "http://127.0.0.1:8080/"]
)
def test_a_proxy_written_as_it_should_be_is_taken(proxy: str) -> None:
    assert TelegramSettings(proxy=proxy).proxy == proxy


# ── What others say ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def heard(capsys: Any) -> Iterator[Callable[[], str]]:
    logs.set_up(LogSettings(level="debug", format="json"), secret=TOKEN)
    before = sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning
    logs.catch_the_uncaught()
    yield lambda: capsys.readouterr().err
    sys.excepthook, threading.excepthook, sys.unraisablehook, warnings.showwarning = before
    logging.captureWarnings(capture=False)
    logs.set_up(LogSettings(level="warning"))


@pytest.mark.parametrize("name", ["telegram.Bot", "httpx", "httpcore", "asyncio", "uvicorn.error", "alembic"])
def test_what_libraries_log_is_struck(heard: Callable[[], str], name: str) -> None:
    try:
        raise ValueError(f"https://host/bot{TOKEN}/getMe")  # noqa: TRY301 - a traceback is wanted
    except ValueError:
        logging.getLogger(name).exception("can't read %r", f"<a href='/bot{TOKEN}'>")

    said = heard()
    assert "ValueError" in said
    assert HALF not in said
    for line in said.splitlines():
        assert json.loads(line)["level"] == "error"


def test_a_line_that_can_not_be_written_is_not_quoted(heard: Callable[[], str]) -> None:
    (ours,) = [handler for handler in logging.getLogger().handlers if isinstance(handler, logs._Stderr)]
    ours.handle(logging.LogRecord("telegram", logging.ERROR, "x.py", 1, "%d", (TOKEN,), None))

    assert HALF not in heard()


async def test_exceptions_that_nobody_caught_and_warnings_are_struck(heard: Callable[[], str]) -> None:
    def fail() -> None:
        raise ValueError(f"bot{TOKEN}")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    asyncio.get_running_loop().call_soon(fail)
    await asyncio.sleep(0)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)
        logging.captureWarnings(capture=True)
        warnings.warn(f"bot{TOKEN}", stacklevel=1)
    try:
        fail()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)

    said = heard()
    assert said.count("ValueError: bot…") == 3
    assert "UserWarning" in said
    assert HALF not in said


# ── The real process ────────────────────────────────────────────────────────────────────────────────


class Mirror(BaseHTTPRequestHandler):
    """A filter or proxy whose every answer quotes what it was asked, in a way of the test's choice."""

    page: Callable[[str], tuple[int, str, bytes]]
    asked = 0

    def _answer(self) -> None:
        type(self).asked += 1
        self.rfile.read(int(self.headers.get("content-length") or 0))
        whole = f"{self.path} {self.headers.get('proxy-authorization', '')}"
        status, kind, body = type(self).page(whole)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_CONNECT = _answer  # noqa: N815 - http.server's names

    def log_message(self, *_: Any) -> None:
        """Silent."""


def _page(status: int) -> Callable[[str], tuple[int, str, bytes]]:
    return lambda asked: (status, "text/html", f"<html>{asked} {quote(asked, safe='')}</html>".encode())


def _refusal(status: int) -> Callable[[str], tuple[int, str, bytes]]:
    def page(asked: str) -> tuple[int, str, bytes]:
        said = {"ok": False, "error_code": status, "description": f"no: {asked}", "parameters": {"at": asked}}
        return status, "application/json", json.dumps(said).encode()

    return page


def _strange(asked: str) -> tuple[int, str, bytes]:
    return (
        200,
        "application/json",
        json.dumps({"ok": True, "result": {"id": asked, "first_name": asked}}).encode(),
    )


PAGES = {
    "a page": _page(200),
    "a page of not found": _page(404),
    "a refusal": _refusal(400),
    "unauthorized": _refusal(401),
    "a strange result": _strange,
}


@contextmanager
def mirror(page: Callable[[str], tuple[int, str, bytes]]) -> Iterator[tuple[str, type[Mirror]]]:
    kind = type("OneMirror", (Mirror,), {"page": staticmethod(page)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}", kind
    finally:
        server.shutdown()
        server.server_close()


def monadi(verb: str, folder: Path, asked: type[Mirror]) -> str:
    """What a command wrote, on both its outputs; `run` is told to stop once the mirror was asked for a while."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MONADI_")}
    command = [sys.executable, "-m", "bot.cli", verb, "--config", str(folder / "config.toml")]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=clean
    )
    while verb == "run" and process.poll() is None:
        if asked.asked >= 4:
            process.send_signal(signal.SIGTERM)
            break
        time.sleep(0.1)
    return process.communicate(timeout=40)[0]


@pytest.mark.processes
@pytest.mark.parametrize("name", PAGES)
def test_no_secret_comes_out_of_the_process_whatever_stands_between_it_and_telegram(
    name: str, tmp_path: Path
) -> None:
    with mirror(PAGES[name]) as (address, asked):
        (tmp_path / "config.toml").write_text(
            f'database = "sqlite:///{tmp_path}/newsroom.db"\n[staff]\nowner = [104]\n'
            f'[telegram]\ntoken = "{TOKEN}"\nbase_url = "http://api.example"\n'
            f'proxy = "http://user:{quote(WORD, safe="")}@{address}"\n[log]\nlevel = "debug"\n'
        )
        (tmp_path / "config.toml").chmod(0o600)
        with ThreadPoolExecutor() as both:
            said = "".join(both.map(lambda verb: monadi(verb, tmp_path, asked), ("check", "run")))
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("newsroom.db*"))

    assert asked.asked
    for secret in (TOKEN, HALF, WORD):
        for form in FORMS:
            assert form(secret) not in said, (form(secret), said)
            assert form(secret).encode() not in kept
