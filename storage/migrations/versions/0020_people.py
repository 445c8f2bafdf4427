"""Who works here is decided in the chat too: channels of one's own, strangers who ask, invitations."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("staff", sa.Column("decided_at", sa.DateTime(timezone=True)))
    op.create_index("ix_cards_chat_id_id", "cards", ["chat_id", "id"])
    op.create_table(
        "staff_channels",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["staff.id"], name="fk_staff_channels_person_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["channel_id"],
            ["channels.id"],
            name="fk_staff_channels_channel_id",
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", "channel_id", name="pk_staff_channels"),
    )
    op.create_table(
        "knocks",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("username", sa.String(64)),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("knocked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_knocks"),
    )
    op.create_index("ix_knocks_state_knocked_at", "knocks", ["state", "knocked_at"])
    op.create_table(
        "invitations",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_hash", sa.String(64)),
        sa.Column("username", sa.String(64)),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("channel_id", sa.BigInteger()),
        sa.Column("invited_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"],
            ["channels.id"],
            name="fk_invitations_channel_id",
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_invitations_token_hash", "invitations", ["token_hash"], unique=True)
    op.create_index("ix_invitations_username", "invitations", ["username"])
