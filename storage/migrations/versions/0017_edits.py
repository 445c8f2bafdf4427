"""The messages of a paste, so that whoever edits one of them edits the draft; and where words came from."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0022"


def upgrade() -> None:
    op.add_column("pastes", sa.Column("origin", sa.JSON()))
    op.create_table(
        "spoken",
        sa.Column("person_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("paste_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("sent", sa.Text()),
        sa.Column("media", sa.JSON()),
        sa.ForeignKeyConstraint(["paste_id"], ["pastes.id"], name="fk_spoken_paste_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", "message_id", name="pk_spoken"),
    )
    op.create_index("ix_spoken_paste_id", "spoken", ["paste_id"])
