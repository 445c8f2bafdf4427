"""Feeds that the newsroom reads, and what they have brought."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("channel_id", sa.BigInteger()),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True)),
        sa.Column("paused_at", sa.DateTime(timezone=True)),
        sa.Column("etag", sa.Text()),
        sa.Column("modified", sa.Text()),
        sa.Column("next_at", sa.DateTime(timezone=True)),
        sa.Column("checked_at", sa.DateTime(timezone=True)),
        sa.Column("fault", sa.Text()),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("asked_by", sa.BigInteger()),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], name="fk_feeds_channel_id"),
        sa.PrimaryKeyConstraint("id", name="pk_feeds"),
        sa.UniqueConstraint("url", name="uq_feeds_url"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feeds_next_at", "feeds", ["next_at"])
    op.create_table(
        "feed_items",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("feed_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(24), nullable=False),
        sa.Column("url_key", sa.String(24)),
        sa.Column("title_key", sa.String(24)),
        sa.Column("published", sa.DateTime(timezone=True)),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fate", sa.String(16), nullable=False),
        sa.Column("content", sa.JSON()),
        sa.Column("article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds.id"], name="fk_feed_items_feed_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_feed_items_article_id"),
        sa.PrimaryKeyConstraint("id", name="pk_feed_items"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feed_items_feed_id_key", "feed_items", ["feed_id", "key"])
    op.create_index("ix_feed_items_url_key_feed_id", "feed_items", ["url_key", "feed_id"])
    op.create_index("ix_feed_items_feed_id_title_key", "feed_items", ["feed_id", "title_key"])
    op.create_index("ix_feed_items_feed_id_fate_at", "feed_items", ["feed_id", "fate", "at"])
    op.create_index("ix_feed_items_article_id", "feed_items", ["article_id"])
    op.create_index(
        "ix_feed_items_waiting",
        "feed_items",
        ["id"],
        sqlite_where=sa.text("fate = 'waiting'"),
        postgresql_where=sa.text("fate = 'waiting'"),
    )
