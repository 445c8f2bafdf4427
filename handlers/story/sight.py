"""What a card is drawn from, one story as one person sees it; and how its tables of buttons are read."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.desk.stories import APPROVERS, EDITABLE, WAITING, Desk
from bot.line.calls import Keyboard
from bot.news.model import Article, Channel, Post, PostState
from bot.news.posts.warnings import Warned
from bot.news.quiet import URGENT
from bot.news.talk import AuditEntry
from bot.news.times import calendar
from bot.words import Words, words
from handlers.story.known import Known, Review
from handlers.talk import House, button, in_reading_order

STANDS = frozenset(PostState) - {PostState.CANCELED, PostState.FAILED}
"""A post in one of these has its story's place in the channel: it can't go there again."""


@dataclass(frozen=True, kw_only=True)
class Sight:
    """One story before one person, at one moment. `where` is the channel whose look the card has."""

    desk: Desk
    house: House
    known: Known
    article: Article
    posts: tuple[Post, ...]
    channels: list[Channel]
    where: Channel | None
    warned: tuple[Warned, ...] = ()  # what speaks against it, before those who decide
    review: Review = field(default_factory=Review)  # who has it, and what was said about it
    last_edit: AuditEntry | None = None  # what could be undone; read for the page that shows it

    @property
    def say(self) -> Words:
        return words(self.desk.who.language)

    @property
    def may(self) -> frozenset[str]:
        """The verbs that are open to the person (`Desk.allowed`)."""
        return self.desk.allowed(self.article)

    @property
    def key(self) -> tuple[int, int]:
        """What every button of a card holds: a story, and the version its presser saw."""
        return self.article.id, self.article.version

    @property
    def now(self) -> datetime:
        return self.desk.now

    @property
    def is_mine(self) -> bool:
        """Whether the person has the story."""
        return self.review.holder is not None and self.review.holder.id == self.desk.who.id

    @property
    def sets_terms(self) -> bool:
        """Whether the person may set on which terms the story goes out: its embargo and its urgency."""
        return self.desk.may(APPROVERS) and self.article.state in EDITABLE

    @property
    def not_before(self) -> str:
        """Until when it is under embargo, in words; empty where it is not."""
        end = self.article.embargoed_until
        if end is None or end <= self.now:
            return ""
        time = calendar.show(end, self.house.time_zone, self.say.language)
        return self.say("🔒 Not before {time}", time=time)

    @property
    def mine(self) -> list[Channel]:
        """Those of its channels in which the person may plan."""
        return [channel for channel in self.channels if self.desk.runs(channel.id)]

    def stands_in(self, channel: Channel) -> bool:
        """Whether the story waits in the channel, or is out there."""
        return any(post.channel_id == channel.id and post.state in STANDS for post in self.posts)

    def may_hurry(self, channel: Channel) -> bool:
        """Whether the story is so urgent that it may pass the queue there, and no post of it is out."""
        there = {post.state for post in self.posts if post.channel_id == channel.id}
        return self.article.urgency <= URGENT and not there & (STANDS - WAITING)


def _always(_sight: Sight) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Way:
    """A button of a card, a line of a table: shown to whoever has the verb `needs`, `when` that holds.

    `label` is an English source string, or makes the words itself; `more` follows the story's key in the
    button's data; `style` is the Bot API's (`success`, `danger`, `primary`).
    """

    label: str | Callable[[Sight], str]
    press: str
    more: tuple[object, ...] = ()
    needs: str = ""
    when: Callable[[Sight], bool] = _always
    style: str = ""

    def is_open(self, sight: Sight) -> bool:
        return (not self.needs or self.needs in sight.may) and self.when(sight)

    def drawn(self, sight: Sight) -> dict[str, Any]:
        text = sight.say(self.label) if isinstance(self.label, str) else self.label(sight)
        drawn = button(text, self.press, *sight.key, *self.more)
        return drawn | ({"style": self.style} if self.style else {})


def shown(table: Iterable[Way], sight: Sight) -> list[dict[str, Any]]:
    """The buttons of a table that the person may press; no other is shown."""
    return [way.drawn(sight) for way in table if way.is_open(sight)]


def in_rows(buttons: Sequence[dict[str, Any]], say: Words, *, wide: int = 2) -> Keyboard:
    """So many a row, as they are read."""
    return [in_reading_order(buttons[start : start + wide], say) for start in range(0, len(buttons), wide)]


def back(sight: Sight, page: str = "main") -> list[dict[str, Any]]:
    return [button(sight.say("‹ Back"), "story.view", *sight.key, page)]
