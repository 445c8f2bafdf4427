"""What a newsroom asks of its SQLite file, recorded with its parameters and carried out again on `sqlite3` alone.

The very same statements in the very same transactions with the same pragmas: what is left is what keeping these
promises costs without SQLAlchemy, aiosqlite and us.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copyfile
from time import process_time
from typing import Any

from sqlalchemy import event

from storage import Storage
from storage.sqlite import SqliteEngine

_PRAGMAS = ("foreign_keys = ON", "journal_mode = WAL", "synchronous = FULL")


@dataclass(kw_only=True)
class Recording:
    """Statements in their order, with their parameters and whether these are many sets; a copy of what was before."""

    before: Path
    asked: list[tuple[str, Any, bool]] = field(default_factory=list)

    @property
    def transactions(self) -> int:
        return sum(statement.startswith("BEGIN") for statement, *_ in self.asked)

    @property
    def statements(self) -> int:
        return sum(not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")) for statement, *_ in self.asked)

    def replayed(self) -> float:
        """Seconds of the processor that `sqlite3` takes for all of it."""
        file = self.before.with_suffix(".replayed")
        for beside in ("", "-wal", "-shm"):
            Path(f"{file}{beside}").unlink(missing_ok=True)
        copyfile(self.before, file)
        plain = sqlite3.connect(file, isolation_level=None, cached_statements=512)
        for pragma in _PRAGMAS:
            plain.execute(f"PRAGMA {pragma}")
        start = process_time()
        for statement, parameters, many in self.asked:
            (plain.executemany if many else plain.execute)(statement, parameters).fetchall()
        took = process_time() - start
        plain.close()
        return took


@contextmanager
def recording(storage: Storage, folder: Path) -> Iterator[Recording]:
    """Note what is asked while the block runs, which costs time: measure another run."""
    engine = storage._engine
    assert isinstance(engine, SqliteEngine)
    assert engine._opened is not None
    raw = engine._opened.raw
    noted = Recording(before=folder / "before.db")
    with sqlite3.connect(noted.before) as copy:
        raw.backup(copy)
    copy.close()

    def asked(_: Any, __: Any, statement: str, parameters: Any, ___: Any, many: bool) -> None:
        noted.asked.append((statement, parameters, many))

    def begun(statement: str) -> None:
        if statement.startswith(("BEGIN", "COMMIT", "ROLLBACK")):
            noted.asked.append((statement, (), False))

    event.listen(engine._engine, "before_cursor_execute", asked)
    raw.set_trace_callback(begun)
    try:
        yield noted
    finally:
        raw.set_trace_callback(None)
        event.remove(engine._engine, "before_cursor_execute", asked)
