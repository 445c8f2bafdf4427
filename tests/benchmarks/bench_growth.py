"""What a newsroom's actions cost after years, with many channels and with many people, beside a small newsroom.

Processor time of the whole process and statements to the database; every round does the same in each newsroom in turn,
so that whoever disturbs one disturbs all. What articles in one process hold on to is in `bench_memory`.
"""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median
from time import process_time

from sqlalchemy import Engine, event

from bot import demo, logs
from bot.config import LogSettings, StaffSettings
from bot.simulator import people
from bot.simulator.world import World
from storage import Storage
from tests import years
from tests.benchmarks.timing import Line, ratio
from tests.newsroom import NEWS, NOON, House

ROUNDS = 7
STORIES, CHANNELS, STAFF = (100, 10_000, 100_000), (10, 100, 1_000), (5, 500)
ALWAYS, BOARDS = 1.3, 2.0
"""How much dearer an action may be in the largest newsroom: with stories, and with channels."""

type Measured = tuple[float, int]
"""Seconds of the processor, and statements."""


class Counted(House):
    """A newsroom whose work is measured by what is done there."""

    number = 0

    async def does(self, doing: Awaitable[object]) -> Measured:
        before, start = _asked.count, process_time()
        await doing
        return process_time() - start, _asked.count - before


class _Asked:
    count = 0

    def __call__(self, *_: object) -> None:
        self.count += 1


_asked = _Asked()
type Doings = Callable[[Counted], Awaitable[dict[str, Measured]]]


async def a_story(house: Counted) -> dict[str, Measured]:
    """From a paste to the approval, and what a channel admin looks at and changes."""
    house.number += 1
    number, reporter, editor, admin = house.number, house.reporter, house.editor, house.admin
    copy = years.text_of(years.story(90_000 + number))[:3000]
    did = {"a paste": await house.does(reporter.sends(copy))}
    did["submit"] = await house.does(reporter.presses("ارسال به دبیر"))
    await editor.presses("ویرایش تیتر")
    did["a typed answer"] = await house.does(editor.sends(f"قطار هیدروژنی شمارهٔ {number} آزمایش شد"))
    did["approve"] = await house.does(editor.presses("تأیید"))
    did["/drafts"] = await house.does(reporter.sends("/drafts"))
    for said in ("/queue", "/slots"):
        did[said] = await house.does(admin.sends(said))
    did["a slot more"] = await house.does(admin.sends(f"/slots @news شنبه {number}:10"))
    await admin.sends("/queue @news")
    await admin.presses("توقف")
    did["a pause"] = await house.does(admin.presses("بله، متوقف کن"))
    await admin.sends("/queue @news")
    await admin.presses("ادامه")
    did["one look of all loops"] = await house.does(house.settles())
    return did


async def boards(house: Counted) -> dict[str, Measured]:
    """What shows all channels."""
    return {said: await house.does(house.admin.sends(said)) for said in ("/queue", "/slots", "/week")}


async def a_card(house: Counted) -> dict[str, Measured]:
    """The boards, and a story on its way to being planned."""
    house.number += 1
    await house.reporter.sends(years.text_of(years.story(90_000 + house.number))[:3000])
    await house.reporter.presses("ارسال به دبیر")
    did = {"a card": await house.does(house.editor.presses("تأیید"))}
    await house.admin.sends("/desk")
    did["its page of channels"] = await house.does(house.admin.presses("زمان‌بندی"))
    return did | await boards(house)


async def to_all(house: Counted) -> dict[str, Measured]:
    """What a whole staff gets to see."""
    house.number += 1
    await house.reporter.sends(years.text_of(years.story(90_000 + house.number))[:3000])
    return {"submit": await house.does(house.reporter.presses("ارسال به دبیر"))}


async def _opened(
    stack: AsyncExitStack, folder: str, *, stories: int = 100, channels: int = 0, staff: int = 5
) -> Counted:
    file = Path(folder) / f"{stories}-{channels}-{staff}.db"
    await (await Storage.open(f"sqlite:///{file}")).close()
    years.fill(file, now=NOON, stories=stories, channel_id=NEWS, channels=channels)
    world = World(frozen=True, now=NOON)
    more = tuple(range(1_000, 1_000 + staff - 5))
    for person in more:
        people.Person(world, person).send("/start")
    settings = StaffSettings(
        reporter=(101, *more[::4]), editor=(102, *more[1::4]), channel_admin=(103,), owner=(104,)
    )
    opened = demo.newsroom_on(world, f"sqlite:///{file}", staff=settings)
    house = Counted(world, await stack.enter_async_context(opened))
    await house.settles()
    return house


async def _measured(sizes: dict[int, dict[str, int]], doings: Doings) -> dict[str, dict[int, list[Measured]]]:
    """What each action took in each newsroom, in every round but the first, which warms up."""
    took: dict[str, dict[int, list[Measured]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        async with AsyncExitStack() as stack:
            houses = {size: await _opened(stack, folder, **filled) for size, filled in sizes.items()}
            for round_ in range(ROUNDS + 1):
                for size, house in houses.items():
                    did = await doings(house)
                    for what, figure in did.items() if round_ else ():
                        took.setdefault(what, {}).setdefault(size, []).append(figure)
    return took


def _lines(of: str, took: dict[str, dict[int, list[Measured]]], goal: float | None) -> Iterator[Line]:
    for what, by_size in took.items():
        few, *_, most = by_size
        times = ratio([cpu for cpu, _ in by_size[most]], [cpu for cpu, _ in by_size[few]])
        yield Line(
            what=f"{what} with {most:,} {of}",
            figure=_shown(by_size[most]),
            beside=", ".join(f"with {size:,}: {_shown(by_size[size])}" for size in by_size if size != most),
            ratio=times,
            goal="" if goal is None else f"≤ {goal:g}×",
            holds=None if goal is None else times <= goal,
        )


def _shown(figures: list[Measured]) -> str:
    return f"{median(cpu for cpu, _ in figures) * 1000:.1f} ms ({median(asked for _, asked in figures):.0f})"


def measure() -> Iterator[Line]:
    logs.set_up(LogSettings(level="error"))
    event.listen(Engine, "before_cursor_execute", _asked)
    stories = {count: {"stories": count} for count in STORIES}
    yield from _lines("stories", asyncio.run(_measured(stories, a_story)), ALWAYS)
    channels = {count: {"channels": count - 1} for count in CHANNELS}
    yield from _lines("channels", asyncio.run(_measured(channels, a_card)), BOARDS)
    staff = {count: {"staff": count} for count in STAFF}
    yield from _lines("people", asyncio.run(_measured(staff, to_all)), None)
