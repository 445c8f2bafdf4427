"""What `monadi check` says of one thing: how it is, and what to do. Knows nothing that is looked at."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """What a line says at its beginning."""

    FINE = "✓"
    WARNING = "⚠"
    FAULT = "✗"


@dataclass(frozen=True)
class Finding:
    """What was looked at, and what is to be said of it."""

    place: str
    words: str
    mark: Mark = Mark.FINE


def found(place: str, fault: str, note: str) -> Finding:
    """The fault, or the note where there is none."""
    return Finding(place, fault, Mark.FAULT) if fault else Finding(place, note)
