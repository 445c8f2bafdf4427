"""The daily brief: who wants it, at which minute of the day, and when the next one is due."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "briefs",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_briefs"),
    )
    op.create_index("ix_briefs_next_at", "briefs", ["next_at"])
