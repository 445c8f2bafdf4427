"""How long the command and the bot take to start, as whole processes, and what `monadi --help` imports."""

import json
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmarks.timing import Line, compared, duration, in_turn, seconds

ROUNDS, STARTS = 15, 5
GOAL = 3.0  # times, and seconds
HEAVY = {
    "alembic",
    "apscheduler",
    "handlers",
    "hazm",
    "httpx",
    "numpy",
    "pydantic",
    "sqlalchemy",
    "starlette",
}
HEAVY |= {"storage", "structlog", "telegram", "uvicorn"}
MONADI = Path(sys.executable).with_name("monadi")
_SAMPLE = Path(__file__).parents[2] / "bot" / "demo" / "sample.txt"

type Command = tuple[str | Path, ...]

_IMPORTS = """
import json, sys
before = set(sys.modules)
from bot.cli import main
sys.argv = ["monadi", "--help"]
try:
    main()
except SystemExit:
    print(json.dumps(sorted(set(sys.modules) - before)), file=sys.stderr)
"""
_READY = """
import gc
gc.disable()  # as `monadi run` does
import asyncio, sys, tempfile
from bot import demo
from bot.line import ingest
from bot.simulator.people import Person
from bot.simulator.world import World
gc.freeze()
gc.enable()

async def main():
    world = World()
    with tempfile.TemporaryDirectory() as folder:
        async with demo.newsroom_on(world, f"sqlite:///{folder}/newsroom.db") as newsroom:
            Person(world, 101).send("/start")
            await ingest.pull(newsroom.bot, newsroom.storage, newsroom.clock, wait=25)
            print("polls", flush=True)
            if "modules" in sys.argv:
                print(*sorted(sys.modules), file=sys.stderr)

asyncio.run(main())
"""


def measure() -> Iterator[Line]:
    for what, ours, module, rounds, goal in (
        ("monadi --help", (MONADI, "--help"), "typer", ROUNDS, GOAL),
        ("monadi compose sample.txt, from nothing", (MONADI, "compose", _SAMPLE), "hazm", STARTS, None),
    ):
        theirs = (sys.executable, "-c", f"import {module}")
        works = {"ours": partial(_run, ours), "theirs": partial(_run, theirs)}
        for warm in works.values():  # bytecode and the file cache
            warm()
        figures = in_turn(rounds, **{name: partial(seconds, work) for name, work in works.items()})
        yield compared(what, figures["ours"], f"import {module}", figures["theirs"], goal)
    yield _imports()
    yield _beside_libraries()
    ready = in_turn(
        STARTS,
        polls=lambda: _until_it_says("polls", sys.executable, "-c", _READY),
        demo=lambda: _until_it_says("http://", MONADI, "demo", "--port", "0", "--no-browser"),
    )
    for name, what in (("polls", "bot ready on the simulator"), ("demo", "monadi demo, until its address")):
        yield Line(
            what=what,
            figure=duration(ready[name]),
            beside=f"of {STARTS} starts from {min(ready[name]):.2f} to {max(ready[name]):.2f} s",
            goal=f"≤ {GOAL:g} s",
            holds=median(ready[name]) <= GOAL,
        )


def _beside_libraries() -> Line:
    """The bot ready on a new database, beside importing what it has of others, by processor time of processes."""
    ran = subprocess.run(
        [sys.executable, "-c", _READY, "modules"], capture_output=True, text=True, check=True
    )
    ours = {"bot", "handlers", "storage", "__main__", "__mp_main__"}
    theirs = [
        name
        for name in ran.stderr.split()
        if name.partition(".")[0] not in sys.stdlib_module_names | ours
        and name.replace(".", "").isidentifier()
    ]
    load = f"import contextlib, importlib\nfor name in {theirs!r}:\n    with contextlib.suppress(ImportError):\n        importlib.import_module(name)"
    figures = in_turn(
        STARTS,
        ours=partial(_processor, (sys.executable, "-c", _READY)),
        theirs=partial(_processor, (sys.executable, "-c", load)),
    )
    return compared(
        "the bot's process until it polls, on the simulator and a new database: processor time",
        figures["ours"],
        f"importing alone the {len(theirs)} modules of libraries that it has then",
        figures["theirs"],
        1.6,
    )


def _processor(command: Command) -> float:
    """Seconds of the processor that a process takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _run(command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _imports() -> Line:
    ran = subprocess.run([sys.executable, "-c", _IMPORTS], capture_output=True, text=True, check=True)
    modules = json.loads(ran.stderr)
    ours = [name for name in modules if name.partition(".")[0] in {"bot", "handlers", "storage"}]
    tops = {name.partition(".")[0] for name in modules} - sys.stdlib_module_names - {"bot"}
    heavy = sorted(tops & HEAVY)
    return Line(
        what="imported by monadi --help",
        figure=f"{len(modules)} modules; ours: {', '.join(ours)}",
        beside="others': " + ", ".join(sorted(name for name in tops if not name.startswith("_"))),
        goal="nothing heavy",
        holds=not heavy,
    )


def _run(command: Command) -> None:
    subprocess.run(command, capture_output=True, check=True)


def _until_it_says(word: str, *command: str | Path) -> float:
    """Seconds until a new process prints a line with `word`; it is ended then."""
    start = perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if word in line:
                took = perf_counter() - start
                process.send_signal(signal.SIGINT)  # as Ctrl-C: it clears up behind it
                return took
        raise RuntimeError(f"{command[0]} ended before it said {word!r}")
