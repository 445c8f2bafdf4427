"""SQLite: statements in the loop's thread, BEGIN and COMMIT beside it, and what a cancellation leaves of them."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.errors import StorageError
from storage import Storage
from storage.sqlite import SqliteEngine
from tests.storage.newsroom import EDITOR, NOW, STORY, stored_story
from tests.storage.test_faults import held_lock


@pytest.fixture
async def newsroom(file: Path) -> AsyncIterator[Storage]:
    storage = await Storage.open(f"sqlite:///{file}")
    yield storage
    await storage.close()


class Watched:
    """What a storage's connection executes, and in which thread; a COMMIT can be made to wait."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, bool]] = []
        self.slow = False
        self.waits = threading.Event()
        self.go_on = threading.Event()
        self._loops = threading.get_ident()

    def __call__(self, statement: str) -> None:
        verb = statement.split(maxsplit=1)[0]
        self.seen.append((verb, threading.get_ident() == self._loops))
        if self.slow and verb == "COMMIT":
            self.waits.set()
            self.go_on.wait(10)

    async def on(self, storage: Storage) -> None:
        async with storage.begin() as db:
            await db.inbox._connection.run_sync(self._listen)
        self.seen.clear()

    def _listen(self, connection: Connection) -> None:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.set_trace_callback(self)


@pytest.fixture
async def watched(newsroom: Storage) -> AsyncIterator[Watched]:
    watched = Watched()
    await watched.on(newsroom)
    yield watched
    watched.go_on.set()


async def works(storage: Storage) -> int:
    """How many stories there are, after another one: the lock is free, and nothing is half done."""
    await stored_story(storage)
    async with storage.begin() as db:
        return len(await db.articles.some(range(100)))


async def fails(storage: Storage, first: Callable[[], Awaitable[None]] | None = None) -> None:
    async def fail() -> None:
        async with storage.begin() as db:
            await db.articles.create(STORY, by=EDITOR, now=NOW)
            if first is not None:
                await first()
            raise KeyError

    with pytest.raises(KeyError):
        await fail()


async def test_only_begin_and_commit_go_to_another_thread(newsroom: Storage, watched: Watched) -> None:
    async with newsroom.begin() as db:
        story = await db.articles.create(STORY, by=EDITOR, now=NOW)
        await db.articles.get(story.id)

    verbs = [("BEGIN", False), ("INSERT", True), ("INSERT", True), ("SELECT", True), ("COMMIT", False)]
    assert watched.seen == verbs


async def test_what_has_only_read_goes_there_once(newsroom: Storage, watched: Watched) -> None:
    async with newsroom.begin() as db:
        await db.articles.get(1)
        await db.inbox.payload(1)

    assert watched.seen == [("BEGIN", False), ("SELECT", True), ("SELECT", True), ("COMMIT", True)]


async def test_an_undone_transaction_is_undone_beside_the_loop(newsroom: Storage, watched: Watched) -> None:
    await fails(newsroom)

    assert watched.seen[-1] == ("ROLLBACK", False)
    assert await works(newsroom) == 1


async def committing(storage: Storage, watched: Watched) -> asyncio.Task[object]:
    """A task that has come to its COMMIT, which the disk holds up; the loop goes on."""
    watched.slow = True
    task: asyncio.Task[object] = asyncio.create_task(stored_story(storage))
    await asyncio.to_thread(watched.waits.wait, 10)
    watched.slow = False
    return task


async def test_who_is_canceled_while_committing_leaves_no_lock(newsroom: Storage, watched: Watched) -> None:
    task = await committing(newsroom, watched)
    next_one = asyncio.create_task(works(newsroom))

    task.cancel()
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)
    assert not task.done(), "canceled before anybody knew whether it was kept"
    watched.go_on.set()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert await next_one == 2  # what was on its way to the disk has come there


async def test_who_is_canceled_while_beginning_leaves_no_lock(newsroom: Storage, file: Path) -> None:
    with held_lock(file):
        task = asyncio.create_task(stored_story(newsroom))
        await asyncio.sleep(0)
        task.cancel()
        next_one = asyncio.create_task(works(newsroom))
        for _ in range(10):
            await asyncio.sleep(0)
        assert not next_one.done()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert await next_one == 1


async def test_who_is_canceled_while_opening_leaves_it_open_for_the_next(file: Path) -> None:
    storage = await Storage.open(f"sqlite:///{file}")
    await storage._engine.dispose()

    task = asyncio.create_task(stored_story(storage))
    await asyncio.sleep(0)
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert await works(storage) == 1
    await storage.close()


async def test_who_is_canceled_in_the_queue_is_passed_over(newsroom: Storage) -> None:
    async with newsroom.begin():
        waiting = asyncio.create_task(stored_story(newsroom))
        next_one = asyncio.create_task(works(newsroom))
        await asyncio.sleep(0)
        waiting.cancel()

    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await next_one == 1


async def test_transactions_come_in_the_order_they_were_asked_for(newsroom: Storage) -> None:
    came: list[int] = []

    async def come(number: int) -> None:
        async with newsroom.begin():
            came.append(number)
        if number < 10:
            await come(number + 10)  # at the end of the queue

    await asyncio.gather(*(come(number) for number in range(10)))

    assert came == list(range(20))


async def test_who_waits_for_itself_is_told_so(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.engine._LONGEST_WAIT", 0.01)
    storage = await Storage.open(f"sqlite:///{file}")

    async with storage.begin():
        with pytest.raises(StorageError, match="busy"):
            await stored_story(storage)

    assert await works(storage) == 1
    await storage.close()


async def test_what_is_asked_after_the_end_is_refused(newsroom: Storage) -> None:
    async with newsroom.begin() as db:
        pass

    with pytest.raises(RuntimeError, match="over"):
        await db.articles.create(STORY, by=EDITOR, now=NOW)


async def test_closing_waits_for_the_transaction_that_runs(newsroom: Storage, file: Path) -> None:
    async with newsroom.begin() as db:
        closing = asyncio.create_task(newsroom.close())
        await asyncio.sleep(0)
        await db.articles.create(STORY, by=EDITOR, now=NOW)
    await closing

    again = await Storage.open(f"sqlite:///{file}")
    assert await works(again) == 2
    await again.close()


async def test_a_connection_that_fails_to_roll_back_is_opened_anew(newsroom: Storage) -> None:
    engine = newsroom._engine
    assert isinstance(engine, SqliteEngine)
    assert engine._opened is not None

    await fails(newsroom, engine._opened.driver.close)

    assert await works(newsroom) == 1


@pytest.mark.processes
def test_a_bot_on_sqlite_loads_neither_the_orm_nor_postgresqls_side() -> None:
    program = (
        "import asyncio, sys, bot.service\n"
        "from storage import Storage\n"
        "async def main():\n"
        "    storage = await Storage.open('sqlite://')\n"
        "    async with storage.begin() as db: await db.staff.get(1)\n"
        "    await storage.close()\n"
        "asyncio.run(main())\n"
        "print(*(m for m in ('sqlalchemy.orm', 'sqlalchemy.ext.asyncio') if m in sys.modules))\n"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == ""


async def test_it_says_whether_another_process_has_written_since_it_was_asked(
    newsroom: Storage, file: Path
) -> None:
    newsroom.written_elsewhere()
    async with newsroom.begin() as db:
        await db.pauses.put(1, NOW)
    assert not newsroom.written_elsewhere(), "that was itself"
    other = await Storage.open(f"sqlite:///{file}")
    newsroom.written_elsewhere()  # opening it may have
    async with other.begin() as db:
        await db.pauses.since(NOW)
    assert not newsroom.written_elsewhere(), "it has only read"
    async with other.begin() as db:
        await db.pauses.put(2, NOW)
    assert newsroom.written_elsewhere()
    assert not newsroom.written_elsewhere()
    async with newsroom.begin():
        assert newsroom.written_elsewhere(), "it can't be asked beside a transaction: it may have"
    await other.close()
