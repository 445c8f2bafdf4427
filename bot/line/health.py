"""How the line to Telegram does: which faults last, when to try again, what is logged of them. Knows no call.

One fault is one line in the log when it begins and one when it is over, however often it strikes between.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import structlog

from bot.errors import Intercepted, SendError, TokenRefused

log = structlog.get_logger(__name__)

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=1)
"""Between two tries against the same fault; doubled each time."""
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(kw_only=True)
class Line:
    """The faults that last, by whom they strike and how often they have."""

    refused_since: datetime | None = None  # Telegram does not take the token
    refusal_told: bool = True
    shut_until: datetime = _NEVER
    _refusals: int = 0
    _faults: Counter[tuple[str, str]] = field(default_factory=Counter)

    def is_shut(self, now: datetime) -> bool:
        """Whether nothing is to be tried, for Telegram has just refused the token."""
        return now < self.shut_until <= now + LONGEST_WAIT  # not by a clock that was set back

    def struck(self, whom: str, error: SendError, now: datetime) -> timedelta:
        """A fault strikes; how long the next try is to wait for it at least."""
        if isinstance(error, TokenRefused):
            return self._refused(now)
        fault = (whom, type(error).__name__)
        first = not any(kind == fault[1] for _, kind in self._faults)
        self._faults[fault] += 1
        if first:
            log.warning("telegram_fails", whom=whom, kind=fault[1], why=error.description)
        return _doubled(self._faults[fault] - 1) if isinstance(error, Intercepted) else timedelta()

    def answered(self, whom: str) -> None:
        """Telegram has answered: the token is taken, and what struck there is over."""
        if self.refused_since is not None:
            log.warning("token_taken_again", since=self.refused_since.isoformat())
        self.refused_since, self.refusal_told = None, True
        self._refusals, self.shut_until = 0, _NEVER
        for fault in [fault for fault in self._faults if fault[0] == whom]:
            del self._faults[fault]
            if not any(kind == fault[1] for _, kind in self._faults):
                log.info("telegram_answers", whom=whom, kind=fault[1])

    def _refused(self, now: datetime) -> timedelta:
        if not self.is_shut(now):
            self.shut_until = now + _doubled(self._refusals)
            self._refusals += 1
        if self.refused_since is None:
            self.refused_since, self.refusal_told = now, False
            log.error("token_refused", what_now="nothing goes out until Telegram takes the token again")
        return self.shut_until - now


def _doubled(times: int) -> timedelta:
    return min(FIRST_WAIT * (1 << min(times, 10)), LONGEST_WAIT)
