"""The nouns of the newsroom, as values. Knows no clock, no database and no Telegram.

Field names follow IPTC ninjs (snake case) where it has a word; `docs/design.md` holds the glossary.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from bot.news.media import Media
from bot.news.quiet import ANY_TIME, Rhythm
from bot.news.switches import USUAL, Preview, Switches
from bot.news.told import ToldBefore

if TYPE_CHECKING:
    from pydantic import TypeAdapter


class ArticleState(StrEnum):
    """The editorial state: what the newsroom has decided about the story."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    SPIKED = "spiked"
    KILLED = "killed"


class PostState(StrEnum):
    """The transmission state: what Telegram has of one article in one channel."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    HELD = "held"
    FAILED = "failed"
    CANCELED = "canceled"
    UNCONFIRMED = "unconfirmed"  # Telegram may or may not have it


class Role(StrEnum):
    """What a member of staff may do; a person may have several."""

    REPORTER = "reporter"
    EDITOR = "editor"
    CHANNEL_ADMIN = "channel_admin"
    OWNER = "owner"


@dataclass(frozen=True, kw_only=True)
class KeyPoint:
    """One bullet; `label` is the part before the colon, if it has one."""

    text: str
    label: str | None = None


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    text: str
    type: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, kw_only=True)
class Quote:
    """A quotation that stands alone, without its quotation marks' lead-in."""

    text: str
    type: Literal["quote"] = "quote"


@dataclass(frozen=True, kw_only=True)
class BulletList:
    """A list with the line that introduces it («… موارد زیر بود:»), if there is one."""

    items: tuple[KeyPoint, ...]
    intro: str | None = None
    type: Literal["list"] = "list"


type Block = Paragraph | Quote | BulletList


@dataclass(frozen=True, kw_only=True)
class Section:
    """A run of blocks under one heading; the first section of an article may have none."""

    heading: str | None = None
    blocks: tuple[Block, ...] = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(block.text for block in self.blocks if isinstance(block, Paragraph))

    @property
    def list(self) -> BulletList | None:
        """The section's first list."""
        return next((block for block in self.blocks if isinstance(block, BulletList)), None)


@dataclass(frozen=True, kw_only=True)
class RelatedLink:
    """A title to read more under; `url` is None where the copy gave only the title."""

    title: str
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class UrlButton:
    text: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Repair:
    """One way in which the copy's spelling was mended, with how often, and its first place to judge it by."""

    before: str
    after: str
    count: int = 1
    left: str = ""
    right: str = ""


@dataclass(frozen=True, kw_only=True)
class Article:
    """A story: what readers get (headline to hashtags), and what the newsroom knows about it.

    `version` rises by one with every saved change of the content; `approved_version` is the newest one that
    somebody with the right has approved, which posts send. One that was never stored has id 0 and version 0.
    """

    headline: str
    headline_proposed: bool = False  # the copy has none: ours stands there until a person takes it
    corrected_on: date | None = None  # readers are told so, with that day
    outdated_on: date | None = None  # the same of a story that is not up to date any more
    kicker: str | None = None  # روتیتر: the line above the headline
    lede: str = ""
    sections: tuple[Section, ...] = ()
    key_points: tuple[KeyPoint, ...] = ()
    related: tuple[RelatedLink, ...] = ()
    byline: str | None = None  # a person's name
    author_bio: str | None = None
    dateline: str | None = None  # place (and agency): «تهران - ایرنا»
    source: str | None = None  # who had it first: «خبرگزاری مهر»
    source_url: str | None = None
    category: str | None = None
    language: str = "fa"  # BCP 47
    urgency: int = 5  # 1 highest … 9
    embargoed_until: datetime | None = None
    ed_note: str | None = None  # for staff, never published
    keywords: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()  # without the sign
    media: tuple[Media, ...] = ()  # the first `media.ALBUM` of them go out
    buttons: tuple[UrlButton, ...] = ()  # under its posts, over those of the channel
    switches: Switches = USUAL
    repairs: tuple[Repair, ...] = ()  # what was mended in the copy and not taken back

    id: int = 0
    version: int = 0
    state: ArticleState = ArticleState.DRAFT
    approved_version: int | None = None
    reporter_id: int = 0
    told_before: tuple[ToldBefore, ...] = ()  # as the archive found it while nobody had decided


RECORD_FIELDS = frozenset({"id", "version", "state", "approved_version", "reporter_id", "told_before"})
"""What the database keeps in columns of its own; the rest of an article is its content."""


@cache
def _articles() -> "TypeAdapter[Article]":
    from pydantic import TypeAdapter  # late: 0.1 s, and only storing and printing need it

    return TypeAdapter(Article)


def content_json(article: Article) -> dict[str, Any]:
    """The content of an article as plain JSON values, without what `RECORD_FIELDS` names."""
    return dict(_articles().dump_python(article, mode="json", exclude=set(RECORD_FIELDS)))


def article_from_json(content: dict[str, Any], **record: Any) -> Article:
    """The article that `content_json` wrote, with the given record fields.

    Content of before there were albums has one `photo`, and before there were other files `photos`.

    Raises:
        pydantic.ValidationError: `content` is not an article's.
    """
    media = content.get("media") or content.get("photos") or list(filter(None, [content.get("photo")]))
    return _articles().validate_python({**content, "media": media, **record})


class Piece(StrEnum):
    """What may stand in a post."""

    KICKER = "kicker"
    HEADLINE = "headline"
    LEDE = "lede"
    KEY_POINTS = "key_points"
    FULL_TEXT = "full_text"
    RELATED = "related"
    BYLINE = "byline"
    DATELINE = "dateline"
    SOURCE = "source"
    DATE = "date"
    HASHTAGS = "hashtags"
    SIGNATURE = "signature"


class Form(StrEnum):
    """How a post is sent: text with entities, or Bot API 10.2 blocks."""

    CLASSIC = "classic"
    RICH = "rich"


@dataclass(frozen=True, kw_only=True)
class Look:
    """What stands in a channel's posts, in which order and with which words.

    The words are the readers': data here, and not in the catalogues of what the bot says to its staff.
    """

    form: Form = Form.CLASSIC
    pieces: tuple[Piece, ...] = (
        Piece.HEADLINE,
        Piece.LEDE,
        Piece.KEY_POINTS,
        Piece.RELATED,
        Piece.BYLINE,
        Piece.SOURCE,
        Piece.HASHTAGS,
        Piece.SIGNATURE,
    )
    bullet: str = "🔹"
    related_bullet: str = "🔗"  # before a related title that leads somewhere: no reader takes it for a point
    unlinked: bool = True  # whether related titles that lead nowhere are shown
    related_heading: str = "بیشتر بخوانید"
    byline_label: str = "نویسنده"
    source_label: str = "منبع"
    full_text_heading: str = "متن کامل"
    correction: str = "اصلاحیه"  # before the day on which what is out was corrected
    outdated: str = "این خبر دیگر به‌روز نیست"  # before the day since which that is so
    withdrawal: str = "این خبر پس گرفته شد."  # what stands in its place where it can't be deleted any more
    signature: str = ""
    buttons: tuple[UrlButton, ...] = ()
    above: bool = False  # the text stands above its pictures
    silent: bool = False  # posts arrive without a sound
    time_zone: str = "Asia/Tehran"


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A weekly time at which a channel posts, on the channel's own clock."""

    weekday: int  # 0 Monday … 6 Sunday, as `datetime.weekday`
    minute: int  # minutes since midnight, 0 … 1439
    category: str | None = None  # only stories of that category
    urgency: int | None = None  # only stories at least that urgent: that number or a lower one
    id: int = 0


@dataclass(frozen=True, kw_only=True)
class Channel:
    """Where posts go."""

    id: int  # Telegram's chat id
    title: str
    username: str | None = None
    time_zone: str = "Asia/Tehran"
    look: Look = field(default_factory=Look)
    slots: tuple[Slot, ...] = ()
    connected: bool = True
    trouble: str | None = None  # why it is not connected, in Telegram's words
    max_lateness: int = 3600  # seconds after which a post that missed its time is held and asked about
    rhythm: Rhythm = ANY_TIME
    paused_at: datetime | None = None  # since when an admin has stopped it
    last_message_id: int | None = None  # the highest message there that is known to us


@dataclass(frozen=True, kw_only=True)
class Post:
    """One article in one channel, with its transmission state."""

    id: int
    article_id: int
    channel_id: int
    state: PostState
    due_at: datetime
    occurrence: int = 0
    attempt: int = 0
    not_before: datetime | None = None
    urgency: int = 5  # 1 highest … 9
    zone: str | None = None  # in which its time was meant
    pin_for: int | None = None  # seconds it stays pinned once it is out; 0: until somebody unpins it
    delete_after: int | None = None  # seconds after which it is taken down
    recurrence_id: int | None = None  # of what comes back every week, if it is one occurrence of it
    form: str | None = None  # "classic" or "plain", where Telegram refused more than that
    version: int | None = None  # the article's version that is sent
    begun: bool = False  # a message of it is out, though its id may not be known
    message_ids: tuple[int, ...] = ()
    reason: str | None = None  # why it is held, failed or unconfirmed
    scheduled_by: int = 0
    sent_at: datetime | None = None
    announced: bool = False  # its people were told that it is late, and on its way


@dataclass(frozen=True, kw_only=True)
class Staff:
    """A person who works here.

    `channels`: a channel admin's, where they are one of certain channels only; None: of all.
    """

    id: int  # Telegram's user id, and the id of the private chat
    name: str
    roles: frozenset[Role] = frozenset()
    language: str = "fa"
    channels: frozenset[int] | None = None


@dataclass(frozen=True, kw_only=True)
class Entity:
    """A stretch of text with a meaning, as the Bot API counts it: offsets in UTF-16 units."""

    type: str  # bold, italic, text_link, expandable_blockquote, …
    offset: int
    length: int
    url: str | None = None


@dataclass(frozen=True, kw_only=True)
class Message:
    """One Telegram message of a classic post; with several files an album. `text` is their caption."""

    text: str
    entities: tuple[Entity, ...] = ()
    media: tuple[Media, ...] = ()
    buttons: tuple[UrlButton, ...] = ()
    preview: Preview = Preview.NONE  # of the page behind a link
    shortened: bool = False  # the post ends here, its story does not
    above: bool = False  # the text stands above its files
