"""What exactly-once delivery has to remember: planned calls, changes to posts that are out, who publishes."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("channels", sa.Column("max_lateness", sa.Integer(), nullable=False, server_default="3600"))
    op.add_column("channels", sa.Column("last_message_id", sa.BigInteger()))
    op.add_column("posts", sa.Column("urgency", sa.Integer(), nullable=False, server_default="5"))
    op.add_column("posts", sa.Column("form", sa.String(16)))
    op.add_column("post_parts", sa.Column("call", sa.JSON()))
    op.add_column("post_parts", sa.Column("floor_id", sa.BigInteger()))
    op.add_column("post_parts", sa.Column("sending_at", _MOMENT))
    op.add_column("post_parts", sa.Column("more_ids", sa.JSON()))
    _create_changes()
    _create_lease()
    op.create_table(
        "pauses",
        sa.Column("chat_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="pk_pauses"),
    )


def _create_changes() -> None:
    op.create_table(
        "changes",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("post_id", _ROW_ID, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("not_before", _MOMENT),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer()),
        sa.Column("reason", sa.Text()),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_changes_post_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_changes_state_due_at", "changes", ["state", "due_at"])
    op.create_index("ix_changes_post_id", "changes", ["post_id"])


def _create_lease() -> None:
    op.create_table(
        "lease",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("holder", sa.String(64), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("beat", sa.Integer(), nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.Column("mark", sa.Text()),
        sa.Column("held", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_lease"),
    )
