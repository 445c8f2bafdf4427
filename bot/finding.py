"""What `monadi check` says of one thing: how it is, and what to do. Knows nothing that is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from bot.words import N_, Words


class Mark(StrEnum):
    """What a line says at its beginning."""

    FINE = "✓"
    WARNING = "⚠"
    FAULT = "✗"


_PLACES: Final = frozenset(
    {
        N_("backup"),
        N_("channel"),
        N_("clock"),
        N_("config"),
        N_("database"),
        N_("disk"),
        N_("file"),
        N_("folder"),
        N_("notices"),
        N_("proxy"),
        N_("publishing"),
        N_("token"),
        N_("versions"),
        N_("webhook"),
    }
)
"""What lines are of; behind a file, a folder, a channel and an option stands which."""


@dataclass(frozen=True)
class Finding:
    """What was looked at, and what is to be said of it: a message of the catalogue and what fills it."""

    place: str
    text: str
    mark: Mark = Mark.FINE
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """In English."""
        return self.said(Words("en"))

    def said(self, say: Words) -> str:
        """In a language; what fills it as it is, for a path is copied and must hold no invisible mark."""
        text = str(say(self.text)) if self.text else ""
        if not self.values:
            return text
        shown = {name: _shown(value, say) for name, value in self.values.items()}
        return text.format(**shown)

    def line(self, say: Words) -> str:
        """The whole line."""
        kind, _, which = self.place.partition(" ")
        place = f"{say(kind) if kind in _PLACES else kind} {which}".strip()
        return f"{self.mark} {place}: {self.said(say)}"


def found(place: str, fault: str, note: str, **values: object) -> Finding:
    """The fault, or the note where there is none."""
    if fault:
        return Finding(place, fault, Mark.FAULT, values)
    return Finding(place, note, values=values)


def _shown(value: object, say: Words) -> object:
    """A number in the language's digits, a finding within a finding in its words."""
    if isinstance(value, Finding):
        return value.said(say)
    if isinstance(value, tuple):
        return str(say("; nor ")).join(str(say(each)) for each in value)
    return say.number(value) if isinstance(value, int) else value
