"""How approved stories spell words: what the newsroom's own spelling is learnt from."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "spellings",
        sa.Column("letters", sa.String(48), nullable=False),
        sa.Column("stories", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("letters", name="pk_spellings"),
    )
    op.create_index("ix_spellings_changed_at", "spellings", ["changed_at"])
