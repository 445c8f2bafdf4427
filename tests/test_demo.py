"""The demo as somebody who has only it would use it: its clock, its people, its end."""

import asyncio
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from bot import demo
from bot.simulator.serving import serving
from bot.simulator.world import World
from tests.newsroom import NEWS, SPORT, House, newsroom

ROOT = Path(__file__).parents[1]
OUTAGE = "ارتباط قطع"
EVERY_DAY = "هر روز ۸ و ۱۲:۳۰ و ۱۸"


async def _in_the_queue(house: House) -> None:
    await house.approved()
    await house.admin.presses("زمان‌بندی")
    await house.admin.presses("نوبت آزاد بعدی")


async def _walks(house: House, seconds: float) -> list[dict[str, str]]:
    """The clock is moved over `/sim`, as the page does it; what the page hears meanwhile."""
    stop = asyncio.Event()
    running = asyncio.create_task(house.newsroom.run(stop))
    house.world.walk = demo.Walk(world=house.world, newsroom=house.newsroom)
    heard: list[dict[str, str]] = []

    async def listen() -> None:
        heard.extend([event async for event in house.world.events.listen() if "clock" in event])

    listening = asyncio.create_task(listen())
    await asyncio.sleep(0)
    async with (
        serving(demo.web(house.world)) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=90, trust_env=False) as client,
    ):
        answer = await client.post("/sim/clock", json={"advance": seconds})
        assert answer.status_code == 200, answer.text
    stop.set()
    await running
    house.world.events.close()
    await listening
    return heard


async def test_an_hour_goes_by_and_the_post_goes_out_at_its_minute_with_no_word_of_an_outage() -> None:
    async with newsroom() as house:
        await _in_the_queue(house)
        start = house.world.clock.now()
        heard = await _walks(house, 3600)
        [post] = house.reader.reads(NEWS)

        assert post["date"] == int((start + timedelta(minutes=30)).timestamp())
        assert house.world.clock.now() == start + timedelta(hours=1)
        assert OUTAGE not in "".join(map(str, house.admin.reads()))
        assert len(heard) > 10  # progress is shown
        assert heard[0]["until"] == (start + timedelta(hours=1)).isoformat()


@pytest.mark.plays
async def test_a_day_goes_by_and_nothing_is_held() -> None:
    async with newsroom() as house:
        await _in_the_queue(house)
        for channel in ("/connect @sport", f"/slots @sport {EVERY_DAY}"):
            await house.admin.sends(channel)
        start = house.world.clock.now()
        await _walks(house, 86400)

        [post] = house.reader.reads(NEWS)
        assert post["date"] == int((start + timedelta(minutes=30)).timestamp())
        assert OUTAGE not in "".join(map(str, house.admin.reads()))


async def test_a_leap_is_still_to_be_had_and_a_world_where_nobody_lives_leaps() -> None:
    world = World(frozen=True)
    walked: list[float] = []

    async def walk(seconds: float) -> None:
        await asyncio.sleep(0)
        walked.append(seconds)

    async with (
        serving(demo.web(world)) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client,
    ):
        await client.post("/sim/clock", json={"advance": 60})
        world.walk = walk
        await client.post("/sim/clock", json={"advance": 60, "leap": True})
        await client.post("/sim/clock", json={"advance": -60})
        await client.post("/sim/clock", json={"advance": 90})

    assert walked == [90]


@pytest.mark.parametrize("chat", [NEWS, SPORT])
async def test_the_bot_is_made_an_administrator_again_with_the_rights_a_channel_has(chat: int) -> None:
    """`can_pin_messages` is a right in groups; promoteChatMember passes over it in a channel."""
    world = World(frozen=True)
    rights = {"can_post_messages": True, "can_pin_messages": True, "can_edit_messages": False}
    async with (
        serving(demo.web(world)) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client,
    ):
        who = {"chat": chat, "user": "bot"}
        await client.post("/sim/members", json={**who, "status": "left"})
        back = await client.post("/sim/members", json={**who, "status": "administrator", "rights": rights})
        odd = await client.post(
            "/sim/members", json={**who, "status": "administrator", "rights": {"can_fly": True}}
        )

    assert back.status_code == 200, back.text
    assert (
        world.chats[chat].bot.may("can_post_messages"),
        world.chats[chat].bot.may("can_edit_messages"),
    ) == (
        True,
        False,
    )
    assert "can_pin_messages" not in world.chats[chat].bot.rights
    assert odd.status_code == 400


def test_the_demos_channels_are_not_called_by_the_word_for_a_story() -> None:
    world = World()
    demo.furnish(world)

    assert not {"خبر", "گزارش", "پست", "کانال"} & {world.chats[chat].title for chat in (NEWS, SPORT)}


@pytest.mark.processes
def test_ctrl_c_ends_the_demo_without_a_traceback() -> None:
    """Also while a page listens."""
    words = [sys.executable, "-m", "bot.cli", "demo", "--no-browser", "--port", "0"]
    with subprocess.Popen(
        words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stderr
        address = process.stdout.readline().split(" at ")[1].split(" ")[0]
        with httpx.stream("GET", f"{address}sim/events", trust_env=False) as listening:
            next(listening.iter_raw())
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=30) == 0
        assert process.stderr.read() == ""
