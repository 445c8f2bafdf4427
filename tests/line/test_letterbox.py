"""The mail as Telegram brings it: stored before it is answered, however it comes, and nothing else let in."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr, ValidationError
from structlog.testing import capture_logs

from bot import checking, outlets, service
from bot.config import FixedSettings, LogSettings, TelegramSettings
from bot.demo import STAFF
from bot.demo.newsroom import TOKEN
from bot.line import letterbox
from bot.line.letterbox import Hook
from bot.line.wire import telegram_bot
from bot.simulator import dispatch
from bot.simulator.people import Person
from bot.simulator.serving import serving
from bot.simulator.world import World
from bot.web import mail
from bot.web.settings import ServerSettings
from storage import Storage
from tests.newsroom import COPY, EDITOR, REPORTER, House, newsroom

BASE = "https://news.example"
OURS = ServerSettings(address="127.0.0.1:0", base_url=BASE, webhook=True)
TOLD = "X-Telegram-Bot-Api-Secret-Token"


def said(number: int, text: str = "/help", who: int = REPORTER) -> dict[str, Any]:
    person = {"id": who, "is_bot": False, "first_name": "ر"}
    chat = {"id": who, "type": "private", "first_name": "ر"}
    message = {"message_id": number, "date": 1_795_336_200, "chat": chat, "from": person, "text": text}
    command = {"type": "bot_command", "offset": 0, "length": 5}
    return {"update_id": number, "message": {**message, "entities": [command]}}


@asynccontextmanager
async def hooked(database: str = "sqlite://") -> AsyncIterator[tuple[House, httpx.AsyncClient, Hook]]:
    """The newsroom with its letterbox, and a Telegram that we play ourselves."""
    async with newsroom(database, server=OURS) as house:
        assert house.newsroom.letterbox is not None
        transport = httpx.ASGITransport(app=outlets.application_of(house.newsroom, OURS))
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            yield house, client, house.newsroom.letterbox.hook


async def stored(house: House) -> list[int]:
    async with house.newsroom.storage.begin() as db:
        return [number for number in range(1, 200) if await db.inbox.payload(number) is not None]


def helps(house: House) -> int:
    return sum("کارهایی که از من برمی‌آید" in one.get("text", "") for one in house.reporter.reads())


async def test_an_update_is_kept_before_it_is_answered_and_handled_once_however_often_it_comes() -> None:
    async with hooked() as (house, client, hook):
        for _ in range(3):
            answer = await client.post("/telegram", json=said(7), headers={TOLD: hook.secret})
            assert (answer.status_code, answer.content) == (200, b"")
        assert (await stored(house), helps(house)) == ([7], 0)
        await house.settles()
        await client.post("/telegram", json=said(7), headers={TOLD: hook.secret})
        await house.settles()

        assert helps(house) == 1


async def test_a_later_one_may_come_first() -> None:
    async with hooked() as (house, client, hook):
        for number in (9, 7, 8):
            await client.post("/telegram", json=said(number), headers={TOLD: hook.secret})
        await house.settles()

        assert helps(house) == 3


async def test_what_comes_at_once_is_stored_together() -> None:
    async with hooked() as (house, client, hook):
        letters = house.newsroom.letterbox
        assert letters is not None
        batches: list[int] = []
        take_in = letters.take_in

        async def counted(updates: Any) -> None:
            batches.append(len(updates))
            await take_in(updates)

        letters.take_in = counted
        brought = [client.post("/telegram", json=said(n), headers={TOLD: hook.secret}) for n in range(1, 31)]
        answers = await asyncio.gather(*brought)

        assert {answer.status_code for answer in answers} == {200}
        assert await stored(house) == list(range(1, 31))
        assert len(batches) < 10


async def test_while_the_database_is_away_telegram_is_asked_to_come_again(tmp_path: Path) -> None:
    async with hooked() as (house, client, hook):
        letters, fails = house.newsroom.letterbox, True
        assert letters is not None
        take_in = letters.take_in

        async def away(updates: Any) -> None:
            from bot.errors import StorageError

            if fails:
                raise StorageError("no space left")
            await take_in(updates)

        letters.take_in = away
        with capture_logs() as logged:
            for _ in range(5):
                assert (
                    await client.post("/telegram", json=said(7), headers={TOLD: hook.secret})
                ).status_code == 503
        assert [line["event"] for line in logged] == ["update_not_kept"]
        fails = False
        assert (await client.post("/telegram", json=said(7), headers={TOLD: hook.secret})).status_code == 200
        assert await stored(house) == [7]


@pytest.mark.parametrize(
    ("status", "how"),
    [
        (403, {"headers": {}}),
        (403, {"headers": {TOLD: "x"}}),
        (403, {"headers": {TOLD.encode(): "ر".encode()}}),
        (415, {"content": b"{}", "headers": {"Content-Type": "text/plain"}}),
        (400, {"content": b"{", "headers": {"Content-Type": "application/json"}}),
        (400, {"content": b"[" * 100_000, "headers": {"Content-Type": "application/json"}}),
        (
            400,
            {
                "content": b'{"update_id": ' + b"9" * 6000 + b"}",
                "headers": {"Content-Type": "application/json"},
            },
        ),
        (400, {"json": []}),
        (400, {"json": {"message": {}}}),
        (400, {"json": {"update_id": True}}),
        (400, {"json": {"update_id": -1}}),
        (413, {"json": {"update_id": 1, "x": "x" * mail.LARGEST}}),
    ],
    ids=str,
)
async def test_what_is_not_telegrams_is_refused_without_a_word_of_the_secret(
    status: int, how: dict[str, Any]
) -> None:
    async with hooked() as (house, client, hook):
        if status != 403:
            how = {**how, "headers": {TOLD: hook.secret, **how.get("headers", {})}}
        else:
            how = {"json": said(7), **how}
        with capture_logs() as logged:
            answers = [await client.post("/telegram", **how) for _ in range(3)]

        assert {(answer.status_code, answer.content) for answer in answers} == {(status, b"")}
        assert await stored(house) == []
        assert len(logged) == 1
        assert hook.secret not in str(logged)
        assert (await client.get("/telegram")).status_code == 405


async def test_an_update_nobody_can_read_stops_nobody_behind_it() -> None:
    async with hooked() as (house, client, hook):
        odd = [{**said(1), "message": None}, {**said(2), "message": {"chat": []}}, {"update_id": 3}]
        for update in [*odd, said(4, "\0\ud800"), said(5)]:
            more = {TOLD: hook.secret, "Content-Type": "application/json"}
            answer = await client.post("/telegram", content=json.dumps(update), headers=more)
            assert answer.status_code == 200
        await house.settles()

        assert helps(house) >= 1


def test_the_secret_follows_from_the_token_and_is_shown_nowhere() -> None:
    def of(token: str) -> Hook:
        made = Hook.of(FixedSettings(telegram=TelegramSettings(token=SecretStr(token)), server=OURS))
        assert made is not None
        return made

    hook = of("1:t")
    assert (hook, hook.secret) == (of("1:t"), of("1:t").secret)
    assert hook.secret != of("1:u").secret
    assert hook.secret not in repr(hook)
    assert Hook.of(FixedSettings(telegram=TelegramSettings(token=SecretStr("1:t")))) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"webhook": True},
        {"webhook": True, "address": "127.0.0.1:1"},
        {"webhook": True, "base_url": BASE},
        {"webhook": True, "address": "127.0.0.1:1", "base_url": "http://news.example"},
    ],
    ids=str,
)
def test_a_webhook_needs_a_place(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="webhook needs"):
        ServerSettings(**wrong)


# ── A running bot ───────────────────────────────────────────────────────────────────────────────────


def settings(tmp_path: Path, telegram: int, here: int, *, webhook: bool = True) -> FixedSettings:
    return FixedSettings(
        database=f"sqlite:///{tmp_path}/newsroom.db",
        staff=STAFF,
        telegram=TelegramSettings(token=SecretStr(TOKEN), base_url=f"http://127.0.0.1:{telegram}"),
        server=ServerSettings(
            address=f"127.0.0.1:{here}", base_url=f"http://127.0.0.1:{here}", webhook=webhook
        ),
        log=LogSettings(level="info"),
    )


def free_port() -> int:
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def until(so: Callable[[], object]) -> None:
    while not so():  # noqa: ASYNC110 - another process, or a socket
        await asyncio.sleep(0.02)


@asynccontextmanager
async def running(settings: FixedSettings) -> AsyncIterator[None]:
    task = asyncio.create_task(service.run(settings))
    try:
        yield
    finally:
        os.kill(os.getpid(), signal.SIGTERM)
        await task


async def is_answered(world: World, words: str) -> None:
    person = Person(world, EDITOR)
    before = len(person.reads())
    person.send(words)
    await until(lambda: len(person.reads()) > before + 1)


async def test_it_is_set_with_the_secret_brought_by_it_and_taken_away_when_polling_is_chosen_again(
    tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.line.letterbox.LATER", 0.2)
    world, here = World(), free_port()
    async with asyncio.timeout(40), serving(world) as port:
        ours = settings(tmp_path, port, here)
        async with running(ours):
            await is_answered(world, "/help")
            hook = Hook.of(ours)
            assert hook is not None
            assert world.updates.webhook["max_connections"] == letterbox.CONNECTIONS
            async with telegram_bot(ours) as bot:
                assert (await checking.the_webhook(bot, hook)).mark == "✓"
                assert (await checking.the_webhook(bot)).mark == "✗"
            await dispatch.call(world, TOKEN, "deleteWebhook", {})
            await until(lambda: world.updates.webhook)
            await is_answered(world, "/desk")
        assert world.updates.webhook  # Telegram keeps the mail until we are back
        Person(world, EDITOR).send("/drafts")  # meanwhile
        async with running(settings(tmp_path, port, here, webhook=False)):
            await is_answered(world, "/help")
    told = capsys.readouterr().err

    assert world.updates.webhook == {}
    assert "webhook_set" in told
    assert "webhook_gone" in told
    assert "webhook_removed" in told
    assert hook.secret not in told
    assert sum("کارهایی که از من" in one.get("text", "") for one in Person(world, EDITOR).reads()) == 2


async def test_what_the_webhook_could_not_bring_is_fetched_when_polling_is_chosen_again(
    tmp_path: Path,
) -> None:
    """A later update came in by the webhook, an earlier one of another chat did not: no number confirms it."""
    world = World()
    first = Person(world, REPORTER)
    first.send("/help")
    number = world.updates.pending[0]["update_id"]
    storage = await Storage.open(f"sqlite:///{tmp_path}/newsroom.db")
    async with storage.begin() as db:
        await db.inbox.store(number + 1, said(number + 1, who=EDITOR), world.clock.now(), turn=EDITOR)
    await storage.close()
    async with asyncio.timeout(20), serving(world) as port:
        ours = settings(tmp_path, port, free_port(), webhook=False)
        async with running(ours):
            await until(lambda: any("کارهایی که از من" in one.get("text", "") for one in first.reads()))


KILLED = """
import asyncio, os, sys
from pathlib import Path
from bot import config, service
from bot.web import mail

kept = mail.Mail._kept

async def dies(self, update):
    status = await kept(self, update)
    if Path(sys.argv[2]).exists():
        os.kill(os.getpid(), 9)  # it is in the database, and Telegram has not been answered
    return status

mail.Mail._kept = dies
asyncio.run(service.run(config.load(Path(sys.argv[1]))))
"""


@pytest.mark.processes
@pytest.mark.timeout(200)
async def test_killed_between_keeping_and_answering_nothing_is_lost_and_nothing_handled_twice(
    tmp_path: Path,
) -> None:
    world, here = World(), free_port()
    file, deadly, reporter = tmp_path / "config.toml", tmp_path / "deadly", Person(world, REPORTER)
    deadly.touch()
    async with asyncio.timeout(180), serving(world) as port:
        file.write_text(
            f'database = "sqlite:///{tmp_path}/newsroom.db"\n[staff]\nreporter = [101]\n[telegram]\n'
            f'token = "{TOKEN}"\nbase_url = "http://127.0.0.1:{port}"\n[server]\nwebhook = true\n'
            f'address = "127.0.0.1:{here}"\nbase_url = "http://127.0.0.1:{here}"\n'
        )
        command = [sys.executable, "-c", KILLED, str(file), str(deadly)]
        reporter.send(COPY)
        process = await asyncio.create_subprocess_exec(*command)
        assert await process.wait() == -signal.SIGKILL
        assert len(world.updates.pending) == 1  # not answered, so it comes again
        deadly.unlink()
        process = await asyncio.create_subprocess_exec(*command)
        await until(lambda: not world.updates.pending)
        await until(
            lambda: [one for one in reporter.reads() if one["from"]["is_bot"] and "reply_markup" in one]
        )
        process.terminate()
        await process.wait()
    storage = await Storage.open(f"sqlite:///{tmp_path}/newsroom.db")
    async with storage.begin() as db:
        made = [await db.articles.get(number) is not None for number in (1, 2)]
    await storage.close()
    assert made == [True, False]
