"""How far a search through a chat of ours has come: one that dies is gone on with, not begun again."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0040"


def upgrade() -> None:
    op.add_column("shown_upto", sa.Column("looked_from", sa.BigInteger()))
    op.add_column("shown_upto", sa.Column("looked_to", sa.BigInteger()))
