"""The table of pages and files that are still to be fetched and read."""

from typing import Final

from sqlalchemy import JSON, Column, ForeignKey, Index, Table

from storage.columns import ROW_ID, TELEGRAM_ID, Moment, Words
from storage.schema import articles, metadata, partial

WAITS: Final = "failed IS NULL AND article_id IS NULL"

errands: Final = Table(  # a link or a file that somebody sent, until its story is written
    "errands",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("person_id", TELEGRAM_ID, nullable=False),
    Column("url", Words),  # of a page
    Column("file_id", Words),  # of a file
    Column("name", Words, nullable=False),  # the file's, or the site's: what it is called when it is told of
    Column("note", Words, nullable=False),  # the words it came with
    Column("origin", JSON),
    Column("media", JSON),  # the picture it came with
    Column("asked_at", Moment, nullable=False),
    Column("failed", Words),  # why it could not be read
    Column("article_id", ROW_ID, ForeignKey(articles.c.id)),
    Index(None, "person_id", "id"),
    Index(None, "asked_at"),
    Index(None, "article_id"),
    partial("ix_errands_waiting", "id", where=WAITS),
    sqlite_autoincrement=True,
)
