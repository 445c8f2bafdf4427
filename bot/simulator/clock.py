"""The world's clock: can be set and moved, runs freely unless frozen; knows nothing of who reads it."""

import time
from datetime import UTC, datetime, timedelta


class WorldClock:
    """Aware UTC. A frozen clock moves only when it is told to."""

    def __init__(self, start: datetime | None = None, *, frozen: bool = False) -> None:
        self.frozen = frozen
        self.set(start or datetime.now(UTC))

    def now(self) -> datetime:
        """The world's time."""
        ran = 0.0 if self.frozen else time.monotonic() - self._since
        return self._start + timedelta(seconds=ran)

    def set(self, now: datetime) -> None:
        """Goes on from there; a naive time is taken for UTC."""
        self._start = now.astimezone(UTC) if now.tzinfo else now.replace(tzinfo=UTC)
        self._since = time.monotonic()

    def advance(self, seconds: float) -> None:
        """Moves on by so many seconds (negative: back)."""
        self.set(self.now() + timedelta(seconds=seconds))

    def unix(self) -> int:
        """Whole seconds, as Telegram dates messages."""
        return int(self.now().timestamp())
