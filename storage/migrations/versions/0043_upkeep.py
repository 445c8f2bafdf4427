"""What the owners were told of the house itself, and up to where its weekly sum has told."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0037"


def upgrade() -> None:
    op.create_table(
        "troubles",
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("about", sa.String(255), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "about", name="pk_troubles"),
    )
    op.create_table(
        "week_sums",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("told_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("database_bytes", sa.BigInteger(), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_week_sums"),
    )
