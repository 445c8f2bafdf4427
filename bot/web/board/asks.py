"""What the page of the week board asks, read out of its JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_LONGEST = 60
_LARGEST = 2**52


class Malformed(Exception):
    """What was sent can't be read: it is not our page."""


@dataclass(frozen=True, kw_only=True)
class Drop:
    """What was dropped where, as the page names it; `seen` is what it showed of the post."""

    post: int = 0
    story: int = 0  # instead of a post: an approved one that has none here yet
    seen: str
    key: str  # a place's, or "held", or a day such as "2026-11-22" with its `minute`
    minute: int = 0
    other_seen: str = ""  # what it showed of the post that stands there


@dataclass(frozen=True, kw_only=True)
class View:
    """Which week of which channel the person has before them; 0: the first, and this one."""

    channel: int = 0
    week: int = 0


def view(asked: Mapping[str, Any]) -> View:
    """Raises Malformed."""
    return View(channel=number(asked, "channel", least=-_LARGEST), week=number(asked, "week", most=3_000_000))


def drop(asked: Mapping[str, Any]) -> Drop:
    """Raises Malformed."""
    return Drop(
        post=number(asked, "post"),
        story=number(asked, "story"),
        seen=_words(asked, "seen"),
        key=_words(asked, "key"),
        minute=number(asked, "minute", most=1439),
        other_seen=_words(asked, "other_seen"),
    )


def number(asked: Mapping[str, Any], name: str, *, least: int = 0, most: int = _LARGEST) -> int:
    """Raises Malformed; what is not there is 0."""
    value = asked.get(name, 0)
    if type(value) is not int or not least <= value <= most:
        raise Malformed
    return value


def _words(asked: Mapping[str, Any], name: str) -> str:
    value = asked.get(name, "")
    if type(value) is not str or len(value) > _LONGEST:
        raise Malformed
    return value
