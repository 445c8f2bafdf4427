"""The tables, and why they are so. Knows no statement: those are in the file of each noun.

A change here needs a migration beside it (`storage/migrations/versions/`); a test compares the two.
"""

from typing import Final

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    false,
    text,
)

from storage.columns import ROW_ID, TELEGRAM_ID, Moment, Packed, Words

metadata: Final = MetaData(
    naming_convention={  # a migration can only drop what has a name
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def partial(name: str | None, *columns: str, where: str, postgres: str | None = None) -> Index:
    """An index of those rows only that are asked for: it stays small however the table grows.

    A database takes it for a statement that says the same in the same words, not in parameters.
    """
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(postgres or where))


# ── Articles ────────────────────────────────────────────────────────────────────────────────────────
# draft → submitted → changes_requested | approved → published → corrected; spiked; killed

articles: Final = Table(
    "articles",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("version", Integer, nullable=False),  # the newest row of article_versions
    Column("state", String(32), nullable=False),
    Column("approved_version", Integer),
    Column("reporter_id", TELEGRAM_ID, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),  # content or state
    Column("category", Words),  # the newest version's
    Column("searched", Words),  # its headline and lede as they are searched (bot.news.folding)
    Column("indexed", Boolean, nullable=False, server_default=false()),  # the archive has the newest version
    Column("told_before", JSON(none_as_null=True)),  # bot.news.model.ToldBefore; NULL: nowhere
    Index(None, "state", "changed_at"),
    Index(None, "reporter_id", "state", "changed_at"),
    partial("ix_articles_unindexed", "id", where="indexed = 0", postgres="NOT indexed"),
    sqlite_autoincrement=True,  # or SQLite gives the id of a deleted row to the next one
)

article_versions: Final = Table(  # all content there ever was; articles keep none of their own
    "article_versions",
    metadata,
    Column("article_id", ROW_ID, ForeignKey(articles.c.id, ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("content", Packed, nullable=False),  # bot.news.model.content_json
    Column("saved_by", TELEGRAM_ID, nullable=False),
    Column("saved_at", Moment, nullable=False),
)

# ── Channels ────────────────────────────────────────────────────────────────────────────────────────

channels: Final = Table(
    "channels",
    metadata,
    Column("id", TELEGRAM_ID, primary_key=True, autoincrement=False),  # Telegram's chat id
    Column("title", Words, nullable=False),
    Column("username", String(64)),
    Column("time_zone", String(64), nullable=False),
    Column("look", JSON, nullable=False),  # bot.news.model.Look
    Column("connected", Boolean, nullable=False),
    Column("trouble", Words),
    Column("max_lateness", Integer, nullable=False, server_default="3600"),  # seconds
    Column("rhythm", JSON(none_as_null=True)),  # bot.news.quiet.Rhythm; NULL: none
    Column("paused_at", Moment),  # an admin has stopped it for a while
    Column("last_message_id", TELEGRAM_ID),  # the highest we know of: our own posts and others' updates
    Column("changed_by", TELEGRAM_ID, nullable=False),
    Column("connected_at", Moment, nullable=False),  # first
    Column("changed_at", Moment, nullable=False),
)

slots: Final = Table(
    "slots",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column(
        "channel_id",
        TELEGRAM_ID,
        ForeignKey(channels.c.id, onupdate="CASCADE", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("weekday", Integer, nullable=False),  # 0 Monday … 6 Sunday, on the channel's clock
    Column("minute", Integer, nullable=False),  # since midnight
    Column("category", Words),  # only stories of that category; NULL: any
    Column("urgency", Integer),  # only stories at least that urgent (that number or lower); NULL: any
    UniqueConstraint("channel_id", "weekday", "minute"),
    sqlite_autoincrement=True,
)

# ── Posts: one article in one channel ───────────────────────────────────────────────────────────────
#
#                 ┌──── hold, move ────┐
#                 ▼                    │
#   schedule → pending ── hold ─────► held ─── cancel ──► canceled
#                │  ▲                                        ▲
#          claim │  │ release (wait), settle (try again)     │
#                ▼  │                                        │
#              sending ── settle ──► sent                    │
#                 │  │                                       │
#                 │  └─── settle ──► failed                  │
#                 └────── settle ──► unconfirmed ────────────┘  a person or a later check decides
#
# `sending` is committed before Telegram is called and settled after: a post found `sending` at the
# start was cut off by a crash, and its parts say how far it had come.

posts: Final = Table(
    "posts",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("article_id", ROW_ID, ForeignKey(articles.c.id), nullable=False),
    Column("channel_id", TELEGRAM_ID, ForeignKey(channels.c.id, onupdate="CASCADE"), nullable=False),
    Column("occurrence", Integer, nullable=False),
    Column("state", String(32), nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("not_before", Moment),  # after a failed attempt, or while Telegram asks to wait
    Column("attempt", Integer, nullable=False),
    Column("urgency", Integer, nullable=False, server_default="5"),  # 1 highest … 9, the article's
    Column("zone", String(64)),  # in which its time was meant
    Column("pin_for", Integer),  # seconds it is pinned for, once it is out; 0: until somebody unpins it
    Column("delete_after", Integer),  # seconds after which it is taken down
    Column("recurrence_id", ROW_ID),  # of which it is one occurrence
    Column("form", String(16)),  # to which Telegram's refusals have brought it down; NULL: the channel's
    Column("version", Integer),  # of the article, from the first claim on
    Column("announced", Boolean, nullable=False, server_default=false()),  # as late and on its way
    Column("reason", Words),
    Column("scheduled_by", TELEGRAM_ID, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Index(None, "state", "due_at"),
    Index(None, "channel_id", "state", "due_at"),
    Index(None, "article_id"),
    partial(None, "channel_id", "sent_at", where="sent_at IS NOT NULL"),
    partial(None, "recurrence_id", where="recurrence_id IS NOT NULL"),
    sqlite_autoincrement=True,
)

IS_LIVE: Final = text("state NOT IN ('canceled', 'failed')")
Index(  # never twice: what was canceled or has failed makes room, nothing else does
    "uq_posts_live",
    posts.c.article_id,
    posts.c.channel_id,
    posts.c.occurrence,
    unique=True,
    sqlite_where=IS_LIVE,
    postgresql_where=IS_LIVE,
)

post_parts: Final = Table(  # the messages of a post, each with the proof that it was sent
    "post_parts",
    metadata,
    Column("post_id", ROW_ID, ForeignKey(posts.c.id, ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("state", String(32), nullable=False),
    Column("call", Packed),  # [method, parameters], as planned: what is sent, and what to look for afterwards
    Column("floor_id", TELEGRAM_ID),  # the channel's highest message known before it was sent
    Column("sending_at", Moment),
    Column("message_id", TELEGRAM_ID),
    Column("more_ids", JSON(none_as_null=True)),  # the other pictures of an album
    Column("sent_at", Moment),
    Column("tries", Integer, nullable=False, server_default="0"),  # in which Telegram has stumbled over it
    Index(None, "sending_at"),
    partial(None, "message_id", where="message_id IS NOT NULL"),  # which post a channel's message is of
)

recurrences: Final = Table(  # a story that comes back every week; its posts are made one ahead
    "recurrences",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("article_id", ROW_ID, ForeignKey(articles.c.id), nullable=False),
    Column("channel_id", TELEGRAM_ID, ForeignKey(channels.c.id, onupdate="CASCADE"), nullable=False),
    Column("times", JSON, nullable=False),  # [[weekday, minute], …] on the channel's clock
    Column("until", Moment),  # no occurrence after it
    Column("planned_until", Moment, nullable=False),  # up to here occurrences have been made or skipped
    Column("ended", Boolean, nullable=False),
    Column("asked_by", TELEGRAM_ID, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Index(None, "channel_id"),
    Index(None, "article_id"),
    partial("ix_recurrences_going", "id", where="ended = 0", postgres="NOT ended"),
    sqlite_autoincrement=True,
)

digests: Final = Table(  # a channel's digest: when, and up to where the last one told
    "digests",
    metadata,
    Column(
        "channel_id",
        TELEGRAM_ID,
        ForeignKey(channels.c.id, onupdate="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("times", JSON, nullable=False),  # [[weekday, minute], …] on the channel's clock
    Column("told_until", Moment, nullable=False),
    Column("asked_by", TELEGRAM_ID, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

holidays: Final = Table(  # what an owner has added to, or struck from, the built-in table
    "holidays",
    metadata,
    Column("day", String(10), primary_key=True),  # ISO date, or MM-DD of every Jalali year
    Column("name", Words),  # NULL: that day is none
    Column("changed_by", TELEGRAM_ID, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

confirmations: Final = Table(  # what needs a second person before it is done
    "confirmations",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("about", JSON, nullable=False),
    Column("state", String(16), nullable=False),  # open → confirmed | refused | expired
    Column("asked_by", TELEGRAM_ID, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("decided_by", TELEGRAM_ID),
    Index(None, "state", "expires_at"),
    sqlite_autoincrement=True,
)

changes: Final = Table(  # what is still to be done to a post that is out; each can safely be done twice
    "changes",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("post_id", ROW_ID, ForeignKey(posts.c.id, ondelete="CASCADE"), nullable=False),
    Column("kind", String(16), nullable=False),  # edit, delete, pin, unpin
    Column("state", String(32), nullable=False),  # pending → sending → done | failed; canceled
    Column("due_at", Moment, nullable=False),
    Column("not_before", Moment),
    Column("attempt", Integer, nullable=False),
    Column("version", Integer),  # of the article, for an edit
    Column("reason", Words),
    Column("asked_by", TELEGRAM_ID, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Index(None, "state", "due_at"),
    Index(None, "post_id"),
    sqlite_autoincrement=True,
)

# ── The process that publishes ──────────────────────────────────────────────────────────────────────

lease: Final = Table(  # one row: who may publish, and since which takeover
    "lease",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # always 1
    Column("holder", String(64), nullable=False),  # drawn by each process at its start
    Column("host", Words, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("fence", Integer, nullable=False),  # rises with every takeover
    Column("beat", Integer, nullable=False),  # rises with every change of the row
    Column("until", Moment, nullable=False),
    Column("mark", Words),  # what tells this database from a copy of it
    Column("held", Words),  # why nothing is published until the owner says go
)

shown: Final = Table(  # what a look into a channel has forwarded to a chat of ours, to be deleted there
    "shown",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("chat_id", TELEGRAM_ID, nullable=False),
    Column("channel_id", TELEGRAM_ID, nullable=False),
    Column("original_id", TELEGRAM_ID, nullable=False),  # in the channel
    Column("message_id", TELEGRAM_ID),  # in the chat; NULL: nobody knows whether it is there
    Column("shown_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

shown_upto: Final = Table(  # up to which id of a chat of ours nothing stands that a look left there unknown
    "shown_upto",
    metadata,
    Column("chat_id", TELEGRAM_ID, primary_key=True, autoincrement=False),
    Column("message_id", TELEGRAM_ID, nullable=False),
    Column("looked_from", TELEGRAM_ID),  # with the next: where a search that was cut off has looked
    Column("looked_to", TELEGRAM_ID),
)

pauses: Final = Table(  # how long Telegram has asked us to wait
    "pauses",
    metadata,
    Column("chat_id", TELEGRAM_ID, primary_key=True, autoincrement=False),  # 0: everywhere
    Column("until", Moment, nullable=False),
)
