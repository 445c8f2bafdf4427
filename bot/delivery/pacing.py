"""How fast the bot may write: who may send now, and who when. Knows no clock, no queue and no network.

By Telegram's Bot FAQ about one message a second to one chat, 20 a minute to one group, about 30 a second to
all. Channels count as groups, and an album counts each of its items. The limits are kept by exact logs: a
bucket that refills while it drains lets 20 go in 19 seconds and a 21st soon after, which is 429.
"""

from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum
from itertools import islice
from operator import itemgetter

SLACK = 0.01
"""By which part every stretch of time is kept longer, for messages can arrive closer together than they were
sent: 10 ms of the second and 0.6 s of the minute. It costs a hundredth of the speed."""
ROUNDING = timedelta(seconds=1)
"""Comes on top of every `retry_after`: whole seconds, and Telegram does not say how it rounds them."""
SET_BACK = timedelta(seconds=1)
"""From here on an earlier "now" is a clock that was set back, not a caller who was overtaken by another."""
FREE = 30
"""Messages a second to all chats together that cost nothing; more only go with `allow_paid_broadcast`."""
_NEVER = datetime.min.replace(tzinfo=UTC)


class Share(Enum):
    """Who asks."""

    POSTS = "posts"
    """What is due in a channel; it leaves the reserved part of the bot's limit alone."""
    STAFF = "staff"
    """Conversations with the staff, and changes to posts that are out; they may use all of it."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What Telegram allows this bot.

    Raises:
        ValueError: some message could never go.
    """

    per_chat: float = 1.0
    """Messages a second to one chat."""
    per_group: int = 20
    """Messages a minute to one group or channel: a chat with a negative id."""
    overall: int = FREE
    """Messages a second to all chats together."""
    reserved: int = 5
    """How many of `overall` posts never take."""
    speed: float = 1.0
    """How many times shorter seconds and minutes are: a simulated world may be in a hurry."""

    @property
    def paid(self) -> bool:
        """Whether the newsroom pays to go faster."""
        return self.overall > FREE

    def __post_init__(self) -> None:
        if self.per_chat <= 0 or self.per_group < 1 or self.speed <= 0:
            raise ValueError("a limit must be above 0")
        if not 0 <= self.reserved < self.overall:
            raise ValueError("reserved must be less than overall, or no post could ever go")


@dataclass(frozen=True, kw_only=True)
class Pause:
    """Nothing goes to a chat (None: to any) before `until`."""

    chat_id: int | None
    until: datetime


@dataclass(kw_only=True)
class _Window:
    """The times of the last `most` messages: no more may go within `span`."""

    most: int
    span: timedelta
    sent: deque[datetime] = field(init=False)

    def __post_init__(self) -> None:
        self.sent = deque(maxlen=self.most)

    def free_at(self, items: int) -> datetime:
        """When there is room for so many; for more than the whole window, when it is empty."""
        too_many = len(self.sent) + min(items, self.most) - self.most
        return self.sent[too_many - 1] + self.span if too_many > 0 else _NEVER

    def take(self, at: datetime, items: int) -> None:
        self.sent.extend([at] * items)


@dataclass(kw_only=True)
class _Chat:
    """What one chat was sent lately; `minute` is a group's."""

    minute: _Window | None
    free: datetime = _NEVER

    def free_at(self, items: int) -> datetime:
        return max(self.free, self.minute.free_at(items)) if self.minute else self.free


class Pace:
    """What was sent within the last minute, and who was told to wait.

    It lives in memory; after a restart `remember` and `pause` give it back what the database knows.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        second = timedelta(seconds=(1 + SLACK) / limits.speed)
        self._minute = 60 * second
        self._step = second / limits.per_chat
        self._all = _Window(most=limits.overall, span=second)
        self._posts = _Window(most=limits.overall - limits.reserved, span=second)
        self._chats: OrderedDict[int, _Chat] = OrderedDict()  # whoever was sent something last is last
        self._pauses: dict[int | None, datetime] = {}
        self._latest = _NEVER
        self._ahead = timedelta()  # of the caller's clock, since that was set back

    def wait(self, chat_id: int, now: datetime, *, items: int = 1, share: Share = Share.POSTS) -> float:
        """Seconds until it may go, 0.0 is now; exact unless something else is taken or paused meanwhile."""
        at = self._our_time(now)
        free = max(self._chat_free_at(chat_id, items), self._free_at(items, share))
        return max(0.0, (free - at).total_seconds())

    def take(self, chat_id: int, now: datetime, *, items: int = 1, share: Share = Share.POSTS) -> None:
        """Count it, whether or not it had to wait; to be called right before the request goes out."""
        at = self._latest = max(self._our_time(now), self._latest)
        self._all.take(at, items)
        if share is Share.POSTS:
            self._posts.take(at, items)
        chat = self._chats.pop(chat_id, None) or self._new_chat(chat_id)
        chat.free = max(chat.free, at) + items * self._step
        if chat.minute:
            chat.minute.take(at, items)
        self._chats[chat_id] = chat
        self._forget_idle(at)

    def room(self, now: datetime, *, items: int = 1, share: Share = Share.POSTS) -> float:
        """Seconds until the bot's own limit leaves room, in whichever chat.

        What waits for this must not be overtaken by what is smaller, or an album never finds its room; what
        waits longer than this waits for its chat, and holds up nobody else.
        """
        return max(0.0, (self._free_at(items, share) - self._our_time(now)).total_seconds())

    def pause(self, chat_id: int | None, until: datetime) -> None:
        """Let nothing through to a chat (None: to any) before `until`; a pause that lasts longer stays."""
        self._pauses[chat_id] = max(until + self._ahead, self._pauses.get(chat_id, _NEVER))

    def flooded(self, chat_id: int, now: datetime, retry_after: float) -> tuple[Pause, ...]:
        """Take in a 429 from a chat; the pauses that follow from it, for the database to keep.

        Telegram does not say whether a 429 means the chat or the bot. It is the chat's until a second chat is
        told the same before the first may go on: then all wait, until the earlier of the two may. A long wait
        proves nothing, for single chats are given hours too (tdlib/telegram-bot-api issue 535): to go on
        elsewhere risks one more 429, to be silent for one banned chat fails all the others.
        """
        at, until = self._our_time(now), now + timedelta(seconds=retry_after) + ROUNDING
        self._pauses = {paused: end for paused, end in self._pauses.items() if end > at}
        others = [end - self._ahead for paused, end in self._pauses.items() if paused not in (None, chat_id)]
        pauses = [Pause(chat_id=chat_id, until=until)]
        if others:
            pauses.append(Pause(chat_id=None, until=min(until, max(others))))
        for each in pauses:
            self.pause(each.chat_id, each.until)
        return tuple(pauses)

    def remember(self, sent: Iterable[tuple[int, datetime]]) -> None:
        """Take in what an earlier process sent as posts: the chat and time of every message and album item.

        To be called once, before anything else; in any order, but the last minute is enough.
        """
        for chat_id, at in sorted(sent, key=itemgetter(1)):
            self.take(chat_id, at)

    def _our_time(self, now: datetime) -> datetime:
        """`now` on a clock that is never set back, or old messages would seem to lie ahead for hours."""
        at = now + self._ahead
        if self._latest - at >= SET_BACK:
            self._ahead += self._latest - at
            at = self._latest
        return at

    def _chat_free_at(self, chat_id: int, items: int) -> datetime:
        chat = self._chats.get(chat_id)
        return max(self._pauses.get(chat_id, _NEVER), chat.free_at(items) if chat else _NEVER)

    def _free_at(self, items: int, share: Share) -> datetime:
        free = max(self._pauses.get(None, _NEVER), self._all.free_at(items))
        return max(free, self._posts.free_at(items)) if share is Share.POSTS else free

    def _new_chat(self, chat_id: int) -> _Chat:
        is_group = chat_id < 0
        return _Chat(minute=_Window(most=self.limits.per_group, span=self._minute) if is_group else None)

    def _forget_idle(self, at: datetime) -> None:
        for chat_id, chat in list(islice(self._chats.items(), 2)):  # one comes, so two may go
            if chat.free_at(self.limits.per_group) > at:
                return
            del self._chats[chat_id]
