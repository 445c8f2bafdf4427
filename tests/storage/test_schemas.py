"""Newsrooms that share a PostgreSQL database, each in a schema of its own: none ever meets another's rows."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.errors import StorageError
from storage import Storage, backup
from storage.address import of_newsroom, place_of, schema_of
from storage.engine import pool_for
from storage.looking import looking
from storage.postgres import Pool
from storage.schema import metadata
from tests.storage.calls import READS, WRITES, Call, fill
from tests.storage.conftest import Server
from tests.storage.newsroom import NOW

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def shared_url(postgres: Server) -> str:
    """A database with the newsrooms `ours` and `theirs`, both empty."""

    async def prepare() -> str:
        url = await postgres.create("network")
        for name in ("ours", "theirs"):
            await (await Storage.open(of_newsroom(url, name))).close()
        return url

    return asyncio.run(prepare())


@asynccontextmanager
async def two(url: str) -> AsyncIterator[tuple[Storage, Storage]]:
    """Both newsrooms, empty, on one connection that they take in turn."""
    pool = pool_for(url, 1)
    assert pool is not None
    ours = await Storage.open(of_newsroom(url, "ours"), pool=pool)
    theirs = await Storage.open(of_newsroom(url, "theirs"), pool=pool)
    try:
        for storage in (ours, theirs):
            async with storage._engine.begin() as connection:
                await connection.execute(
                    text(f"TRUNCATE {', '.join(metadata.tables)} RESTART IDENTITY CASCADE")
                )
        yield ours, theirs
    finally:
        await ours.close()
        await theirs.close()
        await pool.close()


async def rows(pool: Pool, schema: str) -> dict[str, list[str]]:
    """All that a newsroom has, read past the storage."""
    async with pool.engine.connect() as connection:
        return {
            name: sorted(
                str(row) for row in await connection.execute(text(f'SELECT x::text FROM "{schema}".{name} x'))
            )
            for name in metadata.tables
        }


async def said(storage: Storage, call: Call) -> str:
    """What a call answers, or raises; nothing of it is kept."""
    try:
        async with storage.begin() as db:
            answer = repr(await call(db))
            raise ZeroDivisionError  # noqa: TRY301 - so that it is undone
    except ZeroDivisionError:
        return answer
    except StorageError:
        raise
    except Exception as error:  # noqa: BLE001 - many can't be done in an empty newsroom: that is an answer too
        return type(error).__name__


async def test_no_read_finds_another_newsrooms_rows(shared_url: str) -> None:
    async with two(shared_url) as (ours, theirs):
        alone = {name: await said(ours, call) for name, call in READS.items()}
        await fill(theirs)
        beside = {name: await said(ours, call) for name, call in READS.items()}
        differs = {name for name, call in READS.items() if await said(theirs, call) != alone[name]}

    assert beside == alone
    assert len(differs) > len(READS) / 2, "there was much to be found"


async def test_no_write_reaches_another_newsrooms_rows(shared_url: str) -> None:
    async with two(shared_url) as (ours, theirs):
        await fill(ours)
        await fill(theirs)
        pool = theirs._engine._pool  # type: ignore[attr-defined]
        before, changed = await rows(pool, "theirs"), 0
        for call in WRITES.values():
            heard: list[frozenset[str]] = []
            ours.tell(heard.append)
            try:
                async with ours.begin() as db:
                    await call(db)
            except StorageError:
                raise
            except Exception:  # noqa: BLE001 - one may forbid the next; what is done is all that counts
                continue
            changed += bool(heard)
        assert await rows(pool, "theirs") == before

    assert changed > len(WRITES) / 2, "much was written"


@pytest.mark.timeout(300)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns=st.lists(st.tuples(st.booleans(), st.sampled_from(sorted(READS | WRITES))), max_size=25))
def test_whatever_two_newsrooms_do_in_turn_each_has_what_it_did_itself(
    shared_url: str, turns: list[tuple[bool, str]]
) -> None:
    async def play(*, which: set[bool]) -> dict[str, list[str]]:
        async with two(shared_url) as (ours, theirs):
            for storage in [storage for mine, storage in ((True, ours), (False, theirs)) if mine in which]:
                await fill(storage)
            for mine, name in turns:
                if mine in which:
                    storage = ours if mine else theirs
                    try:
                        async with storage.begin() as db:
                            await (READS | WRITES)[name](db)
                    except StorageError:
                        raise
                    except Exception:  # noqa: BLE001 - as above
                        continue
            found = await rows(ours._engine._pool, "ours")  # type: ignore[attr-defined]
        found["lease"] = [
            str(len(found["lease"]))
        ]  # its mark names transactions, and they are all the server's
        return found

    assert asyncio.run(play(which={True, False})) == asyncio.run(play(which={True}))


async def test_newsrooms_do_not_wait_for_each_other_and_one_alone_does_for_itself(shared_url: str) -> None:
    pool = pool_for(shared_url, 2)
    ours = await Storage.open(of_newsroom(shared_url, "ours"), pool=pool)
    theirs = await Storage.open(of_newsroom(shared_url, "theirs"), pool=pool)
    elsewhere = await Storage.open(of_newsroom(shared_url, "ours"), patience=0.05)  # another process
    try:
        async with ours.begin():
            async with theirs.begin() as db:
                assert not await db.channels.all()
            with pytest.raises(StorageError):
                async with elsewhere.begin():
                    pass
    finally:
        for storage in (ours, theirs, elsewhere):
            await storage.close()
        assert pool is not None
        await pool.close()


async def test_many_newsrooms_share_few_connections(shared_url: str) -> None:
    pool = pool_for(shared_url, 2)
    assert pool is not None
    storages = [
        await Storage.open(of_newsroom(shared_url, name), pool=pool) for name in ("ours", "theirs") * 5
    ]

    async def work(storage: Storage) -> None:
        for _ in range(5):
            async with storage.begin() as db:
                await db.channels.all()

    await asyncio.gather(*map(work, storages))
    async with pool.engine.connect() as connection:
        count = text("SELECT count(*) FROM pg_stat_activity WHERE datname = 'network'")
        assert (await connection.scalar(count)) <= 2
        assert await connection.scalar(text("SHOW search_path")) == '"$user", public', "a pool's is nobody's"
    await pool.close()


async def test_newsrooms_that_are_begun_at_once_each_get_their_own_tables(postgres: Server) -> None:
    url = await postgres.create("begun at once")
    pool = pool_for(url, 4)
    assert pool is not None
    names = [f"room{number}" for number in range(4)]
    opened = await asyncio.gather(*(Storage.open(of_newsroom(url, name), pool=pool) for name in names))
    for name, storage in zip(names, opened, strict=True):
        await storage.close()
        async with looking(of_newsroom(url, name)) as look:
            assert look is not None
            assert look.is_sound
    await pool.close()


async def test_a_newsroom_is_looked_into_and_dumped_alone(shared_url: str, tmp_path: Path) -> None:
    if shutil.which("pg_dump") is None:
        pytest.skip("no pg_dump")
    mine, other = of_newsroom(shared_url, "ours"), of_newsroom(shared_url, "theirs")
    async with two(shared_url) as (ours, theirs):
        await fill(ours)
        await fill(theirs)
        pool = theirs._engine._pool  # type: ignore[attr-defined]
        before = await rows(pool, "theirs")
        await backup.write(mine, tmp_path / "ours.monadi", NOW)
        with pytest.raises(StorageError, match="ours"):
            await backup.restore(other, tmp_path / "ours.monadi", NOW)
        with pytest.raises(StorageError, match="ours"):
            await backup.restore(shared_url, tmp_path / "ours.monadi", NOW)
        async with ours.begin() as db:
            await db.audit.log(at=NOW, person_id=1, verb="after")
        await pool.engine.dispose()
        await backup.restore(mine, tmp_path / "ours.monadi", NOW)
        async with ours.begin() as db:
            assert [entry.verb for entry in await db.audit.of_article(1)] == []
            assert await db.lease.take("z", "host", 9, until=NOW, now=NOW, gone=True)
            assert await db.lease.held() == "restored"
        assert await rows(pool, "theirs") == before
    async with looking(mine) as look:
        assert look is not None
        assert look.is_sound


@pytest.mark.parametrize("schema", ["public", "pg_x", "Tehran", "a b", 'x"', "monadi_network", "../x"])
def test_what_can_be_no_newsrooms_schema_is_refused(schema: str) -> None:
    from sqlalchemy import make_url

    url = make_url("postgresql://a:b@/c").update_query_dict({"schema": schema})
    with pytest.raises(StorageError):
        schema_of(url.render_as_string(hide_password=False))


def test_a_newsrooms_place_is_told_without_its_secrets() -> None:
    url = of_newsroom("postgresql://a:secret@host/c?host=/run", "tehran")

    assert (schema_of(url), place_of(url)) == ("tehran", "tehran in c on host")
    assert (
        of_newsroom("sqlite:////var/lib/monadi/monadi.db", "tehran") == "sqlite:////var/lib/monadi/tehran.db"
    )
    with pytest.raises(StorageError):
        of_newsroom("sqlite://", "tehran")
