"""Up to which id of a chat of ours nothing of a look's is left: only what came after is searched."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0028"


def upgrade() -> None:
    op.create_table(
        "shown_upto",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="pk_shown_upto"),
    )
