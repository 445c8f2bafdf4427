"""A paste that could not be taken in is kept, with why."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("pastes", sa.Column("failed", sa.Text()))
