"""Strangers' pages and files are read in a process of its own, which is killed when it takes too long.

Reading is the work of parsers that were not written for enemies: a file of a few kilobytes may keep one
busy for hours, or bring it down. So it happens beside the bot, with a limit of time and memory and without
a network; what that process does, only its answer is taken, a line of JSON.
"""

import asyncio
import base64
import json
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from typing import Any, Self

from bot.errors import PageError
from bot.intake.pages_copy import Told
from bot.news.feeds import Feed, feed_from_json

SECONDS = 5.0
"""For one page, file or feed."""
_START = 60.0  # until the parsers are loaded, on a machine that has much to do
_IDLE = 120.0
_LONGEST_ANSWER = 48_000_000


class Workshop:
    """The process, begun when it is needed and ended when nobody has needed it for two minutes."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: Process | None = None
        self._loaded = False
        self._one = asyncio.Lock()
        self._ends: asyncio.TimerHandle | None = None

    async def page(self, raw: bytes, url: str, charset: str = "") -> Told:
        """The story of a page.

        Raises:
            PageError: there is none, or reading it took too long.
        """
        return Told.of(
            await self._read({"task": "page", "raw": _packed(raw), "url": url, "charset": charset})
        )

    async def file(self, raw: bytes, name: str) -> Told:
        """The words of a file, by what it is and not by what it is called.

        Raises:
            PageError: it can't be read; `reason` says why.
        """
        return Told.of(await self._read({"task": "file", "raw": _packed(raw), "name": name}))

    async def feed(self, raw: bytes, url: str, charset: str | None) -> Feed | None:
        """The feed that the bytes are; None if they are none.

        Raises:
            PageError: reading it took too long.
        """
        answer = await self._read({"task": "feed", "raw": _packed(raw), "url": url, "charset": charset})
        return await asyncio.to_thread(feed_from_json, answer) if answer else None

    async def _read(self, task: dict[str, Any]) -> dict[str, Any]:
        async with self._one:
            self._waits()
            line = await asyncio.to_thread(_line, task)
            try:
                process = await self._begun(parsers=task["task"] != "feed")
                async with asyncio.timeout(self._seconds):
                    answer = await self._answer(process, line)
            except _BROKEN:
                await self._end()
                raise PageError("hard") from None
            except asyncio.CancelledError:
                await self._end()
                raise
            self._waits()
        if "reason" in answer:
            raise PageError(answer["reason"])
        return answer

    async def _answer(self, process: Process, line: bytes) -> dict[str, Any]:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(line)
        await process.stdin.drain()
        said = await process.stdout.readuntil(b"\n")
        answer: dict[str, Any] = await asyncio.to_thread(json.loads, said)
        return answer

    async def _begun(self, *, parsers: bool) -> Process:
        """The process; `parsers`: with those of pages, whose loading takes seconds and no feed needs."""
        process = self._process
        if process is None or process.returncode is not None:
            process = await self._started()
        if parsers and not self._loaded:
            async with asyncio.timeout(_START):
                await self._answer(process, _line({"task": "load", "raw": ""}))
            self._loaded = True
        return process

    async def _started(self) -> Process:
        self._loaded = False
        process = self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.intake.reading"),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,  # what parsers say of strangers' pages belongs in no log
            limit=_LONGEST_ANSWER,
            env={
                **{name: os.environ[name] for name in _KNOWN if name in os.environ},
                "PYTHONPATH": os.pathsep.join(sys.path),
            },
            start_new_session=True,  # Ctrl-C is for the bot
        )
        assert process.stdout is not None
        async with asyncio.timeout(_START):
            await process.stdout.readuntil(b"\n")
        return process

    def _waits(self) -> None:
        if self._ends is not None:
            self._ends.cancel()
        loop = asyncio.get_running_loop()
        self._ends = loop.call_later(_IDLE, lambda: loop.create_task(self.close()))

    async def close(self) -> None:
        """End the process, if it is not at work."""
        if self._ends is not None:
            self._ends.cancel()
        async with self._one:
            await self._end()

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        if process.stdin is not None:
            process.stdin.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


_KNOWN = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT", "VIRTUAL_ENV")
"""Of the environment: no token and no password goes into a process that reads strangers' files."""


_BROKEN = (
    TimeoutError,
    ConnectionError,
    ValueError,
    asyncio.IncompleteReadError,
    asyncio.LimitOverrunError,  # its answer is longer than any page's
)


def _line(task: dict[str, Any]) -> bytes:
    return (json.dumps(task) + "\n").encode()


def _packed(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
