"""Review: who has a story, comments, groups that hear of stories, a guide, stories by their words."""

import json
import zlib

import sqlalchemy as sa
from alembic import op

from bot.news.folding import folded

revision = "0021"
down_revision = "0017"

_AT_ONCE = 500


def upgrade() -> None:
    op.create_table(
        "claims",
        sa.Column(
            "article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_claims_article_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", name="pk_claims"),
    )
    op.create_index("ix_claims_until", "claims", ["until"])
    op.create_table(
        "comments",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_comments_article_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_comments"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_comments_article_id_id", "comments", ["article_id", "id"])
    op.create_table(
        "desk_places",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("topic", sa.BigInteger()),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name="pk_desk_places"),
    )
    op.create_table(
        "guides",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("confirmed", sa.JSON(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_guides"),
    )
    op.add_column("articles", sa.Column("searched", sa.Text()))
    _fold_what_is_there()


def _fold_what_is_there() -> None:
    """Stories of before are found by their words as well."""
    bind, last = op.get_bind(), 0
    newest = sa.text(
        "SELECT a.id, v.content FROM articles a JOIN article_versions v ON v.article_id = a.id "
        "AND v.version = a.version WHERE a.id > :last ORDER BY a.id LIMIT :most"
    )
    while rows := bind.execute(newest, {"last": last, "most": _AT_ONCE}).all():
        found = [{"which": row.id, "words": _words(row.content)} for row in rows]
        bind.execute(sa.text("UPDATE articles SET searched = :words WHERE id = :which"), found)
        last = rows[-1].id


def _words(content: object) -> str:
    if isinstance(content, bytes):
        content = zlib.decompress(content)
    if isinstance(content, str | bytes):
        content = json.loads(content)
    assert isinstance(content, dict)  # as every version was stored
    return folded(f"{content.get('headline') or ''} {content.get('lede') or ''}")
