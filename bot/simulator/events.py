"""Tells whoever listens that something changed; knows not what it means."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any


class Events:
    """A broadcast: every listener gets every event from the moment it began to listen."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[dict[str, Any] | None]] = set()
        self._closed = False

    def tell(self, event: dict[str, Any]) -> None:
        """To all, without waiting."""
        for listener in self._listeners:
            listener.put_nowait(event)

    def listen(self) -> AsyncIterator[dict[str, Any]]:
        """Events as they come from now on, until `close`."""
        mailbox: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._listeners.add(mailbox)
        return self._delivered(mailbox)

    async def _delivered(
        self, mailbox: asyncio.Queue[dict[str, Any] | None]
    ) -> AsyncGenerator[dict[str, Any], None]:
        try:
            while not self._closed and (event := await mailbox.get()) is not None:
                yield event
        finally:
            self._listeners.discard(mailbox)

    def close(self) -> None:
        """Ends every stream, so that a server can stop."""
        self._closed = True
        for listener in self._listeners:
            listener.put_nowait(None)
