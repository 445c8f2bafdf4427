"""What the archive knows of a story that was told before, where its card finds it."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0026"


def upgrade() -> None:
    op.add_column("articles", sa.Column("told_before", sa.JSON(), nullable=True))
