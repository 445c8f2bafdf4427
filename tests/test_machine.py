"""What `monadi check` says of disks, versions, the proxy and the rights in channels."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot import checking, machine
from bot.config import BackupSettings, FixedSettings, TelegramSettings
from bot.finding import Mark
from bot.simulator import places
from tests.newsroom import NEWS, newsroom


def settings(tmp_path: Path, **more: Any) -> FixedSettings:
    return FixedSettings(database=f"sqlite:///{tmp_path}/newsroom.db", **more)


@pytest.mark.parametrize(
    ("free", "mark"),
    [
        (0, Mark.FAULT),
        (machine.FULL - 1, Mark.FAULT),
        (machine.FULL, Mark.WARNING),
        (machine.LOW - 1, Mark.WARNING),
        (machine.LOW, Mark.FINE),
        (10**13, Mark.FINE),
    ],
)
def test_a_disk_that_is_nearly_full_is_told_in_time(tmp_path: Path, free: int, mark: Mark) -> None:
    (found,) = machine.disks(settings(tmp_path), lambda _: SimpleNamespace(free=free))

    assert (found.place, found.mark) == ("disk", mark)
    assert str(tmp_path.resolve()) in found.words


def test_a_disk_is_told_once_and_one_that_is_not_there_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()

    assert len(machine.disks(settings(tmp_path, backup=BackupSettings(folder=tmp_path / "backups")))) == 1
    assert machine.disks(settings(tmp_path / "none")) == []
    assert machine.disks(FixedSettings(database="postgresql://db/monadi")) == []


def test_the_versions_are_those_that_run() -> None:
    told = machine.versions(FixedSettings())

    assert told.mark is Mark.FINE
    for word in ("Monadi", "Python 3.", "SQLite 3.", "python-telegram-bot 22."):
        assert word in told.words


async def test_a_proxy_that_takes_no_connection_is_a_fault_and_its_password_is_no_word_of_it() -> None:
    async def nothing(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    server = await asyncio.start_server(nothing, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    given = FixedSettings(telegram=TelegramSettings(proxy=f"socks5://ali:letmein@127.0.0.1:{port}"))
    there = await machine.proxy(given)
    server.close()
    await server.wait_closed()
    gone = await machine.proxy(given)

    assert there is not None
    assert gone is not None
    assert (there.mark, gone.mark) == (Mark.FINE, Mark.FAULT)
    assert f"127.0.0.1:{port}" in gone.words
    assert "letmein" not in there.words + gone.words
    assert await machine.proxy(FixedSettings()) is None


@pytest.mark.parametrize(
    ("rights", "mark", "words"),
    [
        ({}, Mark.FINE, "may post, edit and delete"),
        ({"can_post_messages": False}, Mark.FAULT, "may not post"),
        ({"can_edit_messages": False}, Mark.WARNING, "not edit"),
        ({"can_delete_messages": False}, Mark.WARNING, "not delete"),
        ({"can_edit_messages": False, "can_delete_messages": False}, Mark.WARNING, "nor delete"),
    ],
    ids=str,
)
async def test_each_channel_says_what_the_bot_may_not_do_there(
    rights: dict[str, bool], mark: Mark, words: str
) -> None:
    async with newsroom() as house:
        await house.approved()
        me = house.world.me["id"]
        places.enroll(house.world, NEWS, me, "administrator", rights=rights)
        async with house.newsroom.storage.begin() as db:
            channel = await db.channels.get(NEWS)
        assert channel is not None
        found = await checking._rights(house.newsroom.bot, channel)
        await house.settles()

    assert (found.place, found.mark) == ("channel news", mark)
    assert words in found.words
