"""What an open board hears: that something has changed, soon, once, and no more once its person has left."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx

from bot import outlets
from bot.news.model import Role
from bot.web.board import streams
from bot.web.board.streams import SHOWN, Streams
from bot.web.serving import serving
from tests.newsroom import ADMIN, NOON, House
from tests.web.board.hands import OURS, SETTINGS, Hand, board, key, planned


async def always() -> bool:
    return True


async def hears(stream: AsyncIterator[str]) -> str:
    return await asyncio.wait_for(anext(stream), 20)


async def test_a_board_hears_of_what_it_shows_and_of_nothing_else() -> None:
    house = Streams(beat=0.05, rest=0.0)
    stream = house.of(1, always)
    assert await hears(stream) == ": open\n\n"
    house.written(frozenset({"inbox", "notices"}))
    assert await hears(stream) == ": \n\n"  # a sign of life
    for _ in range(100):
        house.written(frozenset({"posts"}))
    assert await hears(stream) == "event: changed\ndata: \n\n"
    assert await hears(stream) == ": \n\n"  # once for all of them
    assert house.count == 1
    await stream.aclose()  # type: ignore[attr-defined]
    assert house.count == 0


async def test_nobody_has_more_than_a_few_and_one_that_is_closed_makes_room() -> None:
    house = Streams(beat=0.05)
    mine = [house.of(1, always) for _ in range(streams.OF_ONE)]
    for each in mine:
        await hears(each)

    assert not house.has_room(1)
    assert house.has_room(2)
    await mine[0].aclose()  # type: ignore[attr-defined]
    assert house.has_room(1)


async def test_a_board_whose_person_has_left_is_told_so_and_closed() -> None:
    async def gone() -> bool:
        return False

    house = Streams(beat=0.01)
    told = [each async for each in house.of(1, gone)]

    assert told == [": open\n\n", "event: over\ndata: \n\n"]
    assert house.count == 0


def test_the_tables_that_are_named_are_there() -> None:
    from storage.schema import metadata

    assert metadata.tables.keys() >= SHOWN


@contextlib.asynccontextmanager
async def heard(house: House, hand: Hand) -> AsyncIterator[tuple[httpx.AsyncClient, dict[str, str]]]:
    """The same over a real socket, where an answer can go on."""
    app = outlets.application_of(house.newsroom, SETTINGS)
    headers: dict[str, Any] = {**OURS, "authorization": f"Board {hand.session}"}
    async with (
        serving(app, "127.0.0.1", 0) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=20) as client,
    ):
        yield client, headers


async def test_what_the_bot_does_is_heard_on_the_board_at_once_and_an_ended_role_ends_it() -> None:
    async with board() as (house, hand), heard(house, hand) as (client, headers):
        post = await planned(house, NOON + timedelta(hours=1))
        async with client.stream("POST", "/board/events", json={}, headers=headers) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            lines = answer.aiter_lines()
            assert await asyncio.wait_for(anext(lines), 20) == ": open"
            await hand.drops(post, key(NOON + timedelta(hours=3)))
            told = [await asyncio.wait_for(anext(lines), 20) for _ in range(2)]
            assert told[-1] == "event: changed"
            async with house.newsroom.storage.begin() as db:
                await db.staff.take(ADMIN, Role.CHANNEL_ADMIN)
            rest = [line async for line in lines if line.startswith("event")]
            assert rest[-1] == "event: over"


async def test_who_is_nobody_hears_nothing() -> None:
    async with board() as (house, hand), heard(house, hand) as (client, headers):
        for told in (OURS, {**headers, "authorization": "Board " + "x" * 43}):
            assert (await client.post("/board/events", json={}, headers=told)).status_code == 401
        assert (await client.post("/board/events", json={})).status_code == 403
