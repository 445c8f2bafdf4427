"""What an outside model is asked to propose for an article."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "proposals",
        sa.Column("article_id", _ROW_ID, nullable=False, autoincrement=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("headline", sa.Text()),
        sa.Column("points", sa.JSON()),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_proposals_article_id"),
        sa.PrimaryKeyConstraint("article_id", name="pk_proposals"),
    )
