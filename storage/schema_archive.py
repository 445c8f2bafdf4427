"""The archive's table: what was told, ours and what was brought in.

Its words are found in a table that each database has in its own way: `archive_index`, FTS5 (migration 0041),
or `archive_words` with a `tsvector` (0027). SQLite's index can't tell the words themselves: `archive.stems`
does. What came in before that is in SQLite's `archive_words` until it is moved.
"""

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, String, Table, column, table

from storage.columns import ROW_ID, Moment, Packed, Words
from storage.schema import articles, metadata, partial

archive: Final = Table(
    "archive",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=False),  # given out one after the other by us
    Column(
        "article_id", ROW_ID, ForeignKey(articles.c.id, ondelete="CASCADE"), unique=True
    ),  # NULL: brought in
    Column("key", String(64), unique=True),  # by which what was brought in is known again
    Column("headline", Words, nullable=False),
    Column("text", Packed, nullable=False),  # plain, without marks
    Column("told_at", Moment, nullable=False),
    Column("url", Words),
    Column("section", Words),
    Column("people", Words, nullable=False),  # letters of who wrote it (bot.news.archive.words.letters)
    Column("place", Words),  # the channel of what was brought in
    Column("url_key", String(24)),  # the same for one page
    Column("text_key", String(24)),  # the same for one text
    Column("head_key", String(24)),  # the same for one headline
    Column(
        "stems", LargeBinary
    ),  # SQLite's words of headline and text (`archive_words.packed`); NULL: not moved
    Index(None, "told_at"),
    partial(None, "url_key", where="url_key IS NOT NULL"),
    partial(None, "text_key", where="text_key IS NOT NULL"),
    partial(None, "head_key", where="head_key IS NOT NULL"),
)

SQLITE_INDEX: Final = table(
    "archive_index", column("rowid"), column("head"), column("body"), column("archive_index")
)
SQLITE_WORDS: Final = table("archive_words", column("rowid"), column("head"), column("body"))
POSTGRES_WORDS: Final = table("archive_words", column("id"), column("head"), column("body"), column("found"))
