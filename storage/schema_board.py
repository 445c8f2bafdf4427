"""The table of what opens the week board: links, sessions, and what Telegram has signed that was used."""

from typing import Final

from sqlalchemy import Column, Index, String, Table

from storage.columns import TELEGRAM_ID, Moment
from storage.schema import metadata

board_keys: Final = Table(  # of a key only what tells it again, never the key
    "board_keys",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("kind", String(8), nullable=False),  # link (once) | session | spent (once more is too often)
    Column("person_id", TELEGRAM_ID, nullable=False),
    Column("until", Moment, nullable=False),
    Index(None, "until"),
    Index(None, "person_id"),
)
