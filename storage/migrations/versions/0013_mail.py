"""Mail by turns, and who has been answered lately without working here."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("inbox", sa.Column("turn", sa.BigInteger(), nullable=False, server_default="0"))
    pending = sa.text("state = 'pending'")
    op.create_index(
        "ix_inbox_turns", "inbox", ["turn", "update_id"], sqlite_where=pending, postgresql_where=pending
    )
    op.create_table(
        "strangers",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_strangers"),
    )
    op.create_index("ix_strangers_answered_at", "strangers", ["answered_at"])
