"""What the newsroom's conversation with its staff has open: values that outlive a restart."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from bot.news.media import Media


class Arrived(NamedTuple):
    """One message with a file, or one of an album: its file if that can be taken, and the words under it."""

    message_id: int
    media: Media | None
    caption: str = ""


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """One message that became copy: `words` with their links, and the text as it was `sent`.

    Under a file, `sent` is None.
    """

    message_id: int
    paste_id: int
    words: str
    sent: str | None = None
    media: Media | None = None


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where words were passed on from; a `channel` readers may be told of, anybody else only the staff."""

    name: str
    channel: bool = False
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class Paste:
    """Raw copy on its way in: Telegram's apps cut long text, so the parts are put together again.

    `settles_at` is when the last part is no longer waited for; None once it has settled. A paste that
    went past the limit is `refused`, and what follows of it is swallowed.

    `pictures` are the messages with files; what has settled is not among them any more. They are the
    story's, or `replaces` those it has.

    What could not be taken in has `failed`, and is kept as it came: the name of the fault, for an owner.
    """

    id: int
    person_id: int
    text: str
    last_part: str
    last_part_at: datetime
    article_id: int | None = None
    settles_at: datetime | None = None
    refused: bool = False
    media_group: str | None = None
    pictures: tuple[Arrived, ...] = ()
    replaces: bool = False
    failed: str | None = None
    origin: Origin | None = None


@dataclass(frozen=True, kw_only=True)
class Question:
    """What the bot has asked a person in a chat; the person's next message is the answer.

    `kind` names who reads the answer (a handler's word); `about` holds what it needs to know
    (ids and versions, JSON values).
    """

    chat_id: int
    person_id: int
    kind: str
    about: dict[str, Any] = field(default_factory=dict)
    asked_at: datetime


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """A message of ours whose buttons wait for a person; it loses them when it is closed.

    `key` joins the messages of one question; `about` holds what its buttons do and which story it is of
    (JSON values). `message_id` is None until it was delivered;
    after `until` it lapses.
    """

    id: int
    chat_id: int
    key: int
    about: dict[str, Any] = field(default_factory=dict)
    message_id: int | None = None
    until: datetime
    closed: bool = False


@dataclass(frozen=True, kw_only=True)
class Card:
    """An article as one chat sees it: its messages there are kept equal to the article.

    `view` names the keyboard that is open under it, `shown` a digest of what was last delivered.
    `revision` rises with every reason to show it again; a delivery names the one it has seen.
    """

    id: int
    article_id: int
    chat_id: int
    view: str = "main"
    message_ids: tuple[int, ...] = ()
    shown: str | None = None
    stale: bool = True
    revision: int = 0


class NoticeState(StrEnum):
    PENDING = "pending"
    DROPPED = "dropped"  # the chat is gone, or Telegram refused it


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One Bot API call of the staff's conversation, committed with the change that it reports."""

    id: int
    chat_id: int
    method: str
    params: dict[str, Any]
    not_before: datetime | None = None
    tries: int = 0  # in which Telegram has stumbled over it


class InboxState(StrEnum):
    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"  # nothing could be made of it; kept to be looked at


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """An update as Telegram sent it, stored before its receipt was confirmed.

    `turn` is the member of staff whose turn it takes; all others take one together. It `is_last` where no
    other waited when it was taken.
    """

    update_id: int
    payload: dict[str, Any]
    received_at: datetime
    turn: int = 0
    is_last: bool = field(default=False, compare=False)


@dataclass(frozen=True, kw_only=True)
class Revision:
    """One saved version of an article."""

    version: int
    saved_by: int
    saved_at: datetime


class PartState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"  # committed before the call, so a crash shows which part is in doubt
    SENT = "sent"


@dataclass(frozen=True, kw_only=True)
class PostPart:
    """One message of a post, or one album.

    `method` and `params` are the Bot API call that sends it, planned before the first call and kept: after a
    crash the same goes out, and what went out can be recognised. `floor_id` is the channel's highest message
    known when the call was made: the message, if there is one, has a higher id.
    """

    number: int  # from 0
    state: PartState = PartState.PENDING
    method: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    floor_id: int | None = None
    sending_at: datetime | None = None
    message_ids: tuple[int, ...] = ()  # several for an album
    tries: int = 0  # in which Telegram has stumbled over it


class ChangeKind(StrEnum):
    """What can be done to a post that is out. All of it can safely be done twice."""

    EDIT = "edit"
    DELETE = "delete"
    PIN = "pin"
    UNPIN = "unpin"


class ChangeState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    DONE = "done"
    FAILED = "failed"
    CANCELED = "canceled"


@dataclass(frozen=True, kw_only=True)
class Change:
    """Something still to be done to a post that is out, or what became of it."""

    id: int
    post_id: int
    channel_id: int
    kind: ChangeKind
    state: ChangeState
    due_at: datetime
    asked_by: int
    not_before: datetime | None = None
    attempt: int = 0
    version: int | None = None  # the article's, for an edit
    reason: str | None = None


class HandState(StrEnum):
    NEW = "new"
    ASKED = "asked"  # the editors were asked what becomes of it
    KEPT = "kept"  # it stands there, apart from its story
    TAKEN = "taken"  # the story has it too
    UNDONE = "undone"


@dataclass(frozen=True, kw_only=True)
class HandEdit:
    """A message of ours that was edited in the channel; the calls that send what was, and what stands."""

    id: int
    post_id: int
    number: int  # of the part
    message_id: int
    was: tuple[str, dict[str, Any]]
    stands: tuple[str, dict[str, Any]]
    state: HandState
    seen_at: datetime
    decided_by: int | None = None


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """A story that goes on with an earlier one; `quote` is the sentence of it that has changed, or empty."""

    article_id: int
    earlier_id: int
    quote: str = ""


@dataclass(frozen=True, kw_only=True)
class Brief:
    """That a person wants a daily brief: at which minute of the newsroom's day, and when the next is due."""

    person_id: int
    minute: int
    next_at: datetime


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """Who did what; `detail` holds what the verb needs to be understood later (JSON values)."""

    id: int
    at: datetime
    person_id: int
    verb: str
    article_id: int | None = None
    channel_id: int | None = None
    post_id: int | None = None
    detail: dict[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Sought:
    """Which entries of the record are asked for: of a person, a story, a channel, of some days; None: all."""

    person_id: int | None = None
    article_id: int | None = None
    channel_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None  # before it


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """What an outside model was asked for by someone, and what of its answer the copy supports."""

    article_id: int
    person_id: int
    headline: str | None = None
    points: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Somebody has a story, so that two don't work on it; it lapses at `until`."""

    article_id: int
    person_id: int
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Comment:
    """What a colleague has said about a story; of the kind "changes" where they asked for changes with it."""

    id: int
    article_id: int
    person_id: int
    text: str
    kind: str = "comment"
    at: datetime


@dataclass(frozen=True, kw_only=True)
class DeskPlace:
    """Where one of the desk's groups hears of stories: in a topic, or in "General"; or nowhere."""

    chat_id: int
    topic: int | None = None
    silent: bool = False


@dataclass(frozen=True, kw_only=True)
class Guide:
    """How far an owner has been led: the steps done when it was last shown, and those they have confirmed."""

    person_id: int
    told: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    closed: bool = False
