"""`python -m tests.benchmarks [NAME…]`: measures, prints a table, judges nothing by an exit code."""

import sys
from concurrent.futures import ProcessPoolExecutor
from platform import platform, python_version

from tests.benchmarks.timing import measured, table

NAMES = (
    "copydesk",
    "growth",
    "compose",
    "length",
    "start",
    "updates",
    "publish",
    "pacing",
    "lateness",
    "schedule",
    "queue",
    "free_slot",
    "phrases",
)


def main() -> None:
    wanted = sys.argv[1:] or NAMES
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        raise SystemExit(f"no benchmark {', '.join(unknown)}; there are {', '.join(NAMES)}")
    print(f"Python {python_version()}, {platform()}\n", file=sys.stderr)
    # Each in a process of its own: what one has loaded and freed would hide what another holds on to.
    with ProcessPoolExecutor(1, max_tasks_per_child=1) as apart:
        print(table([line for name in wanted for line in apart.submit(measured, name).result()]))


if __name__ == "__main__":
    main()
