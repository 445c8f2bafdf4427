"""What `monadi run` costs while nothing happens: a process of its own on the simulator's HTTP server, a process too.

Processor time and context switches of the bot's process with all its threads, read from /proc.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.timing import Line

WARM, WATCHED = 40.0, 60.0
"""Seconds until the copy desk's tables are there and all has been looked at once, and seconds that are measured."""
TOKEN = "1:" + "A" * 35
MONADI = Path(sys.executable).with_name("monadi")
_CONFIG = """
database = "sqlite:///{folder}/newsroom.db"
[telegram]
token = "{token}"
base_url = "{address}"
[staff]
owner = [104]
channel_admin = [103]
editor = [102]
reporter = [101]
"""


def measure() -> Iterator[Line]:
    if not Path("/proc/self/stat").exists():
        return
    with tempfile.TemporaryDirectory() as folder, _running(Path(folder)) as bot:
        time.sleep(WARM)  # of the wall clock: the idle time of another process is measured
        before, switches = _processor(bot), _switches(bot)
        time.sleep(WATCHED)
        share, switched = (_processor(bot) - before) / WATCHED, (_switches(bot) - switches) / WATCHED
    yield Line(
        what="`monadi run` while nothing happens: share of a core",
        figure=f"{share:.2%}",
        goal="≤ 0.3 %",
        holds=share <= 0.003,
    )
    yield Line(
        what="its context switches", figure=f"{switched:.0f} a second", goal="≤ 30", holds=switched <= 30
    )


@contextmanager
def _running(folder: Path) -> Iterator[int]:
    """The bot's process, once it runs."""
    telegram = _started("simulator", "--port", "0")
    try:
        assert telegram.stdout is not None
        address = telegram.stdout.readline().partition("at ")[2].split()[0].rstrip("/")
        config = folder / "config.toml"
        config.write_text(_CONFIG.format(folder=folder, token=TOKEN, address=address))
        bot = _started("run", "--config", str(config))
        try:
            yield bot.pid
        finally:
            bot.terminate()
            bot.wait()
    finally:
        telegram.terminate()
        telegram.wait()


def _started(*words: str) -> subprocess.Popen[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MONADI_")}
    return subprocess.Popen(
        [MONADI, *words],
        env={**clean, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _processor(pid: int) -> float:
    """Seconds of the processor in user and system mode, all threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _switches(pid: int) -> int:
    """Context switches so far, voluntary and not, of the threads there are."""
    return sum(
        int(line.split()[1])
        for task in Path(f"/proc/{pid}/task").iterdir()
        for line in (task / "status").read_text().splitlines()
        if "ctxt_switches" in line
    )
