"""The lease: one publishes, whoever was taken over can't; and a database that is not the one it was goes on hold."""

import asyncio
import json
import shutil
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import asyncpg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.errors import StorageError
from storage import Storage, witness
from storage.lease import Holder
from storage.schema import metadata
from tests.storage.conftest import Server
from tests.storage.newsroom import NOW

TERM = timedelta(seconds=15)


@pytest.fixture
async def programs(url: str, storage: Storage) -> AsyncIterator[tuple[Storage, Storage]]:
    """Two processes' view of the same database."""
    second = await Storage.open(url)
    yield storage, second
    await second.close()


async def take(storage: Storage, id: str, now: datetime = NOW, *, gone: bool = False) -> Holder | None:
    async with storage.begin() as db:
        return await db.lease.take(id, "host", 7, until=now + TERM, now=now, gone=gone)


async def taken(storage: Storage, id: str, now: datetime = NOW) -> Holder:
    holder = await take(storage, id, now)
    assert holder is not None
    return holder


async def renew(storage: Storage, mine: Holder, now: datetime = NOW) -> Holder | None:
    async with storage.begin() as db:
        return await db.lease.renew(mine, now + TERM)


async def may_publish(storage: Storage, mine: Holder) -> bool:
    async with storage.begin() as db:
        return await db.lease.may_publish(mine)


async def held(storage: Storage) -> str | None:
    async with storage.begin() as db:
        return await db.lease.held()


# ── Who publishes ───────────────────────────────────────────────────────────────────────────────────


async def test_of_two_the_first_publishes_and_the_second_may_not(programs: tuple[Storage, Storage]) -> None:
    first, second = programs
    mine = await taken(first, "a")

    assert await take(second, "b") is None
    assert await may_publish(first, mine)


async def test_many_who_come_at_once_are_one_who_gets_it(programs: tuple[Storage, Storage]) -> None:
    found = await asyncio.gather(*(take(programs[number % 2], str(number)) for number in range(8)))

    assert sum(holder is not None for holder in found) == 1


async def test_what_has_run_out_is_taken_with_a_higher_fence_and_the_former_holder_is_fenced_off(
    programs: tuple[Storage, Storage],
) -> None:
    first, second = programs
    old = await taken(first, "a")

    assert await take(second, "b", NOW + TERM - timedelta(seconds=1)) is None
    new = await taken(second, "b", NOW + TERM)

    assert new.fence > old.fence
    assert (await may_publish(first, old), await may_publish(second, new)) == (False, True)
    assert await renew(first, old) is None


async def test_what_has_run_out_but_nobody_took_is_still_theirs(storage: Storage) -> None:
    mine = await taken(storage, "a")
    later = NOW + timedelta(hours=1)

    renewed = await renew(storage, mine, later)

    assert renewed is not None
    assert await may_publish(storage, renewed)
    assert await take(storage, "b", later + timedelta(seconds=1)) is None


async def test_the_dead_are_not_waited_for_nor_those_who_gave_back(programs: tuple[Storage, Storage]) -> None:
    first, second = programs
    dead = await taken(first, "a")
    heir = await take(second, "b", gone=True)
    assert heir is not None
    assert heir.fence > dead.fence

    async with first.begin() as db:
        await db.lease.give_back("a")  # not its own any more
    assert await may_publish(second, heir)
    async with second.begin() as db:
        await db.lease.give_back("b")
    assert not await may_publish(second, heir)
    assert (await taken(first, "c")).fence > heir.fence


async def test_whoever_asks_again_has_what_they_had(storage: Storage) -> None:
    mine = await taken(storage, "a")

    assert (await taken(storage, "a")).fence == mine.fence
    assert not await may_publish(storage, replace(mine, fence=mine.fence - 1))


async def test_a_database_set_back_under_its_holder_is_lost_to_it(storage: Storage) -> None:
    mine = await taken(storage, "a")
    ahead = await renew(storage, mine)
    assert ahead is not None
    async with storage.begin() as db:
        await db.lease._connection.execute(text(f"UPDATE lease SET beat = {mine.beat}"))

    assert await renew(storage, ahead) is None


@pytest.fixture(scope="module")
def memory() -> Iterator[tuple[asyncio.Runner, Storage]]:
    with asyncio.Runner() as runner:
        storage = runner.run(Storage.open("sqlite://"))
        yield runner, storage
        runner.run(storage.close())


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["take", "take", "take_from_dead", "renew", "give_back", "wait"]),
        st.sampled_from("abc"),
        st.integers(1, 20),
    ),
    max_size=25,
)


def test_however_three_interleave_one_at_most_may_publish(memory: tuple[asyncio.Runner, Storage]) -> None:
    runner, storage = memory

    @settings(max_examples=30, deadline=None)
    @given(STEPS)
    def holds(steps: list[tuple[str, str, int]]) -> None:
        runner.run(_play(storage, steps))

    holds()


async def _play(storage: Storage, steps: list[tuple[str, str, int]]) -> None:
    """What each of three believes is kept, also when it is wrong: a process that slept believes it still holds."""
    now, fences = NOW, [0]
    believes: dict[str, Holder] = {}
    async with storage.begin() as db:
        await db.lease._connection.execute(metadata.tables["lease"].delete())
    for step, id, seconds in steps:
        if step == "wait":
            now += timedelta(seconds=seconds)
        elif step.startswith("take"):
            if holder := await take(storage, id, now, gone=step == "take_from_dead"):
                assert holder.fence >= fences[-1]
                fences.append(holder.fence)
                believes[id] = holder
        elif step == "renew" and id in believes:
            believes[id] = await renew(storage, believes[id], now) or believes[id]
        elif step == "give_back":
            async with storage.begin() as db:
                await db.lease.give_back(id)
        allowed = {(mine.id, mine.fence) for mine in believes.values() if await may_publish(storage, mine)}
        assert len(allowed) <= 1
        assert all(fence == fences[-1] for _, fence in allowed)


# ── Copies of a file ────────────────────────────────────────────────────────────────────────────────


async def run_for_a_while(file: Path, *, renewals: int = 3, gives_back: bool = False) -> None:
    """A bot works on the database and is killed, or stops."""
    storage = await Storage.open(f"sqlite:///{file}")
    mine = await taken(storage, "a")
    for _ in range(renewals):
        renewed = await renew(storage, mine)
        assert renewed is not None
        mine = renewed
    if gives_back:
        async with storage.begin() as db:
            await db.lease.give_back("a")
    await storage.close()


async def found_at_the_start(file: Path) -> str | None:
    """Why the next start is on hold."""
    storage = await Storage.open(f"sqlite:///{file}")
    await taken(storage, "b", NOW + TERM * 2)
    why = await held(storage)
    await storage.close()
    return why


def beside(file: Path) -> Path:
    return Path(f"{file}.mark")


@pytest.mark.parametrize("gives_back", [False, True])
async def test_stops_and_kills_and_starts_raise_no_doubt(file: Path, *, gives_back: bool) -> None:
    for _ in range(3):
        await run_for_a_while(file, gives_back=gives_back)

    assert await found_at_the_start(file) is None


async def test_a_first_start_that_came_no_further_raises_no_doubt(file: Path) -> None:
    storage = await Storage.open(f"sqlite:///{file}")

    async def power_fails() -> None:
        async with storage.begin() as db:
            await db.lease.take("a", "host", 7, until=NOW + TERM, now=NOW)
            raise KeyError  # before the commit

    with pytest.raises(KeyError):
        await power_fails()
    await storage.close()
    assert beside(file).exists()

    assert await found_at_the_start(file) is None


def _copied_alone(file: Path, there: Path) -> Path:
    return Path(shutil.copy(file, there / file.name))


def _copied_with_its_folder(file: Path, there: Path) -> Path:
    subprocess.run(["cp", "-r", file.parent, there / "clone"], check=True)
    return there / "clone" / file.name


def _backed_up_into_a_new_file(file: Path, there: Path) -> Path:
    with closing(sqlite3.connect(file)) as here, closing(sqlite3.connect(there / "b.db")) as backup:
        here.backup(backup)
    return there / "b.db"


def _folder_brought_back(file: Path, there: Path) -> Path:
    """Everything is as it was, the file beside it too, but it is a copy: posts may have gone out since."""
    shutil.copytree(file.parent, there / "saved")
    shutil.rmtree(file.parent)
    shutil.copytree(there / "saved", file.parent)
    return file


@pytest.mark.parametrize(
    "way",
    [_copied_alone, _copied_with_its_folder, _backed_up_into_a_new_file, _folder_brought_back],
)
async def test_a_copy_starts_on_hold(
    file: Path, tmp_path_factory: pytest.TempPathFactory, way: Callable[[Path, Path], Path]
) -> None:
    await run_for_a_while(file)

    assert await found_at_the_start(way(file, tmp_path_factory.mktemp("elsewhere"))) == "moved"


@pytest.mark.parametrize("in_place", [True, False])
async def test_a_backup_of_the_same_run_starts_on_hold(file: Path, tmp_path: Path, *, in_place: bool) -> None:
    storage = await Storage.open(f"sqlite:///{file}")
    mine = await taken(storage, "a")
    backup = tmp_path / "backup.db"
    with closing(sqlite3.connect(file)) as here, closing(sqlite3.connect(backup)) as there:
        here.backup(there)
    for _ in range(3):  # the bot goes on under the same fence
        mine = await renew(storage, mine) or mine
    await storage.close()
    if in_place:
        with backup.open("rb") as source, file.open("r+b") as target:  # cp keeps the inode
            shutil.copyfileobj(source, target)
            target.truncate()
    else:
        backup.replace(file)

    assert await found_at_the_start(file) == "restored"


async def test_a_backup_from_before_the_first_start_is_a_backup_too(file: Path, tmp_path: Path) -> None:
    shutil.copy(file, tmp_path / "backup.db")
    await run_for_a_while(file)
    shutil.copy(tmp_path / "backup.db", file)

    assert await found_at_the_start(file) == "restored"


def test_when_a_file_was_created_tells_it_from_the_next_one_with_its_inode(tmp_path: Path) -> None:
    file = tmp_path / "x.db"
    file.write_text("x")
    known = witness._identity(file)
    file.write_text("y")

    assert witness._is_same(file, known)
    if known["born"] is None:
        pytest.skip("this file system does not keep when a file was created")
    assert not witness._is_same(file, {**known, "born": known["born"] - 1})
    assert witness._is_same(file, {**known, "born": None})  # it was not known on the system before


async def test_moving_it_with_its_file_makes_no_copy(file: Path, tmp_path: Path) -> None:
    await run_for_a_while(file)
    there = tmp_path / "there"
    there.mkdir()
    for one in (file, beside(file)):
        one.rename(there / one.name)

    assert await found_at_the_start(there / file.name) is None


@pytest.mark.parametrize("content", ["", "no JSON", "[]", '{"id": "other", "beat": 3}'])
async def test_a_file_that_says_nothing_of_use_is_none(file: Path, content: str) -> None:
    await run_for_a_while(file)
    beside(file).write_text(content)

    assert await found_at_the_start(file) == "moved"


async def test_on_hold_nothing_may_be_published_until_it_is_adopted_and_then_it_stays_so(file: Path) -> None:
    await run_for_a_while(file)
    beside(file).unlink()
    storage = await Storage.open(f"sqlite:///{file}")
    mine = await taken(storage, "b", NOW + TERM)
    for _ in range(30):
        mine = await renew(storage, mine) or mine

    assert await held(storage) == "moved"
    assert not await may_publish(storage, mine)
    async with storage.begin() as db:
        await db.lease.adopt()
    assert await may_publish(storage, mine)
    assert await renew(storage, mine) is not None
    await storage.close()
    assert await found_at_the_start(file) is None


async def test_the_hold_outlives_restarts(file: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    await run_for_a_while(file)
    copy = _copied_alone(file, tmp_path_factory.mktemp("elsewhere"))
    for _ in range(3):
        assert await found_at_the_start(copy) == "moved"

    assert not beside(copy).exists()


async def test_who_adopted_a_copy_leaves_the_original_alone(
    file: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    await run_for_a_while(file)
    copy = _copied_with_its_folder(file, tmp_path_factory.mktemp("elsewhere"))
    storage = await Storage.open(f"sqlite:///{copy}")
    await taken(storage, "b", NOW + TERM)
    async with storage.begin() as db:
        await db.lease.adopt()
    await storage.close()

    assert await found_at_the_start(file) is None
    assert await found_at_the_start(copy) is None


async def test_a_database_replaced_under_its_holder_is_lost_to_it(file: Path, tmp_path: Path) -> None:
    storage = await Storage.open(f"sqlite:///{file}")
    mine = await taken(storage, "a")
    mine = await renew(storage, mine) or mine
    before = beside(file).read_text()
    shutil.copy(file, tmp_path / "backup.db")
    (tmp_path / "backup.db").replace(file)

    assert await renew(storage, mine) is None
    async with storage.begin() as db:
        await db.lease.give_back("a")
    assert beside(file).read_text() == before
    file.unlink()  # noqa: ASYNC240 - a small file
    assert await renew(storage, mine) is None
    await storage.close()


async def test_a_file_that_is_lost_while_it_runs_is_written_again(file: Path) -> None:
    storage = await Storage.open(f"sqlite:///{file}")
    mine = await taken(storage, "a")
    beside(file).unlink()
    mine = await renew(storage, mine) or mine
    await storage.close()

    assert json.loads(beside(file).read_text())["beat"] == mine.beat - 1
    assert await found_at_the_start(file) is None


async def test_a_file_that_can_not_be_written_or_read_is_a_fault(file: Path) -> None:
    await run_for_a_while(file)
    storage = await Storage.open(f"sqlite:///{file}")
    beside(file).unlink()
    beside(file).mkdir()

    with pytest.raises(StorageError, match=r"newsroom\.db\.mark can't be read"):
        await take(storage, "b", NOW + TERM)
    async with storage.begin() as db:
        mine = await db.lease.current()
    assert mine is not None
    with pytest.raises(StorageError, match=r"newsroom\.db\.mark can't be written"):
        await renew(storage, mine)
    await storage.close()


async def test_a_memory_has_no_copies() -> None:
    storage = await Storage.open("sqlite://")
    mine = await taken(storage, "a")
    mine = await renew(storage, mine) or mine

    assert await may_publish(storage, mine)
    async with storage.begin() as db:
        await db.lease.hold("moved")
        assert not await db.lease.may_publish(mine)
        await db.lease.adopt()
        assert await db.lease.may_publish(mine)
    await storage.close()


# ── Copies of a database of PostgreSQL's ────────────────────────────────────────────────────────────


async def on_server(url: str, id: str, *, beats: int = 0) -> str | None:
    storage = await Storage.open(url)
    mine = await take(storage, id, gone=True)
    assert mine is not None
    for _ in range(beats):
        mine = await renew(storage, mine) or mine
    why = await held(storage)
    await storage.close()
    return why


@pytest.mark.postgres
async def test_a_copy_on_the_same_server_starts_on_hold(postgres: Server) -> None:
    url = await postgres.create("original")
    assert await on_server(url, "a", beats=3) is None
    assert await on_server(url, "b") is None
    connection = await asyncpg.connect(user="t", database="postgres", host=str(postgres.home))
    await connection.execute('CREATE DATABASE "copied" TEMPLATE "original"')
    await connection.close()

    assert await on_server(postgres.url("copied"), "c") == "moved"
    assert await on_server(url, "d") is None


@pytest.mark.postgres
async def test_rows_written_back_by_a_restore_start_on_hold(postgres: Server) -> None:
    url = await postgres.create("restored")
    await on_server(url, "a", beats=3)
    storage = await Storage.open(url)
    async with storage.begin() as db:  # as pg_restore --clean would: the same words, written by another
        execute = db.lease._connection.execute
        await execute(text("CREATE TEMPORARY TABLE kept ON COMMIT DROP AS SELECT * FROM lease"))
        await execute(text("DELETE FROM lease"))
        await execute(text("INSERT INTO lease SELECT * FROM kept"))
    await storage.close()

    assert await on_server(url, "b") == "restored"
    assert await on_server(url, "c") == "restored"
    storage = await Storage.open(url)
    async with storage.begin() as db:
        await db.lease.adopt()
    await storage.close()
    assert await on_server(url, "d") is None


@pytest.mark.postgres
async def test_an_ordinary_user_may_see_what_tells_databases_apart(postgres: Server) -> None:
    await postgres.create("ordinary")
    connection = await asyncpg.connect(user="t", database="ordinary", host=str(postgres.home))
    await connection.execute("CREATE ROLE plain LOGIN; GRANT ALL ON SCHEMA public TO plain")
    await connection.close()
    url = postgres.url("ordinary").replace("//t@", "//plain@")
    assert await on_server(url, "a", beats=1) is None
    assert await on_server(url, "b") is None

    storage = await Storage.open(url)
    async with storage.begin() as db:
        mark = (await db.lease._connection.execute(text("SELECT mark FROM lease"))).scalar_one()
    await storage.close()
    assert all(json.loads(mark)[name] for name in ("system", "database", "timeline", "transaction"))
