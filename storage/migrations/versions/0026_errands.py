"""Links and files that somebody sent, until they are fetched and read."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0027"


def upgrade() -> None:
    op.create_table(
        "errands",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("file_id", sa.Text()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("origin", sa.JSON()),
        sa.Column("media", sa.JSON()),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failed", sa.Text()),
        sa.Column("article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
        sa.PrimaryKeyConstraint("id", name="pk_errands"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_errands_article_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_errands_person_id_id", "errands", ["person_id", "id"])
    op.create_index("ix_errands_asked_at", "errands", ["asked_at"])
    op.create_index("ix_errands_article_id", "errands", ["article_id"])
    op.create_index(
        "ix_errands_waiting",
        "errands",
        ["id"],
        sqlite_where=sa.text("failed IS NULL AND article_id IS NULL"),
        postgresql_where=sa.text("failed IS NULL AND article_id IS NULL"),
    )
