"""One process publishes: a second waits, a dead one is not waited for, and a copy asks its owner first."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
import typer
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot import checking, service
from bot.config import FixedSettings, LogSettings, TelegramSettings
from bot.delivery import lease
from bot.delivery.lease import RIVALRY, TERM, Process, Tenure, obtain
from bot.demo import STAFF
from bot.desk import holding as desk_holding
from bot.errors import StorageError
from bot.line import calls
from bot.simulator.serving import serving
from bot.simulator.world import World
from handlers.posts import holding
from storage import Storage
from storage.lease import Holder
from tests.delivery.test_publisher import due
from tests.newsroom import NOON, House, newsroom
from tests.storage.test_faults import held_lock

FAR = Process(id="elsewhere.1", host="far", pid=1)
NEAR = Process(id="here.2", host="near", pid=os.getpid())


async def noon() -> datetime:
    return NOON


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow disk is no reason to leave the lease behind here."""
    monkeypatch.setattr(lease, "HANDOVER", 600)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables: a copy is quicker than the migrations."""

    async def make(file: Path) -> Path:
        await (await Storage.open(f"sqlite:///{file}")).close()
        return file

    return asyncio.run(make(tmp_path_factory.mktemp("made") / "newsroom.db"))


@pytest.fixture
async def storages(made: Path, tmp_path: Path) -> AsyncIterator[tuple[Storage, Storage]]:
    """Two processes' view of one database."""
    url = f"sqlite:///{shutil.copy(made, tmp_path / 'newsroom.db')}"
    first, second = await Storage.open(url), await Storage.open(url)
    yield first, second
    await first.close()
    await second.close()


async def obtained(storage: Storage, me: Process) -> Tenure:
    tenure = await obtain(storage, noon, asyncio.Event(), me=me)
    assert tenure is not None
    return tenure


async def holds(storage: Storage, tenure: Tenure, now: datetime = NOON) -> bool:
    async with storage.begin() as db:
        return await tenure.holds(db, now)


# ── Who is dead ─────────────────────────────────────────────────────────────────────────────────────


def test_a_process_is_known_to_be_dead_only_where_its_pid_means_something() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    me = Process.this()
    place = me.id.partition(".")[0]

    def knows_dead(place: str, pid: int) -> bool:
        return me.knows_dead(Holder(id=f"{place}.1", host=me.host, pid=pid, fence=1, beat=1, until=NOON))

    assert knows_dead(place, ended.pid)
    assert knows_dead(place, os.getpid())  # a container that was started again
    assert not knows_dead(place, os.getppid())
    assert not knows_dead(place, 1)  # somebody else's, perhaps
    assert not knows_dead("elsewhere", ended.pid)
    assert not knows_dead("elsewhere", os.getpid())  # another container of the same name


async def test_the_lease_of_a_dead_process_is_taken_at_once(storages: tuple[Storage, Storage]) -> None:
    killed = await asyncio.create_subprocess_exec(sys.executable, "-c", "input()", stdin=subprocess.PIPE)
    me = Process.this()
    old = await obtained(storages[0], Process(id=me.id + "0", host=me.host, pid=killed.pid))
    killed.kill()
    await killed.wait()

    assert (await obtained(storages[1], me)).fence > old.fence


async def test_a_second_copy_says_so_once_and_waits_for_the_end_of_the_first(
    storages: tuple[Storage, Storage],
) -> None:
    first = await obtained(storages[0], FAR)
    looks = asyncio.Semaphore(0)

    async def clock() -> datetime:
        looks.release()
        return NOON

    with capture_logs() as logs:
        waiting = asyncio.create_task(obtain(storages[1], clock, asyncio.Event(), me=NEAR, look=0))
        for _ in range(4):
            await looks.acquire()
        assert not waiting.done()
        await first.give_back(storages[0])
        second = await waiting

    assert second is not None
    assert second.fence > first.fence
    said = [entry for entry in logs if entry["event"] == "another_copy_runs"]
    assert [(entry["host"], entry["pid"]) for entry in said] == [("far", 1)]
    assert (await holds(storages[0], first), await holds(storages[1], second)) == (False, True)


async def test_who_comes_while_another_program_has_the_database_locked_waits_and_says_so_once(
    made: Path, tmp_path: Path
) -> None:
    file = Path(shutil.copy(made, tmp_path / "newsroom.db"))
    storage, stop = await Storage.open(f"sqlite:///{file}", patience=0), asyncio.Event()
    asked = 0

    async def counting() -> datetime:
        nonlocal asked
        asked += 1
        if asked == 3:
            lock.rollback()
        return NOON

    with capture_logs() as logs, held_lock(file) as lock:
        tenure = await obtain(storage, counting, stop, me=NEAR, look=0)

    assert tenure is not None
    assert [each["event"] for each in logs if each["log_level"] == "warning"] == ["database_busy"]
    await storage.close()


async def test_a_start_waits_for_a_locked_database_so_long_and_no_longer(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "AT_START", 10_000)  # times a moment: a busy machine takes its time
    file = Path(shutil.copy(made, tmp_path / "newsroom.db"))
    stop, url = asyncio.Event(), f"sqlite:///{file}"
    with capture_logs() as logs, held_lock(file) as lock:
        opening = asyncio.create_task(service.opened(url, stop, patience=0.05))
        while not logs:  # noqa: ASYNC110 - there is no event for it
            await asyncio.sleep(0)
        lock.rollback()
        storage = await opening
    assert storage is not None
    await storage.close()

    with held_lock(file), pytest.raises(StorageError, match="another program has the database locked"):
        await service.opened(url, stop, patience=0)
    stop.set()
    with held_lock(file):
        assert await service.opened(url, stop) is None


async def test_who_waits_can_be_stopped(storages: tuple[Storage, Storage]) -> None:
    await obtained(storages[0], FAR)
    stop = asyncio.Event()

    async def clock() -> datetime:
        stop.set()
        return NOON

    assert await obtain(storages[1], clock, stop, me=NEAR) is None


async def test_a_holder_of_whom_nothing_is_heard_is_followed_after_its_term(
    storages: tuple[Storage, Storage],
) -> None:
    old = await obtained(storages[0], FAR)

    async def later() -> datetime:
        return NOON + TERM

    new = await obtain(storages[1], later, asyncio.Event(), me=NEAR)

    assert new is not None
    assert not await holds(storages[0], old, NOON + TERM)


async def test_who_was_taken_over_stops(
    storages: tuple[Storage, Storage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "RENEWAL", 0)
    first = await obtained(storages[0], FAR)
    stop = asyncio.Event()
    keeping = asyncio.create_task(first.keep(storages[0], noon, stop))
    async with storages[1].begin() as db:
        await db.lease.take("thief", "other host", 5, until=NOON + TERM, now=NOON, gone=True)
    with capture_logs() as logs:
        await stop.wait()

    await keeping
    assert first.lost
    assert [(entry["event"], entry["host"]) for entry in logs] == [("lease_lost", "other host")]
    await first.give_back(storages[0])
    async with storages[1].begin() as db:
        now = await db.lease.current()
    assert now is not None
    assert now.id == "thief"


async def test_a_database_that_is_away_for_a_while_costs_nothing(
    storages: tuple[Storage, Storage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "RENEWAL", 0)
    monkeypatch.setattr(lease, "LOOK", 0)
    tenure = await obtained(storages[0], FAR)
    before, away = tenure.holder.beat, iter([StorageError("locked"), KeyError("a bug")])
    renewed = asyncio.Event()

    async def clock() -> datetime:
        if fault := next(away, None):
            raise fault
        if tenure.holder.beat > before:
            renewed.set()
        return NOON + timedelta(hours=1)  # its term has run out meanwhile

    with capture_logs() as logs:
        keeping = asyncio.create_task(tenure.keep(storages[0], clock, asyncio.Event()))
        await renewed.wait()
        keeping.cancel()
        with suppress(asyncio.CancelledError):
            await keeping

    assert [entry["event"] for entry in logs] == ["lease_not_renewed"] * 2
    assert await holds(storages[0], tenure)


# ── On hold ─────────────────────────────────────────────────────────────────────────────────────────


async def on_hold(house: House, why: str) -> None:
    """The bot has found at its start that the database is not the one it was."""
    tenure = await obtained(house.newsroom.storage, NEAR)
    house.newsroom.tenure = tenure
    house.newsroom.publisher.may_publish = tenure.holds
    async with house.newsroom.storage.begin() as db:
        await db.lease.hold(why)
        await holding.announce(db)
    await house.settles()


async def test_nothing_is_published_from_a_copy_until_an_owner_says_go() -> None:
    async with newsroom() as house:
        await on_hold(house, "moved")
        assert house.owner.text().startswith("⏸ انتشار متوقف است")
        assert "سر جای پیشین" in house.owner.text()
        await due(house)
        await house.passes(60)
        assert house.posts() == []

        assert "منتشر نمی\u200cکنم" in await house.owner.presses("متوقف بماند")
        assert house.posts() == []
        await house.owner.presses("منتشر کن")

        assert len(house.posts()) == 1
        assert "تصمیم گرفت" in house.owner.text()
        assert "متوقف نیست" in await house.owner.presses("منتشر کن")
        assert "متوقف نیست" in await house.owner.presses("متوقف بماند")


async def test_owners_are_told_once_however_often_it_starts() -> None:
    async with newsroom() as house:
        await on_hold(house, "restored")
        for _ in range(2):
            async with house.newsroom.storage.begin() as db:
                await holding.announce(db)
        await house.settles()

        assert sum("نسخهٔ پشتیبان" in message["text"] for message in house.owner.reads()) == 1


async def test_only_an_owner_may_say_go_and_only_of_this_copy() -> None:
    async with newsroom() as house:
        await on_hold(house, "moved")
        async with house.newsroom.storage.begin() as db:
            hold = await desk_holding.on_hold(db)
        assert hold is not None

        await house.admin.sends("/start")
        assert "مالک" in await house.admin.forges(f"posts.publish_from_here:{hold.key}")
        assert "متوقف نیست" in await house.owner.forges("posts.publish_from_here:k00000000")
        async with house.newsroom.storage.begin() as db:
            assert await desk_holding.on_hold(db) == hold


async def test_the_staff_see_on_their_boards_that_publishing_is_on_hold() -> None:
    async with newsroom() as house:
        await on_hold(house, "moved")
        await due(house)

        assert "انتشار متوقف است" in await house.admin.sends("/queue")
        assert not any("منتشر کن" in label for label in house.admin.buttons())
        await house.owner.sends("/queue")
        await house.owner.presses("منتشر کن")
        assert "انتشار متوقف است" not in await house.admin.sends("/queue")


# ── Somebody else with our token ────────────────────────────────────────────────────────────────────


async def test_while_another_process_reads_the_mail_nothing_is_published_and_the_owner_told_once() -> None:
    async with newsroom() as house:
        tenure = await obtained(house.newsroom.storage, NEAR)
        house.newsroom.tenure = tenure
        house.newsroom.publisher.may_publish = tenure.holds
        stop = asyncio.Event()
        with capture_logs():
            pulling = asyncio.create_task(house.newsroom.postman.run(stop))
            offsets = count(1)  # who asks again with the same one is made to wait
            while not tenure.rival_told:
                await calls.call(house.newsroom.bot, "getUpdates", {"timeout": 0, "offset": next(offsets)})
            stop.set()
            await pulling
        await house.settles()
        assert "توکن من" in house.owner.text()
        await due(house)
        await house.passes(RIVALRY.total_seconds() - 1)
        assert house.posts() == []
        await house.passes(1)

        assert len(house.posts()) == 1
        assert sum("توکن من" in message["text"] for message in house.owner.reads()) == 1


# ── The process ─────────────────────────────────────────────────────────────────────────────────────


def settings(tmp_path: Path, port: int = 1) -> FixedSettings:
    return FixedSettings(
        database=f"sqlite:///{tmp_path}/newsroom.db",
        staff=STAFF,
        telegram=TelegramSettings(token=SecretStr("1:demo"), base_url=f"http://127.0.0.1:{port}"),
        clock_url=f"http://127.0.0.1:{port}/sim/clock",
        log=LogSettings(level="warning"),
    )


async def test_a_second_bot_asks_telegram_nothing_and_ends_when_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = await Storage.open(settings(tmp_path).database)
    await obtained(storage, FAR)

    async def clock() -> datetime:
        os.kill(os.getpid(), signal.SIGTERM)
        return NOON

    monkeypatch.setattr(service, "clock_of", lambda _: clock)
    await service.run(settings(tmp_path))  # nobody listens at that port: it would try for ever

    async with storage.begin() as db:
        current = await db.lease.current()
    assert current is not None
    assert current.id == FAR.id
    await storage.close()


async def test_a_bot_gives_way_to_one_that_took_over_and_asks_to_be_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "RENEWAL", 0)
    world = World(frozen=True, now=NOON)
    async with serving(world) as port:
        running = asyncio.create_task(service.run(settings(tmp_path, port)))
        while not (world.transcript.count or running.done()):  # noqa: ASYNC110 - there is no event for it
            await asyncio.sleep(0)
        storage = await Storage.open(settings(tmp_path).database)
        async with storage.begin() as db:
            thief = await db.lease.take("thief", "h", 5, until=NOON + TERM, now=NOON, gone=True)
        with pytest.raises(typer.Exit) as ended:
            await running

    assert ended.value.exit_code == 1
    async with storage.begin() as db:
        assert thief is not None
        assert await db.lease.may_publish(thief)
    await storage.close()


async def test_check_says_who_publishes_and_what_is_on_hold(tmp_path: Path) -> None:
    storage = await Storage.open(settings(tmp_path).database)
    said = [await checking.publishing(storage, noon)]
    tenure = await obtained(storage, FAR)
    said.append(await checking.publishing(storage, noon))
    async with storage.begin() as db:
        await db.lease.hold("moved k1")
    said.append(await checking.publishing(storage, noon))
    async with storage.begin() as db:
        await db.lease.adopt()
    await tenure.give_back(storage)
    said.append(await checking.publishing(storage, noon))
    await storage.close()

    assert [finding.words for finding in said] == [
        "no copy of the bot is running",
        "a copy of the bot on far (process 1) is running",
        "on hold, for the database was moved: an owner decides in their chat",
        "no copy of the bot is running",
    ]
