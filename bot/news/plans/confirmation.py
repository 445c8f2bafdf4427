"""What needs a second person before it is done, as a value. Knows no rule about who that may be."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Decision(StrEnum):
    """How it stands; only what is open can be decided."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    EXPIRED = "expired"


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """A wish of one person's; `about` holds the ids and the version that its asker saw."""

    id: int
    kind: str
    about: dict[str, Any]
    state: Decision
    asked_by: int
    asked_at: datetime
    expires_at: datetime
    decided_by: int | None = None
