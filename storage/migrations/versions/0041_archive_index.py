"""The archive's index without a copy of what it was made of.

On SQLite the words stand once, packed, beside their entry, and the index (FTS5, contentless) has only where
each is. What is in the table of before is found there until the bot has moved it, a few stories at a time
(`storage.archive.Archive.repack`).
"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0044"


def upgrade() -> None:
    op.add_column("archive", sa.Column("stems", sa.LargeBinary()))
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE archive_index USING fts5("
            "head, body, content = '', tokenize = 'unicode61 remove_diacritics 0')"
        )
