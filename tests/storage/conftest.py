"""Databases to test on: a file of SQLite's for each test, and a throw-away PostgreSQL server for all."""

import asyncio
import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import Storage
from storage.schema import metadata

ENGINES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
_SETTINGS = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
_numbers = count(1)


class Server:
    """A PostgreSQL server on a socket in a directory of its own; it refuses to run as root."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self.home = Path(tempfile.mkdtemp(prefix="pg-"))
        self._as = ["env", "LC_ALL=C.UTF-8"]
        if os.getuid() == 0:
            shutil.chown(self.home, "postgres")
            self._as = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *self._as]

    def start(self) -> None:
        self._run("initdb", "-A", "trust", "-U", "t", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        self._run("pg_ctl", "-w", "-l", f"{self.home}/log", "-o", f"{_SETTINGS} -k {self.home}", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(self.home)

    def url(self, database: str) -> str:
        return f"postgresql://t@/{database}?host={self.home}"

    async def create(self, database: str) -> str:
        import asyncpg

        connection = await asyncpg.connect(user="t", database="postgres", host=str(self.home))
        await connection.execute(f'CREATE DATABASE "{database}"')
        await connection.close()
        return self.url(database)

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as, str(self._programs / program), "-D", f"{self.home}/data", *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.home)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    if not found:
        pytest.skip("no PostgreSQL server under /usr/lib/postgresql")
    if os.getuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("PostgreSQL refuses to run as root, and there is no setpriv")
    pytest.importorskip("asyncpg")
    server = Server(found[-1].parent)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgres_url(postgres: Server) -> str:
    async def prepare() -> str:
        url = await postgres.create("newsroom")
        await (await Storage.open(url)).close()
        return url

    return asyncio.run(prepare())


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with its tables and nothing in them: a copy is quicker than the migrations."""

    async def prepare(file: Path) -> Path:
        await (await Storage.open(f"sqlite:///{file}")).close()
        return file

    return asyncio.run(prepare(tmp_path_factory.mktemp("sqlite") / "newsroom.db"))


@pytest.fixture
def file(sqlite_file: Path, tmp_path: Path) -> Path:
    """A SQLite database of the test's own, for what only SQLite can suffer."""
    return Path(shutil.copy(sqlite_file, tmp_path / "newsroom.db"))


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest) -> str:
    """An empty newsroom."""
    if request.param == "postgres":
        found: str = request.getfixturevalue("postgres_url")
        return found
    return f"sqlite:///{request.getfixturevalue('file')}"


@pytest.fixture(params=ENGINES)
async def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without any table."""
    if request.param == "postgres":
        server: Server = request.getfixturevalue("postgres")
        return await server.create(f"empty{next(_numbers)}")
    return f"sqlite:///{tmp_path}/empty.db"


@pytest.fixture
async def storage(url: str) -> AsyncIterator[Storage]:
    storage = await Storage.open(url)
    if url.startswith("postgresql"):
        tables = ", ".join(metadata.tables)
        async with storage._engine.begin() as connection:
            await connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
    yield storage
    await storage.close()
