"""A locked, read-only, full, damaged or lost database: a StorageError each, and nothing half-done."""

import asyncio
import inspect
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection as PlainConnection
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StorageError
from storage import Db, Storage
from storage.articles import Articles
from storage.connection import Connection
from tests.storage.calls import FIRST, GROWING, LONG, READS, WRITES, Call, fill
from tests.storage.conftest import Server
from tests.storage.newsroom import EDITOR, NOW, STORY, next_of_chats, stored_story


def test_every_method_is_tried() -> None:
    methods = public("articles", Articles)
    for name, noun in vars(Db).items():
        if hasattr(noun, "made"):
            methods |= public(name, noun.made)

    assert methods == READS.keys() | WRITES.keys()


def public(name: str, noun: type) -> set[str]:
    """The names of what can be called on a noun of the storage, and on the nouns that it has."""
    names: set[str] = set()
    for method, does in inspect.getmembers(noun):
        if isinstance(does, property):
            names |= public(f"{name}.{method}", does.fget.__annotations__["return"])
        elif not method.startswith("_"):
            names.add(f"{name}.{method}")
    return names


@pytest.fixture
async def newsroom(file: Path) -> AsyncIterator[Storage]:
    """A filled one on SQLite, that waits for no lock."""
    storage = await Storage.open(f"sqlite:///{file}", patience=0)
    await fill(storage)
    yield storage
    await storage.close()


def dump(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())


@contextmanager
def held_lock(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.rollback()


async def passed(storage: Storage, calls: dict[str, Call]) -> list[str]:
    """Which of the calls, each in a transaction of its own, met no StorageError."""
    names: list[str] = []
    causes: list[BaseException | None] = []
    for name, call in calls.items():
        try:
            async with storage.begin() as db:
                await call(db)
            names.append(name)
        except StorageError as error:
            causes.append(error.__cause__)
    assert None not in causes
    return names


async def set_pragma(storage: Storage, pragma: str) -> None:
    """On the one connection that a SQLite database has."""
    async with storage._engine.begin() as connection:
        await connection.execute(text(f"PRAGMA {pragma}"))


async def test_nothing_is_wrong_with_a_sound_database(newsroom: Storage) -> None:
    assert await passed(newsroom, READS | WRITES) == [*READS, *WRITES]


async def test_a_locked_database_says_so_and_works_again_later(newsroom: Storage, file: Path) -> None:
    before = dump(file)

    with held_lock(file):
        assert await passed(newsroom, READS | WRITES) == []
        with pytest.raises(StorageError, match="locked"):
            await Storage.open(f"sqlite:///{file}", patience=0)

    assert dump(file) == before
    async with newsroom.begin() as db:
        assert await db.articles.get(1) == FIRST


async def test_a_short_lock_is_waited_for(file: Path) -> None:
    storage = await Storage.open(f"sqlite:///{file}")
    with held_lock(file) as lock:
        waiting = asyncio.create_task(stored_story(storage))
        await asyncio.to_thread(lambda: None)  # the writer gets to its BEGIN
        assert not waiting.done()
        lock.rollback()

        assert (await waiting).id == 1
    await storage.close()


async def test_a_new_file_that_another_program_writes_to_is_waited_for(file: Path) -> None:
    """Until it is written ahead, SQLite itself would not wait for a moment."""
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE of_another_program (x)")
    with held_lock(file) as lock:
        opening = asyncio.create_task(Storage.open(f"sqlite:///{file}"))
        for _ in range(3):
            await asyncio.to_thread(lambda: None)  # it gets to its first words
        assert not opening.done()
        lock.rollback()

        storage = await opening
    assert (await stored_story(storage)).id == 1
    await storage.close()


async def test_a_read_only_database_says_so(newsroom: Storage, file: Path) -> None:
    before = dump(file)

    await set_pragma(newsroom, "query_only = ON")

    assert await passed(newsroom, READS | WRITES) == []
    assert dump(file) == before


async def test_a_full_disk_keeps_all_that_was_there(newsroom: Storage, file: Path) -> None:
    before = dump(file)

    await set_pragma(newsroom, "max_page_count = 1")  # SQLite takes the present size instead

    assert await passed(newsroom, GROWING) == []
    assert dump(file) == before


async def test_what_came_before_the_fault_is_undone_with_it(newsroom: Storage, file: Path) -> None:
    before = dump(file)
    await set_pragma(newsroom, "max_page_count = 1")

    async def change() -> None:
        async with newsroom.begin() as db:
            await db.staff.set_language(EDITOR, "en")
            await db.notices.done(1)
            await db.pastes.start(1, LONG, NOW, NOW)

    with pytest.raises(StorageError, match="full"):
        await change()

    assert dump(file) == before


async def test_a_damaged_database_says_so(newsroom: Storage, file: Path) -> None:
    await newsroom._engine.dispose()  # what it has read is forgotten, as after a restart
    content = file.read_bytes()  # noqa: ASYNC240 - a small file
    file.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))  # noqa: ASYNC240 - a small file

    assert await passed(newsroom, READS | WRITES) == []


@pytest.mark.parametrize("content", [b"This is not a database. " * 400, b"\x00" * 5000])
async def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "notes.txt"
    file.write_bytes(content)

    with pytest.raises(StorageError):
        await Storage.open(f"sqlite:///{file}")

    assert file.read_bytes() == content


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////nowhere/at/all/newsroom.db",
        "mysql://localhost/x",
        "no url",
        "postgresql://t@/x?host=/nowhere",
    ],
)
async def test_what_cannot_be_opened_is_refused(url: str) -> None:
    with pytest.raises(StorageError):
        await Storage.open(url)


async def test_a_closed_storage_says_so(storage: Storage) -> None:
    await storage.close()

    with pytest.raises(StorageError, match="closed"):
        async with storage.begin():
            pass


def _close(connection: PlainConnection) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.close()


async def close_underneath(connection: Connection) -> None:
    """The driver's own, as nobody has told SQLAlchemy."""
    if isinstance(connection, AsyncConnection):
        raw = await connection.get_raw_connection()
        assert raw.driver_connection is not None
        await raw.driver_connection.close()
    else:
        await connection.run_sync(_close)


async def test_a_lost_connection_is_a_fault_and_found_again(storage: Storage) -> None:
    async def lose() -> None:
        async with storage.begin() as db:
            await close_underneath(db.articles._connection)
            await db.articles.get(1)

    with pytest.raises(StorageError):
        await lose()

    await stored_story(storage)
    async with storage.begin() as db:
        assert await db.articles.get(1) is not None


@pytest.mark.postgres
async def test_a_server_that_stops_is_a_fault_and_found_again(postgres: Server) -> None:
    storage = await Storage.open(await postgres.create("stopping"))
    ending = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = pg_backend_pid()"

    async def lose() -> None:
        async with storage.begin() as db:
            await db.articles.create(STORY, by=1, now=NOW)
            await db.articles._connection.execute(text(ending))

    with pytest.raises(StorageError, match="terminat"):
        await lose()

    async with storage.begin() as db:
        assert await db.articles.get(1) is None
    await storage.close()


@pytest.mark.postgres
async def test_a_lock_of_another_process_is_waited_for_only_so_long(postgres: Server) -> None:
    url = await postgres.create("locked")
    patient, hasty = await Storage.open(url), await Storage.open(url, patience=0.02)

    async with patient.begin():
        with pytest.raises(StorageError, match="lock timeout"):
            async with hasty.begin():
                pass

    await patient.close()
    await hasty.close()


def _key_error(_: Db) -> Awaitable[object]:
    raise KeyError


def _own_os_error(_: Db) -> Awaitable[object]:
    raise OSError("the block's own")


@pytest.mark.parametrize(
    ("bug", "error"),
    [
        (_key_error, KeyError),
        (_own_os_error, OSError),
        (lambda db: db.cards.show(404, 1), IntegrityError),
        (lambda db: db.inbox.store(7, {"no JSON": {1}}, NOW), StatementError),
        (lambda db: db.inbox._connection.execute(text("SELECT no_such FROM nothing")), DBAPIError),
        (lambda db: db.inbox._connection.execute(text("SELECT FROM WHERE")), DBAPIError),
    ],
)
async def test_bugs_are_not_taken_for_faults(storage: Storage, bug: Call, error: type[Exception]) -> None:
    async def run() -> None:
        async with storage.begin() as db:
            await bug(db)

    with pytest.raises(error):
        await run()


async def test_a_time_without_a_zone_is_refused(storage: Storage) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(StatementError, match="has no time zone"):
        await stored_story(storage, now=naive)
    async with storage.begin() as db:
        for call in (db.posts.heads(naive), next_of_chats(db, naive), db.pauses.since(naive)):
            with pytest.raises(StatementError, match="has no time zone"):
                await call
        assert await db.articles.get(1) is None
