"""The tables of who asks to work here and who is invited; who does work here is in `storage.schema_talk`."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, String, Table

from storage.columns import ROW_ID, TELEGRAM_ID, Moment, Words
from storage.schema import channels, metadata
from storage.schema_talk import staff

staff_channels: Final = Table(  # admins of certain channels; one of all has the role in staff_roles
    "staff_channels",
    metadata,
    Column("person_id", TELEGRAM_ID, ForeignKey(staff.c.id, ondelete="CASCADE"), primary_key=True),
    Column(
        "channel_id",
        TELEGRAM_ID,
        ForeignKey(channels.c.id, onupdate="CASCADE", ondelete="CASCADE"),
        primary_key=True,
    ),
)

knocks: Final = Table(  # strangers who have written: each is shown to the owners once
    "knocks",
    metadata,
    Column("person_id", TELEGRAM_ID, primary_key=True, autoincrement=False),
    Column("name", Words, nullable=False),
    Column("username", String(64)),  # lower case
    Column("said", Words, nullable=False),  # the beginning of what they wrote
    Column("knocked_at", Moment, nullable=False),
    Column("state", String(16), nullable=False),  # open → added | refused
    Index(None, "state", "knocked_at"),
)

invitations: Final = Table(  # those that are open; one that is used or revoked is gone
    "invitations",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("token_hash", String(64)),  # SHA-256 of what its link holds; NULL: it is for a @name
    Column("username", String(64)),  # lower case; NULL: for whoever has the link
    Column("role", String(32), nullable=False),
    Column("channel_id", TELEGRAM_ID, ForeignKey(channels.c.id, onupdate="CASCADE", ondelete="CASCADE")),
    Column("invited_by", TELEGRAM_ID, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index(None, "token_hash", unique=True),
    Index(None, "username"),
    sqlite_autoincrement=True,
)
