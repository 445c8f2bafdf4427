"""How often each person has asked the assistant within the hour: what is asked of it may cost money."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "assistant_asks",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hour", sa.BigInteger(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_assistant_asks"),
    )
