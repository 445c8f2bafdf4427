"""The channel admin's desk: rhythm and pauses, slots of a kind, what comes back, what needs two."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("channels", sa.Column("rhythm", sa.JSON()))
    op.add_column("channels", sa.Column("paused_at", _MOMENT))
    op.add_column("slots", sa.Column("category", sa.Text()))
    op.add_column("slots", sa.Column("urgency", sa.Integer()))
    op.add_column("posts", sa.Column("zone", sa.String(64)))
    op.add_column("posts", sa.Column("pin_for", sa.Integer()))
    op.add_column("posts", sa.Column("delete_after", sa.Integer()))
    op.add_column("posts", sa.Column("recurrence_id", _ROW_ID))
    _create_recurrences()
    _create_digests()
    op.create_table(
        "holidays",
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("changed_by", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_holidays"),
    )
    _create_confirmations()


def _create_recurrences() -> None:
    op.create_table(
        "recurrences",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("article_id", _ROW_ID, nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("times", sa.JSON(), nullable=False),
        sa.Column("until", _MOMENT),
        sa.Column("planned_until", _MOMENT, nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_recurrences_article_id"),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name="fk_recurrences_channel_id", onupdate="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_recurrences"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_recurrences_channel_id", "recurrences", ["channel_id"])


def _create_digests() -> None:
    op.create_table(
        "digests",
        sa.Column("channel_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("times", sa.JSON(), nullable=False),
        sa.Column("told_until", _MOMENT, nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name="fk_digests_channel_id", onupdate="CASCADE"
        ),
        sa.PrimaryKeyConstraint("channel_id", name="pk_digests"),
    )


def _create_confirmations() -> None:
    op.create_table(
        "confirmations",
        sa.Column("id", _ROW_ID, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("decided_by", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_confirmations"),
        sqlite_autoincrement=True,
    )
