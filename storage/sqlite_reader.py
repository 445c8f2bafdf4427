"""SQLite, read beside the transactions: on a connection of its own, in the thread that asks."""

import sqlite3
from collections.abc import Callable
from threading import Lock
from typing import Final

from sqlalchemy import Connection, StaticPool, create_engine

from storage.columns import to_json
from storage.discretion import keep_rows_out_of_errors

_PRAGMAS: Final = ("query_only = ON", "cache_size = -32000", "mmap_size = 268435456")


class Reader:
    """One question at a time; each sees what was kept when it began, and hinders no writer."""

    def __init__(self, connect: Callable[[], sqlite3.Connection]) -> None:
        self._connect = connect
        self._lock = Lock()
        self._raw: sqlite3.Connection | None = None
        self._engine = create_engine(
            "sqlite://",
            creator=lambda: self._raw,
            poolclass=StaticPool,
            json_serializer=to_json,
            hide_parameters=True,
        )
        keep_rows_out_of_errors(self._engine)

    def read[T](self, question: Callable[[Connection], T]) -> T:
        with self._lock:
            raw = self._raw or self._open()
            raw.execute("BEGIN")
            try:
                with self._engine.connect() as connection:
                    return question(connection)
            finally:
                raw.rollback()

    def close(self) -> None:
        with self._lock:
            if self._raw is not None:
                self._engine.dispose()
                self._raw.close()
                self._raw = None

    def _open(self) -> sqlite3.Connection:
        raw = self._connect()
        for pragma in _PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")
        self._raw = raw
        return raw
