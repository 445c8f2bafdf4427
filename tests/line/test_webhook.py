"""A webhook left by another program: found by `check`, removed by `run`, also when it comes later."""

import asyncio
import os
import signal
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from structlog.testing import capture_logs

from bot import checking, service
from bot.config import FixedSettings, LogSettings, TelegramSettings
from bot.demo import STAFF
from bot.errors import SendError
from bot.line import webhook
from bot.line.wire import telegram_bot
from bot.simulator import dispatch
from bot.simulator.people import Person
from bot.simulator.serving import serving
from bot.simulator.world import World

TOKEN = "1:AAfirst"
THERE = f"http://127.0.0.1:9/hooks/{TOKEN}?key=letmein"


def settings(tmp_path: Path, port: int) -> FixedSettings:
    return FixedSettings(
        database=f"sqlite:///{tmp_path}/newsroom.db",
        staff=STAFF,
        telegram=TelegramSettings(token=SecretStr(TOKEN), base_url=f"http://127.0.0.1:{port}"),
        log=LogSettings(level="warning"),
    )


async def hook(world: World, url: str = THERE) -> None:
    answer = await dispatch.call(world, TOKEN, "setWebhook", {"url": url})
    assert answer.body["ok"], answer


@asynccontextmanager
async def running(tmp_path: Path, port: int) -> Any:
    task = asyncio.create_task(service.run(settings(tmp_path, port)))
    try:
        yield task
    finally:
        os.kill(os.getpid(), signal.SIGTERM)
        await task


async def heard(world: World, words: str) -> None:
    """The reporter writes and is answered."""
    reporter = Person(world, 101)
    before = len(reporter.reads())
    reporter.send(words)
    while len(reporter.reads()) <= before + 1:  # noqa: ASYNC110 - the bot answers over a socket
        await asyncio.sleep(0.02)


async def test_a_webhook_left_over_is_removed_at_the_start_and_nothing_said_is_lost(
    tmp_path: Path, capsys: Any
) -> None:
    world = World()
    await hook(world)
    Person(world, 101).send("/start")
    async with asyncio.timeout(20), serving(world) as port, running(tmp_path, port):
        while len(Person(world, 101).reads()) < 2:  # noqa: ASYNC110 - the bot answers over a socket
            await asyncio.sleep(0.02)
    said = capsys.readouterr().err

    assert world.updates.webhook == {}
    assert "webhook_removed" in said
    assert "127.0.0.1" in said
    assert TOKEN not in said
    assert "letmein" not in said


async def test_a_webhook_that_is_set_while_the_bot_runs_is_removed_too(tmp_path: Path, capsys: Any) -> None:
    world = World()
    async with asyncio.timeout(20), serving(world) as port, running(tmp_path, port):
        await heard(world, "/start")
        await hook(world)
        await heard(world, "/help")

    assert world.updates.webhook == {}
    assert "webhook_removed" in capsys.readouterr().err


async def test_check_names_it_with_the_remedy_and_leaves_it(tmp_path: Path) -> None:
    world = World()
    await hook(world)
    async with serving(world) as port, telegram_bot(settings(tmp_path, port)) as bot:
        left = await checking.the_webhook(bot)
        assert (left.mark, world.updates.webhook["url"]) == ("✗", THERE)
        await webhook.remove(bot)
        none = await checking.the_webhook(bot)

    assert "127.0.0.1" in left.words
    assert "monadi run" in left.words
    assert "letmein" not in left.words
    assert (none.mark, none.words) == ("✓", "none, the bot hears by asking")


async def test_without_one_nothing_is_said_and_nothing_deleted(tmp_path: Path) -> None:
    world = World()
    async with serving(world) as port, telegram_bot(settings(tmp_path, port)) as bot:
        with capture_logs() as said:
            await webhook.remove(bot)

    assert said == []
    assert [call["method"] for call in world.transcript.since(0)] == ["getMe", "getWebhookInfo"]


def test_another_poller_is_no_webhook() -> None:
    assert not webhook.is_in_the_way(SendError("Conflict: terminated by other getUpdates request"))
    assert webhook.is_in_the_way(SendError("Conflict: terminated by setWebhook request"))
