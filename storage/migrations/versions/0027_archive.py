"""The archive: what was told, by its words.

Stories of before are marked as not indexed; the bot takes them in little by little while it runs.
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0030"

_ROW = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("articles", sa.Column("indexed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(
        "ix_articles_unindexed",
        "articles",
        ["id"],
        sqlite_where=sa.text("indexed = 0"),
        postgresql_where=sa.text("NOT indexed"),
    )
    op.create_table(
        "archive",
        sa.Column("id", _ROW, nullable=False, autoincrement=False),
        sa.Column("article_id", _ROW),
        sa.Column("key", sa.String(64)),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("section", sa.Text()),
        sa.Column("people", sa.Text(), nullable=False),
        sa.Column("place", sa.Text()),
        sa.Column("url_key", sa.String(24)),
        sa.Column("text_key", sa.String(24)),
        sa.Column("head_key", sa.String(24)),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_archive_article_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_archive"),
        sa.UniqueConstraint("article_id", name="uq_archive_article_id"),
        sa.UniqueConstraint("key", name="uq_archive_key"),
    )
    op.create_index("ix_archive_told_at", "archive", ["told_at"])
    for name in ("url_key", "text_key", "head_key"):
        there = sa.text(f"{name} IS NOT NULL")
        op.create_index(f"ix_archive_{name}", "archive", [name], sqlite_where=there, postgresql_where=there)
    _create_words()


def _create_words() -> None:
    """The words, folded and without endings: each database is given them ready, and only takes them apart."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE archive_words USING fts5("
            "head, body, tokenize = 'unicode61 remove_diacritics 0')"
        )
        return
    op.execute(
        "CREATE TABLE archive_words ("
        "id BIGINT PRIMARY KEY REFERENCES archive (id) ON DELETE CASCADE, "
        "head TEXT NOT NULL, body TEXT NOT NULL, found TSVECTOR NOT NULL)"
    )
    op.execute("CREATE INDEX ix_archive_words_found ON archive_words USING gin (found)")
