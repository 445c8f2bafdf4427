"""The tables of review: who has a story, what was said of it, which group hears of it; an owner's guide."""

from typing import Final

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, String, Table

from storage.columns import ROW_ID, TELEGRAM_ID, Moment, Words
from storage.schema import articles, metadata

claims: Final = Table(  # who has a story, so that two don't work on it
    "claims",
    metadata,
    Column(
        "article_id",
        ROW_ID,
        ForeignKey(articles.c.id, ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("person_id", TELEGRAM_ID, nullable=False),
    Column("until", Moment, nullable=False),  # when it lapses
    Index(None, "until"),
)

comments: Final = Table(  # what colleagues have said about a story
    "comments",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("article_id", ROW_ID, ForeignKey(articles.c.id, ondelete="CASCADE"), nullable=False),
    Column("person_id", TELEGRAM_ID, nullable=False),
    Column("text", Words, nullable=False),
    Column("kind", String(16), nullable=False),  # comment, changes
    Column("at", Moment, nullable=False),
    Index(None, "article_id", "id"),
    sqlite_autoincrement=True,
)

desk_places: Final = Table(  # where the desk's groups hear of stories; one without a row does in "General"
    "desk_places",
    metadata,
    Column("chat_id", TELEGRAM_ID, primary_key=True, autoincrement=False),
    Column("topic", TELEGRAM_ID),  # NULL: "General", or a group without topics
    Column("silent", Boolean, nullable=False),  # no story is shown there
)

guides: Final = Table(  # owners who are being led to their first post
    "guides",
    metadata,
    Column("person_id", TELEGRAM_ID, primary_key=True, autoincrement=False),
    Column("told", JSON, nullable=False),  # the steps that were done when it was last shown
    Column("confirmed", JSON, nullable=False),  # the steps that the owner has said are done
    Column("closed", Boolean, nullable=False),
)
