"""What the bot's database says, read past the bot: plain SQL on the file, no lock taken. Knows SQLite only."""

import json
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Part:
    """A message of a post, an album's several; `call` is what was to be sent."""

    state: str
    message_ids: tuple[int, ...] = ()
    call: tuple[str, Any] = ("", None)


@dataclass(frozen=True, kw_only=True)
class Change:
    kind: str
    state: str
    version: int | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A post as the ledger has it; `verbs` is what people did to it, in order."""

    id: int
    story: int
    channel_id: int
    state: str
    due_at: datetime
    version: int | None = None
    reason: str | None = None
    parts: tuple[Part, ...] = ()
    changes: tuple[Change, ...] = ()
    verbs: tuple[str, ...] = ()
    announced: bool = False  # told of as late, and on its way

    @property
    def message_ids(self) -> tuple[int, ...]:
        """Those of all parts that are known to be out, in order."""
        return tuple(id for part in self.parts for id in part.message_ids)

    @property
    def by_itself(self) -> bool:
        """Nobody has brought it where it is."""
        return self.verbs[-1:] != ("hold",)

    @property
    def is_late(self) -> bool:
        """Held, for it would have gone out too late."""
        return self.state == "held" and self.reason == "late"

    @property
    def waiting(self) -> tuple[str, ...]:
        """What is still to be done to it."""
        return tuple(change.kind for change in self.changes if change.state in {"pending", "sending"})


_OPEN = {
    **{
        table: f"{table} WHERE state IN ('pending', 'sending')"
        for table in ("posts", "changes", "notices", "inbox")
    },
    "shown": "shown",
    "in doubt": "posts WHERE state = 'unconfirmed' AND not_before IS NOT NULL",
}


class Ledger:
    def __init__(self, file: Path) -> None:
        self._file = file

    def entries(self) -> tuple[Entry, ...]:
        """All posts."""
        with self._rows() as read:
            parts = _by_post(read("SELECT * FROM post_parts ORDER BY number"), _part)
            changes = _by_post(read("SELECT * FROM changes ORDER BY id"), _change)
            verbs = _by_post(read("SELECT * FROM audit WHERE post_id IS NOT NULL ORDER BY id"), _verb)
            return tuple(
                Entry(
                    id=row["id"],
                    story=row["article_id"],
                    channel_id=row["channel_id"],
                    state=row["state"],
                    due_at=datetime.fromisoformat(row["due_at"]).replace(tzinfo=UTC),
                    version=row["version"],
                    reason=row["reason"],
                    parts=parts.get(row["id"], ()),
                    changes=changes.get(row["id"], ()),
                    verbs=verbs.get(row["id"], ()),
                    announced=bool(row["announced"]),
                )
                for row in read("SELECT * FROM posts ORDER BY id")
            )

    def in_flight(self) -> bool:
        """Whether a part of a post is out at this moment."""
        with self._rows() as read:
            return bool(read("SELECT 1 FROM post_parts WHERE state = 'sending' LIMIT 1"))

    def open_work(self) -> dict[str, int]:
        """How much is left to do, by what: nothing of it, and the bot has come to rest."""
        with self._rows() as read:
            return {what: read(f"SELECT count(*) AS n FROM {where}")[0]["n"] for what, where in _OPEN.items()}

    @contextmanager
    def _rows(self) -> Iterator[Any]:
        with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True, timeout=10)) as connection:
            connection.row_factory = sqlite3.Row
            connection.execute("BEGIN")  # one state of all tables
            yield lambda sql: connection.execute(sql).fetchall()


def _by_post(rows: list[sqlite3.Row], make: Any) -> dict[int, tuple[Any, ...]]:
    found: dict[int, tuple[Any, ...]] = {}
    for row in rows:
        found[row["post_id"]] = (*found.get(row["post_id"], ()), make(row))
    return found


def _part(row: sqlite3.Row) -> Part:
    first = () if row["message_id"] is None else (row["message_id"],)
    call = row["call"]
    method, parameters = json.loads(zlib.decompress(call)) if call else ("", None)
    return Part(
        state=row["state"],
        message_ids=(*first, *json.loads(row["more_ids"] or "[]")),
        call=(method, parameters),
    )


def _change(row: sqlite3.Row) -> Change:
    return Change(kind=row["kind"], state=row["state"], version=row["version"], reason=row["reason"])


def _verb(row: sqlite3.Row) -> str:
    return str(row["verb"])
