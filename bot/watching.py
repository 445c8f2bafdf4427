"""When work is looked for: its tables were written, its moment has come, or the net is drawn. Knows no work.

Looking in vain is most of what an idle bot does, and half of what a busy one does. So the storage tells which
tables a transaction has written, and whoever finds work there is woken. What another process writes wakes
nobody: SQLite can tell that there is some, and PostgreSQL's newsrooms look at everything once in a while.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from bot.clock import Clock
from bot.loops import InTurn, Loop, Step

NET = timedelta(seconds=10)
"""After so long everything is looked at, if another process has written meanwhile, or may have."""
LAPSE = timedelta(seconds=30)
"""After so long in any case: a moment that nobody has named is no later than that."""

_AT_WORK: ContextVar["Watch | None"] = ContextVar("_AT_WORK", default=None)  # and what it has begun


@dataclass(kw_only=True)
class Watch:
    """A step that looks only when its tables were written, or when its moment has come.

    What it writes itself is no news to it: it says itself whether there is more.
    """

    step: Step
    tables: frozenset[str]
    clock: Clock
    _is_due: bool = True
    _again_at: datetime | None = None

    async def __call__(self) -> bool | datetime:
        if not self._is_due and (self._again_at is None or await self.clock() < self._again_at):
            return self._again_at or False
        self._is_due, self._again_at = False, None
        try:
            with self.at_work():
                found = await self.step()
        except BaseException:
            self._is_due = True
            raise
        self._is_due = self._is_due or found is True
        self._again_at = found if isinstance(found, datetime) else None
        return found

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """What is written within it, or by a task that is begun within it, is this one's own."""
        token = _AT_WORK.set(self)
        try:
            yield
        finally:
            _AT_WORK.reset(token)

    def written(self, tables: frozenset[str]) -> bool:
        """Take note of what has just been written; whether that makes it look."""
        if _AT_WORK.get() is self or not tables & self.tables:
            return False
        self._is_due = True
        return True

    def look(self) -> None:
        """Have it look, whatever was written."""
        self._is_due = True


def watches(
    steps: Mapping[str, Step], tables: Mapping[str, AbstractSet[str]], clock: Clock
) -> dict[str, Watch]:
    """A watch for each kind of work, by its name: so are its tables."""
    return {
        name: Watch(step=step, tables=frozenset(tables[name]), clock=clock) for name, step in steps.items()
    }


@dataclass(kw_only=True)
class Rota:
    """The loops, each with the kinds of work that it does in turn, and what wakes them.

    `bare` are those whose work is in no table: they look whenever they are woken. `elsewhere` says whether
    another process may have written since it was last asked.
    """

    clock: Clock
    kinds: Mapping[str, Mapping[str, Watch]]
    bare: Mapping[str, Step]
    woken: Mapping[str, asyncio.Event]
    elsewhere: Callable[[], bool]
    looking: int = 0  # loops that are at it
    beside: list[Callable[[frozenset[str]], None]] = field(default_factory=list)  # who hears it as well
    _moments: dict[str, datetime] = field(default_factory=dict)
    _asked_at: datetime | None = None
    _netted_at: datetime | None = None

    def steps(self) -> dict[str, Step]:
        """One for each loop, the bare ones first."""
        steps = dict(self.bare)
        for loop, kinds in self.kinds.items():
            (*several,) = kinds.values()
            steps[loop] = several[0] if len(several) == 1 else InTurn(kinds=kinds, clock=self.clock)
        return steps

    def loop(self, name: str, step: Step, stop: asyncio.Event) -> Loop:
        return Loop(name=name, step=partial(self.look, name, step), woken=self.woken[name], stop=stop)

    async def look(self, name: str, step: Step) -> bool | datetime:
        """Have a loop's step look, and remember when it wants to again."""
        self._moments.pop(name, None)
        self.looking += 1
        try:
            found = await step()
        finally:
            self.looking -= 1
        if isinstance(found, datetime):
            self._moments[name] = found
        return found

    async def tick(self) -> None:
        """Wake whose moment has come; and all of them once in a while, or when the clock was set back."""
        now = await self.clock()
        if _is_over(self._asked_at, NET, now):
            self._asked_at = now
            if self.elsewhere() or _is_over(self._netted_at, LAPSE, now):
                self._netted_at = now
                for name in self.woken:
                    self.wake(name)
        for name in [name for name, at in self._moments.items() if at <= now]:
            self.woken[name].set()

    def wake(self, name: str) -> None:
        """Have a loop look at all its work."""
        for watch in self.kinds.get(name, {}).values():
            watch.look()
        self.woken[name].set()

    def written(self, tables: frozenset[str]) -> None:
        """These have just been written."""
        for told in self.beside:
            told(tables)
        for loop, kinds in self.kinds.items():
            if sum(watch.written(tables) for watch in kinds.values()):  # all of them hear of it
                self.woken[loop].set()


def _is_over(since: datetime | None, span: timedelta, now: datetime) -> bool:
    """Also where the clock was set back."""
    return since is None or not timedelta() <= now - since < span
