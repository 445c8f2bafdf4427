"""The tables of what other programs send: their tokens, their stories, and requests that may come twice."""

from typing import Final

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table

from storage.columns import ROW_ID, TELEGRAM_ID, Moment, Packed, Words
from storage.schema import articles, metadata

tokens: Final = Table(  # of a token only what tells it again, never the token
    "tokens",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("name", Words, nullable=False),  # who sends: stories are known again by it
    Column("scope", String(16), nullable=False),  # intake
    Column("person_id", TELEGRAM_ID, nullable=False),  # in whose name
    Column("created_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("revoked_at", Moment),
    sqlite_autoincrement=True,
)

sent_items: Final = Table(
    "sent_items",
    metadata,
    Column("sender", String(64), primary_key=True),  # a digest of the token's name
    Column("key", String(64), primary_key=True),  # a digest of the sender's own word for the story
    Column("article_id", ROW_ID, ForeignKey(articles.c.id), nullable=False),
    Column("reading", Packed, nullable=False),  # as the last that was sent made it
    Column("at", Moment, nullable=False),
    Index(None, "article_id"),
)

sent_requests: Final = Table(  # for a week
    "sent_requests",
    metadata,
    Column("token_id", ROW_ID, ForeignKey(tokens.c.id), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("body", String(64), nullable=False),  # a digest
    Column("status", Integer, nullable=False),
    Column("answer", JSON, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "at"),
)
