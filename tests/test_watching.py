"""Who looks when: written tables, moments, the net."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.loops import Step
from bot.watching import LAPSE, NET, Rota, Watch

NOON = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Room:
    """Two loops, one of which finds its work in cards, the other in posts."""

    def __init__(self) -> None:
        self.now = NOON
        self.looked: list[str] = []
        self.finds: dict[str, bool | datetime] = {}
        self.kinds = {name: {name: self.watch(name)} for name in ("cards", "posts")}
        self.woken = {name: asyncio.Event() for name in self.kinds}
        self.elsewhere = False
        self.rota = Rota(
            clock=self.clock, kinds=self.kinds, bare={}, woken=self.woken, elsewhere=lambda: self.elsewhere
        )

    async def clock(self) -> datetime:
        return self.now

    def watch(self, name: str) -> Watch:
        async def step() -> bool | datetime:
            self.looked.append(name)
            return self.finds.pop(name, False)

        return Watch(step=step, tables=frozenset({name}), clock=self.clock)

    async def settles(self) -> list[str]:
        """Who has looked since."""
        self.looked.clear()
        await self.rota.tick()
        steps: dict[str, Step] = self.rota.steps()
        while name := next((name for name, event in self.woken.items() if event.is_set()), None):
            self.woken[name].clear()
            if await self.rota.look(name, steps[name]) is True:
                self.woken[name].set()
        return list(self.looked)


async def test_all_look_at_the_start_and_then_who_has_work() -> None:
    room = Room()
    assert await room.settles() == ["cards", "posts"]
    assert await room.settles() == []
    room.rota.written(frozenset({"cards", "audit"}))
    assert await room.settles() == ["cards"]
    assert await room.settles() == []


async def test_who_has_found_something_looks_again() -> None:
    room = Room()
    room.finds["cards"] = True
    assert await room.settles() == ["cards", "cards", "posts"]


async def test_a_moment_that_was_named_is_kept() -> None:
    room = Room()
    room.finds["posts"] = NOON + timedelta(seconds=3)
    await room.settles()
    room.now += timedelta(seconds=2)
    assert await room.settles() == []
    room.now += timedelta(seconds=1)
    assert await room.settles() == ["posts"]
    assert await room.settles() == []


async def test_what_another_process_writes_is_seen_in_time_and_when_the_clock_was_set_back() -> None:
    room = Room()
    await room.settles()
    room.elsewhere = True
    assert await room.settles() == []
    room.now += NET
    assert await room.settles() == ["cards", "posts"]
    room.now -= MINUTE
    assert await room.settles() == ["cards", "posts"]


async def test_nobody_looks_in_vain_while_no_other_process_writes_and_all_do_once_in_a_while() -> None:
    room = Room()
    await room.settles()
    room.now += NET
    assert await room.settles() == []
    room.now += LAPSE - NET
    assert await room.settles() == ["cards", "posts"]
    room.now += NET
    room.elsewhere = True
    assert await room.settles() == ["cards", "posts"]
    room.elsewhere = False
    room.now += LAPSE - NET
    assert await room.settles() == [], "they have looked since"


async def test_ones_own_writing_is_no_news_but_anothers_is() -> None:
    room = Room()
    await room.settles()
    with room.kinds["cards"]["cards"].at_work():
        room.rota.written(frozenset({"cards", "posts"}))
    assert await room.settles() == ["posts"]


async def test_who_met_a_fault_looks_again() -> None:
    room = Room()
    await room.settles()

    async def bad() -> bool:
        room.looked.append("cards")
        raise OSError("gone")

    watch = room.kinds["cards"]["cards"]
    watch.look()
    good, watch.step = watch.step, bad
    with pytest.raises(OSError, match="gone"):
        await watch()
    watch.step = good
    assert await watch() is False
    assert room.looked[-2:] == ["cards", "cards"]
