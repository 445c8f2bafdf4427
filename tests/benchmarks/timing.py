"""Things timed side by side and the table that shows them; knows nothing of what is timed."""

import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from importlib import import_module
from statistics import median
from time import perf_counter, process_time


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the table: what was measured, what beside it in the same run, and what it should be.

    `ratio` is the median of the rounds' own; `goal` says in words what is allowed, `holds` whether it is so;
    `load` is how many processes wanted a processor while it was measured.
    """

    what: str
    figure: str
    beside: str = ""
    ratio: float | None = None
    goal: str = ""
    holds: bool | None = None
    load: float | None = None

    def cells(self) -> tuple[str, ...]:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        verdict = {None: "", True: "holds", False: "MISSED"}[self.holds]
        load = "" if self.load is None else f"{self.load:.0f}"
        return (self.what, self.figure, self.beside, ratio, self.goal, verdict, load)


def in_turn(rounds: int, **measures: Callable[[], float]) -> dict[str, list[float]]:
    """The figures of each measure, all taken once in every round: who disturbs one, disturbs all."""
    figures: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(rounds):
        for name, measure in measures.items():
            figures[name].append(measure())
    return figures


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """How long `work` takes, on average of so many times."""
    start = perf_counter()
    for _ in range(times):
        work()
    return (perf_counter() - start) / times


def processor(work: Callable[[], object], times: int = 1) -> float:
    """Seconds of the processor that `work` takes in this process, on average of so many times: waits are none."""
    start = process_time()
    for _ in range(times):
        work()
    return (process_time() - start) / times


def ratio(ours: list[float], theirs: list[float]) -> float:
    """The median of the rounds' ratios: what slows a whole round down cancels out."""
    return median(one / other for one, other in zip(ours, theirs, strict=True))


def compared(
    what: str, ours: list[float], beside: str, theirs: list[float], goal: float | None = None
) -> Line:
    """The line for seconds of ours beside seconds of theirs; `goal` is the ratio allowed."""
    times = ratio(ours, theirs)
    return Line(
        what=what,
        figure=duration(ours),
        beside=f"{beside}: {duration(theirs)}",
        ratio=times,
        goal="" if goal is None else f"≤ {goal:g}×",
        holds=None if goal is None else times <= goal,
    )


def duration(figures: Iterable[float]) -> str:
    """The median of seconds, to be read."""
    middle = median(figures)
    return f"{middle:.2f} s" if middle >= 1 else f"{middle * 1000:.3g} ms"


def table(lines: Iterable[Line]) -> str:
    """A Markdown table."""
    head = ("measured", "figure", "beside it", "ratio", "goal", "", "load")
    rows = [head, ("---",) * len(head), *(line.cells() for line in lines)]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def measured(name: str) -> list[Line]:
    """What one of the benchmarks has found."""
    print(f"{name} …", file=sys.stderr)
    return [
        replace(line, load=os.getloadavg()[0])
        for line in import_module(f"tests.benchmarks.bench_{name}").measure()
    ]
