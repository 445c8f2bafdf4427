"""`python -m tests.benchmarks [NAME…]`: measures, prints a table, judges nothing by an exit code."""

import sys
from importlib import import_module
from platform import platform, python_version

from tests.benchmarks.timing import table

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
    lines = []
    for name in wanted:
        print(f"{name} …", file=sys.stderr)
        lines += list(import_module(f"tests.benchmarks.bench_{name}").measure())
    print(table(lines))


if __name__ == "__main__":
    main()
