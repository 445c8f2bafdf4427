"""A database is looked into without a trace, on a server too: nothing is made, locked or waited for."""

import pytest
from sqlalchemy import text

from bot.errors import StorageError
from storage import Storage
from storage.address import place_of, secrets_of
from storage.looking import looking
from storage.migrations import revisions
from tests.storage.conftest import Server


@pytest.mark.postgres
async def test_postgresql_is_looked_into_while_the_bot_writes(postgres: Server) -> None:
    url = await postgres.create("looked")
    async with looking(url) as look:
        assert look is not None
        assert (look.is_empty, look.revision) == (True, None)
    storage = await Storage.open(url)
    async with storage.begin() as db, looking(url) as look:
        await db.notices.add(1, "sendMessage", {})
        assert look is not None
        assert (look.is_sound, look.revision) == (True, revisions()[-1])
    async with storage._engine.begin() as connection:
        await connection.execute(text("DROP TABLE notices"))
    await storage.close()
    async with looking(url) as look:
        assert look is not None
        assert (look.is_sound, look.missing) == (False, ("table notices",))


@pytest.mark.postgres
async def test_nothing_can_be_written_while_looking(postgres: Server) -> None:
    url = await postgres.create("untouched")
    await (await Storage.open(url)).close()

    async def write() -> None:
        async with looking(url) as look:
            assert look is not None
            async with look.storage.begin() as db:
                await db.notices.add(1, "sendMessage", {})

    with pytest.raises(StorageError, match="read-only"):
        await write()


@pytest.mark.postgres
async def test_a_database_that_the_server_has_not_is_a_fault(postgres: Server) -> None:
    with pytest.raises(StorageError, match="does not exist"):
        async with looking(postgres.url("nowhere")):
            pass


@pytest.mark.parametrize(
    ("url", "place", "secrets"),
    [
        ("sqlite:////srv/monadi/news.db", "/srv/monadi/news.db", set()),
        ("sqlite://", "in memory", set()),
        ("postgresql://me:S3C%2Fret@db.example:5433/news", "news on db.example:5433", {"S3C/ret"}),
        ("postgresql://db.example/news?user=me&password=S3Cret", "news on db.example", {"S3Cret"}),
        ("postgresql:///news?host=/run/postgresql", "news on /run/postgresql", set()),
    ],
)
def test_of_a_url_only_the_place_is_shown(url: str, place: str, secrets: set[str]) -> None:
    assert place_of(url) == place
    assert secrets_of(url) == secrets


@pytest.mark.parametrize("url", ["postgresql://u:p@h:S3Cret/d", "S3Cret"])
async def test_a_url_that_is_none_is_not_quoted(url: str) -> None:
    with pytest.raises(StorageError) as caught:
        await Storage.open(url)

    assert "S3C" not in str(caught.value)
    assert caught.value.__cause__ is None
