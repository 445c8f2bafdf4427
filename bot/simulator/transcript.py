"""What the bot asked and what it was told; knows the calls, never the token."""

from collections import deque
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.simulator.schema import Upload

KEPT = 20_000
_SECRETS = {"secret_token"}


class Transcript:
    """The last calls, numbered from 1."""

    def __init__(self) -> None:
        self._calls: deque[dict[str, Any]] = deque(maxlen=KEPT)
        self._count = 0

    def note(
        self,
        method: str,
        parameters: Mapping[str, Any],
        status: int | None,
        description: str | None,
        *,
        time: datetime,
        hidden: str,
    ) -> None:
        """Adds a call; status None: no answer reached the bot. `hidden` (the token) is blotted out."""
        self._count += 1
        call = {
            "n": self._count,
            "time": time.isoformat(),
            "method": method,
            "parameters": _shown(parameters, hidden),
        }
        self._calls.append({**call, "status": status, "description": description})

    def since(self, n: int = 0) -> list[dict[str, Any]]:
        """Calls after the n-th, in the order in which they ended."""
        return [call for call in self._calls if call["n"] > n]

    @property
    def count(self) -> int:
        """How many there were."""
        return self._count


def _shown(value: Any, hidden: str) -> Any:
    if isinstance(value, Mapping):
        return {name: "***" if name in _SECRETS else _shown(item, hidden) for name, item in value.items()}
    if isinstance(value, list):
        return [_shown(item, hidden) for item in value]
    if isinstance(value, str | Upload):
        return str(value).replace(hidden, "***") if hidden else str(value)
    return value
