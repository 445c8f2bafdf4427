"""What becomes of posts that are out: edited or posted by hand in the channel, followed by another story."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0020"

_ROW = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NEW = sa.text("state = 'new'")
_SENT = sa.text("message_id IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "hand_edits",
        sa.Column("id", _ROW, nullable=False),
        sa.Column("post_id", _ROW, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("stands", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.BigInteger()),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_hand_edits_post_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_hand_edits"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_hand_edits_post_id", "hand_edits", ["post_id"])
    op.create_index("ix_hand_edits_new", "hand_edits", ["seen_at"], sqlite_where=_NEW, postgresql_where=_NEW)
    op.create_table(
        "hand_posts",
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"],
            ["channels.id"],
            name="fk_hand_posts_channel_id",
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("channel_id", "at", name="pk_hand_posts"),
    )
    op.create_index("ix_hand_posts_at", "hand_posts", ["at"])
    op.create_table(
        "follow_ups",
        sa.Column("article_id", _ROW, nullable=False),
        sa.Column("earlier_id", _ROW, nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_follow_ups_article_id"),
        sa.ForeignKeyConstraint(["earlier_id"], ["articles.id"], name="fk_follow_ups_earlier_id"),
        sa.PrimaryKeyConstraint("article_id", name="pk_follow_ups"),
    )
    op.create_index("ix_follow_ups_earlier_id", "follow_ups", ["earlier_id"])
    op.create_index(
        "ix_post_parts_message_id",
        "post_parts",
        ["message_id"],
        sqlite_where=_SENT,
        postgresql_where=_SENT,
    )
