"""How posts are received, as Telegram tells a bot: reactions, comments, joins, members. Knows no update.

How often a post was seen is nothing that the Bot API tells, so it is nowhere here.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median

CUSTOM, PAID = "custom", "paid"
"""Reactions that are no emoji: one of the many drawn ones, and stars."""
ENOUGH = 10
"""Posts of a channel that must be known before one is held against them."""
NAMED = 32
"""Characters of a link's name (Bot API, `createChatInviteLink`: 0-32)."""


@dataclass(frozen=True, kw_only=True)
class Reacted:
    """All reactions that a message of a channel has at that moment, not only the new ones."""

    channel_id: int
    message_id: int
    at: datetime
    kinds: tuple[tuple[str, int], ...]  # an emoji, `CUSTOM` or `PAID`; how many

    @property
    def total(self) -> int:
        return sum(count for _, count in self.kinds)


@dataclass(frozen=True, kw_only=True)
class Threaded:
    """A channel's message stands in its discussion group, where the comments on it make a thread."""

    group_id: int
    thread_id: int
    channel_id: int
    message_id: int
    replies: int = 0  # 1: one of the comments says so


@dataclass(frozen=True, kw_only=True)
class Replied:
    """A comment in a discussion group; of which post the thread is may not be known yet."""

    group_id: int
    thread_id: int


@dataclass(frozen=True, kw_only=True)
class Moved:
    """Somebody has joined a channel, or left it. Who it was is not kept."""

    channel_id: int
    at: datetime
    joined: bool
    link: str = ""  # the name of the invite link by which they came; empty: another way


type Event = Reacted | Threaded | Replied | Moved


@dataclass(frozen=True, kw_only=True)
class Received:
    """How a post, or several, were received."""

    reactions: int = 0
    replies: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)

    @property
    def both(self) -> int:
        return self.reactions + self.replies


@dataclass(frozen=True, kw_only=True)
class Told:
    """A post that went out, with what groups it."""

    post_id: int
    article_id: int
    channel_id: int
    sent_at: datetime
    category: str | None = None
    reporter_id: int = 0
    received: Received = field(default_factory=Received)


def together(found: Iterable[Received]) -> Received:
    """The sum of several."""
    reactions = replies = 0
    kinds: Counter[str] = Counter()
    for each in found:
        reactions, replies = reactions + each.reactions, replies + each.replies
        kinds.update(each.kinds)
    return Received(reactions=reactions, replies=replies, kinds=dict(kinds))


def standing(value: int, others: Sequence[int]) -> tuple[float, float] | None:
    """The usual value (their median), and the share of others that lie below; None where few are known."""
    if len(others) < ENOUGH:
        return None
    below = sum(1.0 if other < value else 0.5 if other == value else 0.0 for other in others)
    return float(median(others)), below / len(others)
