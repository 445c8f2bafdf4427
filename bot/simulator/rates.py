"""Telegram's limits on how fast a bot may write, on the world's clock; knows chats by id only.

By the Bot FAQ: about 1 message a second to one chat (short bursts pass), 20 a minute to a group or channel,
about 30 a second to all. The sizes of bursts are a guess: Telegram does not publish them. A world in a hurry
takes all of them a few times as fast.
"""

from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

BURST = 5


@dataclass(frozen=True, kw_only=True)
class Window:
    """So many messages in so many seconds."""

    most: int
    seconds: float


_EVERYWHERE = Window(most=30, seconds=1)
_GROUP = Window(most=20, seconds=60)
_CHAT = Window(most=BURST, seconds=BURST)


class Rates:
    """What was sent lately; `pace` is how many times Telegram's limits are allowed."""

    def __init__(self, pace: float = 1) -> None:
        self._pace = pace
        self._sent: dict[int | None, deque[datetime]] = defaultdict(deque)

    def take(self, chat_id: int, now: datetime, messages: int = 1) -> int:
        """Counts messages; answers 0, or the seconds to wait (then nothing counts)."""
        windows = [(None, _EVERYWHERE), (chat_id, _CHAT), *([(chat_id, _GROUP)] if chat_id < 0 else [])]
        wait = max(self._wait(key, window, now) for key, window in windows)
        if not wait:
            for key in (None, chat_id):
                self._sent[key].extend([now] * messages)
        return wait

    def _wait(self, key: int | None, window: Window, now: datetime) -> int:
        sent, span = self._sent[key], window.seconds / self._pace
        while sent and now - sent[0] >= timedelta(seconds=_GROUP.seconds / self._pace):
            sent.popleft()
        recent = [at for at in sent if now - at < timedelta(seconds=span)]
        if len(recent) < window.most:
            return 0
        return max(1, ceil(span - (now - recent[-window.most]).total_seconds()))
