"""Messages that Telegram stumbles over, posts announced as late, and what looks into channels have shown."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    for table in ("post_parts", "notices"):
        op.add_column(table, sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("posts", sa.Column("announced", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "shown",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("original_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_shown"),
        sqlite_autoincrement=True,
    )
