"""The photos of an album, which arrive one by one."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("pastes", sa.Column("media_group", sa.String(64)))
    op.add_column("pastes", sa.Column("pictures", sa.JSON()))
    op.add_column("pastes", sa.Column("replaces", sa.Boolean(), nullable=False, server_default=sa.false()))
