"""The server beside a newsroom: where the settings say, and nowhere else."""

import asyncio

import httpx
import pytest
from pydantic import ValidationError

from bot import outlets
from bot.errors import ConfigError
from bot.web.settings import ServerSettings
from tests.newsroom import newsroom
from tests.web.test_articles import new_token


async def test_it_serves_while_the_newsroom_runs() -> None:
    async with newsroom() as house:
        async with (
            outlets.served(house.newsroom, ServerSettings(address="127.0.0.1:0")) as port,
            httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client,
        ):
            assert (await client.get("/healthz")).status_code == 200
            assert "server" not in (await client.get("/docs")).headers
        with pytest.raises(httpx.ConnectError):
            await httpx.AsyncClient().get(f"http://127.0.0.1:{port}/healthz")


async def test_it_is_off_without_an_address() -> None:
    async with newsroom() as house, outlets.served(house.newsroom, ServerSettings()) as port:
        assert port is None


async def test_an_address_that_is_taken_is_said_and_a_fault_within_stays_what_it_is() -> None:
    async with newsroom() as house:
        async with outlets.served(house.newsroom, ServerSettings(address="127.0.0.1:0")) as port:
            with pytest.raises(ConfigError, match=r"server\.address"):
                async with outlets.served(house.newsroom, ServerSettings(address=f"127.0.0.1:{port}")):
                    pass
        with pytest.raises(FileNotFoundError):
            async with outlets.served(house.newsroom, ServerSettings(address="127.0.0.1:0")):
                raise FileNotFoundError


@pytest.mark.parametrize(
    "address", ["8090", "localhost:80", "127.0.0.1", "127.0.0.1:99999", "127.0.0.1:x", "[::1]"]
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(ValidationError):
        ServerSettings(address=address)


@pytest.mark.parametrize(
    "url", ["news.example", "ftp://news.example", "https://news.example/?a=1", "https://"]
)
def test_what_is_no_base(url: str) -> None:
    with pytest.raises(ValidationError):
        ServerSettings(base_url=url)


async def test_a_body_that_never_ends_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.limits.PATIENCE", 0.2)
    async with (
        newsroom() as house,
        outlets.served(house.newsroom, ServerSettings(address="127.0.0.1:0")) as port,
    ):
        token = await new_token(house)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        head = f"POST /articles HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{{"
        writer.write(head.encode())
        answer = await asyncio.wait_for(reader.readline(), 20)
        assert b"408" in answer
        writer.close()
