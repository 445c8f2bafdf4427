"""The record asked for by person and by day: what a person did, and where a day begins in it."""

from alembic import op

revision = "0023"
down_revision = "0021"


def upgrade() -> None:
    op.create_index("ix_audit_person_id_id", "audit", ["person_id", "id"])
    op.create_index("ix_audit_at", "audit", ["at"])
