"""The running server, held to its own OpenAPI document by schemathesis."""

import asyncio
import sys
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import text
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import outlets
from bot.web.serving import serving
from bot.web.settings import ServerSettings
from tests.newsroom import House, newsroom
from tests.web.test_articles import new_token
from tests.web.test_published import BASE, published

EVERYTHING = ServerSettings(base_url=BASE, metrics=True, per_minute=10_000, max_kilobytes=200)
SLOWEST = 5
"""Seconds of an answer, on a machine with other work."""


class Answers:
    """Counts what was answered, by path and status.

    Takes a good Idempotency-Key off three requests in four: schemathesis sends one key with most bodies, which
    the server rightly refuses before it reads them.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.statuses: Counter[tuple[str, int]] = Counter()
        self.asked = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.statuses[scope["path"], message["status"]] += 1
            await send(message)

        if scope["type"] == "http":
            self.asked += 1
            if self.asked % 4:
                scope = {**scope, "headers": [each for each in scope["headers"] if not _is_good_key(*each)]}
        await self.app(scope, receive, counted)


def _is_good_key(name: bytes, value: bytes) -> bool:
    return name == b"idempotency-key" and 1 <= len(value) <= 200


async def stories(house: House) -> int:
    async with house.newsroom.storage.begin() as db:
        return int(await db.staff._connection.scalar(text("SELECT max(id) FROM articles")) or 0)


@pytest.mark.processes
@pytest.mark.timeout(900)
async def test_no_request_gets_an_answer_that_the_document_does_not_promise(tmp_path: Path) -> None:
    """Nor a 5xx, nor does a story get lost: as many are there as were said to be."""
    async with newsroom() as house:
        await published(house)
        token, before = await new_token(house), await stories(house)
        app = Answers(outlets.application_of(house.newsroom, EVERYTHING))
        async with serving(app, "127.0.0.1", 0) as port:
            running = await asyncio.create_subprocess_exec(
                Path(sys.executable).with_name("schemathesis"),
                *("run", f"http://127.0.0.1:{port}/openapi.json", "--no-color", "--continue-on-failure"),
                *("--header", f"Authorization: Bearer {token}", "--seed", "15", "--max-examples", "20"),
                *("--max-response-time", str(SLOWEST), "--generation-database", "none"),
                cwd=tmp_path,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
            )
            said, _ = await running.communicate()
        assert running.returncode == 0, said.decode()
        assert app.statuses["/articles", 201] > 50, app.statuses
        assert app.statuses["/articles", 422] > 50, app.statuses
        assert await stories(house) - before == app.statuses["/articles", 201]
