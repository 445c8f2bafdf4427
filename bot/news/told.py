"""What was told before, as a story keeps it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class ToldBefore:
    """The same, told before: when, where it stands, and the way there; `why` is `bot.archive.twice.Why`."""

    why: str
    headline: str
    on: date
    where: str = ""
    url: str | None = None
