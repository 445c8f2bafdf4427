"""What tells a database from a copy of it: something outside that no copy takes along. Knows no process.

SQLite has a small file beside it, `monadi.db.mark`: an id that the database's own mark holds too, and the
lease's beat at the last renewal. The mark also holds the inode of the database file and when it was created
(a deleted file's inode is given to the next one).

- no such file, another id, another inode: moved or copied, also by `cp -r` of the whole folder;
- the file's beat is ahead of the database's: brought back from a backup, also by `cp` into the same file.

PostgreSQL has the identity of its server, the number of the database, the server's timeline (which rises when
a standby is promoted or a backup is played on) and, for what `pg_restore` writes into the same database, the
transaction that wrote the lease's row: a restored row was written by another one than it says.

What can't be seen: a copy of a whole disk or file system (a snapshot, a virtual machine), where the file goes
along and inodes stay what they were; a copy of PostgreSQL's data directory that is started as it is; what a
backup lacks if it was made less than ten seconds before the end. `mv` makes no copy: what it moved within a
file system, together with the file, is taken for the same. Where inodes change with every mount (FAT, some of
FUSE), each looks like a move; so does pg_upgrade.
"""

import asyncio
import ctypes
import json
import os
import secrets
import struct
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from sqlalchemy import text

from bot.errors import StorageError
from storage.connection import Connection

SUFFIX: Final = ".mark"
_AT_FDCWD, _STATX_BTIME = -100, 0x800
_ABOUT = "Monadi's: tells this database from copies of it. Leave it where it is; a backup needs it not."


class Doubt(StrEnum):
    """Why a database may not be the one that was published from."""

    MOVED = "moved"
    RESTORED = "restored"


async def doubt(connection: Connection, mark: str | None, beat: int) -> Doubt | None:
    """What speaks against this being the database that was marked; None if nothing does.

    Raises:
        StorageError: the file beside it can't be read.
    """
    if connection.dialect.name == "postgresql":
        return await _postgres_doubt(connection, mark)
    file = await _file(connection)
    return await asyncio.to_thread(_sqlite_doubt, file, mark, beat) if file else None


async def marked(connection: Connection, mark: str | None, beat: int) -> str | None:
    """The mark to be kept from now on, with what is outside brought up to it; without a `mark`, a new one.

    None in memory. Committed or not, nothing speaks against the database afterwards as long as `beat` is
    committed already.

    Raises:
        StorageError: the file beside it can't be written.
    """
    if connection.dialect.name == "postgresql":
        return json.dumps(await _postgres_facts(connection))
    file = await _file(connection)
    return await asyncio.to_thread(_sqlite_marked, file, mark, beat) if file else None


async def is_replaced(connection: Connection, mark: str | None) -> bool:
    """Whether another file, or none, stands where the database was opened."""
    if mark is None or connection.dialect.name == "postgresql":
        return False
    file = await _file(connection)
    return file is None or not await asyncio.to_thread(_is_same, file, json.loads(mark))


# ── SQLite ──────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class _Beside:
    """What the file beside the database says."""

    id: str
    beat: int
    about: str = _ABOUT


async def _file(connection: Connection) -> Path | None:
    """The database's file; None in memory, or if it is gone."""
    query = text("SELECT file FROM pragma_database_list WHERE name = 'main'")
    name: str = (await connection.execute(query)).scalar_one() or ""
    file = Path(name)
    is_there = bool(name) and await asyncio.to_thread(file.is_file)
    return file if is_there else None


def _identity(file: Path) -> dict[str, int | None]:
    """What no copy of the file has. It is not opened: closing it would end SQLite's locks on it."""
    return {"inode": file.stat().st_ino, "born": _born(file)}


def _is_same(file: Path, known: dict[str, Any]) -> bool:
    now = _identity(file)
    is_born_then = now["born"] == known["born"] or None in (now["born"], known["born"])
    return bool(now["inode"] == known["inode"] and is_born_then)


def _born(file: Path) -> int | None:
    """When the file was created, in nanoseconds; None where that is not known.

    On Linux only statx(2) tells, which Python has not: the offsets are those of `struct statx`.
    """
    born: float | None = getattr(file.stat(), "st_birthtime", None)  # not on Linux
    if born is not None:
        return int(born * 10**9)
    statx = getattr(ctypes.CDLL(None), "statx", None)
    found = ctypes.create_string_buffer(256)
    if statx is None or statx(_AT_FDCWD, os.fsencode(file), 0, _STATX_BTIME, found):
        return None
    (mask,) = struct.unpack_from("=I", found, 0)
    seconds, nanoseconds = struct.unpack_from("=qI", found, 80)
    return int(seconds * 10**9 + nanoseconds) if mask & _STATX_BTIME else None


def _sqlite_doubt(file: Path, mark: str | None, beat: int) -> Doubt | None:
    beside = _read(file)
    if mark is None:  # beat 0: a first start that came no further
        return Doubt.RESTORED if beside and beside.beat else None
    known = json.loads(mark)
    if beside is None or beside.id != known["id"]:
        return Doubt.MOVED
    if beside.beat > beat:
        return Doubt.RESTORED
    return None if _is_same(file, known) else Doubt.MOVED


def _sqlite_marked(file: Path, mark: str | None, beat: int) -> str:
    known: dict[str, Any] = json.loads(mark) if mark else {"id": secrets.token_hex(8), **_identity(file)}
    if _is_same(file, known):  # else the file beside it belongs to another database by now
        _write(file, _Beside(id=known["id"], beat=beat))
    return json.dumps(known)


def _read(file: Path) -> _Beside | None:
    try:
        found = json.loads(Path(f"{file}{SUFFIX}").read_bytes())
        return _Beside(id=str(found["id"]), beat=int(found["beat"]))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StorageError(f"{file.name}{SUFFIX} can't be read: {error.strerror}") from error
    except (ValueError, TypeError, KeyError):  # damaged: as good as none
        return None


def _write(file: Path, beside: _Beside) -> None:
    """Replace the file in one step that also outlives a power cut."""
    new = Path(f"{file}{SUFFIX}.new")
    try:
        with new.open("w", encoding="utf-8") as stream:
            json.dump(asdict(beside), stream)
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(f"{file}{SUFFIX}")
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise StorageError(f"{file.name}{SUFFIX} can't be written: {error.strerror}") from error


# ── PostgreSQL ──────────────────────────────────────────────────────────────────────────────────────


async def _postgres_doubt(connection: Connection, mark: str | None) -> Doubt | None:
    if mark is None:
        return None
    known, facts = json.loads(mark), await _postgres_facts(connection)
    if (known["system"], known["database"]) != (facts["system"], facts["database"]):
        return Doubt.MOVED
    # Of the number of a transaction a row keeps 32 bits. VACUUM leaves it readable (since 9.4).
    writer = (await connection.execute(text("SELECT xmin::text FROM lease"))).scalar_one()
    same = known["transaction"] % 2**32 == int(writer) and known["timeline"] == facts["timeline"]
    return None if same else Doubt.RESTORED


async def _postgres_facts(connection: Connection) -> dict[str, Any]:
    """Who the server is (not told to everyone everywhere), which database, and this transaction."""
    row = await connection.execute(
        text(
            "SELECT oid::bigint AS database, txid_current() AS transaction,"
            " has_function_privilege('pg_control_system()', 'EXECUTE')"
            " AND has_function_privilege('pg_control_checkpoint()', 'EXECUTE') AS open"
            " FROM pg_database WHERE datname = current_database()"
        )
    )
    facts = dict(row.mappings().one())
    if not facts.pop("open"):
        return {**facts, "system": None, "timeline": None}
    server = await connection.execute(
        text(
            "SELECT system_identifier::text AS system, timeline_id AS timeline"
            " FROM pg_control_system(), pg_control_checkpoint()"
        )
    )
    return {**facts, **server.mappings().one()}
