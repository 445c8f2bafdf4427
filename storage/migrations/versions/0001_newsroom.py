"""The first tables. A migration knows only what was true when it was written: it imports nothing of ours."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _create_articles()
    _create_channels()
    _create_posts()
    _create_staff()
    _create_talk()
    _create_cards_and_notices()
    _create_pastes()
    _create_inbox_and_audit()


def _row_id() -> sa.Column[int]:
    return sa.Column("id", _ROW_ID, primary_key=True)


def _telegram_id(name: str, **options: Any) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), **{"nullable": False, "autoincrement": False, **options})


def _required(name: str, type_: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, type_, nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _article_id(table: str, *, ondelete: str | None = None, **options: Any) -> sa.Column[int]:
    key = sa.ForeignKey("articles.id", name=f"fk_{table}_article_id", ondelete=ondelete)
    return sa.Column("article_id", _ROW_ID, key, **{"nullable": False, **options})


def _channel_id(table: str, *, ondelete: str | None = None) -> sa.Column[int]:
    key = sa.ForeignKey("channels.id", name=f"fk_{table}_channel_id", onupdate="CASCADE", ondelete=ondelete)
    return sa.Column("channel_id", sa.BigInteger(), key, nullable=False)


def _create_articles() -> None:
    op.create_table(
        "articles",
        _row_id(),
        _required("version", sa.Integer()),
        _required("state", sa.String(32)),
        sa.Column("approved_version", sa.Integer()),
        _telegram_id("reporter_id"),
        _moment("created_at"),
        _moment("changed_at"),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_articles_state_changed_at", "articles", ["state", "changed_at"])
    op.create_table(
        "article_versions",
        _article_id("article_versions", ondelete="CASCADE"),
        _required("version", sa.Integer()),
        _required("content", sa.JSON()),
        _telegram_id("saved_by"),
        _moment("saved_at"),
        sa.PrimaryKeyConstraint("article_id", "version", name="pk_article_versions"),
    )


def _create_channels() -> None:
    op.create_table(
        "channels",
        _telegram_id("id"),
        _required("title", sa.Text()),
        sa.Column("username", sa.String(64)),
        _required("time_zone", sa.String(64)),
        _required("look", sa.JSON()),
        _required("connected", sa.Boolean()),
        sa.Column("trouble", sa.Text()),
        _telegram_id("changed_by"),
        _moment("connected_at"),
        _moment("changed_at"),
        sa.PrimaryKeyConstraint("id", name="pk_channels"),
    )
    op.create_table(
        "slots",
        _row_id(),
        _channel_id("slots", ondelete="CASCADE"),
        _required("weekday", sa.Integer()),
        _required("minute", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_slots"),
        sa.UniqueConstraint("channel_id", "weekday", "minute", name="uq_slots_channel_id_weekday_minute"),
        sqlite_autoincrement=True,
    )


def _create_posts() -> None:
    op.create_table(
        "posts",
        _row_id(),
        _article_id("posts"),
        _channel_id("posts"),
        _required("occurrence", sa.Integer()),
        _required("state", sa.String(32)),
        _moment("due_at"),
        _moment("not_before", nullable=True),
        _required("attempt", sa.Integer()),
        sa.Column("version", sa.Integer()),
        sa.Column("reason", sa.Text()),
        _telegram_id("scheduled_by"),
        _moment("created_at"),
        _moment("changed_at"),
        _moment("sent_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_posts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_posts_state_due_at", "posts", ["state", "due_at"])
    op.create_index("ix_posts_channel_id_due_at", "posts", ["channel_id", "due_at"])
    live = sa.text("state NOT IN ('canceled', 'failed')")
    op.create_index(
        "uq_posts_live",
        "posts",
        ["article_id", "channel_id", "occurrence"],
        unique=True,
        sqlite_where=live,
        postgresql_where=live,
    )
    post = sa.ForeignKey("posts.id", name="fk_post_parts_post_id", ondelete="CASCADE")
    op.create_table(
        "post_parts",
        sa.Column("post_id", _ROW_ID, post, nullable=False),
        _required("number", sa.Integer()),
        _required("state", sa.String(32)),
        _telegram_id("message_id", nullable=True),
        _moment("sent_at", nullable=True),
        sa.PrimaryKeyConstraint("post_id", "number", name="pk_post_parts"),
    )


def _create_staff() -> None:
    op.create_table(
        "staff",
        _telegram_id("id"),
        _required("name", sa.Text()),
        _required("language", sa.String(16)),
        _moment("known_at"),
        _moment("met_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
    )
    person = sa.ForeignKey("staff.id", name="fk_staff_roles_person_id", ondelete="CASCADE")
    op.create_table(
        "staff_roles",
        sa.Column("person_id", sa.BigInteger(), person, nullable=False),
        _required("role", sa.String(32)),
        sa.PrimaryKeyConstraint("person_id", "role", name="pk_staff_roles"),
    )


def _create_talk() -> None:
    op.create_table(
        "questions",
        _telegram_id("chat_id"),
        _telegram_id("person_id"),
        _required("kind", sa.String(64)),
        _required("about", sa.JSON()),
        _moment("asked_at"),
        sa.PrimaryKeyConstraint("chat_id", "person_id", name="pk_questions"),
    )


def _create_cards_and_notices() -> None:
    op.create_table(
        "cards",
        _row_id(),
        _article_id("cards", ondelete="CASCADE"),
        _telegram_id("chat_id"),
        _required("view", sa.String(64)),
        _required("message_ids", sa.JSON()),
        sa.Column("shown", sa.Text()),
        _required("revision", sa.Integer()),
        _required("delivered", sa.Integer()),
        _required("anew", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_cards"),
        sa.UniqueConstraint("article_id", "chat_id", name="uq_cards_article_id_chat_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "notices",
        _row_id(),
        _telegram_id("chat_id"),
        _required("method", sa.String(64)),
        _required("params", sa.JSON()),
        _required("state", sa.String(32)),
        _moment("not_before", nullable=True),
        sa.Column("why", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notices_state_chat_id", "notices", ["state", "chat_id"])


def _create_pastes() -> None:
    op.create_table(
        "pastes",
        _row_id(),
        _telegram_id("person_id"),
        _required("text", sa.Text()),
        _required("last_part", sa.Text()),
        _moment("last_part_at"),
        _article_id("pastes", ondelete="SET NULL", nullable=True),
        _moment("settles_at", nullable=True),
        _required("refused", sa.Boolean()),
        sa.PrimaryKeyConstraint("id", name="pk_pastes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_pastes_person_id", "pastes", ["person_id"])
    op.create_index("ix_pastes_settles_at", "pastes", ["settles_at"])


def _create_inbox_and_audit() -> None:
    op.create_table(
        "inbox",
        _telegram_id("update_id"),
        _required("payload", sa.JSON()),
        _moment("received_at"),
        _required("state", sa.String(32)),
        sa.Column("why", sa.Text()),
        sa.PrimaryKeyConstraint("update_id", name="pk_inbox"),
    )
    op.create_index("ix_inbox_state_update_id", "inbox", ["state", "update_id"])
    op.create_table(
        "audit",
        _row_id(),
        _moment("at"),
        _telegram_id("person_id"),
        _required("verb", sa.String(64)),
        sa.Column("article_id", _ROW_ID),
        _telegram_id("channel_id", nullable=True),
        sa.Column("post_id", _ROW_ID),
        sa.Column("detail", sa.JSON()),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_article_id", "audit", ["article_id"])
