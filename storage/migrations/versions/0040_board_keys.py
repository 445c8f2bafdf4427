"""What opens the week board: links, sessions, and what Telegram has signed that was used."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0043"


def upgrade() -> None:
    op.create_table(
        "board_keys",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_board_keys"),
    )
    op.create_index("ix_board_keys_until", "board_keys", ["until"])
    op.create_index("ix_board_keys_person_id", "board_keys", ["person_id"])
