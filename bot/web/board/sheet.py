"""What stands on the week board, in the reader's words, to be drawn as it is. Knows no HTML.

Times are the channel's own; a place's `key` names it to the server: `t` and a minute since 1970, `p` and a
post's id.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class PlaceKind(StrEnum):
    """What a place of a day is."""

    FREE = "free"  # a slot that a post could take
    SHUT = "shut"  # one that the rhythm speaks against
    KEPT = "kept"  # the time of a post that is held
    POST = "post"
    QUIET = "quiet"  # hours in which nothing goes out
    MORE = "more"  # so many slots are not drawn


@dataclass(frozen=True, kw_only=True)
class Card:
    """A post. `seen` is what the server compares; `held` and `free` say whether a hand may take it."""

    id: int
    seen: str
    state: str  # its colour
    state_word: str
    hour: str
    headline: str
    rtl: bool = True
    notes: tuple[str, ...] = ()
    free: bool = True  # it may be moved
    is_story: bool = False  # approved, and without a post yet

    @property
    def key(self) -> str:
        """What the page knows it by."""
        return f"s{self.id}" if self.is_story else str(self.id)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place in a day; of a quiet stretch `hour` says from when till when."""

    key: str
    kind: PlaceKind
    hour: str
    note: str = ""
    card: Card | None = None

    @property
    def takes(self) -> bool:
        """Whether a card may be dropped there at all."""
        return self.kind in {PlaceKind.FREE, PlaceKind.SHUT, PlaceKind.KEPT, PlaceKind.POST}


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day; `off` names its holiday."""

    key: str  # such as 2026-11-22
    weekday: str
    number: str
    month: str
    today: bool = False
    past: bool = False
    off: str = ""
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A channel or a week that can be shown instead."""

    value: int
    said: str
    here: bool = False


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A channel's week. `words` are those of the page around it, by short names of ours."""

    lang: str
    rtl: bool
    title: str
    channel: int
    week: int
    channels: tuple[Choice, ...] = ()
    weeks: tuple[Choice, ...] = ()
    days: tuple[Day, ...] = ()
    held: tuple[Card, ...] = ()
    ready: tuple[Card, ...] = ()
    notes: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a drop was answered: what is said, whether it was done, and how it is undone."""

    done: bool
    said: str
    undo: int | None = None
    put: tuple[int, str] | None = None  # the post that it made, and how that looks: taken out, it is undone
    sheet: Sheet | None = None


@dataclass(frozen=True, kw_only=True)
class May:
    """Of a place: why not (`no`), or what somebody should know of it (`ah`)."""

    no: str = ""
    ah: str = ""
