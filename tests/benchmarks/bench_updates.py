"""Updates per second through the real handlers and a database in a file, and through a bot without either.

The people's mail of one newsroom is kept and read to a plain python-telegram-bot Application in another world,
which answers each update with one message: what is between the two is what the promises cost (every word
committed before Telegram forgets it, every answer a committed row until it is delivered).
"""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from telegram import Update
from telegram.ext import Application, ContextTypes, TypeHandler

from bot import demo, logs
from bot.app import Newsroom
from bot.composing import composed
from bot.config import LogSettings
from bot.simulator.request import SimulatorRequest
from bot.simulator.world import World
from tests.benchmarks.timing import Line, ratio
from tests.newsroom import House

ROUNDS, STORIES, BURST = 5, 5, 80
SAMPLE = (Path(__file__).parents[2] / "bot" / "demo" / "sample.txt").read_text(encoding="utf-8")


class Timed(House):
    """A newsroom of which only the bot's part is timed, and whose mail is kept."""

    def __init__(self, world: World, opened: Newsroom) -> None:
        super().__init__(world, opened)
        self.took, self.calls = 0.0, 0
        self.mail: list[list[dict[str, Any]]] = []

    async def settles(self) -> None:
        self.mail.append(list(self.world.updates.pending))
        start, before = perf_counter(), self.world.transcript.count
        await super().settles()
        self.took += perf_counter() - start
        self.calls += self.world.transcript.count - before


async def stories(house: Timed) -> None:
    """Eight updates each: a paste in two parts, three presses, an answer to a question, two commands."""
    for number in range(STORIES):
        await house.reporter.sends(SAMPLE)
        await house.passes(3)
        await house.reporter.presses("ارسال به دبیر")
        await house.editor.presses("ویرایش تیتر")
        await house.editor.sends(f"قطار هیدروژنی شمارهٔ {number} آزمایش شد")
        await house.editor.presses("تأیید")
        await house.admin.sends("/desk")
        await house.reporter.sends("/drafts")


async def burst(house: Timed) -> None:
    """Commands that have piled up."""
    for _ in range(BURST):
        house.reporter.phone.send("/help")
    await house.settles()


async def play(doings: Callable[[Timed], Awaitable[None]]) -> Timed:
    world = World(frozen=True)
    with tempfile.TemporaryDirectory() as folder:
        async with demo.newsroom_on(world, f"sqlite:///{folder}/newsroom.db") as opened:
            await demo.settle(world, opened)  # the menus of commands
            house = Timed(world, opened)
            await doings(house)
            return house


async def replay(house: Timed) -> float:
    """Seconds that a plain Application takes for the same updates, one message each."""
    world, took, offset = World(frozen=True), 0.0, 0
    request, polling = SimulatorRequest(world), SimulatorRequest(world)
    builder = Application.builder().token(demo.TOKEN).request(request).get_updates_request(polling)
    async with builder.updater(None).job_queue(None).build() as plain:
        plain.add_handler(TypeHandler(Update, _answer))
        for updates in house.mail:
            for _, (kind, body) in (update.items() for update in updates):
                world.updates.queue(kind, body)
            start = perf_counter()
            while world.updates.pending:
                for found in await plain.bot.get_updates(offset=offset, timeout=0):
                    await plain.process_update(found)
                    offset = found.update_id + 1
            took += perf_counter() - start
    return took


async def _answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.effective_chat is not None
    await context.bot.send_message(update.effective_chat.id, "رسید.")


def measure() -> Iterator[Line]:
    logs.set_up(LogSettings(level="error"))
    composed(SAMPLE)  # hazm's words are read
    for what, doings in (("stories, one update after another", stories), ("a burst of /help", burst)):
        took, plain = [], []
        for _ in range(ROUNDS):
            house = asyncio.run(play(doings))
            took.append(house.took)
            plain.append(asyncio.run(replay(house)))
        count, middle = sum(map(len, house.mail)), median(took)
        yield Line(
            what=f"{what}: {count} updates, {house.calls} calls",
            figure=f"{count / middle:.0f} updates/s, {house.calls / middle:.0f} calls/s",
            beside=f"plain PTB, no database, one answer each: {count / median(plain):.0f} updates/s",
            ratio=ratio(took, plain),
        )
