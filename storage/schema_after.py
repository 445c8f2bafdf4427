"""The tables of what becomes of posts that are out, by other hands than ours. Beside `storage.schema`."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from storage.columns import ROW_ID, TELEGRAM_ID, Moment, Packed, Words
from storage.schema import articles, channels, metadata, partial, posts

hand_edits: Final = Table(  # a message of ours that somebody has edited in the channel
    "hand_edits",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("post_id", ROW_ID, ForeignKey(posts.c.id, ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),  # of the part
    Column("message_id", TELEGRAM_ID, nullable=False),
    Column("was", Packed, nullable=False),  # [method, parameters] that would send what we had there
    Column("stands", Packed, nullable=False),  # the same for what stands there now
    Column("state", String(16), nullable=False),  # new → asked → kept | taken | undone
    Column("seen_at", Moment, nullable=False),
    Column("decided_by", TELEGRAM_ID),
    Index(None, "post_id"),
    partial("ix_hand_edits_new", "seen_at", where="state = 'new'"),
    sqlite_autoincrement=True,
)

hand_posts: Final = Table(  # when others have posted in a channel of ours: it counts for the spacing
    "hand_posts",
    metadata,
    Column(
        "channel_id",
        TELEGRAM_ID,
        ForeignKey(channels.c.id, onupdate="CASCADE", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("at", Moment, primary_key=True),  # an album is one
    Index(None, "at"),
)

follow_ups: Final = Table(  # a story that goes on with an earlier one
    "follow_ups",
    metadata,
    Column("article_id", ROW_ID, ForeignKey(articles.c.id), primary_key=True, autoincrement=False),
    Column("earlier_id", ROW_ID, ForeignKey(articles.c.id), nullable=False),
    Column("quote", Words, nullable=False),  # the sentence of it that has changed; may be empty
    Index(None, "earlier_id"),
)
