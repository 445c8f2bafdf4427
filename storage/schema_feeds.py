"""The tables of feeds that the newsroom reads, and of what they have brought."""

from typing import Final

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table

from storage.columns import ROW_ID, TELEGRAM_ID, Moment, Words
from storage.schema import articles, channels, metadata, partial

feeds: Final = Table(
    "feeds",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("url", Words, nullable=False, unique=True),
    Column("title", Words),
    Column("added_by", TELEGRAM_ID, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("way", String(16), nullable=False),  # bot.news.feeds.Way
    Column("channel_id", TELEGRAM_ID, ForeignKey(channels.c.id)),
    Column("rules", JSON, nullable=False),
    Column("begun_at", Moment),  # NULL: not read yet
    Column("paused_at", Moment),
    Column("etag", Words),
    Column("modified", Words),
    Column("next_at", Moment),
    Column("checked_at", Moment),
    Column("fault", Words),
    Column("faults", Integer, nullable=False),
    Column("told", Boolean, nullable=False),
    Column("asked_by", TELEGRAM_ID),
    Index(None, "next_at"),
    sqlite_autoincrement=True,
)

feed_items: Final = Table(  # each item once; its content only while it waits
    "feed_items",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("feed_id", ROW_ID, ForeignKey(feeds.c.id, ondelete="CASCADE"), nullable=False),
    Column("key", String(24), nullable=False),  # digests: bot.news.feeds.known_by
    Column("url_key", String(24)),
    Column("title_key", String(24)),
    Column("published", Moment),
    Column("at", Moment, nullable=False),
    Column("fate", String(16), nullable=False),  # bot.news.feeds.Fate
    Column("content", JSON),
    Column("article_id", ROW_ID, ForeignKey(articles.c.id)),
    Index(None, "feed_id", "key"),
    Index(None, "url_key", "feed_id"),
    Index(None, "feed_id", "title_key"),
    Index(None, "feed_id", "fate", "at"),
    Index(None, "article_id"),
    partial("ix_feed_items_waiting", "id", where="fate = 'waiting'"),
    sqlite_autoincrement=True,
)
