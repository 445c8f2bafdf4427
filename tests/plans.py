"""How SQLite would carry out each statement that a test has made: none of the bot's reads a growing table whole.

SQLite plans by the tables' definitions alone as long as nobody runs ANALYZE, so a database without a row tells
how one with a million would be asked. What PostgreSQL does is in `tests/storage/test_plans.py`.
"""

import re
import sqlite3
from functools import cache

from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from storage import (  # noqa: F401 - their tables join the others
    schema_after,
    schema_archive,
    schema_board,
    schema_errands,
    schema_feeds,
    schema_numbers,
    schema_people,
    schema_review,
    schema_sent,
    schema_talk,
    schema_upkeep,
)
from storage.schema import metadata

SMALL = frozenset(
    {"channels", "slots", "staff", "staff_roles", "digests", "holidays", "house_style", "lease"}
) | {
    "discussions",  # one for each channel
    "pauses",  # one for each chat at most; those that are over go
    "staff_channels",
    "desk_places",
    "guides",
    "tokens",  # one for each program that sends
    "feeds",  # as many as the newsroom reads
    "claims",  # one for each story that is being worked on; they lapse
    "briefs",  # one for each of the staff at most
    "boards",  # those that still stand: two days at most, and each chat has few
    "knocks",  # of strangers twenty at most wait; the others were each decided on by a person
    "invitations",  # those that are open
    "shown_upto",  # a row for each chat of ours that looks are shown in
    "shown",  # what a look into a channel has shown and not yet taken away: next to nothing
    "troubles",  # those that last: a handful, and a few for each channel
    "week_sums",  # one row
    "alembic_version",
}
"""Tables that grow with the newsroom and not with its years; all others do."""
GROWING = frozenset(metadata.tables) - SMALL

FEW = frozenset(
    index.name
    for table in metadata.tables.values()
    for index in table.indexes
    if index.dialect_options["sqlite"]["where"] is not None
) & {
    "ix_cards_stale",
    "ix_cards_open",
    "ix_pastes_settles_at",
    "ix_recurrences_going",
    "ix_proposals_asked",
    "ix_hand_edits_new",
    "ix_errands_waiting",
    "ix_feed_items_waiting",
    "ix_articles_unindexed",
}
"""Indexes of the few rows that still matter: these may be read from end to end."""

MADE_BY_TESTS = (
    r"^SELECT count\(\*\)",  # how many rows there are, to compare with before
    r"^SELECT [\w.*]+ \nFROM \w+$",  # all there is, to compare with before
    r"^SELECT \* FROM \w+$",
    r"'a test' = 'a test'",
)
"""What only tests ask, and the bot never does."""

_SCAN = re.compile(r"^SCAN (?:TABLE )?(\w+)(?: AS \w+)?(?: USING (?:COVERING )?INDEX (\w+))?")
_seen: set[str] = set()
_new: list[str] = []


def collect() -> None:
    """Listen to all engines from now on."""
    event.listen(Engine, "before_cursor_execute", _remember)


def _remember(connection: Connection, _cursor: object, statement: str, *_more: object) -> None:
    if statement not in _seen and connection.dialect.name == "sqlite":
        _seen.add(statement)
        _new.append(statement)


def faults() -> list[str]:
    """The scans of growing tables in what was asked for the first time since the last call."""
    asked, _new[:] = list(_new), []
    return [f"{scan}: {statement}" for statement in asked for scan in scans(statement)]


def scans(statement: str) -> list[str]:
    """Where SQLite would read a growing table whole for it."""
    if not re.match(r"\s*(SELECT|UPDATE|DELETE|INSERT|WITH)\b", statement):
        return []
    if any(re.search(pattern, statement.strip()) for pattern in MADE_BY_TESTS):
        return []
    try:
        plan = steps(statement)
    except sqlite3.Error:  # of a table that a test has made, or has broken
        return []
    return [detail for detail in plan if _is_fault(detail, statement)]


def steps(statement: str) -> list[str]:
    """How SQLite would carry it out, in its words."""
    asked = f"EXPLAIN QUERY PLAN {statement}", [None] * statement.count("?")
    return [str(detail) for *_, detail in _database().execute(*asked)]


def _is_fault(detail: str, statement: str) -> bool:
    found = _SCAN.match(detail)
    if found is None or found[2] in FEW:
        return False
    table = re.search(rf"\b(\w+) AS {found[1]}\b", statement)
    return (table[1] if table else found[1]) in GROWING


@cache
def _database() -> sqlite3.Connection:
    """A database with our tables and nothing in them."""
    made = sqlite3.connect(":memory:")
    dialect = sqlite.dialect()
    for table in metadata.sorted_tables:
        made.execute(str(CreateTable(table).compile(dialect=dialect)))
        for index in table.indexes:
            made.execute(str(CreateIndex(index).compile(dialect=dialect)))
    return made
