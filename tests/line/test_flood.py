"""Whoever may write can hold up nobody: strangers, groups and one person's flood, beside people at work."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot import preparing
from bot.app import Newsroom
from bot.line import ingest
from tests.newsroom import COPY, DESK_GROUP, READER, REPORTER, House, newsroom

PART = ("شهرداری سپیدکوه روز شنبه از ورود بیست اتوبوس برقی خبر داد. " * 70)[:4090]


def flood(house: House, *, lines: int, messages: int, parts: int) -> None:
    """What waits at Telegram: chatter of the desk's group, a stranger, and the parts of one paste."""
    queue, world = house.world.updates.queue, house.world
    group, stranger, reporter = (world.chat(chat).brief() for chat in (DESK_GROUP, READER, REPORTER))
    for number in range(max(lines, messages, parts)):
        head = {"message_id": 10_000 + number, "date": world.clock.unix()}
        if number < lines:
            queue("message", {**head, "chat": group, "from": world.user(102), "text": f"گپ {number}"})
        if number < messages:
            queue("message", {**head, "chat": stranger, "from": world.user(READER), "text": f"سلام {number}"})
        if number < parts:
            queue("message", {**head, "chat": reporter, "from": world.user(REPORTER), "text": PART})


@asynccontextmanager
async def running(newsroom: Newsroom) -> AsyncIterator[None]:
    stop = asyncio.Event()
    task = asyncio.create_task(newsroom.run(stop))
    try:
        yield
    finally:
        stop.set()
        await task


async def answered(pressing: "asyncio.Task[Any]") -> float:
    """Seconds of this process's time until a press is answered; the simulated Telegram's are among them."""
    began = time.process_time()
    await pressing
    return time.process_time() - began


async def test_a_press_behind_a_flood_is_answered_within_a_second_of_work(tmp_path: Path) -> None:
    async with newsroom(f"sqlite:///{tmp_path}/newsroom.db") as house:
        await house.reporter.sends(COPY)
        await house.passes(3)
        await house.reporter.presses("ارسال به دبیر")
        preparing.prepare()
        card = house.editor.card()
        flood(house, lines=3000, messages=1000, parts=2550)
        pressing = asyncio.create_task(house.editor.phone.press("✅ تأیید", message=card))
        await asyncio.sleep(0)
        async with running(house.newsroom):
            took = await answered(pressing)
            answer = pressing.result()

        assert answer == {"text": "تأیید شد.", "show_alert": False}
        assert took < 1


async def test_each_member_of_staff_has_their_turn_whoever_floods() -> None:
    async with newsroom() as house:
        await house.reporter.sends(COPY)
        await house.passes(3)
        await house.reporter.presses("ارسال به دبیر")
        card, room = house.editor.card(), house.newsroom
        flood(house, lines=0, messages=0, parts=60)
        pressing = asyncio.create_task(house.editor.phone.press("✅ تأیید", message=card))
        await asyncio.sleep(0)
        for _ in range(2):  # who asks again at once with the same number gets one only
            await ingest.pull(room.bot, room.storage, room.clock, wait=0, doors=room.doors)
        for _ in range(2):
            await ingest.handle_next(room.storage, room.clock, room.reception)
        while not pressing.done():
            await room.steps["notices"]()
            await asyncio.sleep(0)

        assert pressing.result() == {"text": "تأیید شد.", "show_alert": False}


async def test_strangers_wait_for_the_staff_and_hear_once_an_hour() -> None:
    async with newsroom() as house:
        flood(house, lines=0, messages=50, parts=0)
        house.reporter.phone.send("/help")
        room = house.newsroom
        assert await ingest.pull(room.bot, room.storage, room.clock, wait=0, doors=room.doors) == 51
        async with room.storage.begin() as db:
            first = await db.inbox.next_pending()
        assert first is not None
        assert first.turn == REPORTER
        await house.settles()
        assert len(heard(house)) == 1
        await house.passes(3599)
        await house.reader.sends("هنوز هم")
        assert len(heard(house)) == 1
        await house.passes(1)
        await house.reader.sends("باز هم")
        assert len(heard(house)) == 2


def heard(house: House) -> list[dict[str, Any]]:
    return [message for message in house.reader.reads() if message["from"]["is_bot"]]


async def test_who_is_known_for_an_hour_is_not_known_for_ever() -> None:
    async with newsroom() as house:
        await house.reader.sends("سلام")
        await house.sleeps(2 * 3600)
        await house.newsroom.tidy()

        async with house.newsroom.storage.begin() as db:
            assert await db.strangers._connection.scalar(text("SELECT count(*) FROM strangers")) == 0


async def test_a_press_that_is_too_old_for_telegram_is_told_in_a_message_and_leaves_nothing() -> None:
    async with newsroom() as house:
        for data, told in (("story.approve:99:1", 1), ("plan.board:1", 1), ("open:99", 1)):
            press = {"id": data, "from": house.world.user(102), "chat_instance": "1", "data": data}
            house.world.updates.queue("callback_query", press)
            before = len(house.editor.reads())
            await house.settles()
            assert len(house.editor.reads()) == before + told

        async with house.newsroom.storage.begin() as db:
            assert await db.notices._connection.scalar(text("SELECT count(*) FROM notices")) == 0
