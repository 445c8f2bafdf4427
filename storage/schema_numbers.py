"""The tables of how posts are received, as Telegram tells it. Beside `storage.schema`.

Counts are kept and not what was counted: a row for each message that has any, one for each day of a channel
and of each named link. Who reacted, wrote or joined stands in none of them.
"""

from typing import Final

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from storage.columns import ROW_ID, TELEGRAM_ID, Moment, Words
from storage.schema import channels, metadata, partial


def _channel(*, key: bool = True, known: bool = True) -> Column[int]:
    theirs = ForeignKey(channels.c.id, onupdate="CASCADE", ondelete="CASCADE")
    return Column("channel_id", TELEGRAM_ID, theirs, primary_key=key, autoincrement=False, nullable=not known)


reactions: Final = Table(  # all that a message has, as of the newest word of it
    "reactions",
    metadata,
    _channel(),
    Column("message_id", TELEGRAM_ID, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),  # Telegram's date: what was said before it is older
    Column("update_id", TELEGRAM_ID, nullable=False),  # of two words of the same second the newer one
    Column("total", Integer, nullable=False),
    Column("kinds", JSON, nullable=False),  # {emoji: how many}
)

threads: Final = Table(  # the comments on a post: a thread of its channel's discussion group
    "threads",
    metadata,
    Column("group_id", TELEGRAM_ID, primary_key=True, autoincrement=False),
    Column("thread_id", TELEGRAM_ID, primary_key=True, autoincrement=False),
    _channel(key=False, known=False),  # NULL: of which message it is has not been seen yet
    Column("message_id", TELEGRAM_ID),
    Column("replies", Integer, nullable=False),
    Column("begun_at", Moment, nullable=False),  # when it was first heard of
    partial(None, "channel_id", "message_id", where="message_id IS NOT NULL"),
    partial("ix_threads_unknown", "begun_at", where="message_id IS NULL"),  # goes, if it stays so
)

discussions: Final = Table(  # the group in which a channel of ours is talked about
    "discussions",
    metadata,
    Column("group_id", TELEGRAM_ID, primary_key=True, autoincrement=False),
    _channel(key=False),
)

member_counts: Final = Table(
    "member_counts",
    metadata,
    _channel(),
    Column("day", String(10), primary_key=True),  # ISO date, on the channel's clock
    Column("members", Integer, nullable=False),
)

invite_links: Final = Table(  # those that have a name
    "invite_links",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    _channel(key=False),
    Column("name", Words, nullable=False),
    Column("url", Words),  # NULL: somebody else's, of which Telegram tells bots no whole address
    Column("made_at", Moment, nullable=False),
    Column("made_by", TELEGRAM_ID),
    UniqueConstraint("channel_id", "name"),
    sqlite_autoincrement=True,
)

moves: Final = Table(  # who came and who went, by day and link
    "moves",
    metadata,
    _channel(),
    Column("day", String(10), primary_key=True),  # ISO date, on the channel's clock
    Column("link_id", ROW_ID, primary_key=True, autoincrement=False),  # 0: no link that has a name
    Column("joined", Integer, nullable=False),
    Column("gone", Integer, nullable=False),
)

counted: Final = Table(  # updates that were counted, for as long as Telegram may repeat them
    "counted",
    metadata,
    Column("update_id", TELEGRAM_ID, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Index(None, "at"),
)
