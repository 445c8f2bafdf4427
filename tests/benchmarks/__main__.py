"""`python -m tests.benchmarks [NAME…]`: measures, prints a table, judges nothing by an exit code."""

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from platform import platform, python_version

from tests.benchmarks.timing import Line, measured, table

NAMES = (
    "copydesk",
    "spelling",
    "pages",
    "points",
    "pages_in",
    "memory",
    "growth",
    "compose",
    "length",
    "start",
    "statements",
    "updates",
    "publish",
    "idle",
    "pacing",
    "lateness",
    "load",
    "schedule",
    "queue",
    "free_slot",
    "phrases",
    "archive",
)


def main() -> None:
    wanted = sys.argv[1:] or NAMES
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        raise SystemExit(f"no benchmark {', '.join(unknown)}; there are {', '.join(NAMES)}")
    print(f"Python {python_version()}, {platform()}\n", file=sys.stderr)
    print(table([line for name in wanted for line in _apart(name)]))


def _apart(name: str) -> list[Line]:
    """In a process of its own: what others have loaded and freed would hide what this one holds on to."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(measured, name).result()


if __name__ == "__main__":
    main()
