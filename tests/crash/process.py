"""The bot as a process of its own: started, listened to, killed. Knows its log and nothing of what it does."""

import asyncio
import contextlib
import json
import os
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
STOPS_WITHIN = 10.0
"""Seconds that a stop may take after SIGTERM, by docs/delivery.md."""


class Bot:
    """One life of `monadi run`: it stands ready, and begins when it is told to."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self._process = process
        self._log = log
        self.began = 0.0
        self.started_in: float | None = None
        self._ready = asyncio.Event()
        self.running = asyncio.Event()
        self.killed = False
        self.events: Counter[str] = Counter()
        self.raised: Counter[str] = Counter()  # what it did not expect
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def spawn(cls, config: Path, log: Path) -> "Bot":
        clean = {name: value for name, value in os.environ.items() if not name.startswith("MONADI_")}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "tests.crash.hurried", "run", "--config", str(config)),
            cwd=ROOT,
            env=clean,
            stdin=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            limit=1 << 22,  # a traceback in JSON is one long line
        )
        return cls(process, log)

    async def begin(self) -> None:
        """Tell it to, as soon as it stands ready; once is enough."""
        await self._ready.wait()
        assert self._process.stdin is not None
        if not self.began:
            self._process.stdin.write(b"go\n")
            self.began = time.monotonic()

    def kill(self) -> None:
        """SIGKILL, at once and from wherever one stands."""
        self.killed = True
        self._signal(signal.SIGKILL)

    async def gone(self) -> int:
        """Wait for its end and its last words; the exit code."""
        code = await self._process.wait()
        await self._listening
        return code

    async def stop(self) -> tuple[int, float]:
        """SIGTERM: the exit code and the seconds it took (killed where it takes far too long)."""
        began = time.monotonic()
        self._signal(signal.SIGTERM)
        killer = asyncio.get_running_loop().call_later(2 * STOPS_WITHIN, self.kill)
        code = await self.gone()
        killer.cancel()
        return code, time.monotonic() - began

    def _signal(self, number: signal.Signals) -> None:
        """Past asyncio, whose own way may reap the process under its watcher's hands."""
        if self.alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process.pid, number)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    async def _listen(self) -> None:
        assert self._process.stderr is not None
        with self._log.open("a", buffering=1, encoding="utf-8") as log:
            async for raw in self._process.stderr:
                line = raw.decode("utf-8", "replace")
                log.write(f"{self._process.pid} {line}")
                said = _said(line)
                self.events[said["event"]] += 1
                if "exception" in said:
                    self.raised[f"{said['event']}: {said['exception'].strip().splitlines()[-1]}"] += 1
                if said["event"] == "ready":
                    self._ready.set()
                if said["event"] == "running":
                    self.started_in = time.monotonic() - self.began
                    self.running.set()
        self._ready.set()  # or never: whoever waits for it must not wait for ever


def _said(line: str) -> dict[str, Any]:
    try:
        said: dict[str, Any] = json.loads(line)
    except ValueError:  # a traceback on its way out
        said = {}
    return {"event": "", **said}
