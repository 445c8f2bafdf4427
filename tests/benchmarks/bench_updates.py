"""What an update costs through the real handlers and a database in a file, beside what does less.

Processor time of the bot's part until every message that follows is out (the simulator's part of each call is in it,
as in the peer's). Beside it: a plain python-telegram-bot Application in another world, which answers each of the same
updates with one message and keeps nothing; and the statements that the bot made, with their parameters and
transactions, on `sqlite3` alone, which decides nothing and sends nothing.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import process_time
from typing import Any

from telegram import Update
from telegram.ext import Application, ContextTypes, TypeHandler

from bot import demo, logs
from bot.app import Newsroom
from bot.composing import composed
from bot.config import LogSettings
from bot.simulator.request import SimulatorRequest
from bot.simulator.world import World
from tests.benchmarks.recorded import Recording, recording
from tests.benchmarks.timing import Line, compared
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
        start, before = process_time(), self.world.transcript.count
        await super().settles()
        self.took += process_time() - start
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
    with tempfile.TemporaryDirectory() as folder:
        async with _opened(folder) as house:
            await doings(house)
            return house


async def recorded(doings: Callable[[Timed], Awaitable[None]], folder: str) -> Recording:
    """What the bot asks of its database for the same."""
    async with _opened(folder) as house:
        with recording(house.newsroom.storage, Path(folder)) as noted:
            await doings(house)
    return noted


@asynccontextmanager
async def _opened(folder: str) -> AsyncIterator[Timed]:
    world = World(frozen=True)
    async with demo.newsroom_on(world, f"sqlite:///{folder}/newsroom.db") as opened:
        await demo.settle(world, opened)  # the menus of commands
        yield Timed(world, opened)


async def replay(house: Timed) -> float:
    """Seconds of the processor that a plain Application takes for the same updates, one message each."""
    world, took, offset = World(frozen=True), 0.0, 0
    request, polling = SimulatorRequest(world), SimulatorRequest(world)
    builder = Application.builder().token(demo.TOKEN).request(request).get_updates_request(polling)
    async with builder.updater(None).job_queue(None).build() as plain:
        plain.add_handler(TypeHandler(Update, _answer))
        for updates in house.mail:
            for _, (kind, body) in (update.items() for update in updates):
                world.updates.queue(kind, body)
            start = process_time()
            while world.updates.pending:
                for found in await plain.bot.get_updates(offset=offset, timeout=0):
                    await plain.process_update(found)
                    offset = found.update_id + 1
            took += process_time() - start
    return took


async def _answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.effective_chat is not None
    await context.bot.send_message(update.effective_chat.id, "رسید.")


def measure() -> Iterator[Line]:
    logs.set_up(LogSettings(level="error"))
    composed(SAMPLE)  # hazm's words are read
    for what, doings in (("stories, one update after another", stories), ("a burst of /help", burst)):
        yield from _beside(what, doings)


def _beside(what: str, doings: Callable[[Timed], Awaitable[None]]) -> Iterator[Line]:
    took, plain, raw = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        asked = asyncio.run(recorded(doings, folder))
        for _ in range(ROUNDS):
            house = asyncio.run(play(doings))
            took.append(house.took)
            plain.append(asyncio.run(replay(house)))
            raw.append(asked.replayed())
    count = sum(map(len, house.mail))
    goals = (22, 16) if doings is stories else (None, None)
    each = [seconds / count for seconds in took]
    yield compared(
        f"an update of {what} ({count}; {house.calls} calls follow)",
        each,
        "plain PTB, one answer, nothing kept",
        [seconds / count for seconds in plain],
        goals[0],
    )
    yield compared(
        "the same", each, "its statements on sqlite3 alone", [seconds / count for seconds in raw], goals[1]
    )
    transactions, statements = asked.transactions / count, asked.statements / count
    yield Line(
        what="its transactions and statements",
        figure=f"{transactions:.1f} and {statements:.1f}",
        goal="≤ 7.5 and ≤ 32" if goals[0] else "",
        holds=transactions <= 7.5 and statements <= 32 if goals[0] else None,
    )
