"""SQLite in the event loop's own thread, for tests that make thousands of statements."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest


class _AtOnce:
    """Where aiosqlite puts what its thread is to do."""

    def put_nowait(self, job: tuple[asyncio.Future[Any] | None, Callable[[], Any]]) -> None:
        future, does = job
        try:
            result = does()
        except Exception as error:
            if future is None:
                raise
            future.set_exception(error)
        else:
            if future is not None:
                future.set_result(result)


def without_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let SQLite work in the event loop: thousands of statements wait for no thread of a busy machine."""
    monkeypatch.setattr("aiosqlite.core.SimpleQueue", _AtOnce)
    monkeypatch.setattr("aiosqlite.core.Thread", lambda **_: SimpleNamespace(start=lambda: None))
