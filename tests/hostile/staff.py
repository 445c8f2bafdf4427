"""The staff at work while all goes wrong: they paste, submit, approve, publish, press what is old and what is not there.

Each waits for the bot as a person would, and what they were answered is written down. Knows no judge.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from random import Random

from bot.simulator import pressing
from bot.simulator.chats import Stored
from bot.simulator.people import Person
from bot.simulator.world import Query
from tests.hostile.world import Scene
from tests.news.test_hostile_texts import KINDS, of_length

WAITS = 150.0
"""Seconds until a person gives up."""
FIRST_PASTED = 5000
"""The number of the first story that somebody pastes; what is planned beforehand has the smaller ones."""
_BODY = "این جملهٔ آزمایشی برای درازای متن است و کسی جز داور آن را نمی‌خواند. "


@dataclass(kw_only=True)
class Press:
    """A press of somebody of the staff: when it was made and when it was answered."""

    who: int
    data: str
    at: float
    answered_at: float | None = None
    says: str = ""


@dataclass(kw_only=True)
class Paste:
    """What somebody pasted, and when the bot first said something behind it."""

    who: int
    what: str
    at: float
    heard_at: float | None = None


@dataclass
class Notes:
    """What the staff went through."""

    presses: list[Press] = field(default_factory=list)
    pastes: list[Paste] = field(default_factory=list)
    approved: list[tuple[int, int]] = field(
        default_factory=list
    )  # articles with their versions, for the admin
    published: set[tuple[int, int]] = field(default_factory=set)
    numbers: Iterator[int] = field(default_factory=lambda: count(FIRST_PASTED))


class Worker:
    """Someone of the staff."""

    def __init__(self, scene: Scene, person_id: int, notes: Notes, seed: int) -> None:
        self.scene, self.notes, self.id = scene, notes, person_id
        self.lot = Random(f"{person_id} {seed}")
        self.phone = Person(scene.world, person_id)
        self.pressed: list[tuple[int, str]] = []

    @property
    def messages(self) -> dict[int, Stored]:
        return self.scene.world.chats[self.id].messages

    def buttons(self, *verbs: str, newest: int = 15) -> Iterator[tuple[int, str]]:
        """The buttons with those verbs under the newest messages, the newest first: message and data."""
        for number in list(reversed(self.messages))[:newest]:
            for button in pressing.buttons(self.messages[number].message):
                data = str(button.get("callback_data", ""))
                if data.partition(":")[0].rpartition(".")[2] in verbs:
                    yield number, data

    async def press(self, message_id: int, data: str) -> Press:
        """Press, or forge a press, and wait for the answer however long it takes."""
        loop, world = asyncio.get_running_loop(), self.scene.world
        press = Press(who=self.id, data=data, at=self.scene.seconds())
        self.notes.presses.append(press)
        known = len(world.queries)
        going = asyncio.Task(  # begun at once, so that the newest query is ours
            pressing.press(world, self.id, message_id, self.id, data=data), loop=loop, eager_start=True
        )
        assert len(world.queries) == known + 1
        key = next(reversed(world.queries))
        query: Query = world.queries[key]
        await asyncio.wait({query.answer}, timeout=WAITS)
        if query.answer.done():
            press.answered_at, press.says = self.scene.seconds(), str(query.answer.result().get("text") or "")
        await going
        del world.queries[key]
        self.pressed.append((message_id, data))
        return press

    async def paste(self, text: str, what: str) -> bool:
        """Paste, and wait for a word of the bot's; whether one came."""
        paste = Paste(who=self.id, what=what, at=self.scene.seconds())
        self.notes.pastes.append(paste)
        last = self.phone.send(text)[-1]["message_id"]
        for _ in range(int(WAITS)):
            if any(number > last and stored.by_bot for number, stored in reversed(self.messages.items())):
                paste.heard_at = self.scene.seconds()
                return True
            await asyncio.sleep(1)
        return False

    async def forges(self) -> None:
        """Press a button again that is old by now, or one that nobody has ever seen."""
        if not self.messages:
            return
        if self.pressed and self.lot.random() < 0.5:
            number, data = self.lot.choice(self.pressed[-30:])
            if number in self.messages:
                await self.press(number, data)
            return
        await self.press(next(reversed(self.messages)), forged(self.lot))


def forged(lot: Random) -> str:
    """Data that no button has: real verbs with numbers of nothing, or nothing of the kind."""
    verb = lot.choice(
        ("story.approve", "plan.now", "story.kill", "plan.slot", "now", "story.edit", "x", "", "🙂")
    )
    numbers = [str(lot.choice((0, -1, 999_999, 2**63, 10**18))) for _ in range(lot.randrange(4))]
    return ":".join([verb, *numbers])[:64] or "x"


def copy(number: int, length: int) -> str:
    """A story as it is pasted, with the mark by which it is known again."""
    return f"تیتر خبر پیست‌شده m{number}v1p0 برای آزمون\nلید خبر m{number}v1p1 در یک جمله می‌آید.\n" + _BODY * (
        length // 70
    )


async def reporting(worker: Worker, over: Callable[[], bool]) -> None:
    """A reporter: mostly stories, among them texts made to be slow; what becomes a draft is submitted."""
    lot = worker.lot
    while not over():
        await asyncio.sleep(lot.uniform(5, 20))
        does = lot.random()
        if does < 0.2:
            await worker.forges()
        elif does < 0.5:
            kind = lot.choice(list(KINDS))
            await worker.paste(of_length(kind, lot.choice((300, 3000, 9000))), kind)
        else:
            number = next(worker.notes.numbers)
            await worker.paste(copy(number, lot.choice((0, 0, 700, 9000))), "a story")
            await asyncio.sleep(lot.uniform(2, 6))
            for button in list(worker.buttons("submit"))[:1]:
                await worker.press(*button)


async def pasting(worker: Worker, at: float, text: str, what: str) -> None:
    """One large paste at its time."""
    await asyncio.sleep(at)
    await worker.paste(text, what)


async def editing(worker: Worker, over: Callable[[], bool]) -> None:
    """An editor: approves what is submitted."""
    lot = worker.lot
    while not over():
        await asyncio.sleep(lot.uniform(2, 6))
        if lot.random() < 0.15:
            await worker.forges()
        done = {data for _, data in worker.pressed}
        for button in [each for each in worker.buttons("approve") if each[1] not in done][:1]:
            await worker.press(*button)
            _, article, version, *_ = button[1].split(":")
            worker.notes.approved.append((int(article), int(version)))


async def publishing(worker: Worker, over: Callable[[], bool]) -> None:
    """A channel admin: publishes at once what was approved, and looks at lists."""
    lot, desk = worker.lot, worker.scene.desk
    while not over():
        await asyncio.sleep(lot.uniform(3, 8))
        does = lot.random()
        if does < 0.15:
            await worker.forges()
        elif does < 0.3:
            await worker.paste(lot.choice(("/queue", "/desk", "/slots", "/help", "/week")), "a command")
        elif worker.notes.approved:
            article, version = worker.notes.approved.pop(0)
            press = await worker.press(
                next(reversed(worker.messages)), f"plan.now:{article}:{version}:{desk.id}"
            )
            if "در راه است" in press.says:
                worker.notes.published.add((article, version))


async def owning(worker: Worker, over: Callable[[], bool]) -> None:
    """An owner: looks now and then, and presses what there is to look at."""
    lot = worker.lot
    await worker.paste("/week", "a command")  # at once: what draws it comes into memory, and stays
    while not over():
        await asyncio.sleep(lot.uniform(10, 30))
        await worker.forges()
        await worker.paste(lot.choice(("/start", "/desk", "/queue")), "a command")
