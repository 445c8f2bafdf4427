"""How posts are received: reactions, comments, members, and who came by which invite link."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0041"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _channel(*, null: bool = False) -> sa.Column[int]:
    return sa.Column("channel_id", sa.BigInteger(), autoincrement=False, nullable=null)


def _of_channel(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["channel_id"],
        ["channels.id"],
        name=f"fk_{table}_channel_id",
        onupdate="CASCADE",
        ondelete="CASCADE",
    )


def _chat(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)


def upgrade() -> None:
    op.create_table(
        "reactions",
        _channel(),
        _chat("message_id"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        _of_channel("reactions"),
        sa.PrimaryKeyConstraint("channel_id", "message_id", name="pk_reactions"),
    )
    op.create_table(
        "threads",
        _chat("group_id"),
        _chat("thread_id"),
        _channel(null=True),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("replies", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        _of_channel("threads"),
        sa.PrimaryKeyConstraint("group_id", "thread_id", name="pk_threads"),
    )
    where = sa.text("message_id IS NOT NULL")
    op.create_index(
        "ix_threads_channel_id_message_id",
        "threads",
        ["channel_id", "message_id"],
        sqlite_where=where,
        postgresql_where=where,
    )
    where = sa.text("message_id IS NULL")
    op.create_index("ix_threads_unknown", "threads", ["begun_at"], sqlite_where=where, postgresql_where=where)
    op.create_table(
        "discussions",
        _chat("group_id"),
        _channel(),
        _of_channel("discussions"),
        sa.PrimaryKeyConstraint("group_id", name="pk_discussions"),
    )
    op.create_table(
        "member_counts",
        _channel(),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        _of_channel("member_counts"),
        sa.PrimaryKeyConstraint("channel_id", "day", name="pk_member_counts"),
    )
    op.create_table(
        "invite_links",
        sa.Column("id", _ROW_ID, nullable=False),
        _channel(),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.BigInteger()),
        _of_channel("invite_links"),
        sa.PrimaryKeyConstraint("id", name="pk_invite_links"),
        sa.UniqueConstraint("channel_id", "name", name="uq_invite_links_channel_id_name"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "moves",
        _channel(),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("link_id", _ROW_ID, autoincrement=False, nullable=False),
        sa.Column("joined", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        _of_channel("moves"),
        sa.PrimaryKeyConstraint("channel_id", "day", "link_id", name="pk_moves"),
    )
    op.create_table(
        "counted",
        _chat("update_id"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("update_id", name="pk_counted"),
    )
    op.create_index("ix_counted_at", "counted", ["at"])
