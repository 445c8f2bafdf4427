"""The tables of how the house itself is: its disks, its line, its rights. Beside `storage.schema`."""

from typing import Final

from sqlalchemy import BigInteger, Column, Integer, String, Table

from storage.columns import Moment
from storage.schema import metadata

troubles: Final = Table(  # what lasts and was noted: told once, and once it is over
    "troubles",
    metadata,
    Column("kind", String(32), primary_key=True),  # bot.news.upkeep.Kind
    Column("about", String(255), primary_key=True),  # which folder, which channel; may be empty
    Column("since", Moment, nullable=False),
)

week_sums: Final = Table(  # one row: up to where the last sum has told, and what the next is compared with
    "week_sums",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # always 1
    Column("told_until", Moment, nullable=False),
    Column("database_bytes", BigInteger, nullable=False),
    Column("faults", Integer, nullable=False),  # of ours, since then
)
